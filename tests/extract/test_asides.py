"""Names that only tell who somebody is."""

from __future__ import annotations

import pytest
from tests.extract.acting import doers, scene_of


@pytest.mark.parametrize(
    ("source", "whom"),
    [
        ("{p:Ada Lane}, the former head of {o:Tide Bank}, was [[arrested]] on Monday.", "Ada Lane"),
        ("{p:Ada Lane}, who leads the {o:Harbour Party}, was later [[arrested]].", "Ada Lane"),
        ("{p:Ada Lane}, 45, of {l:Harrow}, was [[arrested]].", "Ada Lane"),
        ("{p:Ada Lane} was [[arrested]].", "Ada Lane"),
        ("The {c:Norvian} runner {p:Ada Lane} was [[arrested]].", "Ada Lane"),
    ],
)
def test_whom_it_is_done_to_stands_before_what_tells_of_him(source: str, whom: str) -> None:
    assert doers(source, "COERCE")[0][1] == whom


@pytest.mark.parametrize(
    "source",
    [
        "The board [[suspended]] {c:Norvian} runner {p:Ada Lane}.",
        "Guards [[held]] the opposition leader {p:Ada Lane}.",
    ],
)
def test_what_a_person_is_called_has_no_part(source: str) -> None:
    assert doers(source, "COERCE")[0][1] == "Ada Lane"
    assert len(scene_of(source).described) == 1


def test_a_verb_or_a_comma_between_makes_two_of_them() -> None:
    for source in ("{c:Norvia} [[arrested]] {p:Ada Lane}.", "In {c:Norvia}, runner {p:Ada Lane} [[fled]]."):
        assert not scene_of(source).described
