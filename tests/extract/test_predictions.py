"""What statements foretell and promise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.extract.saying import marked

from onrecord.extract.dating import timeline_of
from onrecord.extract.predictions import predictions_of
from onrecord.records import Due, Span

TUESDAY = "2011-03-22"


def read(source: str, code: str | None = None):
    page = marked(source, code=code, published=TUESDAY)
    return page, predictions_of(timeline_of(page.article, page.statements), page.statements)


def kind(source: str, code: str | None = None) -> str | None:
    _, found = read(source, code)
    return found[0].kind if found else None


@pytest.mark.parametrize(
    ("source", "code", "expected"),
    [
        ("[She] {predicted} <that the bridge would hold>.", "predict", "prediction"),
        ("[She] {expects} <a truce>.", "predict", "prediction"),
        ("[She] {said} <he’d spoken to the board>.", "state", None),
        ("[She] {said} <they’d often met>.", "state", None),
        ("[She] {said} <they’d never put up with it>.", "state", "prediction"),
        ("[She] {said} <he’d go to the board>.", "state", "prediction"),
        ("[She] {said} <he’d planned a holiday>.", "promise", None),
        ("[She] {said} <the Quay Front had planned to stop the vote>.", "predict", None),
        ("[She] {said} <the Quay Front had vowed it would stop the vote>.", "predict", "prediction"),
        ("[She] {vowed} <to rebuild the bridge>.", "promise", "promise"),
        ("[She] {threatened} <to sue>.", "threaten", "promise"),
        ("[The board] {decided} <to sell the port>.", "decide", "promise"),
        ("[The board] {declared} <the port closed>.", "decide", None),
        ("[They] {agreed} <to return the crew>.", "agree", "promise"),
        ("[They] {agreed} <to this>.", "agree", None),
        ("[She] {warned} <that the bridge would fall>.", "warn", "prediction"),
        ("[She] {warned} <of weak bolts>.", "warn", None),
        ("[The clerk] {said} <the council will meet on Friday>.", "state", "prediction"),
        ('<"We will meet them,"> [she] {said}.', "state", "promise"),
        ("[The clerk] {said} <the council had met>.", "state", None),
        ("[The clerk] {said} <the council would have met>.", "state", None),
        ("[The clerk] {said} <Marn had promised that the bridge would hold>.", "state", None),
        ("[The clerk] {said} <the men, who will be tried, are ill>.", "state", None),
        ('<"I would do it again,"> [she] {said}.', "state", None),
        ("[She] {denied} <that the bridge would fall>.", "deny", None),
        ("[She] {demanded} <that they will pay>.", "demand", None),
        ("[She] {asked} <whether the bridge will hold>.", None, None),
        ("[She] {said} <the bridge will fall>.", None, "prediction"),
        ("[She] {said} <the farmers had sold of their own free will>.", "state", None),
        ("[She] {said} <it was the will of the board>.", "state", None),
        ("[She] {said}: <“The will of the board is clear.”>", "state", None),
        ("[She] {said} <the will of the board will be done>.", "state", "prediction"),
        ("[She] {said} <the bridge would fall>.", None, None),
    ],
)
def test_kind(source, code, expected):
    assert kind(source, code) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<"We lost,"> [she] {said} in April.', None),
        ("[She] {said} <that our side won>.", None),
        ("[She] {said} <they warned us of it>.", None),
        ('<"We lost, and we will pay,"> [she] {said}.', "prediction"),
        ("[She] {said} <a loss>.", "prediction"),
        ("[She] {predicted} <they lost>.", "prediction"),
        ("[She] {said} <we had to go>.", "prediction"),
    ],
)
def test_what_is_over_is_not_foretold_though_an_act_be_taken_for_it(source, expected):
    assert kind(source, "predict") == expected


def test_a_day_on_which_another_was_said_is_none_by_which_it_falls_due():
    _, found = read('<"We will win,"> [she] {said} in January. <1"It will hold,"> [1he] {1said} in March.', "predict")
    assert [p.due for p in found] == [None, None]


def test_a_cue_that_looks_ahead_needs_a_day_where_no_future_is_told():
    assert kind("[The bank] {forecasts} <a rate of 40 by Friday>.") == "prediction"
    assert kind("[The bank] {forecasts} <a rate of 40>.") is None


def test_a_warning_of_what_could_come_foretells_it_where_a_day_is_set():
    assert kind("[She] {warned} <that the pier could fall by Friday>.", "warn") == "prediction"
    assert kind("[She] {warned} <that the pier could fall>.", "warn") is None
    assert kind("[She] {warned} <that the pier could have fallen on Friday>.", "warn") is None


def test_due_and_condition():
    page, (found,) = read("[She] {predicted} <that the port would open by Friday if the ice breaks>.", "predict")
    assert found.statement == "s0"
    assert found.due == Due(TUESDAY, "2011-03-25", "stated")
    assert found.condition is not None
    assert found.condition.of(page.article.text) == "if the ice breaks"


def test_without_a_day_there_is_no_due():
    _, (found,) = read("[She] {predicted} <that the port would open>.", "predict")
    assert found.due is None
    assert found.condition is None


def test_a_length_beyond_the_calendar_sets_no_day():
    _, (found,) = read("[She] {predicted} <that the port will stay open for 900 decades>.", "predict")
    assert found.due is None


def test_order_is_that_of_the_statements():
    _, found = read(
        "[A] {will} <sell>. [1She] {1said} <1the bridge will fall>. [2He] {2said} <2the pier will fall>.", "ask"
    )
    assert [p.statement for p in found] == ["s1", "s2"]


@pytest.mark.parametrize(
    ("source", "code", "expected"),
    [
        ("[The premier] {offered} <his condolences to those hurt on Sunday>.", "promise", None),
        ("[The premier] {offered his condolences} <to the families>.", "promise", None),
        ("[The club] {extended} <warm congratulations to the crew>.", "promise", None),
        ("[The firm] {promised} <an apology by Friday>.", "promise", "promise"),
        ("[The firm] {said} <it would give thanks in the chapel>.", "promise", "promise"),
        ("[The firm] {offered} <free rides>.", "promise", "promise"),
        ("[Brokers] {said} <the mill could lose its licence>.", "threaten", "prediction"),
        ("[Brokers] {said} <the mill will lose its licence>.", "threaten", "promise"),
        ("[The mayor] {threatened} <that the mill could lose its licence>.", "threaten", "promise"),
    ],
)
def test_nobody_promises_by_giving_or_by_telling_what_could_be(source, code, expected):
    assert kind(source, code) == expected


def _nested(source: str, code: str | None):
    """The second statement stands within the first, and its act is none; the whole is one sentence."""
    page = marked(source, code=code, published=TUESDAY)
    article = replace(page.article, sentences=(Span(0, len(page.article.text)),))
    outer, inner = page.statements
    statements = (outer, replace(inner, inside=outer.id, act=outer.act))
    return page.article.text, predictions_of(timeline_of(article, statements), statements)


@pytest.mark.parametrize(
    ("source", "code", "expected"),
    [
        ("[1The note] {1shows} <1that [2Marn] {2warned} owners in May <2that the pier will fall>>.", "state", ["s2"]),
        ("<1[2The Quay Front] {2plans} <2to sue>>, {1according to} [1Marn].", "promise", ["s2"]),
        ('[1She] {1wrote} <1"[2we] {2think} <2the pier is lost>">.', "predict", ["s1"]),
        ("[1She] {1promised} <1that [2the board] {2vows} <2to sue>>.", "promise", ["s1", "s2"]),
        ("[1She] {1said} <1the pier will fall, and [2he] {2said} <2the quay will>>.", "state", ["s1", "s2"]),
    ],
)
def test_what_is_told_of_anothers_future_is_that_ones_alone(source, code, expected):
    assert [p.statement for p in _nested(source, code)[1]] == expected


@pytest.mark.parametrize(
    ("source", "due"),
    [
        ("[She] {promised} <pensions for the crew killed off Velm on Sunday>.", None),
        ("[She] {promised} <a school for the village destroyed by rain in April>.", None),
        ("[She] {promised} <that the men jailed in April would go home on Sunday>.", "2011-03-27"),
        ("[She] {promised} <that the shed would be destroyed on Sunday>.", "2011-03-27"),
        ("[She] {promised} <to have the shed destroyed by Sunday>.", "2011-03-27"),
    ],
)
def test_a_day_on_which_something_befell_somebody_is_no_term(source, due):
    _, (found,) = read(source, "promise")
    assert (found.due.latest if found.due else None) == due


def test_the_stop_of_a_short_form_ends_no_clause():
    page = marked("[She] {said} <that Gov. Marn will sue if the gate is not open by Apr. 1>.", published=TUESDAY)
    article = replace(page.article, sentences=(Span(0, len(page.article.text)),))
    (found,) = predictions_of(timeline_of(article, page.statements), page.statements)
    assert found.condition.of(article.text) == "if the gate is not open by Apr. 1"
