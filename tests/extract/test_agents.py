"""Whom "by" tells of, whose object looks like a source, and who is only asked."""

from __future__ import annotations

import pytest
from tests.scripted import quoted_words, read_marked

from onrecord.extract.agents import is_accused
from onrecord.records import Span


def only(marked: str) -> tuple[str, str, str]:
    [(source, cue, content, _)] = quoted_words(read_marked(marked))
    return source, cue, content


@pytest.mark.parametrize(
    ("marked", "source", "content"),
    [
        ("[Ada Lane] {was urged} by <Brandt to resign>.", "Brandt", "to resign"),
        ("[Ada Lane] {was warned} by the tide board <that the wall leaked>.", "the tide board", "that the wall leaked"),
        ("Ada Lane {was accused} by Oto Brandt of <lying>.", "Oto Brandt", "lying"),
        ("The mayor {was criticised} by <residents for being late>.", "residents", "for being late"),
        ("Lane {was told} on Monday by the dockers <that they would strike>.", "the dockers", "that they would strike"),
        ("Lane {was asked by} Oto Brandt <whether it leaked>.", "Oto Brandt", "whether it leaked"),
        ("{Asked} by Quell Radio <whether it leaked>, Lane left.", "Quell Radio", "whether it leaked"),
        ("{Asked} [by Quell Radio] <whether it leaked>, Lane left.", "Quell Radio", "whether it leaked"),
        ("{Pressed by} Oto Brandt <on whether it leaked>, Lane left.", "Oto Brandt", "on whether it leaked"),
        ("Lane {was accused} of <fraud by the auditor, Oto Brandt>.", "the auditor, Oto Brandt", "fraud"),
        ("Lane {was accused} of <stealing a chart by Oto Brandt>.", "", "stealing a chart by Oto Brandt"),
        ("Lane {was accused} of <deals forged by Oto Brandt>.", "", "deals forged by Oto Brandt"),
        ("Lane {was warned} by the fog <that a storm would come>.", "", "that a storm would come"),
        ("Lane {was told} <to stand by the wall>.", "", "to stand by the wall"),
        ("Lane {was urged} <to resign>.", "", "to resign"),
        ("Lane {was told by}, <that it leaked>.", "", "that it leaked"),
        ("Lane {was told by}  <that it leaked>.", "", "that it leaked"),
    ],
)
def test_whom_by_tells_of_after_a_passive_is_the_source(marked: str, source: str, content: str) -> None:
    assert (only(marked)[0], only(marked)[2]) == (source, content)


@pytest.mark.parametrize(
    ("marked", "source", "content"),
    [
        (
            "<The crew> {was accused} by [a former pilot of hiding the chart].",
            "a former pilot",
            "The crew … of hiding the chart",
        ),
        (
            "<The crew> {has been accused by} [the head of the tide board of wilfully hiding it].",
            "the head of the tide board",
            "The crew … of wilfully hiding it",
        ),
        ("<The crew> {was accused} by [the Ministry of Housing].", "the Ministry of Housing", "The crew"),
        ("<The crew> {was praised} by [a teacher of sailing].", "a teacher of sailing", "The crew"),
    ],
)
def test_what_somebody_is_accused_of_is_not_who_accuses(marked: str, source: str, content: str) -> None:
    assert (only(marked)[0], only(marked)[2]) == (source, content)


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("“It holds,” said [Ada Lane]. <“Rot!”> {yelled} a man in a red coat.", "a man in a red coat"),
        ("“It holds,” said [Ada Lane]. “<Rot>,” {muttered} one of the pilots, who left.", "one of the pilots"),
        ("“It holds,” said [Ada Lane]. <“Rot!”> {yelled} a storm of wind.", "Ada Lane"),
        ("[Ada Lane] left. <“It holds!”> she {yelled} a man down.", "Ada Lane"),
        ("[Ada Lane] sat. <“It holds,”> {told} a man. <“So it does.”>", "Ada Lane"),
        ("It rained. <“It holds,”> [she] {told} a man. <“So it does.”>", "she"),
        ("<“Rot!”> {yelled} [Ada Lane].", "Ada Lane"),
    ],
)
def test_who_stands_after_a_verb_after_a_quotation_is_its_subject(marked: str, source: str) -> None:
    assert only(marked)[0] == source


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("The tide board on Friday {rejected accusations} by [Oto Brandt] <that it lied>.", "The tide board"),
        ("Ada Lane {has dismissed claims} from [the pilots] <that it leaked>.", "Ada Lane"),
        ("Velmark denied a {claim} by [Ostrania] <that it fired>.", "Ostrania"),
        ("Lane was late and {challenged} [its leader, Oto Brandt,] <to a debate>.", "Lane"),
        ("{According to} [Oto Brandt] <the wall held>.", "Oto Brandt"),
        ("{Said} [Brandt]: “<The wall held>.”", "Brandt"),
    ],
)
def test_what_stands_after_a_verb_as_its_object_is_no_source(marked: str, source: str) -> None:
    assert only(marked)[0] == source


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("[Ada Lane], {asked} <whether the wall would hold>, laughed.", ""),
        ("[Ada Lane], {told} <that the wall leaked>, wept.", ""),
        ("[Ada Lane], when {asked} <if it leaked>, smiled.", ""),
        ("[Ada Lane] met him, {asked} <whether he was ill>, and left.", "Ada Lane"),
        ("[Ada Lane] {asked} <whether the wall would hold>, and left.", "Ada Lane"),
        ("{Asked} by [Oto Brandt] <whether the wall would hold>, Lane laughed.", "Oto Brandt"),
        ("<The wall held>, [Ada Lane], the mayor, {told} reporters.", "Ada Lane"),
    ],
)
def test_who_is_asked_or_told_in_a_participle_asks_nothing(marked: str, source: str) -> None:
    assert only(marked)[0] == source


@pytest.mark.parametrize(
    "marked", ["{Told} <that the wall leaked>, Ada Lane wept.", "[Ada Lane], {asked} <why>, wept."]
)
def test_nobody_puts_such_a_question(marked: str) -> None:
    [statement] = read_marked(marked, {"person": ["Ada Lane"]}).statements
    assert statement.speaker.name is None


@pytest.mark.parametrize(
    ("text", "cue", "accused"),
    [
        ("The crew has been accused of theft.", "has been accused", True),
        ("The crew is widely accused of theft.", "is widely accused of", True),
        ("The crew was accused by Lane of theft.", "was accused", False),
        ("Lane accused the crew of theft.", "accused", False),
        ("The crew was convicted of theft.", "was convicted of", False),
    ],
)
def test_who_is_accused_of_something(text: str, cue: str, accused: bool) -> None:
    at = text.index(cue)
    assert is_accused(text, Span(at, at + len(cue))) is accused


def test_who_stands_in_what_is_said_is_not_who_says_it() -> None:
    marked = "[Ada Lane] came. She left. “We go,” she said. <“Liar!”> {shouted} <a man who> had come."
    for statement in read_marked(marked).statements:
        assert not any(s.overlaps(c) for s in statement.source for c in statement.content)
