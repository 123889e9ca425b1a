"""What it costs to compare one article more with all of a large store: time and memory.

Takes a store that `store_growth.py --db FILE` has made, gives each statement a made-up sentence vector (near those of the same
month, so that many are near one another), and then adds articles one by one, with every candidate found and judged. The limit is
200 ms an article at a million statements, and 3 GB of memory.

    python benchmarks/growth_clashes.py FILE --articles 50 -o benchmarks/growth_clashes.json
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from onrecord.store import Store, Vectors, Writer, ready
from onrecord.store.clashing import Clashes
from store import making

STATEMENTS, PEOPLE, WORDS = 25, 20_000, 30_000
MATTERS = 500
"""Directions near one of which each made-up vector lies."""
AT_ONCE = 20_000
SEED = 900_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=50)
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    draw = np.random.default_rng(7)
    matters = draw.normal(0, 40, (MATTERS, 384))

    def vectors(ids: list[str]) -> Vectors:
        made = matters[draw.integers(0, MATTERS, len(ids))] + draw.normal(0, 20, (len(ids), 384))
        return Vectors("made-up", dict(zip(ids, made.clip(-127, 127).astype(np.int8), strict=True)))

    took: list[float] = []
    compare = Clashes.add

    def timed(self: Clashes, *given: Any) -> None:
        began = time.process_time()
        compare(self, *given)
        took.append(1000 * (time.process_time() - began))

    with Store.open(options.file, write=True) as store:
        writer = Writer(store)
        # What was left to be compared when the store was made is not what is measured.
        store.connection.execute("DELETE FROM uncompared")
        bare = (id_ for id_, _ in store.without_vectors())
        while ids := list(islice(bare, AT_ONCE)):
            writer.add_vectors(vectors(ids))
        world = making.World(1, people=PEOPLE, words=WORDS)
        Clashes.add = timed  # type: ignore[method-assign]
        whole = []
        for record in making.records(SEED, options.articles, statements=STATEMENTS, world=world):
            one = ready(record)
            began = time.process_time()
            said = vectors([s.id for s in record.statements])
            writer.add([one], origins=[record.article.id], started=making.STARTED, vectors=said)
            whole.append(1000 * (time.process_time() - began))
        count = "SELECT (SELECT count(*) FROM statements), (SELECT count(*) FROM vectors)"
        statements, embedded = store.connection.execute(count).fetchone()
    told = {
        "statements": statements,
        "vectors": embedded,
        "articles": options.articles,
        "comparing_ms": spread(took[5:]),  # the first ones read the judge, and fill what is kept at hand
        "adding_ms": spread(whole[5:]),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "load": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(told, indent=1))
    if options.output:
        options.output.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def spread(took: list[float]) -> dict[str, float]:
    """Processor milliseconds."""
    ordered = sorted(took)
    return {
        "median": round(statistics.median(ordered), 1),
        "95th percentile": round(ordered[int(0.95 * (len(ordered) - 1))], 1),
        "most": round(ordered[-1], 1),
    }


if __name__ == "__main__":
    main()
