"""The record of one article, and the run that read it."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.records.article import Article
from onrecord.records.errors import VerbatimError
from onrecord.records.spans import Span
from onrecord.records.statement import Statement


@dataclass(frozen=True, slots=True)
class Run:
    """What read: version of onrecord, ``sha256:`` of the weights, version of the codebook."""

    id: str
    onrecord: str
    weights: str
    codebook: str


@dataclass(frozen=True, slots=True)
class Record:
    """All that was read of one article. Statements stand in the order of their cues."""

    run: Run
    article: Article
    statements: tuple[Statement, ...] = ()


def check(record: Record) -> None:
    """Prove a record against its article. Raises VerbatimError.

    Every span lies within the text; a statement has a cue, and its source, cue and content stand in text order and do not
    overlap; statement ids are unique; and `inside` names another statement of the record without ever coming round to
    itself (a forest).
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


def _check_spans(name: str, text: str, spans: tuple[Span, ...]) -> None:
    for span in spans:
        span.of(text)
    for left, right in zip(spans, spans[1:], strict=False):
        if left.overlaps(right):
            raise VerbatimError(f"{name}: {left} and {right} overlap")
