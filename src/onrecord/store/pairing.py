"""Pairs of like things and the clusters that follow, the same for articles, statements and wordings.

Keys find candidates, a comparison makes pairs of them, and what pairs join is a cluster. When something comes or goes, only the
clusters that it touches are made again, so that they are a function of what is there.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from onrecord.store.rows import dump


class Pairs:
    """The tables of keys and pairs of one kind of thing ("article", "statement", "wording"), within the transaction at hand.

    `least`: how many keys two are to share before they are compared.
    """

    def __init__(self, connection: sqlite3.Connection, thing: str, *, least: int = 1) -> None:
        self._connection = connection
        self._thing = thing
        self._least = least

    def add_keys(self, keys: Mapping[int, Sequence[int]]) -> None:
        """Note the keys of things by their rows. In order of the key: neighbours are written together."""
        found = sorted((key, number) for number, several in keys.items() for key in set(several))
        self._connection.executemany(f"INSERT OR IGNORE INTO {self._thing}_keys VALUES (?, ?)", found)

    def remove_keys(self, keys: Mapping[int, Sequence[int]]) -> None:
        """Take keys away."""
        found = [(key, number) for number, several in keys.items() for key in set(several)]
        self._connection.executemany(f"DELETE FROM {self._thing}_keys WHERE key = ? AND {self._thing} = ?", found)

    def candidates(self, keys: Mapping[int, Sequence[int]]) -> set[tuple[int, int]]:
        """Pairs of rows, the lesser first, of the things in `keys` with whatever shares enough keys with them.

        Fastest before the keys are noted: hardly any is there already.
        """
        holders: dict[int, list[int]] = defaultdict(list)
        for number, several in keys.items():
            for key in set(several):
                holders[key].append(number)
        query = f"SELECT key, {self._thing} FROM {self._thing}_keys WHERE key IN (SELECT value FROM json_each(?))"
        stored: dict[int, list[int]] = defaultdict(list)
        for key, number in self._connection.execute(query, (dump(list(holders)),)):
            stored[key].append(number)
        shared: Counter[tuple[int, int]] = Counter()
        for key, numbers in holders.items():
            sharing = {*stored.get(key, ()), *numbers}
            if len(sharing) > 1:
                shared.update({(min(a, b), max(a, b)) for a in numbers for b in sharing if a != b})
        return {pair for pair, times in shared.items() if times >= self._least}

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
