"""Whom a description cannot mean, however likely the head holds it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.scripted import feature, read_marked

NAMES = {
    "person": ["Ada Lane", "Oto Brandt", "Lane"],
    "organization": [
        "Harbour Workers Congress",
        "Tern Capital",
        "Quay Lines",
        "State Tide Command",
        "Harrow Airlines",
        "Ministry of Justice",
    ],
}


def told(marked: str, *features: str) -> list[str | None]:
    """The speakers where the head goes by some features alone."""
    rule = lambda q: sum((9 - n) * feature(q, f) for n, f in enumerate(features)).astype(np.float32)  # noqa: E731
    return [s.speaker.name for s in read_marked(marked, NAMES, rule=rule).statements]


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("Tides minister Ada Lane resigned.", "The premier’s spokesman", "The premier’s spokesman"),
        ("Tides minister Ada Lane resigned.", "The mayor’s deputy", "The mayor’s deputy"),
        ("Ada Lane, a spokeswoman for the premier, resigned.", "The premier’s spokeswoman", "Ada Lane"),
        ("The lawyer Oto Brandt smiled.", "A former aide to Mayor Ada Lane", "A former aide to Mayor Ada Lane"),
        ("The lawyer Oto Brandt smiled.", "the reporter", "the reporter"),
        ("The reporter Oto Brandt smiled.", "the reporter", "Oto Brandt"),
        ("Opposition leader Ada Lane smiled.", "The health secretary", "The health secretary"),
        ("Health secretary Ada Lane smiled.", "The health secretary", "Ada Lane"),
        ("President Ada Lane was charged.", "The presidency", "The presidency"),
        ("Bank chief Ada Lane was charged.", "The central bank", "The central bank"),
        ("Mayor Ada Lane was charged.", "City hall", "City hall"),
        ("Mayor Ada Lane was charged.", "The mayor", "Ada Lane"),
        ("Pilot Ada Lane was charged.", "her attorney", "her attorney"),
        ("Attorney Ada Lane was charged.", "her attorney", "Ada Lane"),
        ("Mayor Ada Lane was charged.", "court papers seen by the jury", "court papers seen by the jury"),
        ("Mayor Ada Lane was charged.", "Leaked records", "Leaked records"),
    ],
)
def test_persons(before: str, source: str, name: str) -> None:
    assert told(f"{before}\n\n[{source}] {{said}} <so>.", "is person") == [name]


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("Foreign minister Ada Lane was charged.", "The defence minister", "The defence minister"),
        ("Foreign and defence minister Ada Lane was charged.", "The defence minister", "Ada Lane"),
        ("Defense minister Ada Lane was charged.", "The defence minister", "Ada Lane"),
        ("Home secretary Ada Lane was charged.", "The interior secretary", "Ada Lane"),
        ("Minister Ada Lane was charged.", "The defence minister", "Ada Lane"),
    ],
)
def test_ministers_of_other_matters(before: str, source: str, name: str) -> None:
    assert told(f"{before}\n\n[{source}] {{said}} <so>.", "is person") == [name]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The health ministry", "The health ministry"),
        ("The Harrow education ministry", "The Harrow education ministry"),
        ("The Talvian justice ministry", "Ministry of Justice"),
        ("The justice and health ministry", "Ministry of Justice"),
        ("The ministry", "Ministry of Justice"),
    ],
)
def test_ministries_of_other_matters(source: str, name: str) -> None:
    assert told(f"The Ministry of Justice burned.\n\n[{source}] {{said}} <so>.", "is organization") == [name]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Ada Lane was charged. [A woman in the gallery] {said} <so>.", "A woman in the gallery"),
        ("Ada Lane was charged.\n\n[A woman in the gallery] {said} <so>.", "Ada Lane"),
        ("It rained.\n\nIt snowed.\n\nAda Lane rose.\n\n[A woman] {said} <so>.", "A woman"),
        ("It rained.\n\nIt snowed.\n\nAda Lane rose.\n\n[A weary woman] {said} <so>.", "A weary woman"),
        ("It rained.\n\nIt snowed.\n\nAda Lane rose.\n\n[A former nurse] {said} <so>.", "Ada Lane"),
        ("Ada Lane was charged. [The woman] {said} <so>.", "Ada Lane"),
        ("Ada Lane was charged. [A tearful Ada Lane] {said} <so>.", "Ada Lane"),
    ],
)
def test_whom_the_paragraph_names_is_nobody_new(marked: str, name: str) -> None:
    assert told(marked, "is person") == [name]


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("The Harbour Workers Congress met.", "the state command", "the state command"),
        ("The State Tide Command met.", "the state command", "State Tide Command"),
        ("Harrow Airlines met.", "The airline", "Harrow Airlines"),
        ("The Harbour Workers Congress met.", "The airline", "The airline"),
        ("Analysts at Tern Capital were pleased.", "The company", "The company"),
        ("Quay Lines grew. Analysts at Tern Capital were pleased.", "The company", "Quay Lines"),
        ("Tern Capital analysts were pleased, and Tern Capital grew.", "The company", "Tern Capital"),
    ],
)
def test_bodies(before: str, source: str, name: str) -> None:
    assert told(f"{before}\n\n[{source}] {{said}} <so>.", "is organization") == [name]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The captain of the ferry that sank off Brell", "The captain of the ferry that sank off Brell"),
        ("Quay Lines’ ambassador to Brell", "Quay Lines’ ambassador to Brell"),
        ("Residents of Brell", "Residents of Brell"),
        ("A spokesman for Quay Lines", "A spokesman for Quay Lines"),
        ("the office of Quay Lines", "Quay Lines"),
    ],
)
def test_who_is_of_a_place_is_not_that_place(source: str, name: str) -> None:
    rule = lambda q: feature(q, "last in source").astype(np.float32) * 9  # noqa: E731
    names = {"place": ["Brell"], "organization": ["Quay Lines"]}
    [statement] = read_marked(f"[{source}] {{said}} <so>.", names, rule=rule).statements
    assert statement.speaker.name == name


def test_the_member_of_a_body_is_not_that_body() -> None:
    rule = lambda q: feature(q, "in source").astype(np.float32) * 9  # noqa: E731
    names = {"organization": ["Quay Front", "Front"], "person": ["Ada Lane"]}
    for source in ("the Quay Front MP", "the Old Quay Front lawmaker"):
        [statement] = read_marked(f"The premier left.\n\n[{source}] {{said}} <so>.", names, rule=rule).statements
        assert statement.speaker.name == source


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The father of Ada Lane", "The father of Ada Lane"),
        ("Lawyers for Ada Lane", "Lawyers for Ada Lane"),
        ("a friend of the late Mr Lane", "a friend of the late Mr Lane"),
        ("Minister of Tides Ada Lane", "Ada Lane"),
        ("The father of Ada Lane, Oto Brandt,", "Oto Brandt"),
    ],
)
def test_whose_father_it_is_does_not_speak(source: str, name: str) -> None:
    features = ("apposed", "last in source") if "Brandt" in source else ("last in source",)
    assert told(f"The premier left.\n\n[{source}] {{said}} <so>.", *features) == [name]


def test_nobody_else_is_guessed_for_a_description() -> None:
    text = "Oto Brandt slept. [The father of Ada Lane] {said} <so>."
    assert told(text, "last in source", "is person") == ["The father of Ada Lane"]


def test_a_lands_minister_is_no_other_lands() -> None:
    names = {"person": ["Ada Lane", "Oto Brandt"], "country": ["Norway", "Kenya"]}
    rule = lambda q: (9 * feature(q, "is person") + 4 * feature(q, "order")).astype(np.float32)  # noqa: E731
    before = "Norway’s foreign minister, Ada Lane, met Kenya’s foreign minister, Oto Brandt."
    for land, name in (("Norway", "Ada Lane"), ("Kenya", "Oto Brandt")):
        [said] = read_marked(f"{before}\n\n[{land}’s foreign minister] {{said}} <so>.", names, rule=rule).statements
        assert said.speaker.name == name


def test_another_government_is_no_network() -> None:
    names = {"organization": ["Brell Doctors Network"]}
    rule = lambda q: feature(q, "is organization").astype(np.float32) * 9  # noqa: E731
    text = "The Brell Doctors Network counted 40.\n\n[the army-backed government] {says} <62 died>."
    assert [s.speaker.name for s in read_marked(text, names, rule=rule).statements] == ["the army-backed government"]


def test_a_minister_named_in_a_description_is_not_his_spokesman() -> None:
    text = "[Minister for Tides Ada Lane] {refused} <to go>.\n\n[A spokesman for the minister] {said} <so>."
    assert told(text, "is person") == ["Ada Lane", "A spokesman for the minister"]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Quay Lines has cut its fares, <a move> [the industry] {says} <will hurt>.", "the industry"),
        ("Quay Lines has cut its fares. <A move> [the industry] {says} <will hurt>.", "Quay Lines"),
        ("Quay Lines has cut its fares, and [the industry] {says} <it will hurt>.", "Quay Lines"),
    ],
)
def test_who_did_a_thing_is_not_who_judges_it(marked: str, name: str) -> None:
    assert told(marked, "is organization") == [name]


@pytest.mark.parametrize(
    ("rest", "name"),
    [
        ("[Ada Lane] {said} <more>. [The nurse Oto Brandt] {denied} <it>.", "A former nurse"),
        ("Ada Lane wept. [Oto Brandt] {said} <more>.", "Oto Brandt"),
    ],
)
def test_who_is_described_anew_is_named_next(rest: str, name: str) -> None:
    marked = f"[A former nurse] {{said}} <so>.\n\n{rest.replace('. [', '.' + chr(10) * 2 + '[')}"
    rule = lambda q: (90 * (1 - feature(q, "order")) * feature(q, "is person")).astype(np.float32)  # noqa: E731
    assert read_marked(marked, NAMES, rule=rule).statements[0].speaker.name == name


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("Sales fell, a Quay Lines survey showed.", "The company", "The company"),
        ("Sales fell, figures from Quay Lines showed.", "The company", "The company"),
        ("Sales fell, data compiled by Quay Lines showed.", "It", None),
        ("Sales of Quay Lines fell, its figures showed.", "The company", "Quay Lines"),
        ("Quay Lines sales fell, a survey showed.", "It", "Quay Lines"),
    ],
)
def test_whoever_only_counted_is_no_company_told_of(before: str, source: str, name: str | None) -> None:
    assert told(f"{before} [{source}] {{said}} <so>.", "before", "is organization")[-1] == name


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("Diver Ada Lane was hurt.", "the sources", "the sources"),
        ("Diver Ada Lane was hurt.", "officials privy to the inquiry", "officials privy to the inquiry"),
        ("Diver Ada Lane was hurt.", "two lawyers for Oto Brandt", "two lawyers for Oto Brandt"),
        ("Mayor Ada Lane was hurt.", "The mayor’s driver", "The mayor’s driver"),
        ("Ada Lane was hurt.", "The port’s guard, led by Oto Brandt", "The port’s guard"),
        ("Ada Lane was hurt.", "The team, which is jointly headed by Mayor Oto Brandt", "The team"),
        ("Ada Lane was hurt.", "The guard, Oto Brandt", "Oto Brandt"),
    ],
)
def test_several_and_who_is_led_or_owned(before: str, source: str, name: str) -> None:
    assert told(f"{before}\n\n[{source}] {{said}} <so>.", "in source", "is person") == [name]


def test_who_is_told_of_after_a_source_is_not_meant_by_it() -> None:
    assert told("{According to} [the diver], <Ada Lane fled>.", "is person") == ["the diver"]
    assert told("Diver Ada Lane slept. {According to} [the diver], <it rained>.", "is person") == ["Ada Lane"]
