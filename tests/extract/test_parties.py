"""Who did it, and to whom: the thing that is pointed at."""

from __future__ import annotations

import numpy as np
from tests.scripted import page_of

from onrecord.extract.parties import PartyAnswer, PartyAsked, PartyAsker, party_answers, party_of
from onrecord.records import Span

NAMES = {"country": ["Norvia", "Sarland"]}
TEXT = "[She] {said} <it rained>.\n\nNorvia invaded Sarland."


def answers(ask: list[float]) -> tuple[str | None, ...]:
    page = page_of(TEXT, NAMES)
    places = {t.name: t.places[0] for t in page.things}
    vectors = np.zeros((places["Sarland"].hi + 1, 2), np.float16)
    vectors[places["Norvia"].lo], vectors[places["Sarland"].lo] = (1.0, 0.0), (0.0, 1.0)
    trigger = places["Norvia"].hi, places["Norvia"].hi + 1
    asked = PartyAsked("actor", trigger, Span(0, 1), np.array(ask, np.float32), np.zeros(1, np.float32), None)
    (answer,) = party_answers(PartyAsker(page, vectors), [asked])
    return (None if answer.thing is None else page.things[answer.thing].name,)


def test_the_thing_that_is_pointed_at_is_the_party() -> None:
    assert answers([3.0, 1.0, 0.0]) == ("Norvia",)
    assert answers([1.0, 3.0, 0.0]) == ("Sarland",)


def test_nobody_is_where_nobody_is_likelier() -> None:
    assert answers([3.0, 1.0, 9.0]) == (None,)
    assert party_of(PartyAnswer(None), page_of(TEXT, NAMES), {}, {}) is None
