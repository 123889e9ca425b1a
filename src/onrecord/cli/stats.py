"""``onrecord stats``: how much there is."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.formats import (
    Answer,
    Column,
    Format,
    fetch,
    form_of,
    library,
    output_options,
    tell_rest,
    write,
    write_json,
    write_ndjson,
)
from onrecord.cli.narrowing import narrowing, narrowing_options
from onrecord.cli.terminal import complain

if TYPE_CHECKING:
    from onrecord.query import Library
    from onrecord.query.pages import Tally

MEASURED = ("outlet", "day", "month", "year")


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
    years: errors about speakers, acts and forms are not measured apart.
    """
    if corrected and by not in MEASURED:
        raise click.UsageError(f"--corrected goes with --by {', '.join(MEASURED)}")
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
            *(_corrections() if corrected else []),
        )
        if corrected:
            _tell_source(store)
            told = [asdict(t) | {c.name: c.of(t) for c in _corrections()} for t in answer.items]
            if chosen == "ndjson":
                write_ndjson(told)
                tell_rest(answer)
                return
            if chosen == "json":
                write_json(answer.page, items=told)
                tell_rest(answer)
                return
        write(answer, chosen, columns, lambda a: _table(by, a, corrected=corrected))


def _corrections() -> list[Column[Tally]]:
    from onrecord.evaluation.correcting import corrected, quality

    measured = quality()
    return [
        Column("corrected", lambda t: round(corrected(t.statements, measured).value, 1)),
        Column("corrected_low", lambda t: round(corrected(t.statements, measured).low, 1)),
        Column("corrected_high", lambda t: round(corrected(t.statements, measured).high, 1)),
    ]


def _tell_source(store: Library) -> None:
    """Where the figures come from, and whether the store was read by what was measured."""
    from onrecord.evaluation.correcting import quality

    q = quality()
    complain(
        f"corrected by precision {q.precision:.3f} and recall {q.recall:.3f}, measured on {q.articles:,} articles "
        f"({q.corpus}; {q.rule}); other news may be read better or worse"
    )
    others = [w for (w,) in store.connection.execute("SELECT DISTINCT weights FROM runs") if w != q.weights]
    if others:
        complain("some articles were read by other weights than those that were measured")


def _identity(tally: Tally) -> str | None:
    return tally.identity


def _table(by: str, answer: Answer[Tally], *, corrected: bool) -> None:
    from rich.text import Text

    from onrecord.cli.telling import grid
    from onrecord.cli.terminal import Page, one_line

    more = _corrections() if corrected else []
    named = ["corrected>", "from>", "to>"] if corrected else []
    table = grid(by, "statements>", "utterances>", "articles>", "sources>", *named)
    for t in answer.items:
        key = Text(one_line(t.key)) if t.key else Text("not told", "dim")
        table.add_row(
            key,
            *(f"{n:,}" for n in (t.statements, t.utterances, t.articles, t.sources)),
            *(f"{c.of(t):,}" for c in more),
        )
    Page().show(table)
