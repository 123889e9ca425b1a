"""How far the judge's numbers tell which of two claims weakens the other (ClaimDiff, NAACL 2022), beside the likeness of vectors.

    python -m training.claimdiff --data ../shared/data

Its claims have no speaker, act or target: only what their words and vectors tell counts. Topics are crossed.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from onrecord.analysis.sentences import Embedder
from onrecord.clashes import Account, Judge
from onrecord.clashes.features import FEATURES, LARGE, features_of
from onrecord.records import Span

NOBODY: frozenset[str] = frozenset()


def account(article: str, number: int, claim: str, vector: bytes) -> Account:
    """A claim by nobody known."""
    return Account(
        article, article, f"{article}-{number}", None, 0, 0, 0, "indirect", NOBODY, None, None, None, NOBODY, None, "", "",
        (claim,), (Span(0, len(claim)),), NOBODY, vector=vector,
    )  # fmt: skip


def main() -> None:
    """Print areas under the curve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    rows = json.loads((options.data / "claimdiff" / "weak-train.json").read_text(encoding="utf8"))["data"]
    claims = [row[side] for row in rows for side in ("claim_a", "claim_b")]
    vectors = [v.tobytes() for v in Embedder.load().embed(claims)]
    told = [account("ab"[n % 2], n // 2, claim, vectors[n]) for n, claim in enumerate(claims)]
    x = features_of(list(zip(told[::2], told[1::2], strict=True)), {})
    y = np.array([row["relation"] for row in rows])
    sums = Judge.load().across.forest(x[:, LARGE])
    seen = np.c_[x[:, ~np.isnan(x).all(axis=0)], sums]
    crossed = np.zeros(len(y))
    for learned, held in GroupKFold(5).split(seen, y, [row["topic"] for row in rows]):
        trees = HistGradientBoostingClassifier(
            max_iter=50, max_leaf_nodes=5, learning_rate=0.06, min_samples_leaf=20, l2_regularization=5, random_state=0
        )
        crossed[held] = trees.fit(seen[learned], y[learned]).predict_proba(seen[held])[:, 1]
    cosine = x[:, FEATURES.index("cosine")]
    for name, scores in (("likeness", cosine), ("judge as it is", sums), ("trees on its numbers", crossed)):
        print(f"{name}: AUC {roc_auc_score(y, scores):.3f}")


if __name__ == "__main__":
    main()
