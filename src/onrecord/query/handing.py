"""Who hands a statement on: the speakers of the statements that it stands inside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from onrecord.query.rows import Readable, listed, tuples

NOBODY_TOLD = "a speaker who is not told"
_DEEPEST = 8
"""Statements around one that are looked at: one that lay in a circle of them would else have no end."""
_AROUND = f"""
    WITH RECURSIVE around(n, at, depth) AS (
        SELECT s.n, s.inside, 1 FROM statements s WHERE s.n IN (SELECT value FROM json_each(?)) AND s.inside IS NOT NULL
        UNION ALL
        SELECT a.n, s.inside, a.depth + 1 FROM around a CROSS JOIN statements s ON s.n = a.at
        WHERE s.inside IS NOT NULL AND a.depth < {_DEEPEST})
    SELECT a.n, a.at, s.source FROM around a CROSS JOIN statements s ON s.n = a.at ORDER BY a.n, a.depth"""


def around(store: Readable, numbers: Sequence[int]) -> dict[int, list[tuple[int, str | None]]]:
    """Of the statements in the given rows that stand inside others: the rows of those, the next one first, and their sources."""
    found = defaultdict[int, list[tuple[int, str | None]]](list)
    for n, at, source in tuples(store, _AROUND, listed(numbers)):
        found[n].append((at, source))
    return found


def named(outer: Sequence[tuple[int, str | None]], names: Mapping[int, str]) -> tuple[str, ...]:
    """Those who hand on by name, else as they are printed."""
    return tuple(names.get(at) or " ".join((source or NOBODY_TOLD).split()) for at, source in outer)
