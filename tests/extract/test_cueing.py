"""Cues that name a deed, somebody told, a messenger or nothing at all."""

from __future__ import annotations

import pytest
from tests.scripted import quoted_words, read_marked

from onrecord.extract.cueing import is_no_verb
from onrecord.records import Span


def only(marked: str) -> tuple[str, str, str]:
    [(source, cue, content, _)] = quoted_words(read_marked(marked))
    return source, cue, content


@pytest.mark.parametrize(
    ("marked", "cue", "content"),
    [
        ("[Lane] {denied ordering} <the pilots to lie>.", "denied", "ordering the pilots to lie"),
        ("[Lane] {denied asking} the pilots <to lie>.", "denied", "asking the pilots to lie"),
        ("[Lane] {has also admitted telling} <the pilots to lie>.", "has also admitted", "telling the pilots to lie"),
        ("[Lane] {denied ever having told} <the pilots to lie>.", "denied", "ever having told the pilots to lie"),
        ("[Lane] {apologised for calling} <the pilots liars>.", "apologised for", "calling the pilots liars"),
        ("[Lane] {ruled out asking} <the pilots to stay>.", "ruled out", "asking the pilots to stay"),
        ("[Lane] {denied anything} <of the sort>.", "denied anything", "of the sort"),
        ("<the pilots lied>, [Lane] {denied saying}.", "denied saying", "the pilots lied"),
        ("[Lane] {denied asking}. Later she told <the pilots to lie>.", "denied asking", "the pilots to lie"),
        ("[Lane] {apologised} to <the pilots>.", "apologised", "to the pilots"),
        ("[Lane] {spoke} to <the pilots>.", "spoke", "the pilots"),
        ("[Lane] {is asking} anyone <who saw it to call>.", "is asking", "anyone who saw it to call"),
        ("[Lane] {appealed} for those <who saw it to call>.", "appealed", "those who saw it to call"),
        ("[Lane] {asked} anyone <who they wanted to win>.", "asked", "who they wanted to win"),
        ("[Lane] {asked} the pilots <who had told him to go>.", "asked", "who had told him to go"),
        ("[the pilots] {had} <proposed a new channel>.", "had proposed", "a new channel"),
        ("[the survey] {has} <the harbour at nine metres>.", "has", "the harbour at nine metres"),
    ],
)
def test_a_deed_that_is_denied_is_content(marked: str, cue: str, content: str) -> None:
    assert only(marked)[1:] == (cue, content)


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("[A jury] {has been told} <that the pilot slept>.", ""),
        ("[The ministry] {was repeatedly warned} <that the wall leaked>.", ""),
        ("[Ada Lane] {has been found guilty} of <hiding the leak>.", ""),
        ("The jury {was told} by [Ada Lane] <that the pilot slept>.", "Ada Lane"),
        ("[Ada Lane] {was quoted as saying} <the pilot slept>.", "Ada Lane"),
        ("[The harbour inquest] {heard} <that the pilot slept>.", ""),
        ("[The jury] {has also heard} <how he lied>.", ""),
        ("[The committee] {heard} from Ada Lane <that the pilot slept>.", "Ada Lane"),
        ("[The committee] {heard} evidence from [the pilot’s wife] <that he slept>.", "the pilot’s wife"),
        ("[Oto Brandt] {heard} <that the pilot slept>.", "Oto Brandt"),
        ("[Ada Lane] {has told} the jury <that the pilot slept>.", "Ada Lane"),
        ("“<I slept>,” she {said in a statement issued} by [her agent, Oto Brandt].", "she"),
        ("“<I slept>,” Ada Lane {said in a letter read out by} [her agent].", "Ada Lane"),
        ("“<I slept>,” {said in a statement issued} by [her agent, Oto Brandt].", "her agent, Oto Brandt"),
        ("“<I slept>,” she {said in a reply} to [her agent].", "her agent"),
    ],
)
def test_who_is_told_or_only_passes_it_on_is_no_source(marked: str, source: str) -> None:
    assert only(marked)[0] == source


@pytest.mark.parametrize(
    "marked",
    [
        "[the union] {had} <been asked to pay>.",
        "[Lane] {had} <never told anybody to pay>.",
        "Brandt spoke of drink, an {allegation} <that the pilot called “a lie”>.",
        "Brandt spoke of drink, a {claim} <that the pilot has since denied>.",
    ],
)
def test_neither_an_auxiliary_nor_a_relative_clause_attributes(marked: str) -> None:
    assert quoted_words(read_marked(marked)) == []


@pytest.mark.parametrize(
    "marked",
    [
        "<Ada Lane> {was denied} <a penalty>.",
        "<Ada Lane> {was twice denied} <the chance to score>.",
        "<Ada Lane> {was denied} by [the crossbar].",
        "[A save by Brandt] {denied} <Ada Lane a third goal>.",
        "[The storm] {has denied} <him another win>.",
        "[The flood] {claimed} <23 lives in Brell>.",
        "[The crash] {has claimed} <the life of Ada Lane>.",
        "[A storm] {claimed} <its third victim>.",
    ],
)
def test_what_befalls_somebody_says_nothing(marked: str) -> None:
    assert quoted_words(read_marked(marked)) == []


@pytest.mark.parametrize(
    "marked",
    [
        "<The report> {was denied} by [the pilot].",
        "<The tale> {was denied} by [the pilot] <the same day>.",
        "<Ada Lane> {was denied} <a visa>.",
        "[The board] {denied} <Ada Lane a permit>.",
        "[The board] {denied} <Ada Lane had a boat>.",
        "[The board] {denied} <Lane’s claim>.",
        "[The board] {denied} <it a day later>.",
        "[The pilot] {claimed} <23 lives had been lost>.",
        "[The pilot] {claims} <victory>.",
    ],
)
def test_to_deny_a_claim_or_to_refuse_does(marked: str) -> None:
    assert len(quoted_words(read_marked(marked))) == 1


@pytest.mark.parametrize(
    ("marked", "source", "content"),
    [
        ("The board raised the toll, [a move hauliers] {say} <will ruin them>.", "hauliers", "a move … will ruin them"),
        (
            "<The board shut the quay>, [a harsh step the pilots] {called} <a shame>.",
            "the pilots",
            "a harsh step … a shame",
        ),
        ("The board met, and [a law firm] {said} <it was late>.", "a law firm", "it was late"),
        (
            "The board met. [A ban by the board] {said} <no ship might land>.",
            "A ban by the board",
            "no ship might land",
        ),
    ],
)
def test_a_deed_that_is_judged_is_nobody(marked: str, source: str, content: str) -> None:
    assert (only(marked)[0], only(marked)[2]) == (source, content)


def test_a_noun_with_a_clause_of_its_own_does() -> None:
    assert only("an {allegation} <that the pilot called the crew back>")[1] == "allegation"


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("[The harbour court] {was told} <that the pilot slept>.", "The harbour court"),
        ("[Tide Board] {has been informed} <that the wall leaked>.", "Tide Board"),
        ("[He] {was told} <that the wall leaked>.", None),
        ("[The harbour court] {heard} from a pilot <that the wall leaked>.", "The harbour court"),
        ("[The pilot] {was expected} <to sleep>.", None),
    ],
)
def test_who_is_told_is_whom_it_is_said_to(marked: str, told: str | None) -> None:
    [statement] = read_marked(marked, {"organization": ["Tide Board"]}).statements
    assert (statement.addressee.name if statement.addressee else None) == told


@pytest.mark.parametrize(
    ("text", "cue", "content", "expected"),
    [
        ("with 41 divers confirmed dead and 30 missing", "confirmed", "dead and 30 missing", True),
        ("Lane was listed as missing", "was listed", "as missing", True),
        ("“It is paid,” Per Halden told them", "Per", "“It is paid,”", True),
        ("It is paid, per Halden", "per", "It is paid,", False),
        ("“It is paid,” Per Halden heard", "Per", "“It is paid,”", False),
        ("The clinic confirmed the dead were divers", "confirmed", "the dead were divers", False),
        ("The clinic reported that many were safe", "reported", "that many were safe", False),
    ],
)
def test_how_somebody_fared_is_nobodys_word(text, cue, content, expected):
    first, second = (Span(at := text.index(part), at + len(part)) for part in (cue, content))
    assert is_no_verb(text, first, [second]) is expected
