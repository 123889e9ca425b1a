"""Average the weights of several runs of the second model into one.

    python -m training.soup runs/deeds/model.pt runs/deeds-2/model.pt --out runs/deeds.pt

Runs from the same start end near enough to each other that what lies between them is better than either (Wortsman and others
2022), and costs nothing when it is used.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training.averaging import mean_of
from training.train_deeds import load, save


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    save(mean_of([load(path) for path in args.models]), args.out)


if __name__ == "__main__":
    main()
