from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.query.syntax import LONGEST, read_query, read_search
from onrecord.records import MalformedError, Span

ROWS = (
    ("the council asked for flood relief", "Ann Lane", None, "she"),
    ("relief came before the flood", "Bo Marsh", None, "he"),
    ("a cease-fire would hold, he didn't doubt it", "Ann Lane", "the board", "Ann Lane"),
    ("the naïve plan of evacuating Åre", "Cy Rondal", "Ann Lane", "Rondal"),
)


@pytest.fixture(scope="module")
def index():
    connection = sqlite3.connect(":memory:")
    columns = "content, speaker, target, source, tokenize = 'unicode61 remove_diacritics 2'"
    connection.execute(f"CREATE VIRTUAL TABLE f USING fts5 ({columns})")
    connection.executemany("INSERT INTO f VALUES (?, ?, ?, ?)", ROWS)
    yield connection
    connection.close()


def _found(index, typed):
    expression = read_query(typed).expression
    if not expression:
        return None
    return [n - 1 for (n,) in index.execute("SELECT rowid FROM f WHERE f MATCH ? ORDER BY rowid", (expression,))]


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("flood relief", [0, 1]),
        ('"flood relief"', [0]),
        ("“flood relief”", [0]),
        ("flo*", [0, 1]),
        ('"flood rel"', []),
        ("cease-fire", [2]),
        ("cease fire", [2]),
        ("didn't", [2]),
        ("NAIVE are", [3]),
        ("naïve Åre", [3]),
        ("flood OR cease-fire", [0, 1, 2]),
        ("flood NOT council", [1]),
        ("flood NOT council OR naive", [1, 3]),
        ("flood AND relief", [0, 1]),
        ("speaker:lane", [0, 2]),
        ("Speaker:lane target:board", [2]),
        ('target:"ann lane"', [3]),
        ("content:lane", []),
        ("speaker:la*", [0, 2]),
        ("the flood", [0, 1]),
        ("note:this", []),
        ('flood "relief', [0, 1]),
        ("(flood)", [0, 1]),
        ("flood) OR (", [0, 1]),
        ("flood NOT", [0, 1]),
        ("OR flood", [0, 1]),
        ("AND", None),
        ("NOT flood", None),
        ("NOT flood relief", []),
        ("NOT council flood", [1]),
        ("NOT council OR naive", [3]),
        ("NEAR(flood relief)", []),
        ("^flood", [0, 1]),
        ("-flood", [0, 1]),
        ("{content} : flood", []),
        ("flood + relief", [0, 1]),
        ("", None),
        ("* \" : - '", None),
    ],
)
def test_what_is_typed_finds(index, typed, rows):
    assert _found(index, typed) == rows


def test_words_that_tell_nothing_are_looked_for_where_there_are_no_others():
    assert read_query("the").expression == '("the")'
    assert read_query('"to be" the').expression == '("to be")'


@given(st.text(alphabet=st.one_of(st.sampled_from("\"*:()-^+{}ORANDT ,'\x00\ud800ab"), st.characters()), max_size=60))
def test_nothing_typed_is_an_error(typed):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE f USING fts5 (content, speaker, target, source)")
    connection.execute("INSERT INTO f VALUES ('a', 'b', 'c', 'd')")
    _found(connection, typed)
    connection.close()


def test_a_query_is_cut_where_it_is_far_too_long():
    assert len(read_query("word " * 10_000).expression) < 40 * LONGEST
    assert len(read_query(" ".join(f"w{n}" for n in range(900))).clauses[0].wanted) == 32


def test_matches_are_where_the_words_stand():
    text = "Lane said the naïve plan of cease-fires would fail; cease-fire or not, Lane stays."
    content = [Span(10, len(text))]
    query = read_query('naive "cease fire" sta* speaker:lane')
    found = [span.of(text) for span in query.matches(text, content, ("content",))]
    assert found == ["naïve", "cease-fire", "stays"]
    assert [s.of(text) for s in query.matches(text, [Span(0, 4)], ("speaker", "source"))] == ["Lane"]


@given(st.text(max_size=80), st.text(min_size=1, max_size=10))
def test_matches_lie_within_what_is_looked_through(text, typed):
    if text:
        within = Span(0, max(1, len(text) // 2))
        assert all(within.holds(s) for s in read_query(typed).matches(text, [within], ("content",)))


@pytest.mark.parametrize("typed", ["NOT flood", "relief OR NOT flood"])
def test_who_looks_for_something_says_what(typed):
    with pytest.raises(MalformedError, match="NOT leaves out of what is found"):
        read_search(typed)
