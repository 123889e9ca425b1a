"""Persons' names of which a word was passed over, and words before a name that are none of it."""

import pytest
from tests.extract.naming import read


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Per {p:Quellgren} said so.", [("person", "Per Quellgren")]),
        ("The guild's warden, Per {o:Quell}, left.", [("person", "Per Quell")]),
        ("It was Per {c:Quellgard} who paid.", [("person", "Per Quellgard")]),
        ("Per {p:Olof Quellgren} warned them.", [("person", "Per Olof Quellgren")]),
        ("May {p:Quell} told him.", [("person", "May Quell")]),
        ("He asked May {p:Quell} about it.", [("person", "May Quell")]),
        (
            "{p:Ada Lane} and Per {p:Quell} spoke there again about lamps.",
            [("person", "Ada Lane"), ("person", "Per Quell")],
        ),
        ("Odd {p:Quell} said so.", [("person", "Odd Quell")]),
        ("They met Even {p:Quell} about those lamps and left.", [("person", "Even Quell")]),
        ("Even {p:Quell} said so.", [("person", "Quell")]),
        ("Are {p:Quell} and his men there?", [("person", "Quell")]),
        ("Odd {o:Quell} was it.", [("organization", "Quell")]),
        ("Per {o:Quayside}, it rained.", [("organization", "Quayside")]),
        ("Per {p:Quell}, the dam held.", [("person", "Quell")]),
        ("May {p:Quell} rest in peace.", [("person", "Quell")]),
        ("In May {p:Quell} said so.", [("person", "Quell")]),
        ("On 3 May {p:Quell} said so.", [("person", "Quell")]),
        ("In {d:May} {p:Quell} said so.", [("person", "Quell")]),
        ("It costs ten per {p:Quell} says.", [("person", "Quell")]),
        (
            "{o:Harbour Lamps Cost More Per} {p:Quell} Household",
            [("organization", "Harbour Lamps Cost More Per"), ("person", "Quell")],
        ),
    ],
)
def test_forenames_that_are_words(source, names):
    _, _, entities = read(source)
    assert [(e.kind, e.name) for e in entities] == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Gov. Q. L. {p:Brandt} spoke.", [("person", "Q. L. Brandt")]),
        ("They met Q. {p:L. Brandt} then.", [("person", "Q. L. Brandt")]),
        ("Hon. Q. LANE-{o:BRANDT} (Harrow): No.", [("person", "Q. LANE-BRANDT")]),
        ("Mr Q.L. {o:Brandt} spoke.", [("person", "Q.L. Brandt")]),
        ("It was plan Q. {p:Brandt} said so.", [("person", "Brandt")]),
        ("The former {o:Q.L. Brandt} yard closed.", [("organization", "Q.L. Brandt")]),
        ("The former {c:U}.S. {o:Quay} chief spoke.", [("country", "U.S."), ("organization", "Quay")]),
    ],
)
def test_initials(source, names):
    _, _, entities = read(source)
    assert [(e.kind, e.name) for e in entities] == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Sen. {p:Ada de los} {o:Prados} spoke.", [("person", "Ada de los Prados")]),
        ("{p:Ada Dela} Quell spoke.", [("person", "Ada Dela Quell")]),
        ("{p:Ada Delos} {l:Prados} spoke. {l:Delos Prados} left.", [("person", "Ada Delos Prados")]),
        ("{p:Ada de} spoke.", [("person", "Ada de")]),
        ("{p:Ada Mac} {o:Quell Bank} spoke.", [("person", "Ada Mac"), ("organization", "Quell Bank")]),
        ("{p:Ada Van} {o:Prados Bank} spoke.", [("person", "Ada Van"), ("organization", "Prados Bank")]),
    ],
)
def test_what_a_particle_leads_to(source, names):
    _, _, entities = read(source)
    assert [(e.kind, e.name) for e in entities] == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Lord {p:Quell} of {l:Harrow} spoke. Lord {p:Quell} left.", [("person", "Quell of Harrow")]),
        ("Baroness {p:Lane} of {p:Quay} spoke.", [("person", "Lane of Quay")]),
        ("Mayor {p:Quell} of {l:Harrow} spoke.", [("person", "Quell"), ("place", "Harrow")]),
        ("Lord {p:Ada Quell} of {l:Harrow} spoke.", [("person", "Ada Quell"), ("place", "Harrow")]),
        ("Lord {p:Quell} of {o:Harrow Bank} spoke.", [("person", "Quell"), ("organization", "Harrow Bank")]),
        ("Lord {p:Quell} of {l:Harrow}'s bank spoke.", [("person", "Quell"), ("place", "Harrow")]),
    ],
)
def test_peers(source, names):
    _, _, entities = read(source)
    assert [(e.kind, e.name) for e in entities] == names
