"""Search by meaning: the nearest of a million sentence vectors, out of SQLite, without an index of its own to keep up.

Each statement's int8 vector lies in `vectors`. Its signs alone, a bit a number, lie packed in `vector_chunks`, in blobs of up to
CHUNK statements, so that all can be scanned: 48 MB for a million statements. A search goes from coarse to fine: it counts the
signs that differ from the question's (the share that differs estimates the angle: Charikar 2002), ranks the SCANNED with the
fewest by the question's own numbers against their signs, and the CANDIDATES best of those by the cosine of their int8 vectors.
docs/decisions tells what that loses.

Every function works within the caller's transaction and takes vectors of one embedder: those of another mean nothing beside them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Int8s = NDArray[np.int8]
Numbers = NDArray[np.int64]
Bytes = NDArray[np.uint8]

WIDTH = 384
"""Of a vector; a multiple of 64, so that its signs are whole words of 64 bits."""
SIGN_BYTES = WIDTH // 8
CHUNK = 4096
"""Statements whose signs lie in one blob."""
SCANNED = 20_000
CANDIDATES = 2_000
"""How many pass each step. So all of the ten nearest of a million were found for 40 questions; with half of the last .98 of them,
and .95 with 2,000 chosen by differing signs alone (benchmarks/vectors.json)."""
AT_ONCE = 4_096
"""Vectors that are compared together: six megabytes, which a processor keeps at hand."""
SHARE = float(np.sqrt(2 / np.pi))
"""Of a cosine, what a vector's signs tell of it on average: of numbers that are spread like a bell, as an embedding's are."""
SURELY = 0.19
"""By how much a cosine may be greater than its signs tell: five times the deviation, of .035. Of 26,893 pairs of sentences of
news with a cosine of .4 or more there was none of which they told less than .25."""
NO_DIRECTION = "a vector of zeros has no direction"


def add_vectors(connection: sqlite3.Connection, statements: Sequence[int], vectors: Int8s) -> None:
    """Add the (N, 384) vectors of N statements, by row number. One call a batch is fastest: each rewrites the last chunk.

    Raises sqlite3.IntegrityError where a statement has a vector already (`remove_vectors` comes first), ValueError where a
    vector is of another form or all zero. The caller then rolls back.
    """
    vectors = np.asarray(vectors)
    if vectors.dtype != np.int8 or vectors.shape != (len(statements), WIDTH):
        raise ValueError(f"{len(statements)} statements, but vectors of {vectors.dtype} {vectors.shape}")
    if not vectors.any(axis=1).all():
        raise ValueError(NO_DIRECTION)
    rows = zip(map(int, statements), map(bytes, vectors), strict=True)
    connection.executemany("INSERT INTO vectors (statement, vector) VALUES (?, ?)", rows)
    _append(connection, np.asarray(statements, np.int64), _signs(vectors))


def remove_vectors(connection: sqlite3.Connection, statements: Collection[int]) -> None:
    """Take out the vectors of these statements; those that have none are passed over."""
    gone = _sorted(statements)
    if not len(gone):
        return
    connection.executemany("DELETE FROM vectors WHERE statement = ?", ((n,) for n in gone.tolist()))
    touched = [chunk for chunk, numbers in _numbers(connection) if np.isin(numbers, gone).any()]
    # What stays of a chunk goes to the end, so that every chunk but the last is full.
    for numbers, signs in [_take(connection, chunk) for chunk in touched]:
        stays = ~np.isin(numbers, gone)
        _append(connection, numbers[stays], signs[stays])


def nearest(
    connection: sqlite3.Connection,
    vector: Int8s,
    *,
    count: int,
    among: Collection[int] | Numbers | None = None,
    least: float = -1.0,
) -> list[tuple[int, float]]:
    """Up to `count` statements and their cosine with a vector (384,), nearest first, the first by number of equals.

    `among`: only these statements are looked at. `least`: a cosine below which nothing is; where no fewer are asked for than
    `among` has, all that reach it are told.
    """
    question = np.asarray(vector)
    if question.dtype != np.int8 or question.shape != (WIDTH,):
        raise ValueError(f"a vector of {question.dtype} {question.shape}")
    if not question.any():
        raise ValueError(NO_DIRECTION)
    allowed = None if among is None else _sorted(among)
    if allowed is not None and len(allowed) <= CANDIDATES:
        candidates = allowed
    elif allowed is not None and len(allowed) <= count:
        candidates = allowed if least <= SURELY else _hopeful(connection, question, allowed, least)
    else:
        candidates = _candidates(connection, question, allowed, max(CANDIDATES, count))
    numbers, cosines = _cosines(connection, question, candidates)
    near = cosines >= least
    numbers, cosines = numbers[near], cosines[near]
    best = np.lexsort((numbers, -cosines))[: max(count, 0)]
    return list(zip(numbers[best].tolist(), cosines[best].tolist(), strict=True))


# ---------------------------------------------------------------- ranking


def _candidates(connection: sqlite3.Connection, question: Int8s, allowed: Numbers | None, wanted: int) -> Numbers:
    """The `wanted` statements whose signs fit the question best; of equals the first by number."""
    numbers, signs = _scan(connection, question, allowed, max(SCANNED, wanted))
    # Sums of whole numbers below 2**24: exact in any order.
    fit = np.unpackbits(signs, axis=1).astype(np.float32) @ question.astype(np.float32)
    return numbers[np.lexsort((numbers, -fit))[:wanted]]


def _hopeful(connection: sqlite3.Connection, question: Int8s, allowed: Numbers, least: float) -> Numbers:
    """Those of the allowed whose signs fit the question so well that their cosine may be as great as `least`."""
    asked = question.astype(np.float32)
    total, length = float(asked.sum()), float(np.sqrt(asked @ asked * WIDTH))
    member = _flags(allowed)
    found = [np.zeros(0, np.int64)]
    for numbers, signs in connection.execute("SELECT statements, signs FROM vector_chunks"):
        mine = np.frombuffer(numbers, "<i8")
        kept = np.flatnonzero(member.take(mine, mode="clip"))
        bits = np.unpackbits(np.frombuffer(signs, np.uint8).reshape(-1, SIGN_BYTES)[kept], axis=1)
        fit = (2 * (bits.astype(np.float32) @ asked) - total) / length
        found.append(mine[kept[fit >= SHARE * (least - SURELY)]])
    return np.concatenate(found)


def _scan(
    connection: sqlite3.Connection, question: Int8s, allowed: Numbers | None, wanted: int
) -> tuple[Numbers, Bytes]:
    """The `wanted` statements whose signs differ least from the question's, of equals the first by number, and their signs."""
    asked = _signs(question[None])[0].view(np.uint64)
    seen = np.zeros(WIDTH + 1, np.int64)
    found: list[tuple[Numbers, Bytes, NDArray[np.uint16]]] = []
    member = np.zeros(0, np.bool_) if allowed is None else _flags(allowed)
    for numbers, signs in connection.execute("SELECT statements, signs FROM vector_chunks"):
        theirs = np.frombuffer(signs, np.uint8).reshape(-1, SIGN_BYTES)
        apart = _bits(theirs.view(np.uint64) ^ asked)
        mine = np.frombuffer(numbers, "<i8")
        kept = np.ones(len(mine), np.bool_) if allowed is None else member.take(mine, mode="clip")
        seen += np.bincount(apart[kept], minlength=WIDTH + 1)
        # The radius that holds as many as are wanted shrinks with every chunk: what lies outside can be let go at once.
        kept &= apart <= np.searchsorted(seen.cumsum(), wanted)
        found.append((mine[kept], theirs[kept], apart[kept]))
    if not found:
        return np.zeros(0, np.int64), np.zeros((0, SIGN_BYTES), np.uint8)
    numbers, signs, apart = (np.concatenate(part) for part in zip(*found, strict=True))
    best = np.lexsort((numbers, apart))[:wanted]
    return numbers[best], signs[best]


def _cosines(
    connection: sqlite3.Connection, question: Int8s, candidates: Numbers
) -> tuple[Numbers, NDArray[np.float64]]:
    """Those of the candidates that have a vector, and the cosine of each."""
    asked_of = question.astype(np.float32)
    length = float(asked_of @ asked_of)
    listed = json.dumps(np.sort(candidates).tolist())
    cursor = connection.execute(
        "SELECT statement, vector FROM vectors WHERE statement IN (SELECT value FROM json_each(?))", (listed,)
    )
    numbers, cosines = [np.zeros(0, np.int64)], [np.zeros(0)]
    while rows := cursor.fetchmany(AT_ONCE):
        told, several = zip(*rows, strict=True)
        numbers.append(np.array(told, np.int64))
        # Whole numbers below 2**24, which float32 holds exactly: a product is the same in any order of adding.
        vectors = np.frombuffer(b"".join(several), np.int8).reshape(-1, WIDTH).astype(np.float32)
        lengths = np.sqrt(np.einsum("nd,nd->n", vectors, vectors).astype(np.float64) * length)
        cosines.append((vectors @ asked_of).astype(np.float64) / lengths)
    return np.concatenate(numbers), np.concatenate(cosines)


def _flags(allowed: Numbers) -> NDArray[np.bool_]:
    """A flag for each number up to the greatest, and one more that is nobody's: what is beyond all is taken for it."""
    member = np.zeros(int(allowed.max(initial=0)) + 2, np.bool_)
    member[allowed] = True
    return member


def _sorted(numbers: Collection[int] | Numbers) -> Numbers:
    # Not np.unique, which hashes: that takes a second for half a million.
    return np.sort(np.asarray(numbers if isinstance(numbers, np.ndarray) else list(numbers), np.int64))


# ---------------------------------------------------------------- signs


def _signs(vectors: Int8s) -> Bytes:
    """(N, 48) packed bits: 1 where a number is above zero."""
    return np.packbits(vectors > 0, axis=1)


_BYTE_BITS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).sum(1, dtype=np.uint8)


def _bits(words: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """(N,) bits set in each row."""
    # numpy 2 has an instruction's worth; before it, a table of bytes.
    counts: NDArray[np.uint8] = (
        np.bitwise_count(words) if hasattr(np, "bitwise_count") else _BYTE_BITS[words.view(np.uint8)]
    )
    total: NDArray[np.uint16] = counts.sum(1, dtype=np.uint16)
    return total


# ---------------------------------------------------------------- chunks


def _numbers(connection: sqlite3.Connection) -> Iterator[tuple[int, Numbers]]:
    for chunk, numbers in connection.execute("SELECT chunk, statements FROM vector_chunks").fetchall():
        yield chunk, np.frombuffer(numbers, "<i8")


def _take(connection: sqlite3.Connection, chunk: int) -> tuple[Numbers, Bytes]:
    """Take a chunk out; gives its statements and signs."""
    [(numbers, signs)] = connection.execute("SELECT statements, signs FROM vector_chunks WHERE chunk = ?", (chunk,))
    connection.execute("DELETE FROM vector_chunks WHERE chunk = ?", (chunk,))
    return np.frombuffer(numbers, "<i8"), np.frombuffer(signs, np.uint8).reshape(-1, SIGN_BYTES)


def _append(connection: sqlite3.Connection, numbers: Numbers, signs: Bytes) -> None:
    """Fill the last chunk, then begin others."""
    if not len(numbers):
        return
    row = connection.execute(
        "SELECT chunk, length(statements) / 8 FROM vector_chunks ORDER BY chunk DESC LIMIT 1"
    ).fetchone()
    if row is not None and row[1] < CHUNK:
        before, their_signs = _take(connection, row[0])
        numbers, signs = np.concatenate([before, numbers]), np.concatenate([their_signs, signs])
    for lo in range(0, len(numbers), CHUNK):
        some = slice(lo, lo + CHUNK)
        connection.execute(
            "INSERT INTO vector_chunks (statements, signs) VALUES (?, ?)",
            (numbers[some].astype("<i8").tobytes(), signs[some].tobytes()),
        )
