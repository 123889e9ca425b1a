"""The nearest vectors out of SQLite, against plain arithmetic over all of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib import resources

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.store import vectors as room
from onrecord.store.vectors import CHUNK, SIGN_BYTES, WIDTH, add_vectors, nearest, remove_vectors


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    made = fresh()
    yield made
    made.close()


def fresh() -> sqlite3.Connection:
    """A file in memory with the store's own tables."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.executescript(resources.files("onrecord.store").joinpath("m001.sql").read_text(encoding="utf-8"))
    return made


def some(count: int, seed: int = 1) -> np.ndarray:
    """Vectors of the length that the embedder gives, in clusters, as texts are."""
    chance = np.random.default_rng(seed)
    centres = chance.normal(size=(20, WIDTH))
    drawn = centres[chance.integers(20, size=count)] + chance.normal(size=(count, WIDTH))
    return np.rint(drawn / np.linalg.norm(drawn, axis=1, keepdims=True) * 256).astype(np.int8)


def exact(vectors: np.ndarray, question: np.ndarray, count: int, numbers: np.ndarray) -> list[int]:
    wide, asked = vectors.astype(float), question.astype(float)
    cosines = wide @ asked / np.linalg.norm(wide, axis=1) / np.linalg.norm(asked)
    return numbers[np.lexsort((numbers, -np.round(cosines, 12)))][:count].tolist()


def chunks(connection: sqlite3.Connection) -> dict[int, bytes]:
    """The signs of each statement that lies in a chunk."""
    found = {}
    for numbers, signs in connection.execute("SELECT statements, signs FROM vector_chunks"):
        assert len(numbers) // 8 <= CHUNK and len(signs) // SIGN_BYTES == len(numbers) // 8
        for place, number in enumerate(np.frombuffer(numbers, "<i8").tolist()):
            assert number not in found
            found[number] = signs[place * SIGN_BYTES : (place + 1) * SIGN_BYTES]
    return found


def test_the_nearest_come_first_with_their_cosine(connection) -> None:
    vectors = some(300)
    add_vectors(connection, range(1, 301), vectors)
    found = nearest(connection, vectors[41], count=10)
    assert [n for n, _ in found] == exact(vectors, vectors[41], 10, np.arange(1, 301))
    assert found[0] == (42, pytest.approx(1))
    a, b = vectors[41].astype(float), vectors[found[5][0] - 1].astype(float)
    assert found[5][1] == pytest.approx(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_signs_choose_well_among_many(connection, monkeypatch) -> None:
    """More vectors than are ranked by cosine: nearly all of the nearest must pass both steps."""
    monkeypatch.setattr(room, "SCANNED", 3000)
    monkeypatch.setattr(room, "CANDIDATES", 300)
    vectors, questions = np.split(some(3 * CHUNK + 10), [-10])
    numbers = np.arange(len(vectors)) * 3 + 7
    add_vectors(connection, numbers.tolist(), vectors)
    kept = sum(
        len({n for n, _ in nearest(connection, q, count=10)} & set(exact(vectors, q, 10, numbers))) for q in questions
    )
    assert kept >= 0.97 * 100


def test_equals_stand_by_number_whatever_the_order_of_arrival(connection) -> None:
    [vector] = some(1)
    for number in (5, 900, 2, 31):
        add_vectors(connection, [number], vector[None])
    assert [n for n, _ in nearest(connection, vector, count=3)] == [2, 5, 31]


def test_of_very_many_equals_the_first_are_fetched(connection, monkeypatch) -> None:
    monkeypatch.setattr(room, "SCANNED", 40)
    monkeypatch.setattr(room, "CANDIDATES", 10)
    [vector] = some(1)
    add_vectors(connection, range(100, 0, -1), np.repeat(vector[None], 100, 0))
    for count in (5, 10, 30, 100):
        assert [n for n, _ in nearest(connection, vector, count=count)] == list(range(1, count + 1))


def test_the_order_of_arrival_decides_nothing(monkeypatch) -> None:
    """What passes each step is told by the vectors and the numbers, not by the place in the file."""
    for name, size in (("SCANNED", 60), ("CANDIDATES", 20), ("CHUNK", 16)):
        monkeypatch.setattr(room, name, size)
    vectors, found = some(400), []
    for order in (np.arange(400), np.random.default_rng(6).permutation(400)):
        connection = fresh()
        for some_of in np.array_split(order, 9):
            add_vectors(connection, some_of.tolist(), vectors[some_of])
        found.append([nearest(connection, q, count=15) for q in vectors[:20]])
        connection.close()
    assert found[0] == found[1]


@pytest.mark.parametrize("size", [3, 2 * CHUNK])
def test_only_those_that_are_asked_for(connection, size) -> None:
    """With few the signs are not asked; with many they are."""
    vectors = some(3 * CHUNK)
    add_vectors(connection, range(len(vectors)), vectors)
    among = np.random.default_rng(3).permutation(len(vectors))[:size]
    expected = exact(vectors[np.sort(among)], vectors[0], 3, np.sort(among))
    for given_as in (among, among.tolist(), set(among.tolist())):
        assert [n for n, _ in nearest(connection, vectors[0], count=3, among=given_as)] == expected


@pytest.mark.parametrize("least", [-1.0, 0.15, 0.4, 0.45])
def test_all_of_many_that_are_near_enough_are_told(connection, monkeypatch, least) -> None:
    monkeypatch.setattr(room, "CANDIDATES", 100)
    monkeypatch.setattr(room, "AT_ONCE", 150)
    vectors = some(2 * CHUNK)
    add_vectors(connection, range(len(vectors)), vectors)
    among = np.arange(0, len(vectors), 3)
    question = vectors[3]
    wide, asked = vectors[among].astype(float), question.astype(float)
    cosines = wide @ asked / np.linalg.norm(wide, axis=1) / np.linalg.norm(asked)
    found = nearest(connection, question, count=len(among), among=among, least=least)
    assert {n for n, _ in found} == set(among[cosines >= least].tolist())
    assert len(found) > 10 and [c for _, c in found] == sorted((c for _, c in found), reverse=True)
    assert nearest(connection, question, count=5, among=among, least=least) == found[:5]


def test_among_may_name_what_is_not_there(connection) -> None:
    vectors = some(3)
    add_vectors(connection, [1, 2, 3], vectors)
    assert [n for n, _ in nearest(connection, vectors[0], count=5, among=[2, 77])] == [2]
    assert nearest(connection, vectors[0], count=5, among=[]) == []
    assert nearest(connection, vectors[0], count=5, among=range(10, 20_000)) == []


def test_an_empty_file_finds_nothing(connection) -> None:
    assert nearest(connection, some(1)[0], count=5) == []


def test_more_than_there_are(connection) -> None:
    add_vectors(connection, [1, 2], some(2))
    assert len(nearest(connection, some(1)[0], count=50)) == 2
    assert nearest(connection, some(1)[0], count=0) == []


def test_chunks_fill_up_before_another_begins(connection) -> None:
    vectors = some(2 * CHUNK + 10)
    lo = 0
    for size in (1, 5, CHUNK, 4, CHUNK):
        add_vectors(connection, range(lo, lo + size), vectors[lo : lo + size])
        lo += size
    sizes = [n for (n,) in connection.execute("SELECT length(statements) / 8 FROM vector_chunks ORDER BY chunk")]
    assert sizes == [CHUNK, CHUNK, 10]


def test_removing_leaves_no_holes(connection) -> None:
    vectors = some(3 * CHUNK)
    add_vectors(connection, range(len(vectors)), vectors)
    remove_vectors(connection, range(100, 200))
    remove_vectors(connection, [5, CHUNK + 1, 9_999_999])
    sizes = [n for (n,) in connection.execute("SELECT length(statements) / 8 FROM vector_chunks ORDER BY chunk")]
    assert sizes == [CHUNK, CHUNK, CHUNK - 102]
    assert 150 not in [n for n, _ in nearest(connection, vectors[150], count=10)]
    remove_vectors(connection, range(len(vectors)))
    assert connection.execute("SELECT count(*) FROM vector_chunks").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM vectors").fetchone() == (0,)


@settings(max_examples=40)
@given(
    steps=st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 30), max_size=12)), max_size=12),
    chunk=st.integers(1, 8),
)
def test_chunks_hold_the_signs_of_what_is_there(steps, chunk) -> None:
    connection, vectors, there = fresh(), some(31), set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "CHUNK", chunk)
        for add, numbers in steps:
            if add:
                new = sorted(numbers - there, key=lambda n: -n)
                add_vectors(connection, new, vectors[new])
                there |= numbers
            else:
                remove_vectors(connection, numbers)
                there -= numbers
        sizes = [n for (n,) in connection.execute("SELECT length(signs) / 48 FROM vector_chunks ORDER BY chunk")]
    assert chunks(connection) == {n: np.packbits(vectors[n] > 0).tobytes() for n in there}
    assert all(size == chunk for size in sizes[:-1])
    assert {n for (n,) in connection.execute("SELECT statement FROM vectors")} == there
    connection.close()


def test_a_statement_has_one_vector(connection) -> None:
    add_vectors(connection, [1, 2], some(2))
    with pytest.raises(sqlite3.IntegrityError):
        add_vectors(connection, [2, 3], some(2))


def test_it_works_within_the_callers_transaction(connection) -> None:
    connection.execute("BEGIN")
    add_vectors(connection, [1, 2], some(2))
    connection.execute("ROLLBACK")
    assert chunks(connection) == {} and nearest(connection, some(1)[0], count=1) == []


@pytest.mark.parametrize(
    "vectors",
    [np.zeros((2, WIDTH), np.int8), some(3), some(2).astype(np.float32), some(2)[:, :100]],
    ids=["zeros", "too many", "floats", "too narrow"],
)
def test_vectors_of_another_form_are_refused(connection, vectors) -> None:
    with pytest.raises(ValueError, match="vector"):
        add_vectors(connection, [1, 2], vectors)
    assert chunks(connection) == {}


@pytest.mark.parametrize("vector", [np.zeros(WIDTH, np.int8), some(1)[0].astype(float), some(1)])
def test_a_question_of_another_form_is_refused(connection, vector) -> None:
    with pytest.raises(ValueError, match="vector"):
        nearest(connection, vector, count=1)


def test_an_older_numpy_counts_bits_alike(connection, monkeypatch) -> None:
    monkeypatch.setattr(room, "SCANNED", 40)  # of 400: which pass is told by their bits
    monkeypatch.setattr(room, "CANDIDATES", 20)
    vectors = some(400)
    add_vectors(connection, range(400), vectors)
    found = [nearest(connection, q, count=15) for q in vectors[:20]]
    monkeypatch.delattr(np, "bitwise_count", raising=False)
    assert [nearest(connection, q, count=15) for q in vectors[:20]] == found
