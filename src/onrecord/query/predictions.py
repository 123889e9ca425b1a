"""``predictions``: what was foretold or promised, when it is due, and what came later that bears on it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack, get_args

from onrecord.query.against import against
from onrecord.query.bearing import bearing_on
from onrecord.query.cursors import page_size, read_cursor, write_cursor
from onrecord.query.days import first_of, last_of
from onrecord.query.filters import Asking, Where, check_code, narrowed
from onrecord.query.firsts import uncopied
from onrecord.query.options import strict
from onrecord.query.pages import Against, Bearing, Foretold, Page, Utterance
from onrecord.query.rows import Readable, rows, tuples
from onrecord.query.statements import utterances
from onrecord.records import PredictionKind

if TYPE_CHECKING:
    from onrecord.analysis.sentences import EmbedTexts

KINDS: tuple[PredictionKind, ...] = get_args(PredictionKind)
BECAME = ("broken-prediction", "self-reversal", "contradict", "deny")
"""Kinds of clashes by which a later account tells what became of something foretold."""
EXAMINED = 20_000
"""Predictions that are compared with the options for one page: where few of them fit, it may be short, and its cursor goes on."""

TOLD = 1_000
"""Predictions of which the `total` is told: it is None where there are more."""

_CURSOR = "predictions"


@strict(Asking)
def predictions(
    store: Readable,
    *,
    due_before: str | None = None,
    due_after: str | None = None,
    what: str | None = None,
    bearing: int = 3,
    embedder: EmbedTexts | None = None,
    size: int = 20,
    cursor: str | None = None,
    **options: Unpack[Asking],
) -> Page[Foretold]:
    """Predictions and promises (`what`: one of the two), those due first at the top, those without a day at the end.

    `due_before` and `due_after` bound the last day on which it may come about. Each comes with up to `bearing` later statements
    of other articles that bear on it, and with those that differ from it. What is printed often is one entry.
    """
    page_size(size)
    check_code("what", what, KINDS)
    after = read_cursor(_CURSOR, cursor, str | None, int)
    found, end = _due(store, _bounds(due_before, due_after, what), after, size + 1, options)
    page = found[:size]
    following = (page[-1]["due_latest"], page[-1]["n"]) if len(found) > size else end
    withdrawn = bool(options.get("withdrawn"))
    printed = [(row["n"], row["origin"]) for row in page]
    shown = uncopied(store, narrowed(store, **options), printed, same_words=True)
    answers = utterances(store, shown, withdrawn=withdrawn)
    return Page(
        tuple(
            _foretold(row, answer, bearing_on(store, row["n"], count=bearing, embedder=embedder), became)
            for row, answer, became in zip(page, answers, against(store, shown, BECAME, side="a"), strict=True)
        ),
        cursor=write_cursor(_CURSOR, *following) if following else None,
        total=_total(store, _bounds(due_before, due_after, what), options),
    )


def _total(store: Readable, bounds: tuple[str, list[object]], options: Asking) -> int | None:
    """How many there are, where these are not very many and all were looked at."""
    found, end = _due(store, bounds, None, TOLD + 1, options)
    return len(found) if end is None and len(found) <= TOLD else None


def _bounds(due_before: str | None, due_after: str | None, what: str | None) -> tuple[str, list[object]]:
    sql, values = "", list[object]()
    if due_before is not None:
        sql += " AND p.due_latest < ?"
        values.append(first_of("due-before", due_before))
    if due_after is not None:
        sql += " AND p.due_latest > ?"
        values.append(last_of("due-after", due_after))
    if what is not None:
        sql += " AND p.kind = ?"
        values.append(what)
    return sql, values


def _due(
    store: Readable, bounds: tuple[str, list[object]], at: list[object] | None, size: int, options: Asking
) -> tuple[list[sqlite3.Row], tuple[str | None, int] | None]:
    """Rows of predictions by their last day, those without one after them; of an utterance the first printing alone.

    Where so many do not fit that not all are looked at, also the day and the number of the last one that was.
    """
    where = narrowed(store, **options)
    found = list[sqlite3.Row]()
    for dated in (True, False):
        if (at is not None and dated and at[0] is None) or len(found) >= size:
            continue
        place, more = ("p.due_latest IS NOT NULL" if dated else "p.due_latest IS NULL"), list[object]()
        if at is not None and dated:
            place, more = "p.due_latest >= ? AND (p.due_latest > ? OR p.statement > ?)", [at[0], at[0], at[1]]
        elif at is not None and at[0] is None:
            place, more = "p.due_latest IS NULL AND p.statement > ?", [at[1]]
        asked = _Asked(f"{place}{bounds[0]}", [*more, *bounds[1]], "due_latest" if dated else None, where)
        end = asked.end(store)
        found += asked.rows(store, size - len(found), end)
        if end is not None and len(found) < size:
            return found, end
    return found, None


@dataclass(frozen=True, slots=True)
class _Asked:
    """Predictions in their order: `day` is the column that comes before the number in it, none for those without a day."""

    place: str
    values: list[object]
    day: str | None
    where: Where

    @property
    def begin(self) -> str:
        # A few statements are looked up; all are met in order, so that whoever has enough can stop.
        if self.where.few:
            return "predictions p NOT INDEXED"
        return f"predictions p INDEXED BY {'predictions_due' if self.day else 'predictions_undated'}"

    @property
    def order(self) -> str:
        return "p.due_latest, p.statement" if self.day else "p.statement"

    def end(self, store: Readable) -> tuple[str | None, int] | None:
        """The last that is looked at, where these are not all."""
        if self.where.few:
            return None
        sql = f"SELECT p.due_latest, p.statement FROM {self.begin} WHERE {self.place} ORDER BY {self.order} LIMIT 1 OFFSET ?"
        found = tuples(store, sql, *self.values, EXAMINED)
        return found[0] if found else None

    def rows(self, store: Readable, size: int, end: tuple[str | None, int] | None) -> list[sqlite3.Row]:
        sql, values = self.where.sql("p.statement")
        last, until = "", list[object]()
        if end is not None and self.day:
            last, until = " AND p.due_latest <= ? AND (p.due_latest < ? OR p.statement <= ?)", [end[0], end[0], end[1]]
        elif end is not None:
            last, until = " AND p.statement <= ?", [end[1]]
        question = f"""
            SELECT s.n, o.origin, p.* FROM {self.begin} CROSS JOIN statements s ON s.n = p.statement{self.where.join}
            LEFT JOIN appearances o ON o.statement = s.n
            WHERE {self.place}{last} AND {self.where.standing} AND (o.origin IS NULL OR o.origin = s.n){sql}
            ORDER BY {self.order} LIMIT ?"""
        return rows(store, question, *self.values, *until, *values, size)


def _foretold(
    row: sqlite3.Row, utterance: Utterance, bearing: tuple[Bearing, ...], became: tuple[Against, ...]
) -> Foretold:
    due = (row["due_earliest"], row["due_latest"], row["due_basis"])
    return Foretold(utterance, row["kind"], *due, row["condition"], bearing, became)
