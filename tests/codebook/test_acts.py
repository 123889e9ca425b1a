"""Acts, PLOVER types, the CAMEO crosswalk and sectors."""

from __future__ import annotations

import pytest

from onrecord.codebook import acts, cameo_of, event_types, sector_of, sectors
from onrecord.codebook.acts import CLASSES


def test_seventeen_acts_of_five_classes():
    assert len(acts()) == 17
    assert {act.searle for act in acts().values()} == set(CLASSES)
    assert (acts()["deny"].searle, acts()["deny"].plover) == ("assertive", "REJECT")
    assert acts()["state"].plover is None


def test_sixteen_types_in_four_quarters():
    assert len(event_types()) == 16
    assert {kind.quad for kind in event_types().values()} == {1, 2, 3, 4}
    assert event_types()["ASSAULT"].score < event_types()["COERCE"].score < 0 < event_types()["AID"].score


def test_types_and_modes_have_their_codes_of_cameo():
    assert (cameo_of("ASSAULT", "aerial"), cameo_of("CONSULT", "visit")) == ("195", "042")


def test_an_unknown_type_is_an_error():
    with pytest.raises(KeyError):
        cameo_of("ATTACK")
    with pytest.raises(KeyError):
        cameo_of("AID", "aerial")


SECTORS = [
    ("the defence minister", "GOV"),
    ("Ministry of Emergencies", "GOV"),
    ("the shadow foreign minister", "OPP"),
    ("former prime minister", "ELI"),
    ("army spokeswoman", "MIL"),
    ("navy chief", "MIL"),
    ("rebel commander", "REB"),
    ("police commissioner", "COP"),
    ("Supreme Court judge", "JUD"),
    ("senator", "LEG"),
    ("president", "GOV"),
    ("company president", "BUS"),
    ("union president", "LAB"),
    ("U.N. envoy", "IGO"),
    ("European Union", "IGO"),
    ("Harbour General Hospital", "MED"),
    ("the paper's editor", "JRN"),
    ("fishermen", "CVL"),
    ("spokeswoman", None),
    ("", None),
    ("a democratic choice", None),
]


@pytest.mark.parametrize(("words", "sector"), SECTORS)
def test_a_role_or_name_tells_the_sector(words, sector):
    assert sector_of(words) == sector


def test_only_bodies_without_a_country_stand_in_its_place():
    assert {s.code for s in sectors().values() if s.stands} == {"IGO", "NGO"}
