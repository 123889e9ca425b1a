"""Records into a store, a batch at a time: what the store does not take is a failure of its own, and the rest is written."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from onrecord.ingest.models import Models
from onrecord.ingest.taking import failure
from onrecord.ingest.tally import ArticleTally
from onrecord.records import OnrecordError, Record, VerbatimError, now_utc
from onrecord.store import Failure, Ready, Writer, ready


@dataclass(frozen=True, slots=True)
class Come:
    """A record, what the user named to have it, the document it is of, and the columns that were declared for that."""

    input: str
    origin: str
    record: Record
    columns: str | None
    ready: Future[Ready]


class Batches:
    """Writes batches to a store. `on_failure` is told each record that it does not take, `on_written` the ids of what it does."""

    def __init__(
        self,
        writer: Writer,
        models: Models,
        *,
        on_failure: Callable[[Failure], None] | None = None,
        on_written: Callable[[Sequence[str]], None] | None = None,
    ) -> None:
        self._writer = writer
        self._models = models
        self._on_failure = on_failure
        self._on_written = on_written
        self._started = now_utc()

    def come(self, input_: str, origin: str, record: Record, columns: str | None = None) -> Come:
        """A record that is to be written soon, and is being made ready for that on the reader's threads."""
        # Proving and hashing would else keep this thread, and so all others, waiting.
        return Come(input_, origin, record, columns, self._models.reader.executor.submit(ready, record))

    def write(self, batch: Sequence[Come]) -> ArticleTally:
        """Write records. Where the store takes not all of them, one by one, so that only those are failures that are to blame.

        Raises StoreError where the fault is none of theirs; WeightsError.
        """
        try:
            return self._add(batch)
        except Exception as error:
            if isinstance(error, OnrecordError) and not isinstance(error.__cause__, sqlite3.IntegrityError):
                raise  # a full disk, say: the next one would fare no better
            if len(batch) > 1:
                return sum((self.write([one]) for one in batch), ArticleTally())
            one = batch[0]
            failed = failure(one.input, one.origin, "storing", error, columns=one.columns)
        self._writer.fail([failed])
        if self._on_failure is not None:
            self._on_failure(failed)
        return ArticleTally(failed=1)

    def _add(self, batch: Sequence[Come]) -> ArticleTally:
        readied = [_readied(one) for one in batch]
        added = self._writer.add(
            readied,
            origins=[one.origin for one in batch],
            inputs=[one.input for one in batch],
            started=self._started,
            vectors=self._models.vectors_of([one.record for one in readied if isinstance(one, Ready)]),
        )
        if self._on_failure is not None:
            for failed in added.failed:
                self._on_failure(failed)
        records = {one.record.article.id: one.record for one in batch}
        new, newer, gone, failures = (len(part) for part in (added.added, added.updated, added.forgotten, added.failed))
        # Of an article that comes twice in a batch the second is already there.
        known = len(batch) - new - newer - gone - failures
        changed = (*added.added, *added.updated)
        if self._on_written is not None:
            self._on_written(changed)
        written = [records[id_] for id_ in changed]
        unread = Counter(r.article.unread.reason for r in written if r.article.unread is not None)
        statements = sum(len(r.statements) for r in written)
        return ArticleTally(new, newer, known, gone, failures, statements, unread["empty"], unread["language"])


def _readied(one: Come) -> Ready | Record:
    """The record made ready; as it is where it is not what it should be, which the writer then keeps as a failure."""
    try:
        return one.ready.result()
    except VerbatimError:
        return one.record
