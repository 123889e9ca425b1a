"""``onrecord stats``: how much there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.formats import Answer, Column, Format, fetch, form_of, library, output_options, write
from onrecord.cli.narrowing import narrowing, narrowing_options

if TYPE_CHECKING:
    from onrecord.query.pages import Tally


@click.command("stats")
@click.option(
    "--by",
    type=click.Choice(["speaker", "outlet", "day", "month", "year", "act", "form"]),
    default="speaker",
    show_default=True,
    help="What to count by.",
)
@narrowing_options()
@output_options
def stats_cmd(by: Any, db: Path, form: Format | None, limit: int | None, cursor: str | None, **options: Any) -> None:
    """Count statements by speaker, outlet, day, month, year, act or form.

    Four counts: statements; utterances, where what is printed more than once is one; articles; and sources, articles that are no
    copies of one another. DATE is a year, a month or a day.
    """
    chosen = form_of(form)
    with library(db) as store:
        answer = fetch(
            lambda at, size: store.stats(by, size=size, cursor=at, **narrowing(options)), chosen, limit, cursor
        )
        columns: tuple[Column[Tally], ...] = (
            Column(by, lambda t: t.key),
            Column("statements", lambda t: t.statements),
            Column("utterances", lambda t: t.utterances),
            Column("articles", lambda t: t.articles),
            Column("sources", lambda t: t.sources),
            *([Column("identity", _identity)] if by == "speaker" else []),
        )
        write(answer, chosen, columns, lambda a: _table(by, a))


def _identity(tally: Tally) -> str | None:
    return tally.identity


def _table(by: str, answer: Answer[Tally]) -> None:
    from rich.text import Text

    from onrecord.cli.telling import grid
    from onrecord.cli.terminal import Page, one_line

    table = grid(by, "statements>", "utterances>", "articles>", "sources>")
    for t in answer.items:
        key = Text(one_line(t.key)) if t.key else Text("not told", "dim")
        table.add_row(key, *(f"{n:,}" for n in (t.statements, t.utterances, t.articles, t.sources)))
    Page().show(table)
