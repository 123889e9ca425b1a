"""How well clashes are found: among gold statements.

    python benchmarks/clashes.py --data $DATA

`gold`: gold statements of PolNeAR's development articles with their labels, clashes of the labels as the right ones; the chance
that a pair drawn at random is one, and the order that the likeness of sentence vectors gives, stand beside. `demo`: the sample
articles' gold statements as one store. From the reader's own statements
clashes are measured by `onrecord evaluate polnear --labels`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from onrecord.analysis.sentences import Embedder
from onrecord.clashes import Judge, KnownArticle, candidates, within
from onrecord.clashes.readings import reading_of
from onrecord.clashes.shelves import ListShelf
from onrecord.pipeline import Reader
from onrecord.records import Clash
from training.clash_pairs import Story, known_of, reading, stories_of, vectors_of

Ranked = list[tuple[float, str, frozenset[str]]]
"""Score, article or story, and the two statements."""


def figures(ranked: Ranked, gold: Mapping[str, Iterable[frozenset[str]]]) -> dict[str, float]:
    """Average precision, recall among the first eight of each article, precision of the fifty best."""
    right = {(name, pair) for name, pairs in gold.items() for pair in pairs}
    best = sorted(ranked, key=lambda r: -r[0])
    hits = np.array([(name, pair) in right for _, name, pair in best], float)
    by_article: dict[str, list[bool]] = defaultdict(list)
    for _, name, pair in best:
        by_article[name].append((name, pair) in right)
    first = sum(sum(found[:8]) for found in by_article.values())
    most = sum(min(8, len(list(pairs))) for pairs in gold.values())
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return {
        "average precision": round(float((hits * precision).sum() / len(right)), 3),
        "recall in first 8": round(first / most, 3),
        "precision of 50 best": round(float(hits[:50].mean()), 3),
        "gold": len(right),
    }


def ranked_of(name: str, clashes: Iterable[Clash]) -> Ranked:
    """Clashes as they are measured."""
    return [(c.score, name, frozenset((c.a.entry, c.b.entry))) for c in clashes]


def gold_statements(stories: Sequence[Story], vectors: Mapping[str, bytes], judge: Judge) -> dict[str, object]:
    """The labels' statements, judged; beside them what chance and likeness alone would give."""
    gold = {s.name: set(s.clashes) for s in stories}
    judged, alike, pairs = list[tuple[float, str, frozenset[str]]](), list[tuple[float, str, frozenset[str]]](), 0
    for story in stories:
        (known,) = known_of(story, vectors, None)
        judged += ranked_of(story.name, judge.judge(within(known)))
        pairs += len(known.accounts) * (len(known.accounts) - 1) // 2
        alike += _alike(story.name, known)
    chance = sum(map(len, gold.values())) / max(1, pairs)
    return {
        "judge": figures(judged, gold),
        "sentence vectors": figures(alike, gold),
        "chance": round(chance, 5),
        "pairs": pairs,
    }


def _alike(name: str, known: KnownArticle) -> Ranked:
    units = np.array([reading_of(a).unit for a in known.accounts])
    if not len(units):
        return []
    near = units @ units.T
    told = [a.statement for a in known.accounts]
    apart = [
        (i, j)
        for i in range(len(told))
        for j in range(i)
        if not known.accounts[i].speakers & known.accounts[j].speakers
    ]
    return [(float(near[i, j]), name, frozenset((told[i], told[j]))) for i, j in apart]


def one_store(story: Story, vectors: Mapping[str, bytes], judge: Judge) -> dict[str, object]:
    """All articles of a story held against one another, as a store does; the first 30, 100 and 200."""
    knowns = known_of(story, vectors, None)
    shelf = ListShelf(knowns)
    found: dict[str, Clash] = {}
    for known in knowns:
        own = [c for c in judge.judge(within(known)) if story.origins.get(known.accounts[0].article) is None]
        found.update({c.id: c for c in (*own, *judge.judge(candidates(known, shelf)))})
    best = sorted(found.values(), key=lambda c: (-c.score, c.id))
    # A gold clash that is found again is no second one.
    seen, hits = set[frozenset[str]](), list[bool]()
    for clash in best:
        pair = frozenset((clash.a.entry, clash.b.entry))
        hits.append(pair in story.clashes and pair not in seen)
        seen.add(pair)
    kinds: dict[str, int] = defaultdict(int)
    for clash, hit in zip(best[:100], hits, strict=False):
        if hit:
            kinds[story.clashes[frozenset((clash.a.entry, clash.b.entry))]] += 1
    return {
        "precision of first 30": round(float(np.mean(hits[:30])), 3),
        "found among first 100": sum(hits[:100]),
        "found among first 200": sum(hits[:200]),
        "gold": len(story.clashes),
        "kinds found": dict(kinds),
    }


def main() -> None:
    """Print what was asked for as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="folder where what was read is kept")
    parser.add_argument("--only", nargs="*", default=["gold", "demo"])
    options = parser.parse_args()
    judge, vectors, readers = Judge.load(), dict[str, bytes](), list[Reader]()

    def reader() -> Reader:
        readers.extend([Reader.load()] if not readers else [])
        return readers[0]

    out: dict[str, object] = {}
    for name, measure in (("dev", "gold"), ("demo", "demo")):
        if measure not in options.only:
            continue
        stories = list(stories_of(options.data, name, lambda n: reading(reader, options.cache, n)))
        vectors = vectors_of(stories, Embedder.load(), vectors)
        out[measure] = (
            gold_statements(stories, vectors, judge) if measure == "gold" else one_store(stories[0], vectors, judge)
        )
        print(json.dumps({measure: out[measure]}), flush=True)


if __name__ == "__main__":
    main()
