"""A human's word on statements, kept as rows: the words themselves, the readings that they change, and what they hold of now."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.records import Record, Span, from_wire, to_wire
from onrecord.store.corrections import AimedAt, Applied, Change, Correction, Does, Field, Somebody, SpokenBy, Stands
from onrecord.store.deciding import keep_decision
from onrecord.store.reading import read_record
from onrecord.store.rows import dump

Held = Mapping[int, bytes]
"""Of statements that were taken out, by row."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction as it is kept. `statement`: the id of the one that it holds of now, with what the reading has in its place;
    None where it was undone, where a later one took its place, or where no statement fits any more.
    """

    id: str
    correction: Correction
    note: str | None
    by: str | None
    made: str
    undone: str | None
    statement: str | None
    was: str | None
    was_score: float | None


@dataclass(frozen=True, slots=True)
class Overruled:
    """What a human's word has taken the place of: of a `statement`, by its id and `words`, `field` (of FIELDS), what was read
    there (`was`: a name, a code; None: nothing) and with which chance (`score`). `decision` is the word's id, `by` whoever
    gave it.
    """

    statement: str
    words: str
    field: Field
    was: str | None
    score: float | None
    decision: str
    by: str | None
    note: str | None
    made: str


def overruled(connection: sqlite3.Connection, statements: Iterable[int]) -> dict[int, tuple[Overruled, ...]]:
    """What is corrected of the statements in rows, of those of which anything is, as it was said first to last."""
    query = """SELECT c.statement, d.n, s.id, coalesce(s.content, s.cue), c.field, c.was, c.was_score, d.id,
            d."by", d.note, d.made
        FROM json_each(?) j CROSS JOIN corrected c ON c.statement = j.value JOIN statements s ON s.n = c.statement
        JOIN decisions d ON d.n = c.decision"""
    found: dict[int, tuple[Overruled, ...]] = {}
    cursor = connection.cursor()
    cursor.row_factory = None
    # Few: to sort them here spares the plan a step.
    for n, _, *rest in sorted(cursor.execute(query, (dump(list(statements)),)), key=lambda row: row[:2]):
        found[n] = (*found.get(n, ()), Overruled(*rest))
    return found


def overruled_in(connection: sqlite3.Connection, article: int) -> list[Overruled]:
    """What is corrected in the article in a row, and which of its statements are rejected."""
    query = "SELECT s.n FROM statements s JOIN corrected c ON c.statement = s.n WHERE s.article = ?"
    if connection.execute("SELECT 1 FROM readings WHERE article = ?", (article,)).fetchone() is None:
        return []
    numbers = dict.fromkeys(row[0] for row in connection.execute(query, (article,)))
    return [one for several in overruled(connection, numbers).values() for one in several]


def read_corrections(connection: sqlite3.Connection, article: str | None = None) -> tuple[Corrected, ...]:
    """Every correction (of one article, by its id), in the order in which they were made, those undone too."""
    where = "" if article is None else "AND json_extract(d.subject, '$[0][0]') = ?"
    query = f"""SELECT d.id, d.subject, d.note, d."by", d.made, d.undone, s.id, c.was, c.was_score FROM decisions d
        LEFT JOIN corrected c ON c.decision = d.n LEFT JOIN statements s ON s.n = c.statement
        WHERE d.kind = 'correct' {where} ORDER BY d.made, d.n"""
    rows = connection.execute(query, () if article is None else (article,))
    return tuple(Corrected(id_, _correction(subject), *rest) for id_, subject, *rest in rows)


def write_correction(
    connection: sqlite3.Connection, correction: Correction, note: str | None, by: str | None, made: str
) -> str:
    """Keep a correction and return its id."""
    c = correction
    anchor = [c.article, c.words, *([[s.start, s.end] for s in spans] for spans in (c.source, c.cue, c.content))]
    subject = dump([anchor, [c.field, _told(c.change)]])
    return keep_decision(connection, "correct", subject, note, by, made)


def holding(connection: sqlite3.Connection, article: str) -> list[tuple[str, Correction]]:
    """Ids and words of the corrections of an article, by its id, that nobody has undone, in the order in which they were made."""
    query = """SELECT id, subject FROM decisions WHERE kind = 'correct' AND undone IS NULL
        AND json_extract(subject, '$[0][0]') = ? ORDER BY made, n"""
    return [(id_, _correction(subject)) for id_, subject in connection.execute(query, (article,))]


def read_reading(connection: sqlite3.Connection, number: int) -> Record:
    """The record of the article in a row as its newest reading had it, whatever somebody corrected of it."""
    row = connection.execute("SELECT record FROM readings WHERE article = ?", (number,)).fetchone()
    return read_record(connection, number) if row is None else from_wire(json.loads(row[0]))


def keep_reading(
    connection: sqlite3.Connection,
    number: int,
    reading: Record,
    applied: Sequence[Applied],
    statements: Mapping[str, int],
    held: Held,
) -> None:
    """Keep an article's reading and what holds of it. `statements`: rows by id; `held`: vectors to be kept of those rejected."""
    connection.execute("INSERT INTO readings VALUES (?, ?)", (number, dump(to_wire(reading))))
    decisions = dict(
        connection.execute(
            "SELECT id, n FROM decisions WHERE id IN (SELECT value FROM json_each(?))",
            (dump([one.decision for one in applied]),),
        ).fetchall()
    )
    rows = []
    for one in applied:
        n = statements[one.statement]
        rows.append((n, one.field, decisions[one.decision], one.was, one.was_score, held.get(n)))
    connection.executemany("INSERT INTO corrected VALUES (?, ?, ?, ?, ?, ?)", rows)


def drop_reading(connection: sqlite3.Connection, number: int) -> dict[int, bytes]:
    """Forget what held of an article; the vectors that were kept of what was rejected, by row."""
    of = "statement IN (SELECT n FROM statements WHERE article = ?)"
    query = f"SELECT statement, vector FROM corrected WHERE {of} AND vector IS NOT NULL"
    held = dict(connection.execute(query, (number,)).fetchall())
    connection.execute(f"DELETE FROM corrected WHERE {of}", (number,))
    connection.execute("DELETE FROM readings WHERE article = ?", (number,))
    return held


def vectors_of(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, bytes]:
    """The vectors of statements in rows, of those that have one."""
    query = "SELECT statement, vector FROM vectors WHERE statement IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(query, (dump(sorted(numbers)),)).fetchall())


def put_back(connection: sqlite3.Connection, held: Held, numbers: Iterable[int]) -> None:
    """Give statements in rows that are read again, and have no vector, those that were kept for them."""
    wanted = held.keys() & set(numbers)
    missing = sorted(wanted - vectors_of(connection, wanted).keys())
    if missing:
        import numpy as np

        from onrecord.store.vectors import add_vectors

        add_vectors(connection, missing, np.stack([np.frombuffer(held[n], np.int8) for n in missing]))


def _told(change: Change) -> Any:
    if isinstance(change, Stands):
        return change.right
    if isinstance(change, Does):
        return change.act
    if isinstance(change, AimedAt):
        return change.who and [change.who.name, change.who.kind]
    return {"who": [[one.name, one.kind] for one in change.who], "reason": change.reason}


def _change(field: Field, value: Any) -> Change:
    if field == "statement":
        return Stands(value)
    if field == "act":
        return Does(value)
    if field == "target":
        return AimedAt(value and Somebody(*value))
    return SpokenBy(tuple(Somebody(*one) for one in value["who"]), value["reason"])


def _correction(subject: str) -> Correction:
    (article, words, *places), (field, value) = json.loads(subject)
    source, cue, content = (tuple(Span(start, end) for start, end in spans) for spans in places)
    return Correction(article, words, source, cue, content, _change(field, value))
