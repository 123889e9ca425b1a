"""Counts corrected for what the reader misses and makes up.

Of what it should have found it finds a share (its recall), and of what it finds a share is right (its precision): a count times
precision by recall is what a perfect reader would have counted. This is the estimator of Rogan and Gladen (1978, American Journal
of Epidemiology 107:71-76) where what is not there cannot be counted, so that precision stands in for specificity. Both shares
come from a table that was measured on articles with gold (quality.json); on other news they may be others.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.evaluation.auditing import Interval, Z


@dataclass(frozen=True, slots=True)
class Quality:
    """How the reader was measured: on what, by which weights, and how many statements were right, predicted and gold."""

    corpus: str
    rule: str
    articles: int
    weights: str
    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        return self.right / self.predicted

    @property
    def recall(self) -> float:
        return self.right / self.gold


@cache
def quality() -> Quality:
    """What was measured of the weights of the package (tools/quality.py makes the table anew)."""
    return Quality(**json.loads(files("onrecord.evaluation").joinpath("quality.json").read_text(encoding="utf-8")))


def corrected(count: int, of: Quality) -> Interval:
    """What a perfect reader would have counted, with its interval.

    The interval is that of the ratio of gold to predicted, by the delta method on what is right, missed and made up, as if
    statements were missed one by one: it does not cover that other news differs from what was measured.
    """
    missed, made_up = of.gold - of.right, of.predicted - of.right
    ratio = of.gold / of.predicted
    variance = of.right * (1 / of.gold - 1 / of.predicted) ** 2 + missed / of.gold**2 + made_up / of.predicted**2
    spread = math.exp(Z * math.sqrt(variance))
    return Interval(count * ratio, count * ratio / spread, count * ratio * spread)
