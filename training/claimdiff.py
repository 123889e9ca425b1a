"""How far the judge's numbers tell which of two claims weakens the other (ClaimDiff, NAACL 2022), beside the likeness of vectors.

    python -m training.claimdiff --data $DATA

Its claims have no speaker, act or target: only what their words and vectors tell counts. Topics are crossed, so that no pair is
judged by what was learned from its own topic; the intervals come from drawing topics anew. `--data` holds
``claimdiff/weak-train.json``. Needs scikit-learn: see training/requirements.txt.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import GroupKFold

from onrecord.analysis.sentences import Embedder
from onrecord.clashes import Account, Judge
from onrecord.clashes.features import FEATURES, features_of
from onrecord.clashes.two_articles import ACROSS
from onrecord.records import Span

NOBODY: frozenset[str] = frozenset()
DRAWS = 1_000
"""Draws of topics for an interval."""

Numbers = NDArray[np.floating]


def account(article: str, number: int, claim: str, vector: bytes) -> Account:
    """A claim by nobody known."""
    return Account(
        article, article, f"{article}-{number}", None, 0, 0, 0, "indirect", NOBODY, None, None, None, NOBODY, None, "", "",
        (claim,), (Span(0, len(claim)),), NOBODY, vector=vector,
    )  # fmt: skip


def numbers_of(rows: list[dict[str, Any]]) -> NDArray[np.float32]:
    """What the judge sees of each pair, a row each, columns as in FEATURES."""
    claims = [row[side] for row in rows for side in ("claim_a", "claim_b")]
    vectors = [v.tobytes() for v in Embedder.load().embed(claims)]
    told = [account("ab"[n % 2], n // 2, claim, vectors[n]) for n, claim in enumerate(claims)]
    return features_of(list(zip(told[::2], told[1::2], strict=True)), {})


def crossed(x: Numbers, y: NDArray[np.int_], topics: NDArray[np.str_]) -> Numbers:
    """Chances of trees that have not seen the pair's topic, over five folds."""
    chances = np.zeros(len(y))
    for learned, held in GroupKFold(5).split(x, y, topics):
        trees = HistGradientBoostingClassifier(
            max_iter=50, max_leaf_nodes=5, learning_rate=0.06, min_samples_leaf=20, l2_regularization=5, random_state=0
        )
        chances[held] = trees.fit(x[learned], y[learned]).predict_proba(x[held])[:, 1]
    return chances


def interval(y: NDArray[np.int_], scores: Numbers, topics: NDArray[np.str_]) -> tuple[float, float]:
    """What 95 of 100 areas lie between when topics are drawn anew, with replacement."""
    of_topic = [np.flatnonzero(topics == topic) for topic in np.unique(topics)]
    chance = np.random.default_rng(0)
    areas = []
    for _ in range(DRAWS):
        drawn = np.concatenate([of_topic[k] for k in chance.integers(len(of_topic), size=len(of_topic))])
        if 0 < y[drawn].sum() < len(drawn):
            areas.append(roc_auc_score(y[drawn], scores[drawn]))
    low, high = np.percentile(areas, (2.5, 97.5))
    return float(low), float(high)


def main() -> None:
    """Print areas under the curve, and average precision beside the share of weakening pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds claimdiff/")
    path = parser.parse_args().data / "claimdiff" / "weak-train.json"
    if not path.is_file():
        parser.error(f"{path} is not there")
    rows = json.loads(path.read_text(encoding="utf8"))["data"]
    y, topics = np.array([row["relation"] for row in rows]), np.array([row["topic"] for row in rows])
    print(f"{len(y)} pairs on {len(np.unique(topics))} topics, {y.sum()} weaken: {y.mean():.3f}")
    x = numbers_of(rows)
    sums = Judge.load().across.forest(x[:, ACROSS])
    cosine = x[:, [FEATURES.index("cosine")]]
    told: dict[str, Numbers] = {
        "likeness of vectors": cosine[:, 0],
        "trees on likeness alone, crossed": crossed(cosine, y, topics),
        "judge as it is": sums,
        "trees on the judge's numbers, crossed": crossed(np.c_[x[:, ~np.isnan(x).all(axis=0)], sums], y, topics),
    }
    for name, scores in told.items():
        low, high = interval(y, scores, topics)
        area, precision = roc_auc_score(y, scores), average_precision_score(y, scores)
        print(f"{name}: AUC {area:.3f} ({low:.3f} to {high:.3f}), average precision {precision:.3f}")


if __name__ == "__main__":
    main()
