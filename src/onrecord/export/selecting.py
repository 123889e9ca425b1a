"""What is exported: articles by id, each with those of its entries that the options fit.

An article's own words count as said by nobody on the day of publication: they fit where nothing is asked of a speaker, a
target, an act or a form. An event or a figure fits with whoever says it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Unpack, cast

from onrecord.export.exported import Exported
from onrecord.export.filling import fill
from onrecord.query.clashes import of_article
from onrecord.query.filters import Asking, Where, narrowed
from onrecord.query.options import strict
from onrecord.query.rows import Readable
from onrecord.records import NARRATION, Record, UnclearError
from onrecord.store.columns import at_once
from onrecord.store.connecting import translated
from onrecord.store.correcting import read_corrections, read_reading
from onrecord.store.reading import find_articles, read_record

OF_STATEMENTS = ("speaker", "target", "act", "form", "kind")
"""Options that the article's own words never fit."""


class ExportOptions(Asking, total=False):
    """Options of an export: those of questions about statements, but withdrawn statements are in it unless `withdrawn` is False.

    `articles`: an id or four digits or more of its beginning, a source's own id, or an address, of each article to be exported.
    """

    articles: Sequence[str]


@strict(ExportOptions)
def exported(store: Readable, **options: Unpack[ExportOptions]) -> Generator[Exported, None, None]:
    """Every article that the options fit, by id, as the store stood when the first one was asked for.

    Go through to the end or `close` it before the store.

    Raises UnclearError for a name, MalformedError for a day or a code that is none, StoreError.
    """
    with _snapshot(store):
        chosen = _chosen(store, dict(options))
        for number, said, own in chosen.articles():
            record = read_record(store.connection, number)
            filled = fill(store.connection, number, record)
            stands = {"current"} if chosen.current else {"current", "withdrawn"}
            statements = {s.id for s in record.statements if filled.standings.get(s.id, filled.standing) in stands}
            if said is not None:
                statements &= said
            yield Exported(
                record=record,
                wire=filled.wire,
                standing=filled.standing,
                standings=filled.standings,
                statements=frozenset(statements),
                witnesses=frozenset(statements | ({NARRATION, None} if own else set())),
                stands=frozenset(stands),
                origins=filled.origins,
                identities=filled.identities,
                colliding=of_article(store, number),
                **_corrected(store, number, record),
            )


def _corrected(store: Readable, number: int, record: Record) -> dict[str, Any]:
    """The reading and the corrections of an article of which somebody corrected anything."""
    if store.connection.execute("SELECT 1 FROM readings WHERE article = ?", (number,)).fetchone() is None:
        return {}
    words = read_corrections(store.connection, record.article.id)
    holding = tuple(one for one in words if one.statement is not None)
    return {"reading": read_reading(store.connection, number), "corrections": holding}


@contextmanager
def _snapshot(store: Readable) -> Iterator[None]:
    """The store as it stands now, whatever is added meanwhile. SQLite's errors are told as a StoreError."""
    connection = store.connection
    path = next((row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main"), "")
    with translated(Path(path or "store")), at_once(connection):
        yield


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The options as SQL: of statements, and of articles by themselves. `bare`: nothing is asked of statements alone;
    `days`: the day said is bounded.
    """

    connection: sqlite3.Connection
    where: Where
    own: str
    values: tuple[object, ...]
    listed: str
    current: bool
    bare: bool
    days: bool

    def articles(self) -> Iterator[tuple[int, set[str] | None, bool]]:
        """Row numbers of articles by id, with the ids of the statements that fit (None: all), and whether its own words do."""
        if not self.bare:
            yield from self._by_statements()
        elif self.days:
            yield from self._by_either()
        else:
            sql = f"SELECT a.n FROM articles a WHERE 1{self.own} ORDER BY a.id"
            for (number,) in _stream(self.connection, sql, self.values):
                yield number, None, True

    def _by_statements(self) -> Iterator[tuple[int, set[str], bool]]:
        conditions, values = self.where.sql()
        # A speaker's or target's statements are few: begin with them. Else go by article, so that nothing need be sorted.
        tables = "statements s CROSS JOIN articles a ON a.n = s.article"
        if not self.where.few:
            tables = "articles a CROSS JOIN statements s ON s.article = a.n"
        sql = f"""SELECT a.n, s.id FROM {tables} WHERE s.superseded_by IS NULL AND {self.where.standing}{conditions}
            {self.listed} ORDER BY a.id"""
        for number, rows in groupby(_stream(self.connection, sql, values), key=lambda row: row[0]):
            yield number, {row[1] for row in rows}, False

    def _by_either(self) -> Iterator[tuple[int, set[str], bool]]:
        """Articles that fit by themselves or by what they print as said."""
        conditions, values = self.where.sql()
        said = f"""SELECT s.id FROM statements s CROSS JOIN articles a ON a.n = s.article
            WHERE s.article = ? AND s.superseded_by IS NULL AND {self.where.standing}{conditions}"""
        own = f"SELECT 1 FROM articles a WHERE a.n = ?{self.own}"
        for (number,) in _stream(self.connection, f"SELECT a.n FROM articles a WHERE 1{self.listed} ORDER BY a.id", ()):
            found = {id_ for (id_,) in self.connection.execute(said, (number, *values))}
            fits = self.connection.execute(own, (number, *self.values)).fetchone() is not None
            if found or fits:
                yield number, found, fits


def _chosen(store: Readable, options: dict[str, Any]) -> _Chosen:
    names = options.pop("articles", None)
    current = options.get("withdrawn") is False
    where = narrowed(store, **cast(Asking, options | {"withdrawn": not current}))
    printed, outlet = ("published_since", "published_until"), options.get("outlet")
    own: list[Asking] = [
        cast(Asking, {name: options.get(name) for name in printed}),
        {"published_since": options.get("since"), "published_until": options.get("until")},
    ]
    parts = [narrowed(store, **asked) for asked in own]
    listed = "" if names is None else f" AND a.id IN ({', '.join(_quoted(store, names))})"
    fits = "".join(part.sql()[0] for part in parts) + (" AND a.outlet = ?" if outlet is not None else "")
    fits += listed + (" AND a.standing = 'current'" if current else "")
    values = (*(value for part in parts for value in part.sql()[1]), *(() if outlet is None else (outlet,)))
    bare = all(options.get(name) is None for name in OF_STATEMENTS)
    days = any(options.get(edge) is not None for edge in ("since", "until"))
    return _Chosen(store.connection, where, fits, values, listed, current, bare, days)


def _quoted(store: Readable, names: Sequence[str]) -> list[str]:
    """Ids of the articles named, as SQL. They are the store's own: a tag and hex digits."""
    found = list[str]()
    for name in names:
        ids = find_articles(store.connection, name)
        if not ids:
            raise UnclearError(name, "no article has this id or address")
        found += (f"'{id_}'" for id_ in ids)
    return found


def _stream(connection: sqlite3.Connection, sql: str, values: Sequence[object]) -> Iterator[tuple[Any, ...]]:
    cursor = connection.cursor()
    cursor.row_factory = None
    yield from cursor.execute(sql, tuple(values))
