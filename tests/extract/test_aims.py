"""Whom a statement is aimed at, from candidates to the party of the record."""

from __future__ import annotations

import numpy as np
import pytest
from tests.scripted import read_marked

from onrecord.analysis.parties import PartyQuestions
from onrecord.extract import aiming, aims

NAMES = {
    "person": ["Ada Lane", "Lane", "Olaf Brandt", "Brandt", "Mary Quill"],
    "country": ["Norvia", "Sarland"],
    "organization": ["Velmark Council"],
}


def of(questions: PartyQuestions, name: str) -> np.ndarray:
    return questions.features[:, aims.FEATURES.index(name)]


def by(name: str, value: float = 1.0):
    """A head that names whichever candidate has `value` of a feature."""
    return lambda questions: np.asarray(np.where(of(questions, name) == value, 5.0, -5.0), np.float32)


def target(text: str, rule) -> str | None:
    found = read_marked(text, NAMES, parties_by=rule).statements[0].target
    return found.name if found else None


def test_a_target_is_an_entity_under_its_fullest_name() -> None:
    text = "Olaf Brandt was late.\n\n[Ada Lane] {accused} <Brandt of theft>."
    record = read_marked(text, NAMES, parties_by=by("content offset", 0.0))
    found = record.statements[0].target
    assert found is not None and found.name == "Olaf Brandt"
    assert found.entity == next(e.id for e in record.entities if e.name == "Olaf Brandt")


def test_a_group_without_a_name_may_be_meant() -> None:
    text = "[Ada Lane] {accused} <the harbour police of theft>."
    record = read_marked(text, NAMES, parties_by=by("in content"))
    found = record.statements[0].target
    assert found is not None and (found.name, found.entity) == ("police", None)


def test_nobody_is_aimed_at_where_no_score_is_high_enough() -> None:
    assert target("[Ada Lane] {said} <Brandt was late>.", by("in content", 7.0)) is None


@pytest.mark.parametrize(
    ("text", "score", "name"),
    [
        ("Olaf Brandt left.\n\n[Ada Lane] {said} <it was a shame>.", -0.1, None),
        ("Olaf Brandt left.\n\n[Ada Lane] {said} <it was a shame>.", 0.1, "Olaf Brandt"),
        ("[Ada Lane] {said} <Olaf Brandt was a shame>.", 0.1, "Olaf Brandt"),
        ("[Ada Lane] {said} <Olaf Brandt was a shame>.", -0.1, None),
    ],
)
def test_a_target_must_be_likely(text: str, score: float, name: str | None) -> None:
    rule = lambda q: np.where(of(q, "speaks") == 1.0, -5.0, score).astype(np.float32)  # noqa: E731
    assert target(text, rule) == name


def test_an_article_that_names_nobody_has_no_target() -> None:
    record = read_marked("[She] {said} <it rained>.", {}, parties_by=by("in content", 0.0))
    assert record.statements[0].target is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mary Quill spoke. Olaf Brandt left.\n\n[Ada Lane] {said} <she was wrong>.", "Mary Quill"),
        ("Mary Quill spoke. Olaf Brandt left.\n\n[Ada Lane] {said} <he was wrong>.", "Olaf Brandt"),
    ],
)
def test_a_pronoun_of_the_content_points_at_the_last_that_agrees(text: str, name: str) -> None:
    def rule(questions: PartyQuestions) -> np.ndarray:
        points = np.maximum(of(questions, "he"), of(questions, "she"))
        return np.asarray(np.where(points == points.max(), 5.0, -5.0), np.float32)

    assert target(text, rule) == name


def test_the_complement_of_a_cue_is_told_by_its_preposition() -> None:
    code = float(aims._BEFORE_CODES["at"])
    assert target("Norvia paid.\n\n[Ada Lane] {raged} at Sarland <over the debt>.", by("gap code", code)) == "Sarland"


def test_who_speaks_is_known_as_such() -> None:
    text = "[Ada Lane] {said} <Olaf Brandt lied>.\n\n[Olaf Brandt] {said} <it rained>."
    assert target(text, by("speaks next")) == "Olaf Brandt"
    assert target(text, by("speaks")) is None


def test_nobody_is_aimed_at_by_himself_or_by_whom_he_speaks_for() -> None:
    assert target("[Norvia] {said} <Norvia was cheated>.", by("in content")) is None
    minister = "Norvian Foreign Minister [Ada Lane] {said} <the people of %s lied>."
    names = {**NAMES, "group": ["Norvian"]}
    for land, name in (("Norvia", None), ("Sarland", "Sarland")):
        record = read_marked(minister % land, names, parties_by=by("in content"))
        found = record.statements[0].target
        assert (found and found.name) == name
    assert target("[Ada Lane] {said} <her country would not trade>.", by("in content")) is None
    assert target("[The party’s secretary] {said} <the party was cheated>.", by("in content")) is None


def test_an_office_alone_is_its_only_holder() -> None:
    text = "Minister Olaf Brandt slept. [Ada Lane] {said} <%s lied>."
    assert target(text % "the minister", by("is phrase")) == "Olaf Brandt"
    assert target("Olaf Brandt slept. [Ada Lane] {said} <the minister lied>.", by("is phrase")) == "the minister"
    assert target(f"Minister Mary Quill left. {text % 'the minister'}", by("is phrase")) == "Minister"


def test_nobody_is_aimed_at_by_who_speaks_for_his_seat_of_government() -> None:
    names = {**NAMES, "country": ["Russia"], "organization": ["Kremlin"]}
    for who, name in (("Kremlin spokesman", None), ("Harbour spokesman", "Russia")):
        text = f"Russia woke. [{who} Ada Lane] {{said}} <it lied>."
        record = read_marked(text, names, parties_by=by("is country"))
        found = record.statements[0].target
        assert (found and found.name) == name


@pytest.mark.parametrize(
    ("text", "party", "name"),
    [
        ("TARVEN — [Quay Front spokeswoman Ada Lane] {said} <the toll was late>.", "Quay Front", None),
        (
            "TARVEN — [Quay Front] {said} <it rained>.\n\n[Its general secretary Ada Lane] {said} <the toll was late>.",
            "Quay Front",
            None,
        ),
        ("TARVEN — [Quay Front member Ada Lane] {said} <the toll was late>.", "Quay Front", "Quay Front"),
        ("TARVEN — [Quay Front’s former spokeswoman Ada Lane] {said} <the toll was late>.", "Quay Front", "Quay Front"),
        (
            "TARVEN — [Quay Front] {said} <it rained>.\n\n[Its former secretary Ada Lane] {said} <the toll was late>.",
            "Quay Front",
            "Quay Front",
        ),
    ],
)
def test_nobody_is_aimed_at_by_who_leads_or_speaks_for_it(text: str, party: str, name: str | None) -> None:
    names = {**NAMES, "organization": ["Quay Front"]}
    record = read_marked(text, names, parties_by=by("is organization"))
    found = record.statements[-1].target
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("who", "name"),
    [("Tarvia’s deputy minister", None), ("Its foreign minister", None), ("Her sister", "Tarvia")],
)
def test_no_land_is_aimed_at_by_its_minister_though_no_table_has_it(who: str, name: str | None) -> None:
    names = {**NAMES, "place": ["Tarvia"]}
    text = f"[Tarvia] {{said}} <it rained>.\n\n[{who}, Ada Lane], {{said}} <the toll was late>."
    found = read_marked(text, names, parties_by=by("is place")).statements[-1].target
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[Brandt’s lawyer Ada Lane] {said} <it was late>.", None),
        ("[Brandt’s lawyer Ada Lane] {said} <Brandt was late>.", "Olaf Brandt"),
        ("[Brandt’s rival Ada Lane] {said} <it was late>.", "Olaf Brandt"),
        ("[Brandt’s former lawyer Ada Lane] {said} <it was late>.", "Olaf Brandt"),
        ("“<It was late>,” {called out} [Ada Lane of the port].", "Olaf Brandt"),
    ],
)
def test_nobody_is_aimed_at_by_his_lawyer_who_tells_not_of_him(text: str, name: str | None) -> None:
    found = read_marked(f"Olaf Brandt came.\n\n{text}", NAMES, parties_by=by("is person")).statements[0].target
    assert (found and found.name) == name


def test_nobody_is_aimed_at_by_who_speaks_for_it_in_its_capital() -> None:
    names = {**NAMES, "country": ["China"], "place": ["BEIJING"]}
    for who, name in (
        ("Foreign Ministry spokeswoman", None),
        ("Harbour spokeswoman", "China"),
        ("Union member", "China"),
    ):
        text = f"BEIJING, April 17 (Quell) — China woke. [{who} Ada Lane] {{said}} <it lied>."
        found = read_marked(text, names, parties_by=by("is country")).statements[0].target
        assert (found and found.name) == name


def test_them_after_a_participle_is_the_object_of_its_clause() -> None:
    text = "[Norvia] expelled two diplomats of Sarland, {accusing} them <of spying>."
    assert target(text, by("speaks")) == "Sarland"
    text = "[Norvia] sent home the harbour police, {accusing} them <of spying>."
    assert target(text, by("speaks")) == "police"


def test_each_of_many_statements_has_its_own_answer() -> None:
    text = "\n\n".join("[Ada Lane] {accused} <Olaf Brandt of theft>." for _ in range(aiming.AT_ONCE + 6))
    record = read_marked(text, NAMES, parties_by=by("in content"))
    assert [s.target.name if s.target else None for s in record.statements] == ["Olaf Brandt"] * (aiming.AT_ONCE + 6)


def test_the_features_of_a_candidate_are_finite_and_named_once() -> None:
    seen = []

    def rule(questions: PartyQuestions) -> np.ndarray:
        seen.append(questions.features)
        return np.zeros(len(questions.of), np.float32)

    read_marked("The council met. [Ada Lane] {said} <Velmark Council failed its voters>.", NAMES, parties_by=rule)
    assert len(set(aims.FEATURES)) == len(aims.FEATURES) == seen[0].shape[1]
    assert np.isfinite(seen[0]).all()


def test_nobody_is_aimed_at_where_the_head_says_so() -> None:
    assert read_marked("[Ada Lane] {said} <it rained>.", NAMES).statements[0].target is None


@pytest.mark.parametrize(
    ("feature", "value", "name"),
    [
        ("turns back", 0.0, "Olaf Brandt"),
        ("turns back", 1.0, "Mary Quill"),
        ("own side", -1.0, "Sarland"),
    ],
)
def test_who_spoke_before_and_who_is_of_another_country(feature: str, value: float, name: str) -> None:
    text = (
        "Norvia and Sarland met.\n\n[Mary Quill] {said} <it was late>.\n\n[Olaf Brandt] {said} <so>.\n\n"
        "[Norvia’s minister Ada Lane] {denied} <it>."
    )
    record = read_marked(text, NAMES, parties_by=by(feature, value))
    found = record.statements[2].target
    assert found is not None and found.name == name


def test_what_a_voice_is_at_elsewhere_is_told_of_its_other_statements() -> None:
    asked = []

    def rule(questions: PartyQuestions) -> np.ndarray:
        asked.append(questions)
        return np.full(len(questions.of), -1.0, np.float32)

    text = "[Ada Lane] {blamed} <Norvia>.\n\n[Ada Lane] {blamed} <Sarland>.\n\n[Mary Quill] {said} <so>."
    read_marked(text, NAMES, parties_by=rule)
    by_speaker, by_statement = of(asked[0], "aimed by speaker"), asked[0].of
    assert (by_speaker[by_statement < 2] >= 0).all()
    assert (by_speaker[by_statement == 2] == -1).all()  # she speaks once
    assert (of(asked[0], "aimed before")[by_statement == 0] == -1).all()
    assert (of(asked[0], "aimed next")[by_statement == 2] == -1).all()
