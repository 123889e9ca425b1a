"""Statements without a search: all that some conditions fit, newest first, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onrecord.query.cursors import read_cursor, write_cursor
from onrecord.query.filters import Where
from onrecord.query.fitting import fitting
from onrecord.query.rows import Readable, listed, tuples
from onrecord.store.coding import day_code, day_text

_CURSOR = "browse"
Row = tuple[int, str | None, int | None]
"""Number, day and utterance of a statement."""


def browse(
    store: Readable, where: Where, size: int, cursor: str | None
) -> tuple[list[tuple[int, int | None]], str | None]:
    """A page of statements with the utterances that they print, newest first, undated ones last; and the cursor.

    An utterance stands where the newest of its printings that the conditions fit stands.
    """
    at = read_cursor(_CURSOR, cursor, str | None, int)
    page = (_met if where.in_order else _picked)(store, where, size + 1, at)
    shown = [(n, origin) for n, _, origin in page[:size]]
    last = page[size - 1] if len(page) > size else None
    return shown, write_cursor(_CURSOR, last[1], last[0]) if last else None


def _picked(store: Readable, where: Where, size: int, at: list[Any] | None) -> list[Row]:
    """The next `size` and no more, out of all that the conditions fit."""
    import numpy as np

    said = fitting(store, where)
    place = (said.rows["day"].astype(np.int64) << 32) + said.numbers  # orders them; undated ones come first
    several = np.flatnonzero(said.rows["utterance"])
    origins = said.rows["utterance"][several]
    order = np.lexsort((place[several], origins))
    newest = np.append(origins[order][1:] != origins[order][:-1], True)[: len(order)]
    kept = np.ones(len(place), np.bool_)
    kept[several[order[~newest]]] = False
    if at is not None:
        kept &= place < (day_code(at[0]) << 32) + int(at[1])
    found = np.flatnonzero(kept)
    if len(found) > size:
        found = found[np.argpartition(-place[found], size)[:size]]
    found = found[np.argsort(-place[found])]
    numbers, days, printed = (c[found].tolist() for c in (said.numbers, said.rows["day"], said.rows["utterance"]))
    return [(n, day_text(day), origin or None) for n, day, origin in zip(numbers, days, printed, strict=True)]


def _met(store: Readable, where: Where, size: int, at: list[Any] | None) -> list[Row]:
    """The next `size` at least, where there are so many, as an index has them in order."""
    page, more = list[Row](), True
    place = (at[0], int(at[1] or 0)) if at else None
    while more and len(page) < size:
        rows, more = _walk(store, where, place, size)
        page += _newest(store, where, rows, {origin for *_, origin in page})
        place = (rows[-1][1], rows[-1][0]) if rows else None
    return page


def _walk(store: Readable, where: Where, place: tuple[str | None, int] | None, size: int) -> tuple[list[Row], bool]:
    """The next statements after a place, and whether there may be more. Undated ones follow the dated."""
    rows = list[Row]()
    if place is None or place[0] is not None:
        rows = _some(store, where, place, size, dated=True)
        place = None
    if len(rows) < size:
        rows += _some(store, where, place, size - len(rows), dated=False)
    return rows, len(rows) == size


def _some(store: Readable, where: Where, place: tuple[str | None, int] | None, size: int, *, dated: bool) -> list[Row]:
    bound, values = "s.day IS NOT NULL" if dated else "s.day IS NULL", list[object]()
    if place is not None and dated:
        # The first part lets the index of days be entered at the place.
        bound, values = "s.day <= ? AND (s.day < ? OR s.n < ?)", [place[0], place[0], place[1]]
    elif place is not None:
        bound, values = "s.day IS NULL AND s.n < ?", [place[1]]
    sql, conditions = where.sql()
    found = tuples(
        store,
        f"""SELECT n, day, p.origin FROM (SELECT s.n AS n, s.day AS day FROM {_beginning(where)}
                WHERE {bound} AND {where.standing}{sql} ORDER BY s.day DESC, s.n DESC LIMIT ?)
            LEFT JOIN appearances p ON p.statement = n""",
        *values,
        *conditions,
        size,
    )
    return sorted(found, key=lambda row: (row[1] or "", row[0]), reverse=True)


def _beginning(where: Where) -> str:
    """The tables, in the order that meets the fewest rows. SQLite keeps no statistics here, and so is told."""
    return f"statements s{where.join}"


def _newest(store: Readable, where: Where, rows: Sequence[Row], seen: set[int | None]) -> list[Row]:
    """Of each utterance the newest printing that the conditions fit: the others stand further back."""
    origins = {origin for *_, origin in rows if origin is not None}
    newest = dict[int, tuple[str, int]]()
    sql, values = where.sql("+s.n")
    question = f"""SELECT p.origin, s.n, s.day FROM appearances p CROSS JOIN statements s ON s.n = p.statement{where.join}
                   WHERE p.origin IN (SELECT value FROM json_each(?)) AND {where.standing}{sql}"""
    for origin, n, day in tuples(store, question, listed(origins), *values) if origins else []:
        newest[origin] = max(newest.get(origin, ("", 0)), (day or "", n))
    kept = list[Row]()
    for n, day, origin in rows:
        if origin is None or (newest[origin] == (day or "", n) and origin not in seen):
            kept.append((n, day, origin))
    return kept
