"""Accounts of two articles: what is judged of them, and what is no clash though it looks like one."""

from __future__ import annotations

import numpy as np
import pytest
from tests.clashes.telling import account, tally

from onrecord.clashes import Judge, KnownArticle, candidates, within
from onrecord.clashes.counts import comparable
from onrecord.clashes.features import FEATURES, features_of
from onrecord.clashes.shelves import ListShelf
from onrecord.clashes.two_articles import restraint, turned_round

MATTER = frozenset("dredg harbour tarnmouth pilot grounding sandbar".split())


def told(number, content, *, article, **more):
    return account(number, content, article=article, matter=MATTER, **more)


def numbers(a, b):
    row = features_of([(a, b)], {}, whole=True)
    return row, dict(zip(FEATURES, row[0].tolist(), strict=True))


PILOT = told(
    0,
    "that the pilot, Rees Harker, had been asleep",
    by="Maud Tarrant",
    article="art-1",
    names=frozenset({"Rees Harker"}),
)
POLICE = told(0, "that the pilot, Rees Harker, had not been asleep", by="harbour police", article="art-2", act="deny",
              names=frozenset({"Rees Harker"}))  # fmt: skip


def test_the_same_negated_is_told_across_articles():
    shelf = ListShelf([KnownArticle((PILOT,), ()), KnownArticle((POLICE,), ())])
    (clash,) = Judge.load().judge(candidates(KnownArticle((POLICE,), ()), shelf))
    assert {clash.a.article, clash.b.article} == {"art-1", "art-2"}
    assert clash.score > 0.3


def test_articles_of_another_matter_are_less_likely_to_clash():
    judge = Judge.load()
    far = account(0, POLICE.content[0], by="harbour police", article="art-2", act="deny", names=POLICE.names)
    near, other = (judge.scores(((PILOT, x),), numbers(PILOT, x)[0])[0] for x in (POLICE, far))
    assert near > other


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("that the sandbar was charted for sale", True),
        ("that the sandbar needed a buoy", False),
        ("that the harbour was shut", False),
    ],
)
def test_a_denial_of_several_words_is_not_of_all_that_has_one_of_them(claim, expected):
    denial = told(
        0, "that the sandbar was for sale", by="the owner", article="art-2", act="deny", cue="denied", day="2031-04-05"
    )
    assert bool(turned_round(numbers(told(0, claim, article="art-1"), denial)[0])[0]) is expected


@pytest.mark.parametrize(
    ("one", "other", "round_"),
    [
        ("that the ferry firm is solvent", "that the ferry firm is insolvent", True),
        ("that the sandbar was discovered in May", "that a tarpaulin was to cover it", False),
        ("that dredging cost the harbour 90 million crowns", "that dredging cost the harbour 410 million crowns", True),
        ("that the pilot slept", "that the choir of the harbour sang", False),
    ],
)
def test_words_that_turn_one_another_round(one, other, round_):
    a, b = told(0, one, by="Maud Tarrant", article="art-1"), told(0, other, by="Nils Ostrem", article="art-2")
    assert bool(turned_round(numbers(a, b)[0])[0]) is round_


def test_whoever_never_met_somebody_is_met_by_that_one():
    a = told(0, "that he had never met the dredger Conrad Vale", by="Nils Ostrem", article="art-1")
    b = told(0, "that he had met Nils Ostrem at the sandbar", by="Conrad Vale", article="art-2")
    assert numbers(a, b)[1]["claims turned"] > 0.4


def test_a_shared_name_is_no_denied_claim():
    a = told(0, "the arrest of Orla Kemp", by="harbour police", article="art-1", act="admit")
    b = told(0, "that Kemp had been hurt", by="Bo Tasker", article="art-2", act="deny", cue="denied")
    assert numbers(a, b)[1]["denied words"] == 0


BLAMED = account(0, "that the firm drained the dock", by="Ada Quill", act="accuse", at="Halden Mills")
DENIES = account(1, "the charges", by="Halden Mills", act="deny", cue="denied")


@pytest.mark.parametrize(
    ("a", "b", "factor"),
    [
        (BLAMED, DENIES, 1.0),
        (account(0, "that the tide had turned", by="Ada Quill", act="state"), DENIES, 0.3),  # charges that she did not bring
        (account(0, "one count of fraud", by="Bo Tasker", act="deny"), account(1, "fraud", by="Lou Varr", act="deny"), 0.2),
        (account(0, "it paid", by="Halden Mills"), account(1, "it owed", by="Tevin Marsh", behind=frozenset({"halden"})), 0.3),
        (account(0, "losses of 705 million crowns", by="Ada Quill"), account(1, "900 crowns is insured", by="Lou Varr"), 0.3),
        (account(0, "62 people were killed", by="Ada Quill"), account(1, "39 people were killed", by="Lou Varr"), 1.0),
    ],
)  # fmt: skip
def test_what_is_no_clash_though_it_looks_like_one(a, b, factor):
    assert restraint(numbers(a, b)[0])[0] == pytest.approx(factor)


def test_two_who_deny_one_charge_are_told_less_surely():
    one = account(0, "one count of flooding the dock", by="Bo Tasker", act="deny", cue="denied")
    other = account(1, "flooding the dock", by="Lou Varr", act="deny", cue="also denied")
    for clash in Judge.load().judge(within(KnownArticle((one, other), ()))):
        assert clash.score < 0.2


def test_figures_of_one_matter_are_compared_though_they_name_no_common_place():
    a, b = (
        tally(1, 62, matter=MATTER),
        tally(2, 39, article="art-2", by="the clinic", places=("highmoor",), matter=MATTER),
    )
    assert comparable(a, b)
    assert not comparable(a, tally(2, 39, article="art-2", by="the clinic", places=("highmoor",)))
    assert np.isfinite(numbers(PILOT, POLICE)[1]["matter rarity"])
