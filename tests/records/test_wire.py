"""The wire form: what goes out comes back the same, through JSON's own text."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import (
    Article,
    Dateline,
    Entity,
    EntityKind,
    LinkMethod,
    MalformedError,
    Mention,
    MentionKind,
    Published,
    Record,
    Role,
    Run,
    Span,
    Speaker,
    SpeakerBasis,
    SpeakerKind,
    Statement,
    Unread,
    from_wire,
    to_wire,
    words_of,
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
maybe = st.none() | words


def one_of(values):
    return st.sampled_from(get_args(values))


def maybe_one_of(values):
    return st.none() | one_of(values)


@st.composite
def spans(draw, size: int, least: int = 0):
    edges = sorted(draw(st.sets(st.integers(0, size), min_size=2, max_size=8)))
    pairs = tuple(Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=False))
    return pairs[: draw(st.integers(least, len(pairs)))]


@st.composite
def statements(draw, size: int):
    return Statement(
        id=draw(words),
        form=draw(st.sampled_from(["direct", "indirect", "mixed"])),
        source=draw(spans(size)),
        cue=draw(spans(size, 1)),
        content=draw(spans(size)),
        speaker=Speaker(
            name=draw(maybe),
            reason=draw(st.sampled_from([None, "passive", "generic", "unclear"])),
            kind=draw(maybe_one_of(SpeakerKind)),
            basis=draw(maybe_one_of(SpeakerBasis)),
            entities=tuple(draw(st.lists(words, max_size=2))),
            score=draw(st.none() | st.floats(0, 1)),
        ),
        inside=draw(maybe),
        score=draw(st.floats(0, 1)),
    )


def one_span(size: int):
    return st.tuples(st.integers(0, size - 1), st.integers(1, size)).map(lambda p: Span(p[0], min(size, sum(p))))


def mentions(size: int):
    return st.builds(
        Mention, words, one_span(size), one_of(MentionKind), maybe, maybe_one_of(LinkMethod), st.floats(0, 1)
    )


def entities(size: int):
    several = st.lists(words, max_size=3).map(tuple)
    roles = st.lists(st.builds(Role, one_span(size), maybe), max_size=2).map(tuple)
    return st.builds(Entity, words, words, one_of(EntityKind), several, roles, maybe)


@st.composite
def records(draw):
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
    size = len(text)
    article = Article(
        id=draw(words),
        text=text,
        source_id=draw(maybe),
        url=draw(maybe),
        outlet=draw(maybe),
        title=draw(maybe),
        byline=draw(maybe),
        agency=draw(maybe),
        published=draw(st.none() | st.builds(Published, words, st.sampled_from(["given", "metadata", "text"]))),
        dateline=draw(st.none() | st.builds(Dateline, words, maybe, st.just(Span(0, 1)))),
        language=draw(maybe),
        headline=draw(st.none() | st.just(Span(0, size))),
        paragraphs=draw(spans(size)),
        sentences=draw(spans(size)),
        furniture=draw(spans(size)),
        unread=draw(st.none() | st.builds(Unread, st.sampled_from(["empty", "language"]), maybe)),
    )
    run = Run(draw(words), draw(words), draw(words), draw(words))
    found = (tuple(draw(st.lists(some(size), max_size=3))) for some in (statements, mentions, entities))
    return Record(run, article, *found)


@given(records())
def test_round_trip(record):
    assert from_wire(json.loads(json.dumps(to_wire(record)))) == record


@given(records())
def test_words_are_those_of_the_text(record):
    wire = to_wire(record)
    for statement in wire["statements"]:
        for role in ("source", "cue", "content"):
            if statement[role]:
                told = [Span(*pair) for pair in statement[role]["spans"]]
                assert statement[role]["text"] == words_of(wire["article"]["text"], told)
    for printed in (*wire["mentions"], *(role for entity in wire["entities"] for role in entity["roles"])):
        assert printed["text"] == Span(*printed["span"]).of(wire["article"]["text"])


def _wire():
    return to_wire(Record(Run("run-0", "0.1.0", "sha256:0", "1"), Article(id="art-0", text="One line.")))


@pytest.mark.parametrize(
    "change",
    [
        *({"schema": 2}, {"run": None}, {"article": {}}, {"statements": [{}]}, {"statements": None}),
        *({"mentions": [{}]}, {"mentions": None}, {"entities": [{}]}, {"entities": None}),
    ],
)
def test_another_form_is_refused_by_name(change):
    with pytest.raises(MalformedError, match="line 3") as caught:
        from_wire({**_wire(), **change}, origin="line 3")
    assert caught.value.origin == "line 3"


def test_what_is_absent_is_null():
    wire = _wire()
    article = wire["article"]
    assert {key for key, value in article.items() if value is None} == {
        *("source_id", "url", "outlet", "title", "byline", "agency", "published", "dateline", "language", "unread"),
        *("headline", "copy_of", "version_of"),
    }
    assert all(wire[name] == [] for name in ("entities", "mentions", "events", "figures", "predictions", "clashes"))
