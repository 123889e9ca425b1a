"""The record of one article, and the run that read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.records.article import Article
from onrecord.records.clash import Clash, Side
from onrecord.records.entity import Entity, Mention
from onrecord.records.errors import VerbatimError
from onrecord.records.event import NARRATION, Event, Figure, Prediction
from onrecord.records.spans import Span
from onrecord.records.statement import JOINT, Party, Statement


@dataclass(frozen=True, slots=True)
class Run:
    """What read: version of onrecord, ``sha256:`` of the weights, version of the codebook."""

    id: str
    onrecord: str
    weights: str
    codebook: str


@dataclass(frozen=True, slots=True)
class Record:
    """All that was read of one article.

    Statements stand in the order of their cues, mentions and figures in text order, events in that of their triggers,
    entities in the order of their first mention, predictions in that of their statements, clashes best first.
    """

    run: Run
    article: Article
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    predictions: tuple[Prediction, ...] = ()
    clashes: tuple[Clash, ...] = ()


def check(record: Record) -> None:
    """Prove a record against its article. Raises VerbatimError.

    Every span lies within the text; a statement has a cue, and its source, cue and content stand in text order and do not
    overlap; ids are unique; `inside` names another statement of the record without ever coming round to itself (a
    forest); mentions do not overlap; the names and aliases of entities and speakers are printed in the text, and every entity
    that a mention, a speaker or another party names is in the record. A speaker has a name or a reason why there is none.
    Events, figures, predictions and clashes point into the text, and at statements of the record.
    """
    text = record.article.text
    parents = {s.id: s.inside for s in record.statements}
    if len(parents) < len(record.statements):
        raise VerbatimError(f"{record.article.id}: two statements share an id")
    article = record.article
    marked = [article.headline, article.dateline.span if article.dateline else None]
    for span in (*article.paragraphs, *article.sentences, *article.furniture, *filter(None, marked)):
        span.of(text)
    for statement in record.statements:
        if not statement.cue:
            raise VerbatimError(f"{statement.id}: no cue")
        for role in (statement.source, statement.cue, statement.content):
            if list(role) != sorted(role):
                raise VerbatimError(f"{statement.id}: spans out of text order")
        _check_spans(statement.id, text, statement.spans())
        seen, up = {statement.id}, statement.inside
        while up is not None:
            if up not in parents or up in seen:
                raise VerbatimError(f"{statement.id}: nesting is no forest at {up}")
            seen.add(up)
            up = parents[up]
    _check_entities(record)
    _check_parties(record)
    _check_witnesses(record)
    _check_clashes(record)


def _check_spans(name: str, text: str, spans: tuple[Span, ...]) -> None:
    for span in spans:
        span.of(text)
    for left, right in zip(spans, spans[1:], strict=False):
        if left.overlaps(right):
            raise VerbatimError(f"{name}: {left} and {right} overlap")


def _check_entities(record: Record) -> None:
    text, known = record.article.text, {e.id for e in record.entities}
    if len(known) < len(record.entities) or len({m.id for m in record.mentions}) < len(record.mentions):
        raise VerbatimError(f"{record.article.id}: two entities or two mentions share an id")
    _check_spans("mentions", text, tuple(m.span for m in record.mentions))
    for entity in record.entities:
        for role in entity.roles:
            role.span.of(text)
        for name in (entity.name, *entity.aliases):
            if not name or name not in text:
                raise VerbatimError(f"{entity.id}: the article does not print the name {name!r}")
    for mention in record.mentions:
        if mention.entity is not None and mention.entity not in known:
            raise VerbatimError(f"{mention.id}: no entity {mention.entity} in the record")
    for statement in record.statements:
        speaker = statement.speaker
        if any(e not in known for e in speaker.entities):
            raise VerbatimError(f"{statement.id}: a speaker is no entity of the record")
        for name in speaker.name.split(JOINT) if speaker.name is not None else ():
            if not name or name not in text:
                raise VerbatimError(f"{statement.id}: the article does not print the speaker {name!r}")
        if (speaker.name is None) == (speaker.reason is None and speaker.kind != "author"):
            raise VerbatimError(f"{statement.id}: a speaker has a name, or a reason why there is none")


def _check_parties(record: Record) -> None:
    """Targets, addressees, actors and recipients are printed, and are entities of the record where they say so."""
    known = {e.id for e in record.entities}
    parties = [(s.id, p) for s in record.statements for p in (s.target, s.addressee)]
    parties.extend((e.id, p) for e in record.events for p in (e.actor, e.recipient))
    for owner, party in parties:
        if party is not None:
            _check_party(owner, party, record.article.text, known)


def _check_party(owner: str, party: Party, text: str, known: set[str]) -> None:
    for name in party.name.split(JOINT):
        if not name or name not in text:
            raise VerbatimError(f"{owner}: the article does not print the name {name!r}")
    if party.entity is not None and party.entity not in known:
        raise VerbatimError(f"{owner}: no entity {party.entity} in the record")


def _check_witnesses(record: Record) -> None:
    """Events, figures and predictions lie within the text and belong to statements of the record or to the narration."""
    text, witnesses = record.article.text, {s.id for s in record.statements} | {NARRATION, None}
    times = [s.said_on for s in record.statements] + [e.date for e in record.events]
    spans = [*(e.trigger for e in record.events), *(f.span for f in record.figures)]
    spans += [f.counted for f in record.figures if f.counted] + [p.condition for p in record.predictions if p.condition]
    for span in (*spans, *(w.span for w in times if w and w.span)):
        span.of(text)
    for owner, witness in [(e.id, e.asserted_by) for e in record.events] + [
        (f.id, f.claimed_by) for f in record.figures
    ]:
        if witness not in witnesses:
            raise VerbatimError(f"{owner}: no statement {witness} in the record")
    foretold = [p.statement for p in record.predictions]
    if len(set(foretold)) < len(foretold) or not set(foretold) <= witnesses - {NARRATION, None}:
        raise VerbatimError(f"{record.article.id}: a prediction is no statement of the record, or is one twice")
    if len({e.id for e in record.events}) < len(record.events) or len({f.id for f in record.figures}) < len(
        record.figures
    ):
        raise VerbatimError(f"{record.article.id}: two events or two figures share an id")
    for event in record.events:
        if event.place is not None and event.place.name not in text:
            raise VerbatimError(f"{event.id}: the article does not print the place {event.place.name!r}")


def _check_clashes(record: Record) -> None:
    """Both sides are entries of the record with their own words, and the words that collide are the text's."""
    text = record.article.text
    statements, figures = {s.id: s for s in record.statements}, {f.id: f for f in record.figures}
    if len({c.id for c in record.clashes}) < len(record.clashes):
        raise VerbatimError(f"{record.article.id}: two clashes share an id")
    for clash in record.clashes:
        if clash.a.entry == clash.b.entry and clash.a.figure == clash.b.figure:
            raise VerbatimError(f"{clash.id}: an account does not clash with itself")
        for side, why in zip((clash.a, clash.b), clash.why, strict=True):
            known = side.statement is None or side.statement in statements
            if side.article != record.article.id or not known or (side.figure and side.figure not in figures):
                raise VerbatimError(f"{clash.id}: {side.entry} is no entry of the record")
            if side.spans != side_spans(side, statements, figures):
                raise VerbatimError(f"{clash.id}: the spans are not those of {side.entry}")
            for span in why:
                span.of(text)


def side_spans(side: Side, statements: Mapping[str, Statement], figures: Mapping[str, Figure]) -> tuple[Span, ...]:
    """The words of a side of a clash: a statement's content, its cue where it has none, or a narrated figure."""
    if side.statement is not None:
        statement = statements[side.statement]
        return statement.content or statement.cue
    assert side.figure is not None
    return (figures[side.figure].span,)
