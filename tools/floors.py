"""The accuracy floors: measures on the development corpora and fails where a figure is past its bound.

eval_floors.json names the corpora by their path under the data folder, pins their contents, and bounds their figures. Those
under `weights` are not measured here but read from the settings of the weights, as `weights.calibration.crossfit.brier`:
the scores' map is fitted on a corpus, which can judge it only in sample.
`--update` tightens the bounds to what is measured now, with a little slack; it loosens none unless told to. A limit of null
bounds nothing yet: the figure is told, and the next `--update` sets it, once there is anything right to be kept.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from onrecord.analysis import WEIGHTS
from onrecord.articles import build_article
from onrecord.evaluation import (
    Scores,
    as_dict,
    cofenet_documents,
    corpus_documents,
    evaluate_cofenet,
    evaluate_corpus,
    evaluate_polnear,
    polnear_documents,
)
from onrecord.pipeline import Reader
from onrecord.records import RawDocument, Record, WeightsError

FLOORS = Path(__file__).resolve().parent.parent / "eval_floors.json"
# Bounds leave this much room, since int8 arithmetic differs in its last digits between kinds of processor.
SLACK = 0.01


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure must be at least (`min`) or at most (`max`) the limit; without one it may be anything."""

    figure: str
    side: str
    limit: float | None

    def holds(self, value: float) -> bool:
        if self.limit is None:
            return True
        return value >= self.limit if self.side == "min" else value <= self.limit

    def tightened(self, value: float, *, may_loosen: bool) -> float | None:
        """The limit that `value` calls for. A limit of 0 (nothing may fail) stays as it is."""
        if self.limit == 0:
            return self.limit
        measured = round(value - SLACK if self.side == "min" else value + SLACK, 3)
        if self.limit is None:
            return measured if measured > 0 else None  # a floor of 0 would bound nothing, for good
        return measured if may_loosen else (max if self.side == "min" else min)(self.limit, measured)

    def told(self) -> str:
        return f"{self.side} {self.limit}" if self.limit is not None else f"no {self.side} yet: --update sets it"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--update", action="store_true", help="tighten the bounds to what is measured now")
    parser.add_argument("--allow-lower", action="store_true", help="with --update: loosen bounds too")
    options = parser.parse_args()
    pinned: dict[str, dict[str, Any]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    if absent := [name for name in pinned if not (options.data / name).exists()]:
        return skipped(options.data, absent)
    failed = False
    try:
        reader, settings = Reader.load(), json.loads((WEIGHTS / "model.json").read_text(encoding="utf-8"))
    except WeightsError as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    for name, corpus in pinned.items():
        path = options.data / name
        contents = fingerprint(path)
        if options.update:
            corpus["sha256"] = contents
        elif corpus["sha256"] != contents:
            print(f"FAILED {name}: not the corpus that the floors were measured on")
            failed = True
            continue
        figures = measure(reader, path) | {"weights": settings}
        for bound in bounds(corpus):
            value = figure(figures, bound.figure)
            if value is None:
                print(f"FAILED {name}: there is no figure {bound.figure}")
                failed = True
                continue
            if options.update:
                limit = bound.tightened(value, may_loosen=options.allow_lower)
                corpus["bounds"][bound.figure][bound.side] = limit
                bound = Bound(bound.figure, bound.side, limit)
            verdict = "ok    " if bound.holds(value) else "FAILED"
            failed |= not bound.holds(value)
            print(f"{verdict} {name}: {bound.figure} {value:.4f} ({bound.told()})")
    if options.update:
        FLOORS.write_text(json.dumps(pinned, indent=2) + "\n", encoding="utf-8")
    return int(failed)


def skipped(data: Path, absent: list[str]) -> int:
    """Say loudly that nothing was measured. Where changes are judged, that is a failure."""
    line = "*" * 78
    print(f"{line}\nACCURACY FLOORS SKIPPED: {', '.join(absent)} not in {data} (set DATA)\n{line}", file=sys.stderr)
    return int(os.environ.get("CI") == "true")


def measure(reader: Reader, path: Path) -> dict[str, object]:
    """All figures of one corpus: a CofeNet file, or a folder that is one with complete gold or else a PolNeAR split."""
    documents_of, evaluate = rule(path)
    outcomes = reader.read_many(build_article(document) for document in documents_of(path))
    records = (r for r in outcomes if isinstance(r, Record))  # what failed is bounded as `unusable` or `unread`
    return as_dict(evaluate(path, records))


def rule(path: Path) -> tuple[Callable[[Path], Iterator[RawDocument]], Callable[[Path, Iterator[Record]], Scores]]:
    """What reads a corpus and what scores it."""
    if path.is_file():
        return cofenet_documents, evaluate_cofenet
    if (path / "articles").is_dir():
        return corpus_documents, evaluate_corpus
    # The labels of a split lie beside the splits' folder: speakers are bounded where they are.
    labels = path.parent.parent / "labels" / f"{path.name}.tsv"
    return polnear_documents, partial(evaluate_polnear, labels=labels if labels.exists() else None)


def bounds(corpus: dict[str, Any]) -> Iterator[Bound]:
    for name, sides in corpus["bounds"].items():
        for side, limit in sides.items():
            yield Bound(name, side, limit)


def figure(figures: dict[str, object], dotted: str) -> float | None:
    """The figure at a dotted path, as in ``triple_relaxed.f1``; None where there is none."""
    value: Any = figures
    for key in dotted.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return None if value is None else float(value)


def fingerprint(path: Path) -> str:
    """Hash of a file, or of all files of a folder with their names."""
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(path.parent).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
