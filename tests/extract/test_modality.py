"""When a cue is not its verb's act."""

from __future__ import annotations

import pytest
from tests.extract.saying import act, marked

from onrecord.extract import happening, modality
from onrecord.extract.modality import act_allowed, is_by_nobody, is_denied, standing_of_cue
from onrecord.records import words_of


def standing(source: str):
    page = marked(source)
    return standing_of_cue(page.article, page.statements[0])


@pytest.mark.parametrize(
    "source",
    [
        "[The mayor] {said} <the bridge was safe>.",
        '<"We will not sell it if they ask,"> [she] {said}.',
        '<"Who could have known?"> [she] {asked}.',
        "[The mayor] {declined to say} <who paid>.",
        "[She] {did not hesitate to accuse} <the harbour board>.",
        "[Marn] {would like} <to see the harbour open>.",
        "[I] {would argue} <that the harbour is lost>.",
        "[He] {could not help saying} <that it was late>.",
        "[Ruth May] {said} <it was late>.",
        "[The clerk] {was forced to admit} <that the ledger was gone>.",
        "[She] {wanted to know} <who paid>.",
        "If it rains, [the mayor] {said}, <the fair is off>.",
        "[The board] {not only accused} <the mayor>, it sued him.",
    ],
)
def test_what_is_said_is_asserted(source):
    assert standing(source) == "asserted"


@pytest.mark.parametrize(
    "source",
    [
        "[The mayor] {did not say} <who paid>.",
        "[The mayor] never {accused} <the board of theft>.",
        "[Nobody at the port] {said} <who paid>.",
        "[She] {stopped short of accusing} <the board>.",
        "[He] spoke for an hour without {mentioning} <the fire>.",
        "[The board] {hasn't confirmed} <the loss>.",
        "[The board] {hasn’t confirmed} <the loss>.",
        "[The mayor] {failed to mention} <the debt>.",
        "[The port] {neither confirmed nor denied} <the loss>.",
        "[The mayor] {has yet to explain} <the debt>.",
        "He said he had “never in my life” {told} <anyone to lie>.",
    ],
)
def test_what_is_not_said_is_negated(source):
    assert standing(source) == "negated"


@pytest.mark.parametrize(
    "source",
    [
        "[The board] {could accuse} <the mayor of theft>.",
        "[Critics] {would say} <that it was late>.",
        "[Others] {may ask} <who paid>.",
        "[The board] {is expected to announce} <a sale>.",
        "If [the mayor] {says} <that it was an accident>, nobody will believe him.",
        "Her sister urged [him] {to apologise} <for the fire>.",
        "Did [the mayor] {say} <that the bridge was safe>?",
        "[The mayor] {will announce} <a sale> on Friday.",
        "[She]{’ll present} <her plan> today.",
        "Had [the minister] {told} <the truth>, nobody would have died.",
    ],
)
def test_what_may_be_said_is_hypothetical(source):
    assert standing(source) == "hypothetical"


@pytest.mark.parametrize(
    ("source", "code", "allowed"),
    [
        ("[He] {accused} <the board>.", "accuse", True),
        ("[He] {never accused} <the board>.", "accuse", False),
        ("[He] {did not say} <who paid>.", "state", False),
        ("[He] {never told} <anyone to lie>.", "demand", False),
        ("[He]{’d told} <the board to go>.", "demand", True),
        ("[He]{’d tell} <the board to go>.", "demand", False),
        ("[He] {did not deny} <that he paid>.", "admit", True),
        ("[He] {did not deny} <that he paid>.", "deny", False),
        ("[He] {would not say} <who paid>.", "refuse", True),
        ("[He] {did not rule out} <a sale>.", "refuse", False),
        ("[The board] {has not rejected} <the offer>.", "refuse", False),
        ("[He] {does not believe} <that it burned>.", "believe", True),
        ("[They] {could accuse} <the board>.", "accuse", False),
        ("[They] {could accuse} <the board>.", "warn", False),
        ("[Sailors] {would prefer not to guess} <why>.", "believe", True),
    ],
)
def test_a_verb_that_is_not_meant_gives_no_act(source, code, allowed):
    page = marked(source)
    statement = page.statements[0]
    given = act_allowed(act(code), standing_of_cue(page.article, statement), words_of(page.article.text, statement.cue))
    assert given == (act(code) if allowed else None)


def test_no_act_stays_none():
    assert act_allowed(None, "asserted", "said") is None


@pytest.mark.parametrize(
    ("source", "nobodys"),
    [
        ("Neither Ada Lane nor Oto Brandt", True),
        ("Few ministers", True),
        ("No minister", True),
        ("A few ministers", False),
    ],
)
def test_what_nobody_says_has_no_act(source, nobodys):
    page = marked(f"[{source}] {{said}} <they would go>.")
    assert is_by_nobody(page.article.text, page.statements[0]) == nobodys


@pytest.mark.parametrize(
    ("source", "nobodys"),
    [
        ("Neither [Ada Lane] nor [Oto Brandt] {said} <they would go>.", True),
        ("[No official] {would comment} <on the fire>.", False),
        ("[Few aldermen] {believe} <it will pass>.", False),
        ("[No 10] {said} <it was late>.", False),
    ],
)
def test_what_nobody_would_say_is_refused(source, nobodys):
    page = marked(source)
    assert is_by_nobody(page.article.text, page.statements[0]) == nobodys


@pytest.mark.parametrize(
    ("source", "denied"),
    [
        ("[The board] {denied} <that the union had asked for pay>.", True),
        ("[The board] {has always denied} <that the union had asked for pay>.", True),
        ("[The board] {said} <that the union had asked for pay>.", False),
        ("[The board] {did not deny} <that the union had asked for pay>.", True),
        ("<The union had asked for pay>, which [the board] {denied}.", False),
    ],
)
def test_what_is_told_in_a_denial_is_told_by_nobody(source, denied):
    page = marked(source)
    assert is_denied(page.article.text, page.statements[0]) == denied


@pytest.mark.parametrize(
    "pattern", [modality._NEGATED, modality._MODAL, happening._WILL, happening._MAY, happening._TO]
)
def test_a_row_of_adverbs_has_one_reading(pattern) -> None:
    # With a comma that could belong to either neighbour each further adverb doubled the ways: hours for these.
    for word in ("not", "would", "will", "may", "to"):
        assert pattern.search(f"it {word}{' now,' * 60} !") is None
