"""A store: one file with all that was read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from onrecord.link import EntityAnchor
from onrecord.records import NotFoundError, Record, StoreError
from onrecord.store import reading
from onrecord.store.connecting import connect_reader, connect_writer, translated
from onrecord.store.correcting import Corrected, read_corrections, read_reading
from onrecord.store.deciding import Decided, anchors_of, read_decisions
from onrecord.store.forgetting import with_copies
from onrecord.store.locking import WriterLock
from onrecord.store.migrations import STEPS, migrate, version_of
from onrecord.store.reviewing import Reviewed, read_reviews
from onrecord.store.values import Failure, Feed

UPGRADE = "`onrecord add --db {0}` brings it up to date, for good: `onrecord backup --db {0}` copies it before"
"""What is to be done with a store in an older form."""


class Store:
    """An open store. Close it, or use it in a `with`. A connection belongs to one thread at a time.

    `connection` is for questions (`query/`): rows change only through a Writer.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: WriterLock | None) -> None:
        self.path = path
        self.connection = connection
        self._lock = lock

    @staticmethod
    def open(path: str | Path, *, write: bool = False, older: bool = False) -> Store:
        """Open the store at `path`: to read; with `write` to write too, made where there is none and brought up to date.

        With `older` one in an older form is opened to read as well: to be copied or looked at, for no question knows its tables.

        Raises NotFoundError (nothing to read), ForeignFileError (no store, or a newer onrecord's), BusyError (another writer
        has it) or StoreError. Any number may read while one writes.
        """
        path = Path(path)
        if not write:
            return Store(path, _readable(path, older=older), None)
        if not path.parent.is_dir():
            raise StoreError(path, f"there is no folder {path.parent}")
        lock = WriterLock(path)
        try:
            connection = connect_writer(path)
            try:
                with translated(path):
                    migrate(connection, path)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            lock.release()
            raise
        return Store(path, connection, lock)

    @property
    def writable(self) -> bool:
        """Whether it was opened to write."""
        return self._lock is not None

    @property
    def form(self) -> int:
        """The number of the form that the file has; `len(STEPS)`: the newest."""
        with translated(self.path):
            return version_of(self.connection, self.path)

    def record(self, article: str) -> Record:
        """The record of an article, by its whole id, as it was read last and people corrected it. Raises NotFoundError."""
        with translated(self.path):
            number = reading.article_number(self.connection, article)
            if number is None:
                raise NotFoundError(article, "no such article in the store")
            return reading.read_record(self.connection, number)

    def records(self) -> Iterator[Record]:
        """Every article's record, by id."""
        for article in self.articles():
            yield self.record(article)

    def articles(self) -> Iterator[str]:
        """Every article's id, in order."""
        with translated(self.path):
            yield from reading.article_ids(self.connection)

    def find(self, name: str) -> tuple[str, ...]:
        """Ids of the articles that `name` means: an id or four digits or more of its beginning, a source's own id, an address."""
        with translated(self.path):
            return reading.find_articles(self.connection, name)

    def taken_with(self, article: str) -> tuple[str, ...]:
        """Ids of all that `Writer.forget` takes down with an article, itself first: its copies, and all versions of these."""
        with translated(self.path):
            number = reading.article_number(self.connection, article)
            if number is None:
                raise NotFoundError(article, "no such article in the store")
            query = "SELECT id FROM articles WHERE n = ?"
            ids = [self.connection.execute(query, (n,)).fetchone()[0] for n in with_copies(self.connection, number)]
        return (article, *(id_ for id_ in ids if id_ != article))

    def failures(self) -> tuple[Failure, ...]:
        """What could not be read or stored and waits to be tried again, in the order in which it failed."""
        with translated(self.path):
            rows = self.connection.execute(
                "SELECT input, origin, stage, reason, happened, columns FROM failures ORDER BY n"
            )
            return tuple(Failure(*row) for row in rows)

    def feed(self, url: str) -> Feed:
        """How a watched feed last answered; of one that was never asked its address alone."""
        with translated(self.path):
            query = "SELECT etag, modified, seen, failed, due FROM feeds WHERE url = ?"
            row = self.connection.execute(query, (url,)).fetchone()
        if row is None:
            return Feed(url)
        etag, modified, seen, failed, due = row
        return Feed(url, etag, modified, json.loads(seen), failed, due)

    def decisions(self) -> tuple[Decided, ...]:
        """What people decided on who is who, in the order in which they did, those undone too."""
        with translated(self.path):
            return read_decisions(self.connection)

    def reviews(self) -> tuple[Reviewed, ...]:
        """Every verdict that people gave on clashes, in the order in which they did, those undone too."""
        with translated(self.path):
            return read_reviews(self.connection)

    def corrections(self) -> tuple[Corrected, ...]:
        """Every word that people gave on statements, in the order in which they did, those undone too."""
        with translated(self.path):
            return read_corrections(self.connection)

    def reading(self, article: str) -> Record:
        """The record of an article, by its whole id, as it was read last, whatever people corrected. Raises NotFoundError."""
        with translated(self.path):
            number = reading.article_number(self.connection, article)
            if number is None:
                raise NotFoundError(article, "no such article in the store")
            return read_reading(self.connection, number)

    def anchors(self, identity: str) -> tuple[EntityAnchor, ...]:
        """Every entity of an identity as a decision names it, the earliest article first; () where there is no such identity."""
        with translated(self.path):
            return anchors_of(self.connection, identity)

    def without_vectors(self) -> Iterator[tuple[str, str]]:
        """Id and content of each statement of the newest readings that has words in its content, and no vector.

        A content without a letter or digit has no meaning to be near to: it may go without.
        """
        query = """SELECT s.n, s.id, s.content FROM statements s LEFT JOIN vectors v ON v.statement = s.n
            WHERE s.n > ? AND v.statement IS NULL AND s.content IS NOT NULL AND s.superseded_by IS NULL ORDER BY s.n LIMIT 500"""
        last = 0
        with translated(self.path):
            while rows := self.connection.execute(query, (last,)).fetchall():
                yield from ((id_, content) for _, id_, content in rows if any(map(str.isalnum, content)))
                last = rows[-1][0]

    def close(self) -> None:
        """Let go of the file and, where it was open to write, let others write."""
        self.connection.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _readable(path: Path, *, older: bool) -> sqlite3.Connection:
    """A reader's connection to a store in the newest form, or with `older` in any that is known."""
    connection = connect_reader(path)
    try:
        with translated(path):
            version = version_of(connection, path)
        if version == 0:
            raise StoreError(path, "an empty file: nothing was added to it yet")
        if version < len(STEPS) and not older:
            raise StoreError(path, f"has an older form ({version} of {len(STEPS)}): {UPGRADE.format(path)}")
    except BaseException:
        connection.close()
        raise
    return connection
