"""``onrecord events``: who did what to whom, and who says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from onrecord.cli.formats import Column, Format, Listing, fetch, form_of, library, output_options, write
from onrecord.cli.narrowing import narrowing
from onrecord.records import EventStatus

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.query import Library
    from onrecord.query.pages import Happening, Named


TYPES = 20
"""Columns of a terminal that an event has at least: its type and mode are one word ("ACCUSE/disapprove")."""


@click.command("events")
@click.option("--actor", metavar="NAME", help="Done by NAME.")
@click.option("--recipient", metavar="NAME", help="Done to NAME.")
@click.option("--witness", metavar="NAME", help='Asserted by NAME; "narration": by the article in its own words.')
@click.option("--type", "type", metavar="CODE", help="PLOVER type: ASSAULT, AID, CONSULT …")
@click.option("--mode", metavar="CODE", help="Mode of the type.")
@click.option(
    "--status",
    type=click.Choice(get_args(EventStatus)),
    help="Whether it happened, as its witness has it.",
)
@click.option("--country", metavar="CODE", help="Where: ISO 3166-1 alpha-3.")
@click.option("--outlet", metavar="NAME", help="Printed by this outlet.")
@click.option("--since", metavar="DATE", help="On DATE or later.")
@click.option("--until", metavar="DATE", help="On DATE or earlier.")
@click.option("--withdrawn", is_flag=True, help="Show events of withdrawn articles too.")
@output_options
def events_cmd(db: Path, form: Format | None, limit: int | None, cursor: str | None, **options: Any) -> None:
    """List events, newest first, each with whoever asserts it.

    No event is a fact because it was printed: "says" tells whose word it is. What copies of an article tell again is left out.
    """
    chosen = form_of(form)
    with library(db) as store:
        listing = fetch(
            lambda at, size: store.events(size=size, cursor=at, **narrowing(options)), chosen, limit, cursor
        )
        columns: tuple[Column[Happening], ...] = (
            Column("date", lambda e: e.date or e.edtf),
            Column("type", lambda e: e.type),
            Column("mode", lambda e: e.mode),
            Column("actor", lambda e: _name(e.actor)),
            Column("recipient", lambda e: _name(e.recipient)),
            Column("place", lambda e: e.place),
            Column("country", lambda e: e.country),
            Column("lat", lambda e: e.lat),
            Column("lon", lambda e: e.lon),
            Column("status", lambda e: e.status),
            Column("trigger", lambda e: e.trigger),
            Column("asserted_by", lambda e: e.asserted_by),
            Column("witness", lambda e: e.witness),
            Column("outlet", lambda e: e.article.outlet),
            Column("published", lambda e: e.article.published),
            Column("score", lambda e: e.score),
            Column("event", lambda e: e.id),
            Column("article", lambda e: e.article.id),
        )
        write(listing, chosen, columns, lambda a: _table(store, a))


def _name(party: Named | None) -> str | None:
    return party.name if party else None


def says(asserted_by: str | None, witness: str | None) -> str:
    """Whose word it is."""
    if asserted_by == "narration":
        return "the article"
    return witness or ("somebody not told" if asserted_by else "not told")


def _table(store: Library, listing: Listing[Happening]) -> None:
    from rich.text import Text

    from onrecord.cli.telling import grid
    from onrecord.cli.terminal import Screen, one_line
    from onrecord.query.days import in_words

    ids = store.short_ids("articles", tuple(e.article.id for e in listing.items))
    table = grid("day~", "event+", "words~", "says~", "article")
    table.columns[1].min_width = TYPES
    for e in listing.items:
        table.add_row(
            e.date or (in_words(e.edtf) if e.edtf else ""),
            _deed(e),
            Text(one_line(e.trigger), "green"),
            Text(one_line(says(e.asserted_by, e.witness)), "cyan"),
            Text(ids[e.article.id], "dim"),
        )
    Screen().show(table)


def _deed(e: Happening) -> Text:
    """What it is, with who did it to whom and where in a line below, as far as that is known."""
    from rich.text import Text

    from onrecord.cli.terminal import one_line

    event = e.type + (f"/{e.mode}" if e.mode else "") + (f" ({e.status})" if e.status != "happened" else "")
    actor, recipient = (one_line(_name(party) or "") for party in (e.actor, e.recipient))
    parties = f"{actor} → {recipient}" if actor and recipient else f"→ {recipient}" if recipient else actor
    where = " ".join(filter(None, [e.place and one_line(e.place), e.country and f"({e.country})"]))
    below = " · ".join(filter(None, [parties, where]))
    return Text.assemble((event, "yellow" if e.standing == "current" else "red"), f"\n{below}" if below else "")
