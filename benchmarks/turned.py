"""How often two statements of one speaker that differ by a negation are a reversal, by the rule of onrecord.clashes.turning.

    python benchmarks/turned.py

The pairs of turned.tsv are made, written after the rule's idea and before its figures: half of them plain reversals, half near
ones (another day, number or thing). They tell what the rule takes for a reversal, not how often news has one.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import onrecord
from onrecord.clashes import accounts_of
from onrecord.clashes.turning import turned

PAIRS = Path(__file__).with_name("turned.tsv")
DAYS = ("2031-04-04", "2031-05-16")


def main() -> None:
    """Print precision and recall."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    told = [(found(row["earlier"], row["later"]), row["reversal"] == "yes") for row in rows]
    right = sum(f and r for f, r in told)
    print(f"{len(rows)} pairs, {sum(r for _, r in told)} reversals")
    print(f"found {sum(f for f, _ in told)}, right {right}: P {right / max(1, sum(f for f, _ in told)):.2f}", end=" ")
    print(f"R {right / max(1, sum(r for _, r in told)):.2f}")
    for row, (f, r) in zip(rows, told, strict=True):
        if f != r:
            print(f"  {'found' if f else 'missed'}: {row['earlier']} | {row['later']}")


def found(earlier: str, later: str) -> bool:
    """Whether any two statements of two texts are one turned round, all of one speaker."""
    sides = [
        accounts_of(onrecord.read(text, published=day)).accounts
        for text, day in zip((earlier, later), DAYS, strict=True)
    ]
    one = frozenset({"one"})
    return any(turned(replace(a, speakers=one), replace(b, speakers=one)) for a in sides[0] for b in sides[1])


if __name__ == "__main__":
    main()
