"""The judge: of each pair how likely a reader would call it a clash, of which kind, about what, and by which words.

Boosted trees over the numbers of `features`: for statements of one article, for those of two, for a speaker against himself in
one and in two, and for figures; trained by training/clashes.py, each calibrated on articles that it was not trained on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from onrecord.clashes.accounts import Account, FigureTally
from onrecord.clashes.candidates import Candidates
from onrecord.clashes.counts import count_clash, count_features, least_chance
from onrecord.clashes.denying import OF_ANOTHER_DEED, is_of_another_deed, weighed
from onrecord.clashes.features import AT_ONCE, COMMON, FEATURES, LARGE, WITHIN, features_of
from onrecord.clashes.forest import Forest
from onrecord.clashes.reasons import about_counts, about_words, colliding
from onrecord.clashes.sides import OF_ONE_SIDE, is_of_one_side
from onrecord.clashes.turning import DISOWNED, FEWEST, OWNED_UP, TURNED, disowned, owned_up, repeated, turned
from onrecord.clashes.two_articles import ACROSS, OWN, restraint, turned_round
from onrecord.clashes.weights import FILE, Weights, load_weights
from onrecord.clashes.wording import Altered
from onrecord.records import Clash, ClashKind, Side

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST = 0.03
"""Score from which a pair is told of: below it nine in ten and more are none (cross-validated on training articles)."""
LEAST_OWN = 0.1
"""The same for a speaker against himself, where the judge is weakest: one in ten there is one by gold."""
KINDS: tuple[ClashKind, ...] = ("contradict", "deny", "accuse", "disagree")
"""Kinds of clash between two speakers, in the order of the weights."""
ALTERED = 0.8
"""Share of altered quotations found in the invented stories that their gold calls so."""


Pairs = tuple[tuple[Account, Account], ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A forest and its calibration: the chance is the logistic function of `slope` times the sum plus `shift`."""

    forest: Forest
    slope: float
    shift: float

    @staticmethod
    def of(weights: Weights, name: str) -> Model:
        """The model `name` of the weights."""
        slope, shift = weights.arrays[f"{name}_calibration"].tolist()
        return Model(Forest.of(weights.arrays, name), slope, shift)

    def chances(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """(N, F) numbers to (N,) chances."""
        import numpy as np

        sums = self.forest(rows).astype(np.float64)
        chances: NDArray[np.float64] = 1 / (1 + np.exp(-(self.slope * sums + self.shift)))
        return chances


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges pairs. Load one and keep it."""

    within: Model
    across: Model
    own: Model
    again: Model
    counts: Model
    kinds: tuple[Forest, ...]
    hash: str

    @staticmethod
    def load(file: Path = FILE) -> Judge:
        """The judge of the package. Raises WeightsError where its weights are missing or damaged."""
        return _load(file)

    def judge(self, candidates: Candidates) -> tuple[Clash, ...]:
        """The clashes among candidates, best first; of two entries the likeliest alone."""
        found: dict[tuple[str, str], Clash] = {}
        said = list(self._statements(candidates))
        # Who disputes a number is told as numbers that differ, once.
        counted = list(_counts(self, candidates, {_both(c.a, c.b): c.score for c in said if c.kind in _OF_NUMBERS}))
        numbers = {_both(c.a, c.b) for c in counted if c.kind == "figures"}
        said = [c for c in said if c.kind not in _OF_NUMBERS or _both(c.a, c.b) not in numbers]
        for clash in (*said, *counted, *_printings(candidates)):
            key = _both(clash.a, clash.b)
            if key not in found or clash.score > found[key].score:
                found[key] = clash
        told = _innermost(found, candidates)
        return tuple(sorted(told, key=lambda c: (-c.score, c.id)))

    def _statements(self, candidates: Candidates) -> Iterable[Clash]:
        import numpy as np

        pairs = candidates.statements
        if not pairs:
            return
        rows = features_of(pairs, candidates.settings)
        own, here = _told_apart(pairs)
        scores = self.scores(pairs, rows)
        mine = np.flatnonzero(here & ~own)
        scores[mine] = weighed([pairs[n] for n in mine], scores[mine])
        likely = np.flatnonzero(~own & (scores >= LEAST))
        self._whole(pairs, candidates, rows, likely[here[likely]])
        scores[likely] *= restraint(rows[likely])
        other = [n for n in likely.tolist() if not here[n] and is_of_another_deed(*pairs[n])]
        scores[other] *= OF_ANOTHER_DEED
        scores[[n for n in likely.tolist() if is_of_one_side(*pairs[n])]] *= OF_ONE_SIDE
        told = np.flatnonzero(scores >= np.where(own, LEAST_OWN, LEAST)).tolist()
        kinds = self._kinds(rows[told])
        for n, kind in zip(told, kinds, strict=True):
            a, b = pairs[n]
            yield Clash.of(
                a.side(),
                b.side(),
                kind=_kind(a, b, kind),
                about=about_words(a, b),
                why=colliding(a, b),
                score=round(float(scores[n]), 4),
            )

    def _whole(self, pairs: Pairs, candidates: Candidates, rows: NDArray[np.float32], which: NDArray[np.intp]) -> None:
        """Fill in what is asked of some pairs of one article that is not asked of all."""
        if len(which):
            rows[which, COMMON:] = features_of([pairs[n] for n in which], candidates.settings, whole=True)[:, COMMON:]

    def scores(self, pairs: Pairs, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """(N,) chances that pairs of statements with these numbers clash; of a speaker's word turned round its own."""
        import numpy as np

        own, here = _told_apart(pairs)
        scores = np.zeros(len(pairs))
        models = (
            (here & own, self.own, LARGE),
            (~here & own, self.again, OWN),
            (here & ~own, self.within, WITHIN),
            (~here & ~own, self.across, ACROSS),
        )
        for which, model, columns in models:
            numbers = np.flatnonzero(which)
            for start in range(0, len(numbers), AT_ONCE):
                some = numbers[start : start + AT_ONCE]
                scores[some] = model.chances(rows[some[:, None], columns])
        # Of 18 pairs that shared no more than names and rare words and had .3 and more, 3 were clashes by reading.
        loose = np.where(own, rows[:, FEATURES.index("shared stems")] < FEWEST, ~turned_round(rows))
        scores[~here & loose] = 0.0
        around = np.fromiter((turned(a, b) for a, b in pairs), bool, len(pairs))
        scores = np.where(around, np.maximum(scores, TURNED), scores)
        gone = np.fromiter((disowned(a, b) for a, b in pairs), bool, len(pairs))
        scores = np.where(gone, np.maximum(scores, DISOWNED), scores)
        admitted = np.fromiter((owned_up(a, b) for a, b in pairs), bool, len(pairs))
        scores = np.where(admitted, np.maximum(scores, OWNED_UP), scores)
        # What somebody else says that one said is no word of one's own: of 199 reversals between the stories' articles two
        # are so.
        hearsay = np.array([a.inside is not None or b.inside is not None for a, b in pairs])
        scores[~here & own & hearsay] = 0.0
        again = np.array([bool(s >= LEAST_OWN and repeated(*pair)) for s, pair in zip(scores, pairs, strict=True)])
        scores[own & again] = 0.0
        return scores

    def _kinds(self, rows: NDArray[np.float32]) -> list[ClashKind]:
        import numpy as np

        if not len(rows):
            return []
        sums = np.stack([forest(rows[:, LARGE]) for forest in self.kinds], axis=1)
        return [KINDS[n] for n in sums.argmax(axis=1)]


def _told_apart(pairs: Pairs) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """(N,) whether both sides are of one speaker, and whether of one article."""
    import numpy as np

    own = np.array([bool(a.speakers & b.speakers) for a, b in pairs])
    return own, np.array([a.article == b.article for a, b in pairs])


@cache
def _load(file: Path) -> Judge:
    weights = load_weights(file)
    within, across, own, again, counts = (
        Model.of(weights, name) for name in ("within", "across", "own", "again", "counts")
    )
    return Judge(
        within, across, own, again, counts, tuple(Forest.of(weights.arrays, f"kind_{k}") for k in KINDS), weights.hash
    )


def _innermost(found: Mapping[tuple[str, str], Clash], candidates: Candidates) -> list[Clash]:
    """Without the clashes of a statement that only reports another that clashes with the same one, and more surely."""
    inside = {x.statement: x.inside for pair in candidates.statements for x in pair if x.inside is not None}
    better: dict[tuple[str, str], float] = {}
    for (a, b), clash in found.items():
        for outer, other in ((inside.get(a), b), (inside.get(b), a)):
            if outer is not None:
                for key in ((outer, other), (other, outer)):
                    better[key] = max(better.get(key, 0.0), clash.score)
    return [clash for key, clash in found.items() if better.get(key, 0.0) < clash.score]


def _kind(a: Account, b: Account, kind: ClashKind) -> ClashKind:
    if a.speakers & b.speakers:
        passed = a.due is not None and b.day is not None and a.due <= b.day
        return "broken-prediction" if passed else "self-reversal"
    return kind


_OF_NUMBERS: tuple[ClashKind, ...] = ("contradict", "disagree")
"""Kinds of clash that two statements may be by their numbers alone."""


def _both(a: Side, b: Side) -> tuple[str, str]:
    """The entries of two sides, in an order of their own: a count of a day before stands first though its statement does not."""
    return (a.entry, b.entry) if a.entry <= b.entry else (b.entry, a.entry)


def _counts(judge: Judge, candidates: Candidates, said: Mapping[tuple[str, str], float]) -> Iterable[Clash]:
    """`said`: scores of the clashes of statements, by both, which may be of their numbers."""
    pairs = candidates.figures
    if not pairs:
        return
    scores = judge.counts.chances(count_features(pairs))
    for (a, b), score in zip(pairs, scores, strict=True):
        kind = count_clash(a, b)
        chance = max(float(score), least_chance(a, b) if kind == "figures" else 0.0)
        if kind == "figures":
            chance = max(chance, said.get(_both(a.side(), b.side()), 0.0))
        if kind is not None and chance >= LEAST:
            yield _count_clash(a, b, cast(ClashKind, kind), round(chance, 4))


def _count_clash(a: FigureTally, b: FigureTally, kind: ClashKind, score: float) -> Clash:
    return Clash.of(a.side(), b.side(), kind=kind, about=about_counts(a, b), why=((a.span,), (b.span,)), score=score)


def _printings(candidates: Candidates) -> Iterable[Clash]:
    for found in candidates.printings:
        yield _altered(found)


def _altered(found: Altered) -> Clash:
    words = " / ".join(f"{c.before or '—'} → {c.after or '—'}" for c in found.changes[:3])
    return Clash.of(
        found.a.side(), found.b.side(), kind="altered-quotation", about=words, why=found.why(), score=ALTERED
    )
