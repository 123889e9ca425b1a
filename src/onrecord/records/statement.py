"""Statements: who said what, and in whose words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.records.spans import Span
from onrecord.records.when import When

Form = Literal["direct", "indirect", "mixed"]
SpeakerKind = Literal["person", "group", "work", "unnamed", "author"]
SpeakerBasis = Literal["named", "pronoun", "nominal", "continued", "context", "corrected"]
NoSpeaker = Literal["passive", "generic", "unclear"]
JOINT = " + "
"""Stands between the names of several who speak together."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose statement it is. Without a `name` there is a `reason`, unless the article's writer speaks.

    `name`: the fullest that the article prints, of several joined by JOINT; of somebody who has none, what they are called.
    `basis`: by what it is known; `corrected`: by a human's word. `score`: the calibrated chance that the speaker is right.
    """

    name: str | None
    reason: NoSpeaker | None = None
    kind: SpeakerKind | None = None
    basis: SpeakerBasis | None = None
    entities: tuple[str, ...] = ()
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What a speaker does by a statement: one of the codebook's acts, Searle's class of it, the PLOVER type that it counts as
    between political actors (None: it is none), and the calibrated chance that the act is right.
    """

    code: str
    searle: str
    plover: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody that a statement or event is about: the fullest name that the article prints, and the entity, if it is one."""

    name: str
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One attributed statement.

    `source`, `cue` and `content` are spans of the article, in text order, that do not overlap one another; source and
    content may be empty, the cue never is. Several content spans are one content, cut by its source or cue or running
    on over paragraphs. `inside` is the id of the statement that reports this one. `score` is the calibrated chance that
    the statement is right by the relaxed rule (content character F1 of at least .5, sources overlapping or both absent).
    `target`: whom the act is aimed at; `addressee`: whom it was said to; `said_on`: the day it was said.
    """

    id: str
    form: Form
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: Speaker
    inside: str | None
    score: float
    act: Act | None = None
    target: Party | None = None
    addressee: Party | None = None
    said_on: When | None = None

    def spans(self) -> tuple[Span, ...]:
        """Every span of the statement, in text order."""
        return tuple(sorted((*self.source, *self.cue, *self.content)))
