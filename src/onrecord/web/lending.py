"""The one place where the web opens a store: connections that only read, lent to one request at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from fastapi import HTTPException

from onrecord.query import Library
from onrecord.records import StoreError
from onrecord.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from onrecord.analysis.sentences import Embedder

KEPT = 8
"""Connections that are kept open for the next requests: a few more than cores, since pages wait for nothing but the store."""
CACHE_KIB = 8 * 1024
"""Of each connection: the file is mapped into memory, so that little is left to keep, and fifty may be open at once."""
LONGEST_S = 10.0
"""After so long a question is broken off: a page takes a hundredth of it, and a request must not hold a core for good."""
File = tuple[int, int] | None
"""Which file lies at a path: device and inode; None where there is none."""
_STEPS = 200_000
"""Of SQLite's virtual machine between two looks at the clock, some milliseconds."""


class LibraryPool:
    """Lends a store's Library. Whoever borrows has it alone; all share one model of meaning, loaded when it is first asked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._embedder = _Shared()
        self._idle = list[Library]()
        self._file: File = None
        self._lock = Lock()

    @contextmanager
    def lent(self) -> Iterator[Library]:
        """A Library for one request. Raises OnrecordErrors as `Library.open` does, and HTTPException (503) after LONGEST_S."""
        library, file = self._take()
        clock = _Clock(time.monotonic() + LONGEST_S)
        library.connection.set_progress_handler(clock.late, _STEPS)
        try:
            yield library
        except StoreError as error:
            if clock.rang:
                raise HTTPException(503, "The question took too long and was broken off. Narrow it.") from error
            raise
        finally:
            library.connection.set_progress_handler(None, 0)
            self._give_back(library, file)

    def close(self) -> None:
        """Close what is kept."""
        with self._lock:
            idle, self._idle = self._idle, []
        for library in idle:
            library.close()

    def _take(self) -> tuple[Library, File]:
        """A Library, and the file that it is of."""
        file, gone = file_at(self.path), list[Library]()
        with self._lock:
            if file != self._file:  # another file lies there now
                gone, self._idle, self._file = self._idle, [], file
            kept = self._idle.pop() if self._idle else None
        for library in gone:
            library.close()
        if kept is not None:
            return kept, file
        with ExitStack() as closing:
            library = closing.enter_context(Library(Store.open(self.path), embedder=self._embedder))
            library.connection.execute(f"PRAGMA cache_size = {-CACHE_KIB}")
            closing.pop_all()
        return library, file

    def _give_back(self, library: Library, file: File) -> None:
        with self._lock:
            if file == self._file and len(self._idle) < KEPT:
                self._idle.append(library)
                return
        library.close()


def file_at(path: Path) -> File:
    """Which file lies at a path now."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class _Clock:
    """Rings when it is late."""

    def __init__(self, end: float) -> None:
        self._end = end
        self.rang = False

    def late(self) -> int:
        self.rang = time.monotonic() > self._end
        return int(self.rang)


class _Shared:
    """The sentence encoder, loaded once for all and only when it is used."""

    def __init__(self) -> None:
        self._loaded: Embedder | None = None
        self._lock = Lock()

    @property
    def hash(self) -> str:
        return self._there().hash

    def embed(self, texts: Sequence[str]) -> NDArray[np.int8]:
        return self._there().embed(texts)

    def _there(self) -> Embedder:
        from onrecord.analysis.sentences import Embedder

        with self._lock:
            self._loaded = self._loaded or Embedder.load()
            return self._loaded
