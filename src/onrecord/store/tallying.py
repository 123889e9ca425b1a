"""How much there is by speaker, outlet, day, month, year, act and form: counts of the whole record, kept for whoever asks.

To count a million statements takes seconds, so the writer counts them when it is closed. Whatever changes the record before takes
the counts away in the same transaction: they are right or not there, and then `onrecord.query` counts for itself.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

CHUNK = 50_000
"""Rows that are read at once."""

_TALLIED = "tallied"
# One table at a time: to join them row by row would take twice as long.
_STATEMENTS = """SELECT n, article, standing = 'current', day, act, form, speaker FROM statements
    WHERE standing != 'superseded' ORDER BY n"""
_SPEAKERS = """SELECT q.statement, l.identity FROM statement_speakers q LEFT JOIN links l ON l.entity = q.entity
    CROSS JOIN statements s ON s.n = q.statement WHERE s.standing != 'superseded' ORDER BY q.statement"""
_INSERT = 'INSERT INTO tallies ("by", withdrawn, key, identity, statements, utterances, articles, sources) VALUES'


@dataclass(slots=True)
class _Column:
    """Texts as numbers. Shape of `codes`: (rows,)."""

    codes: Numbers
    texts: list[str | None]

    def made(self, change: Callable[[str], str]) -> _Column:
        """The column of what is made of each text."""
        told = _Coding()
        codes = [told[None if text is None else change(text)] for text in self.texts]
        return _Column(_numbers(codes)[self.codes], list(told))


class _Coding(defaultdict[str | None, int]):
    """A number for each text, as they come."""

    def __init__(self) -> None:
        super().__init__(count().__next__)


@dataclass(slots=True)
class _Statements:
    """All that are not superseded. Shape of each: (statements,), and of `members` (3, statements): utterance, article, source."""

    numbers: Numbers
    members: Numbers
    current: NDArray[np.bool_]
    keys: dict[str, _Column]
    speaker: _Column


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

    numbers, codes = [np.zeros((3, 0), np.int64)], [np.zeros((4, 0), np.int64)]
    codings = [_Coding() for _ in range(4)]
    cursor = connection.execute(_STATEMENTS)
    cursor.row_factory = None
    while chunk := cursor.fetchmany(CHUNK):
        columns = list(zip(*chunk, strict=True))
        numbers.append(_numbers(columns[:3]))
        told = [list(map(c.__getitem__, column)) for c, column in zip(codings, columns[3:], strict=True)]
        codes.append(_numbers(told))
    n, article, current = np.concatenate(numbers, axis=1)
    coded = np.concatenate(codes, axis=1)
    day, act, form, speaker = (_Column(coded[k], list(coding)) for k, coding in enumerate(codings))
    members = np.stack([_replaced(connection, "appearances", "statement", n), article, article])
    members[2] = _replaced(connection, "copies", "article", article)
    keys = {
        "outlet": _outlets(connection, article),
        "day": day,
        "month": day.made(lambda text: text[:7]),
        "year": day.made(lambda text: text[:4]),
        "act": act,
        "form": form,
    }
    return _Statements(n, members, current.astype(bool), keys, speaker)


def _replaced(connection: sqlite3.Connection, table: str, column: str, numbers: Numbers) -> Numbers:
    """The origin of each of the rows, itself where it has none."""
    import numpy as np

    origins = np.arange(int(numbers.max(initial=0)) + 1)
    found = _numbers(connection.execute(f"SELECT {column}, origin FROM {table}").fetchall()).reshape(-1, 2)
    found = found[found[:, 0] < len(origins)]
    origins[found[:, 0]] = found[:, 1]
    replaced: Numbers = origins[numbers]
    return replaced


def _outlets(connection: sqlite3.Connection, articles: Numbers) -> _Column:
    import numpy as np

    coding = _Coding()
    found = [(n, coding[outlet]) for n, outlet in connection.execute("SELECT n, outlet FROM articles")]
    codes = np.zeros(max((n for n, _ in found), default=0) + 1, np.int64)
    rows = _numbers(found).reshape(-1, 2)
    codes[rows[:, 0]] = rows[:, 1]
    return _Column(codes[articles], list(coding))


def _numbers(told: object) -> Numbers:
    import numpy as np

    return np.array(told, np.int64)


_Named = Sequence[tuple[str | None, str | None]]
"""Key and identity by code."""


def _groups(connection: sqlite3.Connection, said: _Statements) -> Iterator[tuple[str, Numbers, Numbers, _Named]]:
    """By what is counted: rows of statements, the code of what each counts for, and what the codes mean."""
    import numpy as np

    everyone = np.arange(len(said.numbers))
    for by, column in said.keys.items():
        yield by, everyone, column.codes, [(text, None) for text in column.texts]
    printed = said.speaker
    found: list[tuple[Any, ...]] = connection.execute(_SPEAKERS).fetchall()
    rows = np.searchsorted(said.numbers, _numbers([n for n, _ in found]))
    names: list[tuple[str | None, str | None]] = [(text, None) for text in printed.texts]
    identities: dict[int, int] = {}
    for n, id_, name in connection.execute("SELECT n, id, name FROM identities"):
        identities[n] = len(names)
        names.append((name, id_))
    # Whoever is no identity counts by the name as printed.
    linked = [printed.codes[row] if of is None else identities[of] for row, (_, of) in zip(rows, found, strict=True)]
    alone = np.setdiff1d(everyone, rows)
    rows, codes = np.concatenate([alone, rows]), np.concatenate([printed.codes[alone], _numbers(linked)])
    known = np.array([name is not None for name, _ in names], bool)[codes]
    yield "speaker", rows[known], codes[known], names


def _counts(codes: Numbers, members: Numbers) -> Iterable[list[int]]:
    """Of each code how often it is there, and with how many different members of each kind. Shapes: (rows,), (3, rows)."""
    import numpy as np

    told = [np.bincount(codes)]
    for member in members:
        size = int(member.max(initial=0)) + 1
        # Sorted and told apart by hand: `unique` hashes, which takes several times as long.
        pairs = np.sort(codes * size + member)
        first = np.concatenate([[True], pairs[1:] != pairs[:-1]]) if len(pairs) else np.zeros(0, bool)
        told.append(np.bincount(pairs[first] // size, minlength=len(told[0])))
    return [[code, *map(int, row)] for code, row in enumerate(np.array(told).T) if row[0]]
