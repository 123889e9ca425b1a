"""Spans, ids, and the proof of a record."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import records
from onrecord.records import (
    NARRATION,
    Article,
    Due,
    Entity,
    Event,
    Figure,
    InputError,
    Mention,
    OnrecordError,
    Party,
    Place,
    Prediction,
    Record,
    Role,
    Run,
    Span,
    Speaker,
    Statement,
    VerbatimError,
    When,
    article_id,
    check,
    entity_id,
    event_id,
    figure_id,
    mention_id,
    run_id,
    statement_id,
    tagged_hash,
    words_of,
)

RUN = Run("run-0", "0.1.0", "sha256:0", "1")
TEXT = "Lane said that the bridge was safe."
pairs = st.tuples(st.integers(0, 50), st.integers(1, 50)).map(lambda p: Span(p[0], p[0] + p[1]))


@given(st.integers(-5, 5), st.integers(-5, 5))
def test_a_span_covers_something(start, end):
    if 0 <= start < end:
        assert len(Span(start, end)) == end - start
    else:
        with pytest.raises(VerbatimError):
            Span(start, end)


@given(pairs, st.text(max_size=100))
def test_a_span_is_of_its_text_or_of_none(span, text):
    if span.end <= len(text):
        assert span.of(text) == text[span.start : span.end]
    else:
        with pytest.raises(VerbatimError):
            span.of(text)


@given(pairs, pairs)
def test_overlap_and_holding_are_those_of_sets(a, b):
    mine, theirs = set(range(a.start, a.end)), set(range(b.start, b.end))
    assert a.overlaps(b) == b.overlaps(a) == bool(mine & theirs)
    assert a.holds(b) == (theirs <= mine)


def test_words_of_fragments():
    assert words_of(TEXT, [Span(0, 4), Span(19, 25)]) == "Lane … bridge"


def test_ids_do_not_change():
    """They are stored and cited: a change of the canonical form would orphan whatever names them."""
    assert tagged_hash("art", None, "ü", [1, 2]) == "art-202f14ac44c7f0aa461b"
    assert article_id(None, None, TEXT) != article_id("The Post", None, TEXT)
    assert statement_id("art-0", [], [Span(0, 4)], []) != statement_id("art-0", [Span(0, 4)], [], [])
    assert mention_id("art-0", Span(0, 4), "person") == "men-9e6184dd1deeed999423"
    assert entity_id("art-0", "person", "Lane") == "ent-bce6a7790ecce0f6a3dd"
    assert entity_id("art-0", "person", "Lane") != entity_id("art-1", "person", "Lane")
    assert event_id("art-0", Span(5, 9), "AID", "Lane", None) == "evt-89de87cfebbf63f77e79"
    assert event_id("art-0", Span(5, 9), "AID", None, "Lane") != event_id("art-0", Span(5, 9), "AID", "Lane", None)
    assert figure_id("art-0", Span(0, 4)) == "fig-776e07ea1396272963ec"
    assert run_id("0.1.0", "w", "1", {"a": 1, "b": 2}) == run_id("0.1.0", "w", "1", {"b": 2, "a": 1})


@given(st.lists(st.text() | st.integers() | st.none()), st.lists(st.text() | st.integers() | st.none()))
def test_other_parts_give_another_id(a, b):
    assert (tagged_hash("x", *a) == tagged_hash("x", *b)) == (a == b)


def _statement(**changes) -> Statement:
    lane = Statement("s1", "indirect", (Span(0, 4),), (Span(5, 9),), (Span(10, 34),), Speaker("Lane"), None, 0.9)
    return replace(lane, **changes)


def _record(*statements: Statement, **article) -> Record:
    return Record(RUN, Article(id="art-0", text=TEXT, **article), statements)


LANE = Entity("e1", "Lane", "person", ("the bridge",), (Role(Span(19, 25), None),))
NAMED = Mention("m1", Span(0, 4), "person", "e1", "name", 0.9)


def _named(*mentions: Mention, all_=(LANE,), **speaker) -> Record:
    """A record with entities; `speaker` changes Lane, who says all that is said there."""
    lane = replace(Speaker("Lane", None, "person", "named", ("e1",), 0.9), **speaker)
    return replace(_record(_statement(speaker=lane)), mentions=mentions or (NAMED,), entities=all_)


EVENT = Event("v1", Span(5, 9), "AID", None, Party("Lane", "e1"), None, Place("bridge"), None, "happened", "s1", 0.7)
FIGURE = Figure("f1", Span(15, 18), 1.0, 1.0, 1.0, "other", Span(19, 25), "s1", None)
FORETOLD = Prediction("s1", "prediction", Due(None, "2024-05-02", "stated"), Span(10, 14))
OUTSIDE = Span(30, len(TEXT) + 1)


def _stated(span: Span) -> When:
    return When("2024-05-02", "2024-05-02", "stated", span)


def _witnessed(*, events=(EVENT,), figures=(FIGURE,), predictions=(FORETOLD,), **said) -> Record:
    """A record in which Lane tells of something done, something counted and something to come; `said` changes how."""
    record = replace(_named(), events=events, figures=figures, predictions=predictions)
    return replace(record, statements=(replace(record.statements[0], **said),))


def _event(**changes) -> Record:
    return _witnessed(events=(replace(EVENT, **changes),))


def _figure(**changes) -> Record:
    return _witnessed(figures=(replace(FIGURE, **changes),))


def _foretold(**changes) -> Record:
    return _witnessed(predictions=(replace(FORETOLD, **changes),))


def test_a_sound_record_is_proved():
    check(_record(_statement(), _statement(id="s2", inside="s1"), _statement(id="s3", inside="s2")))
    check(_named(NAMED, Mention("m2", Span(19, 25), "number", None, None, 0.5)))
    check(_named(name="Lane + bridge"))
    check(_named(name=None, reason="unclear", kind=None, basis=None, entities=(), score=None))
    check(_named(name=None, kind="author", basis=None, entities=()))
    check(_witnessed(target=Party("bridge"), addressee=Party("Lane + bridge", "e1"), said_on=_stated(Span(0, 4))))
    check(_witnessed(events=(EVENT, replace(EVENT, id="v2")), figures=(FIGURE, replace(FIGURE, id="f2"))))
    check(_event(recipient=Party("the bridge"), date=_stated(Span(0, 4)), place=None))
    for witness in (NARRATION, None):
        check(_event(asserted_by=witness))
        check(_figure(claimed_by=witness, counted=None))
    check(_foretold(due=None, condition=None))


@pytest.mark.parametrize(
    "record",
    [
        _record(_statement(), _statement()),
        _record(_statement(content=(Span(10, len(TEXT) + 1),))),
        _record(_statement(content=(Span(8, 20),))),
        _record(_statement(content=(Span(10, 20), Span(15, 30)))),
        _record(_statement(inside="s1")),
        _record(_statement(inside="s2")),
        _record(_statement(inside="s2"), _statement(id="s2", inside="s1")),
        _record(paragraphs=(Span(0, 99),)),
        _record(sentences=(Span(0, 99),)),
        _record(furniture=(Span(0, 99),)),
        # Mentions that overlap, leave the text, share an id or mean nothing that is there.
        _named(NAMED, Mention("m2", Span(3, 9), "person", None, None, 0.5)),
        _named(Mention("m1", Span(0, 99), "person", "e1", "name", 0.5)),
        _named(NAMED, Mention("m1", Span(19, 25), "person", None, None, 0.5)),
        _named(Mention("m1", Span(0, 4), "person", "e2", "name", 0.5)),
        # Entities that share an id, with names that are not printed, or none, or a role out of the text.
        _named(all_=(LANE, LANE)),
        _named(all_=(replace(LANE, name="Ann Lane"),)),
        _named(all_=(replace(LANE, aliases=("Laney",)),)),
        _named(all_=(replace(LANE, name=""),)),
        _named(all_=(replace(LANE, roles=(Role(Span(0, 99), None),)),)),
        # Speakers that are not there, have no printed name, or neither name nor reason, or both.
        _named(all_=()),
        _named(entities=("e2",)),
        _named(name="Ann Lane"),
        _named(name="Lane + Brandt"),
        _named(name=""),
        _named(name=None),
        _named(reason="unclear"),
        _named(kind="author"),
        # Parties that are not printed, have an empty name among several, or are no entity of the record.
        *(_witnessed(**{role: Party("Brandt")}) for role in ("target", "addressee")),
        *(_witnessed(**{role: Party("Lane", "e2")}) for role in ("target", "addressee")),
        *(_event(**{role: Party("Brandt")}) for role in ("actor", "recipient")),
        *(_event(**{role: Party("Lane", "e2")}) for role in ("actor", "recipient")),
        _witnessed(target=Party("")),
        _witnessed(target=Party("Lane + ")),
        _witnessed(target=Party("Lane + Brandt")),
        # Words that lie outside of the text.
        _event(trigger=OUTSIDE),
        _figure(span=OUTSIDE),
        _figure(counted=OUTSIDE),
        _foretold(condition=OUTSIDE),
        _witnessed(said_on=_stated(OUTSIDE)),
        _event(date=_stated(OUTSIDE)),
        _event(place=Place("Orle")),
        # Witnesses that are not there, and what is foretold by nobody, by the narration, or twice.
        _event(asserted_by="s2"),
        _figure(claimed_by="s2"),
        _foretold(statement="s2"),
        _foretold(statement=NARRATION),
        _foretold(statement=None),
        _witnessed(predictions=(FORETOLD, replace(FORETOLD, due=None))),
        # Ids that two share.
        _witnessed(events=(EVENT, replace(EVENT, trigger=Span(0, 4)))),
        _witnessed(figures=(FIGURE, replace(FIGURE, span=Span(0, 4)))),
    ],
)
def test_an_unsound_record_is_refused(record):
    with pytest.raises(VerbatimError):
        check(record)


def test_values_are_frozen():
    with pytest.raises(FrozenInstanceError):
        _record().article.text = "another"


def test_errors_are_of_one_tree_and_drawn_there():
    from onrecord.records import errors

    kinds = [kind for name, kind in vars(errors).items() if name.endswith("Error")]
    assert all(issubclass(kind, OnrecordError) and kind.__name__ in errors.__doc__ for kind in kinds)
    assert str(InputError("a.txt", "is empty")) == "a.txt: is empty"
    assert {kind.__name__ for kind in kinds} <= set(records.__all__)


def test_names_are_sorted_and_there():
    assert sorted(records.__all__) == sorted(set(records.__all__))
    assert all(hasattr(records, name) for name in records.__all__)


def test_moments_are_written_in_utc_and_compare_as_text():
    assert records.utc(datetime.fromisoformat("2031-05-04T01:30:00.9+02:00")) == "2031-05-03T23:30:00Z"
    assert "2024-01-01T00:00:00Z" < records.now_utc() < "9999"
