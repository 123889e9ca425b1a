"""The one way into a store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from types import TracebackType

from onrecord.link import AuthorityRow, Decision, EntityAnchor
from onrecord.records import Article, NotFoundError, Record, Run, Statement, StoreError, VerbatimError, now_utc
from onrecord.store import precedence
from onrecord.store.alerting import mark_told, remove_alert, write_alert
from onrecord.store.applying import corrected
from onrecord.store.clashing import own_clashes
from onrecord.store.columns import MOST_STALE, rebuild, refresh
from onrecord.store.connecting import translated
from onrecord.store.correcting import (
    drop_reading,
    holding,
    keep_reading,
    put_back,
    read_reading,
    vectors_of,
    write_correction,
)
from onrecord.store.corrections import Change, correction_of
from onrecord.store.deciding import read_decisions
from onrecord.store.deriving import Derived
from onrecord.store.forgetting import delete_articles, forgotten, purge, with_copies
from onrecord.store.inserting import Inserter, PlacedRecord
from onrecord.store.pausing import uncollected
from onrecord.store.reading import article_number, read_article, statement_numbers
from onrecord.store.readying import Ready, ready
from onrecord.store.reviewing import Verdict, read_reviews, undo_review, write_review
from onrecord.store.rows import dump
from onrecord.store.store import Store
from onrecord.store.tallying import write_tallies
from onrecord.store.values import Added, Difference, Failure, Feed, Forgotten, Vectors

ANALYSED_ROWS = 1_000
"""Of each index that are looked at for the query planner: SQLite's own advice (100 to 1000)."""


@dataclass(slots=True)
class _Batch:
    """Records of a batch with their origins, and ids, by what they are to the store."""

    new: list[tuple[Ready, str]] = field(default_factory=list)
    newer: list[tuple[Ready, str]] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)


class Writer:
    """Writes to a store that was opened to write.

    Each call is one transaction: when it returns, what it reports done outlasts a kill and a power cut; when it raises,
    nothing of it was written. Use it in a `with` for all that changes articles or what people decided: its end settles and counts
    what follows from them. Alerts and the index of words change nothing of that, and need none.
    """

    def __init__(self, store: Store) -> None:
        if not store.writable:
            raise StoreError(store.path, "was opened to read")
        self._store = store
        self._connection = store.connection
        self._held: dict[int, bytes] = {}  # vectors of statements that somebody rejected
        self._stale = False  # whether a transaction failed since
        self._begin_anew()

    def wants(self, article: Article) -> bool:
        """Whether adding the article would change anything: if not, it need not be read."""
        with translated(self._store.path):
            if forgotten(self._connection, [article]):
                return False
            stored = read_article(self._connection, article.id)
        return stored is None or precedence.replaces(article, stored)

    def add(
        self,
        records: Sequence[Record | Ready],
        *,
        origins: Sequence[str],
        started: str,
        inputs: Sequence[str] | None = None,
        vectors: Vectors | None = None,
    ) -> Added:
        """Add the records of a batch. `origins` tell where each comes from, `inputs` what the user named (else the origins).

        `started`: the moment in UTC when the run began. `vectors`: of the new statements' contents; others are passed over. A
        record that is not what it should be (records.check) is kept as a failure, and the others are added. Records that were
        made `ready` elsewhere, as several threads can, are added faster. Raises StoreError.
        """
        sources = list(zip(inputs or origins, origins, strict=True))
        with uncollected(), self._transaction():
            batch = self._sort_out(records, sources)
            runs = self._runs([r.record.run for r, _ in [*batch.new, *batch.newer]], started)
            numbers = {id_: self._row_of(id_) for r, _ in batch.newer for id_ in [r.record.article.id]}
            loose, gone = self._derived.take_out(numbers.values()), list[int]()
            new = self._inserter.insert([(r, o, runs[r.record.run.id]) for r, o in batch.new], now_utc())
            placed = [
                self._corrected(p, runs[p.ready.record.run.id], o, vectors)
                for p, (_, o) in zip(new, batch.new, strict=True)
            ]
            for r, o in batch.newer:
                at = (numbers[r.record.article.id], runs[r.record.run.id], o)
                placed.append(self._rewrite(r, at, vectors, gone, keep=False))
            self._swap_vectors(gone, vectors, placed)
            self._derived.take_in(placed, loose)
            self._derived.compare(placed, now_utc())
            self._clear_failures(origins)
            self._keep_failures(batch.failed)
            refresh(self._connection, most=MOST_STALE)
        return Added(
            tuple(r.record.article.id for r, _ in batch.new),
            tuple(r.record.article.id for r, _ in batch.newer),
            tuple(batch.known),
            tuple(batch.forgotten),
            tuple(batch.failed),
        )

    def reread(
        self, records: Sequence[Record], *, started: str, vectors: Vectors | None = None
    ) -> tuple[Difference, ...]:
        """Put later readings of stored articles in the place of those before, and tell what differs.

        The same entries keep their rows; those that were not found again stay, marked as superseded by the later run. What people
        decided holds as before. Raises NotFoundError for an article that is not stored, VerbatimError, StoreError.
        """
        differences = []
        with uncollected(), self._transaction():
            runs = self._runs([r.run for r in records], started)
            before = {r.article.id: self._store.record(r.article.id) for r in records}
            numbers = {id_: self._row_of(id_) for id_ in before}
            newest = {r.article.id: r for r in records}.values()
            changed = [r for r in newest if r != read_reading(self._connection, numbers[r.article.id])]
            placed = self._read_anew([(r, numbers[r.article.id], runs[r.run.id]) for r in changed], vectors)
            for p in placed:
                differences.append(Difference(before[p.ready.record.article.id], p.ready.record))
        return tuple(differences)

    def correct(self, statement: str, change: Change, *, note: str | None = None, by: str | None = None) -> str:
        """Keep a human's word on a statement of a current reading, by its whole id, and return the decision's.

        It holds of the same words, whatever later readings find there, until it is undone or another takes its place. Raises
        NotFoundError; MalformedError for what cannot be so.
        """
        with self._transaction():
            query = "SELECT article, run FROM statements WHERE id = ?"
            row = self._connection.execute(query, (statement,)).fetchone()
            if row is None:
                raise NotFoundError(statement, "no such statement in the store")
            reading = read_reading(self._connection, row[0])
            word = correction_of(reading, statement, change)
            id_ = write_correction(self._connection, word, note, by, now_utc())
            self._read_anew([(reading, row[0], row[1])], None)
        return id_

    def forget(self, article: str, *, reason: str | None = None) -> Forgotten:
        """Take an article down with its copies and all versions of these: all that was kept of them goes.

        Tombstones keep them, and whatever else has the address or the text of one of them, from being added again.
        The file is written anew, so that their words are not left in it; that takes as much room again, and time in proportion.
        Raises NotFoundError where there is no such article (any more).
        """
        with self._transaction():
            number = article_number(self._connection, article)
            if number is None:
                raise NotFoundError(article, f"no such article in {self._store.path}")
            numbers = with_copies(self._connection, number)
            query = "SELECT id FROM articles WHERE n = ?"
            ids = tuple(self._connection.execute(query, (n,)).fetchone()[0] for n in numbers)
            loose = self._derived.take_out(numbers)
            delete_articles(self._connection, numbers, reason, now_utc())
            loose.versions.difference_update(numbers)
            loose.blocks |= self._derived.reload()
            self._derived.take_in([], loose)
            self._derived.sweep()
            self._derived.compare((), now_utc())
            refresh(self._connection)
        try:
            return Forgotten(ids, purge(self._connection))
        except sqlite3.Error as error:  # they are down all the same: raised, it would say that nothing was done
            return Forgotten(ids, False, str(error))

    def purge(self) -> bool:
        """Write the file anew, without what was deleted. False where a reader of the store as it was still stands in the way."""
        with translated(self._store.path):
            return purge(self._connection)

    def reindex(self) -> None:
        """Make the index of words, and the columns that are counted, again from the rows."""
        with self._transaction():
            rebuild(self._connection)
            for table in ("articles_fts", "statements_fts"):
                self._connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")

    def decide(self, decision: Decision, *, note: str | None = None, by: str | None = None) -> str:
        """Keep a human's word on who is who, and return its id. It holds for this and every later reading, until it is undone."""
        with self._transaction():
            id_ = self._derived.decide(decision, note, by, now_utc())
            self._derived.compare((), now_utc())
        return id_

    def review(self, clash: str, verdict: Verdict, *, note: str | None = None, by: str | None = None) -> str:
        """Keep a human's verdict on a clash, by its whole id, and return the decision's.

        It holds of the same words, whatever later readings find, until it is undone. Raises NotFoundError.
        """
        with self._transaction():
            return write_review(self._connection, clash, verdict, note, by, now_utc())

    def undo(self, decision: str) -> None:
        """Let a decision, by its id, hold no longer. Raises NotFoundError where there is none, or it is undone already."""
        with self._transaction():
            query = "SELECT json_extract(subject, '$[0][0]') FROM decisions WHERE id = ? AND kind = 'correct' AND undone IS NULL"
            for (article,) in self._connection.execute(query, (decision,)).fetchall():
                self._connection.execute("UPDATE decisions SET undone = ? WHERE id = ?", (now_utc(), decision))
                if (number := article_number(self._connection, article)) is not None:
                    run = self._scalar("SELECT run FROM articles WHERE n = ?", number)
                    self._read_anew([(read_reading(self._connection, number), number, run)], None)
                return
            for review in read_reviews(self._connection):
                if review.id == decision and review.undone is None:
                    undo_review(self._connection, review, now_utc())
                    return
            found = [d for d in read_decisions(self._connection) if d.id == decision and d.undone is None]
            if not found:
                raise NotFoundError(decision, "no such decision in the store, or it is undone already")
            self._derived.undo(found[0].decision, decision, now_utc())
            self._derived.compare((), now_utc())

    def add_alert(self, words: str, *, anchor: EntityAnchor | None = None) -> str:
        """Wait for what comes on a topic's words or, with an `anchor` (Store.anchors), on whom they name; the alert's id."""
        with self._transaction():
            return write_alert(self._connection, words, anchor, now_utc())

    def remove_alert(self, alert: str) -> None:
        """Wait no longer, by the alert's whole id. Raises NotFoundError."""
        with self._transaction():
            remove_alert(self._connection, alert)

    def mark_told(self, alerts: Iterable[str], told: tuple[int, int]) -> None:
        """Note that alerts were told of all up to these rows of articles and clashes (onrecord.query.alerts.News.told)."""
        with self._transaction():
            mark_told(self._connection, alerts, told)

    def load_authority(self, rows: Iterable[AuthorityRow]) -> None:
        """Let `rows` be the authority, in place of what was, and link everything anew."""
        with self._transaction():
            self._derived.authorize(rows)

    def add_vectors(self, vectors: Vectors) -> None:
        """Add vectors of stored statements that have none; others are passed over."""
        with self._transaction():
            ids = list(vectors.of)
            query = """SELECT id, n FROM statements WHERE id IN (SELECT value FROM json_each(?))
                AND content IS NOT NULL AND superseded_by IS NULL"""
            self._write_vectors(vectors, dict(self._connection.execute(query, (dump(ids),)).fetchall()))

    def drop_vectors(self) -> None:
        """Take out all vectors, to make room for those of another embedder."""
        with self._transaction():
            for command in (
                "DELETE FROM vectors",
                "DELETE FROM vector_chunks",
                "UPDATE corrected SET vector = NULL",
                "DELETE FROM meta WHERE key = 'embedder'",
            ):
                self._connection.execute(command)

    def keep_feed(self, feed: Feed) -> None:
        """Keep how a feed last answered, in place of what was kept of it."""
        row = (feed.url, feed.etag, feed.modified, dump(dict(feed.seen)), feed.failed, feed.due)
        with self._transaction():
            self._connection.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?, ?)", row)

    def fail(self, failures: Iterable[Failure]) -> None:
        """Keep failures, to be told and tried again. One of the same origin and stage takes the place of the one before."""
        with self._transaction():
            self._keep_failures(failures)

    def clear_failures(self, origins: Iterable[str]) -> None:
        """Forget the failures of documents that were dealt with otherwise."""
        with self._transaction():
            self._clear_failures(origins)

    def settle(self) -> None:
        """Link as a whole what was linked by name alone, and compare again what that changes.

        Identities and clashes are then what all articles together make them.
        """
        with self._transaction():
            self._derived.settle()
        more = True
        while more:
            with self._transaction():
                more = self._derived.compare_again(now_utc())

    def close(self) -> None:
        """Settle, count what there is, and let SQLite bring its notes on the tables up to date. The store stays open."""
        self.settle()
        with self._transaction():
            refresh(self._connection)
            write_tallies(self._connection)
        with translated(self._store.path):
            self._connection.execute(f"PRAGMA analysis_limit = {ANALYSED_ROWS}")
            self._connection.execute("PRAGMA optimize")

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.close()

    def _sort_out(self, records: Sequence[Record | Ready], sources: Sequence[tuple[str, str]]) -> _Batch:
        """What each record of a batch is to the store; of one article told several times the telling that counts."""
        batch = _Batch()
        chosen: dict[str, tuple[Ready, str]] = {}
        for record, (input_, origin) in zip(records, sources, strict=True):
            try:
                one = record if isinstance(record, Ready) else ready(record)
            except VerbatimError as error:
                batch.failed.append(Failure(input_, origin, "storing", str(error), now_utc()))
                continue
            article = one.record.article
            if article.id not in chosen or precedence.replaces(article, chosen[article.id][0].record.article):
                chosen[article.id] = (one, origin)
        down = forgotten(self._connection, [one.record.article for one, _ in chosen.values()])
        for id_, (one, origin) in chosen.items():
            stored = read_article(self._connection, id_)
            if id_ in down:
                batch.forgotten.append(id_)
            elif stored is None:
                batch.new.append((one, origin))
            elif precedence.replaces(one.record.article, stored):
                batch.newer.append((one, origin))
            else:
                batch.known.append(id_)
        return batch

    def _runs(self, runs: Iterable[Run], started: str) -> dict[str, int]:
        """The rows of runs, new ones added."""
        values = {r.id: (r.id, r.onrecord, r.weights, r.codebook, started) for r in runs}
        command = (
            "INSERT INTO runs (id, onrecord, weights, codebook, started) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
        )
        self._connection.executemany(command, values.values())
        return {id_: self._scalar("SELECT n FROM runs WHERE id = ?", id_) for id_ in values}

    def _row_of(self, article: str) -> int:
        return self._scalar("SELECT n FROM articles WHERE id = ?", article)

    def _scalar(self, query: str, *values: object) -> int:
        return int(self._connection.execute(query, values).fetchone()[0])

    def _read_anew(self, readings: Sequence[tuple[Record, int, int]], vectors: Vectors | None) -> list[PlacedRecord]:
        """Put readings, each with the rows of its article and run, in the place of those before."""
        loose, placed, gone = (
            self._derived.take_out(number for _, number, _ in readings),
            list[PlacedRecord](),
            list[int](),
        )
        for reading, number, run in readings:
            origin = self._connection.execute("SELECT origin FROM articles WHERE n = ?", (number,)).fetchone()[0]
            placed.append(self._rewrite(ready(reading), (number, run, origin), vectors, gone, keep=True))
        self._swap_vectors(gone, vectors, placed)
        self._derived.take_in(placed, loose)
        self._derived.compare(placed, now_utc())
        return placed

    def _rewrite(
        self, one: Ready, at: tuple[int, int, str], vectors: Vectors | None, gone: list[int], *, keep: bool
    ) -> PlacedRecord:
        """Write a stored article's record anew, `at` the rows of article and run, and the origin. The rows of statements that are
        not found again go to `gone`.
        """
        number, run, origin = at
        before = statement_numbers(self._connection, number)
        self._held |= drop_reading(self._connection, number)
        placed = self._inserter.rewrite(one, number, run, origin, keep=keep)
        placed = self._corrected(placed, run, origin, vectors)
        gone += [n for id_, n in before.items() if id_ not in placed.statements]
        return placed

    def _corrected(self, placed: PlacedRecord, run: int, origin: str, vectors: Vectors | None) -> PlacedRecord:
        """What was written as people corrected it, with the reading kept beside it."""
        reading = placed.ready.record
        words = holding(self._connection, reading.article.id)
        record, applied = corrected(reading, words) if words else (reading, ())
        if not applied:
            return placed
        if [_compared(s) for s in record.statements] != [_compared(s) for s in reading.statements]:
            record = replace(record, clashes=own_clashes(record))
        # What was rejected is a row as well: the reading's, which a later one (its own) leaves out.
        again = self._inserter.rewrite(ready(record), placed.number, run, origin, keep=True)
        left = {id_: n for id_, n in placed.statements.items() if id_ not in again.statements}
        self._held |= vectors_of(self._connection, left.values())
        self._held |= {n: vectors.of[id_].tobytes() for id_, n in left.items() if vectors and id_ in vectors.of}
        keep_reading(self._connection, placed.number, reading, applied, placed.statements, self._held)
        return again

    def _swap_vectors(self, gone: Sequence[int], vectors: Vectors | None, placed: Sequence[PlacedRecord]) -> None:
        """Take out the vectors of a batch's lost statements, all at once, for each call reads every chunk; and add new ones."""
        if gone:
            from onrecord.store.vectors import remove_vectors

            remove_vectors(self._connection, gone)
        self._add_vectors(vectors, placed)
        put_back(self._connection, self._held, [n for p in placed for n in p.statements.values()])
        self._held = {}

    def _add_vectors(self, vectors: Vectors | None, placed: Iterable[PlacedRecord]) -> None:
        if vectors is not None:
            said = {s.id: p.statements[s.id] for p in placed for s in p.ready.record.statements if s.content}
            self._write_vectors(vectors, said)

    def _write_vectors(self, vectors: Vectors, numbers: Mapping[str, int]) -> None:
        """Write the vectors of those statements in rows `numbers` that have none."""
        import numpy as np

        from onrecord.store.vectors import add_vectors

        stored = self._connection.execute("SELECT value FROM meta WHERE key = 'embedder'").fetchone()
        if stored is not None and stored[0] != vectors.embedder:
            reason = (
                f"has vectors of another model ({stored[0]}), with which those of {vectors.embedder} cannot be compared: "
                "`onrecord reread` makes them anew"
            )
            raise StoreError(self._store.path, reason)
        self._connection.execute("INSERT OR IGNORE INTO meta VALUES ('embedder', ?)", (vectors.embedder,))
        query = "SELECT statement FROM vectors WHERE statement IN (SELECT value FROM json_each(?))"
        have = {row[0] for row in self._connection.execute(query, (dump(list(numbers.values())),))}
        new = sorted((n, id_) for id_, n in numbers.items() if n not in have and id_ in vectors.of)
        if new:
            add_vectors(self._connection, [n for n, _ in new], np.stack([vectors.of[id_] for _, id_ in new]))

    def _clear_failures(self, origins: Iterable[str]) -> None:
        self._connection.executemany("DELETE FROM failures WHERE origin = ?", [(origin,) for origin in origins])

    def _keep_failures(self, failures: Iterable[Failure]) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO failures (input, origin, stage, reason, happened, columns) VALUES (?, ?, ?, ?, ?, ?)",
            [(f.input, f.origin, f.stage, f.reason, f.happened, f.columns) for f in failures],
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of it or nothing. References are proved at the end, so that rows may be written in any order."""
        with translated(self._store.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.execute("PRAGMA defer_foreign_keys = ON")
                if self._stale:
                    self._begin_anew()
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._stale = True
                # A full disk has undone the transaction by itself. What fails now would only hide the reason.
                if self._connection.in_transaction:
                    with suppress(sqlite3.Error):
                        self._connection.execute("ROLLBACK")
                raise

    def _begin_anew(self) -> None:
        """Count rows as the file has them: after a rollback some are gone."""
        self._inserter = Inserter(self._connection)
        self._held = {}
        self._derived = Derived(self._connection)
        self._stale = False


def _compared(statement: Statement) -> tuple[object, ...]:
    """What of a statement, beside its words, its clashes with others of the article hang on."""
    return (statement.id, statement.speaker, statement.act, statement.target)
