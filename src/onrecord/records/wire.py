"""The wire form: one JSON object per article, the same for command line, API, export and tests.

Schema 1 (types: wire_types.py). What is absent is null; a capability that onrecord does not have yet leaves its list empty.
Spans are ``[start, end)`` code points of ``article.text``. What only a store of many articles knows (identities across
articles, standing, copies and versions) is left blank here; the store fills it in its exports.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar, cast

from onrecord.records.article import Article, Dateline, Published, Unread
from onrecord.records.clash import Clash, Side
from onrecord.records.entity import Entity, Mention, Role
from onrecord.records.errors import MalformedError, VerbatimError
from onrecord.records.event import Event, Figure, Place, Prediction
from onrecord.records.record import Record, Run, side_spans
from onrecord.records.spans import Span, words_of
from onrecord.records.statement import Act, Party, Speaker, Statement
from onrecord.records.when import Due, When
from onrecord.records.wire_types import (
    WireAct,
    WireArticle,
    WireClash,
    WireDateline,
    WireDue,
    WireEntity,
    WireEvent,
    WireFigure,
    WireMention,
    WireParty,
    WirePlace,
    WirePrediction,
    WirePublished,
    WireRecord,
    WireSpan,
    WireSpeaker,
    WireStatement,
    WireUnread,
    WireWhen,
    WireWords,
)

SCHEMA = 1
EXACT = 2**53
"""Below it, every reader of JSON keeps a whole number exactly, as a double (RFC 8259, section 6)."""

_Value = TypeVar("_Value")
_Other = TypeVar("_Other")


def to_wire(record: Record) -> WireRecord:
    """The record as plain JSON values."""
    run, text = record.run, record.article.text
    return {
        "onrecord": run.onrecord,
        "schema": SCHEMA,
        "run": {"id": run.id, "weights": run.weights, "codebook": run.codebook},
        "article": _article_to_wire(record.article),
        "entities": [_entity_to_wire(e, text) for e in record.entities],
        "mentions": [_mention_to_wire(m, text) for m in record.mentions],
        "statements": [_statement_to_wire(s, text) for s in record.statements],
        "events": [_event_to_wire(e, text) for e in record.events],
        "figures": [_figure_to_wire(f, text) for f in record.figures],
        "predictions": [_prediction_to_wire(p) for p in record.predictions],
        "clashes": [_clash_to_wire(c, text) for c in record.clashes],
    }


def from_wire(wire: WireRecord, *, origin: str = "record") -> Record:
    """The record that `wire` tells. Raises MalformedError, naming `origin`, where it does not have the form.

    A store's export comes back as its article was read: names as that article prints them, without identities.
    """
    try:
        if wire["schema"] != SCHEMA:
            raise MalformedError(origin, f"schema {wire['schema']}, this program reads {SCHEMA}")
        run = Run(wire["run"]["id"], wire["onrecord"], wire["run"]["weights"], wire["run"]["codebook"])
        text = wire["article"]["text"]
        statements = tuple(_statement_from_wire(s, text) for s in wire["statements"])
        figures = tuple(_figure_from_wire(f, text) for f in wire["figures"])
        entries = _Entries(wire["article"]["id"], {s.id: s for s in statements}, {f.id: f for f in figures})
        return Record(
            run,
            _article_from_wire(wire["article"]),
            statements=statements,
            mentions=tuple(_mention_from_wire(m, text) for m in wire["mentions"]),
            entities=tuple(_entity_from_wire(e, text) for e in wire["entities"]),
            events=tuple(_event_from_wire(e, text) for e in wire["events"]),
            figures=figures,
            predictions=tuple(_prediction_from_wire(p) for p in wire["predictions"]),
            clashes=tuple(_clash_from_wire(c, entries, text) for c in wire["clashes"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError, VerbatimError) as error:
        raise MalformedError(origin, f"not a record in the wire form ({error!r})") from error


def _maybe(convert: Callable[[_Value], _Other], value: _Value | None) -> _Other | None:
    """What is absent on one side is absent on the other."""
    return None if value is None else convert(value)


def _pair(span: Span) -> WireSpan:
    return [span.start, span.end]


def _span(pair: WireSpan) -> Span:
    start, end = pair
    if type(start) is not int or type(end) is not int:
        raise ValueError(f"no span: {pair}")
    return Span(start, end)


def _spans(pairs: list[WireSpan]) -> tuple[Span, ...]:
    return tuple(_span(p) for p in pairs)


def _words(spans: tuple[Span, ...], text: str) -> WireWords | None:
    return {"spans": [_pair(s) for s in spans], "text": words_of(text, spans)} if spans else None


def _proved(spans: tuple[Span, ...], words: str, text: str) -> tuple[Span, ...]:
    """The spans of printed words, once these are proved to be the text's own."""
    if words_of(text, spans) != words:
        raise ValueError(f"the words {words!r} are not those at {[_pair(s) for s in spans]}")
    return spans


def _spans_of(words: WireWords | None, text: str) -> tuple[Span, ...]:
    return () if words is None else _proved(_spans(words["spans"]), words["text"], text)


def _span_of(pair: WireSpan, words: str, text: str) -> Span:
    return _proved((_span(pair),), words, text)[0]


def _article_to_wire(a: Article) -> WireArticle:
    return {
        "id": a.id,
        "source_id": a.source_id,
        "url": a.url,
        "outlet": a.outlet,
        "title": a.title,
        "byline": a.byline,
        "agency": a.agency,
        "published": _maybe(_published_to_wire, a.published),
        "updated": a.updated,
        "retrieved": a.retrieved,
        "status": a.status,
        "revision": a.revision,
        "dateline": _maybe(_dateline_to_wire, a.dateline),
        "language": a.language,
        "unread": _maybe(_unread_to_wire, a.unread),
        "text": a.text,
        "headline": _maybe(_pair, a.headline),
        "paragraphs": [_pair(s) for s in a.paragraphs],
        "sentences": [_pair(s) for s in a.sentences],
        "furniture": [_pair(s) for s in a.furniture],
        "copy_of": None,
        "version_of": None,
    }


def _article_from_wire(w: WireArticle) -> Article:
    return Article(
        id=w["id"],
        text=w["text"],
        source_id=w["source_id"],
        url=w["url"],
        outlet=w["outlet"],
        title=w["title"],
        byline=w["byline"],
        agency=w["agency"],
        published=_maybe(_published_from_wire, w["published"]),
        dateline=_maybe(_dateline_from_wire, w["dateline"]),
        language=w["language"],
        headline=_maybe(_span, w["headline"]),
        paragraphs=_spans(w["paragraphs"]),
        sentences=_spans(w["sentences"]),
        furniture=_spans(w["furniture"]),
        unread=_maybe(_unread_from_wire, w["unread"]),
        updated=w["updated"],
        retrieved=w["retrieved"],
        status=cast(Any, w["status"]),
        revision=w["revision"],
    )


def _published_to_wire(p: Published) -> WirePublished:
    return {"date": p.date, "basis": p.basis, "time": p.time, "hour": p.hour}


def _published_from_wire(w: WirePublished) -> Published:
    return Published(w["date"], cast(Any, w["basis"]), w["time"], w["hour"])


def _dateline_to_wire(d: Dateline) -> WireDateline:
    return {"place": d.place, "date": d.date, "span": _pair(d.span)}


def _dateline_from_wire(w: WireDateline) -> Dateline:
    return Dateline(w["place"], w["date"], _span(w["span"]))


def _unread_to_wire(u: Unread) -> WireUnread:
    return {"reason": u.reason, "detail": u.detail}


def _unread_from_wire(w: WireUnread) -> Unread:
    return Unread(cast(Any, w["reason"]), w["detail"])


def _statement_to_wire(s: Statement, text: str) -> WireStatement:
    cue = _words(s.cue, text)
    assert cue is not None  # a statement is found by its cue
    return {
        "id": s.id,
        "form": s.form,
        "source": _words(s.source, text),
        "cue": cue,
        "content": _words(s.content, text),
        "speaker": _speaker_to_wire(s.speaker),
        "act": _maybe(_act_to_wire, s.act),
        "target": _maybe(_party_to_wire, s.target),
        "addressee": _maybe(_party_to_wire, s.addressee),
        "inside": s.inside,
        "said_on": _maybe(_when_to_wire, s.said_on),
        "score": s.score,
        "standing": "current",
        "corrected": [],
    }


def _statement_from_wire(w: WireStatement, text: str) -> Statement:
    return Statement(
        id=w["id"],
        form=cast(Any, w["form"]),
        source=_spans_of(w["source"], text),
        cue=_spans_of(w["cue"], text),
        content=_spans_of(w["content"], text),
        speaker=_speaker_from_wire(w["speaker"]),
        inside=w["inside"],
        score=w["score"],
        act=_maybe(_act_from_wire, w["act"]),
        target=_maybe(_party_from_wire, w["target"]),
        addressee=_maybe(_party_from_wire, w["addressee"]),
        said_on=_maybe(_when_from_wire, w["said_on"]),
    )


def _speaker_to_wire(s: Speaker) -> WireSpeaker:
    return {
        "name": s.name,
        "reason": s.reason,
        "kind": s.kind,
        "basis": s.basis,
        "entities": list(s.entities),
        "score": s.score,
        "identity": None,
        "printed": None,
    }


def _speaker_from_wire(w: WireSpeaker) -> Speaker:
    return Speaker(
        name=w["name"] if w["printed"] is None else w["printed"],
        reason=cast(Any, w["reason"]),
        kind=cast(Any, w["kind"]),
        basis=cast(Any, w["basis"]),
        entities=tuple(w["entities"]),
        score=w["score"],
    )


def _act_to_wire(a: Act) -> WireAct:
    return {"code": a.code, "class": a.searle, "plover": a.plover, "score": a.score}


def _act_from_wire(w: WireAct) -> Act:
    return Act(w["code"], w["class"], w["plover"], w["score"])


def _party_to_wire(p: Party) -> WireParty:
    return {"name": p.name, "entity": p.entity, "identity": None, "printed": None}


def _party_from_wire(w: WireParty) -> Party:
    return Party(w["name"] if w["printed"] is None else w["printed"], w["entity"])


def _when_to_wire(t: When) -> WireWhen:
    return {"date": t.date, "edtf": t.edtf, "basis": t.basis, "span": _maybe(_pair, t.span), "reason": t.reason}


def _when_from_wire(w: WireWhen) -> When:
    basis, reason = cast(Any, w["basis"]), cast(Any, w["reason"])
    return When(w["date"], w["edtf"], basis, _maybe(_span, w["span"]), reason)


def _mention_to_wire(m: Mention, text: str) -> WireMention:
    return {
        "id": m.id,
        "span": _pair(m.span),
        "text": m.span.of(text),
        "kind": m.kind,
        "entity": m.entity,
        "method": m.method,
        "score": m.score,
    }


def _mention_from_wire(w: WireMention, text: str) -> Mention:
    kind, method = cast(Any, w["kind"]), cast(Any, w["method"])
    return Mention(w["id"], _span_of(w["span"], w["text"], text), kind, w["entity"], method, w["score"])


def _entity_to_wire(e: Entity, text: str) -> WireEntity:
    return {
        "id": e.id,
        "name": e.name,
        "kind": e.kind,
        "aliases": list(e.aliases),
        "roles": [{"text": r.span.of(text), "span": _pair(r.span), "as_of": r.as_of} for r in e.roles],
        "country": e.country,
        "code": e.code,
        "identity": None,
    }


def _entity_from_wire(w: WireEntity, text: str) -> Entity:
    roles = tuple(Role(_span_of(r["span"], r["text"], text), r["as_of"]) for r in w["roles"])
    return Entity(w["id"], w["name"], cast(Any, w["kind"]), tuple(w["aliases"]), roles, w["country"], w["code"])


def _event_to_wire(e: Event, text: str) -> WireEvent:
    return {
        "id": e.id,
        "type": e.type,
        "mode": e.mode,
        "trigger": _pair(e.trigger),
        "text": e.trigger.of(text),
        "actor": _maybe(_party_to_wire, e.actor),
        "recipient": _maybe(_party_to_wire, e.recipient),
        "place": _maybe(_place_to_wire, e.place),
        "date": _maybe(_when_to_wire, e.date),
        "status": e.status,
        "asserted_by": e.asserted_by,
        "score": e.score,
    }


def _event_from_wire(w: WireEvent, text: str) -> Event:
    return Event(
        id=w["id"],
        trigger=_span_of(w["trigger"], w["text"], text),
        type=w["type"],
        mode=w["mode"],
        actor=_maybe(_party_from_wire, w["actor"]),
        recipient=_maybe(_party_from_wire, w["recipient"]),
        place=_maybe(_place_from_wire, w["place"]),
        date=_maybe(_when_from_wire, w["date"]),
        status=cast(Any, w["status"]),
        asserted_by=w["asserted_by"],
        score=w["score"],
    )


def _place_to_wire(p: Place) -> WirePlace:
    return {"name": p.name, "country": p.country, "lat": p.lat, "lon": p.lon}


def _place_from_wire(w: WirePlace) -> Place:
    return Place(w["name"], w["country"], w["lat"], w["lon"])


def _figure_to_wire(f: Figure, text: str) -> WireFigure:
    return {
        "id": f.id,
        "span": _pair(f.span),
        "text": f.span.of(text),
        "value": _maybe(_number_to_wire, f.value),
        "low": _maybe(_number_to_wire, f.low),
        "high": _maybe(_number_to_wire, f.high),
        "what": f.what,
        "counted": _maybe(_pair, f.counted),
        "claimed_by": f.claimed_by,
        "as_of": f.as_of,
    }


def _figure_from_wire(w: WireFigure, text: str) -> Figure:
    return Figure(
        id=w["id"],
        span=_span_of(w["span"], w["text"], text),
        value=_maybe(_number_from_wire, w["value"]),
        low=_maybe(_number_from_wire, w["low"]),
        high=_maybe(_number_from_wire, w["high"]),
        what=cast(Any, w["what"]),
        counted=_maybe(_span, w["counted"]),
        claimed_by=w["claimed_by"],
        as_of=w["as_of"],
    )


def _number_to_wire(number: float) -> float:
    """Forty killed are 40, not 40.0."""
    return int(number) if abs(number) < EXACT and float(number).is_integer() else number


def _number_from_wire(number: float) -> float:
    if type(number) not in (int, float):
        raise ValueError(f"no number: {number!r}")
    return float(number)


def _prediction_to_wire(p: Prediction) -> WirePrediction:
    return {
        "statement": p.statement,
        "kind": p.kind,
        "due": _maybe(_due_to_wire, p.due),
        "condition": _maybe(_pair, p.condition),
    }


def _prediction_from_wire(w: WirePrediction) -> Prediction:
    due, condition = _maybe(_due_from_wire, w["due"]), _maybe(_span, w["condition"])
    return Prediction(w["statement"], cast(Any, w["kind"]), due, condition)


class _Entries(NamedTuple):
    """What the sides of an article's clashes are found in."""

    article: str
    statements: dict[str, Statement]
    figures: dict[str, Figure]

    def side(self, entry: str, figure: str | None) -> Side:
        """A side, whose entry is a statement or a narrated figure. Raises KeyError where it is neither."""
        side = Side(self.article, None if entry == figure else entry, figure, ())
        return replace(side, spans=side_spans(side, self.statements, self.figures))


def _clash_to_wire(c: Clash, text: str) -> WireClash:
    figures = [f for f in (c.a.figure, c.b.figure) if f is not None]
    return {
        "id": c.id,
        "a": c.a.entry,
        "b": c.b.entry,
        "figures": figures or None,
        "kind": c.kind,
        "about": c.about,
        "why_a": _words(c.why[0], text),
        "why_b": _words(c.why[1], text),
        "score": c.score,
    }


def _clash_from_wire(w: WireClash, entries: _Entries, text: str) -> Clash:
    figures: list[str] | list[None] = w["figures"] or [None, None]
    a, b = (entries.side(entry, figure) for entry, figure in zip((w["a"], w["b"]), figures, strict=True))
    why = _spans_of(w["why_a"], text), _spans_of(w["why_b"], text)
    return Clash(w["id"], a, b, cast(Any, w["kind"]), w["about"], why, w["score"])


def _due_to_wire(d: Due) -> WireDue:
    return {"earliest": d.earliest, "latest": d.latest, "basis": d.basis}


def _due_from_wire(w: WireDue) -> Due:
    return Due(w["earliest"], w["latest"], cast(Any, w["basis"]))
