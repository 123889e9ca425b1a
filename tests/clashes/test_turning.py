"""A speaker's word turned round."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.clashes.telling import account

from onrecord.clashes import Judge, KnownArticle, candidates
from onrecord.clashes.shelves import ListShelf
from onrecord.clashes.turning import DISOWNED, OWNED_UP, TURNED, disowned, owned_up, repeated, turned
from onrecord.clashes.words import stem

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


def test_what_is_negated_beside_it_turns_nothing_round():
    said = "that the sluice gates at Oldmoor were rusting"
    assert not turned(account(0, said), later("the sluice gates at Oldmoor were rusting and hardly used"))
    assert not turned(account(0, said), later("the sluice gates at Oldmoor were rusting; nobody cared"))
    assert turned(account(0, said), later("the sluice gates at Oldmoor were not rusting and hardly used"))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("that it would raise the tolls and close the sluice", True),
        ("that it would not raise the tolls or close the sluice", False),
        ("that it would not raise the tolls and not close the sluice", False),
    ],
)
def test_what_is_negated_twice_over_is_negated(content, expected):
    said = account(0, "that it would not raise the tolls and would not close the sluice")
    assert turned(said, later(content)) is expected
    assert turned(said, later(content, cue="denied")) is not expected


def test_what_was_said_in_some_month_may_have_been_said_after():
    gates = "that the sluice gates at Oldmoor would not open"
    assert not turned(account(0, SAID, day="2031-04-01", until="2031-05-09"), later(gates))
    assert turned(account(0, SAID, day="2031-04-01", until="2031-04-19"), later(gates))


def test_a_number_told_again_without_its_thing_takes_nothing_back():
    said = account(0, "that the guild had bid 38 million crowns")
    assert repeated(said, later("the bid was worth 38 million with the fees"))
    assert not repeated(said, later("the bid was worth 31 million with the fees"))
    assert not repeated(account(0, "that the guild had three boats"), later("it lost three in a week"))


@pytest.mark.parametrize("day", ["in 2031", "on March 12", "on 12 March", "on March 12, 2031"])
def test_a_day_or_a_year_told_again_is_no_number_told_again(day):
    assert not repeated(account(0, f"that the mill made a profit {day}"), later(f"that the mill lost money {day}"))
    assert repeated(account(0, f"that the mill lost 38 boats {day}"), later(f"that 38 boats were lost {day}"))
    assert repeated(account(0, f"that 38 may be lost {day}"), later(f"that 38 may be lost by the mill {day}"))


def test_another_day_is_another_matter():
    assert not turned(
        account(0, f"{SAID} on Monday"), later("that the sluice gates at Oldmoor would not open on Sunday")
    )


def test_the_judge_tells_of_it():
    here, there = (
        account(0, SAID, names=frozenset({"Oldmoor"})),
        later("that the sluice gates at Oldmoor would not open", names=frozenset({"Oldmoor"})),
    )
    shelf = ListShelf([KnownArticle((here,), ()), KnownArticle((there,), ())])
    (clash,) = Judge.load().judge(candidates(KnownArticle((there,), ()), shelf))
    assert (clash.kind, clash.a.statement, clash.b.statement) == ("self-reversal", here.statement, there.statement)
    assert clash.score >= TURNED


@pytest.mark.parametrize("side", ["here", "there"])
def test_what_another_says_that_one_said_is_no_earlier_word(side):
    inside = {side: {"inside": "stm-outer"}}
    here = account(0, SAID, names=frozenset({"Oldmoor"}), **inside.get("here", {}))
    there = later(
        "that the sluice gates at Oldmoor would not open", names=frozenset({"Oldmoor"}), **inside.get("there", {})
    )
    shelf = ListShelf([KnownArticle((here,), ()), KnownArticle((there,), ())])
    assert Judge.load().judge(candidates(KnownArticle((there,), ()), shelf)) == ()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("that more than 1,400 homes had burned since May 3", "over 1,400 homes burned and asked for $2 million", True),
        ("the mill owed $30 billion", "the mill had to pay $30 billion", True),
        ("nine boats sank", "9 boats had sunk", True),
        ("that 1,400 homes had burned", "that 900 homes had burned", False),
        ("that 1,400 homes had burned", "that 1,400 homes had not burned", False),
        ("that 20 of 50 homes were open", "that 35 of 50 homes were closed", False),
        ("that the homes had burned", "that the homes had burned", False),  # no number: the judge's matter
        ("that 12 guards struck on May 9", "that 400 homes burned on May 9", False),
    ],
)
def test_the_same_number_of_the_same_thing_is_said_again(one, other, expected):
    assert repeated(account(0, one), later(other)) is expected


def test_what_is_said_again_is_no_reversal():
    here = account(0, "that more than 1,400 homes at Oldmoor had burned", names=frozenset({"Oldmoor"}))
    there = later("over 1,400 homes at Oldmoor burned, not 2,000", names=frozenset({"Oldmoor"}), cue="repeated that")
    again = later("over 1,400 homes at Oldmoor burned", names=frozenset({"Oldmoor"}))
    for one in (there, again):
        shelf = ListShelf([KnownArticle((here,), ()), KnownArticle((one,), ())])
        scores = [c.score for c in Judge.load().judge(candidates(KnownArticle((one,), ()), shelf))]
        assert one is there or not scores


PROMISED = "that the harbour board would publish the dredging accounts of the Oldmoor basin by April 10"
ON_IT = frozenset(stem(word) for word in "dredging accounts oldmoor basin overdue".split())


@pytest.mark.parametrize(
    ("content", "more", "expected"),
    [
        ('"I never gave a date,"', {}, True),
        ("that he had made any such promise", {"cue": "denied"}, True),
        ('"We gave a date,"', {}, False),
        ("that he had broken a promise", {"cue": "denied"}, False),
        ('"I never gave a date,"', {"matter": frozenset()}, False),
        ('"I never gave a date,"', {"day": "2031-04-09"}, False),
        ('"I never gave a date,"', {"by": "Tom Redfern"}, False),
        ('"I never saw the boat,"', {}, False),
        ('"We named no day,"', {}, True),
        ('"It did not rain that day,"', {}, False),
        ('"Not a day was lost at the basin, whatever the harbour office says of us,"', {}, False),
    ],
)
def test_who_says_after_the_day_that_nothing_was_promised_disowns_it(content, more, expected):
    promise = account(0, PROMISED, act="promise", due="2031-04-10")
    after = later(content, **{"matter": ON_IT, **more})
    assert disowned(promise, after) is expected
    if expected:
        found = Judge.load().judge(candidates(KnownArticle((after,), ()), ListShelf([KnownArticle((promise,), ())])))
        assert [(c.kind, c.score) for c in found] == [("broken-prediction", DISOWNED)]


def test_what_is_said_beside_it_hides_no_promise_disowned():
    promise = account(0, PROMISED, act="promise", due="2031-04-10")
    both = (
        '"I never fixed a date,"',
        '"The accounts of the basin were to be printed when the auditor had seen all of them."',
    )
    assert disowned(promise, replace(later(both[0], matter=ON_IT), content=both))


@pytest.mark.parametrize(
    ("before", "after", "more", "expected"),
    [
        (
            '"No such ledger ever came to us,"',
            "that he had seen a ledger of the pilots in May",
            {"cue": "admitted"},
            True,
        ),
        ('"We never paid the divers,"', "having paid the divers in cash", {"cue": "acknowledged"}, True),
        ('"We never paid the divers,"', "having paid the divers in cash", {"cue": "said"}, False),
        ('"We paid the divers,"', "having paid the divers in cash", {"cue": "acknowledged"}, False),
        ('"We never paid the divers,"', "that he had not paid the divers", {"cue": "admitted"}, False),
        (
            '"We never paid the divers,"',
            "having paid the divers in cash",
            {"cue": "admitted", "by": "Tom Redfern"},
            False,
        ),
        (
            '"We never paid the divers,"',
            "having paid the divers in cash",
            {"cue": "admitted", "day": "2031-04-01"},
            False,
        ),
        ('"No barge of ours lay near the Oldmoor lock,"', "that a barge had sunk", {"cue": "admitted"}, False),
    ],
)
def test_who_admits_what_he_denied_has_turned_round(before, after, more, expected):
    here, there = account(0, before), later(after, **more)
    assert owned_up(here, there) is expected
    if expected:
        (clash,) = Judge.load().judge(candidates(KnownArticle((there,), ()), ListShelf([KnownArticle((here,), ())])))
        assert clash.kind == "self-reversal"
        assert clash.score >= OWNED_UP
