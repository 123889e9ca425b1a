"""What a human's words on statements make of a reading: a pure function of a record.

What they say takes the place of what was read. The reading itself is kept beside it (onrecord.store.correcting).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from onrecord.codebook import acts
from onrecord.extract import predictions_of, timeline_of, with_codes
from onrecord.records import (
    JOINT,
    Act,
    Entity,
    EntityKind,
    Mention,
    Party,
    Record,
    Speaker,
    SpeakerKind,
    Statement,
    entity_id,
    mention_id,
)
from onrecord.records.spans import SAME, shared_f1
from onrecord.store.corrections import (
    AimedAt,
    Applied,
    Change,
    Correction,
    Field,
    Somebody,
    SpokenBy,
    Stands,
    named_in,
    places,
)

SURE = 1.0
"""The chance that what a human says is right: it is not weighed against the model's."""


def corrected(record: Record, words: Iterable[tuple[str, Correction]]) -> tuple[Record, tuple[Applied, ...]]:
    """A reading as a human's words on it have it, and which of these hold of what.

    `words`: ids of decisions with what they say, in the order in which they were given: of two on one thing the later counts. One
    that no statement fits any more is passed over.
    """
    chosen: dict[str, dict[Field, tuple[str, Correction]]] = {}
    for id_, word in words:
        if (statement := _meant(record, word)) is not None:
            fields = chosen.setdefault(statement.id, {})
            fields.pop(word.field, None)
            fields[word.field] = (id_, word)
    before = {s.id: s for s in record.statements}
    rejected = {id_ for id_, fields in chosen.items() if _is_rejected(fields)}
    applied = tuple(
        _applied(before[id_], decision, word)
        for id_, fields in chosen.items()
        for field, (decision, word) in fields.items()
        if field == "statement" or id_ not in rejected
    )
    named = [one for fields in chosen.values() for _, word in fields.values() for one in named_in(word.change)]
    record = _with_entities(record, named)
    changed = {id_: {f: w.change for f, (_, w) in fields.items()} for id_, fields in chosen.items()}
    statements = tuple(_changed(record, s, changed[s.id]) if s.id in changed else s for s in record.statements)
    acted = {id_ for id_, fields in changed.items() if "act" in fields}
    return _without(_foretelling(replace(record, statements=statements), acted), rejected), applied


def _meant(record: Record, word: Correction) -> Statement | None:
    """The statement that a correction is of: by its words, else the nearest to them that shares some of its cue."""
    best, found = (SAME, 0.0), None
    for s in record.statements:
        alike = (shared_f1(word.content or word.cue, s.content or s.cue), shared_f1(word.cue, s.cue))
        if alike[1] > 0 and alike >= best:
            best, found = alike, s
    return found


def _is_rejected(fields: Mapping[Field, tuple[str, Correction]]) -> bool:
    word = fields.get("statement")
    return word is not None and word[1].change == Stands(False)


def _applied(before: Statement, decision: str, word: Correction) -> Applied:
    speaker, act, target = before.speaker, before.act, before.target
    told: dict[Field, tuple[str | None, float | None]] = {
        "statement": (None, before.score),
        "speaker": (speaker.name or speaker.reason or speaker.kind, speaker.score),
        "act": (act.code, act.score) if act else (None, None),
        "target": (target.name if target else None, None),
    }
    return Applied(decision, before.id, word.field, *told[word.field])


def _changed(record: Record, statement: Statement, changes: Mapping[Field, Change]) -> Statement:
    for change in changes.values():
        if isinstance(change, Stands):
            statement = replace(statement, score=SURE) if change.right else statement
        elif isinstance(change, SpokenBy):
            statement = replace(statement, speaker=_speaker(record, change))
        elif isinstance(change, AimedAt):
            statement = replace(statement, target=_party(record, change.who))
        else:
            row = acts().get(change.act or "")
            statement = replace(statement, act=Act(row.code, row.searle, row.plover, SURE) if row else None)
    return statement


def _speaker(record: Record, change: SpokenBy) -> Speaker:
    if not change.who:
        return Speaker(None, change.reason, None if change.reason else "author", None, (), None)
    entities = [_entity(record, one) for one in change.who]
    names = [e.name if e else one.name for e, one in zip(entities, change.who, strict=True)]
    kinds = {_SPEAKERS.get(e.kind, "group") if e else "unnamed" for e in entities}
    kind: SpeakerKind = kinds.pop() if len(kinds) == 1 else "group"
    return Speaker(JOINT.join(names), None, kind, "corrected", tuple(e.id for e in entities if e), SURE)


_SPEAKERS: Mapping[EntityKind, SpeakerKind] = {"person": "person", "work": "work"}


def _party(record: Record, who: Somebody | None) -> Party | None:
    if who is None:
        return None
    entity = _entity(record, who)
    return Party(entity.name, entity.id) if entity else Party(who.name)


def _entity(record: Record, who: Somebody) -> Entity | None:
    """Who bears a name: of that kind before others, since a later reading may take the same name for another kind."""
    if who.kind is None:
        return None
    found = [e for e in record.entities if e.name == who.name] or [e for e in record.entities if who.name in e.aliases]
    return min(found, key=lambda e: e.kind != who.kind, default=None)


def _with_entities(record: Record, named: Iterable[Somebody]) -> Record:
    """The record with those whom a human names and the reading has not, wherever the article prints them."""
    for who in dict.fromkeys(named):
        if who.kind is None or _entity(record, who) is not None:
            continue
        article = record.article
        (entity,) = with_codes((Entity(entity_id(article.id, who.kind, who.name), who.name, who.kind),), article.text)
        taken = [m.span for m in record.mentions]
        free = [s for s in places(article.text, who.name) if not any(s.overlaps(t) for t in taken)]
        new = [Mention(mention_id(article.id, s, who.kind), s, who.kind, entity.id, "name", SURE) for s in free]
        mentions = tuple(sorted((*record.mentions, *new), key=lambda m: m.span))
        first: dict[str, int] = {}
        for place, mention in enumerate(mentions):
            first.setdefault(mention.entity or "", place)
        entities = sorted((*record.entities, entity), key=lambda e: first.get(e.id, len(mentions)))
        record = replace(record, mentions=mentions, entities=tuple(entities))
    return record


def _foretelling(record: Record, acted: set[str]) -> Record:
    """With the predictions and promises that statements of other acts make, or make no longer."""
    if not acted:
        return record
    line = timeline_of(record.article, record.statements)
    new = {p.statement: p for p in predictions_of(line, [s for s in record.statements if s.id in acted])}
    known = {p.statement: p for p in record.predictions if p.statement not in acted} | new
    return replace(record, predictions=tuple(known[s.id] for s in record.statements if s.id in known))


def _without(record: Record, rejected: set[str]) -> Record:
    """Without statements that are none: what they were said to hold belongs to whatever is around them. Where nothing is, nobody
    is known to say it: it is no word of the article's own, and a count that nobody gives is none.
    """
    if not rejected:
        return record
    inside = {s.id: s.inside for s in record.statements}

    def around(id_: str | None) -> str | None:
        while id_ in rejected:
            id_ = inside[id_]
        return id_

    figures = ((f, around(f.claimed_by)) for f in record.figures)
    return replace(
        record,
        statements=tuple(replace(s, inside=around(s.inside)) for s in record.statements if s.id not in rejected),
        events=tuple(replace(e, asserted_by=around(e.asserted_by)) for e in record.events),
        figures=tuple(replace(f, claimed_by=who) for f, who in figures if who is not None or f.claimed_by is None),
        predictions=tuple(p for p in record.predictions if p.statement not in rejected),
    )
