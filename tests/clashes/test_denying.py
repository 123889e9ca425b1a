"""Which statement a denial is of."""

from __future__ import annotations

import numpy as np
import pytest
from tests.clashes.telling import account

from onrecord.clashes.denying import (
    AFTERWARDS,
    ELSEWHERE,
    PASSED_OVER,
    REFERRED,
    UNTIED,
    is_of_another_deed,
    taken_up,
    weighed,
)
from onrecord.codebook.taking_up import is_bare

TOM = frozenset({"Tom Redfern"})


def claims(*told, **denial):
    """Claims in their order and what is denied behind them: pairs, each with a chance of .5 but where told."""
    said = [account(n, content, by="Ines Marlow", **more) for n, (content, more) in enumerate(told)]
    content = denial.pop("content")
    no = account(len(said), content, by="Tom Redfern", act="deny", cue=denial.pop("cue", "denied"), **denial)
    return [(one, no) for one in said]


def weigh(pairs, scores=None):
    return weighed(pairs, np.full(len(pairs), 0.5) if scores is None else np.array(scores)).tolist()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("that", "that"),
        ("it", "that"),
        ("the accusation", "noun"),
        ("any wrongdoing", "noun"),
        ("both claims", "noun"),
        ("the figures", "figures"),
        ("that official toll", "figures"),
        ("that the gates were opened", "words"),
        ("a rift", "words"),
        ("the figures of the river board", "words"),
    ],
)
def test_how_a_denial_takes_up_what_it_denies(content, expected):
    assert taken_up(content) == expected
    assert is_bare(content) or expected in ("words", "figures")


def test_a_pronoun_takes_up_the_claim_rather_than_the_quotation_with_it():
    pairs = claims(
        ("the weir is old", {}),
        ("that the mayor sold the weir to a cousin", {"names": TOM}),
        ('"It smells of fish"', {"form": "direct"}),
        content="that",
        cue="rejected",
    )
    first, claim, quotation = weigh(pairs, [0.4, 0.2, 0.5])
    assert claim == REFERRED
    assert (first, quotation) == (0.4 * PASSED_OVER, 0.5 * PASSED_OVER)


def test_a_charge_is_the_accusation_before_it_and_nothing_behind():
    pairs = claims(
        ("that the guild stole the grain", {"act": "accuse"}),
        ("the weir is old", {}),
        ("bread is dear", {}),
        content="the charge",
    )
    later = account(9, "that the guild hides the keys", by="Ines Marlow", act="accuse")
    accusation, *others, behind = weigh([*pairs, (pairs[0][1], later)])
    assert accusation == 0.5
    assert others == [0.5 * PASSED_OVER] * 2
    assert behind == 0.5 * AFTERWARDS


def test_both_claims_are_all_of_one_speaker():
    told = (("that the guild stole the grain", {"act": "accuse"}), ("that the weir had been mined", {}))
    assert weigh(claims(*told, content="both claims"), [0.6, 0.4]) == [0.6, 0.4]
    assert weigh(claims(*told, content="the claim"), [0.6, 0.4]) == [0.6, 0.4 * PASSED_OVER]


def test_figures_are_denied_of_who_gave_some():
    pairs = claims(
        ("that 40 boats sank", {}),
        ("that 12 more were missing", {}),
        ('"We have it in hand"', {}),
        content="the figures",
        cue="disputed",
    )
    assert weigh(pairs) == [0.5, 0.5, 0.5 * PASSED_OVER]


def test_what_has_the_words_of_a_denial_is_denied_sooner():
    pairs = claims(
        ("that ferrymen blocked the sluice gates", {}),
        ("the granaries stood ready", {}),
        content="that the sluice gates had ever been blocked",
    )
    meant, other = weigh(pairs)
    assert meant > 0.5 and other == 0.5 * ELSEWHERE


def test_what_the_judge_hardly_believes_does_not_outweigh_the_rest():
    pairs = claims(
        ("that ferrymen blocked the sluice gates", {}),
        ("the granaries stood ready", {}),
        content="that the sluice gates had ever been blocked",
    )
    meant, other = weigh(pairs, [0.1, 0.9])
    assert 0.1 < meant < 0.2 and other == UNTIED


def test_a_contradiction_that_is_no_denial_by_its_cue_is_left_as_it_is():
    pairs = claims(
        ("that ferrymen blocked the sluice gates", {}),
        ("the granaries stood ready", {"act": "accuse"}),
        content='"I never went near the sluice gates, nobody blocked them"',
        cue="said",
    )
    assert weigh(pairs) == [0.5, 0.5]


def test_without_words_or_blame_or_a_name_a_pair_is_held_to_little():
    assert weigh(claims(("the talks were useful", {}), content="a rift"), [0.7]) == [UNTIED]
    assert weigh(claims(("the talks were useful", {"names": TOM}), content="a rift"), [0.7]) == [0.7]
    assert weigh(claims(("the talks were useful", {}), content="any wrongdoing in the matter of it"), [0.7]) == [0.7]
    assert weigh(claims(("that the talks were useful", {}), content="that the quay sank"), [0.7]) == [UNTIED]
    assert weigh(claims(("the guild robs us", {"act": "accuse"}), content="a rift"), [0.7]) == [0.7]


def test_what_is_no_denial_is_left_alone():
    pair = (account(0, "the weir is old"), account(1, "the weir is new", by="Tom Redfern"))
    assert weigh([pair]) == [0.5]
    assert weighed([], np.zeros(0)).tolist() == []


@pytest.mark.parametrize(
    ("content", "denied", "more", "expected"),
    [
        ("that both want the pact to hold", "breaking the pact", {}, True),
        ("that both want the pact to hold", "breaking the pact", {"names": TOM}, False),
        ("that the mill is breaking the pact", "breaking the pact", {}, False),
        ("that the pact is dead", "breaking the pact", {"act": "accuse"}, False),
        ("that both want the pact to hold", "that the pact was broken", {}, False),
    ],
)
def test_a_deed_denied_is_not_all_that_has_to_do_with_it(content, denied, more, expected):
    ((one, no),) = claims((content, more), content=denied)
    assert is_of_another_deed(one, no) is is_of_another_deed(no, one) is expected
