"""Countries, their people, capitals that stand for governments."""

import pytest
from tests.extract.naming import grouped, methods, read

from onrecord.extract import metonyms_of


@pytest.mark.parametrize(
    ("source", "name", "code"),
    [
        ("{c:Russia} and its {c:Russian} fleet.", "Russia", "RUS"),
        ("The {c:Russian} fleet of {c:Russia}.", "Russia", "RUS"),
        ("The {c:Russian} fleet.", "Russian", "RUS"),
        ("the {c:U.S.} and the {c:United States}, {c:American} and {c:Americans}", "United States", "USA"),
        ("{l:Britain} and {c:Britons}, {c:UK}", "Britain", "GBR"),
        ("{c:Russia’s} and {c:RUSSIAN}", "Russia", "RUS"),
        ("the {c:Republic of the Congo} and a {c:Congolese}", "Republic of the Congo", "COG"),
        ("a {c:Congolese}", "Congolese", None),
        ("{c:Georgia} and {c:Georgians}", "Georgia", "GEO"),
        ("{c:Velmark} and {c:Velmarkers}, {c:Velmarkish}", "Velmark", None),
        ("{c:Ostranian} and {c:Ostrania}", "Ostrania", None),
        ("{c:Calderre} and {c:Calderran}", "Calderre", None),
        ("{c:Ostranian} and {c:Ostranians}", "Ostranian", None),
        ("{c:Besk} met {c:Beskan} officials.", "Besk", None),
        ("{c:Tarvo} called up the {c:Tarvan} defence minister.", "Tarvo", None),
        ("{c:Dolland} and a {c:Dollish} crew.", "Dolland", None),
    ],
)
def test_one_country(source, name, code):
    _, _, (entity,) = read(source)
    assert (entity.kind, entity.name, entity.country) == ("country", name, code)


@pytest.mark.parametrize(
    "source",
    [
        "{l:Georgia} and {l:Atlanta}",
        "{c:Velmark} and {c:Velbrook}",
        "{c:Niger} and {c:Nigeria}",
        "{c:Ostrania} and {c:Ostrava}",
        "{c:Besk} met {c:Beskan} of the north.",
        "{c:Besk} met {c:Brannan} officials.",
    ],
)
def test_two_lands(source):
    assert len(grouped(source)) == 2


def test_a_demonym_of_a_demonym_is_read():
    groups = grouped("{c:Waldor}, {c:Waldoran}, {c:Waldoraners}")
    assert sum(len(group) - 1 for group in groups) == 3


def test_demonyms_are_linked_as_such():
    assert methods("{c:Russia}, {c:Russian}, {c:Velmark}, {c:Velmarkers}") == [
        ("Russia", "name"),
        ("Russian", "demonym"),
        ("Velmark", "name"),
        ("Velmarkers", "demonym"),
    ]


def test_a_town_with_its_state_is_the_town():
    assert len(grouped("{l:Vintholm, Ravens County} slept. {l:Vintholm} woke.")) == 1


def _stands_for(source: str) -> dict[str, str]:
    article, mentions, entities = read(source)
    names = {e.id: e.name for e in entities}
    return {names[place]: names[country] for place, country in metonyms_of(article, mentions, entities).items()}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{l:Moscow} denied what {c:Russia} had said.", {"Moscow": "Russia"}),
        ("The {o:Kremlin} denied it, as {c:Russia} had.", {"Kremlin": "Russia"}),
        ("The {o:Kremlin} denied it in {c:Russian}.", {}),
        ("The {o:Kremlin} denied it of {c:Russians}.", {"Kremlin": "Russians"}),
        ("The {o:Kremlin} denied it in a mix of {c:English} and {c:Russian}.", {}),
        ("The {o:Kremlin} denied it in {c:Russian} papers.", {"Kremlin": "Russian"}),
        ("The {o:Kremlin} denied it in {c:Russian}, as {c:Russia} had.", {"Kremlin": "Russia"}),
        ("The {o:White House} denied what the {c:U.S.} had said.", {}),
        ("{l:Moscow} denied it.", {}),
        ("the {c:Ostranian} capital, {l:Tarvesk}, slept. {c:Ostrania} woke.", {"Tarvesk": "Ostrania"}),
        ("{l:Tarvesk}, the capital of {c:Ostrania}, slept.", {"Tarvesk": "Ostrania"}),
        ("{l:Tarvesk}, the {c:Ostranian} capital, slept.", {"Tarvesk": "Ostranian"}),
        ("{c:Ostrania}’s capital {l:Tarvesk} slept.", {"Tarvesk": "Ostrania"}),
        ("{c:Ostrania} slept. {l:Tarvesk} woke. The capital was calm.", {}),
        ("{l:Tarvesk} took capital punishment from {c:Ostrania}.", {}),
    ],
)
def test_capitals_that_stand_for_a_government(source, expected):
    assert _stands_for(source) == expected


def test_a_capital_stays_a_place_with_its_countrys_code():
    _, _, entities = read("{l:Moscow} denied what {c:Russia} had said.")
    moscow, russia = entities
    assert (moscow.kind, moscow.country, russia.kind) == ("place", "RUS", "country")
