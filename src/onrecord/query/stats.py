"""``stats``: how much there is, by speaker, outlet, day, month, year or act. Copies are counted apart from what is new."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Unpack

from onrecord.query.correcting import Quality, quality
from onrecord.query.correcting import corrected as correct
from onrecord.query.cursors import page_size, read_cursor, write_cursor
from onrecord.query.filters import Asking, Where, narrowed
from onrecord.query.fitting import fitting
from onrecord.query.options import strict
from onrecord.query.pages import Measured, Tallies, Tally
from onrecord.query.rows import Readable, number, tuples
from onrecord.records import MalformedError
from onrecord.store.connecting import translated
from onrecord.store.tallying import BY, By, count, is_tallied, names

_CURSOR = "stats"
_IN_ORDER = ("day", "month", "year")


MEASURED: tuple[By, ...] = ("outlet", "day", "month", "year")
"""By what corrected counts are told."""
UNMEASURED = {
    "speaker": "one speaker's statements",
    "target": "statements aimed at somebody",
    "act": "one act",
    "form": "one form of quoting",
    "kind": "one kind of speakers",
}
"""Options that corrected counts do not go with, and what they ask for."""


@strict(Asking)
def stats(
    store: Readable,
    by: By,
    *,
    corrected: bool = False,
    size: int = 50,
    cursor: str | None = None,
    **options: Unpack[Asking],
) -> Tallies:
    """Counts of the statements that the options fit, most statements first; days, months and years in order.

    `utterances` counts what is printed more than once once, `sources` counts copies of one article once. Of speakers every one of
    several who speak together has the statement counted. `total`: of all rows.

    With `corrected` also what a perfect reader would have counted (onrecord.query.correcting), and by which measurement. That
    is of finding statements alone: MalformedError where counts by speaker, act or form, or of one of these, are to be corrected.
    """
    page_size(size)
    (start,) = read_cursor(_CURSOR, cursor, int) or [0]
    if by not in BY:
        raise MalformedError("by", f"{by!r} is none of {', '.join(BY)}")
    if corrected:
        _check_measured(by, options)
    where = narrowed(store, **options)
    if not where.narrowed and is_tallied(store.connection):
        page, total = _kept(store, by, where, start, size)
    else:
        page, total = _counted(store, by, where, start, size)
    following = write_cursor(_CURSOR, start + size) if total > start + size else None
    if not corrected:
        return Tallies(tuple(page), cursor=following, total=total)
    measured = quality()
    items = tuple(_corrected(tally, measured) for tally in page)
    return Tallies(items, cursor=following, total=total, measured=_measured(store, measured))


def _check_measured(by: By, options: Mapping[str, object]) -> None:
    if by not in MEASURED:
        others = "errors about speakers, acts and forms were not measured apart"
        raise MalformedError("corrected", f"goes with counts by {', '.join(MEASURED)}: {others}")
    for name, what in UNMEASURED.items():
        if options.get(name) is not None:
            raise MalformedError(
                "corrected", f"cannot be told of {what}: how often that is read wrongly was not measured"
            )


def _corrected(tally: Tally, by: Quality) -> Tally:
    """Rounded to tenths, outwards, so that no interval becomes narrower."""
    found = correct(tally.statements, by)
    return replace(
        tally,
        corrected=round(found.value, 1),
        corrected_low=math.floor(found.low * 10) / 10,
        corrected_high=math.ceil(found.high * 10) / 10,
    )


def _measured(store: Readable, by: Quality) -> Measured:
    others = number(store, "SELECT count(*) FROM runs WHERE weights IS NOT ?", by.weights)
    return Measured(by.corpus, by.rule, len(by.articles), by.precision, by.recall, by.weights, others > 0)


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
