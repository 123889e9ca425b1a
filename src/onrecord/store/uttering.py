"""Utterances: which statements print the same words of the same speaker, kept as `onrecord.link` tells.

Statements of one wording need no comparison, and wordings are compared once, however many print them: so a phrase costs as much
as it has printings. Between copies, where less has to be alike, statements are compared. Pairs tell of words alone; who the
speakers are is asked when utterances are made of them, so that pairs stay when an identity changes.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from onrecord.link import (
    SHORTEST,
    Saying,
    alike,
    same_voice,
    saying_of,
    sayings_of,
    utterances_of,
    words_in_marks,
)
from onrecord.records import JOINT, Record
from onrecord.store.pairing import Pairs
from onrecord.store.reading import read_statements, statement_numbers
from onrecord.store.rows import dump
from onrecord.store.wordings import Wordings

KEPT = 20_000
"""Sayings that are kept at hand: those of some hundreds of articles, which copies come soon after."""

MATES = 8
"""Other printings of a wording, the last stored, among which one of the same speaker is looked for."""

AT_ONCE = 2_000
"""Statements of which utterances are made together."""

_ANYBODY = "anybody"

_Words = tuple[str | None, int | None, str, tuple[str, ...]]
"""What is the same of statements that one comparison does for: cluster, wording, form, words."""


class Utterances:
    """Finds and keeps utterances within the transaction at hand. Each method that takes rows in returns those to arrange."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pairs = Pairs(connection, "statement")
        self._wordings = Wordings(connection)
        self._kept: OrderedDict[int, Saying] = OrderedDict()

    def add(self, articles: Iterable[tuple[Sequence[Saying], Mapping[str, int]]]) -> set[int]:
        """Take in the sayings of articles, each with the rows of its statements by id."""
        new = {numbers[saying.statement]: saying for sayings, numbers in articles for saying in sayings}
        self._keep(new)
        return self._wordings.add(new, self._words)

    def remove(self, record: Record, numbers: Mapping[str, int]) -> set[int]:
        """Take the statements of a record out. Returns the rows of those that may have been one utterance with them."""
        sayings = {numbers[saying.statement]: saying for saying in sayings_of(record)}
        for number in numbers.values():
            self._kept.pop(number, None)
        for column in ("statement", "origin"):
            command = f"DELETE FROM appearances WHERE {column} = ?"
            self._connection.executemany(command, [(n,) for n in sorted(sayings)])
        return self._wordings.remove(sayings) | self._pairs.remove(sayings)

    def sweep(self) -> None:
        """Leave nothing of what statements that are gone were found by."""
        self._wordings.sweep()

    def compare(self, articles: Iterable[tuple[int, int]]) -> set[int]:
        """Compare all statements of articles that are copies of each other. What many copies print alike is compared once."""
        met = {(min(pair), max(pair)) for pair in articles}
        of = {article: self._of(article) for article in sorted({n for pair in met for n in pair})}
        home = {number: article for article, sayings in of.items() for number in sayings}
        clusters = self._clusters(home)
        worded: dict[int, list[tuple[int, int, Saying]]] = defaultdict(list)
        known: dict[_Words, int] = {}
        for number, article in home.items():
            saying = of[article][number]
            words = clusters.get(number), saying.wording, saying.form, saying.words
            anybody = replace(saying, copies=clusters.get(number), speaker=_ANYBODY)
            worded[article].append((number, known.setdefault(words, len(known)), anybody))
        likenesses: dict[tuple[int, int], float | None] = {}
        found = []
        for one, other in met:
            for (a, x, this), (b, y, that) in product(worded[one], worded[other]):
                pair = (x, y) if x <= y else (y, x)
                if pair not in likenesses:
                    # Those of one wording need no pair, and only where both are in one cluster is it asked.
                    needed = this.copies == that.copies and (this.wording is None or this.wording != that.wording)
                    likenesses[pair] = alike(this, that) if needed else None
                if (how := likenesses[pair]) is not None:
                    found.append((a, b, how) if a < b else (b, a, how))
        self._pairs.add(found)
        return {n for a, b, _ in found for n in (a, b)}

    def reconsider(self, articles: Iterable[int]) -> set[int]:
        """Compare anew the statements of articles that are no longer copies of all that they were copies of."""
        sayings: dict[int, Saying] = {}
        fellows = set()
        for article in sorted(articles):
            sayings |= self._of(article)
            query = "SELECT article FROM copies WHERE origin = (SELECT origin FROM copies WHERE article = ?1) AND article != ?1"
            fellows |= {(article, row[0]) for row in self._connection.execute(query, (article,))}
        left = self._pairs.remove(sayings)
        return left | set(sayings) | self.compare(fellows)

    def paired(self, statements: Iterable[int]) -> set[int]:
        """Those of the rows that another may be one utterance with."""
        meant = set(statements)
        return self._pairs.paired(meant) | self._wordings.shared(meant)

    def arrange(self, numbers: Iterable[int]) -> set[int]:
        """Make anew the utterances that statements are appearances of. Returns the rows of those whose place in one changed."""
        seen: set[int] = set()
        changed: set[int] = set()
        meant = sorted(numbers)
        paired = self._pairs.paired(meant)
        components: list[list[int]] = []
        for number in [n for n in meant if n in paired or not self._joins(n)]:
            if number not in seen:
                component = self._component(number)
                seen |= component
                components.append(sorted(component))
        for several in _parcels(components):
            changed |= self._cluster(several)
        return changed

    def _joins(self, number: int) -> bool:
        """Whether a statement is but one more printing of an utterance, which nothing else changes; it is then written.

        It is where it is paired with none, and one of its wording and speaker that is no later has its place already.
        """
        wording = self._wordings.of(number)
        if wording is None:
            return False
        mates = {n: rest for n, *rest in self._connection.execute(_MATES, (wording, number, MATES))}
        if not mates or self._connection.execute(_APPEARS, (number,)).fetchone():
            return False
        speakers = self._speakers([number, *mates])
        saying = replace(self._load([number])[number], speaker=speakers.get(number))
        if not same_voice(saying):
            return False
        same = [number, *(n for n in mates if speakers.get(n) == saying.speaker)]
        (first,) = self._connection.execute(_EARLIEST, (dump(same),)).fetchone()
        if first == number:
            return False
        command = "INSERT INTO appearances VALUES (?, ?, ?, ?)"
        self._connection.execute(command, (number, *mates[first]))
        return True

    def _component(self, number: int) -> set[int]:
        """What pairs and wordings join to a statement, itself included."""
        found, waiting, met = {number}, [number], set[int]()
        while waiting:
            one = waiting.pop()
            near = self._pairs.partners(one)
            wording = self._wordings.of(one)
            if wording is not None and wording not in met:
                met.add(wording)
                near += self._wordings.around(wording)
            waiting += (new := set(near) - found)
            found |= new
        return found

    def _cluster(self, components: Sequence[Sequence[int]]) -> set[int]:
        """Make the utterances of components, which are asked for together: each alone would take as many questions."""
        among = [number for component in components for number in component]
        clusters, speakers = self._clusters(among), self._speakers(among)
        known = self._load(among)
        of = {number: k for k, component in enumerate(components) for number in component}
        paired: list[list[tuple[int, int]]] = [[] for _ in components]
        for a, b in [*self._pairs.within(among), *self._wordings.within(among)]:
            paired[of[a]].append((a, b))
        made: dict[int, tuple[int, float, str]] = {}
        for component, pairs in zip(components, paired, strict=True):
            sayings = {
                number: replace(known[number], copies=clusters.get(number), speaker=speakers.get(number))
                for number in component
                if number in known
            }
            rows = {saying.statement: number for number, saying in sayings.items()}
            told = [(sayings[a].statement, sayings[b].statement) for a, b in pairs]
            for utterance in utterances_of(list(sayings.values()), told):
                for one in utterance.appearances:
                    altered = dump([[change.before, change.after] for change in one.changes])
                    made[rows[one.statement]] = (rows[utterance.origin], one.similarity, altered)
        return self._write(among, made)

    def _write(self, component: Sequence[int], made: Mapping[int, tuple[int, float, str]]) -> set[int]:
        query = """SELECT statement, origin, similarity, altered FROM appearances
            WHERE statement IN (SELECT value FROM json_each(?))"""
        stored = {n: tuple(rest) for n, *rest in self._connection.execute(query, (dump(component),))}
        gone = [(n,) for n in stored if n not in made]
        self._connection.executemany("DELETE FROM appearances WHERE statement = ?", gone)
        new = [(number, *values) for number, values in sorted(made.items()) if stored.get(number) != values]
        self._connection.executemany("INSERT OR REPLACE INTO appearances VALUES (?, ?, ?, ?)", new)
        return {n for (n,) in gone} | {row[0] for row in new}

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

    def _words(self, statements: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """The words alone of statements that have a wording: of most without a look at their articles."""
        numbers = sorted(statements)
        query = """SELECT n, content FROM statements
            WHERE n IN (SELECT value FROM json_each(?)) AND form = 'direct' AND content IS NOT NULL"""
        asked = [n for n in numbers if n not in self._kept]
        found = {n: words_in_marks(content) for n, content in self._connection.execute(query, (dump(asked),))}
        rest = self._load(n for n in numbers if n not in found)
        return found | {n: saying.words for n, saying in rest.items()}

    def _load(self, statements: Iterable[int]) -> dict[int, Saying]:
        """The words of statements by their rows, but of those that are too short to be known again."""
        numbers = list(statements)
        found = {n: self._kept[n] for n in numbers if n in self._kept}
        missing = [n for n in numbers if n not in found]
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


def _parcels(components: Iterable[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    """Components in groups of not many statements more than AT_ONCE."""
    parcel, size = list[Sequence[int]](), 0
    for component in components:
        parcel.append(component)
        size += len(component)
        if size >= AT_ONCE:
            yield parcel
            parcel, size = [], 0
    if parcel:
        yield parcel


_MATES = """SELECT p.* FROM
    (SELECT statement FROM statement_wordings WHERE wording = ? AND statement != ? ORDER BY statement DESC LIMIT ?) x
    JOIN appearances p ON p.statement = x.statement ORDER BY 1 DESC"""
_APPEARS = "SELECT 1 FROM appearances WHERE statement = ?"
# As `onrecord.link.utterances_of` ranks them.
_EARLIEST = """SELECT s.n FROM statements s JOIN articles a ON a.n = s.article
    WHERE s.n IN (SELECT value FROM json_each(?))
    ORDER BY coalesce(a.published, a.dateline_date, '9999'), coalesce(a.published_time, '9999'), a.id, s.id LIMIT 1"""
