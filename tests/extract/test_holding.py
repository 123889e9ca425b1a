"""What holds a place: the same as by looking at all, in far fewer looks."""

from __future__ import annotations

import random
import time

import pytest

from onrecord.extract.holding import Contents, holder_of, span_at
from onrecord.records import Span


def some(r, count):
    return [
        [Span(at, at + r.randint(1, 30)) for at in sorted(r.sample(range(300), r.randint(1, 3)))] for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(30))
def test_contents_are_found_as_if_each_were_looked_at(seed):
    r = random.Random(seed)
    contents, place = some(r, 12), Span(at := r.randrange(300), at + r.randint(1, 12))
    held = [n for n, content in enumerate(contents) if any(c.holds(place) for c in content)]
    known = Contents(contents)
    assert known.holding(place) == held
    shortest = min(held, key=lambda n: (sum(map(len, contents[n])), n), default=None)
    assert known.innermost(place) == shortest
    rest = [n for n in held if n != shortest]
    assert known.innermost(place, but=shortest) == min(
        rest, key=lambda n: (sum(map(len, contents[n])), n), default=None
    )


def test_a_place_among_many_takes_no_look_at_all_of_them():
    contents = Contents([[Span(at, at + 8)] for at in range(0, 400_000, 10)])
    begun = time.process_time()
    assert [contents.innermost(Span(at + 2, at + 4)) for at in range(0, 400_000, 10)] == list(range(40_000))
    assert time.process_time() - begun < 5  # each with all: half an hour


def test_the_span_in_which_a_character_stands():
    spans = [Span(2, 5), Span(5, 6), Span(9, 12)]
    found = [span_at(spans, at) for at in range(13)]
    assert found == [None, None, *[spans[0]] * 3, spans[1], None, None, None, *[spans[2]] * 3, None]


def test_nothing_holds_a_place_of_no_contents():
    assert Contents([]).innermost(Span(0, 1)) is None
    assert span_at([], 0) is None


@pytest.mark.parametrize("place", [Span(at, end) for at in range(12) for end in range(at + 1, 13)])
def test_of_spans_apart_the_one_is_found_that_holds_all_of_a_place(place):
    spans = [Span(1, 4), Span(4, 6), Span(8, 11)]
    assert holder_of(spans, place) == next((s for s in spans if s.holds(place)), None)
