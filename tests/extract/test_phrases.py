"""Sources that describe: the words that tell who it is, and what a relative pronoun stands for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.phrases import (
    LONGEST,
    are_several,
    is_office_of_body,
    is_work,
    people_before,
    phrase_key,
    phrase_of,
    relative_phrase,
    they_of,
)
from onrecord.records import Span


@pytest.mark.parametrize(
    ("source", "phrase"),
    [
        ("the defence minister", "defence minister"),
        ("A harbour pilot", "harbour pilot"),
        ("those officials", "officials"),
        ("two senior officials", "two senior officials"),
        ("her Ostranian counterpart, Oksel Zhariv,", "her Ostranian counterpart"),
        ("an official who asked not to be named", "official who asked not to be named"),
        ("a poll published on Monday", "poll"),
        ("the agency (AFP)", "agency"),
        ("the union – the largest in Brell", "union"),
        ("the crew's", "crew"),
        ("Ada Lane’s", "Ada Lane"),
        ("some 60% of voters in Brell", "some 60% of voters in Brell"),
        ("a poll of 1,204 voters, taken in May", "poll of 1,204 voters"),
        ("the theatre", "theatre"),
        ("theatre workers", "theatre workers"),
        ("Who’s Left, a band", "Who’s Left"),
        # What is nothing else stays as it is.
        ("the", "the"),
        ("“", "“"),
        (", who", ", who"),
    ],
)
def test_the_words_that_tell_who_it_is(source: str, phrase: str) -> None:
    text = f"It rained. {source} said so."
    found = phrase_of(text, Span(11, 11 + len(source)))
    assert found.of(text) == phrase


@pytest.mark.parametrize(
    "phrase",
    [
        "study ordered by the harbour council",
        "draft report seen by the Herald",
        "copy of the letter",
        "poll",
        "polls in Brell",
    ],
)
def test_what_is_written(phrase: str) -> None:
    assert is_work(phrase)


@pytest.mark.parametrize("phrase", ["author of the study", "pollster", "people who read the report", "of a study", ""])
def test_who_writes_is_nothing_written(phrase: str) -> None:
    assert not is_work(phrase)


@given(st.text(min_size=1, max_size=40), st.text(max_size=10))
def test_a_phrase_lies_within_its_source(source: str, before: str) -> None:
    span = Span(len(before), len(before) + len(source))
    assert span.holds(phrase_of(before + source, span))


def test_descriptions_of_the_same_words_share_their_key() -> None:
    assert phrase_key("The Defence  Minister") == phrase_key("defence\nminister") == "defence minister"
    assert phrase_key("his minister") != phrase_key("minister")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("It was built by a mason who said it would last.", "mason"),
        ("The crew heard from the Ostranian harbour pilot, who said it was late.", "Ostranian harbour pilot"),
        ("There are many who said so.", "many"),
        ("Those who said so were few.", "those"),
        ("The mayor met engineers who said it would hold.", "engineers"),
        ("It was a theft. Quellora, who said it was late, paid.", "Quellora"),
        ("The envoy met Capt. Lane, who said it was late.", "Capt. Lane"),
        ("It was a U.S. firm who said it was late.", "U.S. firm"),
        ("Nothing is here. Who said so?", None),
        ("who said so?", None),
        ("It is they who said so.", None),
        ("The bridge (and the road) who said so", None),
    ],
)
def test_what_stands_before_a_relative_pronoun(text: str, phrase: str | None) -> None:
    who = re.search(r"\b[Ww]ho\b(?= said)", text)
    assert who is not None
    found = relative_phrase(text, Span(*who.span()))
    assert (found and found.of(text).lower()) == (phrase and phrase.lower())


def test_a_question_does_not_reach_into_the_paragraph_before() -> None:
    text = "Mayor opens bridge\n\nWho said it was safe?"
    assert relative_phrase(text, Span(20, 23)) is None


def test_a_long_phrase_is_cut_at_a_word() -> None:
    text = "Extraordinary " * 30 + "who said so"
    found = relative_phrase(text, Span(len(text) - 11, len(text) - 8))
    assert found is not None
    words = found.of(text).split()
    assert set(words) == {"Extraordinary"} and len(words) <= LONGEST


@given(st.text(alphabet="aB .,\n-'the", max_size=300))
def test_it_stands_before_the_pronoun(before: str) -> None:
    found = relative_phrase(before + "who", Span(len(before), len(before) + 3))
    assert found is None or found.end <= len(before)


@pytest.mark.parametrize(
    ("sentence", "people"),
    [
        ("Engineers at Brell Institute tested the dam.", "Engineers at Brell Institute"),
        ("The young farmers from Sorn wrote to the mayor.", "The young farmers from Sorn"),
        ("Lawyers for Lane & Co of Brell filed it.", "Lawyers for Lane & Co of Brell"),
        ("Three Quay Lines pilots resigned.", "Three Quay Lines pilots"),
        ("Scientists led by Ada Lane met.", "Scientists"),
        ("The Institute of Tides met.", None),
        ("Ada Lane met engineers.", None),
        ("Prices of farmers rose.", None),
    ],
)
def test_the_people_with_whom_a_sentence_begins(sentence: str, people: str | None) -> None:
    found = people_before(sentence, Span(0, len(sentence)))
    assert (found.of(sentence) if found else None) == people


@pytest.mark.parametrize(
    ("sentence", "cue", "told"),
    [
        ("Nurses at Sorn Hospital met the board.", "said", True),
        ("Nurses at Sorn Hospital spoke to reporters.", "said", True),
        ("Nurses at Sorn Hospital treated 40 patients.", "said", False),
        ("Officers held two men.", "denied", False),
        ("Economists at Norr Bank asked 90 firms.", "said", False),
        ("Doctors at Sorn Hospital studied 40 patients.", "found", True),
    ],
)
def test_they_are_those_where_there_are_no_others(sentence: str, cue: str, told: bool) -> None:
    text = f"{sentence} They {cue} so."
    at = text.index(cue, len(sentence))
    assert (they_of(text, Span(0, len(sentence)), Span(at, at + len(cue))) is not None) == told


@pytest.mark.parametrize(
    ("before", "phrase"),
    [
        ("Ada Lane left against the will of her father", "her father"),
        ("Oto Brandt ignored his elder brother", "his elder brother"),
        ("Ada Lane praised their teacher", "their teacher"),
    ],
)
def test_a_noun_phrase_begins_with_whose_it_is(before: str, phrase: str) -> None:
    text = f"{before}, who laughed."
    at = text.index("who")
    found = relative_phrase(text, Span(at, at + 3))
    assert found is not None and found.of(text) == phrase


@pytest.mark.parametrize(
    ("phrase", "several"),
    [
        ("sources", True),
        ("two lawyers for Ada Lane", True),
        ("fishermen from Brell", True),
        ("mother of two boys", False),
        ("lawyers’ union", False),
        ("Brell Saints", False),
        ("source close to officials", False),
    ],
)
def test_descriptions_of_several(phrase: str, several: bool) -> None:
    assert are_several(phrase) is several


@pytest.mark.parametrize(
    ("before", "office"),
    [
        ("Guard spokesman for the Outer Banks Commodore ", True),
        ("Harbour spokeswoman for the Quay Front ", True),
        ("Lawyer for Mayor ", False),
        ("Counsel for the Quay Front ", False),
        ("the spokesman for the Quay Front ", False),
    ],
)
def test_an_office_without_an_article(before: str, office: bool) -> None:
    assert is_office_of_body(before) is office
