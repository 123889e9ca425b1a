"""What a human says of statements: values, and what can be said at all.

A word is anchored to an article and to where source, cue and content stood, so that it holds for whatever later readings find
there (onrecord.store.applying).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from onrecord.records import EntityKind, MalformedError, NoSpeaker, Record, Span, UnclearError, words_of

Field = Literal["statement", "speaker", "act", "target"]
FIELDS: tuple[Field, ...] = get_args(Field)
NAMED: tuple[EntityKind, ...] = get_args(EntityKind)
NOBODY: tuple[NoSpeaker, ...] = get_args(NoSpeaker)


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whom a human names: a name that the article prints, and what bears it; without `kind` it describes, and means no entity."""

    name: str
    kind: EntityKind | None


@dataclass(frozen=True, slots=True)
class Stands:
    """Whether it is a statement at all, with these words."""

    right: bool


@dataclass(frozen=True, slots=True)
class SpokenBy:
    """Who speaks: some who do together; else nobody, with a reason; else the article's writer."""

    who: tuple[Somebody, ...] = ()
    reason: NoSpeaker | None = None


@dataclass(frozen=True, slots=True)
class Does:
    """What the speaker does by it: an act's code, None where it is none."""

    act: str | None


@dataclass(frozen=True, slots=True)
class AimedAt:
    """Whom the act is aimed at."""

    who: Somebody | None


Change = Stands | SpokenBy | Does | AimedAt


@dataclass(frozen=True, slots=True)
class Correction:
    """A human's word on a statement: where it stands (article's id, spans), its `words` as they are printed, and what is so."""

    article: str
    words: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    change: Change

    @property
    def field(self) -> Field:
        """What of the statement it is about."""
        match self.change:
            case Stands():
                return "statement"
            case SpokenBy():
                return "speaker"
            case Does():
                return "act"
            case AimedAt():
                return "target"


@dataclass(frozen=True, slots=True)
class Applied:
    """A correction that holds of a statement, by the ids of both; what the reading had in its place, and with which chance."""

    decision: str
    statement: str
    field: Field
    was: str | None
    was_score: float | None


def correction_of(record: Record, statement: str, change: Change) -> Correction:
    """The word that is kept of a statement of `record`, by its id. Raises MalformedError for what cannot be so."""
    from onrecord.codebook import acts

    found = next((s for s in record.statements if s.id == statement), None)
    if found is None:
        raise MalformedError(statement, f"no statement that {record.article.id} is read to have now")
    if isinstance(change, Does) and change.act is not None and change.act not in acts():
        raise MalformedError("act", f"{change.act!r} is none of {', '.join(acts())}")
    if isinstance(change, SpokenBy) and change.who and change.reason:
        raise MalformedError("speaker", "somebody speaks or nobody does, not both")
    known = {name for e in record.entities for name in (e.name, *e.aliases)}
    for one in named_in(change):
        if one.name not in known and not places(record.article.text, one.name):
            raise MalformedError(one.name, "the article does not print this name")
    words = words_of(record.article.text, found.content or found.cue)
    return Correction(record.article.id, words, found.source, found.cue, found.content, change)


def named_in(change: Change) -> tuple[Somebody, ...]:
    """Whom a change names."""
    if isinstance(change, SpokenBy):
        return change.who
    return (change.who,) if isinstance(change, AimedAt) and change.who else ()


def somebody(record: Record, name: str, kind: EntityKind | Literal["description"] | None = None) -> Somebody:
    """Whom `name` means in an article: an entity by its id, a name or an alias; else words of the article, if a `kind` is given.

    Raises UnclearError where several entities bear the name, or where it is none of an entity and has no kind.
    """
    from onrecord.extract.names import fold

    name = " ".join(name.split())
    found = [e for e in record.entities if e.id == name] or [e for e in record.entities if e.name == name]
    if not found:
        found = [e for e in record.entities if fold(name) in {fold(n) for n in (e.name, *e.aliases)}]
    if len(found) > 1:
        chosen = [e for e in found if e.kind == kind]
        if len(chosen) != 1:
            told = tuple(f"{e.name} ({e.kind}, {e.id})" for e in found)
            raise UnclearError(name, "several of the article are called so", told, several=True)
        found = chosen
    if found:
        return Somebody(found[0].name, found[0].kind)
    if not places(record.article.text, name):
        raise UnclearError(name, "the article does not print this name", tuple(e.name for e in record.entities[:20]))
    if kind is None:
        raise UnclearError(name, "the article prints these words, but reads no name in them: say what they name")
    return Somebody(name, None if kind == "description" else kind)


def places(text: str, name: str) -> list[Span]:
    """Where a text prints a name as words of their own."""
    if not name:
        return []
    return [Span(*m.span()) for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
