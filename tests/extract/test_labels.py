"""Who speaks by a label before a colon: turns of transcripts, names before quotations, quotations within quotations."""

from __future__ import annotations

import pytest
from tests.scripted import article_of, quoted_words, read_marked

from onrecord.extract.labels import turns_of

NAMES = {"person": ["Ada Lane", "Oto Brandt", "Lane", "BRANDT"], "organization": ["Harbour Union"], "place": ["Brell"]}
HEARING = (
    "CHAIR LANE: Order.\n\nBRANDT: We never.\n\n(LAUGHTER)\n\nIt was not ours.\n\nCHAIR LANE: Whose, then?\n\nIt ended."
)


def speakers(text: str) -> list[tuple[str, str | None]]:
    record = read_marked(text, NAMES)
    return [(c, s.speaker.name) for (_, _, c, _), s in zip(quoted_words(record), record.statements, strict=True)]


def test_turns() -> None:
    article = article_of(HEARING)
    text = article.text
    assert [(t.label.of(text), [c.of(text) for c in t.content]) for t in turns_of(article)] == [
        ("CHAIR LANE", ["Order."]),
        ("BRANDT", ["We never.", "It was not ours."]),
        ("CHAIR LANE", ["Whose, then?"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "MS LANE: No.\n\nMR BRANDT: Yes.\n\nMS FERRIN: Perhaps.",  # no label comes twice
        "MS LANE: No.\n\nMS LANE: Yes.",
        "Where it was found: Brell.\n\nWhen it was found: Monday.\n\nWhere it was found: Tarn.",
        "It was late.\n\nThe mayor asked: why?\n\nIt was late: ten.",
    ],
)
def test_no_turns(text: str) -> None:
    assert turns_of(article_of(text)) == ()


def test_a_turn_in_a_story_is_its_own_paragraph() -> None:
    story = "Lane: No.\n\nIt was late.\n\nIt rained.\n\nIt snowed.\n\nLane: Yes.\n\nOto: No.\n\nIt ended.\n\nThey left."
    assert all(len(t.content) == 1 for t in turns_of(article_of(story)))


def test_whose_turns_they_are() -> None:
    assert speakers(HEARING) == [
        ("Order.", "CHAIR LANE"),
        ("We never. … It was not ours.", "BRANDT"),
        ("Whose, then?", "CHAIR LANE"),
    ]


def test_i_is_whoever_stands_before_the_colon() -> None:
    text = "Ada Lane: Order.\n\nOto Brandt: Yes.\n\nAda Lane: [I] {remind} you <that it is late>."
    assert speakers(text)[-1] == ("that it is late", "Ada Lane")
    record = read_marked(text, NAMES)
    assert record.statements[-1].inside == record.statements[-2].id


def test_an_interview() -> None:
    text = "Ada Lane talks about her boat.\n\nQ: Why?\n\nA: It was late.\n\nQ: And [you] {said} <so>?\n\nA: Yes."
    assert speakers(text) == [
        ("Why?", None),
        ("It was late.", "Ada Lane"),
        ("And you said so?", None),
        ("so", "Ada Lane"),
        ("Yes.", "Ada Lane"),
    ]
    assert ("It was late.", None) in speakers(text.replace("her boat", "her boat with Oto Brandt"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- The Harbour Union: “It’s a start.”", [("“It’s a start.”", "Harbour Union")]),
        ("Cllr Ada Lane: “Shame.”", [("“Shame.”", "Ada Lane")]),
        ("It rained. Ada Lane (Brell): “Shame.”", [("“Shame.”", "Ada Lane")]),
        ("Ada Lane left. @mayorlane: “Shame.”", [("“Shame.”", "Ada Lane")]),
        ("Ada Lane left. @boatwatch: “Shame.”", [("“Shame.”", "@boatwatch")]),
        ("Verdict: “Shame.”", []),
        ("Brell: “Shame.”", []),
        ("What they said of Ada Lane: “Shame.”", []),
        ("Ada Lane: shame.", []),
    ],
)
def test_a_name_before_a_quotation(text: str, found: list[tuple[str, str]]) -> None:
    assert speakers(text) == found


def test_what_a_statement_has_is_not_taken_twice() -> None:
    assert len(speakers("[Ada Lane]{:} <“Shame.”>")) == 1


def test_a_quotation_within_a_quotation() -> None:
    text = "“<He looked up and said, ‘Lose it.’ I said, ‘I can’t, Mr Brandt.’>,” [Ada Lane] {testified}."
    record = read_marked(text, NAMES)
    assert [(s, c) for s, _, c, _ in quoted_words(record)] == [
        ("He", "‘Lose it.’"),
        ("I", "‘I can’t, Mr Brandt.’"),
        ("Ada Lane", text.replace("<", "").replace(">", "")[: text.index(",” [") - 1] + "”"),
    ]
    assert [s.inside for s in record.statements] == [record.statements[2].id] * 2 + [None]
    assert record.statements[1].speaker.name == "Ada Lane"
    assert record.statements[0].speaker.name != "Ada Lane"
