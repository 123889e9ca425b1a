"""Targets that grammar tells: the subject of a passive, who is asked, whose words a relative clause denies."""

from __future__ import annotations

import pytest
from tests.scripted import page_of, quoted_words, read_marked

NAMES = {"person": ["Ada Lane", "Oto Brandt"], "organization": ["Tide Board"]}


@pytest.mark.parametrize(
    ("marked", "target"),
    [
        ("Ada Lane {was urged} by [Oto Brandt] <to resign>.", "Ada Lane"),
        ("Mayor Ada Lane {was accused} by [the board] of <lying>.", "Ada Lane"),
        ("Ada Lane, the mayor, {has been warned} by [Oto Brandt] <that it leaks>.", "Ada Lane"),
        ("Oto Brandt met Ada Lane, who {was told} by [the board] <to go>.", "Ada Lane"),
        ("[Ada Lane], {asked} <whether the wall would hold>, laughed.", "Ada Lane"),
        ("A friend of Ada Lane {was urged} by [Oto Brandt] <to resign>.", None),
        ("Ada Lane’s deputy {was urged} by [Oto Brandt] <to resign>.", None),
        ("The mayor {was urged} by [Oto Brandt] <to resign>.", "The mayor"),
        ("Ada Lane {is expected} by [Oto Brandt] <to resign>.", None),
    ],
)
def test_the_subject_of_a_passive_is_whom_it_is_said_to(marked: str, target: str | None) -> None:
    [statement] = read_marked(marked, NAMES).statements
    assert (statement.target.name if statement.target else None) == target


@pytest.mark.parametrize(
    ("text", "denial"),
    [
        ("[Ada Lane] {said} <the wall leaked>, a claim that Oto Brandt has repeatedly denied.", "Oto Brandt"),
        ("[Ada Lane] {said} <the wall leaked>, an allegation the mayor, Oto Brandt, rejects.", "Oto Brandt"),
        ("[Ada Lane] {says} <the wall leaks>, which Tide Board disputes.", "Tide Board"),
        ("[Ada Lane] {said} <the wall leaked>, a claim that was denied.", None),
        ("[Ada Lane] {said} <the wall leaked>, a claim that Oto Brandt said he denied.", None),
        ("[Ada Lane] {said} <the wall leaked>, a charge that Oto Brandt denied making.", None),
        ("[Ada Lane] {said} <the wall leaked>. Oto Brandt denied it.", None),
    ],
)
def test_what_a_relative_clause_denies_is_denied_by_its_subject(text: str, denial: str | None) -> None:
    record = read_marked(text, NAMES)
    later = [(s.speaker.name, s.target and s.target.name) for s in record.statements[1:]]
    assert later == ([] if denial is None else [(denial, "Ada Lane")])


def test_the_denial_is_verbatim() -> None:
    record = read_marked("[Ada Lane] {said} <the wall leaked>, a claim that Oto Brandt has repeatedly denied.", NAMES)
    assert quoted_words(record)[1][:3] == ("Oto Brandt", "has repeatedly denied", "a claim")


def test_whom_a_relative_clause_is_about() -> None:
    from onrecord.extract.patients import patients_of

    page = page_of("Ada Lane met Oto Brandt, whom [she] {accused} <of theft>.", {"person": ["Ada Lane", "Oto Brandt"]})
    assert [thing and thing.name for thing in patients_of(page, [()])] == ["Oto Brandt"]
    page = page_of("Oto Brandt was there, and [she] {accused} him <of theft>.", {"person": ["Ada Lane", "Oto Brandt"]})
    assert patients_of(page, [()]) == [None]
