"""Keep how well the packaged weights find statements, by which `onrecord stats --corrected` goes.

onrecord evaluate polnear DIR --format json | python tools/quality.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from onrecord.pipeline import Reader

TABLE = Path(__file__).resolve().parent.parent / "src" / "onrecord" / "evaluation" / "quality.json"
RULE = "a statement counts as right where the contents' characters have an F1 of at least .5 and the sources overlap"


def main() -> None:
    scores = json.load(sys.stdin)
    found = scores["triple_relaxed"]
    table = {
        "corpus": "PolNeAR, development split: 84 American political news articles of 2016, 7 outlets",
        "rule": RULE,
        "articles": scores["articles"],
        "weights": Reader.load(1).run.weights,
        **{name: found[name] for name in ("right", "predicted", "gold")},
    }
    TABLE.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")
    print(f"wrote {TABLE.name}")


if __name__ == "__main__":
    main()
