"""Words, segments and windows: every word once, every piece in its window, nothing moved."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scripted import article_of, tokenizer

from onrecord.analysis.words import (
    AT_MARK,
    CASES,
    CLS,
    INSIDE,
    OUTSIDE,
    SEP,
    WINDOW,
    letter_case,
    pack,
    segments,
    split_words,
)
from onrecord.records import Span

TOKENIZER = tokenizer()


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("42", "none"),
        ("said", "lower"),
        ("Lane", "title"),
        ("UN", "upper"),
        ("McCain", "mixed"),
        ("I", "title"),
        ("—", "none"),
    ],
)
def test_letter_case(word: str, case: str) -> None:
    assert CASES[letter_case(word)] == case


def test_words_stand_where_the_text_has_them() -> None:
    text = "Prime Minister Édith Røn didn't say.\n\nShe left."
    words = split_words(text, [Span(0, 36), Span(38, 47)], TOKENIZER)
    found = [text[s:e] for s, e in zip(words.start, words.end, strict=True)]
    assert found == ["Prime", "Minister", "Édith", "Røn", "didn", "'", "t", "say", ".", "She", "left", "."]
    assert words.paragraph.tolist() == [0] * 9 + [1] * 3


def test_pieces_know_whether_they_are_quoted() -> None:
    text = "“No,” he said."
    words = split_words(text, [Span(0, len(text))], TOKENIZER)
    assert words.quoted.tolist() == [AT_MARK, INSIDE, INSIDE, AT_MARK, OUTSIDE, OUTSIDE, OUTSIDE]


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    text = "The minister said that nothing had been decided yet in the capital. " * 60
    article = article_of(text)
    words = split_words(text, article.paragraphs, TOKENIZER)
    parts = segments(words, text=text)
    assert len(parts) > 1
    assert all(text[words.start[hi - 1] : words.end[hi - 1]] == "." for _, hi in parts)


@settings(max_examples=60)
@given(st.text(max_size=400), st.integers(16, WINDOW))
def test_windows_hold_every_word_once(text: str, limit: int) -> None:
    article = article_of(text)
    words = split_words(text, article.paragraphs, TOKENIZER)
    windows = list(pack(words, segments(words, text=text, limit=limit), limit=limit))
    assert [int(k) for w in windows for k in w.word] == list(range(len(words)))
    for w in windows:
        assert w.piece[0] == CLS and w.piece[-1] == SEP
        assert len(w.piece) == len(w.case) == len(w.quoted)
        assert np.array_equal(w.piece[w.at], words.piece[words.first[w.word]])
        assert len({int(words.paragraph[lo]) for lo, _ in w.segments}) <= len(w.segments)


def test_a_lone_surrogate_is_read_and_left_in_the_text() -> None:
    text = "He said \ud800 it was over."
    words = split_words(text, [Span(0, len(text))], TOKENIZER)
    assert text[words.start[-2] : words.end[-2]] == "over"
