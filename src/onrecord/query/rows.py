"""How every question reads the store: plain SELECTs on a connection that only reads. What SQLite cannot read is a StoreError."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from onrecord.records import Span
from onrecord.store.connecting import translated


class Readable(Protocol):
    """A store that is open for reading (`onrecord.store.Store` is one)."""

    @property
    def connection(self) -> sqlite3.Connection: ...

    @property
    def path(self) -> Path: ...


def rows(store: Readable, sql: str, *values: object) -> list[sqlite3.Row]:
    """All rows of a SELECT, each by column name. The store's own connection keeps whatever rows it gives."""
    cursor = store.connection.cursor()
    cursor.row_factory = sqlite3.Row
    with translated(store.path):
        found: list[sqlite3.Row] = cursor.execute(sql, values).fetchall()
    return found


def tuples(store: Readable, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """All rows of a SELECT as tuples: for many small rows, which by name would take twice as long."""
    cursor = store.connection.cursor()
    cursor.row_factory = None
    with translated(store.path):
        found: list[tuple[Any, ...]] = cursor.execute(sql, values).fetchall()
    return found


def each(store: Readable, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
    """The same, one after the other: for rows that are large."""
    cursor = store.connection.cursor()
    cursor.row_factory = None
    with translated(store.path):
        yield from cursor.execute(sql, values)


def number(store: Readable, sql: str, *values: object) -> int:
    """The one whole number that a SELECT gives."""
    return int(tuples(store, sql, *values)[0][0])


def listed(numbers: Iterable[int]) -> str:
    """Numbers as one value for ``IN (SELECT value FROM json_each(?))``: SQLite takes no lists, and has a cap on values."""
    return json.dumps(list(numbers))


def spans(stored: str | None) -> tuple[Span, ...]:
    """Spans as the store keeps them: a JSON array of [start, end)."""
    return tuple(Span(start, end) for start, end in json.loads(stored)) if stored else ()


def strings(stored: str | None) -> tuple[str, ...]:
    """A JSON array of strings."""
    return tuple(json.loads(stored)) if stored else ()
