"""Sketches tell apart what is not alike, and never what is."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.link import alike_words, may_be_alike, sketches_of

WORDS = [f"word{k}" for k in range(60)]
SAYINGS = st.lists(st.sampled_from(WORDS[:9]), max_size=25) | st.lists(st.sampled_from(WORDS), max_size=40)


def told(a, b):
    bits = sketches_of([a, b])
    sizes = np.array([len(a), len(b)], np.int64)
    return bool(may_be_alike(sizes[:1], bits[:1], sizes[1:], bits[1:])[0])


@given(SAYINGS, SAYINGS)
def test_what_is_alike_is_never_told_apart(a, b):
    assert told(a, b) == told(b, a)
    if alike_words(a, b) is not None:
        assert told(a, b)


@given(SAYINGS, st.lists(st.tuples(st.integers(0, 39), st.sampled_from(WORDS)), max_size=6), st.integers(0, 8))
def test_nor_is_what_was_altered_or_cut(a, altered, cut):
    b = list(a)
    for place, word in altered:
        if place < len(b):
            b[place] = word
    b = b[cut:]
    if alike_words(a, b) is not None:
        assert told(a, b)


def test_of_sayings_that_have_little_in_common_hardly_any_pair_is_left():
    r = random.Random(1)
    language = [f"w{k}" for k in range(5000)]
    sayings = [r.choices(language, k=r.randint(8, 30)) for _ in range(400)]
    sizes, bits = np.array([len(s) for s in sayings]), sketches_of(sayings)
    a, b = np.triu_indices(len(sayings), 1)
    assert may_be_alike(sizes[a], bits[a], sizes[b], bits[b]).mean() < 0.01


def test_of_nothing_there_is_no_sketch():
    assert sketches_of([]).shape == (0, 4)
    assert not told([], [])
