"""``onrecord alert``: people, organisations and topics that are waited for."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.cli.formats import (
    Format,
    asking,
    db_option,
    form_of,
    format_option,
    library,
    write_ndjson,
)
from onrecord.cli.terminal import complain, count, ending_well, one_line
from onrecord.records import InputError, UnclearError

if TYPE_CHECKING:
    from onrecord.query import Library
    from onrecord.query.alerts import News
    from onrecord.store import Alert

Command = TypeVar("Command", bound=Callable[..., Any])
SHOWN = 5
"""Statements and clashes of one alert that are shown; the others are counted."""


def _check_address(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A slip is told before an hour of adding, and not behind it."""
    if value is not None:
        from onrecord.ingest.telling import program_at

        try:
            program_at(value)
        except InputError as error:
            raise click.BadParameter(error.reason) from error
    return value


def telling_options(command: Command) -> Command:
    """Where what is new on alerts is told beside the terminal."""
    command = click.option(
        "--alert-atom",
        "atom",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Keep an Atom feed of what is new on alerts in FILE.",
    )(command)
    return click.option(
        "--alert-post",
        "post",
        metavar="URL",
        callback=_check_address,
        help="Post what is new on alerts as JSON to a program of this machine or its own network.",
    )(command)


@click.group("alert")
def alert_group() -> None:
    """Wait for what comes on a person, an organisation or a topic.

    `onrecord add` and `onrecord watch` tell what is new on them: statements by, to and about them, once however many papers print
    them, and clashes that these are in.
    """


@alert_group.command("add")
@click.argument("name", metavar="NAME", required=False)
@click.option("--topic", metavar="WORDS", help="A topic: its words, as in a search, or what means something near them.")
@db_option
def add_alert(name: str | None, topic: str | None, db: Path) -> None:
    """Wait for what comes on NAME, somebody in the record, or on a topic."""
    if (name is None) == (topic is None):
        raise click.UsageError("Give NAME, or --topic with its words.")
    from onrecord.query.entities import anchor
    from onrecord.query.names import resolve
    from onrecord.store import Store, Writer

    with library(db) as store:  # a name that is none makes no store
        if name is not None:
            try:
                words, at = resolve(store, name).name, anchor(store, name)
            except UnclearError as error:
                if error.several:
                    raise
                way = f"{asking('alert add --topic ' + shlex.quote(one_line(name)))} waits for these words"
                alike = ", alike are" if error.choices else ""
                raise UnclearError(
                    name, f"nobody in the record is called so yet; {way}{alike}", error.choices
                ) from error
        else:
            words, at = " ".join((topic or "").split()), None
    if not words:
        raise click.UsageError("A topic has words.")
    with ending_well(), Store.open(db, write=True) as opened:
        id_ = Writer(opened).add_alert(words, anchor=at)
    click.echo(one_line(f"{id_}: waiting for what comes on {words}"))


@alert_group.command("list")
@db_option
@format_option("table", "ndjson")
def list_alerts(db: Path, form: Format | None) -> None:
    """List what is waited for, with how much is new on each."""
    with library(db) as store:
        if not store.alerts():
            complain("nothing is waited for")
        if form_of(form) == "ndjson":
            write_ndjson([_plain(store, alert) for alert in store.alerts()])
            return
        if store.alerts():
            _table(store)


def _table(store: Library) -> None:
    from onrecord.cli.telling import grid
    from onrecord.cli.terminal import Screen

    table = grid("alert", "waits for a", "words+", "new statements>", "new clashes>")
    for alert in store.alerts():
        new = (f"{number:,}" for number in store.news(alert).count)
        table.add_row(alert.id, _what(alert), one_line(alert.words), *new)
    Screen().show(table)


def _plain(store: Library, alert: Alert) -> dict[str, Any]:
    """An alert as JSON, with how much is new. How far it was told is the store's own, and no count of anything."""
    from onrecord.query import as_plain

    statements, clashes = store.news(alert).count
    kept = {name: value for name, value in as_plain(alert).items() if name != "told"}
    return kept | {"statements": statements, "clashes": clashes}


@alert_group.command("remove")
@click.argument("alert")
@db_option
def remove_alert(alert: str, db: Path) -> None:
    """Wait no longer for ALERT, an id or the beginning of one."""
    from onrecord.query.alerts import find_alert
    from onrecord.store import Store, Writer

    with library(db) as store:
        found = find_alert(store, alert)
    with ending_well(), Store.open(db, write=True) as opened:
        Writer(opened).remove_alert(found.id)
    click.echo(one_line(f"{found.id} is no longer waited for ({found.words})"))


def tell_news(db: Path, *, post: str | None, atom: Path | None) -> None:
    """Tell what is new on alerts; what cannot be told is complained of, and told the next time."""
    from onrecord.ingest.telling import tell
    from onrecord.records import OnrecordError

    if not db.is_file():
        return
    try:
        tell(db, post=post, atom=atom, on_news=_show)
    except OnrecordError as error:
        complain(str(error))


def _what(alert: Alert) -> str:
    return "topic" if alert.kind == "topic" else "name"


def _show(news: News) -> None:
    from onrecord.cli.telling import chance, day_of

    statements, clashes = news.count
    new = [count(n, *noun) for n, noun in ((statements, ("statement",)), (clashes, ("clash", "clashes"))) if n]
    click.echo(one_line(f"new on {news.alert.words}: {' and '.join(new)}"))
    for said in news.statements[:SHOWN]:
        who, what = said.speaker or said.source or "not told who", said.sentence or said.content
        click.echo(one_line(f"  {day_of(said) or 'no day'}  {who}: {what}  ({said.article.outlet or '–'}, {said.id})"))
    for clash in news.clashes[:SHOWN]:
        sides = " ↔ ".join(f"{s.speaker or s.article.outlet or '–'}: {s.words}" for s in (clash.a, clash.b))
        click.echo(one_line(f"  {chance(clash.score)}  {clash.kind}  {clash.about}  {sides}  ({clash.id})"))
    if more := max(0, statements - SHOWN) + max(0, clashes - SHOWN):
        click.echo(f"  and {more:,} more")
