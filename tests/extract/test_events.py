"""Acts, targets and events, from the second model's answers to values."""

from __future__ import annotations

import pytest
from tests.scripted import read_marked

from onrecord.analysis.values import DEEDS
from onrecord.codebook.deedwords import deed_words, root
from onrecord.extract.events import EventDraft, is_strange
from onrecord.records import NARRATION, Span

NAMES = {"person": ["Ada Lane", "Lane", "Olaf Brandt", "Brandt"], "country": ["Norvia", "Sarland"]}


def test_an_act_comes_with_its_class_and_plover_type():
    record = read_marked("[Ada Lane] {accused} <Olaf Brandt of theft>.", NAMES, acts={"accused": "accuse"})
    act = record.statements[0].act
    assert act is not None
    assert (act.code, act.searle, act.plover) == ("accuse", "expressive", "ACCUSE")
    assert 0.5 < act.score <= 1.0


def test_what_was_not_said_is_no_act():
    record = read_marked("[Ada Lane] {did not accuse} <Olaf Brandt of theft>.", NAMES, acts={"did": "accuse"})
    assert record.statements[0].act is None


def test_an_event_of_the_narration_is_asserted_by_it():
    text = "[Ada Lane] {said} <it rained>.\n\nNorvia invaded Sarland in the spring."
    record = read_marked(text, NAMES, events={"invaded": "ASSAULT"})
    (event,) = record.events
    assert (event.type, event.asserted_by, event.status) == ("ASSAULT", NARRATION, "happened")
    at = record.article.text.index("invaded")
    assert event.trigger == Span(at, at + len("invaded"))


def test_an_event_within_a_statement_is_asserted_by_it_alone():
    text = "[Ada Lane] {said} <Norvia had invaded Sarland>."
    record = read_marked(text, NAMES, events={"invaded": "ASSAULT"})
    assert [e.asserted_by for e in record.events] == [record.statements[0].id]


@pytest.mark.parametrize(
    ("text", "trigger", "type_", "expected"),
    [
        ("Norvia walked out of the talks.", "walked", "CONSULT", ["REJECT"]),
        ("Olaf Brandt was found guilty.", "found guilty", "CONCEDE", []),
        ("Olaf Brandt was found guilty.", "found guilty", "COERCE", ["COERCE"]),
    ],
)
def test_a_type_that_the_words_do_not_bear(text, trigger, type_, expected):
    record = read_marked(f"[Ada Lane] {{said}} <it rained>.\n\n{text}", NAMES, events={trigger: type_})
    assert [e.type for e in record.events] == expected


def test_an_unlikely_trigger_is_no_event():
    record = read_marked("[Ada Lane] {said} <it rained>.\n\nNorvia invaded Sarland.", NAMES)
    assert record.events == ()


def test_who_clashes_over_something_does_it_with_words():
    text = "Norvia and Sarland clashed over the dam.\n\nNorvia and Sarland clashed at the dam."
    record = read_marked(text, NAMES, events={"clashed": "ASSAULT"})
    assert [e.trigger.start > text.index("\n") for e in record.events] == [True] * len(record.events) != []


@pytest.mark.parametrize(
    ("words", "score", "strange"), [("serenaded", 0.4, True), ("serenaded", 0.7, False), ("was shelled", 0.4, False)]
)
def test_a_doubtful_event_of_strange_words_is_none(words, score, strange):
    text = f"The ship {words} on Monday."
    start = text.index(words)
    draft = EventDraft(None, Span(start, start + len(words)), "ASSAULT", None, score)
    assert is_strange(text, draft) is strange


@pytest.mark.parametrize(
    ("word", "expected"),
    [("bombing", "bomb"), ("bombs", "bomb"), ("stopped", "stop"), ("Arrested", "arrest"), ("us", "us")],
)
def test_roots(word, expected):
    assert root(word) == expected


def test_every_type_of_event_has_its_words():
    assert set(deed_words()) == set(DEEDS)
