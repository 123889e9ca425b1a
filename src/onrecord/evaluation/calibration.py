"""Are the scores chances? Reliability of (score, right) pairs, and a map that turns features into chances.

The map is a logistic one over a small feature matrix (with one feature, the score's log-odds, it is Platt's), fitted in
numpy and deterministic. It is measured by cross-fitting over articles: the statements of one article are never judged by
a map that has seen that article.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

BINS = 10
FOLDS = 10
L2 = 1.0  # ridge on standardised weights: hardly felt over thousands of pairs, and it keeps separable data finite
_MAX_STEPS = 100
_TOLERANCE = 1e-10


@dataclass(frozen=True, slots=True)
class ScoredStatement:
    """A predicted statement's score, and whether the statement is right by the relaxed rule."""

    article: str
    statement: str
    score: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """One bin of a reliability table: how many pairs, their mean score and the share that is right."""

    count: int
    low: float
    high: float
    score: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far scores are from the shares that they promise, over bins of equal mass."""

    count: int
    expected_calibration_error: float
    brier: float
    bins: tuple[Bin, ...]


class ChanceMap(Protocol):
    """A fitted map from features to chances."""

    def __call__(self, features: npt.ArrayLike) -> Array:
        """Chances, one for each row of `features`."""


Fit = Callable[[Array, Array], ChanceMap]


def reliability(scores: npt.ArrayLike, right: npt.ArrayLike, *, bins: int = BINS) -> Reliability:
    """Reliability table, expected calibration error and Brier score. Raises ValueError where there are no pairs.

    The pairs' order cannot matter: pairs of equal score that fall into two bins share their right ones evenly.
    """
    score, truth = _vector(scores), _vector(right)
    if not len(score) or len(score) != len(truth):
        raise ValueError(f"{len(score)} scores for {len(truth)} outcomes")
    order = np.argsort(score, kind="stable")
    ranked = score[order]
    shared = _mean_over_ties(ranked, truth[order])
    parts = [p for p in np.array_split(np.arange(len(ranked)), bins) if len(p)]
    table = tuple(
        Bin(len(p), float(ranked[p[0]]), float(ranked[p[-1]]), float(ranked[p].mean()), float(shared[p].mean()))
        for p in parts
    )
    error = sum(b.count * abs(b.score - b.right) for b in table) / len(ranked)
    return Reliability(len(ranked), error, float(np.mean((score - truth) ** 2)), table)


@dataclass(frozen=True, slots=True)
class LogisticMap:
    """``1 / (1 + exp(-(intercept + features @ weights)))``, in the features' own units."""

    intercept: float
    weights: tuple[float, ...]

    def __call__(self, features: npt.ArrayLike) -> Array:
        """Chances, one for each row."""
        logits = self.intercept + _matrix(features) @ np.asarray(self.weights)
        return _sigmoid(logits)


def fit_logistic(features: npt.ArrayLike, right: npt.ArrayLike, *, l2: float = L2) -> LogisticMap:
    """Logistic regression by Newton's method, ridge `l2` on the standardised weights and none on the intercept."""
    x, y = _matrix(features), _vector(right)
    if not len(y) or len(x) != len(y):
        raise ValueError(f"{len(x)} rows for {len(y)} outcomes")
    mean, scale = x.mean(axis=0), x.std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    design = np.column_stack([np.ones(len(x)), (x - mean) / scale])
    ridge = np.full(design.shape[1], l2)
    ridge[0] = _TOLERANCE  # not zero: outcomes that are all alike would send the intercept to infinity
    weights = np.zeros(design.shape[1])
    loss = _penalised_loss(design, y, weights, ridge)
    for _ in range(_MAX_STEPS):
        chance = _sigmoid(design @ weights)
        gradient = design.T @ (chance - y) + ridge * weights
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        weights, loss, gained = _descend(design, y, ridge, weights, step, loss)
        if gained < _TOLERANCE:
            break
    slopes = weights[1:] / scale
    return LogisticMap(float(weights[0] - slopes @ mean), tuple(float(w) for w in slopes))


def article_folds(articles: Sequence[str], *, folds: int = FOLDS) -> npt.NDArray[np.int64]:
    """Fold of each row, whole articles together.

    Articles are dealt out in the order of their names, which begin with the outlet in PolNeAR: so each fold has its
    part of every outlet, and the same articles always fall into the same folds.
    """
    dealt = {name: k % folds for k, name in enumerate(sorted(set(articles)))}
    return np.array([dealt[a] for a in articles], dtype=np.int64)


def cross_fit(
    features: npt.ArrayLike,
    right: npt.ArrayLike,
    articles: Sequence[str],
    fit: Fit = fit_logistic,
    *,
    folds: int = FOLDS,
) -> Array:
    """Chance of each row by a map fitted on the other folds' articles."""
    x, y = _matrix(features), _vector(right)
    fold = article_folds(articles, folds=folds)
    if not len(x) == len(y) == len(fold):
        raise ValueError(f"{len(x)} rows, {len(y)} outcomes and {len(fold)} articles")
    chances = np.empty(len(y))
    for k in np.unique(fold):
        held = fold == k
        if held.all():
            raise ValueError("cross-fitting needs rows of two articles at least")
        chances[held] = fit(x[~held], y[~held])(x[held])
    return chances


def _descend(
    design: Array, y: Array, ridge: Array, weights: Array, step: Array, loss: float
) -> tuple[Array, float, float]:
    """New weights, their loss and what was gained. Newton's step is halved until it gains: full ones may overshoot."""
    size = 1.0
    while size > _TOLERANCE:
        tried = weights - size * step
        after = _penalised_loss(design, y, tried, ridge)
        if after <= loss:
            return tried, after, loss - after
        size /= 2
    return weights, loss, 0.0


def _penalised_loss(design: Array, y: Array, weights: Array, ridge: Array) -> float:
    logits = design @ weights
    return float(np.sum(np.logaddexp(0.0, logits) - y * logits) + 0.5 * np.sum(ridge * weights**2))


def _sigmoid(logits: Array) -> Array:
    # By way of tanh: exp() of a large logit would overflow.
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * logits)))


def _mean_over_ties(ranked: Array, truth: Array) -> Array:
    _, place, count = np.unique(ranked, return_inverse=True, return_counts=True)
    return np.asarray((np.bincount(place, weights=truth) / count)[place])


def _vector(values: Any) -> Array:
    vector = np.asarray(values, dtype=np.float64)
    if vector.ndim != 1 or not np.isfinite(vector).all():
        raise ValueError("expected a row of finite numbers")
    return vector


def _matrix(values: Any) -> Array:
    """[rows, features]; a plain row of numbers is one feature."""
    matrix = np.asarray(values, dtype=np.float64)
    if matrix.ndim == 1:
        matrix = matrix[:, None]
    if matrix.ndim != 2 or not np.isfinite(matrix).all():
        raise ValueError("expected a matrix of finite numbers")
    return matrix
