"""A quotation in a paragraph of its own, and who announces it."""

from __future__ import annotations

import pytest
from tests.scripted import quoted_words, read_marked

NAMES = {"person": ["Ada Lane", "Oto Brandt", "Lane"], "organization": ["Harbour Union"]}


def found(text: str) -> list[tuple[str | None, str, str, str | None]]:
    record = read_marked(text, NAMES)
    return [(s, q, c, r.speaker.name) for (s, q, c, _), r in zip(quoted_words(record), record.statements, strict=True)]


@pytest.mark.parametrize(
    ("before", "source", "cue", "speaker"),
    [
        ("Ada Lane wrote on Friday:", "Ada Lane", "wrote", "Ada Lane"),
        ("Ada Lane was at sea. But she told the Gull:", "she", "told", "Ada Lane"),
        ("In a letter to the port, Oto Brandt has said:", "Oto Brandt", "said", "Oto Brandt"),
        ("Ada Lane, the mayor, added:", "Ada Lane, the mayor", "added", "Ada Lane"),
        ("A statement from the Harbour Union read:", "A statement from the Harbour Union", "read", "Harbour Union"),
    ],
)
def test_who_announces_a_quotation_says_it(before: str, source: str, cue: str, speaker: str) -> None:
    assert found(f"{before}\n\n“It was late. We went home.”\n\nIt rained.") == [
        (source, cue, "“It was late. We went home.”", speaker)
    ]


def test_a_quotation_of_several_paragraphs() -> None:
    text = "Ada Lane wrote:\n\n“It was late.\n\n“We went home.”\n\nIt rained."
    assert [c for _, _, c, _ in found(text)] == ["“It was late. … “We went home.”"]


def test_whose_subject_cannot_be_told_apart_is_said_by_nobody_known() -> None:
    ((source, cue, _, _),) = found("Ada Lane hugged her crew and told the Gull:\n\n“It was late.”")
    assert (source, cue) == ("", "told")


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lane wrote:\n\nIt was late.",  # nothing is quoted
        "The report has three parts:\n\n“Boats” comes first.",  # nobody says
        "Ada Lane ran to the quay:\n\n“Gull” was gone.",  # "ran" of a person is no cue
        "Ada Lane wrote a book. It rained.\n\n“It was late.”",  # no colon
    ],
)
def test_what_announces_nothing(text: str) -> None:
    assert found(text) == []


def test_what_has_a_speaker_of_its_own_keeps_it() -> None:
    text = "Ada Lane wrote:\n\n<“It was late,”> [Oto Brandt] {said}."
    assert [(s, r) for s, _, _, r in found(text)] == [("Oto Brandt", "Oto Brandt")]


@pytest.mark.parametrize(
    ("before", "after", "speaker"),
    [
        ("[Ada Lane] {said} <the boats were late>.", "It rained.", "Ada Lane"),
        ("“<It is late>,” [Ada Lane] {said}.", "It rained.", "Ada Lane"),
        ("Oto Brandt left. [Ada Lane] {stood by} <the plan>.", "", "Ada Lane"),
        ("[Ada Lane] {asked} <whether it was late>.", "It rained.", None),
        ("[Ada Lane] {said}: <“Is it late?”>", "It rained.", None),
        ("[Ada Lane] {said} <it was late>. It rained.", "It snowed.", None),
        ("[Ada Lane] {said} <it was late>.", "Those were the words of Oto Brandt.", None),
        ("[Ada Lane] {said} <it was late>.", "Oto Brandt, a docker, shook his head.", None),
        ("Oto Brandt left. [Ada Lane] {said} <it was late>.", "Oto Brandt shook his head.", "Ada Lane"),
        ("[A report] {said} <it was late>.", "It rained.", None),
        ("[Ada Lane] {Shares Thoughts On} <Boats>.", "It rained.", None),
    ],
)
def test_who_alone_speaks_before_a_quotation_goes_on(before: str, after: str, speaker: str | None) -> None:
    record = read_marked(f"It was cold.\n\n{before}\n\n“The boats never came back.”\n\n{after}".strip(), NAMES)
    more = [s for s in record.statements if s.content[-1].of(record.article.text) == "“The boats never came back.”"]
    assert [s.speaker.name for s in more] == ([] if speaker is None else [speaker])


def test_a_quotation_goes_on_and_what_follows_on_a_report_is_another_statement() -> None:
    text = "“<It is late>,” [Ada Lane] {said}.\n\n“The boats came back.”\n\n“They sank there.”\n\nIt rained."
    assert found(text) == [
        ("Ada Lane", "said", "“It is late,” … “The boats came back.” … “They sank there.”", "Ada Lane")
    ]
    text = "[Ada Lane] {said} <it was late>.\n\n“The boats came back.”"
    assert [c for _, _, c, _ in found(text)] == ["it was late", "“The boats came back.”"]
