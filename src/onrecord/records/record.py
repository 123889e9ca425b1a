"""The record of one article, and the run that read it."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.records.article import Article
from onrecord.records.entity import Entity, Mention
from onrecord.records.errors import VerbatimError
from onrecord.records.spans import Span
from onrecord.records.statement import JOINT, Statement


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

    Statements stand in the order of their cues, mentions in text order, entities in the order of their first mention.
    """

    run: Run
    article: Article
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()


def check(record: Record) -> None:
    """Prove a record against its article. Raises VerbatimError.

    Every span lies within the text; a statement has a cue, and its source, cue and content stand in text order and do not
    overlap; ids are unique; `inside` names another statement of the record without ever coming round to itself (a
    forest); mentions do not overlap; the names and aliases of entities and speakers are printed in the text, and every entity
    that a mention or a speaker names is in the record. A speaker has a name or a reason why there is none.
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
