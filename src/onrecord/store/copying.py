"""Wire copies: which articles print one text, kept as `onrecord.link` tells."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from onrecord.link import LEAST_BANDS, copies_of, is_copy, likeness, printing_of, those_like
from onrecord.store.pairing import Pairs
from onrecord.store.reading import read_article_at
from onrecord.store.readying import Ready
from onrecord.store.rows import dump

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


@dataclass(slots=True)
class Moved:
    """What a change of clusters means to the statements of their articles: rows.

    `met`: pairs of articles that are in one cluster now and were not before; `parted`: articles of clusters that fell apart.
    """

    met: set[tuple[int, int]] = field(default_factory=set)
    parted: set[int] = field(default_factory=set)


class CopyClusters:
    """Finds and keeps clusters of copies within the transaction at hand."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pairs = Pairs(connection, "article", least=LEAST_BANDS)

    def add(self, new: Mapping[int, Ready], loose: Iterable[int] = ()) -> Moved:
        """Take in articles by their rows, and arrange anew the clusters of those that `loose` were left by others."""
        keys = {number: ready.signature.bands for number, ready in new.items()}
        candidates = self._pairs.candidates(keys)
        self._pairs.add_keys(keys)
        hashes = [(number, ready.signature.shingles) for number, ready in sorted(new.items()) if ready.signature.bands]
        self._connection.executemany("INSERT OR REPLACE INTO article_shingles VALUES (?, ?)", hashes)
        known = {number: ready.record.article.text for number, ready in new.items()}
        found = []
        for a, b in self._screened(candidates):
            alike = likeness(self._text(a, known), self._text(b, known))
            if is_copy(alike):
                found.append((a, b, alike.jaccard))
        self._pairs.add(found)
        moved = Moved(parted=set(loose))
        for component in self._pairs.components({n for a, b, _ in found for n in (a, b)} | moved.parted):
            self._cluster(component, moved)
        return moved

    def _screened(self, candidates: Numbers) -> list[tuple[int, int]]:
        """The candidates that may be copies. Of two texts of news one pair in some hundred shares keys, and hardly any more."""
        import numpy as np

        # Of one that came the others are those before it: the greater row has many.
        before, place = np.unique(candidates[:, 0], return_inverse=True)
        new, at = np.unique(candidates[:, 1], return_inverse=True)
        told = self._shingles({*before.tolist(), *new.tolist()})
        pairs = np.stack([at, place], axis=1)
        like = those_like([told[n] for n in new.tolist()], [told[n] for n in before.tolist()], pairs)
        return [(a, b) for a, b in candidates[like].tolist()]

    def _shingles(self, articles: Iterable[int]) -> dict[int, bytes]:
        query = "SELECT article, hashes FROM article_shingles WHERE article IN (SELECT value FROM json_each(?))"
        return dict(self._connection.execute(query, (dump(sorted(articles)),)).fetchall())

    def remove(self, number: int) -> set[int]:
        """Take an article out of its cluster. Returns the rows of all the others in it."""
        query = "SELECT article FROM copies WHERE origin = (SELECT origin FROM copies WHERE article = ?)"
        fellows = {row[0] for row in self._connection.execute(query, (number,))}
        # They are arranged anew in a moment; until then none has an origin that may be gone.
        self._connection.executemany("DELETE FROM copies WHERE article = ?", [(n,) for n in sorted(fellows)])
        self._connection.execute("DELETE FROM article_shingles WHERE article = ?", (number,))
        self._pairs.remove_keys([number])
        return (fellows | self._pairs.remove([number])) - {number}

    def sweep(self) -> None:
        """Leave nothing of the keys of articles that are gone."""
        self._pairs.sweep_keys()

    def _cluster(self, component: Sequence[int], moved: Moved) -> None:
        articles = {number: read_article_at(self._connection, number) for number in component}
        rows = {article.id: number for number, article in articles.items()}
        pairs = [(articles[a].id, articles[b].id) for a, b in self._pairs.within(component)]
        made: dict[int, tuple[int, float]] = {}
        for cluster in copies_of([printing_of(a) for a in articles.values()], pairs):
            origin = rows[cluster.origin]
            made[origin] = (origin, 1.0)
            for copy in cluster.copies:
                number = rows[copy]
                made[number] = (origin, self._similarity(origin, number, articles[origin].text, articles[number].text))
        self._write(component, made, moved)

    def _similarity(self, a: int, b: int, text: str, other: str) -> float:
        query = "SELECT similarity FROM article_pairs WHERE a = ? AND b = ?"
        row = self._connection.execute(query, (min(a, b), max(a, b))).fetchone()
        return float(row[0]) if row else likeness(text, other).jaccard

    def _write(self, component: Sequence[int], made: Mapping[int, tuple[int, float]], moved: Moved) -> None:
        query = "SELECT article, origin, similarity FROM copies WHERE article IN (SELECT value FROM json_each(?))"
        stored = {n: (origin, alike) for n, origin, alike in self._connection.execute(query, (dump(component),))}
        gone = [(n,) for n in component if n in stored and n not in made]
        self._connection.executemany("DELETE FROM copies WHERE article = ?", gone)
        new = [(n, *values) for n, values in sorted(made.items()) if stored.get(n) != values]
        self._connection.executemany("INSERT OR REPLACE INTO copies VALUES (?, ?, ?)", new)
        for a, b in combinations(component, 2):
            were = a in stored and b in stored and stored[a][0] == stored[b][0]
            are = a in made and b in made and made[a][0] == made[b][0]
            if are and not were:
                moved.met.add((a, b))
            elif were and not are:
                moved.parted |= {a, b}

    def _text(self, number: int, known: dict[int, str]) -> str:
        if number not in known:
            query = "SELECT text FROM articles WHERE n = ?"
            known[number] = str(self._connection.execute(query, (number,)).fetchone()[0])
        return known[number]
