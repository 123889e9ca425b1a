"""Records into rows: many at a time, and a stored one anew."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import Record
from onrecord.store import fulltext, rows
from onrecord.store.readying import Ready
from onrecord.store.rows import Numbering, Row, RowsById

_READ = ("entities", "statements", "events", "figures")
"""Tables of what is read of an article, whose rows have ids."""

_COLUMNS = {
    "articles": rows.ARTICLES,
    "entities": rows.ENTITIES,
    "mentions": rows.MENTIONS,
    "statements": rows.STATEMENTS,
    "statement_speakers": rows.SPEAKERS,
    "events": rows.EVENTS,
    "figures": rows.FIGURES,
    "predictions": rows.PREDICTIONS,
}
"""In the order in which they are written: each refers to those before it."""

_Tables = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class PlacedRecord:
    """A record that was made ready, the row of its article, and those of its statements and entities by id."""

    number: int
    ready: Ready
    statements: RowsById
    entities: RowsById


class Inserter:
    """Writes records as rows within the transaction at hand. Numbers rows itself: it is the only writer."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._last = {
            table: int(connection.execute(f"SELECT coalesce(max(n), 0) FROM {table}").fetchone()[0])
            for table in ("articles", *_READ)
        }

    def insert(self, records: Sequence[tuple[Ready, str, int]], added: str) -> list[PlacedRecord]:
        """Write records of articles that are not stored, each with its origin and its run's row."""
        tables: _Tables = defaultdict(list)
        placed = []
        for ready, origin, run in records:
            number, article = self._number("articles"), ready.record.article
            size = len(article.text.split())
            given = (number, article.id, run, origin, *rows.metadata_row(article))
            tables["articles"].append((*given, article.text, size, added, "current", rows.dump(ready.names)))
            placed.append(self._lay_out(tables, ready, self._numbering(ready.record, number, run, {})))
        self._write(tables)
        fulltext.add_articles(self._connection, [p.number for p in placed])
        fulltext.add_statements(self._connection, [n for p in placed for n in p.statements.values()])
        return placed

    def rewrite(self, ready: Ready, number: int, run: int, origin: str, *, keep: bool) -> PlacedRecord:
        """Write a stored article's record anew: the same ids keep their rows, what is not found again is superseded.

        With `keep` the superseded stays, marked with the run; else it goes. What is superseded keeps its printed words and
        loses its entities: they belong to the newest reading.
        """
        connection = self._connection
        known: dict[str, RowsById] = {
            table: dict(connection.execute(f"SELECT id, n FROM {table} WHERE article = ?", (number,)).fetchall())
            for table in _READ
        }
        fulltext.remove_statements(connection, known["statements"].values())
        fulltext.remove_articles(connection, [number])
        self._clear(number)
        tables: _Tables = defaultdict(list)
        placed = self._lay_out(tables, ready, self._numbering(ready.record, number, run, known))
        values = (run, origin, *rows.metadata_row(ready.record.article), rows.dump(ready.names), number)
        names = ", ".join(f"{c} = ?" for c in ("run", "origin", *rows.METADATA, "company"))
        connection.execute(f"UPDATE articles SET {names} WHERE n = ?", values)
        self._write(tables, over=True)
        self._retire(known, tables, run if keep else None)
        fulltext.add_articles(connection, [number])
        left = connection.execute("SELECT n FROM statements WHERE article = ?", (number,)).fetchall()
        fulltext.add_statements(connection, [row[0] for row in left])
        return placed

    def _numbering(self, record: Record, number: int, run: int, known: Mapping[str, RowsById]) -> Numbering:
        ids = {
            "entities": [e.id for e in record.entities],
            "statements": [s.id for s in record.statements],
            "events": [e.id for e in record.events],
            "figures": [f.id for f in record.figures],
        }
        return Numbering(number, run, *(self._numbers(table, ids[table], known) for table in _READ))

    def _lay_out(self, tables: _Tables, ready: Ready, at: Numbering) -> PlacedRecord:
        """Make the rows of all that was read of an article."""
        record, text = ready.record, ready.record.article.text
        for k, e in enumerate(record.entities):
            tables["entities"].append(rows.entity_row(e, k, text, at, ready.blocks[e.id], ready.own[e.id]))
        tables["mentions"] += [rows.mention_row(m, at) for m in record.mentions]
        tables["statements"] += [rows.statement_row(s, k, record, at) for k, s in enumerate(record.statements)]
        tables["statement_speakers"] += [row for s in record.statements for row in rows.speaker_rows(s, at)]
        tables["events"] += [rows.event_row(e, k, at) for k, e in enumerate(record.events)]
        tables["figures"] += [rows.figure_row(f, text, at) for f in record.figures]
        tables["predictions"] += [rows.prediction_row(p, text, at) for p in record.predictions]
        return PlacedRecord(at.article, ready, at.statements, at.entities)

    def _write(self, tables: _Tables, *, over: bool = False) -> None:
        for table, columns in _COLUMNS.items():
            command = rows.insert(table, columns, replace=over and table in _READ)
            self._connection.executemany(command, tables[table])

    def _clear(self, number: int) -> None:
        """Take away the rows of an article that have no ids of their own."""
        statements = "(SELECT n FROM statements WHERE article = ?)"
        for command in (
            "DELETE FROM mentions WHERE article = ?",
            f"DELETE FROM statement_speakers WHERE statement IN {statements}",
            f"DELETE FROM predictions WHERE statement IN {statements}",
        ):
            self._connection.execute(command, (number,))

    def _retire(self, known: Mapping[str, RowsById], tables: _Tables, run: int | None) -> None:
        """Mark what was not found again as superseded by `run`, or take it away."""
        execute = self._connection.executemany
        gone = {t: sorted(set(known[t].values()) - {row[0] for row in tables[t]}) for t in _READ}
        parties = {"statements": ("target", "addressee"), "events": ("actor", "recipient")}
        for table in ("events", "figures", "statements"):
            lost = "".join(f", {party}_entity = NULL" for party in parties.get(table, ()))
            if run is None:
                execute(f"DELETE FROM {table} WHERE n = ?", [(n,) for n in gone[table]])
            else:
                mark = f"UPDATE {table} SET superseded_by = ?, standing = 'superseded'{lost} WHERE n = ?"
                mark += " AND superseded_by IS NULL"
                execute(mark, [(run, n) for n in gone[table]])
        execute("DELETE FROM links WHERE entity = ?", [(n,) for n in gone["entities"]])
        execute("DELETE FROM entities WHERE n = ?", [(n,) for n in gone["entities"]])

    def _numbers(self, table: str, ids: Sequence[str], known: Mapping[str, RowsById]) -> dict[str, int]:
        stored = known.get(table, {})
        return {id_: stored[id_] if id_ in stored else self._number(table) for id_ in ids}

    def _number(self, table: str) -> int:
        self._last[table] += 1
        return self._last[table]
