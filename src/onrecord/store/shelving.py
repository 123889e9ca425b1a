"""The accounts of a store: what is compared of its articles, found by whom they are of and about, by day, by meaning.

A store fulfils `onrecord.clashes.Shelf`. What it gives is read of few rows, and kept at hand while they stay what they are.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from onrecord.clashes import Account, FigureTally, KnownArticle, lead_of
from onrecord.records import Article, Entity, Figure, Mention, Record, Run, Span, Statement
from onrecord.store.inserting import PlacedRecord
from onrecord.store.reading import figure_of, read_article_at, statement_of
from onrecord.store.rows import dump

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KEPT = 20_000
"""Accounts and figures that are kept at hand: neighbours in time of what comes next, some 40 MB."""
KEPT_ARTICLES = 2_000
"""Articles whose text and layout are kept at hand, some 30 MB."""
POOL = 20_000
"""Of statements with vectors, so many that are nearest in time are compared by meaning: 8 MB, and some 3 ms a question."""
NO_DAY = 0
"""Of a day that is not known; the first day of the year 1 is 1."""

_IDENTITY = "identity"
_NO_RUN = Run("", "", "", "")


def day_number(day: str | None) -> int:
    """Days since the year 1 of a day, a month's or year's first day; NO_DAY where there is none."""
    if not day:
        return NO_DAY
    year, month, at = ([*map(int, day[:10].split("-")), 1, 1])[:3]
    return date(year, month, at).toordinal()


def draw(id_: str) -> int:
    """A number of 32 bits that an id tells."""
    return int(id_[-8:], 16)


@dataclass(frozen=True, slots=True)
class _Pool:
    """Statements with their vectors of length one. Shapes: (N,), (N, 384)."""

    numbers: NDArray[np.int64]
    vectors: NDArray[np.float32]


class StoreShelf:
    """The accounts of a store, within the transaction at hand. See `onrecord.clashes.Shelf`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._articles: OrderedDict[int, Article] = OrderedDict()
        self._accounts: OrderedDict[int, tuple[int, Account]] = OrderedDict()
        self._tallies: OrderedDict[int, tuple[int, FigureTally]] = OrderedDict()
        self._pools: dict[tuple[int, int], _Pool] = {}
        self._whole: dict[int, KnownArticle] = {}  # of the articles that came last

    def drop(self, articles: Iterable[int]) -> None:
        """Keep nothing at hand of articles that are changing."""
        gone = set(articles)
        for number in gone & self._articles.keys():
            del self._articles[number]
        for number in gone & self._whole.keys():
            del self._whole[number]
        for kept in (self._accounts, self._tallies):
            for number in [n for n, (article, _) in kept.items() if article in gone]:
                del kept[number]
        self._pools.clear()

    def take(self, placed: Sequence[PlacedRecord]) -> None:
        """Keep at hand what is compared of articles just written, made of their records: their rows would tell the same."""
        self._whole.clear()
        articles = dump([p.number for p in placed])
        identities = dict(self._pairs(_LINKED, dump([n for p in placed for n in p.entities.values()])))
        origins = dict(self._pairs(_ORIGINS, articles))
        numbers = dump([n for p in placed for n in p.statements.values()])
        vectors, printed = dict(self._pairs(_VECTORS, numbers)), set(self._numbers(_PRINTED, numbers))
        figures = dict(self._pairs(_FIGURES_OF, articles))
        for p in placed:
            keys = {id_: _key(identities.get(n), id_) for id_, n in p.entities.items()}
            origin, compared = origins.get(p.number), p.ready.compared
            accounts = []
            for one in compared.accounts:
                n = p.statements[one.statement]
                account = one.known_as(keys, origin, vectors.get(n), one.saying if n in printed else None)
                accounts.append(account)
                self._accounts[n] = (p.number, account)
            tallies = [one.known_as(keys, origin) for one in compared.tallies]
            self._tallies.update((figures[one.figure], (p.number, one)) for one in tallies)
            self._whole[p.number] = KnownArticle(tuple(accounts), tuple(sorted(tallies, key=lambda t: t.at)))

    def known(self, article: int) -> KnownArticle:
        """All that is compared of an article."""
        if article in self._whole:
            return self._whole[article]
        said = self._numbers("SELECT n FROM statements WHERE article = ? AND superseded_by IS NULL", article)
        counted = self._numbers("SELECT n FROM figures WHERE article = ? AND superseded_by IS NULL", article)
        accounts = sorted(self.accounts(said), key=lambda a: a.number)
        return KnownArticle(tuple(accounts), tuple(sorted(self.tallies(counted), key=lambda t: t.at)))

    # ---------------------------------------------------------------- what is asked of a shelf

    def sharing(self, key: str, day: str | None, *, within: int, most: int) -> Sequence[Account]:
        """Accounts whose speaker, target or content is `key`, at most `within` days apart."""
        kind, _, row = key.partition(" ")
        if kind != _IDENTITY:
            return ()  # somebody of one article alone
        return self.accounts(self._nearest("account_keys", "statement", "identity", int(row), day, within, most))

    def counting(self, what: str, day: str | None, *, within: int, most: int) -> Sequence[FigureTally]:
        """Figures of the same kind, at most `within` days apart."""
        return self.tallies(self._nearest("figure_keys", "figure", "what", what, day, within, most))

    def printed(self, statement: str) -> Sequence[Account]:
        """A statement and the first printing of its utterance, from which others differ; of the first printing all the others."""
        query = """SELECT p.statement FROM statements s JOIN appearances x ON x.statement = s.n
            JOIN appearances p ON p.origin = x.origin
            WHERE s.id = ? AND (x.statement = x.origin OR p.statement IN (x.statement, x.origin)) ORDER BY 1"""
        return self.accounts(self._numbers(query, statement))

    def near(self, vector: bytes, day: str | None, *, within: int, most: int) -> Sequence[Account]:
        """Accounts with the nearest vectors, nearest first."""
        import numpy as np

        pool = self._pool(day_number(day), within)
        if not len(pool.numbers):
            return ()
        asked = np.frombuffer(vector, np.int8).astype(np.float32)
        cosines = pool.vectors @ asked
        best = np.argpartition(-cosines, most)[:most] if len(cosines) > most else np.arange(len(cosines))
        best = best[np.lexsort((pool.numbers[best], -cosines[best]))]
        return self.accounts(pool.numbers[best].tolist())

    # ---------------------------------------------------------------- rows by nearness in time

    def _nearest(
        self, table: str, row: str, column: str, value: object, day: str | None, within: int, most: int
    ) -> list[int]:
        """Rows of one key, those nearest in time first; the undated are near to nobody but to one another."""
        at = day_number(day)
        if at == NO_DAY:
            query = f"SELECT {row} FROM {table} WHERE {column} = ? AND day = {NO_DAY} ORDER BY draw LIMIT ?"
            return self._numbers(query, value, most)
        found: list[tuple[int, int, int]] = []
        for sign, low, high, order in ((1, at, at + within, "ASC"), (-1, max(at - within, 1), at - 1, "DESC")):
            query = f"""SELECT day, draw, {row} FROM {table} WHERE {column} = ? AND day BETWEEN ? AND ?
                ORDER BY day {order}, draw LIMIT ?"""
            rows = self._connection.execute(query, (value, low, high, most))
            found += [(sign * (day - at), tie, number) for day, tie, number in rows]
        return [number for _, _, number in sorted(found)[:most]]

    def _pool(self, at: int, within: int) -> _Pool:
        """The POOL statements with vectors that are nearest in time to a day. Those of the last days asked for are kept."""
        import numpy as np

        if (at, within) in self._pools:
            return self._pools[at, within]
        query = """SELECT d.statement, v.vector FROM account_days d JOIN vectors v ON v.statement = d.statement
            WHERE d.day BETWEEN ? AND ? ORDER BY d.day {}, d.draw LIMIT ?"""
        ways = [("ASC", at, at + within), ("DESC", max(at - within, 1), at - 1)]
        if at == NO_DAY:
            ways = [("ASC", NO_DAY, NO_DAY)]
        rows: list[tuple[int, bytes]] = []
        for order, low, high in ways:
            rows += self._connection.execute(query.format(order), (low, high, POOL // len(ways))).fetchall()
        numbers = np.array([n for n, _ in rows], np.int64)
        vectors = np.frombuffer(b"".join(v for _, v in rows), np.int8).reshape(len(rows), -1).astype(np.float32)
        if len(rows):
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        if len(self._pools) >= 2:
            self._pools.clear()
        pool = self._pools[at, within] = _Pool(numbers, vectors)
        return pool

    # ---------------------------------------------------------------- rows as accounts

    def accounts(self, numbers: Sequence[int]) -> list[Account]:
        """The accounts of statements in rows, in their order."""
        missing = [n for n in dict.fromkeys(numbers) if n not in self._accounts]
        if missing:
            self._accounts.update(self._read_accounts(missing))
        found = [self._accounts[n][1] for n in numbers]
        self._trim(self._accounts)
        return found

    def tallies(self, numbers: Sequence[int]) -> list[FigureTally]:
        """Figures in rows, in their order."""
        missing = [n for n in dict.fromkeys(numbers) if n not in self._tallies]
        if missing:
            self._tallies.update(self._read_tallies(missing))
        found = [self._tallies[n][1] for n in numbers]
        self._trim(self._tallies)
        return found

    def _read_accounts(self, numbers: Sequence[int]) -> dict[int, tuple[int, Account]]:
        from onrecord.link import saying_of

        listed = dump(list(numbers))
        rows = {r["n"]: r for r in self._rows(_STATEMENTS, listed)}
        mentions = _grouped(self._rows(_MENTIONS, listed))
        speakers = _grouped(self._rows(_SPEAKERS, listed))
        found: dict[int, tuple[int, Account]] = {}
        for article, several in _by_article(rows.values()).items():
            part = _Part(self._article(article))
            said = [part.statement(r, speakers.get(r["n"], ())) for r in several]
            for r in several:
                part.mention(mentions.get(r["n"], ()))
            view = part.view()
            for r, statement in zip(several, said, strict=True):
                saying = saying_of(part.article, statement) if r["printed"] else None
                found[r["n"]] = (
                    article,
                    view.account(r["position"], statement, r["copy_of"], r["due_latest"], r["vector"], saying),
                )
        return found

    def _read_tallies(self, numbers: Sequence[int]) -> dict[int, tuple[int, FigureTally]]:
        listed = dump(list(numbers))
        rows = {r["n"]: r for r in self._rows(_FIGURES, listed)}
        claims = [r["claimed_by"] for r in rows.values() if r["claimed_by"] is not None]
        claiming = {r["n"]: r for r in self._rows(_STATEMENTS, dump(claims))}
        speakers = _grouped(self._rows(_SPEAKERS, dump(claims)))
        found: dict[int, tuple[int, FigureTally]] = {}
        for article, several in _by_article(rows.values()).items():
            part = _Part(self._article(article))
            said = dict[int, str]()
            for r in several:
                by = r["claimed_by"]
                if by is not None:
                    said[by] = part.statement(claiming[by], speakers.get(by, ())).id
            for sentence in (*part.sentences([r["start"] for r in several]), *lead_of(part.article)):
                part.mention(self._rows(_WITHIN, article, sentence.start, sentence.end))
            figures: list[Figure] = [figure_of(r, said) for r in several]
            view = part.view()
            for r, figure in zip(several, figures, strict=True):
                found[r["n"]] = (article, view.tally(figure, r["copy_of"]))
        return found

    def _article(self, number: int) -> Article:
        if number not in self._articles:
            self._articles[number] = read_article_at(self._connection, number)
            while len(self._articles) > KEPT_ARTICLES:
                self._articles.popitem(last=False)
        return self._articles[number]

    def _trim(self, kept: OrderedDict[int, Any]) -> None:
        while len(kept) > KEPT:
            kept.popitem(last=False)

    def _rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        cursor = self._connection.cursor()
        cursor.row_factory = sqlite3.Row
        return cursor.execute(query, values).fetchall()

    def _numbers(self, query: str, *values: object) -> list[int]:
        return [row[0] for row in self._connection.execute(query, values)]

    def _pairs(self, query: str, *values: object) -> list[tuple[Any, Any]]:
        return self._connection.execute(query, values).fetchall()


class _Part:
    """So much of an article's record as some of its entries need."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._statements: dict[str, Statement] = {}
        self._mentions: dict[int, Mention] = {}
        self._entities: dict[str, str] = {}

    def statement(self, r: sqlite3.Row, speakers: Sequence[sqlite3.Row]) -> Statement:
        """Take a statement in; whoever speaks it is met by the row of `speakers`."""
        ids = {row["entity"]: row["entity_id"] for row in speakers}
        for row in speakers:
            self._entity(row)
        for role in ("target", "addressee"):
            if r[f"{role}_entity"] is not None:
                ids[r[f"{role}_entity"]] = r[f"{role}_id"]
        if r["target_id"] is not None:
            self._entities[r["target_id"]] = _key(r["target_identity"], r["target_id"])
        inside = {r["inside"]: r["inside_id"]} if r["inside"] is not None else {}
        made = statement_of(r, ids, inside, tuple(row["entity_id"] for row in speakers))
        self._statements[made.id] = made
        return made

    def mention(self, rows: Iterable[sqlite3.Row]) -> None:
        """Take mentions of entities in."""
        for row in rows:
            span = Span(row["start"], row["end"])
            self._mentions[span.start] = Mention("", span, row["kind"], row["entity_id"], None, 0.0)
            self._entity(row)

    def sentences(self, places: Iterable[int]) -> set[Span]:
        """The sentences that some places are in."""
        return {s for place in places for s in self.article.sentences if s.start <= place < s.end}

    def view(self) -> Any:
        """What accounts are made by."""
        entities = tuple(Entity(id_, "", "person") for id_ in self._entities)
        mentions = tuple(self._mentions[start] for start in sorted(self._mentions))
        record = Record(_NO_RUN, self.article, tuple(self._statements.values()), mentions, entities)
        return _view(record, self._entities)

    def _entity(self, row: sqlite3.Row) -> None:
        self._entities[row["entity_id"]] = _key(row["identity"], row["entity_id"])


def _view(record: Record, keys: Mapping[str, str]) -> Any:
    from onrecord.clashes.adapting import View

    return View(record, keys)


def _key(identity: int | None, entity: str) -> str:
    """Of an identity: its row, which stays when its id changes (that hangs on its earliest article)."""
    return entity if identity is None else f"{_IDENTITY} {identity}"


def _grouped(rows: Iterable[sqlite3.Row]) -> dict[int, list[sqlite3.Row]]:
    found: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        found[row["statement"]].append(row)
    return found


def _by_article(rows: Iterable[sqlite3.Row]) -> dict[int, list[sqlite3.Row]]:
    found: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        found[row["article"]].append(row)
    return found


_LINKED = "SELECT entity, identity FROM links WHERE entity IN (SELECT value FROM json_each(?))"
_ORIGINS = """SELECT c.article, o.id FROM copies c JOIN articles o ON o.n = c.origin
    WHERE c.article IN (SELECT value FROM json_each(?)) AND c.origin != c.article"""
_FIGURES_OF = (
    """SELECT f.id, f.n FROM json_each(?) j CROSS JOIN figures f ON f.article = j.value WHERE f.superseded_by IS NULL"""
)
_VECTORS = "SELECT statement, vector FROM vectors WHERE statement IN (SELECT value FROM json_each(?))"
_PRINTED = "SELECT statement FROM appearances WHERE statement IN (SELECT value FROM json_each(?))"
_STATEMENTS = """SELECT s.*, o.id AS copy_of, u.id AS inside_id, te.id AS target_id, ti.n AS target_identity,
        de.id AS addressee_id, p.due_latest, v.vector, EXISTS (SELECT 1 FROM appearances x WHERE x.statement = s.n) AS printed
    FROM json_each(?) j CROSS JOIN statements s ON s.n = j.value
    LEFT JOIN copies c ON c.article = s.article AND c.origin != s.article LEFT JOIN articles o ON o.n = c.origin
    LEFT JOIN statements u ON u.n = s.inside
    LEFT JOIN entities te ON te.n = s.target_entity LEFT JOIN links tl ON tl.entity = te.n
    LEFT JOIN identities ti ON ti.n = tl.identity LEFT JOIN entities de ON de.n = s.addressee_entity
    LEFT JOIN predictions p ON p.statement = s.n LEFT JOIN vectors v ON v.statement = s.n"""
_FIGURES = """SELECT f.*, o.id AS copy_of FROM json_each(?) j CROSS JOIN figures f ON f.n = j.value
    LEFT JOIN copies c ON c.article = f.article AND c.origin != f.article LEFT JOIN articles o ON o.n = c.origin"""
_ENTITY = """JOIN entities e ON e.n = m.entity LEFT JOIN links l ON l.entity = e.n
    LEFT JOIN identities i ON i.n = l.identity"""
_SPEAKERS = f"""SELECT m.statement, m.entity, e.id AS entity_id, i.n AS identity
    FROM json_each(?) j CROSS JOIN statement_speakers m ON m.statement = j.value {_ENTITY} ORDER BY m.statement, m.position"""
# Between the first and the last character of the content; what lies between its spans is passed over later.
_MENTIONS = f"""SELECT s.n AS statement, m."start", m."end", m.kind, e.id AS entity_id, i.n AS identity
    FROM json_each(?) j CROSS JOIN statements s ON s.n = j.value
    CROSS JOIN mentions m ON m.article = s.article AND m."start" >= json_extract(s.content_spans, '$[0][0]')
        AND m."start" < json_extract(s.content_spans, '$[#-1][1]') {_ENTITY}"""
_WITHIN = f"""SELECT m."start", m."end", m.kind, e.id AS entity_id, i.n AS identity
    FROM mentions m {_ENTITY} WHERE m.article = ? AND m."start" >= ? AND m."start" < ?"""
