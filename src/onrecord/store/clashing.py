"""Clashes as rows: those that a record has, and those that follow from the articles of a store.

When an article is added its accounts are put on the shelf (onrecord.store.shelving) and compared with what is there. Where a
change elsewhere makes them other accounts (a name means somebody else now, a copy or a version came), the article is noted as
`uncompared`, and compared again when the writer is closed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.clashes import KnownArticle, Shelf
from onrecord.records import Clash, Record, Side
from onrecord.store.inserting import PlacedRecord
from onrecord.store.reviewing import apply_reviews
from onrecord.store.rows import dump, pairs
from onrecord.store.shelving import StoreShelf, day_number, draw

if TYPE_CHECKING:
    from onrecord.clashes import Judge

Compare = Callable[[KnownArticle, Shelf], Iterable[Clash]]
"""Finds the clashes of an article's accounts with those on a shelf."""

AT_ONCE = 50
"""Articles that are compared again in one transaction."""

CLASHES = (
    "id", "n", "kind", "article_a", "article_b", "a", "b", "figure_a", "figure_b", "about", "why_a", "why_b", "score",
    "day", "found",
)  # fmt: skip


@cache
def _comparison() -> Compare:
    """Compares by the judge of the package, which is loaded when it is first of use."""
    from onrecord.clashes import candidates

    judge = _judge()
    return lambda known, shelf: judge.judge(candidates(known, shelf))


@cache
def _judge() -> Judge:
    from onrecord.clashes.judge import Judge

    return Judge.load()


def own_clashes(record: Record) -> tuple[Clash, ...]:
    """The clashes between accounts of one article, found again as by its reading: of a record that was corrected."""
    from onrecord.clashes import accounts_of, within

    return _judge().judge(within(accounts_of(record)))


class Clashes:
    """Finds and keeps clashes within the transaction at hand."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._shelf = StoreShelf(connection)
        # Rows of clashes that were taken away, and when they were first found: those found again are the same.
        self._were: dict[str, tuple[int, str]] = {}

    def note(self, articles: Iterable[int]) -> None:
        """Articles whose accounts are to be compared again."""
        noted = sorted(set(articles))
        self._shelf.drop(noted)
        self._connection.executemany("INSERT OR IGNORE INTO uncompared VALUES (?)", [(n,) for n in noted])

    def remove(self, articles: Iterable[int]) -> None:
        """Take articles off the shelf, with all clashes that they are in: their rows are about to change or go."""
        gone = sorted(set(articles))
        self._shelf.drop(gone)
        self._unshelve(gone)
        for article in gone:
            self._take("?1 IN (article_a, article_b)", article)
            self._connection.execute("DELETE FROM uncompared WHERE article = ?", (article,))

    def add(self, articles: Sequence[int], found: str, placed: Iterable[PlacedRecord] = ()) -> None:
        """Put articles that were written on the shelf and compare them with it. `found`: the moment in UTC. `placed`: those
        whose records are at hand.
        """
        self._shelf.drop(articles)
        self._unshelve(articles)
        self._shelf.take(list(placed))
        # One after the other: what is nearest, of which only so many are compared, is not to hang on who came in one batch.
        for article in articles:
            self._compare(article, self._put([article]), found)
        self._connection.executemany("DELETE FROM uncompared WHERE article = ?", [(n,) for n in articles])
        apply_reviews(self._connection, articles, found)

    def waiting(self, most: int) -> int:
        """How many articles wait to be compared again, counted up to `most`."""
        return len(self._numbers("SELECT article FROM uncompared LIMIT ?", most))

    def again(self, found: str, *, most: int = AT_ONCE) -> bool:
        """Compare again up to so many articles that wait for it; whether others are left."""
        waiting = self._numbers("SELECT article FROM uncompared ORDER BY article LIMIT ?", most + 1)
        articles = waiting[:most]
        for article in articles:
            # Its record's own stay.
            self._take("?1 IN (article_a, article_b) AND article_a != article_b", article)
        self.add(articles, found)
        return len(waiting) > most

    def write(self, clashes: Iterable[Clash], found: str) -> None:
        """Write clashes; of one that is there already all but the moment when it was first found."""
        rows = [row for clash in clashes if (row := self._row(clash, found)) is not None]
        self._connection.executemany(_WRITE, rows)

    def _take(self, where: str, article: int) -> None:
        query = f"DELETE FROM clashes WHERE {where} RETURNING id, n, found"
        self._were.update({id_: (n, found) for id_, n, found in self._connection.execute(query, (article,))})

    def _compare(self, article: int, shelved: AbstractSet[str], found: str) -> None:
        """Compare an article. `shelved`: ids of the statements and figures that are compared with all others."""
        known = self._shelf.known(article)
        tallies = tuple(t for t in known.tallies if t.figure in shelved)
        alone = KnownArticle(tuple(a for a in known.accounts if a.statement in shelved), tallies)
        again = KnownArticle(tuple(a for a in known.accounts if a.saying is not None), ())
        compare = _comparison()
        clashes = {c.id: c for c in compare(alone, self._shelf)} | {
            c.id: c for c in compare(again, _Printed(self._shelf))
        }
        self.write([c for c in clashes.values() if c.a.article != c.b.article], found)

    def _put(self, articles: Sequence[int]) -> set[str]:
        """Keys of what of articles is compared: what stands in no copy, of an utterance the first such printing. Their ids."""
        among = dump(sorted(articles))
        rows = self._connection.execute(_STANDING, (among,)).fetchall()
        days = [(n, day_number(day), draw(id_)) for n, id_, day in rows]
        self._connection.executemany("INSERT INTO account_days VALUES (?, ?, ?)", days)
        keys = self._connection.execute(_KEYS, (dump([n for n, _, _ in days]),)).fetchall()
        at = {n: (day, tie) for n, day, tie in days}
        told = sorted((identity, *at[n], n) for n, identity in keys)
        self._connection.executemany("INSERT OR IGNORE INTO account_keys VALUES (?, ?, ?, ?)", told)
        figures = self._connection.execute(_COUNTED, (among,)).fetchall()
        counted = [(n, what, day_number(day), draw(id_)) for n, id_, what, day in figures]
        self._connection.executemany("INSERT INTO figure_keys VALUES (?, ?, ?, ?)", counted)
        return {id_ for _, id_, *_ in (*rows, *figures)}

    def _unshelve(self, articles: Sequence[int]) -> None:
        among = dump(sorted(articles))
        for table, row in (("account_keys", "statement"), ("account_days", "statement"), ("figure_keys", "figure")):
            numbers = f"SELECT x.n FROM json_each(?) j CROSS JOIN {row}s x ON x.article = j.value"
            self._connection.execute(f"DELETE FROM {table} WHERE {row} IN ({numbers})", (among,))

    def _row(self, clash: Clash, found: str) -> tuple[Any, ...] | None:
        """The values of CLASHES; None where one of its sides is not in the store."""
        a, b = self._side(clash.a), self._side(clash.b)
        if a is None or b is None:
            return None
        day = max((d for d in (a[3], b[3]) if d is not None), default=None)
        why = [pairs(spans) for spans in clash.why]
        n, found = self._were.get(clash.id, (None, found))
        return (clash.id, n, clash.kind, a[0], b[0], a[1], b[1], a[2], b[2], clash.about, *why, clash.score, day, found)

    def _side(self, side: Side) -> tuple[int, int | None, int | None, str | None] | None:
        """Rows of a side's article, statement and figure, and its day."""
        return self._connection.execute(_SIDE, (side.article, side.statement, side.figure)).fetchone()  # type: ignore[no-any-return]

    def _numbers(self, query: str, *values: object) -> list[int]:
        return [row[0] for row in self._connection.execute(query, values)]


class _Printed:
    """A shelf on which only other printings of the same utterances are found: where a statement is not the first of them."""

    def __init__(self, shelf: StoreShelf) -> None:
        self.printed = shelf.printed

    def sharing(self, key: str, day: str | None, *, within: int, most: int) -> tuple[()]:
        return ()

    def near(self, vector: bytes, day: str | None, *, within: int, most: int) -> tuple[()]:
        return ()

    def counting(self, what: str, day: str | None, *, within: int, most: int) -> tuple[()]:
        return ()


_WRITE = f"""INSERT INTO clashes ({", ".join(CLASHES)}) VALUES ({", ".join("?" * len(CLASHES))})
    ON CONFLICT (id) DO UPDATE SET about = excluded.about, why_a = excluded.why_a, why_b = excluded.why_b,
    score = excluded.score, day = excluded.day"""
_SIDE = """SELECT a.n, s.n, f.n, coalesce(f.as_of, s.day, a.published, a.dateline_date)
    FROM articles a LEFT JOIN statements s ON s.id = ?2 LEFT JOIN figures f ON f.id = ?3
    WHERE a.id = ?1 AND (?2 IS NULL OR s.n IS NOT NULL) AND (?3 IS NULL OR f.n IS NOT NULL)"""
_ORIGINAL = "NOT EXISTS (SELECT 1 FROM copies c WHERE c.article = {}.article AND c.origin != c.article)"
_STANDING = f"""SELECT s.n, s.id, s.day FROM json_each(?) j CROSS JOIN statements s ON s.article = j.value
    LEFT JOIN appearances p ON p.statement = s.n
    WHERE s.superseded_by IS NULL AND s.standing = 'current' AND {_ORIGINAL.format("s")}
    AND (p.origin IS NULL OR p.statement = (
        SELECT q.statement FROM appearances q JOIN statements t ON t.n = q.statement JOIN articles a ON a.n = t.article
        WHERE q.origin = p.origin AND t.standing = 'current' AND {_ORIGINAL.format("t")}
        ORDER BY coalesce(a.published, a.dateline_date, '9999'), coalesce(a.published_time, '9999'), a.id, t.id LIMIT 1))"""
_KEYS = """WITH said AS (SELECT s.* FROM json_each(?) j CROSS JOIN statements s ON s.n = j.value)
    SELECT s.n, l.identity FROM said s CROSS JOIN statement_speakers p ON p.statement = s.n JOIN links l ON l.entity = p.entity
    UNION SELECT s.n, l.identity FROM said s CROSS JOIN links l ON l.entity = s.target_entity
    UNION SELECT s.n, l.identity FROM said s CROSS JOIN json_each(s.content_spans) c CROSS JOIN mentions m
        ON m.article = s.article AND m."start" >= json_extract(c.value, '$[0]') AND m."start" < json_extract(c.value, '$[1]')
    JOIN links l ON l.entity = m.entity"""
_COUNTED = f"""SELECT f.n, f.id, f.what, coalesce(f.as_of, a.published, a.dateline_date)
    FROM json_each(?) j CROSS JOIN figures f ON f.article = j.value JOIN articles a ON a.n = f.article
    WHERE f.superseded_by IS NULL AND f.standing = 'current' AND {_ORIGINAL.format("f")}"""
