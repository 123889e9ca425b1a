"""Utterances: the same words of the same speaker, printed by several articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.records import Form, Record, Span


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement's words: of a direct or mixed one those in quotation marks, of an indirect one all of its content.

    `words` are folded, `spans` say where each stands. `speaker`: an identity, or None where it is not known. `copies`: the
    cluster of wire copies of its article. `bands`: 64-bit signed numbers; sayings that share one are compared.
    """

    statement: str
    article: str
    form: Form
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    bands: tuple[int, ...]
    day: str | None = None
    moment: str | None = None
    speaker: str | None = None
    copies: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the origin and what an appearance prints instead; either may be empty. Spans are of the two articles."""

    before: str
    after: str
    before_span: Span | None
    after_span: Span | None


@dataclass(frozen=True, slots=True)
class Appearance:
    """A statement that prints an utterance: how alike its words are to the origin's (0 to 1), and which differ."""

    statement: str
    article: str
    similarity: float
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing said, and where it is printed. The origin is the earliest printing, and the first of `appearances`."""

    id: str
    origin: str
    speaker: str | None
    appearances: tuple[Appearance, ...]


def sayings_of(record: Record) -> tuple[Saying, ...]:
    """The words of each statement that is long enough to be known again. `speaker` and `copies` are left None."""
    raise NotImplementedError


def alike(a: Saying, b: Saying) -> float | None:
    """How alike the words are (0 to 1), None where they are not the same utterance. Indirect words count only between copies."""
    raise NotImplementedError


def utterances_of(sayings: Sequence[Saying], pairs: Iterable[tuple[str, str]]) -> tuple[Utterance, ...]:
    """Utterances with at least two appearances, from `pairs` of statement ids that are `alike`. Speakers must not contradict."""
    raise NotImplementedError
