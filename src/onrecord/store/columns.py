"""What is counted and ordered by of each statement and entity, as columns of numbers: of a million all that is asked in a blink.

A statement is a row of STATEMENT, at the place of its number; CHUNK of them lie in one blob. Triggers note every row whose
columns are behind (`stale_statements`, `stale_entities`) in the transaction that changes it. Whoever reads takes the blobs and
reads the stale rows anew, so that what is read is always right; a writer brings the blobs up to date (`refresh`), at the cost
of the rows that changed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.store.coding import STANDINGS, day_code

Rows = NDArray[np.void]
Numbers = NDArray[np.int64]

CHUNK = 1 << 14
"""Rows of one blob: 460 kB of statements. Of larger ones more would be written anew when a row changes."""
MOST_STALE = 20_000
"""Rows that wait until they are brought up to date: to read them anew takes some 60 ms."""
AT_ONCE = 50_000
"""Rows that are packed together."""

STATEMENT = np.dtype(
    [
        ("article", "<i4"),  # 0: there is no such statement
        ("day", "<i4"),  # see `day_code`
        ("utterance", "<i4"),  # its origin; 0: printed once
        ("target", "<i4"),  # an entity; NO_ENTITY: a target that is none; 0: no target
        ("speaker", "<i4"),  # the first entity that speaks; 0: none is known
        ("act", "<u2"),
        ("form", "<u2"),
        ("kind", "<u2"),
        ("standing", "<u2"),
    ]
)
ENTITY = np.dtype([("identity", "<i4"), ("article", "<i4")])
MORE = np.dtype([("statement", "<i4"), ("speaker", "<i4")])
NO_ENTITY = -1

_STATEMENTS = """SELECT j.{0}, s.article, s.day, p.origin, s.target_entity, s.target IS NOT NULL, q.entity, s.speaker, s.act,
        s.form, s.speaker_kind, s.standing
    FROM {1} j CROSS JOIN statements s ON s.n = j.{0} LEFT JOIN appearances p ON p.statement = s.n
    LEFT JOIN statement_speakers q ON q.statement = s.n ORDER BY s.n, q.position"""
_STALE_ENTITIES = """SELECT j.n, l.identity, e.article FROM stale_entities j CROSS JOIN links l ON l.entity = j.n
    JOIN entities e ON e.n = j.n"""
_LINKED = "SELECT l.entity, l.identity, e.article FROM links l JOIN entities e ON e.n = l.entity ORDER BY 1"


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements as columns. `numbers`: which they are; `rows`: of STATEMENT, as many; `more`: of MORE, by statement.

    `codes`: what acts, forms and kinds are as numbers; 0 is none.
    """

    numbers: Numbers
    rows: Rows
    more: Rows
    codes: dict[str, int]

    def only(self, mask: NDArray[np.bool_] | Numbers) -> Statements:
        """Those of a mask of the shape (statements,), or at the places of it, in their order."""
        if mask.dtype == np.bool_ and mask.all():
            return self
        # A mask of rows of several columns is slow, by a factor of eight.
        places = np.flatnonzero(mask) if mask.dtype == np.bool_ else mask
        numbers, more = self.numbers.take(places), self.more
        if len(more):
            more = more[is_in(more["statement"], numbers)]
        return Statements(numbers, self.rows.take(places), more, self.codes)

    @property
    def utterances(self) -> Numbers:
        """The origin of each, itself where it is printed once."""
        return self.origins(np.arange(len(self.numbers)))

    def origins(self, places: Numbers) -> Numbers:
        """The same of those at some places."""
        origins = self.rows["utterance"][places].astype(np.int64)
        return np.where(origins > 0, origins, self.numbers[places])

    @property
    def words(self) -> list[str | None]:
        """What the codes are, by number."""
        told: list[str | None] = [None] * (max(self.codes.values(), default=0) + 1)
        for word, code in self.codes.items():
            told[code] = word
        return told

    def code(self, word: str | None) -> int:
        """The number of a code; one that no statement has is none of theirs."""
        return self.codes.get(word, 0xFFFF) if word is not None else 0


Keep = Callable[[Statements], NDArray[np.bool_]]
"""Tells which of some statements are meant. Shape: (statements,)."""


@contextmanager
def at_once(connection: sqlite3.Connection) -> Iterator[None]:
    """What is read within is of one moment, whatever a writer does meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


def all_statements(connection: sqlite3.Connection, keep: Keep | None = None) -> Statements:
    """Every statement that is there, of whatever standing; with `keep` those that are meant.

    They are looked at blob by blob, so that only what is kept is copied.
    """
    with at_once(connection):
        codes = _codes(connection)
        stale, _ = _some(connection, "stale_statements", "n", codes)
        behind = _numbers(connection, "stale_statements")
        chunks = [
            _left(chunk, np.frombuffer(rows, STATEMENT), np.frombuffer(more, MORE), behind, codes, keep)
            for chunk, rows, more in connection.execute(
                "SELECT chunk, rows, more FROM statement_columns ORDER BY chunk"
            )
        ]
    if len(stale.numbers):
        chunks.append(stale.only(keep(stale)) if keep else stale)
    found = Statements(
        np.concatenate([np.zeros(0, np.int64), *(c.numbers for c in chunks)]),
        _joined(STATEMENT, [c.rows for c in chunks]),
        _joined(MORE, [c.more for c in chunks]),
        codes,
    )
    return found.only(np.argsort(found.numbers)) if len(stale.numbers) else found


def _joined(kind: np.dtype[Any], parts: Sequence[Rows]) -> Rows:
    """As one, looked at as plain bytes: numpy would compare the fields of each part with those of the others."""
    plain = f"V{kind.itemsize}"
    return np.concatenate([np.zeros(0, plain), *(part.view(plain) for part in parts)]).view(kind)


def _left(chunk: int, rows: Rows, more: Rows, behind: Numbers, codes: dict[str, int], keep: Keep | None) -> Statements:
    """The statements of a blob that are there, whose rows are not behind, and that are meant."""
    numbers = np.arange(chunk * CHUNK, chunk * CHUNK + len(rows))
    said = Statements(numbers, rows, more, codes)
    mask = rows["article"] > 0
    here = behind[np.searchsorted(behind, numbers[0]) : np.searchsorted(behind, numbers[-1], "right")]
    mask[here - numbers[0]] = False
    if keep is not None:
        mask &= keep(said)
    return said.only(mask)


def some_statements(connection: sqlite3.Connection, numbers: Sequence[int]) -> Statements:
    """Those of the numbers that are there, in their order: for a few, without the rest."""
    listed = f"(SELECT DISTINCT value FROM json_each('{json.dumps([int(n) for n in numbers])}'))"
    return _some(connection, listed, "value", _codes(connection))[0]


def names_printed(connection: sqlite3.Connection, numbers: Numbers) -> NDArray[np.uint64]:
    """A hash of the speaker of each statement as printed, 0 where none is. Shape: (statements,)."""
    found = np.zeros(len(numbers), np.uint64)
    chunks = json.dumps(np.unique(numbers // CHUNK).tolist())
    listed = "IN (SELECT value FROM json_each(?))"
    with at_once(connection):
        query = f"SELECT chunk, names FROM name_columns WHERE chunk {listed}"
        for chunk, names in connection.execute(query, (chunks,)):
            here = slice(*np.searchsorted(numbers, [chunk * CHUNK, (chunk + 1) * CHUNK]).tolist())
            found[here] = np.frombuffer(names, np.uint64)[numbers[here] % CHUNK]
        query = "SELECT s.n, s.speaker FROM stale_statements j CROSS JOIN statements s ON s.n = j.n"
        behind = dict(connection.execute(query).fetchall())
    if behind:
        for place in np.flatnonzero(is_in(numbers, np.array(list(behind), np.int64))).tolist():
            found[place] = name_hash(behind[int(numbers[place])])
    return found


def all_entities(connection: sqlite3.Connection) -> Rows:
    """Of each entity, at the place of its number, a row of ENTITY; zeros where there is none that is linked."""
    with at_once(connection):
        blobs = connection.execute("SELECT chunk, rows FROM entity_columns ORDER BY chunk").fetchall()
        behind, stale = _stale_entities(connection)
    size = max(int(behind.max(initial=0)) + 1, (blobs[-1][0] + 1) * CHUNK if blobs else 0)
    rows = np.zeros(size, ENTITY)
    for chunk, blob in blobs:
        rows[chunk * CHUNK : (chunk + 1) * CHUNK] = np.frombuffer(blob, ENTITY)
    rows[behind] = stale
    return rows


def refresh(connection: sqlite3.Connection, *, most: int = 0) -> None:
    """Bring the blobs up to date within the transaction at hand, where more rows than `most` are behind."""
    count = "SELECT count(*) FROM (SELECT 1 FROM {} LIMIT ?)"
    if connection.execute(count.format("stale_statements"), (most + 1,)).fetchone()[0] > most:
        _refresh_statements(connection)
    if connection.execute(count.format("stale_entities"), (most + 1,)).fetchone()[0] > most:
        _refresh_entities(connection)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the blobs anew from the rows, within the transaction at hand."""
    for command in (
        "DELETE FROM statement_columns",
        "DELETE FROM name_columns",
        "DELETE FROM entity_columns",
        "INSERT OR IGNORE INTO stale_statements SELECT n FROM statements",
        "INSERT OR IGNORE INTO stale_entities SELECT entity FROM links",
    ):
        connection.execute(command)
    refresh(connection)


def differing(connection: sqlite3.Connection) -> Iterator[str]:
    """Tables whose columns are not those of their rows."""
    kept, (right, names) = all_statements(connection), _some(connection, "statements", "n", _codes(connection))
    same = np.array_equal(kept.numbers, right.numbers) and np.array_equal(kept.rows, right.rows)
    if not (same and np.array_equal(np.sort(kept.more), np.sort(right.more))):
        yield "statement_columns"
    if not np.array_equal(names_printed(connection, right.numbers), names):
        yield "name_columns"
    rows, told = all_entities(connection), connection.execute(_LINKED).fetchall()
    linked = np.flatnonzero(rows["identity"])
    found = list(zip(linked.tolist(), *(rows[linked][c].tolist() for c in ("identity", "article")), strict=True))
    if found != [tuple(row) for row in told]:
        yield "entity_columns"


# ---------------------------------------------------------------- rows of the store as columns


def _some(
    connection: sqlite3.Connection, table: str, column: str, codes: dict[str, int]
) -> tuple[Statements, NDArray[np.uint64]]:
    """The statements of a table of numbers, and hashes of their speakers as printed. New codes are added to `codes`."""
    cursor = connection.cursor()
    cursor.row_factory = None
    numbers, rows, names, more = ([np.zeros(0, kind)] for kind in (np.int64, STATEMENT, np.uint64, MORE))
    last = -1
    cursor.execute(_STATEMENTS.format(column, table))
    while found := cursor.fetchmany(AT_ONCE):
        columns = list(zip(*found, strict=True))
        n = np.array(columns[0], np.int64)
        first = np.concatenate([[n[0] != last], n[1:] != n[:-1]])
        last = int(n[-1])
        beside = np.zeros(int((~first).sum()), MORE)
        beside["statement"] = n[~first]
        beside["speaker"] = [speaker for speaker, one in zip(columns[6], first.tolist(), strict=True) if not one]
        numbers.append(n[first])
        rows.append(_packed(columns, codes)[first])
        names.append(np.array(list(map(name_hash, columns[7])), np.uint64)[first])
        more.append(beside)
    said = Statements(np.concatenate(numbers), np.concatenate(rows), np.concatenate(more), codes)
    return said, np.concatenate(names)


def _packed(columns: Sequence[Sequence[Any]], codes: dict[str, int]) -> Rows:
    """Rows of STATEMENT, of the columns of _STATEMENTS."""

    def code(word: str | None) -> int:
        return 0 if word is None else codes.setdefault(word, len(codes) + 1)

    _, article, day, origin, entity, aimed, speaker, _, act, form, kind, standing = columns
    rows = np.zeros(len(article), STATEMENT)
    rows["article"], rows["day"] = article, list(map(day_code, day))
    rows["utterance"] = [n or 0 for n in origin]
    rows["target"] = [n or (NO_ENTITY if told else 0) for n, told in zip(entity, aimed, strict=True)]
    rows["speaker"] = [n or 0 for n in speaker]
    rows["act"], rows["form"], rows["kind"] = (list(map(code, told)) for told in (act, form, kind))
    rows["standing"] = list(map(STANDINGS.__getitem__, standing))
    return rows


@lru_cache(maxsize=1 << 15)
def name_hash(name: str | None) -> int:
    """A number for a name as printed; 0 for none."""
    return 0 if name is None else int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little") | 1


def _refresh_statements(connection: sqlite3.Connection) -> None:
    codes = _codes(connection)
    known = len(codes)
    stale, names = _some(connection, "stale_statements", "n", codes)
    connection.executemany("INSERT INTO column_words VALUES (?, ?)", [(c, w) for w, c in list(codes.items())[known:]])
    behind = _numbers(connection, "stale_statements")
    at = np.searchsorted(behind, stale.numbers)
    new, printed = np.zeros(len(behind), STATEMENT), np.zeros(len(behind), np.uint64)
    new[at], printed[at] = stale.rows, names
    for chunk, some in _chunks(behind):
        had = connection.execute("SELECT rows, more FROM statement_columns WHERE chunk = ?", (chunk,)).fetchone()
        rows, more = _filled(had, STATEMENT), np.frombuffer(had[1] if had else b"", MORE)
        rows[behind[some] % CHUNK] = new[some]
        coming = stale.more[stale.more["statement"] // CHUNK == chunk]
        more = np.concatenate([more[~is_in(more["statement"], behind[some])], coming])
        more = np.sort(more, order="statement", kind="stable")
        values = (chunk, rows.tobytes(), more.tobytes())
        connection.execute("INSERT OR REPLACE INTO statement_columns VALUES (?, ?, ?)", values)
        told = connection.execute("SELECT names FROM name_columns WHERE chunk = ?", (chunk,)).fetchone()
        hashes = _filled(told, np.dtype(np.uint64))
        hashes[behind[some] % CHUNK] = printed[some]
        connection.execute("INSERT OR REPLACE INTO name_columns VALUES (?, ?)", (chunk, hashes.tobytes()))
    connection.execute("DELETE FROM stale_statements")


def _refresh_entities(connection: sqlite3.Connection) -> None:
    behind, new = _stale_entities(connection)
    for chunk, some in _chunks(behind):
        had = connection.execute("SELECT rows FROM entity_columns WHERE chunk = ?", (chunk,)).fetchone()
        rows = _filled(had, ENTITY)
        rows[behind[some] % CHUNK] = new[some]
        connection.execute("INSERT OR REPLACE INTO entity_columns VALUES (?, ?)", (chunk, rows.tobytes()))
    connection.execute("DELETE FROM stale_entities")


def _stale_entities(connection: sqlite3.Connection) -> tuple[Numbers, Rows]:
    """The entities whose columns are behind, in order, and what they are: zeros of those that are linked no more."""
    behind = _numbers(connection, "stale_entities")
    told = np.array(connection.execute(_STALE_ENTITIES).fetchall(), np.int64).reshape(-1, 3)
    new, at = np.zeros(len(behind), ENTITY), np.searchsorted(behind, told[:, 0])
    new["identity"][at], new["article"][at] = told[:, 1], told[:, 2]
    return behind, new


def _filled(had: Sequence[Any] | None, kind: np.dtype[Any]) -> NDArray[Any]:
    """The numbers of a blob, the first of what was stored, if there is any; to be changed."""
    return np.frombuffer(had[0], kind).copy() if had else np.zeros(CHUNK, kind)


def _chunks(numbers: Numbers) -> Iterable[tuple[int, slice]]:
    """The chunks that numbers, in order, lie in, and which of them lie in each."""
    chunks, starts = np.unique(numbers // CHUNK, return_index=True)
    ends = [*starts[1:].tolist(), len(numbers)]
    return [(c, slice(a, b)) for c, a, b in zip(chunks.tolist(), starts.tolist(), ends, strict=True)]


def _codes(connection: sqlite3.Connection) -> dict[str, int]:
    return {word: code for code, word in connection.execute("SELECT code, word FROM column_words ORDER BY code")}


def _numbers(connection: sqlite3.Connection, table: str) -> Numbers:
    return np.array([n for (n,) in connection.execute(f"SELECT n FROM {table} ORDER BY n")], np.int64)


def is_in(numbers: NDArray[Any], among: Numbers) -> NDArray[np.bool_]:
    """Whether each of the numbers is among others."""
    if not len(among) or not len(numbers):
        return np.zeros(len(numbers), np.bool_)
    member = np.zeros(int(max(among.max(), numbers.max())) + 1, np.bool_)
    member[among] = True
    found: NDArray[np.bool_] = member[numbers]
    return found
