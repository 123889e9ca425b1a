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

Z = 1.959964
"""Of the standard normal distribution: 95 in 100 lie within so many deviations."""

WIDENED = 1.2
"""By how much intervals are wider than Student's: articles of which much is missed are rare and far out. With 1 intervals held
in 92 to 94 of 100 where both the articles measured and those counted were drawn anew from the 84, with 1.1 in 93 to 96, with 1.2
in 94 to 97 (1, 2, 3, 5, 10, 30 and 84 articles counted, 3,000 draws each; tests/query/test_correcting.py does some).
"""


@dataclass(frozen=True, slots=True)
class Interval:
    """A value, and the least and the most that it is with 95% confidence."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Quality:
    """How the reader was measured: on what, by which weights; right, predicted and gold statements of each of the articles."""

    corpus: str
    rule: str
    weights: str
    articles: tuple[tuple[int, int, int], ...]

    @property
    def sums(self) -> tuple[int, int, int]:
        """Right, predicted and gold of all articles."""
        right, predicted, gold = (sum(article[k] for article in self.articles) for k in range(3))
        return right, predicted, gold

    @property
    def precision(self) -> float:
        right, predicted, _ = self.sums
        return right / predicted

    @property
    def recall(self) -> float:
        right, _, gold = self.sums
        return right / gold


@cache
def quality() -> Quality:
    """What was measured of the weights of the package (tools/quality.py makes the table anew)."""
    table = json.loads(files("onrecord.query").joinpath("quality.json").read_text(encoding="utf-8"))
    articles = tuple((right, predicted, gold) for right, predicted, gold in table["articles"])
    return Quality(table["corpus"], table["rule"], table["weights"], articles)


def corrected(count: int, of: Quality) -> Interval:
    """What a perfect reader would have counted where this one counted so many statements, with its interval.

    Statements of one article hang together, so articles are what is drawn: the ratio of gold to predicted is that of sums over
    articles, with the variance of a ratio estimator (Cochran 1977, Sampling Techniques, section 6.4). Two things are uncertain:
    that ratio, since so many articles were measured and no more; and how far the articles counted lie from it, as those measured
    do (their squared residuals by statement predicted: a variance that grows with size). So the interval of a small count is
    wide, and that of a large one never narrower than the measurement. It does not cover that other news may be read otherwise,
    nor days that are read wrongly. At least 0; Student's t with a degree less than articles, times WIDENED.
    """
    _, predicted, gold = of.sums
    ratio, drawn = gold / predicted, len(of.articles)
    residuals = sum((g - ratio * p) ** 2 for _, p, g in of.articles) * drawn / (drawn - 1)
    spread = WIDENED * _student(drawn - 1) * math.sqrt(residuals * ((count / predicted) ** 2 + count / predicted))
    return Interval(count * ratio, max(0.0, count * ratio - spread), count * ratio + spread)


def _student(freedom: int) -> float:
    """Student's t for 95 in 100, by the expansion in its degrees of freedom (Abramowitz and Stegun 26.7.5), for ten or more."""
    first = (Z**3 + Z) / 4
    second = (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96
    return Z + first / freedom + second / freedom**2
