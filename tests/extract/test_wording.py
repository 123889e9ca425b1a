"""Speakers that a source's wording makes plain, whatever the head holds likeliest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.scripted import feature, page_of, read_marked

from onrecord.extract.asking import Answer
from onrecord.extract.wording import by_wording
from onrecord.records import Span

NAMES = {
    "person": ["Ada Lane", "Oto Brandt", "Quay Front", "Bo Lane"],
    "organization": ["Harbour Union", "Joint Harbour Command", "Tide Board", "Ministry of Tides"],
}
FIRST = ("in source", "first in source")
LAST = ("in source", "last in source")


def told(marked: str, *features: str) -> list[tuple[str | None, str | None]]:
    """(name, kind) of each speaker where the head goes by some features alone."""
    rule = lambda q: sum((9 - n) * feature(q, f) for n, f in enumerate(features or FIRST)).astype(np.float32)  # noqa: E731
    return [(s.speaker.name, s.speaker.kind) for s in read_marked(marked, NAMES, rule=rule).statements]


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("a study ordered by the Harbour Union", "a study ordered by the Harbour Union", "work"),
        ("A report by Ada Lane", "A report by Ada Lane", "work"),
        ("Figures of the Harbour Union", "Harbour Union", "group"),
        ("Sources at Harbour Union", "Sources at Harbour Union", "unnamed"),
        ("Two people close to Ada Lane", "Two people close to Ada Lane", "unnamed"),
        ("Sailors at Harbour Union", "Sailors at Harbour Union", "unnamed"),
        ("A woman in the third row, Ada Lane", "Ada Lane", "person"),
        ("a statement by the Harbour Union", "Harbour Union", "group"),
        ("a statement from Harbour Union chair Ada Lane", "Ada Lane", "person"),
        ("a joint statement issued by Ada Lane", "Ada Lane", "person"),
        ("Quay Front chief Ada Lane", "Ada Lane", "person"),
        ("Quay Front chief Ada Lane, 45", "Ada Lane", "person"),
        ("Quay Front of Ada Lane", "Quay Front", "person"),
    ],
)
def test_by_the_words_of_the_source(source: str, name: str, kind: str) -> None:
    assert told(f"[{source}] {{said}} <so>.") == [(name, kind)]


def test_who_leads_a_body_does_not_speak_for_it() -> None:
    marked = "[The Harbour Union, chaired by Sir Oto Brandt,] {said} <so>."
    assert told(marked, *LAST) == [("Harbour Union", "group")]


@pytest.mark.parametrize(
    ("bodies", "source", "name"),
    [
        ("The Joint Harbour Command met.", "the allied command", "Joint Harbour Command"),
        ("The Joint Harbour Command met.", "the harbour command", "Joint Harbour Command"),
        ("The Joint Harbour Command met.", "the air command", "the air command"),
        ("The Joint Harbour Command met.", "a command", "a command"),
        ("The Tide Board met.", "the command", "the command"),
        ("The Ministry of Tides met.", "the ministry", "the ministry"),
    ],
)
def test_a_body_by_what_it_is(bodies: str, source: str, name: str) -> None:
    assert told(f"{bodies}\n\n[{source}] {{said}} <so>.", "own words")[0][0] == name


def test_a_headline_without_a_speaker_has_none() -> None:
    page = page_of("{Vows} <a bridge>.\n\nAda Lane left.", NAMES)
    answer = Answer((0,), False, (2.0, 0.7, 0.0, 1.0, 0.0, 0.0))
    again = lambda number, none: answer  # noqa: E731
    assert by_wording(page, [answer], again)[0].things == (0,)
    assert by_wording(replace(page, headline_end=20), [answer], again)[0].things == ()


class TestInSomebodysOwnWords:
    """Of "“He/I said it was late,” Oto Brandt testified": whom the pronoun means."""

    MARKED = "Ada Lane left.\n\n“[{who}] {{said}} <it was late>.”\n\n<It was raining>, [Oto Brandt] {{testified}}."

    def asked(self, who: str, again: Answer) -> list[Answer]:
        page = page_of(self.MARKED.format(who=who), NAMES)
        inner, outer = page.said
        within = replace(inner, inside=1, held=replace(inner.held, quoted=True))
        around = replace(outer, statement=replace(outer.statement, content=(Span(0, len(page.article.text)),)))
        brandt = next(n for n, t in enumerate(page.things) if t.name == "Oto Brandt")
        answers = [Answer((brandt,), False, (2.0, 0.7, 0.0, 1.0, 0.0, 0.0))] * 2
        return by_wording(replace(page, said=(within, around)), answers, lambda number, none: again)

    def test_he_is_another(self) -> None:
        other = Answer((), False, (0.0,) * 6)
        assert self.asked("He", other)[0] == other

    def test_i_am_the_one_who_speaks(self) -> None:
        first, second = self.asked("I", Answer((), False, (0.0,) * 6))
        assert first == second


@pytest.mark.parametrize(
    ("who", "letters", "name"),
    [
        ("Tides Cabinet Secretary Ada Lane", "CS", "Ada Lane"),
        ("Ada Lane, the inspector general of police,", "IGP", "Ada Lane"),
        ("Prime Minister Ada Lane", "CS", "The CS"),
        ("Prime Minister Ada Lane met Prime Minister Oto Brandt", "PM", "The PM"),
    ],
)
def test_an_office_by_its_letters(who: str, letters: str, name: str) -> None:
    marked = f"{who} left.\n\n[The {letters}] {{said}} <so>."
    assert [n for n, _ in told(marked, "own words")] == [name]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("He stayed despite mounting {calls for} <an inquiry>.", None),
        ("“<It fell>,” {muttered} a sailor.", None),
        ("“<It fell>,” {muttered} Ada Lane.", "Ada Lane"),
        ("Then {calls for} <an inquiry>.", "Ada Lane"),
        ("Bo Lane left. [The younger Lane] {said} <so>.", None),
        ("[The younger Lane] {said} <so>.", "Ada Lane"),
    ],
)
def test_whose_words_they_are_may_be_left_open(marked: str, name: str | None) -> None:
    assert told(f"[Ada Lane] {{said}} <so>.\n\n{marked}", "is person")[1] == (name, "person" if name else None)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("A tearful Brandt", "Oto Brandt"),
        ("the visibly angry Brandt", "Oto Brandt"),
        ("A tearful Lane", "A tearful Lane"),
        ("The younger Brandt", "The younger Brandt"),
    ],
)
def test_a_surname_after_an_adjective(source: str, name: str) -> None:
    marked = f"Oto Brandt, Ada Lane and Bo Lane left.\n\nThen it rained. [{source}] {{said}} <so>."
    assert [n for n, _ in told(marked, "own words")] == [name]


def test_who_speaks_for_another_is_not_that_one() -> None:
    marked = "Chancellor Ada Lane left.\n\n[A spokesman for the chancellor] {said} <so>."
    assert told(marked, "is person") == [("A spokesman for the chancellor", "unnamed")]


def test_no_body_is_she() -> None:
    assert told("Ada Lane met the Harbour Union.\n\n[She] {said} <so>.", "is organization", "is person") == [
        ("Ada Lane", "person")
    ]
    assert told("The Harbour Union met.\n\n[It] {said} <so>.", "is organization") == [("Harbour Union", "group")]


def test_nobody_is_called_somebodys_own() -> None:
    marked = "[Ada Lane] {said} <so>.\n\n[Her solicitor] {denied} <it>."
    assert told(marked, "is person") == [("Ada Lane", "person"), ("Her solicitor", "unnamed")]


def nested(outer: str, inner: str, first: int, second: int) -> tuple[int, ...]:
    """Who speaks within another's words, where the head takes the outer speaker for it: numbers of things."""
    page = page_of(f"{outer}\n\n{inner}", NAMES)
    above, told = page.said
    whole = Span(above.statement.content[0].start, told.statement.content[-1].end)
    above = replace(above, statement=replace(above.statement, content=(whole,)))
    page = replace(page, said=(above, replace(told, inside=0)))
    sure = Answer((first,), False, (3.0, 0.9, 0.0, 0.0, 0.0, 0.0))
    again = lambda number, none: replace(sure, things=(second,))  # noqa: E731
    return by_wording(page, [sure, sure], again)[1].things


def test_nobody_is_the_minister_in_his_own_words() -> None:
    outer = "Harbour minister Oto Brandt slept. [Ada Lane] {said} <so>."
    assert nested(outer, "[the minister] {promised} <to pay>.", 1, 0) == (0,)
    assert nested(outer, "[the minister] {promised} <to pay>.", 1, 2) == (0,)  # the only one with that office


@pytest.mark.parametrize(
    "source", ["His lawyer, Ada Lane,", "His solicitor Ada Lane", "A lawyer for the pilot, Ada Lane,"]
)
def test_who_speaks_for_another_does_not_own_up_for_himself(source: str) -> None:
    outer = f"Oto Brandt slept. [{source}] {{said}} <so>."
    assert nested(outer, "[he] {denied} <the charge>.", 1, 0) == ()
    assert nested(outer, "[he] {hoped} <to win>.", 1, 0) == (1,)
    assert nested("Oto Brandt slept. [Ada Lane] {said} <so>.", "[she] {denied} <the charge>.", 1, 0) == (1,)


def test_nor_may_it_be_nobody_that_is_named() -> None:
    page = page_of("[Ada Lane] {said} <so>.\n\n[the skipper] {promised} <to pay>.", NAMES)
    own = page.said[1].own
    assert nested("[Ada Lane] {said} <so>.", "[the skipper] {promised} <to pay>.", 0, own) == (own,)


def test_a_body_may_be_the_union_in_its_own_words() -> None:
    assert nested("[Harbour Union] {said} <so>.", "[the union] {promised} <to pay>.", 0, 1) == (0,)


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("{Asked} <whether it leaked>, Oto Brandt smiled.", None),
        ("“{Pressed} <on the leak>”, Oto Brandt smiled.", None),
        ("She then {asked} <whether it leaked>.", "Ada Lane"),
        ("The court {was told} <that it leaked>.", None),
    ],
)
def test_nobody_is_told_to_have_asked_or_told(marked: str, name: str | None) -> None:
    rule = lambda q: 9 * feature(q, "is person")  # noqa: E731
    record = read_marked(f"[Ada Lane] {{said}} <so>.\n\n{marked}", NAMES, rule=rule)
    assert record.statements[1].speaker.name == name
