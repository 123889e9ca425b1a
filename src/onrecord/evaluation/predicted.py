"""What a reader found, taken out of the wire form as far as it is scored.

The wire form is the door, not `Record`, so that clashes count as soon as a reader gives them, and so that records of other
versions, of other readers and of a store's export can be measured.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from onrecord.evaluation.matching import Roles
from onrecord.evaluation.reading import read_text
from onrecord.records import MalformedError, Record, Span, VerbatimError, WireRecord, to_wire


@dataclass(frozen=True, slots=True)
class PredictedStatement:
    """One statement as a reader gave it. What the reader does not tell is None."""

    id: str
    roles: Roles
    speaker: str | None
    act: str | None
    target: str | None
    inside: str | None
    score: float | None
    form: str | None
    said_on: str | None


@dataclass(frozen=True, slots=True)
class PredictedClash:
    """Two statements, by their ids, that a reader says collide."""

    a: str
    b: str
    kind: str | None
    score: float


@dataclass(frozen=True, slots=True)
class PredictedEvent:
    """One event. `trigger` is None where it does not begin in the gold's text; `date` where it is not a single day."""

    type: str
    trigger: Span | None
    actor: str | None
    recipient: str | None
    asserted_by: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class PredictedFigure:
    """One figure. `span` is None where it stands outside the gold's text."""

    span: Span | None
    value: float | None
    what: str | None
    claimed_by: str | None


@dataclass(frozen=True, slots=True)
class PredictedDue:
    """The days between which what a statement foretells is to come about, ISO 8601."""

    statement: str
    earliest: str | None
    latest: str | None

    def covers(self, day: str) -> bool:
        """Whether the day lies between them. Without an earliest one it must be the latest."""
        return bool(self.latest) and (self.earliest or self.latest or "") <= day <= (self.latest or "")


@dataclass(frozen=True, slots=True)
class PredictedArticle:
    """All that is scored of one record. Without a `text` the record does not say what it was read from."""

    text: str | None = None
    statements: tuple[PredictedStatement, ...] = ()
    clashes: tuple[PredictedClash, ...] = ()
    events: tuple[PredictedEvent, ...] = ()
    figures: tuple[PredictedFigure, ...] = ()
    predictions: tuple[PredictedDue, ...] = ()

    def within(self, text: str) -> PredictedArticle | None:
        """The same over `text`, which this record's text holds, as a page holds an article; None where it does not.

        What lies outside is cut off. A statement, event or figure that is all outside still counts as predicted.
        """
        if self.text is None or self.text == text:
            return self
        offset = self.text.find(text)
        if offset < 0:
            return None
        edge = _Window(offset, offset + len(text))
        return replace(
            self,
            text=text,
            statements=tuple(replace(s, roles=edge.roles(s.roles)) for s in self.statements),
            events=tuple(replace(e, trigger=edge.beginning_in(e.trigger)) for e in self.events),
            figures=tuple(replace(f, span=edge.cut(f.span)) for f in self.figures),
        )


@dataclass(frozen=True, slots=True)
class _Window:
    """The part of a text that gold tells of."""

    start: int
    end: int

    def cut(self, span: Span | None) -> Span | None:
        if span is None or not span.overlaps(Span(self.start, self.end)):
            return None
        return Span(max(span.start, self.start) - self.start, min(span.end, self.end) - self.start)

    def beginning_in(self, span: Span | None) -> Span | None:
        return self.cut(span) if span is not None and span.start >= self.start else None

    def roles(self, roles: Roles) -> Roles:
        parts = ((self.cut(s) for s in spans) for spans in (roles.source, roles.cue, roles.content))
        return Roles(*(tuple(s for s in spans if s is not None) for spans in parts))


def read_records(path: Path) -> Iterator[WireRecord]:
    """Records of an NDJSON file; lines that tell of an article that failed are left out."""
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise MalformedError(f"{path}:{number}", f"not JSON ({error})") from error
        if not isinstance(row, dict):
            raise MalformedError(f"{path}:{number}", "not a record in the wire form")
        if row.get("article"):
            _article(row, f"{path}:{number}")
            yield cast(WireRecord, row)


def predicted_articles(records: Iterable[Record | WireRecord]) -> dict[str, PredictedArticle]:
    """Records by the id that the input gave, or else their article's own. Raises MalformedError where two share one."""
    articles: dict[str, PredictedArticle] = {}
    for number, record in enumerate(records, 1):
        wire = cast(Mapping[str, Any], to_wire(record) if isinstance(record, Record) else record)
        name, article = _article(wire, f"record {number}")
        if name in articles:
            raise MalformedError(f"record {number}", f"shares the id {name} with another record")
        articles[name] = article
    return articles


def _article(wire: Mapping[str, Any], place: str) -> tuple[str, PredictedArticle]:
    """Id and scored part of one record."""
    try:
        article = wire["article"]
        name, text = str(article.get("source_id") or article["id"]), article.get("text")
        statements = tuple(_statement(s, text) for s in wire.get("statements", ()))
        clashes = tuple(
            PredictedClash(c["a"], c["b"], c.get("kind"), float(c.get("score") or 0)) for c in wire.get("clashes", ())
        )
        events = tuple(_event(e, text) for e in wire.get("events", ()))
        figures = tuple(_figure(f, text) for f in wire.get("figures", ()))
        predictions = tuple(_due(p) for p in wire.get("predictions", ()))
    except (KeyError, TypeError, ValueError, AttributeError, VerbatimError) as error:
        raise MalformedError(place, f"not a record in the wire form ({error!r})") from error
    return name, PredictedArticle(text, statements, clashes, events, figures, predictions)


def _statement(wire: Mapping[str, Any], text: str | None) -> PredictedStatement:
    score = wire.get("score")
    return PredictedStatement(
        id=wire["id"],
        roles=Roles(*(_spans(wire.get(role), text) for role in ("source", "cue", "content"))),
        speaker=_part(wire, "speaker", "name"),
        act=_part(wire, "act", "code"),
        target=_part(wire, "target", "name"),
        inside=wire.get("inside"),
        score=None if score is None else float(score),
        form=wire.get("form"),
        said_on=_part(wire, "said_on", "date"),
    )


def _event(wire: Mapping[str, Any], text: str | None) -> PredictedEvent:
    return PredictedEvent(
        type=wire["type"],
        trigger=_span(wire["trigger"], text),
        actor=_part(wire, "actor", "name"),
        recipient=_part(wire, "recipient", "name"),
        asserted_by=wire.get("asserted_by"),
        date=_part(wire, "date", "date"),
    )


def _figure(wire: Mapping[str, Any], text: str | None) -> PredictedFigure:
    value = wire.get("value")
    if value is not None and not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return PredictedFigure(_span(wire["span"], text), value, wire.get("what"), wire.get("claimed_by"))


def _due(wire: Mapping[str, Any]) -> PredictedDue:
    return PredictedDue(wire["statement"], _part(wire, "due", "earliest"), _part(wire, "due", "latest"))


def _part(wire: Mapping[str, Any], name: str, field: str) -> str | None:
    """A field of an object that may be null or absent."""
    value: str | None = (wire.get(name) or {}).get(field)
    return value


def _spans(words: Mapping[str, Any] | None, text: str | None) -> tuple[Span, ...]:
    return tuple(_span(pair, text) for pair in words["spans"]) if words else ()


def _span(pair: Sequence[Any], text: str | None) -> Span:
    start, end = pair
    span = Span(int(start), int(end))
    if text is not None:
        span.of(text)
    return span
