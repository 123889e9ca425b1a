"""``onrecord decisions``: the log of what people decided."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.formats import Column, Format, Listing, fetch, form_of, library, output_options, write

if TYPE_CHECKING:
    from onrecord.query.decisions import Logged


@click.command("decisions")
@click.option("--of", "what", type=click.Choice(["people", "clashes", "statements"]), help="Only those on these.")
@output_options
def decisions_cmd(what: str | None, db: Path, form: Format | None, limit: int | None, cursor: str | None) -> None:
    """List what people decided, the last first: who is who, verdicts on clashes, corrections of statements; those undone too."""
    chosen = form_of(form)
    with library(db) as store:
        listing = fetch(lambda at, size: store.decisions(what=what, size=size, cursor=at), chosen, limit, cursor)
        columns: tuple[Column[Logged], ...] = (
            Column("made", lambda d: d.made),
            Column("of", lambda d: d.what),
            Column("kind", lambda d: d.kind),
            Column("words", lambda d: " | ".join(words for _, words in d.subject)),
            Column("value", lambda d: d.value),
            Column("was", lambda d: d.was),
            Column("by", lambda d: d.by),
            Column("note", lambda d: d.note),
            Column("undone", lambda d: d.undone),
            Column("statement", lambda d: d.statement),
            Column("decision", lambda d: d.id),
        )
        write(listing, chosen, columns, _table)


def _table(listing: Listing[Logged]) -> None:
    from rich.text import Text

    from onrecord.cli.telling import grid
    from onrecord.cli.terminal import Screen, one_line

    table = grid("made", "what", "words*", "by", "note*", "decision")
    for d in listing.items:
        valued = d.kind in ("speaker", "act", "target")
        what = f"{d.kind}: {d.value or 'none'}" if valued else d.kind
        what += f" (read as {d.was})" if d.was else ""
        words = " | ".join(words for _, words in d.subject)
        style = "dim" if d.undone else ""
        told = (d.made[:10], one_line(what), one_line(words), one_line(d.by or ""), one_line(d.note or ""))
        table.add_row(*(Text(cell, style) for cell in told), Text(d.id + (" undone" if d.undone else ""), "dim"))
    Screen().show(table)
