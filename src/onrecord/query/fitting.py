"""Statements that fit conditions, as columns (onrecord.store.columns): for questions that count or order all of them.

A few are looked up; where there may be more, all statements are read as columns and those that fit are picked out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.query.days import last_of
from onrecord.query.filters import Where
from onrecord.query.rows import Readable, tuples
from onrecord.store.coding import CURRENT, SUPERSEDED, day_code
from onrecord.store.connecting import translated

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from onrecord.store.columns import Keep, Statements

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.int64]

FEW = 2_000
"""Statements that are looked up one by one in as much time as a million are read as columns."""

LAST_DAY = 99_999_999

_ENTITIES = "SELECT entity FROM links WHERE identity = ?"


def fitting(store: Readable, where: Where, *, standing: bool = True) -> Statements:
    """Statements of any standing but superseded that the conditions fit, by number; with `standing` of one that is asked for."""
    (found,) = fitting_each(store, where, standing=standing)
    return found


def fitting_each(store: Readable, *several: Where, standing: bool = True) -> tuple[Statements, ...]:
    """The same of several conditions: all statements are read once at most."""
    from onrecord.store.columns import all_statements

    tests = [_fits(store, where, standing=standing) for where in several]
    found = [_few(store, where) for where in several]
    rest = [fits for fits, few in zip(tests, found, strict=True) if few is None]
    everything: Statements | None = None
    if rest:
        with translated(store.path):
            everything = all_statements(store.connection, rest[0] if len(rest) == 1 else _either(rest))
    alone = len(rest) == 1
    said = [few if few is not None else everything for few in found]
    return tuple(
        s if alone and few is None else s.only(fits(s))
        for s, few, fits in zip(said, found, tests, strict=True)
        if s is not None
    )


def _few(store: Readable, where: Where) -> Statements | None:
    """Statements among which all are that the conditions fit, where they are few."""
    from onrecord.store.columns import some_statements

    for sql, value in where.few:
        found = tuples(store, f"SELECT * FROM ({sql}) LIMIT {FEW + 1}", value)
        if len(found) <= FEW:
            with translated(store.path):
                return some_statements(store.connection, [n for (n,) in found])
    return None


def _either(tests: Sequence[Keep]) -> Keep:
    def fits(said: Statements) -> Mask:
        mask = tests[0](said)
        for test in tests[1:]:
            mask |= test(said)
        return mask

    return fits


def _fits(store: Readable, where: Where, *, standing: bool) -> Keep:
    """Tells which statements the conditions fit: what it takes to tell is looked up once."""
    wanted = where.wanted
    tests = [_stands(withdrawn=where.withdrawn or not standing)]
    codes = (("act", wanted.act), ("form", wanted.form), ("kind", wanted.kind))
    tests += [_has(column, code) for column, code in codes if code is not None]
    if wanted.days != (None, None):
        tests.append(_between(*wanted.days))
    if wanted.speaker is not None:
        tests.append(_spoken_by(_listed(store, _ENTITIES, wanted.speaker)))
    if wanted.target is not None:
        tests.append(_one_of("target", _listed(store, _ENTITIES, wanted.target)))
    if wanted.outlet is not None:
        printed = _listed(store, "SELECT n FROM articles WHERE outlet = ?", wanted.outlet)
        tests.append(_one_of("article", printed))
    if wanted.published != (None, None):
        tests.append(_one_of("article", _published(store, *wanted.published)))

    def fits(said: Statements) -> Mask:
        mask = tests[0](said)
        for test in tests[1:]:
            mask &= test(said)
        return mask

    return fits


def _stands(*, withdrawn: bool) -> Keep:
    return lambda said: said.rows["standing"] != SUPERSEDED if withdrawn else said.rows["standing"] == CURRENT


def _has(column: str, code: str) -> Keep:
    return lambda said: said.rows[column] == said.code(code)


def _between(since: str | None, until: str | None) -> Keep:
    first = 0 if since is None else day_code(since.strip())
    last = LAST_DAY if until is None else _end(until.strip())
    return lambda said: (said.rows["day"] >= first) & (said.rows["day"] <= last)


def _one_of(column: str, members: Numbers) -> Keep:
    member = _flags(members)
    return lambda said: _among(said.rows[column], member)


def _spoken_by(entities: Numbers) -> Keep:
    member = _flags(entities)

    def spoken(said: Statements) -> Mask:
        from onrecord.store.columns import is_in

        mask = _among(said.rows["speaker"], member)
        if len(said.more):
            mask |= is_in(said.numbers, said.more["statement"][_among(said.more["speaker"], member)])
        return mask

    return spoken


def _published(store: Readable, since: str | None, until: str | None) -> Numbers:
    sql, days = "SELECT n FROM articles WHERE published IS NOT NULL", list[object]()
    if since is not None:
        sql, days = f"{sql} AND published >= ?", [since.strip()]
    if until is not None:
        sql, days = f"{sql} AND published <= ?", [*days, last_of("published-until", until)]
    return _listed(store, sql, *days)


def _end(until: str) -> int:
    """The last day of a year or month, or the day itself, as `day_code` tells days."""
    return day_code(until) + {4: 9_999, 7: 99}.get(len(until), 0)


def _listed(store: Readable, sql: str, *values: object) -> Numbers:
    import numpy as np

    return np.array([n for (n,) in tuples(store, sql, *values)], np.int64)


def _flags(members: Numbers) -> Mask:
    """A flag for each number up to the greatest of the members, of which none is below 1, and one more that is none's."""
    import numpy as np

    member = np.zeros(int(members.max(initial=0)) + 2, np.bool_)
    member[members] = True
    return member


def _among(numbers: NDArray[np.integer], member: Mask) -> Mask:
    """Which of the numbers have a flag."""
    found: Mask = member.take(
        numbers, mode="clip"
    )  # what is below 1 or beyond all is at one end, where there is no flag
    return found
