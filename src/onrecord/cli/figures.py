"""``onrecord figures``: counts side by side, a ledger for each matter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from onrecord.cli.events import says
from onrecord.cli.formats import (
    Column,
    Format,
    Listing,
    as_csv,
    as_markdown,
    fetch,
    form_of,
    library,
    output_options,
    tell_rest,
    write,
)
from onrecord.cli.narrowing import narrowing
from onrecord.records import Counted

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.query.pages import Count, Ledger

    Line = tuple[Ledger, Count]


@click.command("figures")
@click.argument("words", nargs=-1)
@click.option(
    "--what",
    type=click.Choice(get_args(Counted)),
    help="What befell those who are counted.",
)
@click.option("--place", metavar="NAME", help="Where, as the ledgers name it.")
@click.option("--claimant", metavar="NAME", help='Given by NAME; "narration": by the article in its own words.')
@click.option("--outlet", metavar="NAME", help="Printed by this outlet.")
@click.option("--since", metavar="DATE", help="Of DATE or later.")
@click.option("--until", metavar="DATE", help="Of DATE or earlier.")
@click.option("--withdrawn", is_flag=True, help="Show figures of withdrawn articles too.")
@output_options
def figures_cmd(
    words: tuple[str, ...], db: Path, form: Format | None, limit: int | None, cursor: str | None, **options: Any
) -> None:
    """Set counts side by side: a ledger for each matter, by day. WORDS: only of articles that have these words.

    A matter is what befell whom, and where. "differ" says that two counts of one day exclude each other, that one of killed
    or wounded is less than one before, or that a copy prints another number; it does not say which is right.
    """
    chosen = form_of(form)
    about = " ".join(words) or None
    with library(db) as store:
        listing = fetch(
            lambda at, size: store.figures(about, size=size, cursor=at, **narrowing(options)), chosen, limit, cursor
        )
        if chosen in ("csv", "md"):
            lines = list(_lines(listing))
            click.echo((as_csv if chosen == "csv" else as_markdown)(lines, _columns()), nl=False)
            tell_rest(listing)
        else:
            write(listing, chosen, (), _tables)


def _lines(listing: Listing[Ledger]) -> Iterator[Line]:
    return ((ledger, one) for ledger in listing.items for one in ledger.counts)


def _columns() -> tuple[Column[Line], ...]:
    return (
        Column("what", lambda line: line[0].what),
        Column("thing", lambda line: line[0].thing),
        Column("place", lambda line: line[0].place),
        Column("day", lambda line: line[1].day),
        Column("words", lambda line: line[1].words),
        Column("value", lambda line: line[1].value),
        Column("low", lambda line: line[1].low),
        Column("high", lambda line: line[1].high),
        Column("counted", lambda line: line[1].counted),
        Column("claimed_by", lambda line: line[1].claimed_by),
        Column("claimant", lambda line: line[1].claimant),
        Column("printed", lambda line: line[1].printed),
        Column("sources", lambda line: line[1].sources),
        Column("outlet", lambda line: line[1].article.outlet),
        Column("article", lambda line: line[1].article.id),
        Column("figure", lambda line: line[1].id),
    )


def _tables(listing: Listing[Ledger]) -> None:
    """A table for each matter of which there are several counts; what was counted once stands in one, below: nothing compares."""
    from rich.padding import Padding
    from rich.text import Text

    from onrecord.cli.telling import grid
    from onrecord.cli.terminal import Screen, one_line

    screen = Screen()
    columns = ("day", "count", "of", "says*", "printed by")
    alone = grid("counted once", "place", *columns)
    for ledger in listing.items:
        if len(ledger.counts) == 1:
            alone.add_row(
                one_line(ledger.thing or ledger.what), one_line(ledger.place or ""), *_cells(ledger.counts[0])
            )
            continue
        title = ledger.counts[0].article.title
        where = ledger.place or (f"“{title}”" if title else None)
        heading = " · ".join(filter(None, [ledger.thing or ledger.what, where]))
        screen.show(Text.assemble((one_line(heading), "bold"), ("  differ" if ledger.differ else "", "red")))
        table = grid(*columns)
        for one in ledger.counts:
            table.add_row(*_cells(one))
        if ledger.apart:
            told = ", ".join(f"{says(c.claimed_by, c.claimant)} {c.words}" for c in ledger.apart)
            screen.show(Text(one_line(f"  first differ on {ledger.apart[0].day}: {told}")))
        screen.show(Padding(table, (0, 0, 0, 2)), "")
    if alone.row_count:
        screen.show(alone, "")
    if not listing.items:
        screen.show(Text("no figures", "dim"))


def _cells(one: Count) -> tuple[Text | str, ...]:
    from rich.text import Text

    from onrecord.cli.telling import publisher
    from onrecord.cli.terminal import count, one_line

    more = f" +{one.printed - 1:,} ({count(one.sources, 'source')})" if one.printed > 1 else ""
    return (
        one.day or "",
        Text(one_line(one.words), "green" if one.standing == "current" else "red"),
        one_line(one.counted or ""),
        Text(one_line(says(one.claimed_by, one.claimant)), "cyan"),
        Text(publisher(one.article) + more),
    )
