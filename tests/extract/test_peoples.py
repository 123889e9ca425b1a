"""Lands that are there by the words alone: an adjective of their people, a name printed where none was found, a list of lands."""

import pytest
from tests.extract.acting import cast_of, doers

from onrecord.extract.peoples import folks, land_of
from onrecord.records import Span


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Some 400 Dorrimese soldiers were massed at the ford.", ["Dorrimese"]),
        ("The Qasperi foreign ministry denied it.", ["Qasperi"]),
        ("Urban police and Human officials met.", []),
        ("French troops left.", []),
        ("Dorrimese tea is bitter.", []),
    ],
)
def test_words_for_a_people(text, words):
    assert [s.of(text) for s in folks(text, [])] == words


def test_what_was_found_as_a_name_is_left():
    text = "The Dorrimese army left."
    assert folks(text, [Span(4, 13)]) == []


def test_the_land_whose_people_it_is():
    assert land_of("Qasperi", {"qasper": "a", "harrow": "b"}) == "a"
    assert land_of("Dorrimese", {"harrow": "b"}) is None
    assert land_of("Dollish", {"dolland": "a", "harrow": "b"}) == "a"
    assert land_of("Dollish", {"dollan": "a", "harrow": "b"}) is None


@pytest.mark.parametrize(
    ("source", "type_", "expected"),
    [
        (
            "{c:Tessaly} spoke. Some Tessalyan troops [[seized]] a bridge.",
            "COERCE",
            ("Tessaly", None),
        ),
        ("{c:Calder} and {c:Norvia} met. Calder [[expelled]] two {c:Norvia} envoys.", "SANCTION", ("Calder", "Norvia")),
        ("{c:Norvia}, {c:Sarland} and {p:Dorrim} [[signed]] a pact.", "AGREE", ("Norvia", "Sarland")),
    ],
)
def test_lands_that_were_not_found_act(source, type_, expected):
    assert expected in doers(source, type_)


def test_what_stands_in_a_list_of_lands_is_one():
    cast, _, _ = cast_of("{c:Norvia}, {c:Sarland} and {p:Dorrim} [[met]].")
    assert {p.name: p.kind for p in cast.stage.players.values()}["Dorrim"] == "country"
