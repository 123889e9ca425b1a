"""Clashes: where two accounts differ. Who is right is not told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.records.ids import clash_id
from onrecord.records.spans import Span

ClashKind = Literal[
    "contradict",
    "deny",
    "accuse",
    "disagree",
    "figures",
    "altered-quotation",
    "self-reversal",
    "broken-prediction",
]
"""How two accounts clash. What each means stands in the codebook (clashes.toml)."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two accounts: where it stands.

    `article`: its Article.id. `statement`: the statement that gives it; None where the article's own narration does. `figure`:
    the one that differs, of a clash of figures. At least one of the two is set. `spans`: the statement's content (its cue, where
    it has none), or the narrated figure.
    """

    article: str
    statement: str | None
    figure: str | None
    spans: tuple[Span, ...]

    @property
    def entry(self) -> str:
        """Id of what the record shows for it: the statement, or the narrated figure."""
        entry = self.statement or self.figure
        assert entry is not None
        return entry


@dataclass(frozen=True, slots=True)
class Clash:
    """Two accounts that differ, the earlier first: by the day it was said or printed, a copy after its origin.

    `about`: the names or words that both share. `why`: the words that collide, in the article of `a` and in that of `b`; either
    may be empty where no single words do. `score`: the calibrated chance that a reader would call it a clash.
    """

    id: str
    a: Side
    b: Side
    kind: ClashKind
    about: str
    why: tuple[tuple[Span, ...], tuple[Span, ...]]
    score: float

    @staticmethod
    def of(
        a: Side,
        b: Side,
        *,
        kind: ClashKind,
        about: str,
        why: tuple[tuple[Span, ...], tuple[Span, ...]],
        score: float,
    ) -> Clash:
        """A clash with its id. `a` is the earlier side."""
        sides = ((s.article, s.statement, s.figure) for s in (a, b))
        return Clash(clash_id(kind, *sides), a, b, kind, about, why, score)
