"""The flat tables of CSV and Parquet: their columns, and the rows that an article gives.

A column has the name that the store's views give it (``v_statements`` …), which lack only what IN_NO_VIEW tells, and one kind of
value, or none (None).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from onrecord.export.exported import Exported
from onrecord.query.collisions import CollisionSide
from onrecord.records import JOINT
from onrecord.records.when import first_day
from onrecord.records.wire_types import WireParty, WireWhen

ColumnKind = Literal["text", "texts", "score", "number", "count", "flag", "day", "moment", "spans"]
"""A text; a list of texts; a number from 0 to 1; any number; a whole one; true or false; a day and a moment in UTC, in ISO 8601;
a list of spans ``[start, end]``."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `rows` gives those of an article, each with a value for every column."""

    name: str
    columns: Mapping[str, ColumnKind]
    rows: Callable[[Exported], Iterator[Row]]


_PRINTED: dict[str, ColumnKind] = {
    "article": "text", "source_id": "text", "outlet": "text", "published": "day", "title": "text", "url": "text",
}  # fmt: skip


def _printed(e: Exported) -> Row:
    a = e.wire["article"]
    return (a["id"], a["source_id"], a["outlet"], a["published"] and a["published"]["date"], a["title"], a["url"])


def _party(party: WireParty | None) -> Row:
    return (party["name"], party["identity"]) if party else (None, None)


def _code(party: WireParty | None, codes: Mapping[str, str | None]) -> str | None:
    return codes.get(party["entity"] or "") if party else None


def _when(when: WireWhen | None) -> Row:
    return (when["date"], when["edtf"], when["basis"]) if when else (None, None, None)


def _day(said: Row, published: str | None) -> str | None:
    """That of saying, of a month or a year its first; else that of publication."""
    date, edtf, _ = said
    return date or (first_day(edtf) if edtf else None) or published


STATEMENTS: dict[str, ColumnKind] = {
    "statement": "text", **_PRINTED, "agency": "text", "form": "text", "speaker": "text", "speaker_identity": "text",
    "speaker_printed": "text", "speaker_kind": "text", "speaker_basis": "text", "speaker_reason": "text",
    "speaker_score": "score", "speaker_entities": "texts", "source": "text", "cue": "text", "content": "text",
    "act": "text", "act_class": "text", "act_plover": "text", "act_score": "score", "target": "text",
    "target_identity": "text", "addressee": "text", "addressee_identity": "text", "inside": "text",
    "said_date": "day", "said_edtf": "text", "said_basis": "text", "day": "day", "score": "score", "standing": "text",
    "utterance": "text", "source_spans": "spans", "cue_spans": "spans", "content_spans": "spans", "weights": "text",
    "codebook": "text", "corrected": "texts",
}  # fmt: skip


def _statements(e: Exported) -> Iterator[Row]:
    printed, agency, run = _printed(e), e.wire["article"]["agency"], e.wire["run"]
    for s in e.said():
        who, act, said = s["speaker"], s["act"], _when(s["said_on"])
        origin = e.origins.get(s["id"])
        words = [s["source"], s["cue"], s["content"]]
        yield (
            s["id"], *printed, agency, s["form"], who["name"], who["identity"],
            who["name"] if who["printed"] is None else who["printed"], who["kind"], who["basis"], who["reason"],
            who["score"], who["entities"], *(w and w["text"] for w in words),
            *((act["code"], act["class"], act["plover"], act["score"]) if act else (None,) * 4),
            *_party(s["target"]), *_party(s["addressee"]), s["inside"], *said, _day(said, printed[3]), s["score"],
            s["standing"], origin and origin.statement, *(w["spans"] if w else [] for w in words), run["weights"],
            run["codebook"], [one["field"] for one in s["corrected"]],
        )  # fmt: skip


MENTIONS: dict[str, ColumnKind] = {
    "mention": "text", "article": "text", "outlet": "text", "published": "day", "start": "count", "end": "count",
    "words": "text", "kind": "text", "entity": "text", "printed": "text", "name": "text", "identity": "text",
    "method": "text", "score": "score",
}  # fmt: skip


def _mentions(e: Exported) -> Iterator[Row]:
    article, _, outlet, published, *_ = _printed(e)
    names = {entity["id"]: entity["name"] for entity in e.wire["entities"]}
    for m in e.wire["mentions"]:
        name = names.get(m["entity"] or "")
        identity = e.identities.get(m["entity"] or "")
        yield (
            m["id"], article, outlet, published, *m["span"], m["text"], m["kind"], m["entity"], name,
            identity.name if identity else name, identity and identity.id, m["method"], m["score"],
        )  # fmt: skip


EVENTS: dict[str, ColumnKind] = {
    "event": "text", **_PRINTED, "type": "text", "mode": "text", "trigger": "text", "actor": "text",
    "actor_identity": "text", "actor_code": "text", "recipient": "text", "recipient_identity": "text",
    "recipient_code": "text", "place": "text", "place_country": "text", "lat": "number", "lon": "number", "date": "day",
    "date_edtf": "text", "date_basis": "text", "status": "text", "asserted_by": "text", "asserted_by_speaker": "text",
    "score": "score", "standing": "text", "start": "count", "end": "count",
}  # fmt: skip


def _events(e: Exported) -> Iterator[Row]:
    printed, codes = _printed(e), {entity["id"]: entity["code"] for entity in e.wire["entities"]}
    speakers = {s["id"]: s["speaker"]["name"] for s in e.wire["statements"]}
    for v in e.events():
        place, by = v["place"], v["asserted_by"]
        yield (
            v["id"], *printed, v["type"], v["mode"], v["text"], *_party(v["actor"]), _code(v["actor"], codes),
            *_party(v["recipient"]), _code(v["recipient"], codes),
            *((place["name"], place["country"], place["lat"], place["lon"]) if place else (None,) * 4),
            *_when(v["date"]), v["status"], by, speakers.get(by or ""), v["score"], e.standing_of(v["id"]),
            *v["trigger"],
        )  # fmt: skip


FIGURES: dict[str, ColumnKind] = {
    "figure": "text", **_PRINTED, "value": "number", "low": "number", "high": "number", "what": "text", "words": "text",
    "counted": "text", "claimed_by": "text", "claimed_by_speaker": "text", "as_of": "day", "standing": "text",
    "start": "count", "end": "count",
}  # fmt: skip


def _figures(e: Exported) -> Iterator[Row]:
    printed, text = _printed(e), e.wire["article"]["text"]
    speakers = {s["id"]: s["speaker"]["name"] for s in e.wire["statements"]}
    for f in e.figures():
        counted, by = f["counted"], f["claimed_by"]
        yield (
            f["id"], *printed, f["value"], f["low"], f["high"], f["what"], f["text"],
            counted and text[slice(*counted)], by, speakers.get(by or ""), f["as_of"], e.standing_of(f["id"]),
            *f["span"],
        )  # fmt: skip


PREDICTIONS: dict[str, ColumnKind] = {
    "statement": "text", **_PRINTED, "speaker": "text", "speaker_identity": "text", "content": "text", "kind": "text",
    "due_earliest": "day", "due_latest": "day", "due_basis": "text", "condition": "text", "standing": "text",
}  # fmt: skip


def _predictions(e: Exported) -> Iterator[Row]:
    printed, text = _printed(e), e.wire["article"]["text"]
    said = {s["id"]: s for s in e.said()}
    for p in e.predictions():
        s, due, condition = said[p["statement"]], p["due"], p["condition"]
        yield (
            s["id"], *printed, s["speaker"]["name"], s["speaker"]["identity"], s["content"] and s["content"]["text"],
            p["kind"], *((due["earliest"], due["latest"], due["basis"]) if due else (None,) * 3),
            condition and text[slice(*condition)], s["standing"],
        )  # fmt: skip


ENTITIES: dict[str, ColumnKind] = {
    "entity": "text", "article": "text", "outlet": "text", "published": "day", "printed": "text", "kind": "text",
    "aliases": "texts", "roles": "texts", "country": "text", "code": "text", "identity": "text", "name": "text",
    "external": "text",
}  # fmt: skip


def _entities(e: Exported) -> Iterator[Row]:
    article, _, outlet, published, *_ = _printed(e)
    for entity in e.wire["entities"]:
        identity = e.identities.get(entity["id"])
        yield (
            entity["id"], article, outlet, published, entity["name"], entity["kind"], entity["aliases"],
            [role["text"] for role in entity["roles"]], entity["country"], entity["code"], entity["identity"],
            identity.name if identity else entity["name"], identity and identity.external,
        )  # fmt: skip


ARTICLES: dict[str, ColumnKind] = {
    **_PRINTED, "byline": "text", "agency": "text", "language": "text", "published_basis": "text",
    "published_time": "moment", "updated": "moment", "retrieved": "moment", "dateline_place": "text",
    "dateline_date": "day", "status": "text", "revision": "count", "standing": "text", "unread": "text",
    "copy_of": "text", "version_of": "text", "statements": "count", "text": "text",
}  # fmt: skip


def _articles(e: Exported) -> Iterator[Row]:
    a = e.wire["article"]
    published, dateline, unread = a["published"], a["dateline"], a["unread"]
    yield (
        *_printed(e), a["byline"], a["agency"], a["language"],
        *((published["basis"], published["time"]) if published else (None, None)), a["updated"], a["retrieved"],
        *((dateline["place"], dateline["date"]) if dateline else (None, None)), a["status"], a["revision"], e.standing,
        unread and unread["reason"], a["copy_of"], a["version_of"], len(e.statements), a["text"],
    )  # fmt: skip


_SIDE: dict[str, ColumnKind] = {
    "article": "text", "outlet": "text", "published": "day", "statement": "text", "figure": "text", "speaker": "text",
    "speaker_identity": "text", "words": "text", "collides": "texts", "value": "number", "day": "day", "sources": "count",
    "spans": "spans", "why": "spans",
}  # fmt: skip
CLASHES: dict[str, ColumnKind] = {
    "clash": "text", "kind": "text", "about": "text", "score": "score", "day": "day", "review": "text",
    "review_note": "text", "found": "moment", "independent": "flag", "standing": "text",
    **{f"{side}_{column}": kind for side in "ab" for column, kind in _SIDE.items()},
}  # fmt: skip


def _clashes(e: Exported) -> Iterator[Row]:
    for c in e.clashes():
        review = c.review
        standing = "current" if {c.a.standing, c.b.standing} == {"current"} else "withdrawn"
        told = (review and review.verdict, review and review.note)
        yield (c.id, c.kind, c.about, c.score, c.day, *told, c.found, c.independent, standing, *_side(c.a), *_side(c.b))


def _side(side: CollisionSide) -> Row:
    ref, said, figure = side.article, side.statement, side.figure
    who = JOINT.join(s.identity for s in said.speakers if s.identity) if said else ""
    spans = [[[s.start, s.end] for s in several] for several in (side.spans, side.why)]
    return (
        ref.id, ref.outlet, ref.published, said and said.id, figure and figure.id, side.speaker, who or None, side.words,
        list(side.colliding), figure and figure.value, side.day, side.sources, *spans,
    )  # fmt: skip


TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            Table("articles", ARTICLES, _articles),
            Table("statements", STATEMENTS, _statements),
            Table("mentions", MENTIONS, _mentions),
            Table("entities", ENTITIES, _entities),
            Table("events", EVENTS, _events),
            Table("figures", FIGURES, _figures),
            Table("predictions", PREDICTIONS, _predictions),
            Table("clashes", CLASHES, _clashes),
        )
    }
)

IN_NO_VIEW: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "statements": frozenset({"agency"}),
        "mentions": frozenset({"mention"}),
        "clashes": frozenset({"a_sources", "b_sources"}),
    }
)
"""Columns that the views of their tables lack. Of `entities` the rows are others: the view's are identities."""
