"""The forms that a store has had, and the way from each to the next.

A store says in its header whose it is (`application_id`) and which form it has (`user_version`). Each step is a numbered
function that runs in a transaction of its own, together with the new number: a file is in one form or in the next.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from onrecord.records import ForeignFileError
from onrecord.store.folding import fold

APPLICATION_ID = 0x6F6E7265
"""ASCII "onre": `file` and SQLite's own tools tell by it that a database is one of onrecord's."""

SKETCHED = 10_000
"""Wordings that are sketched at once."""

MOVED = 500_000
"""Keys that are put into blobs at once."""

Step = Callable[[sqlite3.Connection], None]


def m001_first(connection: sqlite3.Connection) -> None:
    """The first form."""
    run_script(connection, files("onrecord.store").joinpath("m001.sql").read_text(encoding="utf-8"))


def m002_clashes(connection: sqlite3.Connection) -> None:
    """Clashes with the words that collide and a human's verdict, an index of what statements are about, and alerts.

    Nothing filled the clashes of the first form. Statements that are stored already are compared when a writer is closed.
    """
    run_script(connection, files("onrecord.store").joinpath("m002.sql").read_text(encoding="utf-8"))


def m003_bounded(connection: sqlite3.Connection) -> None:
    """What bounds questions, tries failures again as they were, tells joint speakers whole, and folds names further."""
    run_script(connection, files("onrecord.store").joinpath("m003.sql").read_text(encoding="utf-8"))
    names = connection.execute("SELECT folded, identity FROM identity_names").fetchall()
    changed = [(new, identity, name) for name, identity in names if (new := fold(name)) != name]
    connection.executemany("INSERT OR IGNORE INTO identity_names VALUES (?, ?)", [(new, n) for new, n, _ in changed])
    connection.executemany(
        "DELETE FROM identity_names WHERE folded = ? AND identity = ?", [(name, n) for _, n, name in changed]
    )


def m004_parts(connection: sqlite3.Connection) -> None:
    """Tells which entities of a block wait to be linked, so that only their parts of it are. Of blocks that waited, all do."""
    waiting = connection.execute("SELECT block FROM unsettled").fetchall()
    run_script(connection, files("onrecord.store").joinpath("m004.sql").read_text(encoding="utf-8"))
    connection.executemany("INSERT INTO unsettled SELECT block, n FROM entities WHERE block = ?", waiting)


def m005_corrected(connection: sqlite3.Connection) -> None:
    """Keeps a human's word on statements, with what the reading had in its place, and by whom a word is."""
    run_script(connection, files("onrecord.store").joinpath("m005.sql").read_text(encoding="utf-8"))


def m006_columns(connection: sqlite3.Connection) -> None:
    """Keeps what is counted and ordered by as columns of numbers. Those of what is stored are made at once."""
    run_script(connection, files("onrecord.store").joinpath("m006.sql").read_text(encoding="utf-8"))
    if connection.execute("SELECT 1 FROM statements LIMIT 1").fetchone():
        from onrecord.store.columns import rebuild

        rebuild(connection)


def m007_sketches(connection: sqlite3.Connection) -> None:
    """Keeps sketches of wordings: of those that are stored by a direct statement of each; the few others have none."""
    run_script(connection, files("onrecord.store").joinpath("m007.sql").read_text(encoding="utf-8"))
    stored = connection.execute("""SELECT w.wording, s.content FROM statements s
        JOIN (SELECT wording, min(statement) AS statement FROM statement_wordings GROUP BY wording) w ON w.statement = s.n
        WHERE s.form = 'direct' AND s.content IS NOT NULL""")
    while some := stored.fetchmany(SKETCHED):
        from onrecord.link import sketches_of, words_in_marks

        words = [words_in_marks(content) for _, content in some]
        rows = zip((n for n, _ in some), map(len, words), map(bytes, sketches_of(words)), strict=True)
        connection.executemany("INSERT INTO wording_sketches VALUES (?, ?, ?)", rows)


def m008_keys(connection: sqlite3.Connection) -> None:
    """Keeps the keys by which copies and quotations find each other in blobs instead of a row each."""
    import numpy as np

    from onrecord.store.keying import Keys

    tables = ("article", "wording")
    for thing in tables:
        connection.execute(f"ALTER TABLE {thing}_keys RENAME TO {thing}_rows")
    run_script(connection, files("onrecord.store").joinpath("m008.sql").read_text(encoding="utf-8"))
    for thing in tables:
        keys = Keys(connection, thing)
        # Keys that had come lately stood behind all others, marked by a bit.
        stored = connection.execute(f"SELECT key & {(1 << 48) - 1}, {thing} FROM {thing}_rows ORDER BY key, 2")
        while some := stored.fetchmany(MOVED):
            rows = np.array(some, np.int64)
            keys.add(*rows[np.argsort(rows[:, 0], kind="stable")].T)
        connection.execute(f"DROP TABLE {thing}_rows")


def m009_alike(connection: sqlite3.Connection) -> None:
    """Views have the columns of the tables of CSV and Parquet, and counts by day and month ask by an index what is no day."""
    run_script(connection, files("onrecord.store").joinpath("m009.sql").read_text(encoding="utf-8"))


def m010_hour(connection: sqlite3.Connection) -> None:
    """Keeps the hour of publication, of which articles stored before have none."""
    run_script(connection, files("onrecord.store").joinpath("m010.sql").read_text(encoding="utf-8"))


STEPS: tuple[Step, ...] = (
    m001_first,
    m002_clashes,
    m003_bounded,
    m004_parts,
    m005_corrected,
    m006_columns,
    m007_sketches,
    m008_keys,
    m009_alike,
    m010_hour,
)


def version_of(connection: sqlite3.Connection, path: Path, *, steps: Sequence[Step] = STEPS) -> int:
    """The form that an opened file has; 0: an empty one. Raises ForeignFileError for what is no store, or a newer one's."""
    application, version = pragma(connection, "application_id"), pragma(connection, "user_version")
    if application != APPLICATION_ID:
        if application or version or connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
            raise ForeignFileError(path, "an SQLite file, but none of onrecord's: it is left as it is")
        return 0
    if version > len(steps):
        newer = (
            f"written by a newer onrecord (form {version}; this one knows {len(steps)}): upgrade onrecord to open it"
        )
        raise ForeignFileError(path, newer)
    return version


def migrate(connection: sqlite3.Connection, path: Path, *, steps: Sequence[Step] = STEPS) -> int:
    """Bring a file to the newest form, and return the form that it had. A step that fails leaves the form before it."""
    found = version_of(connection, path, steps=steps)
    for number, step in enumerate(steps[found:], found + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Somebody else may have taken the step while this one waited for the lock.
            if version_of(connection, path, steps=steps) < number:
                step(connection)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return found


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run several SQL commands within the transaction at hand, which `executescript` would commit first."""
    for command in _commands(script):
        connection.execute(command)


def _commands(script: str) -> Iterator[str]:
    command = ""
    for line in script.splitlines(keepends=True):
        command += line
        if sqlite3.complete_statement(command):
            yield command
            command = ""


def pragma(connection: sqlite3.Connection, name: str) -> int:
    """The value of a numeric setting."""
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
