"""Train the judge of clashes.

    python -m training.clashes --pairs runs/clashes.npz --out src/onrecord/weights

Gradient-boosted trees (scikit-learn) over the numbers of `onrecord.clashes`, exported as plain arrays. Chances are calibrated by
Platt's method on scores that each article has from trees that did not see it (or its story).
"""

from __future__ import annotations

import argparse
import logging
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from onrecord.clashes.features import LARGE, WITHIN
from onrecord.clashes.forest import PARTS
from onrecord.clashes.judge import KINDS
from onrecord.clashes.two_articles import ACROSS, ONE_SPEAKER, OWN, TWO_ARTICLES

log = logging.getLogger("training")
Arrays = dict[str, np.ndarray]
NEGATIVES = 0.25
"""Share of the pairs that are none that the trees see; each counts for four."""
OTHER_CORPUS = 0.5
"""Weight of a pair of the invented stories beside one of the news."""
WRITTEN = 0.3
"""The same of the written quarrels, in which clashes are more frequent. Of .3, .5 and 1 the best on PolNeAR dev, by little."""
MISREAD = 1.0
"""Weight of a pair whose acts and targets are as a reader would have them."""
FOLDS = 5
SEEDS = 2
"""Forests that are averaged."""


@dataclass(frozen=True)
class Pairs:
    """Pairs to learn from: numbers (N, F), whether each is a clash, its kind, its group for crossing, and its weight."""

    x: np.ndarray
    y: np.ndarray
    kind: np.ndarray
    group: np.ndarray
    weight: np.ndarray

    def only(self, which: np.ndarray) -> Pairs:
        """Some of them."""
        return Pairs(self.x[which], self.y[which], self.kind[which], self.group[which], self.weight[which])


def load(file: Path, name: str, weight: float) -> tuple[Pairs, np.ndarray]:
    """Pairs of a corpus, and what each is ("within", "across own misread", …)."""
    with np.load(file) as found:
        x, kind, group, what = (found[f"{name}_{part}"] for part in ("x", "kind", "group", "what"))
    misread = np.char.find(what, "misread") >= 0
    return Pairs(x, kind != "", kind, group, np.where(misread, weight * MISREAD, weight)), what


def joined(parts: list[Pairs]) -> Pairs:
    """All pairs of some corpora."""
    return Pairs(*(np.concatenate([getattr(p, f) for p in parts]) for f in ("x", "y", "kind", "group", "weight")))


def trees(
    seed: int, *, rounds: int, leaves: int = 10, signs: list[int] | None = None
) -> HistGradientBoostingClassifier:
    """Chosen by cross-validation on training articles: more leaves or rounds learn the articles by heart. `signs`: of each number
    whether more of it may only raise (1) or lower (-1) the chance.
    """
    return HistGradientBoostingClassifier(
        learning_rate=0.06, max_iter=rounds, max_leaf_nodes=leaves, min_samples_leaf=25, l2_regularization=5.0,
        max_features=0.3, random_state=seed, monotonic_cst=signs,
    )  # fmt: skip


def fitted(
    pairs: Pairs, *, rounds: int, leaves: int = 10, seeds: int = SEEDS, signs: list[int] | None = None
) -> list[HistGradientBoostingClassifier]:
    """Forests over the pairs, each with negatives of its own."""
    out = []
    for seed in range(seeds):
        drawn = np.random.default_rng(seed).random(len(pairs.y)) < NEGATIVES
        seen = pairs.only(pairs.y | drawn)
        weight = seen.weight * np.where(seen.y, 1.0, 1 / NEGATIVES)
        out.append(trees(seed, rounds=rounds, leaves=leaves, signs=signs).fit(seen.x, seen.y, sample_weight=weight))
    return out


def sums(forests: list[HistGradientBoostingClassifier], x: np.ndarray) -> np.ndarray:
    """(N,) mean sums of the leaves."""
    return np.mean([f.decision_function(x) for f in forests], axis=0)


def crossed(
    pairs: Pairs, measured: np.ndarray, *, rounds: int, leaves: int = 10, signs: list[int] | None = None
) -> np.ndarray:
    """(N,) sums that each measured pair has from forests that did not see its group."""
    out = np.full(len(pairs.y), np.nan)
    for seen, held in GroupKFold(FOLDS).split(pairs.x, pairs.y, pairs.group):
        asked = held[measured[held]]
        if len(asked):
            forests = fitted(pairs.only(seen), rounds=rounds, leaves=leaves, seeds=1, signs=signs)
            out[asked] = sums(forests, pairs.x[asked])
    return out


def platt(scores: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Slope and shift that make chances of sums."""
    model = LogisticRegression(C=1e6).fit(scores[:, None], y)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def exported(name: str, forests: list[HistGradientBoostingClassifier]) -> Arrays:
    """Forests as one, in the arrays that `onrecord.clashes.forest` reads."""
    parts: dict[str, list[Any]] = {part: [] for part in PARTS}
    depth = 0
    for forest in forests:
        for (tree,) in forest._predictors:
            nodes, start = tree.nodes, len(parts["feature"])
            parts["roots"].append(start)
            depth = max(depth, int(nodes["depth"].max()))
            for n, node in enumerate(nodes):
                leaf = bool(node["is_leaf"])
                parts["feature"].append(0 if leaf else int(node["feature_idx"]))
                parts["threshold"].append(0.0 if leaf else float(node["num_threshold"]))
                parts["left"].append(start + (n if leaf else int(node["left"])))
                parts["right"].append(start + (n if leaf else int(node["right"])))
                parts["missing_left"].append(bool(node["missing_go_to_left"]))
                parts["value"].append(float(node["value"]) / len(forests) if leaf else 0.0)
    parts["bias"] = [float(np.mean([float(np.ravel(f._baseline_prediction)[0]) for f in forests]))]
    kinds = {"roots": np.int32, "feature": np.int16, "threshold": np.float32, "left": np.int32, "right": np.int32,
                 "missing_left": np.bool_, "value": np.float32, "bias": np.float32}  # fmt: skip
    return {f"{name}_{p}": np.array(v, kinds[p]) for p, v in parts.items()} | {f"{name}_depth": np.array([depth])}


def average_precision(scores: np.ndarray, y: np.ndarray, gold: int | None = None) -> float:
    """As the referee counts it."""
    hits = y[np.lexsort((y, -scores))].astype(float)
    return float((hits * np.cumsum(hits) / np.arange(1, len(hits) + 1)).sum() / (gold or max(1, y.sum())))


def first_eight(scores: np.ndarray, y: np.ndarray, group: np.ndarray) -> float:
    """Recall among the first eight of each article."""
    hit = most = 0
    for article in np.unique(group):
        mine = group == article
        hit += int(y[mine][np.argsort(-scores[mine], kind="stable")[:8]].sum())
        most += min(8, int(y[mine].sum()))
    return hit / max(1, most)


def report(name: str, scores: np.ndarray, y: np.ndarray, group: np.ndarray) -> None:
    """One line of figures."""
    best = y[np.argsort(-scores)[:50]].mean()
    log.info("%-28s AP %.3f  recall in first 8 %.3f  precision of 50 best %.3f  of %d in %d", name,
             average_precision(scores, y), first_eight(scores, y, group), best, y.sum(), len(y))  # fmt: skip


# ---------------------------------------------------------------- the models


def statement_models(
    news: tuple[Pairs, np.ndarray],
    stories: tuple[Pairs, np.ndarray],
    written: tuple[Pairs, np.ndarray],
    foreign: tuple[Pairs, np.ndarray],
) -> Iterator[Arrays]:
    """Within an article, across articles, and of a speaker against himself in one and in two.

    Gold of the stories has few of the clashes between their articles: of the sixteen pairs that this judge is surest of two are
    labelled, and fourteen are clashes by reading. So what clashes between articles is learned from clashes within them and from
    the written quarrels, and what does not from articles of different matters. Its chances are set by pairs that were read.
    """
    pairs = joined([news[0], stories[0], written[0]])
    what = np.concatenate([news[1], stories[1], written[1]])
    from_news = np.arange(len(what)) < len(news[1])
    from_stories = ~from_news & (np.arange(len(what)) < len(news[1]) + len(stories[1]))
    from_written = ~from_news & ~from_stories
    own = np.char.find(what, "own") >= 0
    across = np.char.find(what, "across") >= 0
    misread = np.char.find(what, "misread") >= 0
    here = Pairs(pairs.x[:, WITHIN], pairs.y, pairs.kind, pairs.group, pairs.weight)
    yield _model("within", here, ~own & ~across, from_news & ~misread, rounds=150)
    large = Pairs(pairs.x[:, LARGE], pairs.y, pairs.kind, pairs.group, pairs.weight)
    apart = np.char.find(foreign[1], "own") < 0
    learned = joined([pairs.only(~own & (~across | from_written)), foreign[0].only(apart)])
    yield _across(Pairs(learned.x[:, ACROSS], learned.y, learned.kind, learned.group, learned.weight))
    reversed_ = pairs.kind == "self-reversal"
    for_all = Pairs(large.x, reversed_, pairs.kind, pairs.group, pairs.weight)
    yield _model("own", for_all, own & from_stories, ~misread, rounds=120, leaves=4)
    few = Pairs(pairs.x[:, OWN], reversed_, pairs.kind, pairs.group, pairs.weight)
    signs = list(ONE_SPEAKER.values())
    yield _model("again", few, own & from_stories, across & ~misread, rounds=200, leaves=6, signs=signs)
    yield from _kinds(large.only(~own & pairs.y))


READ = ((0.75, 14, 16), (0.6, 8, 14), (0.52, 7, 15), (0.42, 4, 16), (0.27, 1, 16), (0.14, 0, 14))
"""Of pairs of two articles of the stories, by the chance before calibration (the mean of each lot): how many were clashes by
reading, and how many were read. The two surest lots are all there are, the others drawn at random.
"""


def _across(pairs: Pairs) -> Arrays:
    signs = list(TWO_ARTICLES.values())
    forests = fitted(pairs, rounds=120, leaves=8, signs=signs)
    scores = np.array([math.log(p / (1 - p)) for p, _, total in READ for _ in range(total)])
    right = np.array([n < yes for _, yes, total in READ for n in range(total)])
    slope, shift = platt(scores, right)
    log.info("across: slope %.2f, shift %.2f", slope, shift)
    return exported("across", forests) | {"across_calibration": np.array([slope, shift])}


def _model(
    name: str,
    pairs: Pairs,
    used: np.ndarray,
    measured: np.ndarray,
    *,
    rounds: int,
    leaves: int = 10,
    signs: list[int] | None = None,
) -> Arrays:
    meant = pairs.only(used)
    asked = measured[used]
    scores = crossed(meant, asked, rounds=rounds, leaves=leaves, signs=signs)
    report(f"{name}, crossed", scores[asked], meant.y[asked], meant.group[asked])
    slope, shift = platt(scores[asked], meant.y[asked])
    return exported(name, fitted(meant, rounds=rounds, leaves=leaves, signs=signs)) | {
        f"{name}_calibration": np.array([slope, shift])
    }


def _kinds(pairs: Pairs) -> Iterator[Arrays]:
    meant = pairs.only(np.isin(pairs.kind, KINDS))
    guessed = np.stack(
        [_crossed_kind(Pairs(meant.x, meant.kind == k, meant.kind, meant.group, meant.weight)) for k in KINDS], axis=1
    )
    log.info("kinds, crossed: right %.3f", (np.array(KINDS)[guessed.argmax(axis=1)] == meant.kind).mean())
    for kind in KINDS:
        one = Pairs(meant.x, meant.kind == kind, meant.kind, meant.group, meant.weight)
        yield exported(f"kind_{kind}", [trees(0, rounds=40, leaves=6).fit(one.x, one.y)])


def _crossed_kind(pairs: Pairs) -> np.ndarray:
    out = np.zeros(len(pairs.y))
    for seen, held in GroupKFold(FOLDS).split(pairs.x, pairs.y, pairs.group):
        forest = trees(0, rounds=40, leaves=6).fit(pairs.x[seen], pairs.y[seen])
        out[held] = forest.decision_function(pairs.x[held])
    return out


def count_model(pairs: Pairs) -> Arrays:
    """Figures. The labels of the news have no kind of their own for them: there a clash of any kind counts."""
    scores = np.full(len(pairs.y), np.nan)
    for seen, held in GroupKFold(FOLDS).split(pairs.x, pairs.y, pairs.group):
        scores[held] = _count_trees().fit(pairs.x[seen], pairs.y[seen]).decision_function(pairs.x[held])
    report("figures, crossed", scores, pairs.y, pairs.group)
    slope, shift = platt(scores, pairs.y)
    forest = _count_trees().fit(pairs.x, pairs.y)
    return exported("counts", [forest]) | {"counts_calibration": np.array([slope, shift])}


def _count_trees() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        learning_rate=0.08, max_iter=50, max_leaf_nodes=5, min_samples_leaf=12, l2_regularization=3.0, random_state=0
    )


def main() -> None:
    """Fit, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    file = options.out / "clashes.npz"
    with np.load(file) as kept:
        arrays: Arrays = {name: kept[name] for name in ("stems", "rarities")}
    news, stories = load(options.pairs, "train", 1.0), load(options.pairs, "invented", OTHER_CORPUS)
    others = [load(options.pairs, f"{name}_foreign", 1.0) for name in ("train", "written")]
    foreign = joined([pairs for pairs, _ in others]), np.concatenate([what for _, what in others])
    for part in statement_models(news, stories, load(options.pairs, "written", WRITTEN), foreign):
        arrays |= part
    counted = (load(options.pairs, "invented_figures", 1.0), load(options.pairs, "train_figures", OTHER_CORPUS))
    arrays |= count_model(joined([pairs for pairs, _ in counted]))
    np.savez_compressed(file, **shrunk(arrays))


def shrunk(arrays: Mapping[str, np.ndarray]) -> Arrays:
    """In a fixed order, so that the same training gives the same file."""
    return {name: arrays[name] for name in sorted(arrays)}


if __name__ == "__main__":
    main()
