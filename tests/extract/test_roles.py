"""What an article calls its persons."""

import pytest
from tests.extract.naming import read

from onrecord.extract.roles import country_in


def _roles(source: str) -> list[str]:
    article, _, entities = read(source)
    return [role.span.of(article.text) for role in next(e for e in entities if e.kind == "person").roles]


@pytest.mark.parametrize(
    ("source", "role"),
    [
        ("Russian Defence Minister {p:Anatol Brun} spoke.", "Russian Defence Minister"),
        ("On Monday the tax commissioner {p:Kevin Brun} spoke.", "tax commissioner"),
        ("It was said by campaign manager {p:Ann Lane}.", "campaign manager"),
        ("He met tax commissioner {p:Kevin Brun}.", "tax commissioner"),
        ("{p:President Oduvar} spoke.", "President"),
        ("It troubles {p:President Oduvar}.", "President"),
        ("The former Gov. {p:Ann Lane} spoke.", "former Gov."),
        ("Ohio Secretary of State {p:Ann Lane} spoke.", "Ohio Secretary of State"),
        ("The US defence chief, {p:Robert Gatling}, spoke.", "US defence chief"),
        ("The director of the Harbour Fund, {p:Ann Lane}, spoke.", "director of the Harbour Fund"),
        ("Velmark’s foreign minister, {p:Siv Rondal}, spoke.", "Velmark’s foreign minister"),
        ("{p:Kevin Brun}, the tax commissioner, spoke.", "tax commissioner"),
        ("{p:Edda Tolvik}, prime minister of Velmark, said so.", "prime minister of Velmark"),
        ("{p:Ann Lane}, a spokeswoman for the harbour fund, said so.", "spokeswoman for the harbour fund"),
        ("{p:Ann Lane}, a spokeswoman for Nordane said.", "spokeswoman for Nordane"),
        ("{p:Ann Lane}, 45, a teacher, left.", "teacher"),
        ("{p:Ann Lane}, a University of Brell professor, left.", "University of Brell professor"),
        ("So said {p:Ann Lane}, Ostrania’s foreign minister.", "Ostrania’s foreign minister"),
        ("then-Sen. {p:Ann Lane} left.", "then-Sen."),
        ("Minister for Tides {p:Ann Lane} left.", "Minister for Tides"),
        ("A spokesman for Mayor {p:Ann Lane} left.", "Mayor"),
        ("The minister’s friend Hon. {p:Ann Lane} left.", "Hon."),
        ("A spokesman for the minister, {p:Ann Lane}, left.", "spokesman for the minister"),
        ("The press secretary of the President, {p:Ann Lane}, left.", "press secretary of the President"),
    ],
)
def test_a_role(source, role):
    assert _roles(source) == [role]


@pytest.mark.parametrize(
    "source",
    [
        "{p:Ann Lane} left.",
        "They trust the admiral. {p:Ann Lane} left.",
        "Reached by {p:Lane}, a spokesman for the mayor said no.",
        "Mr. {p:Lane} left.",
        "When the ship came, {p:Ann Lane} left.",
        "{p:Ann Lane}, the ships and the harbour are safe.",
        "{p:Ann Lane}, Gov. Bob Brun and others left.",
        "He followed {p:Ann Lane}, who left.",
        "The minister left. {p:Ann Lane} stayed.",
        "The minister said, {p:Ann Lane} stayed.",
        "He spoke of the course of justice. {p:Ann Lane} stayed.",
        "He is the father of {p:Ann Lane}, they say.",
    ],
)
def test_no_role(source):
    assert _roles(source) == []


def test_roles_are_in_text_order_and_each_once():
    source = "Mayor {p:Ann Lane} left. {p:Lane}, a former sailor, slept. mayor {p:Ann Lane} woke."
    assert _roles(source) == ["Mayor", "former sailor"]


def test_a_role_is_of_the_articles_day():
    _, _, ((entity),) = read("Mayor {p:Ann Lane} left.", published="2025-03-02")
    assert [role.as_of for role in entity.roles] == ["2025-03-02"]
    _, _, ((entity),) = read("Mayor {p:Ann Lane} left.")
    assert [role.as_of for role in entity.roles] == [None]


def test_a_role_gives_its_holder_a_country():
    _, _, ((entity),) = read("Russian Defence Minister {p:Anatol Brun} spoke.")
    assert entity.country == "RUS"


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("Russian Defence Minister", "RUS"),
        ("South Korean envoy", "KOR"),
        ("prime minister of the United Kingdom", "GBR"),
        ("US ambassador to Russia", "USA"),
        ("ambassador to Russia", None),
        ("New Mexico Gov.", None),
        ("president of the American Harbour Fund", None),
        ("tax commissioner", None),
    ],
)
def test_the_country_in_a_role(role, code):
    assert country_in(role) == code


def test_a_governor_is_of_a_state_and_not_of_the_country_of_its_name():
    assert country_in("Georgia Governor") is None
    assert country_in("Georgia's Secretary of State") is None
    assert country_in("Georgia Prime Minister") == "GEO"
