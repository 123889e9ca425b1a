"""Keep how well the packaged weights find statements, by which `onrecord stats --corrected` goes.

onrecord evaluate polnear DIR --format json | python tools/quality.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from onrecord.pipeline import Reader

TABLE = Path(__file__).resolve().parent.parent / "src" / "onrecord" / "query" / "quality.json"
RULE = "a statement counts as right where the contents' characters have an F1 of at least .5 and the sources overlap"
COLUMNS = ("right", "predicted", "gold")
"""Statements of an article, by the rule."""


def main() -> None:
    scores = json.load(sys.stdin)
    # Sums of each article and no words of it: by these anybody can make the intervals anew.
    articles = [[found[name] for name in COLUMNS] for _, found in sorted(scores["by_article"].items())]
    told = {
        "corpus": "PolNeAR, development split: 84 American political news articles of 2016, 7 outlets",
        "rule": RULE,
        "weights": Reader.load(1).run.weights,
        "columns": COLUMNS,
    }
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}," for name, value in told.items()]
    rows = ",\n".join(f"    {json.dumps(row)}" for row in articles)
    TABLE.write_text("\n".join(["{", *lines, f'  "articles": [\n{rows}\n  ]', "}"]) + "\n", encoding="utf-8")
    print(f"wrote {TABLE.name}")


if __name__ == "__main__":
    main()
