"""Runs of capitals that are one name, and those that are not."""

import pytest
from tests.extract.naming import read


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("He was in {l:Dar} es {l:Salaam} then.", [("place", "Dar es Salaam")]),
        ("He was in Rio de {l:Janeiro} then.", [("place", "Rio de Janeiro")]),
        ("The {c:United} {o:Arab Emirates} paid.", [("country", "United Arab Emirates")]),
        ("The {c:Central African} {c:Republic} paid.", [("country", "Central African Republic")]),
        ("The {o:New York Lamp} paid.", [("organization", "New York Lamp")]),
        ("He met {p:Jackson} Heights Lamp staff.", [("person", "Jackson")]),
        ("He joined Fine {g:Gael} early.", [("organization", "Fine Gael")]),
    ],
)
def test_what_the_tables_know(source, names):
    _, _, entities = read(source)
    assert [(e.kind, e.name) for e in entities] == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("It was {w:Quell} {g:Gaff} that won.", [("group", "Quell Gaff")]),
        ("It was {o:Quell} {l:Gaff} that paid.", [("organization", "Quell Gaff")]),
        ("It was {l:Quell} {p:Gaff} that paid.", [("person", "Quell Gaff")]),
        ("It was {w:Quell} {w:Gaff} that ran.", [("work", "Quell Gaff")]),
        ("It was {c:Quell} {l:Gaff} that shook.", [("place", "Quell Gaff")]),
        ("It was {o:Quell} & {p:Gaff} that paid.", [("organization", "Quell & Gaff")]),
        ("It was {p:Quell} & {p:Gaff} that paid.", [("organization", "Quell & Gaff")]),
        ("It was {l:Quell} & Gaff that paid.", [("organization", "Quell & Gaff")]),
        ("It was Quell & {c:Gaff} that paid.", [("organization", "Quell & Gaff")]),
        ("{p:Ada Quell} left. It was {p:Quell} & {p:Gaff} then.", [("person", "Ada Quell"), ("person", "Gaff")]),
        ("It was {p:Anna} & {p:Peter} that paid.", [("person", "Anna"), ("person", "Peter")]),
        ("It was {c:France} & {c:Quell} that paid.", [("country", "France"), ("country", "Quell")]),
        ("It was {l:Leeds} & {l:Bradford} that paid.", [("place", "Leeds"), ("place", "Bradford")]),
        ("It was {g:Quells} & {g:Gaffs} that paid.", [("group", "Quells"), ("group", "Gaffs")]),
        ("{p:Ada Quell} & {p:Gaff} paid.", [("person", "Ada Quell"), ("person", "Gaff")]),
        ("It was {o:Quell} {l:Square} that shook.", [("place", "Quell Square")]),
        ("{w:Quell} {g:Gaff} won. {g:Gaff} lost.", [("work", "Quell"), ("group", "Gaff")]),
        ("The {c:Quellish} {g:Gaffs} won.", [("country", "Quellish"), ("group", "Gaffs")]),
        ("The {c:Quell} {o:Senate} met.", [("place", "Quell"), ("organization", "Senate")]),
        ("It was {p:Donald} {o:Gaff} that paid.", [("organization", "Donald Gaff")]),
        ("A port official {o:Quell} {p:Gaff} spoke. {p:Quell} left.", [("person", "Quell Gaff")]),
        ("It was {o:Quell} {p:Gaff} that spoke. {o:Quell} left.", [("organization", "Quell"), ("person", "Gaff")]),
    ],
)
def test_two_words_side_by_side(source, names):
    _, _, entities = read(source)
    assert [(e.kind, e.name) for e in entities] == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("It was later told by {o:Quell} Gaff Menders, which built most of those walls.", ["Quell Gaff Menders"]),
        ("It was told by {p:Quell} Gaff’s chief then.", ["Quell Gaff"]),
        ("It was told by {p:Quell} Senator then.", ["Quell"]),
        ("It was told by {o:Quell} Monday then.", ["Quell"]),
        ("It was told by {o:Quell} TD then.", ["Quell"]),
        ("It was told by Mr {p:Quell} Tide then.", ["Quell"]),
        ("It won the {o:Quell} Hand of the Day then.", ["Quell"]),
        ("{o:Quell} Slams Harbour Plan", ["Quell"]),
    ],
)
def test_capitals_after_a_name(source, names):
    _, _, entities = read(source)
    assert [e.name for e in entities] == names


def test_a_country_goes_by_its_usual_name():
    formal = "Democratic People's Republic of Korea"
    _, _, entities = read(f"The {{c:{formal}}} paid. {{c:North Korea}} left. The {{c:{formal}}} returned.")
    assert [(e.name, e.aliases) for e in entities] == [("North Korea", (formal,))]


def test_small_words_before_a_name_are_none_of_it():
    _, _, entities = read("The {o:conservative Harbour Institute} met.")
    assert [e.name for e in entities] == ["Harbour Institute"]
