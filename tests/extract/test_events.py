"""Acts, targets and events, from the second model's answers to values."""

from __future__ import annotations

import numpy as np
from tests.scripted import read_marked

from onrecord.extract import parties
from onrecord.records import NARRATION, Span

NAMES = {"person": ["Ada Lane", "Lane", "Olaf Brandt", "Brandt"], "country": ["Norvia", "Sarland"]}


def beside(questions):
    """Actors stand right before the words, targets and recipients right after them."""
    of = lambda name: questions.features[:, parties.FEATURES.index(name)]  # noqa: E731
    near = of("is actor") * of("nearest before") + (1 - of("is actor")) * of("nearest after")
    return np.asarray(12 * near + 6 * of("nobody"), np.float32)


def test_an_act_comes_with_its_class_and_plover_type():
    record = read_marked("[Ada Lane] {accused} <Olaf Brandt of theft>.", NAMES, acts={"accused": "accuse"})
    act = record.statements[0].act
    assert act is not None
    assert (act.code, act.searle, act.plover) == ("accuse", "expressive", "ACCUSE")
    assert 0.5 < act.score <= 1.0


def test_what_was_not_said_is_no_act():
    record = read_marked("[Ada Lane] {did not accuse} <Olaf Brandt of theft>.", NAMES, acts={"did": "accuse"})
    assert record.statements[0].act is None


def test_a_target_is_an_entity_under_its_fullest_name():
    text = "Olaf Brandt was late.\n\n[Ada Lane] {accused} <Brandt of theft>."
    record = read_marked(text, NAMES, acts={"accused": "accuse"}, parties_by=beside)
    target = record.statements[0].target
    assert target is not None and target.name == "Olaf Brandt"
    assert target.entity == next(e.id for e in record.entities if e.name == "Olaf Brandt")


def test_nobody_is_aimed_at_where_nobody_is_likeliest():
    assert read_marked("[Ada Lane] {said} <it rained>.", NAMES).statements[0].target is None


def test_an_event_of_the_narration_is_asserted_by_it():
    text = "[Ada Lane] {said} <it rained>.\n\nNorvia invaded Sarland in the spring."
    record = read_marked(text, NAMES, events={"invaded": "ASSAULT"}, parties_by=beside)
    (event,) = record.events
    assert (event.type, event.asserted_by, event.status) == ("ASSAULT", NARRATION, "happened")
    assert event.actor is not None and event.recipient is not None
    assert (event.actor.name, event.recipient.name) == ("Norvia", "Sarland")
    at = record.article.text.index("invaded")
    assert event.trigger == Span(at, at + len("invaded"))


def test_an_event_within_a_statement_is_asserted_by_it_alone():
    text = "[Ada Lane] {said} <Norvia had invaded Sarland>."
    record = read_marked(text, NAMES, events={"invaded": "ASSAULT"})
    assert [e.asserted_by for e in record.events] == [record.statements[0].id]


def test_an_unlikely_trigger_is_no_event():
    record = read_marked("[Ada Lane] {said} <it rained>.\n\nNorvia invaded Sarland.", NAMES)
    assert record.events == ()


def test_one_who_does_it_to_himself_has_no_recipient():
    def only(questions):
        of = lambda name: questions.features[:, parties.FEATURES.index(name)]  # noqa: E731
        return np.asarray(12 * of("is country") * of("nearest before") + 6 * of("nobody"), np.float32)

    record = read_marked("Norvia invaded again.", NAMES, events={"invaded": "ASSAULT"}, parties_by=only)
    (event,) = record.events
    assert event.actor is not None and event.recipient is None


def test_a_long_text_of_statements_is_asked_about_in_parts():
    text = "\n\n".join("[Ada Lane] {accused} <Olaf Brandt of theft>." for _ in range(parties.AT_ONCE + 6))
    record = read_marked(text, NAMES, acts={"accused": "accuse"}, parties_by=beside)
    assert {s.target.name if s.target else None for s in record.statements} == {"Olaf Brandt"}
