"""``onrecord stats``: how much there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.formats import (
    Column,
    Format,
    Listing,
    fetch,
    form_of,
    library,
    output_options,
    write,
)
from onrecord.cli.narrowing import narrowing, narrowing_options
from onrecord.cli.terminal import complain

if TYPE_CHECKING:
    from onrecord.query.pages import Tallies, Tally


@click.command("stats")
@click.option(
    "--by",
    type=click.Choice(["speaker", "outlet", "day", "month", "year", "act", "form"]),
    default="speaker",
    show_default=True,
    help="What to count by.",
)
@click.option(
    "--corrected",
    is_flag=True,
    help="Also what a perfect reader would have counted, by the measured precision and recall, with its interval.",
)
@narrowing_options()
@output_options
def stats_cmd(
    by: Any, corrected: bool, db: Path, form: Format | None, limit: int | None, cursor: str | None, **options: Any
) -> None:
    """Count statements by speaker, outlet, day, month, year, act or form.

    Four counts: statements; utterances, where what is printed more than once is one; articles; and sources, articles that are no
    copies of one another. DATE is a year, a month or a day.

    --corrected multiplies the statements by the reader's precision and divides them by its recall, as they were measured on
    articles with gold, which is told on standard error; on other news they may be others. It goes with outlets, days, months and
    years, and not with --speaker, --target, --act, --quoted or --kind: how often these are read wrongly was not measured apart.
    """
    chosen = form_of(form)
    with library(db) as store:
        listing = fetch(
            lambda at, size: store.stats(by, corrected=corrected, size=size, cursor=at, **narrowing(options)),
            chosen,
            limit,
            cursor,
        )
        columns: tuple[Column[Tally], ...] = (
            Column(by, lambda t: t.key),
            Column("statements", lambda t: t.statements),
            Column("utterances", lambda t: t.utterances),
            Column("articles", lambda t: t.articles),
            Column("sources", lambda t: t.sources),
            *([Column("identity", _identity)] if by == "speaker" else []),
            *(_CORRECTED if corrected else []),
        )
        _tell_source(listing)
        write(listing, chosen, columns, lambda a: _table(by, a, corrected=corrected))


_CORRECTED: tuple[Column[Tally], ...] = (
    Column("corrected", lambda t: t.corrected),
    Column("corrected_low", lambda t: t.corrected_low),
    Column("corrected_high", lambda t: t.corrected_high),
)


def _tell_source(listing: Listing[Tally]) -> None:
    """Where the figures come from, and whether the store was read by what was measured."""
    page: Tallies = listing.page  # type: ignore[assignment]
    if (m := page.measured) is None:
        return
    complain(
        f"corrected by precision {m.precision:.3f} and recall {m.recall:.3f}, measured on {m.articles:,} articles "
        f"({m.corpus}; {m.rule}); other news may be read better or worse, and days are taken as they were read"
    )
    if m.other_weights:
        complain("some articles were read by other weights than those that were measured")


def _identity(tally: Tally) -> str | None:
    return tally.identity


def _table(by: str, listing: Listing[Tally], *, corrected: bool) -> None:
    from rich.text import Text

    from onrecord.cli.telling import grid
    from onrecord.cli.terminal import Screen, one_line

    more = _CORRECTED if corrected else ()
    named = ["corrected>", "from>", "to>"] if corrected else []
    table = grid(by, "statements>", "utterances>", "articles>", "sources>", *named)
    for t in listing.items:
        key = Text(one_line(t.key)) if t.key else Text("not told", "dim")
        table.add_row(
            key,
            *(f"{n:,}" for n in (t.statements, t.utterances, t.articles, t.sources)),
            *(f"{c.of(t):,}" for c in more),
        )
    Screen().show(table)
