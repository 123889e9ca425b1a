"""``onrecord search``: statements by words and by meaning."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.formats import Format, Listing, fetch, form_of, library, output_options_of, write
from onrecord.cli.narrowing import narrowing, narrowing_options

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.query import Library
    from onrecord.query.pages import Hit

HITS = 20
"""Entries of a search where no number is given, in any form: what comes after the best is seldom looked for."""


@click.command("search")
@click.argument("query", nargs=-1)
@click.option("--words-only", is_flag=True, help="Find words alone, not what means something near them.")
@narrowing_options()
@output_options_of(f"{HITS}, the best of them, in every form")
def search_cmd(
    query: tuple[str, ...],
    words_only: bool,
    db: Path,
    form: Format | None,
    limit: int | None,
    cursor: str | None,
    **options: Any,
) -> None:
    """Find statements by words and meaning, best first; without a QUERY all, newest first.

    Words must all be there; "words in a row" stand in quotation marks, evacuat* finds words that begin so, OR and NOT (in
    capitals) do as they say, and speaker:, target:, content: and source: look in one field.
    """
    chosen = form_of(form)
    with library(db) as store:
        listing = fetch(
            lambda at, size: store.search(
                " ".join(query), meaning=not words_only, size=size, cursor=at, **narrowing(options)
            ),
            chosen,
            limit or HITS,
            cursor,
        )
        from onrecord.cli.formats import Column
        from onrecord.cli.telling import UTTERANCE_COLUMNS

        columns: list[Column[Hit]] = [Column(c.name, _of_utterance(c)) for c in UTTERANCE_COLUMNS]
        columns.append(Column("found", lambda hit: " ".join(hit.found)))
        write(listing, chosen, columns, lambda a: _table(store, a))


def _of_utterance(column: Any) -> Any:
    return lambda hit: column.of(hit.utterance)


def _table(store: Library, listing: Listing[Hit]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from onrecord.cli.telling import act, change_lines, day_of, printed_by, speaker, told_by_lines
    from onrecord.cli.terminal import Screen

    screen = Screen()
    ids = store.short_ids("statements", tuple(h.utterance.said.id for h in listing.items))
    for hit in listing.items:
        said = hit.utterance.said
        line = Text("  ").join(
            [
                Text(day_of(said) or "no day", "bold"),
                speaker(said),
                act(said),
                printed_by(hit.utterance),
                Text(ids[said.id], "dim"),
            ]
        )
        if hit.found == ("meaning",):
            line.append("  by meaning", "dim italic")
        screen.show(line, Padding(_in_context(hit), (0, 0, 0, 4)))
        below = [*told_by_lines(said), *change_lines(hit.utterance)]
        screen.show(*(Padding(line, (0, 0, 0, 4)) for line in below), "")
    if not listing.items:
        screen.show(Text("nothing found", "dim"))


def _in_context(hit: Hit) -> Text:
    """The piece of the article, with the matches and the statement's words marked. Line breaks are spaces of equal length."""
    from rich.text import Text

    from onrecord.cli.marks import STYLES
    from onrecord.cli.terminal import safe

    piece, start = hit.snippet, hit.snippet.span.start
    text = Text(safe(piece.text).replace("\n", " "), "dim")
    for span in hit.utterance.said.content_spans:
        text.stylize("not dim " + STYLES["content"], max(0, span.start - start), max(0, span.end - start))
    for span in hit.matches:
        text.stylize("not dim bold reverse", max(0, span.start - start), max(0, span.end - start))
    cut = (start > min(s.start for s in hit.utterance.said.content_spans or (piece.span,)), _goes_on(hit))
    return Text.assemble("…" if cut[0] else "", text, " …" if cut[1] else "")


def _goes_on(hit: Hit) -> bool:
    return any(s.end > hit.snippet.span.end for s in hit.utterance.said.content_spans)
