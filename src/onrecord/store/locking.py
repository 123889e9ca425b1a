"""One writer at a time, and a word of who it is.

The lock is SQLite's own, on a small file beside the store that the writer holds for as long as it is open: the system lets
go of it when a writer dies, however it dies, and it works wherever SQLite does. The store's own lock is held only while a
batch is written, so that readers and short repairs never wait for a whole run.
"""

from __future__ import annotations

import os
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

from onrecord.records import BusyError, StoreError, now_utc

SUFFIX = "-writer"
GLANCE_S = 0.1
"""How long a writer waits for the lock: whoever asks whether it is held has it for a moment."""


def lock_path(path: Path) -> Path:
    """The file that stands for the right to write to a store, whatever links lead there. It may go while nobody writes."""
    real = Path(os.path.realpath(path))
    return real.with_name(real.name + SUFFIX)


class WriterLock:
    """The right to write to one store, taken when made. Raises BusyError, saying who holds it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._connection = sqlite3.connect(
                lock_path(path), isolation_level=None, timeout=GLANCE_S, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise StoreError(path, f"cannot be written: no file can be made beside it ({error})") from error
        try:
            self._take()
        except BaseException:
            self._connection.close()
            raise

    def _take(self) -> None:
        execute = self._connection.execute
        try:
            execute("BEGIN IMMEDIATE")
            execute("CREATE TABLE IF NOT EXISTS holder (one INTEGER PRIMARY KEY, pid INTEGER, host TEXT, since TEXT)")
            since = now_utc()
            execute("INSERT OR REPLACE INTO holder VALUES (1, ?, ?, ?)", (os.getpid(), socket.gethostname(), since))
            execute("COMMIT")  # for others to read; should one of them come in here, it is the holder
            execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise BusyError(self._path, f"is being written by {holder(self._path)}") from None
            raise StoreError(self._path, f"cannot be written: {error} ({lock_path(self._path).name})") from error

    def release(self) -> None:
        """Let others write."""
        self._connection.close()


def holder(path: Path) -> str:
    """Who writes to a store, or was the last to do so, in words."""
    try:
        with closing(sqlite3.connect(_address(path, "ro"), uri=True)) as connection:
            pid, host, since = connection.execute("SELECT pid, host, since FROM holder").fetchone()
    except (sqlite3.Error, TypeError):  # it has not said so yet
        return "another process"
    return f"process {pid} on {host}, since {since}"


def in_the_way(path: Path) -> str:
    """Who keeps a store locked, in words: its writer, if another process writes now, else a program that is none."""
    try:
        with closing(sqlite3.connect(_address(path, "rw"), uri=True, isolation_level=None, timeout=0)) as connection:
            connection.execute(
                "BEGIN IMMEDIATE"
            )  # succeeds where nobody writes; what an earlier writer said of itself is stale
    except sqlite3.OperationalError as error:
        told = holder(path)
        if error.sqlite_errorname.startswith("SQLITE_BUSY") and not told.startswith(f"process {os.getpid()} on "):
            return told
    return "another program"


def _address(path: Path, mode: str) -> str:
    return f"{lock_path(path).as_uri()}?mode={mode}"
