"""Whom a description cannot mean, however likely the head holds it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.scripted import feature, read_marked

NAMES = {
    "person": ["Ada Lane", "Oto Brandt", "Lane"],
    "organization": ["Harbour Workers Congress", "Tern Capital", "Quay Lines", "State Tide Command"],
}


def told(marked: str, *features: str) -> list[str | None]:
    """The speakers where the head goes by some features alone."""
    rule = lambda q: sum((9 - n) * feature(q, f) for n, f in enumerate(features)).astype(np.float32)  # noqa: E731
    return [s.speaker.name for s in read_marked(marked, NAMES, rule=rule).statements]


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("Tides minister Ada Lane resigned.", "The premier’s spokesman", "premier’s spokesman"),
        ("Tides minister Ada Lane resigned.", "The mayor’s deputy", "mayor’s deputy"),
        ("Ada Lane, a spokeswoman for the premier, resigned.", "The premier’s spokeswoman", "Ada Lane"),
        ("The lawyer Oto Brandt smiled.", "A former aide to Mayor Ada Lane", "former aide to Mayor Ada Lane"),
        ("The lawyer Oto Brandt smiled.", "the reporter", "reporter"),
        ("The reporter Oto Brandt smiled.", "the reporter", "Oto Brandt"),
        ("Opposition leader Ada Lane smiled.", "The health secretary", "health secretary"),
        ("Health secretary Ada Lane smiled.", "The health secretary", "Ada Lane"),
    ],
)
def test_persons(before: str, source: str, name: str) -> None:
    assert told(f"{before}\n\n[{source}] {{said}} <so>.", "is person") == [name]


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("The Harbour Workers Congress met.", "the state command", "state command"),
        ("The State Tide Command met.", "the state command", "State Tide Command"),
        ("Analysts at Tern Capital were pleased.", "The company", "company"),
        ("Quay Lines grew. Analysts at Tern Capital were pleased.", "The company", "Quay Lines"),
        ("Tern Capital analysts were pleased, and Tern Capital grew.", "The company", "Tern Capital"),
    ],
)
def test_bodies(before: str, source: str, name: str) -> None:
    assert told(f"{before}\n\n[{source}] {{said}} <so>.", "is organization") == [name]
