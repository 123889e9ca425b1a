"""Wire copies: which articles print one text, kept as `onrecord.link` tells."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from onrecord.link import copies_of, is_copy, likeness, printing_of, signature
from onrecord.store.pairing import Pairs
from onrecord.store.reading import read_article_at


class CopyClusters:
    """Finds and keeps clusters of copies within the transaction at hand."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pairs = Pairs(connection, "article")

    def add(self, texts: Mapping[int, str]) -> set[int]:
        """Take in articles by their rows. Returns the rows of all articles whose cluster is another than before."""
        keys = {number: signature(text).bands for number, text in texts.items()}
        self._pairs.add_keys(keys)
        known = dict(texts)
        found = []
        for a, b in sorted(self._pairs.candidates(keys)):
            alike = likeness(self._text(a, known), self._text(b, known))
            if is_copy(alike):
                found.append((a, b, alike.jaccard))
        self._pairs.add(found)
        return self.arrange({number for a, b, _ in found for number in (a, b)})

    def remove(self, texts: Mapping[int, str]) -> set[int]:
        """Take articles out of their clusters. Returns the rows of the articles that shared one with them."""
        self._pairs.remove_keys({number: signature(text).bands for number, text in texts.items()})
        gone = set(texts)
        # Whoever named one of them as origin is told another in a moment; until then they refer to nobody.
        for column in ("article", "origin"):
            self._connection.executemany(f"DELETE FROM copies WHERE {column} = ?", [(n,) for n in sorted(gone)])
        return self._pairs.remove(gone)

    def arrange(self, numbers: Iterable[int]) -> set[int]:
        """Make anew the clusters that articles are in. Returns as `add`."""
        changed: set[int] = set()
        for component in self._pairs.components(numbers):
            changed |= self._cluster(component)
        return changed

    def _cluster(self, component: Sequence[int]) -> set[int]:
        articles = {number: read_article_at(self._connection, number) for number in component}
        rows = {article.id: number for number, article in articles.items()}
        ids = {number: article.id for number, article in articles.items()}
        pairs = [(ids[a], ids[b]) for a, b in self._pairs.within(component)]
        made: dict[int, tuple[int, float]] = {}
        for cluster in copies_of([printing_of(a) for a in articles.values()], pairs):
            origin = rows[cluster.origin]
            made[origin] = (origin, 1.0)
            for copy in cluster.copies:
                number = rows[copy]
                made[number] = (origin, self._similarity(origin, number, articles[origin].text, articles[number].text))
        return self._write(component, made)

    def _similarity(self, a: int, b: int, text: str, other: str) -> float:
        query = "SELECT similarity FROM article_pairs WHERE a = ? AND b = ?"
        row = self._connection.execute(query, (min(a, b), max(a, b))).fetchone()
        return float(row[0]) if row else likeness(text, other).jaccard

    def _write(self, component: Sequence[int], made: Mapping[int, tuple[int, float]]) -> set[int]:
        query = "SELECT origin, similarity FROM copies WHERE article = ?"
        stored = {n: self._connection.execute(query, (n,)).fetchone() for n in component}
        changed = {n for n in component if (stored[n] or (None,))[0] != made.get(n, (None,))[0]}
        delete = [(n,) for n in component if stored[n] and n not in made]
        self._connection.executemany("DELETE FROM copies WHERE article = ?", delete)
        new = [(n, *values) for n, values in sorted(made.items()) if stored[n] != values]
        self._connection.executemany("INSERT OR REPLACE INTO copies VALUES (?, ?, ?)", new)
        return changed

    def _text(self, number: int, known: dict[int, str]) -> str:
        if number not in known:
            query = "SELECT text FROM articles WHERE n = ?"
            known[number] = str(self._connection.execute(query, (number,)).fetchone()[0])
        return known[number]
