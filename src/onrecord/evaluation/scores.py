"""Results of an evaluation: frozen numbers, with the counts that they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TypeVar

from onrecord.evaluation.calibration import Reliability

_Summed = TypeVar("_Summed", "EventScores", "FigureScores", "CorpusScores")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were predicted, how many are gold, and how many are both."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """How many out of how many."""

    right: int = 0
    total: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.total + other.total)

    @property
    def value(self) -> float:
        """The share; 0 of nothing is 0."""
        return self.right / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class SpeakerScores:
    """Speakers named rightly, out of the gold statements whose speaker is known.

    `by_form` goes by how the source is written, and ``all``; `matched` leaves out the statements that were not found.
    `given` is out of the matched statements for which somebody was named: to name somebody where nobody can be told is
    wrong.
    """

    by_form: Mapping[str, Share]
    matched: Mapping[str, Share]
    given: Share


@dataclass(frozen=True, slots=True)
class ActScores:
    """Speech acts of the matched statements: accuracy, and F1 by act over the acts that are in the gold."""

    accuracy: Share
    by_act: Mapping[str, Counts]

    @property
    def macro_f1(self) -> float:
        """Mean of the acts' F1."""
        return sum(c.f1 for c in self.by_act.values()) / len(self.by_act) if self.by_act else 0.0


@dataclass(frozen=True, slots=True)
class ClashScores:
    """Pairs of statements that collide, end to end.

    `average_precision` ranks all articles' clashes by score; `first_of_article` is the recall among the first eight of
    an article; `best` the precision of the fifty best; `kind` the found ones whose kind is right.
    """

    found: Counts
    average_precision: float
    first_of_article: Share
    best: Share
    kind: Share


@dataclass(frozen=True, slots=True)
class LabelScores:
    """What only the labels can tell."""

    speaker: SpeakerScores
    act: ActScores
    target: Counts
    clash: ClashScores


@dataclass(frozen=True, slots=True)
class RoleScores:
    """Sources, cues and contents, each as exact sets of spans."""

    source: Counts = Counts()
    cue: Counts = Counts()
    content: Counts = Counts()

    def __add__(self, other: RoleScores) -> RoleScores:
        return RoleScores(self.source + other.source, self.cue + other.cue, self.content + other.content)


@dataclass(frozen=True, slots=True)
class PolnearScores:
    """The figures of a PolNeAR split. `unusable` articles have no record, or one of another text. `by_article`: `triple_relaxed`
    of each, by its name.
    """

    articles: int
    unusable: int
    roles: RoleScores
    triple_exact: Counts
    triple_relaxed: Counts
    reliability: Reliability | None
    labels: LabelScores | None
    by_article: Mapping[str, Counts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EventScores:
    """Events of a corpus.

    `type` counts events of the right type whose trigger overlaps the gold one, or that tell in the same paragraph of the
    same actor or recipient; `parties` those of them with both actor and recipient right. The shares are of the first:
    `asserted_by` the right statement or the narration, and `date` the right day where gold has one.
    """

    type: Counts = Counts()
    parties: Counts = Counts()
    asserted_by: Share = Share()
    date: Share = Share()

    def __add__(self, other: EventScores) -> EventScores:
        return _sum(self, other)


@dataclass(frozen=True, slots=True)
class FigureScores:
    """Figures of a corpus: `all` with the right value in the right place, `people` those that count people.

    `claimed_by` is the share of the former that are put down to the right speaker or the narration.
    """

    all: Counts = Counts()
    people: Counts = Counts()
    claimed_by: Share = Share()

    def __add__(self, other: FigureScores) -> FigureScores:
        return _sum(self, other)


@dataclass(frozen=True, slots=True)
class CorpusScores:
    """The figures of a corpus with complete gold.

    Shares are of statements that pair with a gold one, where gold tells; `speaker_of_all` is of all gold statements with a
    speaker. `due`: of paired statements that foretell something by a day, those whose interval holds it.
    """

    articles: int = 0
    unusable: int = 0
    triple_exact: Counts = Counts()
    triple_relaxed: Counts = Counts()
    form: Share = Share()
    speaker: Share = Share()
    speaker_of_all: Share = Share()
    act: Share = Share()
    target: Share = Share()
    inside: Share = Share()
    said_on: Share = Share()
    events: EventScores = EventScores()
    figures: FigureScores = FigureScores()
    due: Share = Share()

    def __add__(self, other: CorpusScores) -> CorpusScores:
        return _sum(self, other)


@dataclass(frozen=True, slots=True)
class CofenetScores:
    """Tag spans by CofeNet's rule. `unread` sequences have no record."""

    sequences: int
    unread: int
    roles: RoleScores


def _sum(a: _Summed, b: _Summed) -> _Summed:
    """Field by field."""
    return type(a)(**{f.name: getattr(a, f.name) + getattr(b, f.name) for f in fields(a)})
