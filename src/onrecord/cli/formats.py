"""What the questions' commands share: which store, in which form to write, and tables for people and for spreadsheets."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

import click
from click.core import ParameterSource

from onrecord.cli.terminal import FAILED, WRONG_USAGE, complain, count, ending_well, one_line, safe
from onrecord.records import MalformedError, UnclearError

if TYPE_CHECKING:
    from onrecord.query import Library
    from onrecord.query.pages import Page

Format = Literal["table", "ndjson", "csv", "json", "md"]
FORMATS: tuple[Format, ...] = ("table", "ndjson", "csv", "json", "md")
SCREEN = 50
"""Entries that a table shows where no number is given."""
PAGE = 500
"""Entries that are fetched at a time where all are written."""

Command = TypeVar("Command", bound=Callable[..., Any])
T = TypeVar("T")

db_option = click.option(
    "--db",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="ONRECORD_DB",
    default="onrecord.db",
    show_default=True,
    show_envvar=True,
    help="The store's file.",
)


def asking(command: str) -> str:
    """A command as a hint gives it: with the store that this one was asked of, where an option named it."""
    context = click.get_current_context(silent=True)
    named = context is not None and context.get_parameter_source("db") is ParameterSource.COMMANDLINE
    return (
        f"`onrecord {command} --db {shlex.quote(str(context.params['db']))}`"
        if context and named
        else f"`onrecord {command}`"
    )


def format_option(*forms: Format) -> Callable[[Command], Command]:
    """``--format`` with the `forms` that a command can write, as `form`."""
    default = "table on a terminal, ndjson (one entry a line) when piped"
    return click.option(
        "--format", "form", type=click.Choice(forms or FORMATS), help=f"How to write; default: {default}."
    )


def output_options_of(default: str) -> Callable[[Command], Command]:
    """``--db``, ``--format``, ``--limit`` and ``--cursor`` of a command; `default`: how many it lists."""

    def add(command: Command) -> Command:
        command = click.option("--cursor", metavar="TEXT", help="Go on where an earlier answer said.")(command)
        told = f"Entries at most; default: {default}."
        limit = click.option("--limit", type=click.IntRange(1), metavar="N", help=told)
        return db_option(format_option()(limit(command)))

    return add


output_options = output_options_of(f"{SCREEN} in a table, else all")


@contextmanager
def library(path: Path) -> Iterator[Library]:
    """The store at `path`; what goes wrong ends the command in one line."""
    import onrecord

    with ending_well(), onrecord.open(path) as opened:
        try:
            yield opened
        except UnclearError as error:
            complain(f"{error.origin}: {error.reason}{':' if error.choices else ''}")
            for choice in error.choices:
                click.echo(f"  {_choice(choice)}", err=True)
            if error.several and (told := _way_on(error.choices)):
                complain(told)
            raise click.exceptions.Exit(FAILED) from error
        except MalformedError as error:
            if not _is_option(error.origin):
                raise
            complain(f"--{error.origin}: {error.reason}")
            raise click.exceptions.Exit(WRONG_USAGE) from error


def _is_option(name: str) -> bool:
    """Whether an error names an option of the command that runs: what is wrong with it only the question can tell."""
    context = click.get_current_context(silent=True)
    options = context.command.params if context is not None else []
    return any(f"--{name}" in option.opts for option in options)


def _choice(choice: object) -> str:
    """A choice in a line: an identity or an article with what tells it from others; else as it is."""
    from onrecord.query.pages import ArticleRef, Choice

    if isinstance(choice, ArticleRef):
        known = [
            choice.outlet,
            choice.published,
            choice.title,
            None if choice.standing == "current" else choice.standing,
        ]
        return one_line(f"{choice.id}  {' · '.join(filter(None, known))}")
    if not isinstance(choice, Choice):
        return one_line(str(choice))
    facts = [choice.kind, *choice.roles[:2], count(choice.statements, "statement"), count(choice.articles, "article")]
    return one_line(f"{choice.identity}  {choice.name}  ({', '.join(facts)})")


def _way_on(choices: tuple[object, ...]) -> str | None:
    """What to do where several are called so: nothing is on standard output, and a program that reads it is to learn why."""
    from onrecord.query.pages import ArticleRef, Choice

    if any(isinstance(choice, ArticleRef) for choice in choices):
        return f"nothing was written: ask by the id or the beginning of one (`{choices[0]}`)"
    named = [choice.identity for choice in choices if isinstance(choice, Choice)]
    if len(named) < 2:
        return None
    one, other, *_ = named
    return (
        f"nothing was written: ask for each by its id (`{one}`), one after the other where all are wanted; "
        f"if two are one, `onrecord entities --merge {one} {other}` says so"
    )


def form_of(form: Format | None) -> Format:
    """The form asked for, else a table on a terminal and NDJSON through a pipe."""
    return form or ("table" if sys.stdout.isatty() else "ndjson")


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column of CSV and Markdown: its heading, and what of an entry stands in it."""

    name: str
    of: Callable[[T], object]


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """What was fetched: the entries, the last page (for its counts), and the cursor of what is left."""

    items: tuple[T, ...]
    page: Page[T]
    cursor: str | None


def fetch(
    question: Callable[[str | None, int], Page[T]], form: Format, limit: int | None, cursor: str | None
) -> Listing[T]:
    """Entries of a question, up to the limit: a screen of them for a table, else all."""
    left = limit or (SCREEN if form == "table" else None)
    items = list[T]()
    while True:
        page = question(cursor, PAGE if left is None else min(PAGE, left))
        items += page.items
        left = None if left is None else left - len(page.items)
        cursor = page.cursor
        if cursor is None or left == 0:
            return Listing(tuple(items), page, cursor)


def write(listing: Listing[T], form: Format, columns: Sequence[Column[T]], table: Callable[[Listing[T]], None]) -> None:
    """Write the entries in a form: `table` writes for people. What is left and left out is told on standard error."""
    if form == "table":
        table(listing)
    elif form == "ndjson":
        write_ndjson(listing.items)
    elif form == "json":
        write_json(listing.page, items=listing.items)
    elif form == "csv":
        click.echo(as_csv(listing.items, columns), nl=False)
    else:
        click.echo(as_markdown(listing.items, columns), nl=False)
    tell_rest(listing)


def tell_rest(listing: Listing[Any]) -> None:
    """On standard error: that more entries are there, and that withdrawn ones were left out."""
    if listing.cursor is not None:
        total = f" of {listing.page.total:,}" if listing.page.total else ""
        complain(
            f"{count(len(listing.items), 'entry', 'entries')}{total} shown; --limit N or --cursor {listing.cursor} shows more"
        )
    if listing.page.withdrawn:
        complain(
            f"{count(listing.page.withdrawn, 'withdrawn entry', 'withdrawn entries')} left out; --withdrawn shows them"
        )


def write_ndjson(items: Iterable[object]) -> None:
    """One object a line."""
    from onrecord.query import as_plain

    for item in items:
        click.echo(json.dumps(as_plain(item), ensure_ascii=False))


def write_json(page: object, **instead: object) -> None:
    """One object, with other values for some of its fields."""
    from onrecord.query import as_plain

    plain = as_plain(page) | {name: as_plain(value) for name, value in instead.items()}
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2))


def as_csv(items: Iterable[T], columns: Sequence[Column[T]]) -> str:
    """CSV with a heading (RFC 4180), safe to open in a spreadsheet as `onrecord.export.sheets` makes it."""
    from onrecord.export.sheets import cell

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.name for column in columns])
    for item in items:
        values = [column.of(item) for column in columns]
        writer.writerow([cell(safe(value) if isinstance(value, str) else value) for value in values])
    return out.getvalue()


def as_markdown(items: Iterable[T], columns: Sequence[Column[T]]) -> str:
    """A table of GitHub's Markdown, in which nothing of an article is markup."""
    lines = [[column.name for column in columns], ["---"] * len(columns)]
    lines += [[_marked_down(column.of(item)) for column in columns] for item in items]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


_MARKUP = re.compile(r"([\\`*_\[\]|#~])")


def _marked_down(value: object) -> str:
    return "" if value is None else _MARKUP.sub(r"\\\1", html.escape(one_line(str(value)), quote=False))
