"""The one way into a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType

from onrecord.records import Article, Record, Run, StoreError, VerbatimError
from onrecord.store import precedence
from onrecord.store.connecting import translated
from onrecord.store.deriving import Derived
from onrecord.store.inserting import Inserter
from onrecord.store.proving import prove
from onrecord.store.reading import read_article
from onrecord.store.store import Store
from onrecord.store.values import Added, Failure

ANALYSED_ROWS = 1_000
"""Of each index that are looked at for the query planner: SQLite's own advice (100 to 1000)."""


@dataclass(slots=True)
class _Batch:
    """Records of a batch with their origins, and ids, by what they are to the store."""

    new: list[tuple[Record, str]] = field(default_factory=list)
    newer: list[tuple[Record, str]] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)


class Writer:
    """Writes to a store that was opened to write.

    Each call is one transaction: when it returns, what it reports done outlasts a kill and a power cut; when it raises,
    nothing of it was written.
    """

    def __init__(self, store: Store) -> None:
        if not store.writable:
            raise StoreError(store.path, "was opened to read")
        self._store = store
        self._connection = store.connection
        self._begin_anew()

    def wants(self, article: Article) -> bool:
        """Whether adding the article would change anything: if not, it need not be read."""
        with translated(self._store.path):
            if self._connection.execute("SELECT 1 FROM tombstones WHERE article = ?", (article.id,)).fetchone():
                return False
            stored = read_article(self._connection, article.id)
        return stored is None or precedence.replaces(article, stored)

    def add(
        self, records: Sequence[Record], *, origins: Sequence[str], inputs: Sequence[str] | None = None, started: str
    ) -> Added:
        """Add the records of a batch. `origins` tell where each comes from, `inputs` what the user named (else the origins).

        `started`: the moment in UTC when the run began. A record that is not what it should be (records.check) is kept as a
        failure and the others are added. Raises StoreError, and has then written nothing.
        """
        sources = list(zip(inputs or origins, origins, strict=True))
        with self._transaction():
            batch = self._sort_out(records, sources)
            now = _now()
            runs = self._runs([r.run for r, _ in [*batch.new, *batch.newer]], started)
            rows = {record.article.id: self._row_of(record.article.id) for record, _ in batch.newer}
            loose = self._derived.take_out(rows.values())
            placed = self._inserter.insert([(r, o, runs[r.run.id]) for r, o in batch.new], now)
            for r, o in batch.newer:
                placed.append(self._inserter.rewrite(r, rows[r.article.id], runs[r.run.id], o, keep=False))
            self._derived.take_in(placed, loose)
            self._settle_failures(batch.failed, origins)
        return Added(
            tuple(r.article.id for r, _ in batch.new),
            tuple(r.article.id for r, _ in batch.newer),
            tuple(batch.known),
            tuple(batch.forgotten),
            tuple(batch.failed),
        )

    def fail(self, failures: Iterable[Failure]) -> None:
        """Keep failures, to be told and tried again. One of the same origin and stage takes the place of the one before."""
        with self._transaction():
            self._keep_failures(failures)

    def clear_failures(self, origins: Iterable[str]) -> None:
        """Forget the failures of documents that were dealt with otherwise."""
        with self._transaction():
            self._clear_failures(origins)

    def settle(self) -> None:
        """Link as a whole what was linked by name alone, so that identities are what all articles together make them."""
        with self._transaction():
            self._derived.settle()

    def close(self) -> None:
        """Settle, and let SQLite bring its notes on the tables up to date. The store stays open."""
        self.settle()
        with translated(self._store.path):
            self._connection.execute(f"PRAGMA analysis_limit = {ANALYSED_ROWS}")
            self._connection.execute("PRAGMA optimize")

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.close()

    def _sort_out(self, records: Sequence[Record], sources: Sequence[tuple[str, str]]) -> _Batch:
        """What each record of a batch is to the store; of one article told several times the telling that counts."""
        batch = _Batch()
        chosen: dict[str, tuple[Record, str]] = {}
        for record, (input_, origin) in zip(records, sources, strict=True):
            article = record.article
            try:
                prove(record)
            except VerbatimError as error:
                batch.failed.append(Failure(input_, origin, "storing", str(error), _now()))
                continue
            if article.id in chosen and not precedence.replaces(article, chosen[article.id][0].article):
                continue
            chosen[article.id] = (record, origin)
        for id_, (record, origin) in chosen.items():
            stored = read_article(self._connection, id_)
            if self._connection.execute("SELECT 1 FROM tombstones WHERE article = ?", (id_,)).fetchone():
                batch.forgotten.append(id_)
            elif stored is None:
                batch.new.append((record, origin))
            elif precedence.replaces(record.article, stored):
                batch.newer.append((record, origin))
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

    def _settle_failures(self, failed: Sequence[Failure], origins: Iterable[str]) -> None:
        self._clear_failures(origins)
        self._keep_failures(failed)

    def _clear_failures(self, origins: Iterable[str]) -> None:
        self._connection.executemany("DELETE FROM failures WHERE origin = ?", [(origin,) for origin in origins])

    def _keep_failures(self, failures: Iterable[Failure]) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO failures (input, origin, stage, reason, happened) VALUES (?, ?, ?, ?, ?)",
            [(f.input, f.origin, f.stage, f.reason, f.happened) for f in failures],
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of it or nothing. References are proved at the end, so that rows may be written in any order."""
        with translated(self._store.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.execute("PRAGMA defer_foreign_keys = ON")
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk has undone the transaction by itself.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                self._begin_anew()
                raise

    def _begin_anew(self) -> None:
        """Count rows as the file has them: after a rollback some are gone."""
        self._inserter = Inserter(self._connection)
        self._derived = Derived(self._connection)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
