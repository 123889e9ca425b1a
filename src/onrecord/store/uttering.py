"""Utterances: which statements print the same words of the same speaker, kept as `onrecord.link` tells."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.link import Saying, alike, sayings_of, utterances_of
from onrecord.records import JOINT, Record
from onrecord.store.pairing import Pairs
from onrecord.store.reading import read_record, statement_numbers
from onrecord.store.rows import dump

KEPT = 20_000
"""Sayings that are kept at hand: those of the last hundreds of articles, which copies come soon after."""


class Utterances:
    """Finds and keeps utterances within the transaction at hand."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pairs = Pairs(connection, "statement")
        self._kept: OrderedDict[int, Saying | None] = OrderedDict()

    def add(self, records: Iterable[tuple[Record, Mapping[str, int]]]) -> set[int]:
        """Take in the statements of records, with their rows by id. Returns the rows that are now paired with another."""
        new: dict[int, Saying] = {}
        for record, numbers in records:
            new |= self._keep(record, numbers)
        keys = {number: saying.bands for number, saying in new.items()}
        self._pairs.add_keys(keys)
        return self._compare(self._pairs.candidates(keys))

    def remove(self, records: Iterable[tuple[Record, Mapping[str, int]]]) -> set[int]:
        """Take the statements of records out. Returns the rows of the statements that were paired with them."""
        keys = {n[saying.statement]: saying.bands for record, n in records for saying in sayings_of(record)}
        gone = sorted(keys)
        for number in gone:
            self._kept.pop(number, None)
        self._pairs.remove_keys(keys)
        for column in ("statement", "origin"):
            self._connection.executemany(f"DELETE FROM appearances WHERE {column} = ?", [(n,) for n in gone])
        return self._pairs.remove(gone)

    def reconsider(self, articles: Iterable[int]) -> set[int]:
        """Compare again the statements of articles whose cluster of copies changed: indirect words count between copies alone."""
        query = "SELECT n FROM statements WHERE article = ? AND superseded_by IS NULL"
        numbers = [row[0] for article in sorted(articles) for row in self._connection.execute(query, (article,))]
        sayings = {n: saying for n in numbers if (saying := self._saying(n)) is not None}
        left = self._pairs.remove(sayings)
        keys = {number: saying.bands for number, saying in sayings.items()}
        return left | set(sayings) | self._compare(self._pairs.candidates(keys))

    def paired(self, statements: Iterable[int]) -> set[int]:
        """Those of the rows that are paired with another."""
        return {number for number in statements if self._pairs.partners(number)}

    def arrange(self, numbers: Iterable[int]) -> None:
        """Make anew the utterances that statements are appearances of."""
        for component in self._pairs.components(numbers):
            self._cluster(component)

    def _compare(self, candidates: Iterable[tuple[int, int]]) -> set[int]:
        found = []
        clusters = self._clusters({n for pair in candidates for n in pair})
        for a, b in sorted(candidates):
            one, other = self._saying(a), self._saying(b)
            if one is None or other is None:
                continue
            how = alike(replace(one, copies=clusters.get(a)), replace(other, copies=clusters.get(b)))
            if how is not None:
                found.append((a, b, how))
        self._pairs.add(found)
        return {n for a, b, _ in found for n in (a, b)}

    def _cluster(self, component: Sequence[int]) -> None:
        clusters, speakers = self._clusters(component), self._speakers(component)
        sayings: dict[int, Saying] = {}
        for number in component:
            if (saying := self._saying(number)) is not None:
                sayings[number] = replace(saying, copies=clusters.get(number), speaker=speakers.get(number))
        rows = {saying.statement: number for number, saying in sayings.items()}
        pairs = [(sayings[a].statement, sayings[b].statement) for a, b in self._pairs.within(component)]
        made: dict[int, tuple[int, float, str]] = {}
        for utterance in utterances_of(list(sayings.values()), pairs):
            for one in utterance.appearances:
                altered = dump([[change.before, change.after] for change in one.changes])
                made[rows[one.statement]] = (rows[utterance.origin], one.similarity, altered)
        self._connection.executemany(
            "DELETE FROM appearances WHERE statement = ?", [(n,) for n in component if n not in made]
        )
        new = [(number, *values) for number, values in sorted(made.items())]
        self._connection.executemany("INSERT OR REPLACE INTO appearances VALUES (?, ?, ?, ?)", new)

    def _clusters(self, statements: Iterable[int]) -> dict[int, str]:
        """Of statements whose article is one of several copies, the origin's id."""
        query = """SELECT s.n, o.id FROM statements s JOIN copies c ON c.article = s.article JOIN articles o ON o.n = c.origin
            WHERE s.n IN (SELECT value FROM json_each(?))"""
        return dict(self._connection.execute(query, (dump(list(statements)),)).fetchall())

    def _speakers(self, statements: Iterable[int]) -> dict[int, str]:
        """Of statements whose speakers have identities, these, joined."""
        query = """SELECT p.statement, i.id FROM statement_speakers p JOIN links l ON l.entity = p.entity
            JOIN identities i ON i.n = l.identity WHERE p.statement IN (SELECT value FROM json_each(?)) ORDER BY 1, 2"""
        found: dict[int, str] = {}
        for number, identity in self._connection.execute(query, (dump(list(statements)),)):
            found[number] = f"{found[number]}{JOINT}{identity}" if number in found else identity
        return found

    def _saying(self, number: int) -> Saying | None:
        """The words of a statement; None of one that is too short to be known again."""
        if number not in self._kept:
            query = "SELECT article FROM statements WHERE n = ?"
            article = self._connection.execute(query, (number,)).fetchone()[0]
            self._keep(read_record(self._connection, article), statement_numbers(self._connection, article))
        return self._kept[number]

    def _keep(self, record: Record, numbers: Mapping[str, int]) -> dict[int, Saying]:
        """The sayings of a record by row, now also at hand."""
        sayings = {numbers[saying.statement]: saying for saying in sayings_of(record)}
        while self._kept and len(self._kept) + len(numbers) > KEPT:
            self._kept.popitem(last=False)
        self._kept.update(dict.fromkeys(numbers.values()))
        self._kept.update(sayings)
        return sayings
