"""Utterances: which statements print the same words of the same speaker, kept as `onrecord.link` tells.

A pair is kept where the words are alike for two statements of one speaker; who their speakers are is asked when utterances are
made of the pairs, so that pairs stay when an identity changes.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

from onrecord.link import SHORTEST, Saying, alike, saying_of, sayings_of, utterances_of
from onrecord.records import JOINT, Record
from onrecord.store.pairing import Pairs
from onrecord.store.reading import read_statements, statement_numbers
from onrecord.store.rows import dump

KEPT = 20_000
"""Sayings that are kept at hand: those of some hundreds of articles, which copies come soon after."""

_ANYBODY = "anybody"


class Utterances:
    """Finds and keeps utterances within the transaction at hand. Each method that takes rows in returns those to arrange."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pairs = Pairs(connection, "statement")
        self._kept: OrderedDict[int, Saying] = OrderedDict()

    def add(self, articles: Iterable[tuple[Sequence[Saying], Mapping[str, int]]]) -> set[int]:
        """Take in the sayings of articles, each with the rows of its statements by id."""
        new = {numbers[saying.statement]: saying for sayings, numbers in articles for saying in sayings}
        self._keep(new)
        keys = _keys(new)
        candidates = self._pairs.candidates(keys)
        self._pairs.add_keys(keys)
        return self._compare(candidates)

    def remove(self, record: Record, numbers: Mapping[str, int]) -> set[int]:
        """Take the statements of a record out. Returns the rows of the statements that were paired with them."""
        sayings = {numbers[saying.statement]: saying for saying in sayings_of(record)}
        for number in numbers.values():
            self._kept.pop(number, None)
        self._pairs.remove_keys(_keys(sayings))
        for column in ("statement", "origin"):
            command = f"DELETE FROM appearances WHERE {column} = ?"
            self._connection.executemany(command, [(n,) for n in sorted(sayings)])
        return self._pairs.remove(sayings)

    def compare(self, articles: Iterable[tuple[int, int]]) -> set[int]:
        """Compare all statements of articles that are copies of each other."""
        return self._compare({pair for a, b in articles for pair in product(self._of(a), self._of(b))})

    def reconsider(self, articles: Iterable[int]) -> set[int]:
        """Compare anew the statements of articles that are no longer copies of all that they were copies of."""
        sayings: dict[int, Saying] = {}
        fellows = set()
        for article in sorted(articles):
            sayings |= self._of(article)
            query = "SELECT article FROM copies WHERE origin = (SELECT origin FROM copies WHERE article = ?1) AND article != ?1"
            fellows |= {(article, row[0]) for row in self._connection.execute(query, (article,))}
        left = self._pairs.remove(sayings)
        return left | set(sayings) | self._compare(self._pairs.candidates(_keys(sayings))) | self.compare(fellows)

    def paired(self, statements: Iterable[int]) -> set[int]:
        """Those of the rows that are paired with another."""
        return {number for number in statements if self._pairs.is_paired(number)}

    def arrange(self, numbers: Iterable[int]) -> None:
        """Make anew the utterances that statements are appearances of."""
        for component in self._pairs.components(numbers):
            self._cluster(component)

    def _compare(self, candidates: Iterable[tuple[int, int]]) -> set[int]:
        pairs = sorted({(min(pair), max(pair)) for pair in candidates})
        meant = {n for pair in pairs for n in pair}
        sayings, clusters = self._load(meant), self._clusters(meant)
        told = {n: replace(s, copies=clusters.get(n), speaker=_ANYBODY) for n, s in sayings.items()}
        found = []
        for a, b in pairs:
            if a in told and b in told and (how := alike(told[a], told[b])) is not None:
                found.append((a, b, how))
        self._pairs.add(found)
        return {n for a, b, _ in found for n in (a, b)}

    def _cluster(self, component: Sequence[int]) -> None:
        clusters, speakers = self._clusters(component), self._speakers(component)
        sayings = {
            number: replace(saying, copies=clusters.get(number), speaker=speakers.get(number))
            for number, saying in self._load(component).items()
        }
        rows = {saying.statement: number for number, saying in sayings.items()}
        pairs = [(sayings[a].statement, sayings[b].statement) for a, b in self._pairs.within(component)]
        made: dict[int, tuple[int, float, str]] = {}
        for utterance in utterances_of(list(sayings.values()), pairs):
            for one in utterance.appearances:
                altered = dump([[change.before, change.after] for change in one.changes])
                made[rows[one.statement]] = (rows[utterance.origin], one.similarity, altered)
        self._write(component, made)

    def _write(self, component: Sequence[int], made: Mapping[int, tuple[int, float, str]]) -> None:
        query = """SELECT statement, origin, similarity, altered FROM appearances
            WHERE statement IN (SELECT value FROM json_each(?))"""
        stored = {n: tuple(rest) for n, *rest in self._connection.execute(query, (dump(component),))}
        gone = [(n,) for n in stored if n not in made]
        self._connection.executemany("DELETE FROM appearances WHERE statement = ?", gone)
        new = [(number, *values) for number, values in sorted(made.items()) if stored.get(number) != values]
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

    def _of(self, article: int) -> dict[int, Saying]:
        """The sayings of an article by their statements' rows."""
        return self._load(statement_numbers(self._connection, article).values())

    def _load(self, statements: Iterable[int]) -> dict[int, Saying]:
        """The words of statements by their rows, but of those that are too short to be known again."""
        found = {n: self._kept[n] for n in statements if n in self._kept}
        missing = [n for n in statements if n not in found]
        new = {
            number: saying
            for number, article, statement in read_statements(self._connection, missing)
            if len((saying := saying_of(article, statement)).words) >= SHORTEST
        }
        self._keep(new)
        return found | new

    def _keep(self, sayings: Mapping[int, Saying]) -> None:
        self._kept.update(sayings)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)


def _keys(sayings: Mapping[int, Saying]) -> dict[int, Sequence[int]]:
    return {number: saying.bands for number, saying in sayings.items()}
