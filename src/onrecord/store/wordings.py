"""Wordings: what many statements print in the same words, with keys and pairs of its own, whoever says it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.link import Saying, alike_words, may_be_alike, sketches_of
from onrecord.store.pairing import Pairs
from onrecord.store.rows import dump

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

Load = Callable[[Iterable[int]], Mapping[int, tuple[str, ...]]]
"""Gives the folded words of statements by their rows."""


class Wordings:
    """Finds and keeps wordings within the transaction at hand."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pairs = Pairs(connection, "wording")
        last = int(connection.execute("SELECT coalesce(max(n), 0) FROM wordings").fetchone()[0])
        self._last = max(last, self._pairs.last_of_keys())

    def add(self, sayings: Mapping[int, Saying], load: Load) -> set[int]:
        """Note the wordings of new statements by their rows. Returns those that may be one utterance with another."""
        hashes = {number: hash_ for number, s in sayings.items() if (hash_ := s.wording) is not None}
        query = "SELECT hash, n FROM wordings WHERE hash IN (SELECT value FROM json_each(?))"
        rows = dict(self._connection.execute(query, (dump(sorted(set(hashes.values()))),)).fetchall())
        shared, samples = set(rows.values()), dict[int, Saying]()
        for number, hash_ in hashes.items():
            if hash_ not in rows:
                self._last += 1
                rows[hash_] = self._last
                samples[self._last] = sayings[number]
        new = [(rows[sample.wording], sample.wording) for sample in samples.values() if sample.wording is not None]
        self._connection.executemany("INSERT INTO wordings VALUES (?, ?)", new)
        of = {number: rows[hash_] for number, hash_ in hashes.items()}
        self._connection.executemany("INSERT INTO statement_wordings VALUES (?, ?)", sorted(of.items()))
        shared |= {wording for wording, times in Counter(of.values()).items() if times > 1}
        shared |= self._compare(samples, load)
        return {number for number, wording in of.items() if wording in shared}

    def _compare(self, samples: dict[int, Saying], load: Load) -> set[int]:
        """Pair new wordings, of which each has a sample, with all that are alike. Returns those that are paired."""
        keys = {wording: saying.bands for wording, saying in samples.items()}
        candidates = self._pairs.candidates(keys)
        self._pairs.add_keys(keys)
        told = {wording: saying.words for wording, saying in samples.items()}
        pairs = self._screened(candidates, told)
        stored = self._first_of({w for pair in pairs for w in pair} - samples.keys())
        loaded = load(stored.values())
        told |= {wording: loaded[number] for wording, number in stored.items()}
        found = [(a, b, how) for a, b in pairs if (how := alike_words(told[a], told[b])) is not None]
        self._pairs.add(found)
        return {wording for a, b, _ in found for wording in (a, b)}

    def _screened(self, candidates: Numbers, new: Mapping[int, Sequence[str]]) -> list[tuple[int, int]]:
        """The candidates that may be alike, by sketches. Those of the new ones are stored."""
        import numpy as np

        rows = list(new)
        sizes, bits = np.array([len(new[row]) for row in rows], np.int64), sketches_of([new[row] for row in rows])
        values = zip(rows, sizes.tolist(), map(bytes, bits), strict=True)
        self._connection.executemany("INSERT INTO wording_sketches VALUES (?, ?, ?)", values)
        others = sorted(set(np.unique(candidates).tolist()) - new.keys())
        query = "SELECT wording, words, bits FROM wording_sketches WHERE wording IN (SELECT value FROM json_each(?))"
        found = self._connection.execute(query, (dump(others),)).fetchall()
        numbers = np.array([*rows, *(row for row, *_ in found)], np.int64)
        sizes = np.concatenate([sizes, np.array([size for _, size, _ in found], np.int64)])
        bits = np.concatenate(
            [bits, np.frombuffer(b"".join(b for *_, b in found), np.uint64).reshape(-1, bits.shape[1])]
        )
        order = np.argsort(numbers)
        place = np.searchsorted(numbers, candidates, sorter=order)
        at = order.take(place, mode="clip")
        told = (numbers[at] == candidates).all(axis=1)  # those of an older form have no sketch
        a, b = at[told].T
        stays = np.ones(len(candidates), np.bool_)
        stays[told] = may_be_alike(sizes[a], bits[a], sizes[b], bits[b])
        return [(a, b) for a, b in candidates[stays].tolist()]

    def remove(self, sayings: Mapping[int, Saying]) -> set[int]:
        """Take statements out, and wordings that nothing is left of. Returns as `add`, of those that stay."""
        left = set[int]()
        for number in sayings:
            if (wording := self.of(number)) is None:
                continue
            left.update(self._members(wording))
            left.update(n for partner in self._pairs.partners(wording) for n in self._members(partner))
            self._connection.execute("DELETE FROM statement_wordings WHERE statement = ?", (number,))
            if not self._first_of([wording]):
                self._pairs.remove_keys([wording])
                self._pairs.remove([wording])
                self._connection.execute("DELETE FROM wording_sketches WHERE wording = ?", (wording,))
                self._connection.execute("DELETE FROM wordings WHERE n = ?", (wording,))
        return left - sayings.keys()

    def sweep(self) -> None:
        """Leave nothing of the keys of wordings that are gone."""
        self._pairs.sweep_keys()

    def of(self, statement: int) -> int | None:
        """The wording of a statement; None where it is too short or in no quotation marks."""
        query = "SELECT wording FROM statement_wordings WHERE statement = ?"
        row = self._connection.execute(query, (statement,)).fetchone()
        return None if row is None else int(row[0])

    def shared(self, statements: Iterable[int]) -> set[int]:
        """Those of the rows whose words, or words like them, others print."""
        query = "SELECT statement, wording FROM statement_wordings WHERE statement IN (SELECT value FROM json_each(?))"
        of = dict(self._connection.execute(query, (dump(sorted(statements)),)).fetchall())
        query = """SELECT wording FROM statement_wordings WHERE wording IN (SELECT value FROM json_each(?))
            GROUP BY wording HAVING count(*) > 1"""
        wordings = sorted(set(of.values()))
        several = {row[0] for row in self._connection.execute(query, (dump(wordings),))} | self._pairs.paired(wordings)
        return {statement for statement, wording in of.items() if wording in several}

    def around(self, wording: int) -> list[int]:
        """Rows of all statements of a wording, and one of each that it is paired with."""
        return [*self._members(wording), *self._first_of(self._pairs.partners(wording)).values()]

    def within(self, statements: Sequence[int]) -> list[tuple[int, int]]:
        """The pairs of the wordings of statements, each as the first statements of the two."""
        query = """SELECT wording, min(statement) FROM statement_wordings
            WHERE statement IN (SELECT value FROM json_each(?)) GROUP BY wording"""
        first = dict(self._connection.execute(query, (dump(statements),)).fetchall())
        return [(first[a], first[b]) for a, b in self._pairs.within(sorted(first))]

    def _members(self, wording: int) -> list[int]:
        query = "SELECT statement FROM statement_wordings WHERE wording = ? ORDER BY statement"
        return [row[0] for row in self._connection.execute(query, (wording,))]

    def _first_of(self, wordings: Iterable[int]) -> dict[int, int]:
        query = """SELECT wording, min(statement) FROM statement_wordings
            WHERE wording IN (SELECT value FROM json_each(?)) GROUP BY wording"""
        return dict(self._connection.execute(query, (dump(sorted(wordings)),)).fetchall())
