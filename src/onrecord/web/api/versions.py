"""What the store's answers are told apart by: a tag that changes with whatever is written, and costs one look at the file."""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path
from threading import Lock

from onrecord.store.connecting import connect_reader, translated
from onrecord.store.tallying import is_tallied
from onrecord.web.lending import File, file_at


class Version:
    """The state of the store at `path`, as SQLite tells it to a connection that does nothing else.

    ``PRAGMA data_version`` differs between two looks of one connection if somebody else wrote in between
    (sqlite.org/pragma.html). Of two servers, or of one before and after a start, nothing is said: each has a name of its own.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._file: File = None
        self._name = ""

    def now(self) -> str:
        """A token of the store as it stands. What is read after this call is as new as that or newer. Raises StoreError."""
        with self._lock:
            file = file_at(self._path)
            if self._connection is None or file != self._file:  # another file lies there now
                self._close()
                self._connection = connect_reader(self._path)
                self._file, self._name = file, secrets.token_hex(4)
            with translated(self._path):
                ((number,),) = self._connection.execute("PRAGMA data_version").fetchall()
            return f"{self._name}-{number:x}"

    def growing(self) -> bool:
        """Whether somebody is adding to the store as it stood when it was last looked at: a writer who is done has counted it."""
        with self._lock:
            if self._connection is None:
                return False
            with translated(self._path):
                return not is_tallied(self._connection)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
