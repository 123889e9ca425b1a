"""How the time and memory of each stage grow with the number of articles, from made-up records that are ready.

One store grows; at each of the sizes it is told what every stage has taken so far, in processor seconds, and what was asked of
the store takes by then. The exponent is that of a power of the size, fitted to the totals or the answers' times: 1 is as much
for each article as for the first; n log n over the sizes from 1,000 to 100,000 looks like 1.11.

`link`: who is one person, and its settling at each size; `copies`: articles and utterances that are printed again; `clashes`: an
article's accounts kept, found and judged against all others; `store`: rows and the index of words. `--compared N`: only each
N-th batch is compared with all others, and `clashes` is N times what that took.

    python benchmarks/growth.py --articles 100000 -o benchmarks/growth.json
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import onrecord
from onrecord.store import Store, Writer, clashing, ready
from onrecord.store.clashing import Clashes
from onrecord.store.copying import CopyClusters
from onrecord.store.identities import Identities
from onrecord.store.inserting import Inserter
from onrecord.store.uttering import Utterances
from store import making

STATEMENTS = 10
PEOPLE, WORDS = 20_000, 30_000
BATCH = 100
SIZES = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
STAGES: dict[str, tuple[tuple[type, str], ...]] = {
    "store": ((Inserter, "insert"),),
    "link": ((Identities, "link"), (Identities, "settle")),
    "copies": ((CopyClusters, "add"), *((Utterances, name) for name in ("add", "reconsider", "compare", "arrange"))),
    "clashes": ((Clashes, "add"),),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--compared", type=int, default=1, help="compare each such batch with all others")
    parser.add_argument("--db", type=Path, help="keep the store here")
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sizes = grow(options.db or Path(folder) / "grown.db", options)
    names = [*STAGES, "search", "who"]
    told = {"statements an article": STATEMENTS, "compared": options.compared, "sizes": sizes}
    told["exponents"] = {name: exponent([(s["articles"], s[name]) for s in sizes]) for name in names}
    print(json.dumps(told["exponents"]))
    if options.output:
        options.output.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def grow(path: Path, options: argparse.Namespace) -> list[dict[str, Any]]:
    spent = Counter[str]()
    depth = [0]
    for stage, functions in STAGES.items():
        for kind, name in functions:
            setattr(kind, name, timed(getattr(kind, name), stage, spent, depth))
    compare, world, found = clashing._comparison, making.World(1, people=PEOPLE, words=WORDS), []
    done, seed = 0, 0
    with Store.open(path, write=True) as store:
        writer = Writer(store)
        for size in [s for s in SIZES if s <= options.articles]:
            while done < size:
                seed += 1
                records = [
                    ready(r) for r in making.records(seed, min(BATCH, size - done), statements=STATEMENTS, world=world)
                ]
                compared = seed % options.compared == 0
                clashing._comparison = compare if compared else lambda: lambda known, shelf: ()
                before = spent["clashes"]
                writer.add(records, origins=[r.record.article.source_id for r in records], started=making.STARTED)
                if options.compared > 1:
                    spent["clashes"] = before + (spent["clashes"] - before) * (options.compared if compared else 0)
                done += len(records)
            clashing._comparison = compare if options.compared == 1 else lambda: lambda known, shelf: ()
            began = time.process_time()
            writer.close()
            found.append(line(path, done, spent, time.process_time() - began))
    return found


def timed(function: Callable[..., Any], stage: str, spent: Counter[str], depth: list[int]) -> Callable[..., Any]:
    """The function, its processor time added to the stage's: of one within another only the outer one's."""

    def call(*values: Any, **named: Any) -> Any:
        depth[0] += 1
        began = time.process_time()
        try:
            return function(*values, **named)
        finally:
            depth[0] -= 1
            if not depth[0]:
                spent[stage] += time.process_time() - began

    return call


def line(path: Path, articles: int, spent: Counter[str], closing: float) -> dict[str, Any]:
    told: dict[str, Any] = {"articles": articles, **{stage: round(spent[stage], 3) for stage in STAGES}}
    with onrecord.open(path) as library:
        speaker = library.connection.execute(
            """SELECT i.id FROM statement_speakers p JOIN links l ON l.entity = p.entity
            JOIN identities i ON i.n = l.identity GROUP BY i.n ORDER BY count(*) DESC LIMIT 1"""
        ).fetchone()[0]
        content = library.connection.execute("SELECT content FROM statements ORDER BY n DESC LIMIT 1").fetchone()[0]
        word = max(content.split(), key=len).strip("“”,")
        told["search"] = median(lambda: library.search(word, meaning=False))
        told["who"] = median(lambda: library.who(speaker))
    told["closing_seconds"] = round(closing, 2)
    size = sum(p.stat().st_size for p in path.parent.iterdir() if p.name.startswith(path.name))
    told["megabytes"] = round(size / 1e6, 1)
    told["peak_memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    told["load"] = round(os.getloadavg()[0], 1)
    print(json.dumps(told), flush=True)
    return told


def median(question: Callable[[], object], turns: int = 5) -> float:
    """Processor milliseconds."""
    took = []
    for _ in range(turns):
        began = time.process_time()
        question()
        took.append(1000 * (time.process_time() - began))
    return round(statistics.median(took), 2)


def exponent(points: list[tuple[int, float]]) -> float | None:
    """The slope of the least squares line through the logarithms; None of fewer than two points."""
    logs = [(math.log(x), math.log(y)) for x, y in points if y > 0]
    if len(logs) < 2:
        return None
    return round(statistics.linear_regression(*zip(*logs, strict=True)).slope, 3)


if __name__ == "__main__":
    main()
