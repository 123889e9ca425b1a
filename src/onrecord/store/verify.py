"""Proof that a store is what it should be: every span against the text, every id against what it is made of, every index."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from onrecord.records import OnrecordError, Record, clash_id, entity_id, event_id, figure_id, words_of
from onrecord.store.backup import copy_to
from onrecord.store.comparing import ACROSS, check_derived, scratch
from onrecord.store.keying import keys_of_nobody
from onrecord.store.proving import prove
from onrecord.store.reading import article_ids, article_number, read_record, spans_of
from onrecord.store.store import Store

UNCOMPARED = ("account_keys", "account_days", "figure_keys")
"""Tables that differ from what they are to be while articles wait to be compared again."""
UNSETTLED = ("identities", "identity_names", "links", "appearances", *UNCOMPARED)
"""Tables that do while blocks of names wait to be linked."""

REBUILD = "`onrecord verify --reindex` makes it anew"

Part = Literal["file", "references", "article", "entry", "words", "vectors", "derived"]
"""What a finding is about: the file's own structure; a row that refers to nothing; an article's text and id; something read of
it; the index of words; sentence vectors; what follows from the articles as a whole."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be. `entry`: the id, table or index that it is about."""

    part: Part
    entry: str
    reason: str


def verify(store: Store, *, quick: bool = False) -> Iterator[Finding]:
    """What is wrong with a store; nothing, where all is well. `quick` leaves out what takes long with a large store.

    Re-slices every span of every entry from the stored text, makes every id again from what it names, checks references, the
    file's structure, the index of words and vectors, proves every clash, and makes versions, copies, identities and utterances
    again.
    """
    checks: list[Callable[[Store], Iterator[Finding]]] = [_file_quickly if quick else _file, _references]
    if not quick:
        checks += [_articles, _words, _vectors, _kept_columns, _clashes, _derived]
    for check in checks:
        try:
            yield from check(store)
        except sqlite3.DatabaseError as error:
            # A page that cannot be read stops one check; the others may tell more.
            yield Finding("file", store.path.name, f"cannot be checked: {error}")


def _file(store: Store) -> Iterator[Finding]:
    yield from _structure(store.connection, "integrity_check")


def _file_quickly(store: Store) -> Iterator[Finding]:
    yield from _structure(store.connection, "quick_check")


def _structure(connection: sqlite3.Connection, check: str) -> Iterator[Finding]:
    for (line,) in connection.execute(f"PRAGMA {check}"):
        if line != "ok":
            yield Finding("file", check, line)


def _references(store: Store) -> Iterator[Finding]:
    connection = store.connection
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Finding("references", table, f"row {row} refers to {parent}, which has no such row")
    for thing in ("article", "wording"):
        if count := keys_of_nobody(connection, thing):
            yield Finding("references", f"{thing}_keys", f"{count} keys of no {thing}")


def _articles(store: Store) -> Iterator[Finding]:
    """Every article's record is read, proved, and its columns of words held against the text."""
    connection = store.connection
    for id_ in article_ids(connection):
        number = article_number(connection, id_)
        if number is None:
            yield Finding("article", id_, "is in the index of ids and nowhere else")
            continue
        try:
            record = read_record(connection, number)
        except sqlite3.DatabaseError:
            raise
        except (OnrecordError, ValueError, KeyError, TypeError) as error:
            yield Finding("entry", id_, f"cannot be made a record of: {type(error).__name__}: {error}")
            continue
        try:
            prove(record)
        except OnrecordError as error:
            yield Finding("entry", id_, str(error))
            continue
        yield from _ids(record)
        yield from _columns(connection, record, number)


def _ids(record: Record) -> Iterator[Finding]:
    id_ = record.article.id
    made = [(e.id, entity_id(id_, e.kind, e.name)) for e in record.entities]
    made += [(f.id, figure_id(id_, f.span)) for f in record.figures]
    for e in record.events:
        actor, recipient = (party.name if party else None for party in (e.actor, e.recipient))
        made.append((e.id, event_id(id_, e.trigger, e.type, actor, recipient)))
    for stored, right in made:
        if stored != right:
            yield Finding("entry", stored, f"not the id of what it names, which is {right}")


def _columns(connection: sqlite3.Connection, record: Record, number: int) -> Iterator[Finding]:
    """Words that stand beside their spans, to be searched, are the text's own."""
    text = record.article.text
    query = "SELECT id, source, cue, content FROM statements WHERE article = ? AND superseded_by IS NULL"
    stored = {row[0]: row[1:] for row in connection.execute(query, (number,))}
    for s in record.statements:
        if stored[s.id] != tuple(words_of(text, spans) or None for spans in (s.source, s.cue, s.content)):
            yield Finding("entry", s.id, "its words are not those of its spans")
    counted = dict(connection.execute("SELECT id, counted FROM figures WHERE article = ?", (number,)).fetchall())
    for f in record.figures:
        if counted[f.id] != (f.counted and f.counted.of(text)):
            yield Finding("entry", f.id, "what it counts is not in the words of its span")
    query = (
        "SELECT statement, condition FROM predictions WHERE statement IN (SELECT n FROM statements WHERE article = ?)"
    )
    conditions = [row[1] for row in connection.execute(query, (number,))]
    told = [p.condition and p.condition.of(text) for p in record.predictions]
    if sorted(map(str, conditions)) != sorted(map(str, told)):
        yield Finding("entry", record.article.id, "the condition of a prediction is not in the words of its span")


def _words(store: Store) -> Iterator[Finding]:
    """FTS5's own check, which compares the index with the rows that it is of.

    It is a command that changes nothing but takes the right to write, for as long as it runs: so it is given to a copy of the
    file, and nobody who wants to add waits for it.
    """
    with scratch(store.path) as folder:
        copy = folder / "copy.db"
        copy_to(store.connection, copy)
        yield from _indexes(copy)


def _indexes(path: Path) -> Iterator[Finding]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for table in ("articles_fts", "statements_fts"):
            try:
                # Rank 1: against the rows too, not only within the index.
                connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
            except sqlite3.DatabaseError as error:
                yield Finding("words", table, f"does not agree with the words of its rows ({error}): {REBUILD}")


def _vectors(store: Store) -> Iterator[Finding]:
    execute = store.connection.execute
    if execute("SELECT 1 FROM vectors LIMIT 1").fetchone() is None:
        return  # a store without a search by meaning
    missing = sum(1 for _ in store.without_vectors())
    if missing:
        yield Finding("vectors", "vectors", f"{missing} statements have none: a search by meaning does not find them")
    query = "SELECT count(*) FROM vectors WHERE statement NOT IN (SELECT n FROM statements WHERE superseded_by IS NULL)"
    if count := execute(query).fetchone()[0]:
        yield Finding("vectors", "vectors", f"{count} of no statement")
    kept = {row[0] for row in execute("SELECT statement FROM vectors")}
    listed = [n for (blob,) in execute("SELECT statements FROM vector_chunks") for n in array("q", blob)]
    if len(listed) != len(kept) or set(listed) != kept:
        yield Finding("vectors", "vector_chunks", "do not list the statements that have vectors, each once")


def _kept_columns(store: Store) -> Iterator[Finding]:
    from onrecord.store.columns import differing

    for table in differing(store.connection):
        yield Finding(
            "derived",
            table,
            "has other numbers than the rows that they are of: `onrecord verify --reindex` makes it anew",
        )


def _clashes(store: Store) -> Iterator[Finding]:
    """Every clash is of two articles' entries, has the id of these, and its words that collide are in the texts."""
    for id_, kind, *sides in store.connection.execute(_SIDES):
        a, b = sides[:6], sides[6:]
        if clash_id(kind, *((side[0], side[1], side[2]) for side in (a, b))) != id_ and a[5] is not None:
            yield Finding("entry", id_, "not the id of a clash of these two")
        for _, _, _, length, why, _ in (a, b):
            if any(span.end > length for span in spans_of(why)):
                yield Finding("entry", id_, "the words that collide are not in the text")


_SIDES = """SELECT c.id, c.kind, x.id, s.id, f.id, length(x.text), c.why_a, c.score, y.id, t.id, g.id, length(y.text), c.why_b,
        c.score
    FROM clashes c JOIN articles x ON x.n = c.article_a JOIN articles y ON y.n = c.article_b
    LEFT JOIN statements s ON s.n = c.a LEFT JOIN statements t ON t.n = c.b
    LEFT JOIN figures f ON f.n = c.figure_a LEFT JOIN figures g ON g.n = c.figure_b"""


def _derived(store: Store) -> Iterator[Finding]:
    waiting = store.connection.execute("SELECT count(*) FROM unsettled").fetchone()[0]
    if waiting:
        reason = f"{waiting} names wait to be linked with what they may be one with: the next `onrecord add` does it"
        yield Finding("derived", "unsettled", reason)
    comparing = store.connection.execute("SELECT count(*) FROM uncompared").fetchone()[0]
    if comparing:
        reason = f"{comparing} articles wait to be compared with others: the next `onrecord add` does it"
        yield Finding("derived", "uncompared", reason)
    passed = UNSETTLED if waiting else UNCOMPARED if comparing else ()
    for table, reason in check_derived(store):
        if table not in passed and table != ACROSS:  # each of these is proved by itself
            yield Finding("derived", table, reason)
