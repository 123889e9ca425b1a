"""The wire form: one JSON object per article, the same for command line, API, export and tests.

Schema 1. What is absent is null; a capability that onrecord does not have yet leaves its list empty. Spans are
``[start, end)`` code points of ``article.text``.
"""

from __future__ import annotations

from typing import Any, TypedDict, cast

from onrecord.records.article import Article, Dateline, Published, Unread
from onrecord.records.entity import Entity, Mention, Role
from onrecord.records.errors import MalformedError, VerbatimError
from onrecord.records.record import Record, Run
from onrecord.records.spans import Span, words_of
from onrecord.records.statement import Speaker, Statement

SCHEMA = 1

WireSpan = list[int]


class WireRun(TypedDict):
    id: str
    weights: str
    codebook: str


class WirePublished(TypedDict):
    date: str
    basis: str


class WireDateline(TypedDict):
    place: str
    date: str | None
    span: WireSpan


class WireUnread(TypedDict):
    reason: str
    detail: str | None


class WireArticle(TypedDict):
    id: str
    source_id: str | None
    url: str | None
    outlet: str | None
    title: str | None
    byline: str | None
    agency: str | None
    published: WirePublished | None
    dateline: WireDateline | None
    language: str | None
    unread: WireUnread | None
    text: str
    headline: WireSpan | None
    paragraphs: list[WireSpan]
    sentences: list[WireSpan]
    furniture: list[WireSpan]
    copy_of: str | None
    version_of: str | None


class WireWords(TypedDict):
    spans: list[WireSpan]
    text: str


class WireSpeaker(TypedDict):
    name: str | None
    reason: str | None
    kind: str | None
    basis: str | None
    entities: list[str]
    score: float | None


class WireStatement(TypedDict):
    id: str
    form: str
    source: WireWords | None
    cue: WireWords
    content: WireWords | None
    speaker: WireSpeaker
    act: None
    target: None
    addressee: None
    inside: str | None
    said_on: None
    score: float


class WireMention(TypedDict):
    id: str
    span: WireSpan
    text: str
    kind: str
    entity: str | None
    method: str | None
    score: float


class WireRole(TypedDict):
    text: str
    span: WireSpan
    as_of: str | None


class WireEntity(TypedDict):
    id: str
    name: str
    kind: str
    aliases: list[str]
    roles: list[WireRole]
    country: str | None
    code: None


class WireRecord(TypedDict):
    onrecord: str
    schema: int
    run: WireRun
    article: WireArticle
    entities: list[WireEntity]
    mentions: list[WireMention]
    statements: list[WireStatement]
    events: list[Any]
    figures: list[Any]
    predictions: list[Any]
    clashes: list[Any]


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
        "events": [],
        "figures": [],
        "predictions": [],
        "clashes": [],
    }


def from_wire(wire: WireRecord, *, origin: str = "record") -> Record:
    """The record that `wire` tells. Raises MalformedError, naming `origin`, where it does not have the form."""
    try:
        if wire["schema"] != SCHEMA:
            raise MalformedError(origin, f"schema {wire['schema']}, this program reads {SCHEMA}")
        run = Run(wire["run"]["id"], wire["onrecord"], wire["run"]["weights"], wire["run"]["codebook"])
        statements = tuple(_statement_from_wire(s, wire["article"]["text"]) for s in wire["statements"])
        mentions = tuple(_mention_from_wire(m) for m in wire["mentions"])
        entities = tuple(_entity_from_wire(e) for e in wire["entities"])
        return Record(run, _article_from_wire(wire["article"]), statements, mentions, entities)
    except (KeyError, TypeError, ValueError, VerbatimError) as error:
        raise MalformedError(origin, f"not a record in the wire form ({error!r})") from error


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


def _article_to_wire(a: Article) -> WireArticle:
    return {
        "id": a.id,
        "source_id": a.source_id,
        "url": a.url,
        "outlet": a.outlet,
        "title": a.title,
        "byline": a.byline,
        "agency": a.agency,
        "published": {"date": a.published.date, "basis": a.published.basis} if a.published else None,
        "dateline": {"place": a.dateline.place, "date": a.dateline.date, "span": _pair(a.dateline.span)}
        if a.dateline
        else None,
        "language": a.language,
        "unread": {"reason": a.unread.reason, "detail": a.unread.detail} if a.unread else None,
        "text": a.text,
        "headline": _pair(a.headline) if a.headline else None,
        "paragraphs": [_pair(s) for s in a.paragraphs],
        "sentences": [_pair(s) for s in a.sentences],
        "furniture": [_pair(s) for s in a.furniture],
        "copy_of": None,
        "version_of": None,
    }


def _article_from_wire(w: WireArticle) -> Article:
    published, dateline, unread = w["published"], w["dateline"], w["unread"]
    return Article(
        id=w["id"],
        text=w["text"],
        source_id=w["source_id"],
        url=w["url"],
        outlet=w["outlet"],
        title=w["title"],
        byline=w["byline"],
        agency=w["agency"],
        published=Published(**cast(Any, published)) if published else None,
        dateline=Dateline(dateline["place"], dateline["date"], _span(dateline["span"])) if dateline else None,
        language=w["language"],
        headline=_span(w["headline"]) if w["headline"] else None,
        paragraphs=_spans(w["paragraphs"]),
        sentences=_spans(w["sentences"]),
        furniture=_spans(w["furniture"]),
        unread=Unread(**cast(Any, unread)) if unread else None,
    )


def _statement_to_wire(s: Statement, text: str) -> WireStatement:
    speaker = s.speaker
    cue = _words(s.cue, text)
    assert cue is not None  # a statement is found by its cue
    return {
        "id": s.id,
        "form": s.form,
        "source": _words(s.source, text),
        "cue": cue,
        "content": _words(s.content, text),
        "speaker": {
            "name": speaker.name,
            "reason": speaker.reason,
            "kind": speaker.kind,
            "basis": speaker.basis,
            "entities": list(speaker.entities),
            "score": speaker.score,
        },
        "act": None,
        "target": None,
        "addressee": None,
        "inside": s.inside,
        "said_on": None,
        "score": s.score,
    }


def _spans_of(words: WireWords | None, text: str) -> tuple[Span, ...]:
    """Spans of printed words, once they are proved to be the text's own."""
    if not words:
        return ()
    spans = _spans(words["spans"])
    if words_of(text, spans) != words["text"]:
        raise ValueError(f"the words {words['text']!r} are not those at {words['spans']}")
    return spans


def _statement_from_wire(w: WireStatement, text: str) -> Statement:
    speaker = w["speaker"]
    return Statement(
        id=w["id"],
        form=cast(Any, w["form"]),
        source=_spans_of(w["source"], text),
        cue=_spans_of(w["cue"], text),
        content=_spans_of(w["content"], text),
        speaker=Speaker(
            name=speaker["name"],
            reason=cast(Any, speaker["reason"]),
            kind=cast(Any, speaker["kind"]),
            basis=cast(Any, speaker["basis"]),
            entities=tuple(speaker["entities"]),
            score=speaker["score"],
        ),
        inside=w["inside"],
        score=w["score"],
    )


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


def _mention_from_wire(w: WireMention) -> Mention:
    kind, method = cast(Any, w["kind"]), cast(Any, w["method"])
    return Mention(w["id"], _span(w["span"]), kind, w["entity"], method, w["score"])


def _entity_to_wire(e: Entity, text: str) -> WireEntity:
    return {
        "id": e.id,
        "name": e.name,
        "kind": e.kind,
        "aliases": list(e.aliases),
        "roles": [{"text": r.span.of(text), "span": _pair(r.span), "as_of": r.as_of} for r in e.roles],
        "country": e.country,
        "code": None,
    }


def _entity_from_wire(w: WireEntity) -> Entity:
    roles = tuple(Role(_span(r["span"]), r["as_of"]) for r in w["roles"])
    return Entity(w["id"], w["name"], cast(Any, w["kind"]), tuple(w["aliases"]), roles, w["country"])
