"""The index of words. It keeps no text of its own: it refers to the rows of articles and statements."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from onrecord.store.rows import dump

_COLUMNS = {"articles": ("title", "text", "outlet"), "statements": ("content", "speaker", "target", "source")}


def add_articles(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Index articles by their rows."""
    _add(connection, "articles", numbers)


def add_statements(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Index statements by their rows."""
    _add(connection, "statements", numbers)


def remove_articles(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Take articles out of the index, while their rows still have the words that they were indexed by."""
    _remove(connection, "articles", numbers)


def remove_statements(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Take statements out of the index, while their rows still have the words that they were indexed by."""
    _remove(connection, "statements", numbers)


def _add(connection: sqlite3.Connection, table: str, numbers: Iterable[int]) -> None:
    names = ", ".join(_COLUMNS[table])
    connection.execute(
        f"INSERT INTO {table}_fts (rowid, {names}) SELECT n, {names} {_ROWS.format(table)}", _told(numbers)
    )


def _remove(connection: sqlite3.Connection, table: str, numbers: Iterable[int]) -> None:
    names = ", ".join(_COLUMNS[table])
    # How FTS5 is told of a deletion where the words lie in another table (SQLite, "FTS5 Extension", 6.3).
    command = f"INSERT INTO {table}_fts ({table}_fts, rowid, {names}) SELECT 'delete', n, {names} {_ROWS.format(table)}"
    connection.execute(command, _told(numbers))


def _told(numbers: Iterable[int]) -> tuple[str]:
    return (dump(sorted(numbers)),)


# All at once: before each command FTS5 writes what it holds of words to the file, which for a row each takes ten times as long.
_ROWS = "FROM json_each(?) j CROSS JOIN {} ON n = j.value"
