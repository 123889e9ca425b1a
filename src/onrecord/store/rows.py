"""Values as rows: the one place that knows which field of a record stands in which column."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.records import (
    NARRATION,
    Article,
    Entity,
    Event,
    Figure,
    Mention,
    Party,
    Prediction,
    Record,
    Span,
    Statement,
    When,
    day_said,
    words_of,
)

Row = tuple[Any, ...]
RowsById = Mapping[str, int]
"""Row numbers by id."""

METADATA = (
    "source_id", "url", "outlet", "title", "byline", "agency", "language", "published", "published_basis",
    "published_time", "published_hour", "updated", "retrieved", "revision", "dateline_place", "dateline_date", "status", "unread",
    "unread_detail", "layout",
)  # fmt: skip
ARTICLES = ("n", "id", "run", "origin", *METADATA, "text", "words", "added", "standing", "company")
ENTITIES = ("n", "id", "article", "position", "name", "kind", "aliases", "roles", "country", "code", "block", "own")
MENTIONS = ("article", "start", "end", "kind", "entity", "method", "score")
STATEMENTS = (
    "n", "id", "article", "run", "position", "form", "source_spans", "cue_spans", "content_spans", "source", "cue",
    "content", "speaker", "speaker_reason", "speaker_kind", "speaker_basis", "speaker_score", "act", "act_class",
    "act_plover", "act_score", "target", "target_entity", "addressee", "addressee_entity", "inside", "said_date",
    "said_edtf", "said_basis", "said_span", "said_reason", "score", "day", "standing", "superseded_by",
)  # fmt: skip
SPEAKERS = ("statement", "position", "entity")
EVENTS = (
    "n", "id", "article", "run", "position", "start", "end", "type", "mode", "actor", "actor_entity", "recipient",
    "recipient_entity", "place", "place_country", "lat", "lon", "date", "date_edtf", "date_basis", "date_span",
    "date_reason", "status", "asserted_by", "narrated", "score", "standing", "superseded_by",
)  # fmt: skip
FIGURES = (
    "n", "id", "article", "run", "start", "end", "value", "low", "high", "what", "counted", "counted_span",
    "claimed_by", "narrated", "as_of", "standing", "superseded_by",
)  # fmt: skip
PREDICTIONS = ("statement", "kind", "due_earliest", "due_latest", "due_basis", "condition", "condition_span")


def insert(table: str, columns: Sequence[str], *, replace: bool = False) -> str:
    """The command that adds a row of `columns`; where the key is there already, `replace` gives that row the new values."""
    names = ", ".join(f'"{c}"' for c in columns)
    command = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"
    if replace:
        command += f" ON CONFLICT ({columns[0]}) DO UPDATE SET " + ", ".join(
            f'"{c}" = excluded."{c}"' for c in columns[1:]
        )
    return command


def dump(value: object) -> str:
    """JSON as it stands in columns."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def pairs(spans: Sequence[Span]) -> str:
    """Spans as they stand in columns: ``[[0,5],[9,12]]``."""
    return "[" + ",".join(f"[{s.start},{s.end}]" for s in spans) + "]"


def pair(span: Span | None) -> str | None:
    """A span as it stands in columns: ``[0,5]``."""
    return None if span is None else f"[{span.start},{span.end}]"


def metadata_row(a: Article) -> Row:
    """The values of METADATA."""
    p, d = a.published, a.dateline
    return (
        a.source_id, a.url, a.outlet, a.title, a.byline, a.agency, a.language, p and p.date, p and p.basis,
        p and p.time, p and p.hour, a.updated, a.retrieved, a.revision, d and d.place, d and d.date, a.status,
        a.unread and a.unread.reason, a.unread and a.unread.detail, _layout(a),
    )  # fmt: skip


def _layout(a: Article) -> str:
    marks = {"headline": a.headline, "dateline": a.dateline.span if a.dateline else None}
    lists = {"paragraphs": a.paragraphs, "sentences": a.sentences, "furniture": a.furniture}
    parts = [f'"{k}":{pair(v) or "null"}' for k, v in marks.items()] + [f'"{k}":{pairs(v)}' for k, v in lists.items()]
    return "{" + ",".join(parts) + "}"


@dataclass(frozen=True, slots=True)
class Numbering:
    """What the rows of one record refer to: the row numbers of its article and run, and by id those of its entries."""

    article: int
    run: int
    entities: RowsById
    statements: RowsById
    events: RowsById
    figures: RowsById


def entity_row(e: Entity, position: int, text: str, at: Numbering, block: str, own: int | None) -> Row:
    """The values of ENTITIES."""
    roles = dump([{"text": r.span.of(text), "span": [r.span.start, r.span.end], "as_of": r.as_of} for r in e.roles])
    return (
        at.entities[e.id], e.id, at.article, position, e.name, e.kind, dump(e.aliases), roles, e.country, e.code,
        block, own,
    )  # fmt: skip


def mention_row(m: Mention, at: Numbering) -> Row:
    """The values of MENTIONS. The id is left out: it follows from article, place and kind."""
    return (at.article, m.span.start, m.span.end, m.kind, m.entity and at.entities[m.entity], m.method, m.score)


def statement_row(s: Statement, position: int, record: Record, at: Numbering) -> Row:
    """The values of STATEMENTS, standing as the newest reading of a current article."""
    text, who, act, said = record.article.text, s.speaker, s.act, s.said_on
    published = record.article.published
    return (
        at.statements[s.id], s.id, at.article, at.run, position, s.form, pairs(s.source), pairs(s.cue), pairs(s.content),
        words_of(text, s.source) or None, words_of(text, s.cue), words_of(text, s.content) or None,
        who.name, who.reason, who.kind, who.basis, who.score,
        act and act.code, act and act.searle, act and act.plover, act and act.score,
        *_party(s.target, at), *_party(s.addressee, at), s.inside and at.statements[s.inside],
        *_when(said), s.score, day_said(said) or (published and published.date), "current", None,
    )  # fmt: skip


def speaker_rows(s: Statement, at: Numbering) -> list[Row]:
    """The values of SPEAKERS."""
    number = at.statements[s.id]
    return [(number, k, at.entities[e]) for k, e in enumerate(s.speaker.entities)]


def event_row(e: Event, position: int, at: Numbering) -> Row:
    """The values of EVENTS."""
    place = e.place
    where = (place.name, place.country, place.lat, place.lon) if place else (None,) * 4
    return (
        at.events[e.id], e.id, at.article, at.run, position, e.trigger.start, e.trigger.end, e.type, e.mode,
        *_party(e.actor, at), *_party(e.recipient, at), *where, *_when(e.date), e.status,
        *_witness(e.asserted_by, at), e.score, "current", None,
    )  # fmt: skip


def figure_row(f: Figure, text: str, at: Numbering) -> Row:
    """The values of FIGURES."""
    counted = f.counted.of(text) if f.counted else None
    return (
        at.figures[f.id], f.id, at.article, at.run, f.span.start, f.span.end, f.value, f.low, f.high, f.what,
        counted, pair(f.counted), *_witness(f.claimed_by, at), f.as_of, "current", None,
    )  # fmt: skip


def prediction_row(p: Prediction, text: str, at: Numbering) -> Row:
    """The values of PREDICTIONS."""
    due = (p.due.earliest, p.due.latest, p.due.basis) if p.due else (None,) * 3
    condition = p.condition.of(text) if p.condition else None
    return (at.statements[p.statement], p.kind, *due, condition, pair(p.condition))


def _party(p: Party | None, at: Numbering) -> Row:
    return (p.name, p.entity and at.entities[p.entity]) if p else (None, None)


def _when(w: When | None) -> Row:
    return (w.date, w.edtf, w.basis, pair(w.span), w.reason) if w else (None,) * 5


def _witness(witness: str | None, at: Numbering) -> Row:
    """The statement that says so, and whether the article does in its own words."""
    if witness == NARRATION:
        return None, 1
    return witness and at.statements[witness], 0
