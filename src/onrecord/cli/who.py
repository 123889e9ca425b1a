"""``onrecord who``: everything that somebody said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.formats import Format, Listing, fetch, form_of, library, output_options, write
from onrecord.cli.narrowing import narrowing, narrowing_options

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.query import Library
    from onrecord.query.pages import Said, Utterance, Who


@click.command("who")
@click.argument("name")
@click.option(
    "--about",
    metavar="WORDS",
    help="Only what has these words (as in a search), has them in another form or means something near them.",
)
@click.option("--words-only", is_flag=True, help="Go by the words of --about alone, not by their meaning.")
@narrowing_options("speaker", "kind")
@output_options
def who_cmd(
    name: str,
    about: str | None,
    words_only: bool,
    db: Path,
    form: Format | None,
    limit: int | None,
    cursor: str | None,
    **options: Any,
) -> None:
    """Tell everything that NAME said, oldest first.

    NAME is a name, an alias, words of a name, or an identity's id. Where it fits several they are listed, and nothing is guessed.
    Where something differs from what NAME said before, that is told below it.
    What several articles print is one entry: how many print it, how many of these are no copies of one another, and which
    print other words. Below its id stands the chance that it was NAME who said it. DATE is a year, a month or a day.
    """
    chosen = form_of(form)
    with library(db) as store:
        listing = fetch(
            lambda at, size: store.who(
                name, about=about, meaning=not words_only, size=size, cursor=at, **narrowing(options)
            ),
            chosen,
            limit,
            cursor,
        )
        from onrecord.cli.telling import UTTERANCE_COLUMNS

        write(listing, chosen, UTTERANCE_COLUMNS, lambda a: _table(store, a))


def _table(store: Library, listing: Listing[Utterance]) -> None:
    from rich.text import Text

    from onrecord.cli.telling import (
        act,
        against_lines,
        change_lines,
        day_of,
        grid,
        head_of,
        printed_by,
        told_by_lines,
        words,
    )
    from onrecord.cli.terminal import Screen, count

    found: Who = listing.page  # type: ignore[assignment]
    screen = Screen()
    if found.who is not None:
        screen.show(head_of(found.who))
    told = [count(found.total or 0, "utterance"), f"printed {count(found.statements, 'time')}"]
    also = [f"also called so: {c}" for c in found.others[:3]] + [f"spelt alike: {c}" for c in found.alike[:3]]
    screen.show(Text(" · ".join([*told, *also]), "dim"), "")
    ids = store.short_ids("statements", tuple(u.said.id for u in listing.items))
    table = grid("day", "act~", "words+", "printed by~", "statement")
    for utterance in listing.items:
        said = utterance.said
        where = Text.assemble((ids[said.id], "dim"), *_sure(said))
        table.add_row(day_of(said), act(said), words(said), printed_by(utterance), where)
        for line in [*told_by_lines(said), *change_lines(utterance)]:
            table.add_row("", "", line)
        for line in against_lines(utterance.against, "differs from what was said before:"):
            table.add_row("", "", line)
    screen.show(table)


def _sure(said: Said) -> tuple[Text, ...]:
    """The chance that it is this speaker, on a line of its own; nothing where a human says that it was."""
    from rich.text import Text

    from onrecord.cli.telling import sure

    known = said.speaker_score is not None and said.speaker_basis != "corrected"
    return (Text("\nspeaker ", "dim"), sure(said.speaker_score)) if known else ()
