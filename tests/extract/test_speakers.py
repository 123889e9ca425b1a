"""From the head's scores to speakers: names, joint names, metonyms, by what they are known, and why nobody is named."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scripted import feature, obvious, page_of, read_marked, weights

from onrecord.extract import SPEAKER_FEATURES, answers_of, build_entities, calibration_of, speakers_of
from onrecord.records import Record, Speaker, WeightsError, from_wire, to_wire

FILL = "The harbour town of Brell lies on the northern coast and has some nine thousand inhabitants."
LANE, BRANDT = "Mary Lane", "John Brandt"
NAMES = {
    "person": [LANE, "Lane", BRANDT, "Brandt"],
    "organization": ["Harbour Union"],
    "country": ["Ostrania", "Ostranian"],
    "place": ["Tarvesk"],
}


def speakers(marked: str, names=NAMES, **scripted) -> list[Speaker]:
    return [s.speaker for s in read_marked(marked, names, **scripted).statements]


def told(marked: str, names=NAMES, **scripted) -> list[tuple[str | None, str | None]]:
    """(name, basis or reason) of each."""
    return [(s.name, s.basis or s.reason) for s in speakers(marked, names, **scripted)]


def linear(**weights: float):
    """A head that adds up features, those of several words joined by "_"."""
    return lambda q: sum(w * feature(q, name.replace("_", " ")) for name, w in weights.items()).astype(np.float32)


# ---------------------------------------------------------------- who


def test_a_name_in_the_source() -> None:
    record = read_marked(f"[Mayor Mary Lane] {{said}} <it was safe>. {FILL}\n\n[Lane] {{left}} <it there>.", NAMES)
    [entity] = record.entities
    for statement in record.statements:
        speaker = statement.speaker
        assert (speaker.name, speaker.kind, speaker.basis) == (LANE, "person", "named")
        assert speaker.entities == (entity.id,) and speaker.reason is None
        assert speaker.score is not None and speaker.score > 0.9


def test_a_pronoun_means_who_was_named_and_agrees() -> None:
    text = "Mary Lane met John Brandt.\n\n[She] {said} <so>.\n\n[He] {denied} <it>."
    assert told(text) == [(LANE, "pronoun"), (BRANDT, "pronoun")]


def test_a_description_is_what_it_is_called() -> None:
    [pilot, poll] = speakers("[The harbour pilot] {said} <so>.\n\n[a poll of voters] {found} <that>.")
    assert (pilot.name, pilot.kind, pilot.basis, pilot.entities) == ("The harbour pilot", "unnamed", "nominal", ())
    assert (poll.name, poll.kind) == ("a poll of voters", "work")


def test_a_description_may_mean_somebody_named() -> None:
    [speaker] = speakers("Mary Lane is mayor.\n\n[The mayor] {said} <so>.", rule=linear(is_person=20))
    assert (speaker.name, speaker.kind, speaker.basis) == (LANE, "person", "nominal") and len(speaker.entities) == 1


def test_whose_spokesman_it_is_is_not_who_speaks() -> None:
    assert told("[Brandt’s spokesman] {said} <so>.") == [("Brandt’s spokesman", "nominal")]


def test_a_relative_pronoun_stands_for_its_noun() -> None:
    assert told("The council met engineers [who] {said} <so>.") == [("engineers", "pronoun")]


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        *(("organization", "Harbour Union", "group"), ("country", "Ostrania", "group"), ("place", "Tarvesk", "group")),
        *(("group", "Greens", "group"), ("work", "Harbour Herald", "work"), ("person", LANE, "person")),
    ],
)
def test_kinds_of_speakers(kind: str, name: str, expected: str) -> None:
    [speaker] = speakers(f"[{name}] {{said}} <so>.", {kind: [name]})
    assert (speaker.name, speaker.kind) == (name, expected)


def test_a_degree_makes_no_description_of_a_name() -> None:
    assert told("[Mary Lane KC] {said} <so>.", rule=linear(own_words=20, is_person=5)) == [(LANE, "named")]


def test_a_group_by_its_name_is_no_description() -> None:
    names = {"group": ["Greens", "Green"]}
    assert told("[The Greens] {said} <so>.", names, rule=linear(own_words=20, is_group=5)) == [("Greens", "named")]
    assert told("[Older Greens] {said} <so>.", names, rule=linear(own_words=20, is_group=5)) == [
        ("Older Greens", "nominal")
    ]


def test_a_quotation_that_goes_on_is_its_speakers() -> None:
    goes_on = "“<We built it>,” [Lane] {said}.\n\n“<We will mend it>” {was the promise}."
    text = f"{goes_on}\n\n{FILL}\n\n{FILL}\n\n“<Yes>” {{was all}}."
    assert told(text, rule=linear(in_source=20, is_person=10)) == [
        *(("Lane", "named"), ("Lane", "continued"), ("Lane", "context")),
    ]


def test_the_articles_writer() -> None:
    [speaker] = speakers("[I] {think} <so>.", rule=linear(is_author=20))
    assert (speaker.name, speaker.kind, speaker.reason, speaker.entities) == (None, "author", None, ())


# ---------------------------------------------------------------- several


def test_names_joined_in_one_source_speak_together() -> None:
    record = read_marked("[John Brandt and Mary Lane] {said} <so>.", NAMES)
    [statement] = record.statements
    assert statement.speaker.name == "John Brandt + Mary Lane"
    assert statement.speaker.entities == tuple(e.id for e in record.entities)
    assert statement.speaker.kind == "person" and statement.speaker.basis == "named"
    assert statement.speaker.score is not None and statement.speaker.score > 0.9


def test_joint_names_stand_as_printed_and_not_as_likely() -> None:
    rule = linear(in_source=20, last_in_source=0.5)
    assert told("[John Brandt and Mary Lane] {said} <so>.", rule=rule) == [("John Brandt + Mary Lane", "named")]
    rule = linear(in_source=20, first_in_source=0.5)
    assert told("[John Brandt and Mary Lane] {said} <so>.", rule=rule) == [("John Brandt + Mary Lane", "named")]


def test_who_has_little_chance_does_not_speak_along() -> None:
    marked = "John Brandt left at noon. Mary Lane left.\n\n[They] {said} <so>."
    even, far = linear(is_person=20), linear(is_person=20, order=20)
    assert told(marked, rule=even) == [("John Brandt + Mary Lane", "pronoun")]
    assert told(marked, rule=far) == [("John Brandt", "pronoun")]


def test_names_in_one_source_that_nothing_joins_are_one_speaker() -> None:
    rule = linear(in_source=20, first_in_source=1)
    assert told("[John Brandt, of Lane’s office,] {said} <so>.", rule=rule) == [("John Brandt", "named")]


def test_they_may_be_several() -> None:
    text = "Mary Lane met John Brandt.\n\n[They] {said} <so>."
    assert told(text, rule=linear(is_person=20)) == [("Mary Lane + John Brandt", "pronoun")]


def test_speakers_of_several_kinds_are_a_group() -> None:
    [speaker] = speakers("[John Brandt and the Harbour Union] {said} <so>.", rule=linear(in_source=20, own_words=-40))
    assert (speaker.name, speaker.kind) == ("John Brandt + Harbour Union", "group")


# ---------------------------------------------------------------- capitals


@pytest.mark.parametrize(
    ("text", "names", "country"),
    [
        (
            "The dispute with Russia went on.\n\n[Moscow] {said} <so>.",
            {"country": ["Russia"], "place": ["Moscow"]},
            "Russia",
        ),
        ("Ostrania’s capital, Tarvesk, was calm.\n\n[Tarvesk] {said} <so>.", NAMES, "Ostrania"),
    ],
)
def test_a_capital_that_speaks_is_its_country(text: str, names, country: str) -> None:
    record = read_marked(text, names)
    [statement] = record.statements
    assert (statement.speaker.name, statement.speaker.kind, statement.speaker.basis) == (country, "group", "named")
    [entity] = [e for e in record.entities if e.id in statement.speaker.entities]
    assert entity.kind == "country"
    assert any(e.kind == "place" for e in record.entities)  # and stays a place of its own


def test_a_capital_whose_country_is_not_named_stays_a_place() -> None:
    assert told("[Moscow] {said} <so>.", {"place": ["Moscow"]}) == [("Moscow", "named")]


# ---------------------------------------------------------------- nobody


def test_nobody_is_named_below_the_least_score() -> None:
    text = "Mary Lane met John Brandt.\n\n[He] {said} <so>."
    unsure = linear(is_person=1)
    assert told(text, rule=unsure, least_named=0.6) == [(None, "unclear")]
    [(name, basis)] = told(text, rule=unsure, least_named=0.1)
    assert name is not None and basis == "pronoun"


@pytest.mark.parametrize(
    ("marked", "reason"),
    [
        ("<The bridge> {was reported} <safe>.", "passive"),
        ("<The bridge>, {it is said}, <is safe>.", "passive"),
        ("{It has been widely known} <that it is safe>.", "passive"),
        ("<It> {is evident} <to all>.", "unclear"),
        ("<The bridge is safe>, {according} to talk.", "unclear"),
        ("[Many] {say} <so>.", "generic"),
        ("[one] {says} <so>.", "generic"),
        ("[Some people] {say} <so>.", "generic"),
        ("[No group] {claimed} <it>.", "generic"),
        ("[No one] {denied} <it>.", "generic"),
        ("[He] {said} <so>.", "unclear"),
    ],
)
def test_why_nobody_is_named(marked: str, reason: str) -> None:
    [speaker] = speakers(f"{FILL}\n\n{marked}", {}, rule=linear(is_nobody=20))
    assert (speaker.name, speaker.reason, speaker.basis, speaker.entities) == (None, reason, None, ())


@pytest.mark.parametrize(
    "marked",
    [
        "[He] {said} <so>.\n\n[She] {denied} <it>.\n\n[They] {told} us <nothing>.\n\n[It] {was} <nothing>.\n\n[We] {say} <so>.",
        "[HE] {SAID} <SO>.\n\n[SHE] {DENIED} <IT AND LEFT THE TOWN ON MONDAY>.",
        "<The bridge is shut>, {it was reported}.",
    ],
)
def test_only_pronouns_no_names(marked: str) -> None:
    found = speakers(f"{marked}\n\n{FILL}", {})
    assert found and all(s.name is None and s.reason is not None for s in found)


def test_all_capitals() -> None:
    text = "MARY LANE MET JOHN BRANDT IN THE HARBOUR.\n\n[SHE] {SAID} <IT WAS SAFE>.\n\n[BRANDT] {DENIED} <IT>."
    names = {"person": ["MARY LANE", "JOHN BRANDT", "BRANDT"]}
    assert told(text, names) == [("MARY LANE", "pronoun"), ("JOHN BRANDT", "named")]


# ---------------------------------------------------------------- whatever the head says


PAGE = (
    "Mary Lane met John Brandt of the Harbour Union in Tarvesk, the Ostranian capital.\n\n[Lane] {said} <so>.\n\n"
    "“<Never>,” {was the answer}.\n\n[John Brandt and the harbour pilot] {denied} <it>.\n\n[They] {said} <so>.\n\n"
    "[She] {told} Brandt <of it>.\n\n[Tarvesk] {said} <nothing>.\n\n<The harbour is shut>, {it was reported}."
)


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 1.0, 30.0, 1e4]), st.sampled_from([0.0, 0.5, 1.0]))
def test_no_scores_lead_out_of_the_article(seed: int, size: float, least: float) -> None:
    """Any head at all: speakers are entities of the same article, or words of it, or nobody with a reason."""
    rng = np.random.default_rng(seed)
    rule = lambda q: (rng.standard_normal(len(q.of)) * size).astype(np.float32)  # noqa: E731
    record = read_marked(PAGE, NAMES, rule=rule, least_named=least)  # checked there
    known = {e.id: e for e in record.entities}
    for statement in record.statements:
        speaker = statement.speaker
        if speaker.name is None:
            assert (speaker.kind == "author") != (speaker.reason is not None)
            continue
        names = speaker.name.split(" + ")
        assert {known[e].name for e in speaker.entities} <= set(names)
        assert all(name in record.article.text for name in names)
        assert speaker.score is not None and least <= speaker.score <= 1
        assert (speaker.basis in ("continued", "context")) == (not statement.source)
    assert from_wire(to_wire(record)) == record


def test_who_is_named_only_later_is_chosen_only_where_the_head_says_so() -> None:
    """Cataphora is real, and the head's to judge: both are candidates, with what stands before told from what follows."""
    text = "[He] {said} <so>, with John Brandt gone. {filler}".replace("{filler}", FILL)
    assert told(text, rule=linear(is_person=5, before=9, after=9)) == [(BRANDT, "pronoun")]
    both = f"Ted Quill came.\n\n{text}"
    names = {"person": [BRANDT, "Ted Quill"]}
    assert told(both, names, rule=linear(is_person=5, before=9)) == [("Ted Quill", "pronoun")]
    assert told(both, names, rule=linear(is_person=5, after=9)) == [(BRANDT, "pronoun")]


def test_the_same_article_gives_the_same_speakers() -> None:
    assert read_marked(PAGE, NAMES) == read_marked(PAGE, NAMES)


def test_another_article_read_at_the_same_time_changes_nothing() -> None:
    """Names of one article never speak in another, though both are read by one reader."""
    from tests.scripted import ScriptedSecond, heads_of

    from onrecord.pipeline import Reader

    article, heads = heads_of(PAGE, NAMES)
    reader = Reader.of(weights(), heads, ScriptedSecond(article), threads=2)
    records = list(reader.read_many([article] * 4))
    assert all(isinstance(r, Record) and r == records[0] for r in records)
    alone, heads = heads_of("[She] {said} <so>. " + FILL)
    reader = Reader.of(weights(), heads, ScriptedSecond(alone))
    assert all(s.speaker.name is None for s in reader.read(alone).statements)


# ---------------------------------------------------------------- the head


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
def test_asked_in_parts_or_at_once_the_answers_are_the_same(monkeypatch, at_once: int) -> None:
    page, asked = page_of(PAGE, NAMES), []

    class Head:
        def speakers(self, questions):
            asked.append(len(questions.asked))
            return obvious(questions)

    whole = answers_of(page, Head())
    assert asked == [len(page.said)]
    monkeypatch.setattr("onrecord.extract.speakers.AT_ONCE", at_once)
    assert answers_of(page, Head()) == whole
    assert max(asked[1:]) <= at_once and sum(asked[1:]) == len(page.said)


def test_a_page_where_nobody_says_anything_asks_nothing() -> None:
    class Mute:
        def speakers(self, questions):
            raise AssertionError("asked")

    page = page_of("Mary Lane was there.", NAMES)
    assert answers_of(page, Mute()) == []
    made = calibration_of(weights().settings.speaker_calibration, SPEAKER_FEATURES)
    assert speakers_of(page, [], made, build_entities(page.article, [])[1], {}) == ()


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"intercept": 0.0, "weights": [1.0], "least": 0.5},
        {"intercept": 0.0, "weights": [*([1.0] * len(SPEAKER_FEATURES)), 1.0], "least": 0.5},
        {"intercept": None, "weights": [1.0] * len(SPEAKER_FEATURES), "least": 0.5},
        {"intercept": 0.0, "weights": "many", "least": 0.5},
        {"intercept": 0.0, "weights": None, "least": 0.5},
    ],
)
def test_a_calibration_that_does_not_fit_is_refused(kept) -> None:
    with pytest.raises(WeightsError):
        calibration_of(kept, SPEAKER_FEATURES)


def test_a_capital_that_speaks_is_linked_to_its_country_and_elsewhere_is_a_place() -> None:
    names = {"country": ["Russia"], "place": ["Moscow"]}
    record = read_marked(f"Russia was calm, and so was Moscow. {FILL}\n\n[Moscow] {{said}} <it was over>.", names)
    russia = next(e for e in record.entities if e.name == "Russia")
    there, speaking = [m for m in record.mentions if m.span.of(record.article.text) == "Moscow"]
    assert there.entity != russia.id and there.method == "name"
    assert speaking.entity == russia.id and speaking.method == "metonym"
