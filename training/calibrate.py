"""Fit the score of a statement, and the least score that makes one, on development articles; write both into the weights.

    python -m training.calibrate --data $DATA --weights src/onrecord/weights

The map is fitted on PolNeAR's development articles and on the stories left out of training (which mark statements inside
others, as PolNeAR does not). It is measured by cross-fitting over articles, so that no article is judged by a map that has
seen it. A candidate is a statement from a score on that lies halfway between the best for PolNeAR and the best for the
stories, by relaxed F1: the curves are flat in between, and the one writes of politics and the other of everything else.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onrecord.analysis import Analyzer, OnnxHeads, load_weights
from onrecord.articles import build_article
from onrecord.evaluation import LogisticMap, Reliability, cross_fit, fit_logistic, reliability
from onrecord.evaluation.matching import Letters, RoleLetters, Roles, pair_up, right_by_relaxed_rule
from onrecord.evaluation.polnear import load_polnear
from onrecord.extract.boundaries import marks_of
from onrecord.extract.scoring import FEATURES, features
from onrecord.extract.statements import drafts_of, parents_of
from onrecord.records import Article, RawDocument
from training.corpora import story_golds
from training.stories import story_folders
from training.train import LEFT_OUT

log = logging.getLogger("training")
GRID = np.arange(0.2, 0.72, 0.05)


@dataclass(frozen=True)
class Judged:
    """One development article: what was drafted of it, with features, and its gold. `marks_nested`: see the module."""

    id: str
    drafts: tuple[RoleLetters, ...]
    rows: np.ndarray
    nested: tuple[bool, ...]
    gold: tuple[RoleLetters, ...]
    marks_nested: bool

    def relaxed(self, kept: Sequence[int]) -> tuple[list[int], int]:
        """Indices of the right ones among the drafts kept, and how many count (unmatched nested ones may not)."""
        pairs = {p: g for g, p in pair_up([self.drafts[k] for k in kept], self.gold).items()}
        right = [kept[p] for p, g in pairs.items() if right_by_relaxed_rule(self.drafts[kept[p]], self.gold[g])]
        counted = sum(self.marks_nested or p in pairs or not self.nested[k] for p, k in enumerate(kept))
        return right, counted


def judge(analyzer: Analyzer, texts: Iterable[tuple[str, str, Sequence[Roles], bool]]) -> list[Judged]:
    """Draft every candidate of the articles, however unlikely, beside the gold."""
    out = []
    with ThreadPoolExecutor(2) as executor:
        for id_, text, gold, marks_nested in texts:
            article = build_article(RawDocument(origin=id_, text=text))
            if article.unread:
                continue
            out.append(_judged(analyzer, executor, id_, article, gold, marks_nested))
    return out


def _judged(
    analyzer: Analyzer,
    executor: ThreadPoolExecutor,
    id_: str,
    article: Article,
    gold: Sequence[Roles],
    marks_nested: bool,
) -> Judged:
    analysis = analyzer.finish(analyzer.start(article, executor))
    drafts = drafts_of(article, analysis, marks_of(analysis.words, [p.end for p in article.paragraphs]))
    parents = parents_of([(d.cue, d.content) for d in drafts])
    rows = [
        features(d.decoded, nested=p is not None, direct=d.form == "direct")
        for d, p in zip(drafts, parents, strict=True)
    ]
    letters = Letters(article.text)
    return Judged(
        id_,
        tuple(letters.of_roles(Roles(d.source, d.cue, d.content)) for d in drafts),
        np.array(rows, np.float64).reshape(-1, len(FEATURES)),
        tuple(p is not None for p in parents),
        tuple(letters.of_roles(g) for g in gold),
        marks_nested,
    )


def pairs_of(articles: Sequence[Judged]) -> tuple[np.ndarray, np.ndarray, list[str], np.ndarray]:
    """Features, rightness, article and whether it counts, for each draft of all articles."""
    rows, right, names, counts = [], [], [], []
    for a in articles:
        every = list(range(len(a.drafts)))
        good = set(a.relaxed(every)[0])
        matched = set(pair_up(a.drafts, a.gold).values())
        rows.append(a.rows)
        right += [k in good for k in every]
        names += [a.id] * len(every)
        counts += [a.marks_nested or not a.nested[k] or k in matched for k in every]
    return np.concatenate(rows), np.array(right, np.float64), names, np.array(counts)


def relaxed_f1(articles: Sequence[Judged], scores: dict[str, np.ndarray], least: float) -> tuple[float, float, float]:
    """Precision, recall and F1 by the relaxed rule of the drafts that score at least `least`."""
    right = predicted = gold = 0
    for a in articles:
        good, counted = a.relaxed([k for k in range(len(a.drafts)) if scores[a.id][k] >= least])
        right, predicted, gold = right + len(good), predicted + counted, gold + len(a.gold)
    return right / max(predicted, 1), right / gold, 2 * right / (predicted + gold)


def fit(dev: Sequence[Judged], stories: Sequence[Judged]) -> dict[str, object]:
    """The settings' `calibration`, with its figures told in the log."""
    rows, right, names, counts = pairs_of([*dev, *stories])
    known = np.flatnonzero(counts)
    chances = np.zeros(len(right))
    crossed = cross_fit(rows[known], right[known], [names[k] for k in known])
    final = fit_logistic(rows[known], right[known])
    chances[:] = final(rows)
    chances[known] = crossed
    name = np.array(names)
    scores = {a.id: chances[name == a.id] for a in [*dev, *stories]}
    table = [(least, *relaxed_f1(dev, scores, least), *relaxed_f1(stories, scores, least)) for least in GRID]
    for row in table:
        log.info("least %.2f  dev P %.3f R %.3f F1 %.3f   stories P %.3f R %.3f F1 %.3f", *row)
    best = (max(table, key=lambda row: row[3])[0] + max(table, key=lambda row: row[6])[0]) / 2
    of_dev = np.isin(name, [a.id for a in dev]) & counts & (chances >= best)
    measured = reliability(chances[of_dev], right[of_dev])
    log.info(
        "cross-fitted on dev: expected calibration error %.4f, Brier %.4f",
        measured.expected_calibration_error,
        measured.brier,
    )
    for weight, feature in sorted(zip(final.weights, FEATURES, strict=True)):
        log.info("  %-15s %.4f", feature, weight)
    return settings_of(final, float(best), measured, articles=len(dev))


def settings_of(fitted: LogisticMap, least: float, measured: Reliability, **counted: int) -> dict[str, object]:
    """A fitted map as the weights' settings keep it, with how it did on what it had not seen."""
    return {
        "intercept": round(fitted.intercept, 5),
        "weights": [round(w, 5) for w in fitted.weights],
        "least": round(least, 3),
        "crossfit": {
            "expected_calibration_error": round(measured.expected_calibration_error, 4),
            "brier": round(measured.brier, 4),
            **counted,
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    weights = load_weights(args.weights)
    analyzer = Analyzer(OnnxHeads(args.weights), weights.tokenizer, weights.settings)
    dev = judge(analyzer, ((a.id, a.text, a.attributions, False) for a in load_polnear(args.data / "polnear" / "dev")))
    stories = judge(analyzer, ((*s[:3], True) for s in story_golds(story_folders(args.data), only=LEFT_OUT)))
    path = args.weights / "model.json"
    settings = json.loads(path.read_text(encoding="utf8"))
    settings["calibration"] = fit(dev, stories)
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
