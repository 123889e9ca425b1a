"""Pairs of like things and the clusters that follow, the same for articles, statements and wordings.

Keys find candidates, a comparison makes pairs of them, and what pairs join is a cluster. When something comes or goes, only the
clusters that it touches are made again, so that they are a function of what is there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations
from typing import TYPE_CHECKING

from onrecord.store.rows import dump

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

RECENT = 1 << 48
"""Added to keys, which are less, that have come lately."""
MOST_RECENT = 400_000
"""Keys that wait to be put in their places: those of some thousand articles, ten megabytes that stay in the cache."""


class Pairs:
    """The tables of keys and pairs of one kind of thing ("article", "statement", "wording"), within the transaction at hand.

    `least`: how many keys two are to share before they are compared.
    """

    def __init__(self, connection: sqlite3.Connection, thing: str, *, least: int = 1) -> None:
        self._connection = connection
        self._thing = thing
        self._least = least
        self._recent: int | None = None

    def add_keys(self, keys: Mapping[int, Sequence[int]]) -> None:
        """Note the keys of things by their rows.

        New ones stand together at the end of the table, marked as RECENT, and go to their places when there are many: a key's
        place is anywhere, and to write one page of the table for each key of a batch would take longer than all the rest.
        """
        found, numbers = _by_key(keys)
        self._recent = self._count_recent() + len(found)
        rows = zip((found | RECENT).tolist(), numbers.tolist(), strict=True)
        self._connection.executemany(f"INSERT OR IGNORE INTO {self._thing}_keys VALUES (?, ?)", rows)
        if self._recent > MOST_RECENT:
            self._settle_keys()

    def _count_recent(self) -> int:
        """How many keys are not in their places yet: counted once, since there is one writer."""
        if self._recent is None:
            query = f"SELECT count(*) FROM {self._thing}_keys WHERE key >= ?"
            self._recent = int(self._connection.execute(query, (RECENT,)).fetchone()[0])
        return self._recent

    def _settle_keys(self) -> None:
        table = f"{self._thing}_keys"
        settled = f"SELECT key & ~?1, {self._thing} FROM {table} WHERE key >= ?1 ORDER BY key, {self._thing}"
        self._connection.execute(f"INSERT OR IGNORE INTO {table} {settled}", (RECENT,))
        self._connection.execute(f"DELETE FROM {table} WHERE key >= ?", (RECENT,))
        self._recent = 0

    def remove_keys(self, keys: Mapping[int, Sequence[int]]) -> None:
        """Take keys away."""
        found = [(key, key | RECENT, number) for number, several in keys.items() for key in set(several)]
        command = f"DELETE FROM {self._thing}_keys WHERE key IN (?, ?) AND {self._thing} = ?"
        self._connection.executemany(command, found)

    def candidates(self, keys: Mapping[int, Sequence[int]]) -> list[tuple[int, int]]:
        """Pairs of rows, the lesser first, of the things in `keys` with whatever shares enough keys with them; in order.

        To be asked before the keys are noted: none of the things is in the table.
        """
        import numpy as np

        held, numbers = _by_key(keys)
        asked, starts = np.unique(held, return_index=True)
        sizes = np.diff(np.append(starts, len(held)))
        several = np.flatnonzero(sizes > 1)
        among = [
            pair
            for start, size in zip(starts[several].tolist(), sizes[several].tolist(), strict=True)
            for pair in combinations(numbers[start : start + size].tolist(), 2)
        ]
        found = self._holding(asked.tolist())
        at = np.searchsorted(asked, found[:, 0])
        # Each that has a key stands beside each of those that come with it: the first of them, the second, and so on.
        row = np.repeat(np.arange(len(found)), sizes[at])
        nth = np.arange(len(row)) - np.repeat(np.cumsum(sizes[at]) - sizes[at], sizes[at])
        met = np.stack([numbers[starts[at][row] + nth], found[row, 1]], axis=1)
        pairs = np.concatenate([met, np.array(among, np.int64).reshape(-1, 2)])
        told, times = np.unique((pairs.min(axis=1) << 32) + pairs.max(axis=1), return_counts=True)
        enough = told[times >= self._least]
        return list(zip((enough >> 32).tolist(), (enough & 0xFFFFFFFF).tolist(), strict=True))

    def _holding(self, keys: Sequence[int]) -> Numbers:
        """Keys, of those in order, with the rows of stored things that have them. Shape: (found, 2)."""
        import numpy as np

        query = (
            f"SELECT key & ~?2, {self._thing} FROM {self._thing}_keys WHERE key IN (SELECT value FROM json_each(?1))"
        )
        found = self._connection.execute(query, (dump(keys), RECENT)).fetchall()
        if self._count_recent():
            found += self._connection.execute(query, (dump([key | RECENT for key in keys]), RECENT)).fetchall()
        return np.fromiter(chain.from_iterable(found), np.int64, 2 * len(found)).reshape(-1, 2)

    def add(self, pairs: Iterable[tuple[int, int, float]]) -> None:
        """Keep pairs: two rows, the lesser first, and how alike they are."""
        command = f"INSERT OR REPLACE INTO {self._thing}_pairs VALUES (?, ?, ?)"
        self._connection.executemany(command, sorted(pairs))

    def paired(self, numbers: Iterable[int]) -> set[int]:
        """Those of the rows that are paired with any other."""
        among = "IN (SELECT value FROM json_each(?1))"
        query = " UNION ".join(f"SELECT {column} FROM {self._thing}_pairs WHERE {column} {among}" for column in "ab")
        return {row[0] for row in self._connection.execute(query, (dump(sorted(numbers)),))}

    def partners(self, number: int) -> list[int]:
        """The rows that a row is paired with."""
        table = f"{self._thing}_pairs"
        query = f"SELECT b FROM {table} WHERE a = ?1 UNION ALL SELECT a FROM {table} WHERE b = ?1"
        return [row[0] for row in self._connection.execute(query, (number,))]

    def remove(self, numbers: Iterable[int]) -> set[int]:
        """Take away all pairs of the rows `numbers`, and return the rows that they were paired with."""
        gone = set(numbers)
        left = {partner for number in gone for partner in self.partners(number)}
        for column in "ab":
            self._connection.executemany(
                f"DELETE FROM {self._thing}_pairs WHERE {column} = ?", [(n,) for n in sorted(gone)]
            )
        return left - gone

    def components(self, numbers: Iterable[int]) -> list[list[int]]:
        """What is joined to each of `numbers` by pairs, itself included, each component once."""
        seen: set[int] = set()
        found = []
        for number in sorted(numbers):
            if number in seen:
                continue
            component, waiting = {number}, [number]
            while waiting:
                for partner in self.partners(waiting.pop()):
                    if partner not in component:
                        component.add(partner)
                        waiting.append(partner)
            seen |= component
            found.append(sorted(component))
        return found

    def within(self, component: Sequence[int]) -> list[tuple[int, int]]:
        """The pairs of a component."""
        query = f"SELECT a, b FROM {self._thing}_pairs WHERE a IN (SELECT value FROM json_each(?))"
        return self._connection.execute(query, (dump(component),)).fetchall()


def _by_key(keys: Mapping[int, Sequence[int]]) -> tuple[Numbers, Numbers]:
    """Each key of each thing once, in order, and beside it the thing's row. Shapes: (keys,), (keys,)."""
    import numpy as np

    several = [set(those) for those in keys.values()]
    held = np.fromiter(chain.from_iterable(several), np.int64)
    numbers = np.repeat(np.fromiter(keys, np.int64), [len(those) for those in several])
    order = np.lexsort((numbers, held))
    return held[order], numbers[order]
