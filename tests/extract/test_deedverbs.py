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
        ("said", "so", None),
    ],
)
def test_plain_verbs(cue: str, content: str, act: str | None) -> None:
    assert plain_act(cue, content) == act


def test_a_plain_verb_stands_over_the_model_and_not_over_a_negation() -> None:
    act = lambda marked: read_marked(marked, acts={"denied": "accuse", "did": "accuse"}).statements[0].act  # noqa: E731
    said = act("[Lane] {denied} <opening the gates>.")
    assert said is not None and (said.code, said.score) == ("deny", 0.9)
    negated = act("[Lane] {did not deny} <opening the gates>.")
    assert negated is not None and negated.code == "accuse"
