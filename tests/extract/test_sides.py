"""Which country a person stands for, and who faces whom."""

import pytest
from tests.extract.acting import cast_of


@pytest.mark.parametrize(
    ("source", "home"),
    [
        ("{c:Norvia} denied it. Its foreign minister, {p:Ada Lane}, [[left]] {c:Sarland}.", "Norvia"),
        ("The {c:Norvia} foreign minister, {p:Ada Lane}, [[left]].", "Norvia"),
        ("{p:Ada Lane}, head of the {o:Harrow Guild}, [[left]].", "Harrow Guild"),
        ("{p:Ada Lane} [[left]].", None),
        ("{c:Norvia} shelled {c:Sarland}.\n\nGeneral {p:Ada Lane} [[left]].", "Norvia"),
        ("{c:Norvia} shelled {c:Sarland}. In {c:Sarland} General {p:Ada Lane} [[left]].", "Sarland"),
    ],
)
def test_home(source, home):
    cast, _, _ = cast_of(source)
    keys = {p.name: key for key, p in cast.stage.players.items()}
    own = cast.sides.home(keys["Ada Lane"])
    assert (own and cast.stage.players[own].name) == home


def test_two_sides_face_each_other_and_three_do_not():
    two, _, _ = cast_of("{c:Norvia} [[hit]] {c:Sarland}. {c:Norvia} hit {c:Sarland}.")
    key = {p.name: k for k, p in two.stage.players.items()}
    assert two.sides.opponent(key["Norvia"]) == key["Sarland"]
    three, _, _ = cast_of("{c:Norvia}, {c:Sarland}, {c:Calder} and {c:Brask} [[met]].")
    assert three.sides.two is None
