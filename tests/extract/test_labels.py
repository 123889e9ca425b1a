"""Who speaks by a label before a colon: turns of transcripts, names before quotations, quotations within quotations."""

from __future__ import annotations

import numpy as np
import pytest
from tests.scripted import article_of, feature, quoted_words, read_marked

from onrecord.extract.turns import turns_of

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
    assert [((t.source or t.cue)[0].of(text), [c.of(text) for c in t.content]) for t in turns_of(article)] == [
        ("CHAIR LANE", ["Order."]),
        ("BRANDT", ["We never.", "It was not ours."]),
        ("CHAIR LANE", ["Whose, then?"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "MS LANE: No.\n\nMR BRANDT: Yes.\n\nMS FERRIN: Perhaps.",  # no label comes twice
        "MS LANE: No.\n\nMS LANE: Yes.",
        "A. Boats.\n\nB. Nets.\n\nA. Boats again.",
        "Where it was found: Brell.\n\nWhen it was found: Monday.\n\nWhere it was found: Tarn.",
        "It was late.\n\nThe mayor asked: why?\n\nIt was late: ten.",
    ],
)
def test_no_turns(text: str) -> None:
    assert turns_of(article_of(text)) == ()


@pytest.mark.parametrize(
    ("turns", "found"),
    [
        ("Lane: Who paid?\n\nBRANDT: My clerk.", [("Who paid?", "Ada Lane"), ("My clerk.", "BRANDT")]),
        ("Lane: Who paid?\n\nBRANDT: “My clerk.”", [("Who paid?", "Ada Lane"), ("“My clerk.”", "BRANDT")]),
        ("Lane: You paid.\n\nBRANDT: My clerk.", []),
        ("Lane: Who paid?\n\nNote: My clerk.", []),
        ("Lane: Who paid?\n\nIt rained.\n\nBRANDT: My clerk.", []),
    ],
)
def test_a_question_and_its_answer_in_a_report(turns: str, found: list[tuple[str, str]]) -> None:
    assert speakers(f"Ada Lane rose to speak.\n\nIt was late.\n\n{turns}\n\nIt ended.") == found


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


def test_we_is_not_the_writer_in_a_turn() -> None:
    text = "Ada Lane: Order.\n\nOto Brandt: Yes.\n\nAda Lane: [We] {believe} <that it is late>."
    writer = lambda q: (20 * feature(q, "is author")).astype(np.float32)  # noqa: E731
    assert read_marked(text, NAMES, rule=writer).statements[-1].speaker.name == "Ada Lane"
    assert read_marked("[We] {believe} <that it is late>.", NAMES, rule=writer).statements[-1].speaker.kind == "author"


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
    assert ("It was late.", "Ada Lane") in speakers(text.replace("boat.", "boat. She spoke to Oto Brandt."))
    assert ("It was late.", "Ada Lane") in speakers(text.replace("boat.", "boat. Interview by Oto Brandt."))
    assert ("It was late.", None) in speakers(text.replace("boat.", "boat. We spoke to Oto Brandt."))


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lane mends boats.\n\nQ. Why?\n\nA. It was late.",
        "Ada Lane mends boats.\n\nQuestion: Why?\n\nAnswer: It was late.",
    ],
)
def test_one_question_and_one_answer_are_an_interview(text: str) -> None:
    assert speakers(text) == [("Why?", None), ("It was late.", "Ada Lane")]


def acts(text: str, told: dict[str, str]) -> list[str | None]:
    return [s.act and s.act.code for s in read_marked(text, NAMES, acts=told).statements]


def test_an_answer_asks_nothing_and_a_turn_that_is_a_question_does() -> None:
    text = "Q: Why?\n\nA: It was late.\n\nQ: Tell me more.\n\nA: Would you believe me?"
    assert acts(text, {":": "ask"})[::2] == ["ask", "ask"]
    assert acts("Q: Afraid of whom?\n\nA: Of him.", {":": "criticize"}) == ["ask", "criticize"]
    assert acts(text, {":": "ask"})[1] not in (None, "ask")
    turns = "Ada Lane: How many boats sank?\n\nOto Brandt: Three.\n\nAda Lane: Who cares? I do."
    assert acts(turns, {":": "deny"}) == ["ask", "deny", "deny"]


CALL = (
    "Quay Boats results.\n\nAda Lane -- Chief Executive\n\nWe sold ten boats.\n\nWe will sell more.\n\n"
    "Questions and Answers:\n\nOto Brandt -- Analyst, Brell Bank\n\nWhy so few?\n\nIt was late."
    "\n\nAda Lane -- Chief Executive\n\nIt was.\n\nDuration: 40 minutes\n\nCall participants:\n\nAda Lane -- Chief Executive"
)
NAMED = "Operator\n\nGood day.\n\nAda Lane\n\nWe sold ten boats.\n\nOto Brandt\n\nWhy so few?"


def test_turns_of_a_call_stand_under_who_speaks() -> None:
    assert speakers(CALL) == [
        ("We sold ten boats. … We will sell more.", "Ada Lane"),
        ("Why so few? … It was late.", "Oto Brandt"),
        ("It was.", "Ada Lane"),
    ]
    record = read_marked(CALL, NAMES)
    assert [(s, c) for s, c, _, _ in quoted_words(record)][:2] == [("Ada Lane", "--"), ("Oto Brandt", "--")]
    assert speakers(CALL.replace(" --", ",")) == speakers(CALL)


def test_turns_of_a_call_under_bare_names() -> None:
    found = [("Good day.", None), ("We sold ten boats.", "Ada Lane"), ("Why so few?", "Oto Brandt")]
    assert speakers(NAMED) == found
    record = read_marked(NAMED, NAMES)
    assert [(s, c) for s, c, _, _ in quoted_words(record)][1:] == [("", "Ada Lane"), ("", "Oto Brandt")]
    chat = NAMED.partition("\n\nAda")[2]
    assert speakers(f"Ada{chat}\n\nAda Lane\n\nWe rowed.\n\nOto Brandt\n\nI see.")[-1] == ("I see.", "Oto Brandt")


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lane -- Chief Executive\n\nShe mends boats.\n\nOto Brandt -- Baker\n\nHe bakes.",  # a list of people
        "It was late.\n\nAda Lane\n\nIt rained.\n\nAda Lane\n\nIt snowed.\n\nAda Lane",  # who took the pictures
        "Read More\n\nIt rained.\n\nRelated Stories\n\nIt snowed.\n\nRead More\n\nSo.\n\nRelated Stories\n\nIt did.",
    ],
)
def test_lines_with_names_that_are_no_turns(text: str) -> None:
    assert speakers(text) == []


def test_a_title_after_a_comma_is_no_part_of_who_speaks() -> None:
    text = "Ada Lane, Harbour Union: No.\n\nOto Brandt, baker: Yes.\n\nAda Lane, Harbour Union: Why?"
    assert [who for _, who in speakers(text)] == ["Ada Lane", "Oto Brandt", "Ada Lane"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada Lane on boats: “Shame.”", ["Ada Lane"]),
        ("Mayor Ada Lane to the Harbour Union: “Shame.”", ["Mayor Ada Lane"]),
        ("Ada Lane, 71, retired baker: “Shame.”", ["Ada Lane, 71, retired baker"]),
        ("Ada Lane (71), baker: “Shame.”", ["Ada Lane (71), baker"]),
        ("The verdict of mayor Ada Lane: “Shame.”", ["mayor Ada Lane"]),
        ("Ada Lane’s response? “Shame.”", ["Ada Lane"]),
        ("It leaked. Ada Lane’s curt reply? “Shame.”", ["Ada Lane"]),
        ("Ada Lane’s boat? “Shame.”", []),
        ("Ada Lane's blunt verdict: “Shame.”", ["Ada Lane"]),
        ("“It is a shame.” — Ada Lane", ["Ada Lane"]),
        ("“It is a shame.”\n\n– Ada Lane, baker", ["Ada Lane, baker"]),
        ("Ada Lane, a baker, held a sign: “Shame.”", []),
        ("Ada Lane, who wore a hat: “Shame.”", []),
        ("Ada Lane, author of: “Blue Tides”", []),
        ("Below Ada Lane on the wall: “Shame.”", []),
        ("“It is a shame.” — Ada Lane left in tears.", []),
        ("It rained. “It is a shame.” — Ada Lane", []),
        ("On Monday, a note for Ada Lane: “Shame.”", []),
    ],
)
def test_a_quotation_beside_a_name_without_a_verb(text: str, found: list[str]) -> None:
    record = read_marked(text, NAMES)
    assert [s for s, _, _, _ in quoted_words(record)] == found
    assert [s.speaker.name for s in record.statements] == ["Ada Lane"] * len(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- The Harbour Union: “It’s a start.”", [("“It’s a start.”", "Harbour Union")]),
        ("Cllr Ada Lane: “Shame.”", [("“Shame.”", "Ada Lane")]),
        ("The Harbour Union, in a statement: “Shame.”", [("“Shame.”", "Harbour Union")]),
        ("Ada Lane, of the Harbour Union: “Shame.”", [("“Shame.”", "Ada Lane")]),
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
