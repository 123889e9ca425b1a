"""``stats``: how much there is, by speaker, outlet, day, month, year or act. Copies are counted apart from what is new."""

from __future__ import annotations

from typing import Literal, Unpack, get_args

from onrecord.query.cursors import page_size, read_cursor, write_cursor
from onrecord.query.filters import Asking, Where, narrowed
from onrecord.query.fitting import fitting
from onrecord.query.options import strict
from onrecord.query.pages import Page, Tally
from onrecord.query.rows import Readable, number, tuples
from onrecord.records import MalformedError
from onrecord.store.connecting import translated
from onrecord.store.tallying import count, is_tallied, names

By = Literal["speaker", "outlet", "day", "month", "year", "act", "form"]

_CURSOR = "stats"
_IN_ORDER = ("day", "month", "year")


@strict(Asking)
def stats(
    store: Readable, by: By, *, size: int = 50, cursor: str | None = None, **options: Unpack[Asking]
) -> Page[Tally]:
    """Counts of the statements that the options fit, most statements first; days, months and years in order.

    `utterances` counts what is printed more than once once, `sources` counts copies of one article once. Of speakers every one of
    several who speak together has the statement counted. `total`: of all rows.
    """
    page_size(size)
    (start,) = read_cursor(_CURSOR, cursor, int) or [0]
    if by not in get_args(By):
        raise MalformedError("by", f"{by!r} is none of {', '.join(get_args(By))}")
    where = narrowed(store, **options)
    if not where.narrowed and is_tallied(store.connection):
        page, total = _kept(store, by, where, start, size)
    else:
        page, total = _counted(store, by, where, start, size)
    following = write_cursor(_CURSOR, start + size) if total > start + size else None
    return Page(tuple(page), cursor=following, total=total)


def _kept(store: Readable, by: By, where: Where, start: int, size: int) -> tuple[list[Tally], int]:
    """A page as the writer counted it, and how many rows there are."""
    order = "key IS NULL, key" if by in _IN_ORDER else "statements DESC, coalesce(key, ''), coalesce(identity, key)"
    asked = (by, int(where.withdrawn))
    sql = f"""SELECT key, identity, statements, utterances, articles, sources FROM tallies
              WHERE "by" = ? AND withdrawn = ? ORDER BY {order} LIMIT ? OFFSET ?"""
    found = [Tally(*row) for row in tuples(store, sql, *asked, size, start)]
    return found, number(store, 'SELECT count(*) FROM tallies WHERE "by" = ? AND withdrawn = ?', *asked)


def _counted(store: Readable, by: By, where: Where, start: int, size: int) -> tuple[list[Tally], int]:
    """A page as it is now, and how many rows there are."""
    import numpy as np

    said = fitting(store, where)
    with translated(store.path):
        found = count(store.connection, said, by)
        places = np.arange(len(found.values))
        if by not in _IN_ORDER and len(places) > start + size:
            # Names are looked up of those that can be on the page, which equals are put in order by.
            most = np.sort(found.counts[0])[::-1]
            before = int((found.counts[0] > most[start]).sum())
            places = places[(found.counts[0] <= most[start]) & (found.counts[0] >= most[start + size - 1])]
            start -= before
        told = names(store.connection, found, places.tolist())
    rows = [
        (Tally(key, identity, *found.counts[:, k].tolist()), identity or key or "")
        for k, (key, identity) in zip(places.tolist(), told, strict=True)
    ]
    if by in _IN_ORDER:
        rows.sort(key=lambda row: (row[0].key is None, row[0].key))
    else:
        rows.sort(key=lambda row: (-row[0].statements, row[0].key or "", row[1]))
    return [row for row, _ in rows[start : start + size]], len(found.values)
