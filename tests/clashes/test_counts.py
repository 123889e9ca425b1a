"""Figures: numbers that differ for the same thing and time, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.clashes.telling import tally

from onrecord.clashes.counts import (
    COUNT_FEATURES,
    NEXT_DAY,
    ON_ONE_DAY,
    count_clash,
    count_features,
    differ,
    least_chance,
)

amounts = st.none() | st.integers(0, 50).map(float)


def test_two_sources_differ():
    assert count_clash(tally(1, 17, by="the mayor"), tally(2, 11, by="the relief office")) == "figures"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"value": 17}, {"value": 17}),  # they agree
        ({"value": None, "low": 40, "high": None}, {"value": 45}),  # more than forty may be forty-five
        ({"value": 30, "low": 25, "high": 35}, {"value": 33}),  # about thirty
        ({"value": 17}, {"value": 43, "what": "wounded"}),  # the dead and the wounded
        ({"value": 17}, {"value": 6, "part": True}),  # six of the dead
        ({"value": 17}, {"value": 6, "thing": "officer"}),  # a part by its name
        ({"value": 17, "article": "art-2", "places": ("highmoor",)}, {"value": 11}),  # elsewhere
        ({"value": 17, "article": "art-2", "day": "2031-04-05"}, {"value": 11}),  # another day
        ({"value": 17, "article": "art-2", "origin": "art-1"}, {"value": 11}),  # a copy of the same text
        ({"value": 17, "what": "other", "thing": "boat"}, {"value": 11, "what": "other", "thing": "barge"}),
    ],
)
def test_what_is_no_clash(one, other):
    a, b = tally(1, **one, by="the mayor"), tally(2, **other, by="the relief office")
    assert count_clash(a, b) is None


def test_a_count_that_grows_is_no_clash():
    assert count_clash(tally(1, 11), tally(2, 17, article="art-2", day="2031-04-03")) is None


def test_a_count_that_falls_is_taken_back():
    assert count_clash(tally(1, 26), tally(2, 24, article="art-2", day="2031-04-03")) == "self-reversal"


def test_the_missing_become_fewer_without_a_word_taken_back():
    assert count_clash(tally(1, 26, what="missing"), tally(2, 9, what="missing", article="art-2")) is None


@given(amounts, amounts, amounts, amounts)
def test_figures_differ_only_where_no_number_fits_both(a, b, c, d):
    low, high = (a, b) if a is None or b is None or a <= b else (b, a)
    low2, high2 = (c, d) if c is None or d is None or c <= d else (d, c)
    one, other = tally(1, None, low=low, high=high), tally(2, None, low=low2, high=high2)
    fits = any((low is None or low <= n) and (high is None or n <= high)
               and (low2 is None or low2 <= n) and (high2 is None or n <= high2) for n in range(52))  # fmt: skip
    assert differ(one, other) == differ(other, one) == (not fits)


def test_numbers_of_pairs():
    assert count_features([(tally(1, 17), tally(2, 11))]).shape == (1, len(COUNT_FEATURES))
    assert count_features([]).shape == (0, len(COUNT_FEATURES))


def test_other_things_whose_numbers_have_nothing_to_do_with_each_other():
    few, many = (tally(n, value, what="other", thing="homes", by=f"speaker {n}") for n, value in ((0, 12), (1, 2000)))
    assert count_clash(few, many) is None
    near = tally(1, 40, what="other", thing="homes", by="speaker 1")
    assert count_clash(few, near) == "figures"


RARE = frozenset("zwelling quorndon brackmere".split())
"""Stems that no other matter has."""


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ON_ONE_DAY),
        ({"day": "2031-04-03"}, NEXT_DAY),
        ({"day": "2031-04-05"}, 0),
        ({"value": 90}, 0),  # of other dead, mostly
        ({"thing": "officer"}, 0),
        ({"places": ("highmoor",)}, 0),
        ({"matter": frozenset({"rain"})}, 0),
        ({"what": "other"}, 0),
        ({"article": "art-1"}, 0),  # the judge's own matter
    ],
)
def test_papers_that_count_the_same_dead(more, expected):
    here = tally(1, 17, matter=RARE, what=more.get("what", "killed"))
    there = {"value": 11, "article": "art-2", "by": "the relief office", "matter": RARE, **more}
    assert least_chance(here, tally(2, **there)) == expected


def test_what_is_told_roughly_differs_where_it_is_far_off():
    about = {"value": 120, "low": None, "high": None, "what": "other"}
    assert differ(tally(1, **about), tally(2, 400, what="other"))
    assert not differ(tally(1, **about), tally(2, 150, what="other"))
    assert not differ(tally(1, **about), tally(2, **{**about, "value": 200}))


@pytest.mark.parametrize(
    ("thing", "value", "expected"),
    [("visit", 48_000, None), (None, 400, None), (None, 38_000_000, "figures"), ("euro", 38_000_000, "figures")],
)
def test_money_is_held_against_money(thing, value, expected):
    other = tally(2, value, what="other", thing=thing, by="the trust", money=thing == "euro")
    assert count_clash(tally(1, 35_000_000, what="other", money=True), other) == expected


def test_dead_of_two_places_of_one_article_are_two_counts():
    here = tally(1, 12, placed=True)
    there = tally(2, 4, by="the police", places=("highmoor",), placed=True)
    assert count_clash(here, there) is None
    assert count_clash(here, tally(2, 4, by="the police", placed=True)) == "figures"
    assert count_clash(here, tally(2, 4, by="the police", places=("highmoor",))) == "figures"  # lent
    assert count_clash(tally(1, 43), tally(2, 2, places=("highmoor",), placed=True)) is None
    assert count_clash(tally(1, 43), tally(2, 2)) == "self-reversal"


def test_a_toll_that_has_risen_is_no_clash_with_what_it_was():
    before = tally(1, 9)
    after = {"by": "the hospital", "article": "art-2", "risen": True}
    assert count_clash(before, tally(2, 14, day="2031-04-03", **after)) is None
    assert count_clash(before, tally(2, 14, day="2031-04-03", **{**after, "risen": False})) == "figures"
    assert count_clash(before, tally(2, 14, **after)) == "figures"
    assert count_clash(before, tally(2, 7, day="2031-04-03", **after)) == "figures"
