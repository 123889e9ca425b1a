"""Quotations that are printed with other words."""

from __future__ import annotations

import pytest
from tests.clashes.telling import quoted

from onrecord.clashes.wording import altered

SAID = "We will open the sluice before the harvest and not a day later."


def printed(words: str, **more):
    return altered(quoted(1, SAID, article="art-1"), quoted(3, words, article="art-2", **more))


def test_another_word_is_shown_in_both():
    found = printed("We may open the sluice before the harvest and not a day later.")
    assert found is not None
    assert [(c.before, c.after) for c in found.changes] == [("will", "may")]
    assert [[(s.start, s.end) for s in side] for side in found.why()] == [[(104, 108)], [(304, 307)]]


def test_the_earlier_is_first_whatever_the_order_of_articles():
    a = quoted(1, SAID, article="art-9", day="2031-04-01")
    b = quoted(1, SAID.replace("will", "may"), article="art-2", day="2031-04-02")
    found = altered(a, b)
    assert found is not None and [(c.before, c.after) for c in found.changes] == [("will", "may")]


@pytest.mark.parametrize(
    "words",
    [
        SAID,
        "We will open the sluice before the harvest.",  # a part
        "We will open the sluice before the harvest, and not a day later!",
        "We will open sluice before the harvest and not a day later.",  # an article of grammar
        "The wheel turns whether or not anybody looks at the river.",
    ],
)
def test_what_is_no_change(words):
    assert printed(words) is None


def test_another_speaker_says_something_of_his_own():
    assert printed(SAID.replace("will", "may"), by="Tom Redfern") is None
