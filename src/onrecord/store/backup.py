"""Copies of a store that are whole, whoever writes meanwhile."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from secrets import token_hex

from onrecord.records import StoreError
from onrecord.store.connecting import translated
from onrecord.store.store import Store


def backup(store: Store, to: str | Path) -> None:
    """Copy a store to the new file `to`, and prove that the copy is whole: SQLite's checks of structure and references.

    The copy appears under its name when it is proved, not before. Raises StoreError where `to` is there already, cannot be
    written, or the copy does not hold.
    """
    to = Path(to)
    if to.exists():
        raise StoreError(to, "is there already: a backup goes into a new file")
    if not to.parent.is_dir():
        raise StoreError(to, f"there is no folder {to.parent}")
    part = to.with_name(f"{to.name}.{token_hex(4)}.part")
    try:
        with translated(to):
            copy_to(store.connection, part)
        _prove(part, to)
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        os.replace(part, to)
    finally:
        part.unlink(missing_ok=True)


def copy_to(connection: sqlite3.Connection, path: Path) -> None:
    """Copy what a connection sees into the new file at `path`, in one piece with no log beside it.

    In one step, which keeps no writer waiting (the log takes what it writes): SQLite begins a copy in steps anew whenever
    another connection commits between two of them.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        connection.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode = DELETE")


def _prove(part: Path, to: Path) -> None:
    with translated(to), closing(sqlite3.connect(part, isolation_level=None)) as copy:
        problems = [line for (line,) in copy.execute("PRAGMA integrity_check(1)") if line != "ok"]
        problems += [f"a reference of {row[0]} leads nowhere" for row in copy.execute("PRAGMA foreign_key_check")][:1]
    if problems:
        raise StoreError(to, f"the copy is damaged, as the store must be: {problems[0]}")
