"""The wire form: what goes out comes back the same, through JSON's own text."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import (
    NARRATION,
    Act,
    Article,
    Counted,
    Dateline,
    Due,
    Entity,
    EntityKind,
    Event,
    EventStatus,
    Figure,
    Form,
    LinkMethod,
    MalformedError,
    Mention,
    MentionKind,
    NoDay,
    NoSpeaker,
    Party,
    Place,
    Prediction,
    PredictionKind,
    Published,
    Record,
    Role,
    Run,
    Span,
    Speaker,
    SpeakerBasis,
    SpeakerKind,
    Statement,
    Status,
    Unread,
    When,
    WhenBasis,
    from_wire,
    to_wire,
    words_of,
)
from onrecord.records.article import DateBasis, UnreadReason

SIZE = 12  # of the texts that spans are drawn for

# A few strings, not all: the form passes them on as they are, and drawing dozens of them a record would take most of the time.
words = st.sampled_from(["", "Lane", "Ås + Ø", "“so”, she said\n", "\u2028\x00", "𐍈", "0"])
maybe = st.none() | words
several = st.lists(words, max_size=2).map(tuple)
scores = st.floats(0, 1)
numbers = st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 10**6).map(float)
span = st.tuples(st.integers(0, SIZE - 1), st.integers(1, SIZE)).map(lambda p: Span(p[0], min(SIZE, sum(p))))


def one_of(values):
    return st.sampled_from(get_args(values))


def spans(least: int = 0):
    """Spans in text order, none of which overlaps another."""
    edges = st.lists(st.integers(0, SIZE), min_size=2 * least, max_size=6, unique=True).map(sorted)
    return edges.map(lambda e: tuple(Span(*pair) for pair in zip(e[::2], e[1::2], strict=False)))


def none_or(build, *parts):
    return st.none() | st.builds(build, *parts)


whens = none_or(When, maybe, maybe, one_of(WhenBasis), st.none() | span, st.none() | one_of(NoDay))
parties = none_or(Party, words, maybe)
witnesses = maybe | st.just(NARRATION)
speakers = st.builds(
    Speaker,
    maybe,
    st.none() | one_of(NoSpeaker),
    st.none() | one_of(SpeakerKind),
    st.none() | one_of(SpeakerBasis),
    several,
    st.none() | scores,
)
statements = st.builds(
    Statement,
    id=words,
    form=one_of(Form),
    source=spans(),
    cue=spans(1),
    content=spans(),
    speaker=speakers,
    inside=maybe,
    score=scores,
    act=none_or(Act, words, words, maybe, scores),
    target=parties,
    addressee=parties,
    said_on=whens,
)
mentions = st.builds(Mention, words, span, one_of(MentionKind), maybe, st.none() | one_of(LinkMethod), scores)
roles = st.lists(st.builds(Role, span, maybe), max_size=2).map(tuple)
entities = st.builds(Entity, words, words, one_of(EntityKind), several, roles, maybe, maybe)
places = none_or(Place, words, maybe, st.none() | st.floats(-90, 90), st.none() | st.floats(-180, 180))
events = st.builds(
    Event, words, span, words, maybe, parties, parties, places, whens, one_of(EventStatus), witnesses, scores
)
figures = st.builds(Figure, words, span, numbers, numbers, numbers, one_of(Counted), st.none() | span, witnesses, maybe)
dues = none_or(Due, maybe, words, one_of(WhenBasis))
predictions = st.builds(Prediction, words, one_of(PredictionKind), dues, st.none() | span)
texts = st.text("ab \n“é😀", min_size=SIZE, max_size=SIZE)
articles = st.builds(
    Article,
    id=words,
    text=texts,
    source_id=maybe,
    url=maybe,
    outlet=maybe,
    title=maybe,
    byline=maybe,
    agency=maybe,
    published=none_or(Published, words, one_of(DateBasis), maybe),
    dateline=none_or(Dateline, words, maybe, span),
    language=maybe,
    headline=st.none() | span,
    paragraphs=spans(),
    sentences=spans(),
    furniture=spans(),
    unread=none_or(Unread, one_of(UnreadReason), maybe),
    updated=maybe,
    retrieved=maybe,
    status=one_of(Status),
    revision=st.none() | st.integers(0, 99),
)
runs = st.builds(Run, words, words, words, words)
lists = {
    "statements": statements,
    "mentions": mentions,
    "entities": entities,
    "events": events,
    "figures": figures,
    "predictions": predictions,
}
# Of one kind at a time: a record of all kinds at once takes longer to draw than to test, and shows no more.
RECORDS = {"article": st.builds(Record, runs, articles)} | {
    kind: st.builds(Record, runs, st.builds(Article, words, texts), **{kind: st.lists(some, max_size=3).map(tuple)})
    for kind, some in lists.items()
}


@pytest.mark.parametrize("kind", RECORDS)
@given(st.data())
def test_round_trip(kind, data):
    record = data.draw(RECORDS[kind])
    assert from_wire(json.loads(json.dumps(to_wire(record)))) == record


def test_everything_makes_the_round_trip_together():
    assert from_wire(json.loads(json.dumps(to_wire(_told())))) == _told()


@given(RECORDS["statements"])
def test_statements_tell_the_words_of_the_text(record):
    wire = to_wire(record)
    for statement in wire["statements"]:
        for role in ("source", "cue", "content"):
            if statement[role]:
                told = [Span(*pair) for pair in statement[role]["spans"]]
                assert statement[role]["text"] == words_of(wire["article"]["text"], told)


@pytest.mark.parametrize(
    "kind, at", [("mentions", "span"), ("entities", None), ("events", "trigger"), ("figures", "span")]
)
@given(st.data())
def test_spans_stand_beside_the_words_of_the_text(kind, at, data):
    wire = to_wire(data.draw(RECORDS[kind]))
    printed = wire[kind] if at else [role for entity in wire["entities"] for role in entity["roles"]]
    for thing in printed:
        assert thing["text"] == Span(*thing[at or "span"]).of(wire["article"]["text"])


RUN = Run("run-0", "0.1.0", "sha256:0", "1")
TEXT = "Lane, the engineer, warned the mayor that Orle would lose 40 homes by Thursday if the dam broke."


def _wire():
    return to_wire(Record(RUN, Article(id="art-0", text="One line.")))


def _at(printed: str) -> Span:
    return Span(TEXT.index(printed), TEXT.index(printed) + len(printed))


def _told():
    """A record with one of everything."""
    lane, mayor, day = Party("Lane", "e1"), Party("mayor"), When("2024-05-02", "2024-05-02", "stated", _at("Thursday"))
    spoken = Statement(
        id="s1",
        form="indirect",
        source=(_at("Lane, the engineer"),),
        cue=(_at("warned"),),
        content=(_at(TEXT[TEXT.index("that") : -1]),),
        speaker=Speaker("Lane", None, "person", "named", ("e1",), 0.9),
        inside=None,
        score=0.9,
        act=Act("warn", "assertive", None, 0.8),
        target=mayor,
        addressee=Party("engineer"),
        said_on=When("2024-05-01", "2024-05-01", "published"),
    )
    return Record(
        RUN,
        Article("art-0", TEXT, published=Published("2024-05-01", "given", "2024-05-01T09:30:00Z")),
        (spoken,),
        (Mention("m1", _at("Lane"), "person", "e1", "name", 0.9),),
        (Entity("e1", "Lane", "person", (), (Role(_at("engineer"), "2024-05-01"),), "NOR", "NORCVL"),),
        (Event("v1", _at("lose"), "AID", None, lane, mayor, Place("Orle"), day, "hypothetical", "s1", 0.7),),
        (Figure("f1", _at("40"), 40.0, 39.5, None, "other", _at("homes"), "s1", "2024-05-01"),),
        (Prediction("s1", "prediction", Due(None, "2024-05-02", "stated"), _at("if the dam broke")),),
    )


def test_the_form_of_what_is_told():
    def pair(printed: str) -> list[int]:
        return [_at(printed).start, _at(printed).end]

    wire = json.loads(json.dumps(to_wire(_told())))
    (said,), (event,), (figure,), (foretold,) = (wire[n] for n in ("statements", "events", "figures", "predictions"))
    mayor = {"name": "mayor", "entity": None, "identity": None, "printed": None}
    second = {"date": "2024-05-02", "edtf": "2024-05-02", "basis": "stated", "span": pair("Thursday"), "reason": None}
    first = {"date": "2024-05-01", "edtf": "2024-05-01", "basis": "published", "span": None, "reason": None}
    due = {"earliest": None, "latest": "2024-05-02", "basis": "stated"}
    assert said["act"] == {"code": "warn", "class": "assertive", "plover": None, "score": 0.8}
    assert said["target"] == event["recipient"] == mayor
    assert said["addressee"] == {**mayor, "name": "engineer"}
    assert (said["said_on"], event["date"]) == (first, second)
    assert (event["trigger"], event["text"]) == (pair("lose"), "lose")
    assert event["place"] == {"name": "Orle", "country": None, "lat": None, "lon": None}
    assert (figure["span"], figure["text"], figure["counted"]) == (pair("40"), "40", pair("homes"))
    condition = pair("if the dam broke")
    assert foretold == {"statement": "s1", "kind": "prediction", "due": due, "condition": condition}
    assert wire["article"]["published"]["time"] == "2024-05-01T09:30:00Z"
    assert wire["entities"][0]["code"] == "NORCVL"


def test_whole_numbers_are_written_whole():
    def written(value: float) -> str:
        record = replace(_told(), figures=(replace(_told().figures[0], value=value),))
        return json.dumps(to_wire(record)["figures"][0]["value"])

    assert [written(value) for value in (40.0, 40, -3.0, 0.0, 39.5)] == ["40", "40", "-3", "0", "39.5"]
    # Beyond, a reader of JSON that keeps whole numbers in 64 bits would refuse what the double says.
    assert [written(value) for value in (2.0**53 - 1, 1e30)] == ["9007199254740991", "1e+30"]
    back = from_wire(json.loads(json.dumps(to_wire(_told())))).figures[0]
    assert [type(number) for number in (back.value, back.low)] == [float, float]


def test_what_only_a_store_knows_is_blank():
    wire = to_wire(_told())
    named = (wire["statements"][0]["speaker"], wire["statements"][0]["target"], wire["events"][0]["actor"])
    assert {party[field] for party in named for field in ("identity", "printed")} == {None}
    assert wire["entities"][0]["identity"] is None
    assert wire["statements"][0]["standing"] == "current"
    assert wire["article"]["copy_of"] is wire["article"]["version_of"] is None


def test_an_export_comes_back_as_the_article_printed_it():
    wire = to_wire(_told())
    said, event = wire["statements"][0], wire["events"][0]
    for party in (said["speaker"], said["target"], said["addressee"], event["actor"], event["recipient"]):
        party.update(name=f"The Honourable {party['name']}", printed=party["name"], identity="idn-1")
    said["standing"] = "withdrawn"
    wire["entities"][0]["identity"] = "idn-1"
    wire["article"].update(copy_of="art-1", version_of="art-2")
    assert from_wire(wire) == _told()


@pytest.mark.parametrize(
    "place, field, value",
    [
        # Words that are not those at the span.
        (("mentions", 0), "text", "Lena"),
        (("entities", 0, "roles", 0), "text", "pioneer"),
        (("statements", 0, "content"), "text", "that Orle"),
        (("events", 0), "text", "loose"),
        (("figures", 0), "text", "41"),
        # Spans that lie elsewhere, or are none.
        (("events", 0), "trigger", [0, 999]),
        (("events", 0, "date"), "span", [5, 5]),
        (("figures", 0), "counted", [1]),
        (("predictions", 0), "condition", ["0", "4"]),
        # No numbers, and a number too large for one.
        (("figures", 0), "value", "40"),
        (("figures", 0), "low", True),
        pytest.param(("figures", 0), "high", 10**400, id="too large"),
        # An object without its fields is not an absent one.
        (("article",), "published", {}),
        (("statements", 0), "act", {}),
        (("statements", 0), "target", {}),
        (("statements", 0), "said_on", {}),
        (("events", 0), "place", {}),
        (("predictions", 0), "due", {}),
    ],
)
def test_what_is_no_value_of_its_field_is_refused(place, field, value):
    wire = json.loads(json.dumps(to_wire(_told())))
    thing = wire
    for step in place:
        thing = thing[step]
    assert field in thing
    thing[field] = value
    with pytest.raises(MalformedError):
        from_wire(wire)


@pytest.mark.parametrize(
    "change",
    [
        *({"schema": 2}, {"run": None}, {"article": {}}, {"statements": [{}]}, {"statements": None}),
        *({"mentions": [{}]}, {"mentions": None}, {"entities": [{}]}, {"entities": None}),
        *({"events": [{}]}, {"events": None}, {"figures": [{}]}, {"figures": None}),
        *({"predictions": [{}]}, {"predictions": None}),
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
        *("headline", "copy_of", "version_of", "updated", "retrieved", "revision"),
    }
    assert all(wire[name] == [] for name in ("entities", "mentions", "events", "figures", "predictions", "clashes"))
