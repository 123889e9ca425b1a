"""How much there is by speaker, outlet, day, month, year, act and form: counts of the whole record, kept for whoever asks.

To count a million statements takes seconds, so the writer counts them when it is closed. Whatever changes the record before takes
the counts away in the same transaction: they are right or not there, and then `onrecord.query` counts for itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

CHUNK = 50_000
"""Rows that are read at once."""

_TALLIED = "tallied"
_STATEMENTS = """SELECT s.n, s.article, coalesce(p.origin, s.n), coalesce(c.origin, s.article), s.standing = 'current',
    a.outlet, s.day, substr(s.day, 1, 7), substr(s.day, 1, 4), s.act, s.form, s.speaker
    FROM statements s CROSS JOIN articles a ON a.n = s.article
    LEFT JOIN appearances p ON p.statement = s.n LEFT JOIN copies c ON c.article = s.article
    WHERE s.standing != 'superseded' ORDER BY s.n"""
_SPEAKERS = """SELECT q.statement, l.identity FROM statement_speakers q LEFT JOIN links l ON l.entity = q.entity
    CROSS JOIN statements s ON s.n = q.statement WHERE s.standing != 'superseded' ORDER BY q.statement"""
_INSERT = 'INSERT INTO tallies ("by", withdrawn, key, identity, statements, utterances, articles, sources) VALUES'
_KEYS = ("outlet", "day", "month", "year", "act", "form")


@dataclass(slots=True)
class _Column:
    """Texts as numbers. Shape of `codes`: (rows,)."""

    codes: Numbers
    texts: list[str | None]


@dataclass(slots=True)
class _Statements:
    """All that are not superseded. Shape of each: (statements,), and of `members` (3, statements): utterance, article, source."""

    numbers: Numbers
    members: Numbers
    current: NDArray[np.bool_]
    keys: dict[str, _Column]


def is_tallied(connection: sqlite3.Connection) -> bool:
    """Whether the counts are there, and so are right."""
    return connection.execute("SELECT 1 FROM meta WHERE key = ?", (_TALLIED,)).fetchone() is not None


def drop_tallies(connection: sqlite3.Connection) -> None:
    """Take the counts away, since what they count is about to change."""
    if is_tallied(connection):
        connection.execute("DELETE FROM tallies")
        connection.execute("DELETE FROM meta WHERE key = ?", (_TALLIED,))


def write_tallies(connection: sqlite3.Connection) -> None:
    """Count, where the counts are not there."""
    if is_tallied(connection):
        return
    statements = _read(connection)
    for by, rows, codes, named in _groups(connection, statements):
        for withdrawn in (0, 1):
            kept = slice(None) if withdrawn else statements.current[rows]
            counts = _counts(codes[kept], statements.members[:, rows[kept]])
            values = [(by, withdrawn, *named[code], *numbers) for code, *numbers in counts]
            connection.executemany(f"{_INSERT} (?, ?, ?, ?, ?, ?, ?, ?)", values)
    connection.execute("INSERT INTO meta VALUES (?, ?)", (_TALLIED, str(len(statements.numbers))))


def _read(connection: sqlite3.Connection) -> _Statements:
    import numpy as np

    numbers: list[Numbers] = []
    codes: list[Numbers] = []
    texts: list[dict[str | None, int]] = [{} for _ in (*_KEYS, "speaker")]
    cursor = connection.execute(_STATEMENTS)
    cursor.row_factory = None
    while chunk := cursor.fetchmany(CHUNK):
        columns = list(zip(*chunk, strict=True))
        numbers.append(np.array(columns[:5], np.int64))
        told = [[known.setdefault(t, len(known)) for t in c] for known, c in zip(texts, columns[5:], strict=True)]
        codes.append(np.array(told, np.int64))
    counted = np.concatenate(numbers, axis=1) if numbers else np.zeros((5, 0), np.int64)
    coded = np.concatenate(codes, axis=1) if codes else np.zeros((len(texts), 0), np.int64)
    keys = {by: _Column(coded[k], list(texts[k])) for k, by in enumerate((*_KEYS, "speaker"))}
    return _Statements(counted[0], counted[[2, 1, 3]], counted[4].astype(bool), keys)


_Named = Sequence[tuple[str | None, str | None]]
"""Key and identity by code."""


def _groups(connection: sqlite3.Connection, said: _Statements) -> Iterator[tuple[str, Numbers, Numbers, _Named]]:
    """By what is counted: rows of statements, the code of what each counts for, and what the codes mean."""
    import numpy as np

    everyone = np.arange(len(said.numbers))
    for by in _KEYS:
        column = said.keys[by]
        yield by, everyone, column.codes, [(text, None) for text in column.texts]
    printed = said.keys["speaker"]
    found: list[tuple[Any, ...]] = connection.execute(_SPEAKERS).fetchall()
    rows = np.searchsorted(said.numbers, np.array([n for n, _ in found], np.int64))
    names: list[tuple[str | None, str | None]] = [(text, None) for text in printed.texts]
    identities: dict[int, int] = {}
    for n, id_, name in connection.execute("SELECT n, id, name FROM identities"):
        identities[n] = len(names)
        names.append((name, id_))
    # Whoever is no identity counts by the name as printed.
    linked = [printed.codes[row] if of is None else identities[of] for row, (_, of) in zip(rows, found, strict=True)]
    alone = np.setdiff1d(everyone, rows)
    rows, codes = np.concatenate([alone, rows]), np.concatenate([printed.codes[alone], np.array(linked, np.int64)])
    known = np.array([name is not None for name, _ in names], bool)[codes]
    yield "speaker", rows[known], codes[known], names


def _counts(codes: Numbers, members: Numbers) -> Iterable[list[int]]:
    """Of each code how often it is there, and with how many different members of each kind. Shapes: (rows,), (3, rows)."""
    import numpy as np

    if not len(codes):
        return []
    found, times = np.unique(codes, return_counts=True)
    told = [found, times]
    for member in members:
        size = int(member.max()) + 1
        distinct = np.unique(codes * size + member) // size
        told.append(np.unique(distinct, return_counts=True)[1])
    return [list(map(int, row)) for row in np.array(told).T]
