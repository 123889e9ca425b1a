"""How a store's file is opened, to read and to write, and what SQLite's errors mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.records import BusyError, ForeignFileError, NoStoreError, StoreError
from onrecord.store.migrations import version_of

BUSY_MS = 10_000
"""How long to wait for a lock that is held for a batch only: some ten times as long as a large batch takes."""

MAPPED_BYTES = 1 << 30
"""Of the file that a reader maps into memory: what is read shares the system's cache instead of being copied from it."""

WRITERS_MAPPED_BYTES = 256 << 20
"""The same of a writer, which goes through all of a file in time: what it has mapped counts as its own memory. At a million
statements adding takes no longer than with four times as much."""

CACHE_KIB = 64 * 1024
"""Of a reader's own cache."""

WRITERS_CACHE_KIB = 160 * 1024
"""The same of a writer: the 35,000 pages that a batch of 400 articles changes in a store of a million statements fit. Where they
do not, some are written to the log before their time, and read there again: half as many calls of the system more."""

CHECKPOINT_PAGES = 48_000
"""The log is copied into the file from 190 MB on, every other batch at a million statements: what both change is copied once."""

LOG_BYTES = 256 << 20
"""The log is cut back to this when it has been copied: it is as long at the next batch."""


def connect_writer(path: Path) -> sqlite3.Connection:
    """A connection that writes, the file made where there is none."""
    with translated(path):
        connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MS / 1000, check_same_thread=False)
        try:
            version_of(connection, path)  # before anything is changed: it may be somebody else's
            connection.execute("PRAGMA journal_mode = WAL")
            # FULL: a batch is reported done only when it would outlast a power cut; one sync a batch costs little.
            connection.execute("PRAGMA synchronous = FULL")
            # What is deleted in passing is not wiped page by page; `forget` writes the whole file anew.
            connection.execute("PRAGMA secure_delete = FAST")
            connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
            connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
            _set_up(connection, WRITERS_MAPPED_BYTES, WRITERS_CACHE_KIB)
        except BaseException:
            connection.close()
            raise
    return connection


def connect_reader(path: Path) -> sqlite3.Connection:
    """A connection that cannot write. A file in a folder that cannot be written to is read as it lies there."""
    if path.is_dir():
        raise NoStoreError(str(path), "a folder, and no store's file")
    if not path.is_file():
        raise NoStoreError(
            str(path), "no such store: `onrecord add` makes one, `onrecord demo --db` one of sample articles"
        )
    with translated(path):
        connection = _readable(path)
        try:
            connection.execute("PRAGMA query_only = ON")
            _set_up(connection, MAPPED_BYTES, CACHE_KIB)
        except BaseException:
            connection.close()
            raise
    return connection


def _readable(path: Path) -> sqlite3.Connection:
    """SQLite reads a file with a log only where it can share an index of it, which it keeps in a file of its own beside it.

    Where it cannot make that file, and no log is left over, nobody writes to the store: it is read as unchanging.
    """
    address = path.resolve().as_uri()
    connection = _tried(address + "?mode=ro")
    if connection is None:
        real = path.resolve()
        log = real.with_name(real.name + "-wal")
        if log.exists() and log.stat().st_size:
            hint = (
                "copy it, with its -wal file, to a folder that can be written to, or open it there once with write=True"
            )
            raise StoreError(
                path, f"its folder cannot be written to and its last changes are still in {log.name}: {hint}"
            )
        connection = _tried(address + "?mode=ro&immutable=1")
    if connection is None:
        raise StoreError(path, "cannot be opened (is it readable?)")
    return connection


def _tried(address: str) -> sqlite3.Connection | None:
    try:
        connection = sqlite3.connect(
            address, uri=True, isolation_level=None, timeout=BUSY_MS / 1000, check_same_thread=False
        )
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_CANTOPEN"):
            return None
        raise
    try:
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        if error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
            return None
        raise
    return connection


def _set_up(connection: sqlite3.Connection, mapped: int, cache: int) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA mmap_size = {mapped}")
    connection.execute(f"PRAGMA cache_size = {-cache}")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Tell SQLite's errors as a StoreError that says what is wrong with the file at `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _told(path, error) from error


def _told(path: Path, error: sqlite3.Error) -> StoreError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        from onrecord.store.locking import in_the_way

        return BusyError(path, f"is locked by {in_the_way(path)}")
    if name == "SQLITE_NOTADB":
        return ForeignFileError(path, "not an SQLite file, so not a store")
    reasons = {
        "SQLITE_FULL": "the disk is full: nothing of the last batch was written, all that was reported done before is there",
        "SQLITE_READONLY": "cannot be written: the file or its folder is read-only",
        "SQLITE_CANTOPEN": "cannot be opened: its folder is missing, or may not be read or written",
        "SQLITE_CORRUPT": "is damaged: `onrecord doctor` tells what is left; restore a backup",
        "SQLITE_IOERR": "the disk could not be read or written",
    }
    reason = next((text for key, text in reasons.items() if name.startswith(key)), None)
    return StoreError(path, f"{reason} ({error})" if reason else str(error))
