"""``onrecord predictions``: what was foretold or promised, and what has come due."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from onrecord.cli.formats import Column, Format, Listing, fetch, form_of, library, output_options, write
from onrecord.cli.narrowing import narrowing, narrowing_options
from onrecord.records import PredictionKind

if TYPE_CHECKING:
    from onrecord.query import Library
    from onrecord.query.pages import Foretold


_COLUMNS: tuple[Column[Foretold], ...] = (
    Column("due", lambda f: f.latest),
    Column("earliest", lambda f: f.earliest),
    Column("basis", lambda f: f.basis),
    Column("what", lambda f: f.kind),
    Column("said", lambda f: f.utterance.said.told_day),
    Column("speaker", lambda f: f.utterance.said.speaker),
    Column("words", lambda f: f.utterance.said.content),
    Column("condition", lambda f: f.condition),
    Column("outlet", lambda f: f.utterance.said.article.outlet),
    Column("printed", lambda f: f.utterance.printed),
    Column("sources", lambda f: f.utterance.sources),
    Column("became", lambda f: " ".join(a.statement or a.figure or a.clash for a in f.became)),
    Column("bearing", lambda f: " ".join(b.statement for b in f.bearing)),
    Column("statement", lambda f: f.utterance.said.id),
)


@click.command("predictions")
@click.option("--due-before", metavar="DATE", help="To come about before DATE: what has come due by then.")
@click.option("--due-after", metavar="DATE", help="To come about after DATE: what is still open.")
@click.option("--what", type=click.Choice(get_args(PredictionKind)), help="Only one of the two.")
@click.option(
    "--bearing", type=click.IntRange(0, 20), default=3, show_default=True, help="Later statements shown with each."
)
@click.option("--words-only", is_flag=True, help="Find later statements by words alone, not by meaning.")
@narrowing_options("act")
@output_options
def predictions_cmd(
    due_before: str | None,
    due_after: str | None,
    what: str | None,
    bearing: int,
    words_only: bool,
    db: Path,
    form: Format | None,
    limit: int | None,
    cursor: str | None,
    **options: Any,
) -> None:
    """List what was foretold or promised, what is due first at the top, with later statements that bear on it.

    What bears on a prediction was said later, in another article on the same matter, and has a rare word or a name in common with
    it. Where there is none, none is shown.
    Accounts that differ from it are marked. Whether it came about is for the reader to say. DATE is a year, a month or a day.
    """
    chosen = form_of(form)
    with library(db) as store:
        listing = fetch(
            lambda at, size: store.predictions(
                due_before=due_before,
                due_after=due_after,
                what=what,
                bearing=bearing,
                meaning=not words_only,
                size=size,
                cursor=at,
                **narrowing(options),
            ),
            chosen,
            limit,
            cursor,
        )
        write(listing, chosen, _COLUMNS, lambda a: _table(store, a))


def _table(store: Library, listing: Listing[Foretold]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from onrecord.cli.telling import against_lines, day_of, printed_by, publisher, speaker, words
    from onrecord.cli.terminal import Screen, one_line

    screen = Screen()
    ids = store.short_ids("statements", tuple(f.utterance.said.id for f in listing.items))
    for f in listing.items:
        said = f.utterance.said
        due = Text(f"due {f.latest}" if f.latest else "no day told", "bold")
        facts = [due, speaker(said), Text(f"{f.kind} of {day_of(said) or 'no day'}"), printed_by(f.utterance)]
        screen.show(Text("  ").join([*facts, Text(ids[said.id], "dim")]), Padding(words(said), (0, 0, 0, 4)))
        if f.condition:
            screen.show(Padding(Text(f"if: {one_line(f.condition)}", "yellow"), (0, 0, 0, 4)))
        for line in against_lines(f.became, "differs:"):
            screen.show(Padding(line, (0, 0, 0, 4)))
        for later in f.bearing:
            told = f"↳ {later.day} {publisher(later.article)} · {later.speaker or 'not told'}: {later.snippet.text}"
            line = Text(one_line(told), "dim", no_wrap=True, overflow="ellipsis")
            screen.show(Padding(line, (0, 0, 0, 4)))
        screen.show("")
    if not listing.items:
        screen.show(Text("nothing foretold", "dim"))
