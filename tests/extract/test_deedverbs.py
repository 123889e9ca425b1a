"""The act that a verb does whatever is said by it."""

from __future__ import annotations

import pytest
from tests.scripted import read_marked

from onrecord.extract.deedverbs import plain_act


@pytest.mark.parametrize(
    ("cue", "content", "act"),
    [
        ("denied", "opening the gates", "deny"),
        ("has also denied", "that the wall leaked", "deny"),
        ("denied", "the crew access to the quay", "refuse"),
        ("has pleaded", "not guilty", "deny"),
        ("pleaded", "guilty to two counts", "admit"),
        ("pleaded not guilty", "to two counts", "deny"),
        ("pleaded", "for time", None),
        ("asked", "“Who paid you, Mr Lane?”", "ask"),
        ("asked", "for more", None),
        ("promised", "to pay", "promise"),
        ("promised to criticise", "nobody", None),
        ("rejected", "the offer", None),
        ("has questioned", "the need for a second wall", "criticize"),
        ("is again questioning", "Lane’s right to sail", "criticize"),
        ("questioned", "whether the wall would hold", None),
        ("questioned", "about the wall", None),
        ("was questioned", "the whole day", None),
        ("alleged", "that the pilot slept", "accuse"),
        ("said", "so", None),
        ("vowed", "revenge", "threaten"),
        ("has promised", "a harsh response", "threaten"),
        ("vowed", "to retaliate", "threaten"),
        ("promised", "a reply by Friday", "promise"),
        ("said", "“The raid will not go unpunished,”", "threaten"),
        ("said", "“The raid will go unpunished,”", None),
        ("said", "“We will be suing the board,”", "threaten"),
        ("said", "the pilots will be suing the board", None),
        ("accepted", "that she had not rung the bell", "admit"),
        ("accepts", "that the bell was late", None),
        ("agreed", "that he had been late", None),
        ("agreed", "to ring the bell", None),
    ],
)
def test_plain_verbs(cue: str, content: str, act: str | None) -> None:
    assert plain_act(cue, content) == act


def test_who_agrees_when_questioned_admits() -> None:
    assert plain_act("agreed", "that no bell was rung", " under cross-examination ") == "admit"
    assert plain_act("agreed", "to ring the bell", " in court ") is None


def test_a_claim_that_is_taken_back_is_no_claim() -> None:
    act = lambda marked: read_marked(marked, acts={"claim": "accuse", "withdrew": "accuse"}).statements[0].act  # noqa: E731
    assert act("[Lane] {withdrew} <her claim that the pilot slept>.") is None
    assert act("[Lane] {withdrew her claim} <that the pilot slept>.") is None
    assert act("Lane has taken back [her] earlier {claim} <that the pilot slept>.") is None
    repeated = act("Lane has repeated [her] {claim} <that the pilot slept>.")
    assert repeated is not None and repeated.code == "accuse"
    assert act("[Lane] {withdrew} <her application>.") is not None


def test_a_plain_verb_stands_over_the_model_and_not_over_a_negation() -> None:
    act = lambda marked: read_marked(marked, acts={"denied": "accuse", "did": "accuse"}).statements[0].act  # noqa: E731
    said = act("[Lane] {denied} <opening the gates>.")
    assert said is not None and (said.code, said.score) == ("deny", 0.9)
    negated = act("[Lane] {did not deny} <opening the gates>.")
    assert negated is not None and negated.code == "accuse"
