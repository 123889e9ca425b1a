"""The calibrated score of a statement: the chance that it is right by the relaxed rule.

A logistic map (Platt 1999, of several features) fitted on development articles; see `training.calibrate` and the model card.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.extract.decoding import Decoded
from onrecord.records import WeightsError

FEATURES = (
    "cue", "valid", "path", "weakest", "source_chance", "content_chance", "has_source", "nested", "direct", "length", "cue_words",
)  # fmt: skip
LOWEST_PATH = -12.0
PLAIN = 0.9
"""The chance that is told of what words alone make plain: an act by its verb, a speaker by wording where the head holds another
one likelier, a statement by its label.
"""
NEVER = 1e-4
"""Chances are kept this far from 0 and 1, so that their log odds stay finite."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic map over some features, and `least`: the score below which there is no statement, or nobody is named."""

    intercept: float
    weights: tuple[float, ...]
    least: float

    def score(self, features: Sequence[float]) -> float:
        """Chance (0 … 1), kept to four digits: more would be noise."""
        z = self.intercept + sum(w * x for w, x in zip(self.weights, features, strict=True))
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z)))), 4)


def calibration_of(kept: Mapping[str, Any], over: Sequence[str] = FEATURES) -> Calibration:
    """From the weights' settings. Raises WeightsError where they do not fit the features that the map is over."""
    try:
        made = Calibration(float(kept["intercept"]), tuple(map(float, kept["weights"])), float(kept["least"]))
    except (KeyError, TypeError, ValueError) as error:
        raise WeightsError(f"the model's calibration is damaged ({error!r})") from error
    if len(made.weights) != len(over):
        raise WeightsError(f"the model's calibration has {len(made.weights)} weights for {len(over)} features")
    return made


def log_odds(chance: float) -> float:
    """Of a chance kept away from 0 and 1."""
    chance = min(1.0 - NEVER, max(NEVER, chance))
    return math.log(chance / (1.0 - chance))


def features(decoded: Decoded, *, nested: bool, direct: bool) -> tuple[float, ...]:
    """In the order of FEATURES."""
    words = sum(hi - lo for lo, hi in decoded.content)
    lo, hi = decoded.candidate.cue
    return (
        log_odds(decoded.candidate.chance),
        max(-10.0, min(10.0, decoded.candidate.valid)),
        max(LOWEST_PATH, decoded.path),
        log_odds(decoded.weakest),
        log_odds(decoded.source_chance) if decoded.source else 0.0,
        log_odds(decoded.content_chance),
        float(decoded.source is not None),
        float(nested),
        float(direct),
        math.log(max(1, words)),
        float(min(hi - lo, 8)),
    )
