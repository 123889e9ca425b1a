"""What the verdicts in clashes_judged.tsv say of the clashes that onrecord ranks first.

    python benchmarks/clashes_judged.py                       # the list that was judged
    python benchmarks/clashes_judged.py --anew clashes.jsonl  # another list over the same articles, as far as it is judged

A line of such a list is what ``onrecord clashes --format ndjson`` writes. A pair of it has the verdict of a judged pair
whose sides share at least half of their characters with its own, whatever kind is given to it; its other pairs are told, to be
judged too.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.evaluation.auditing import wilson

JUDGED = Path(__file__).with_suffix(".tsv")
FIRST = (10, 30, 50, 100)
OF_NO_LABEL = ("none", "unpaired", "across")
"""In place of a label's kind: both sides labelled but no clash; a side that is not in the gold; sides in two articles."""


@dataclass(frozen=True, slots=True)
class Side:
    """Where one side of a clash stands: an article by its name, and characters of its text."""

    article: str
    characters: frozenset[int]

    def is_near(self, other: Side) -> bool:
        """Whether both are of one article and share at least half of the characters of either."""
        if self.article != other.article:
            return False
        return 2 * len(self.characters & other.characters) >= len(self.characters | other.characters)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides, as they were ranked."""

    kind: str
    score: float
    a: Side
    b: Side

    def is_near(self, other: Pair) -> bool:
        """Whether both pairs are of the same two sides, in either order."""
        straight = self.a.is_near(other.a) and self.b.is_near(other.b)
        return straight or (self.a.is_near(other.b) and self.b.is_near(other.a))


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair and what a reader of its articles says of it."""

    pair: Pair
    verdict: str
    right_kind: str
    cause: str
    voices: str
    same_as: str
    gold: str

    @property
    def across(self) -> bool:
        """Whether the sides stand in two articles."""
        return self.pair.a.article != self.pair.b.article


def read_judged(path: Path) -> list[Judged]:
    """The verdicts, in the order of the ranking."""
    with path.open(encoding="utf8", newline="") as lines:
        return [
            Judged(
                Pair(
                    row["kind"], float(row["score"]),
                    Side(row["article_a"], _characters(row["spans_a"])), Side(row["article_b"], _characters(row["spans_b"])),
                ),
                row["verdict"], row["right_kind"], row["cause"], row["voices"], row["same_as"], row["gold"],
            )
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]  # fmt: skip


def _characters(spans: str) -> frozenset[int]:
    ends = (tuple(map(int, span.split("-"))) for span in spans.split(","))
    return frozenset(place for start, end in ends for place in range(start, end))


def read_list(lines: Iterable[str]) -> list[Pair]:
    """A ranking as onrecord writes it."""
    told = (json.loads(line) for line in lines if line.strip())
    return [Pair(one["kind"], one["score"] or 0.0, _side(one["a"]), _side(one["b"])) for one in told]


def _side(told: dict[str, object]) -> Side:
    spans = told["spans"]
    assert isinstance(spans, list)
    return Side(str(told["article"]), frozenset(place for start, end in spans for place in range(start, end)))


def share(right: int, total: int) -> str:
    """A precision with its 95% interval (Wilson's)."""
    found = wilson(right, total)
    return f"{right:3} of {total:3}  {found.value:.3f} ({found.low:.3f} to {found.high:.3f})"


def precision(rows: Sequence[Judged]) -> str:
    """How many are clashes; what the reader was unsure of counts as none, and is told."""
    said = Counter(row.verdict for row in rows)
    unsure = f", {said['unsure']} more unsure" if said["unsure"] else ""
    return share(said["yes"], len(rows)) + unsure


def agreement(rows: Iterable[Judged]) -> tuple[int, int, int, int]:
    """Of the pairs that the labels could have: both yes, by hand alone, by the labels alone, neither."""
    asked = [(r.verdict == "yes", r.gold not in OF_NO_LABEL) for r in rows if r.gold not in ("unpaired", "across")]
    counts = Counter(asked)
    return counts[True, True], counts[True, False], counts[False, True], counts[False, False]


def kappa(both: int, hand: int, labels: int, neither: int) -> float:
    """Cohen's: how much more often the two agree than chance would have them."""
    total = both + hand + labels + neither
    seen = (both + neither) / total
    chance = ((both + hand) * (both + labels) + (labels + neither) * (hand + neither)) / total**2
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0


def tell(rows: Sequence[Judged]) -> None:
    """Print every figure."""
    clashes = [row for row in rows if row.verdict == "yes"]
    for first in FIRST:
        print(f"first {first:3}: {precision(rows[:first])}")
    print(f"by their scores {sum(row.pair.score for row in rows):.1f} of {len(rows)} would be clashes")
    told: list[tuple[str, Callable[[Judged], str]]] = [
        ("kind given", lambda row: row.pair.kind),
        ("articles", lambda row: "across" if row.across else "within"),
    ]
    for name, of in told:
        for value, _ in Counter(map(of, rows)).most_common():
            print(f"{name} {value}: {precision([row for row in rows if of(row) == value])}")
    print(f"of the clashes, kind right: {share(sum(r.pair.kind == r.right_kind for r in clashes), len(clashes))}")
    print(f"of the clashes, both voices named right: {share(sum(r.voices == 'right' for r in clashes), len(clashes))}")
    print(f"of the clashes, quarrels that no clash above them has: {sum(r.same_as == '-' for r in clashes)}")
    for cause, number in Counter(row.cause for row in rows if row.verdict == "no").most_common():
        print(f"no clash, {cause}: {number}")
    both, hand, labels, neither = agreement(rows)
    print(f"labels: clash by both {both}, by hand alone {hand}, by the labels alone {labels}, by neither {neither}")
    print(f"labels: kappa {kappa(both, hand, labels, neither):.2f}; kind as labelled {_kinds_as_labelled(rows)}")


def _kinds_as_labelled(rows: Iterable[Judged]) -> str:
    labelled = [row for row in rows if row.gold not in OF_NO_LABEL and row.verdict == "yes"]
    by_hand = sum(row.right_kind == row.gold for row in labelled)
    given = sum(row.pair.kind == row.gold for row in labelled)
    return f"by hand {by_hand}, by onrecord {given}, of {len(labelled)}"


def tell_anew(pairs: Sequence[Pair], rows: Sequence[Judged]) -> None:
    """Print the precision of another ranking, as far as its pairs were judged, and which of them were not."""
    found = [next((row for row in rows if row.pair.is_near(pair)), None) for pair in pairs]
    for first in FIRST:
        known = [row for row in found[:first] if row is not None]
        print(f"first {first:3}: {precision(known)}; not judged: {len(found[:first]) - len(known)}")
    for rank, (pair, row) in enumerate(zip(pairs[: FIRST[-1]], found, strict=False), 1):
        if row is None:
            print(f"to be judged: rank {rank}, {pair.kind}, {_place(pair.a)} and {_place(pair.b)}")


def _place(side: Side) -> str:
    return f"{side.article} from {min(side.characters, default=0)}"


def main() -> None:
    """Read the verdicts, print what they say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--judged", type=Path, default=JUDGED, help="the verdicts")
    parser.add_argument(
        "--anew", type=Path, metavar="FILE", help="another list, which the verdicts are carried over to"
    )
    options = parser.parse_args()
    rows = read_judged(options.judged)
    if options.anew is None:
        tell(rows)
    else:
        tell_anew(read_list(options.anew.read_text(encoding="utf8").splitlines()), rows)


if __name__ == "__main__":
    main()
