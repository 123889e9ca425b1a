"""Groups without a name, where they are printed."""

from __future__ import annotations

import pytest

from onrecord.extract.groups import LONGEST, group_phrases
from onrecord.records import Span


def found(text: str, *names: str) -> list[str]:
    named = sorted(Span(text.index(n), text.index(n) + len(n)) for n in names)
    return [s.of(text) for s in group_phrases(text, named)]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("She thanked the voters of the north.", ["voters"]),
        ("He blamed local election officials for it.", ["local election officials"]),
        ("They mocked Ada Lane's supporters.", ["Ada Lane's supporters"]),
        ("The harbour police’s chief left.", ["police"]),
        ("Nothing of the kind was written.", []),
    ],
)
def test_a_group_is_its_head_and_what_describes_it(text: str, phrases: list[str]) -> None:
    assert found(text) == phrases


def test_a_head_within_a_name_is_no_group_of_its_own() -> None:
    assert found("The Velmark Workers Party and the police met.", "Velmark Workers Party") == ["police"]


def test_a_phrase_may_hold_a_name() -> None:
    assert found("He scolded Velmark officials.", "Velmark") == ["Velmark officials"]


def test_no_phrase_is_longer_than_it_may_be() -> None:
    (span,) = group_phrases("Local " * 50 + "officials", [])
    assert len(span.of("Local " * 50 + "officials").split()) == LONGEST + 1
