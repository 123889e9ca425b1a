"""Numbers in words and digits, with what their hedges leave open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.counting import zero_of
from onrecord.extract.numerals import may_tell, numerals_in, words_in
from onrecord.extract.tolls import label_of

SPELLED = [
    ("two dozen", 24),
    ("a dozen", 12),
    ("half a dozen", 6),
    ("a hundred", 100),
    ("a hundred and thirty-six", 136),
    ("two hundred and six", 206),
    ("twenty-two", 22),
    ("seventy", 70),
    ("1.2 million", 1_200_000),
    ("half a million", 500_000),
    ("2.5m", 2_500_000),
    ("three thousand four hundred", 3_400),
    ("12,400", 12_400),
    ("52.3", 52.3),
    ("1.5 crore", 15_000_000),
    ("two lakh", 200_000),
    ("12,50,000", 1_250_000),
    ("a quarter of a million", 250_000),
    ("0", 0),
]
HEDGED = [
    ("some 300", 300, None, None),
    ("about forty", 40, None, None),
    ("more than 40", 40, 40, None),
    ("at least a dozen", 12, 12, None),
    ("no fewer than nine", 9, 9, None),
    ("up to 50", 50, None, 50),
    ("as many as 60", 60, None, 60),
    ("probably fewer than ten", 10, None, 10),
    ("between 20 and 30", 20, 20, 30),
    ("20 to 30", 20, 20, 30),
    ("20-30", 20, 20, 30),
    ("14 or more", 14, 14, None),
    ("dozens", None, None, None),
    ("hundreds of thousands", None, None, None),
    ("tens of thousands", None, None, None),
    ("several hundred", None, None, None),
    ("a few dozen", None, None, None),
]


def read(text):
    words = words_in(text, 0, len(text))
    return [(text[words[n.first].span.start : words[n.end - 1].span.end], n) for n in numerals_in(words)]


@pytest.mark.parametrize(("words", "value"), SPELLED)
def test_a_number_is_read(words, value):
    ((printed, number),) = read(f"they saw {words} lanterns")
    assert (printed, number.value, number.low, number.high) == (words, value, value, value)


@pytest.mark.parametrize(("words", "value", "low", "high"), HEDGED)
def test_a_hedge_opens_a_side(words, value, low, high):
    ((printed, number),) = read(f"they saw {words} lanterns")
    assert (printed, number.value, number.low, number.high) == (words, value, low, high)


def test_a_comma_after_a_number_is_none_of_it():
    assert [n.value for _, n in read("It rose to 53, then to 1,053, he said.")] == [53, 1053]


def test_the_dash_of_a_dateline_makes_no_range():
    assert [n.value for _, n in read("March 3 – Four men")] == [3, 4]


def test_a_run_of_digits_is_no_number():
    assert [n.value for _, n in read(f"they saw {'9' * 400} and 7 lanterns")] == [7]


def test_an_article_before_another_is_no_number():
    assert [n.value for _, n in read("grade a a pupil")] == []


def test_an_address_is_no_number():
    assert [n.value for _, n in read("the M25 and the 4th battalion")] == []


@given(st.integers(0, 10**9))
def test_any_digits_are_their_value(number):
    for printed in (str(number), f"{number:,}"):
        assert [n.value for _, n in read(f"they counted {printed} of them")] == [number]


@given(st.text())
def test_numbers_stand_in_order_and_apart(text):
    words = words_in(text, 0, len(text))
    past = 0
    for number in numerals_in(words):
        assert past <= number.bare < number.end <= len(words) and number.first <= number.bare
        past = number.end


_PIECES = st.sampled_from(
    "a half dozen Dozens HUNDRED one two-thirds sixty no None nobody know done 3,400 2.5m Dead . : - ’s of the".split()
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=3)), max_size=8).map(" ".join))
def test_a_sentence_that_is_passed_over_tells_of_no_number(sentence: str) -> None:
    words = words_in(sentence, 0, len(sentence))
    if not may_tell(sentence):
        assert not list(numerals_in(words))
        assert not any(zero_of(words, at) for at in range(len(words)))
        assert "_" in sentence or label_of(words) is None


def test_most_sentences_of_words_alone_are_passed_over() -> None:
    assert not may_tell("The harbour master knew that nothing had been done about the noise.")
    assert (
        may_tell("No boat left.") and may_tell("Displaced.") and may_tell("It cost a hundred crowns more than before.")
    )
