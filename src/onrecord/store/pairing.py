"""Pairs of like things and the clusters that follow, the same for articles, statements and wordings.

Keys find candidates, a comparison makes pairs of them, and what pairs join is a cluster. When something comes or goes, only the
clusters that it touches are made again, so that they are a function of what is there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations
from typing import TYPE_CHECKING

from onrecord.store.keying import Keys, changes
from onrecord.store.rows import dump

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


class Pairs:
    """The tables of keys and pairs of one kind of thing ("article", "statement", "wording"), within the transaction at hand.

    `least`: how many keys two are to share before they are compared.
    """

    def __init__(self, connection: sqlite3.Connection, thing: str, *, least: int = 1) -> None:
        self._connection = connection
        self._thing = thing
        self._least = least
        self._keys = Keys(connection, thing)

    def add_keys(self, keys: Mapping[int, Sequence[int]]) -> None:
        """Note the keys of things by their rows."""
        self._keys.add(*_by_key(keys))

    def remove_keys(self, numbers: Iterable[int]) -> None:
        """Take the keys of things away."""
        self._keys.drop(numbers)

    def sweep_keys(self) -> None:
        """Leave nothing in the file of keys that were taken away."""
        self._keys.sweep()

    def last_of_keys(self) -> int:
        """The greatest row whose keys were taken away: no other thing may have it."""
        return self._keys.last()

    def candidates(self, keys: Mapping[int, Sequence[int]]) -> Numbers:
        """Pairs of rows, the lesser first, of the things in `keys` with whatever shares enough keys with them; in order.

        To be asked before the keys are noted: none of the things is in the table. Shape: (pairs, 2).
        """
        import numpy as np

        held, numbers = _by_key(keys)
        starts = changes(held)
        sizes = np.diff(np.append(starts, len(held)))
        several = np.flatnonzero(sizes > 1)
        among = [
            pair
            for start, size in zip(starts[several].tolist(), sizes[several].tolist(), strict=True)
            for pair in combinations(numbers[start : start + size].tolist(), 2)
        ]
        one, other = np.array(among, np.int64).reshape(-1, 2).T
        found = self._keys.holding(held[starts])
        at = found[:, 0]
        # Each that has a key stands beside each of those that come with it: the first of them, the second, and so on.
        row = np.repeat(np.arange(len(found)), sizes[at])
        nth = np.arange(len(row)) - np.repeat(np.cumsum(sizes[at]) - sizes[at], sizes[at])
        one, other = np.append(numbers[starts[at][row] + nth], one), np.append(found[row, 1], other)
        pairs = np.sort((np.minimum(one, other) << 32) + np.maximum(one, other))
        first = changes(pairs)
        told = pairs[first[np.diff(np.append(first, len(pairs))) >= self._least]]
        return np.stack([told >> 32, told & 0xFFFFFFFF], axis=1)

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
