"""What a reader found, taken out of the wire form as far as it is scored.

The wire form is the door, not `Record`, so that acts, targets and clashes count as soon as a reader gives them, and so
that records of other versions and other readers can be measured.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class PredictedClash:
    """Two statements, by their ids, that a reader says collide."""

    a: str
    b: str
    kind: str | None
    score: float


@dataclass(frozen=True, slots=True)
class PredictedArticle:
    """All that is scored of one record. Without a `text` the record does not say what it was read from."""

    text: str | None = None
    statements: tuple[PredictedStatement, ...] = ()
    clashes: tuple[PredictedClash, ...] = ()


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
    except (KeyError, TypeError, ValueError, AttributeError, VerbatimError) as error:
        raise MalformedError(place, f"not a record in the wire form ({error!r})") from error
    return name, PredictedArticle(text, statements, clashes)


def _statement(wire: Mapping[str, Any], text: str | None) -> PredictedStatement:
    score = wire.get("score")
    return PredictedStatement(
        id=wire["id"],
        roles=Roles(*(_spans(wire.get(role), text) for role in ("source", "cue", "content"))),
        speaker=(wire.get("speaker") or {}).get("name"),
        act=(wire.get("act") or {}).get("code"),
        target=(wire.get("target") or {}).get("name"),
        inside=wire.get("inside"),
        score=None if score is None else float(score),
        form=wire.get("form"),
    )


def _spans(words: Mapping[str, Any] | None, text: str | None) -> tuple[Span, ...]:
    spans = tuple(Span(int(start), int(end)) for start, end in words["spans"]) if words else ()
    if text is not None:
        for span in spans:
            span.of(text)
    return spans
