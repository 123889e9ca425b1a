"""What is compared of an article: of whom and where a figure is."""

from __future__ import annotations

import pytest

from onrecord.articles import build_article
from onrecord.clashes import accounts_of
from onrecord.extract import figures_of
from onrecord.records import Entity, Mention, RawDocument, Record, Run, Span, Speaker, Statement, statement_id


def tallies(text: str, places=(), said=()):
    """Figures of an article; `places`: words of it that are names of places, `said`: its sources, cues and contents."""
    article = build_article(RawDocument("x", source_id="x", text=text, published="2031-04-02"))
    statements = []
    for parts in said:
        source, cue, content = (Span(at := article.text.index(p), at + len(p)) for p in parts)
        id_ = statement_id(article.id, (source,), (cue,), (content,))
        statements.append(
            Statement(id_, "indirect", (source,), (cue,), (content,), Speaker(parts[0], kind="person"), None, 1.0)
        )
    mentions = [
        Mention(f"mnt-{n}", Span(at := article.text.index(p), at + len(p)), "place", f"ent-{n}", "exact", 1.0)
        for n, p in enumerate(places)
    ]
    mentions.sort(key=lambda m: m.span.start)
    figures = figures_of(article, statements, mentions)
    entities = tuple(Entity(f"ent-{n}", p, "place") for n, p in enumerate(places))
    record = Record(Run("", "", "", ""), article, tuple(statements), tuple(mentions), entities, (), figures)
    return {t.words: t for t in accounts_of(record, sayings=()).tallies}


LEAD = "A dam broke at Oldmoor, and mud came down on the valley.\n\n"


@pytest.mark.parametrize(
    ("text", "places", "said", "expected"),
    [
        ("Mud killed 12 people in Weirby.", ("Weirby",), (), {"weirby"}),
        ("It rained in Weirby. Mud killed 12 people.", ("Weirby",), (), {"weirby"}),
        ("It rained in Weirby.\n\nMud killed 12 people.", ("Weirby", "Oldmoor"), (), {"oldmoor"}),
        ("The Weirby-based guild counted 12 dead.", ("Weirby", "Oldmoor"), (), {"oldmoor"}),
        (
            "Ada Quill said in Weirby that mud had killed 12 people.",
            ("Weirby", "Oldmoor"),
            (("Ada Quill", "said", "that mud had killed 12 people"),),
            {"oldmoor"},
        ),
        (
            "In Weirby, Ada Quill said that mud had killed 12 people.",
            ("Weirby", "Oldmoor"),
            (("Ada Quill", "said", "that mud had killed 12 people"),),
            {"weirby"},
        ),
    ],
)
def test_where_a_figure_is(text, places, said, expected):
    told = tallies(LEAD + text, places, said)
    assert {tuple(t.places) for w, t in told.items() if w == "12 people" or w.startswith("12")} == {tuple(expected)}


def bands(second: str):
    said = (("Ada Quill", "said", "mud killed three guards"), ("Bo Marsh", "said it", second))
    return tallies(f"{LEAD}Ada Quill said mud killed three guards. Bo Marsh said it {second}.", (), said)


def test_a_number_by_itself_is_of_those_before_it():
    assert bands("had killed seven")["seven"].thing == "guard"
    assert bands("had killed seven men")["seven"].thing == "men"
    assert bands("had killed seven in all")["seven"].thing is None


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Mud killed 12 of the villagers.", True),
        ("Mud killed three of its guards.", False),
        ("The guild raised its count of the dead to 31 from 12.", True),
        ("Mud killed 12 people.", False),
    ],
)
def test_what_is_a_part_of_another_count(text, part):
    told = tallies(LEAD + text)
    assert any(t.part for t in told.values()) is part


def test_what_a_paper_takes_back_of_its_own_is_no_account_and_no_figure():
    text = (
        "Chief Lane said that eleven people died.\n\n"
        "Correction: An earlier version of this article said that twelve people died. The council said that two were safe."
    )
    article = build_article(RawDocument("x", source_id="x", text=text, published="2031-04-02"))
    statements = []
    for source, content in (
        ("Chief Lane", "eleven people died"),
        ("An earlier version of this article", "twelve people died"),
        ("The council", "two were safe"),
    ):
        start = article.text.index(source)
        cue = article.text.index("said", start)
        at = article.text.index(content)
        spans = (Span(start, start + len(source)),), (Span(cue, cue + 4),), (Span(at, at + len(content)),)
        id_ = statement_id(article.id, *spans)
        statements.append(Statement(id_, "indirect", *spans, Speaker(source), None, 1.0))
    figures = figures_of(article, statements, ())
    assert [(f.value, f.claimed_by) for f in figures] == [(11, statements[0].id)]
    known = accounts_of(Record(Run("", "", "", ""), article, tuple(statements), (), (), (), figures), sayings=())
    assert [a.source for a in known.accounts] == ["Chief Lane", "The council"]


@pytest.mark.parametrize(
    ("words", "number", "risen", "part"),
    [
        ("Two more died, raising the toll to 14.", "14", True, False),
        ("The number of dead rose on Sunday to 14.", "14", True, False),
        ("The mayor said 14 had died.", "14", False, False),
        ("Mud took two hours to reach the 14 dead.", "14", False, False),
        ("By noon 27 wounded remained in the ward.", "27", False, True),
        ("By noon 27 wounded men and women remained in the ward.", "27", False, True),
        ("She said 27 people were wounded.", "27", False, False),
        ("She said 27 were wounded and it was still dark.", "27", False, False),
        ("The guild said 27 people remained missing.", "27", False, False),
    ],
)
def test_what_a_count_tells_of_an_older_one(words, number, risen, part):
    found = tallies(LEAD + words)[number]
    assert (found.risen, found.part) == (risen, part)


@pytest.mark.parametrize(
    ("words", "money"),
    [("It cost £3.2m.", True), ("It cost 40 million crowns.", True), ("It drew 48,000 visits.", False)],
)
def test_what_is_told_in_money(words, money):
    assert [t.money for t in tallies(LEAD + words).values()] == [money]


def test_whether_a_sentence_names_the_place_of_its_count():
    said = (("Weirby", "put it at", "12 dead"),)
    assert tallies("Mud killed 12 people in Weirby.", ("Weirby",))["12"].placed
    assert not tallies("It rained in Weirby. Mud killed 12 people.", ("Weirby",))["12"].placed
    assert not tallies("Weirby put it at 12 dead.", ("Weirby",), said)["12"].placed


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("Quill did not repeat that the gate was shut.", ("Quill", "did not repeat", "that the gate was shut"), True),
        ("No warden had told her the gate was shut.", ("No warden", "had told", "the gate was shut"), True),
        ("The gate fell on 31, more than Quill admits.", ("Quill", "admits", "The gate fell on 31, more"), True),
        ("Quill repeated that the gate was shut.", ("Quill", "repeated", "that the gate was shut"), False),
        ("Quill did not deny that the gate was shut.", ("Quill", "did not deny", "that the gate was shut"), False),
        ("The gate is older than the wall, Quill says.", ("Quill", "says", "The gate is older than the wall"), False),
    ],
)
def test_what_is_told_as_what_nobody_said(text, said, expected):
    article = build_article(RawDocument("x", source_id="x", text=text, published="2031-04-02"))
    source, cue, content = (Span(at := text.index(p), at + len(p)) for p in said)
    statement = Statement(
        "stm-1", "indirect", (source,), (cue,), (content,), Speaker(said[0], kind="person"), None, 1.0
    )
    (told,) = accounts_of(Record(Run("", "", "", ""), article, (statement,)), sayings=()).accounts
    assert told.unsaid is expected
