"""A speaker's word turned round."""

from __future__ import annotations

import pytest
from tests.clashes.telling import account

from onrecord.clashes import Judge, Known, candidates
from onrecord.clashes.shelves import ListShelf
from onrecord.clashes.turning import TURNED, turned

SAID = "that the sluice gates at Oldmoor would open"


def later(content: str, **more):
    return account(0, content, **{"by": "Ines Marlow", "article": "art-2", "day": "2031-04-20", **more})


@pytest.mark.parametrize(
    ("content", "more", "expected"),
    [
        ("that the sluice gates at Oldmoor would not open", {}, True),
        ("the sluice gates at Oldmoor would never open", {}, True),
        (SAID, {"cue": "denied"}, True),
        (SAID, {}, False),
        ("that the market at Oldmoor would not open", {}, False),
        ("that the sluice gates at Oldmoor would not open", {"by": "Tom Redfern"}, False),
        ("that the sluice gates at Oldmoor would not open", {"day": "2031-04-01"}, False),
        ("that the sluice gates at Oldmoor would not open", {"article": "art-1"}, False),
    ],
)
def test_the_same_with_a_negation_is_a_word_turned_round(content, more, expected):
    assert turned(account(0, SAID), later(content, **more)) is expected


def test_another_day_is_another_matter():
    assert not turned(
        account(0, f"{SAID} on Monday"), later("that the sluice gates at Oldmoor would not open on Sunday")
    )


def test_the_judge_tells_of_it():
    here, there = (
        account(0, SAID, names=frozenset({"Oldmoor"})),
        later("that the sluice gates at Oldmoor would not open", names=frozenset({"Oldmoor"})),
    )
    shelf = ListShelf([Known((here,), ()), Known((there,), ())])
    (clash,) = Judge.load().judge(candidates(Known((there,), ()), shelf))
    assert (clash.kind, clash.a.statement, clash.b.statement) == ("self-reversal", here.statement, there.statement)
    assert clash.score >= TURNED


@pytest.mark.parametrize("side", ["here", "there"])
def test_what_another_says_that_one_said_is_no_earlier_word(side):
    inside = {side: {"inside": "stm-outer"}}
    here = account(0, SAID, names=frozenset({"Oldmoor"}), **inside.get("here", {}))
    there = later(
        "that the sluice gates at Oldmoor would not open", names=frozenset({"Oldmoor"}), **inside.get("there", {})
    )
    shelf = ListShelf([Known((here,), ()), Known((there,), ())])
    assert Judge.load().judge(candidates(Known((there,), ()), shelf)) == ()
