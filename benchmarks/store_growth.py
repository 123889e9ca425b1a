"""How fast ready records go into a store, with every index, link and cluster kept up, as it grows.

Makes articles of 25 statements by people whose names come and go by Zipf's law, some wire copies, some later versions; adds
them batch by batch; and tells for each step of growth articles a second and the file's size. Records are made ready before
(`onrecord.store.ready`, which other processes can do); that is told apart, and making them up is left out of the figures.

Made sentences look alike by chance less than those of news do: among 20,000 of each, one is compared in vain with 0.12 others, a
sentence of the PolNeAR corpus with 0.41 (both grow with their number). So what is measured here is kinder than news is.

What it costs to compare an article's accounts with all others hangs on the judge of clashes, and is measured apart
(growth_clashes.py): here nothing is compared, but all is kept that is asked when something is.

    python benchmarks/store_growth.py --articles 40800 --batch 400 --step 2000 -o benchmarks/store_growth.json
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from onrecord.store import Store, Writer, clashing, ready
from store import making

STATEMENTS = 25
PEOPLE, WORDS = 20_000, 30_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=100, help="articles a transaction")
    parser.add_argument("--step", type=int, default=1000, help="articles a line")
    parser.add_argument("--db", type=Path, help="keep the store here; one that is there goes on growing")
    parser.add_argument("--profile", action="store_true", help="say where the time goes")
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    clashing._comparison = lambda: lambda known, shelf: ()
    with tempfile.TemporaryDirectory() as folder:
        lines = grow(options.db or Path(folder) / "grown.db", options)
    if options.output:
        options.output.write_text(json.dumps(lines, indent=1) + "\n", encoding="utf-8")


def grow(path: Path, options: argparse.Namespace) -> list[dict[str, object]]:
    world = making.World(1, people=PEOPLE, words=WORDS)
    profile, lines = cProfile.Profile(), []
    with Store.open(path, write=True) as store:
        writer = Writer(store)
        done = int(store.connection.execute("SELECT count(*) FROM articles").fetchone()[0])
        seed = done // options.batch
        spent, burnt, prepared = 0.0, 0.0, 0.0
        while done < options.articles:
            seed += 1
            made = making.records(seed, options.batch, statements=STATEMENTS, world=world)
            cpu = time.process_time()
            records = [ready(record) for record in made]
            prepared += time.process_time() - cpu
            started, cpu = time.perf_counter(), time.process_time()
            if options.profile:
                profile.enable()
            writer.add(records, origins=[r.article.source_id for r in made], started=making.STARTED)
            profile.disable()
            spent, burnt = spent + time.perf_counter() - started, burnt + time.process_time() - cpu
            done += len(records)
            if done // options.step > (done - len(records)) // options.step:
                lines.append(line(path, done, options.step, spent, burnt, prepared))
                spent = burnt = prepared = 0.0
        for name, last in (("settled", writer.settle), ("closed", writer.close)):
            started, cpu = time.perf_counter(), time.process_time()
            last()
            took = {
                "seconds": round(time.perf_counter() - started, 1),
                "processor_seconds": round(time.process_time() - cpu, 1),
            }
            lines.append({name: took})
            print(json.dumps(lines[-1]), flush=True)
    if options.profile:
        for order, number in (("tottime", 25), ("cumulative", 60)):
            pstats.Stats(profile).sort_stats(order).print_stats(number)
    return lines


def line(path: Path, done: int, step: int, spent: float, burnt: float, prepared: float) -> dict[str, object]:
    size = sum(p.stat().st_size for p in path.parent.iterdir() if p.name.startswith(path.name))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {
        "articles": done,
        "statements": done * STATEMENTS,
        "articles_per_second": round(step / spent, 1),
        "articles_per_processor_second": round(step / burnt, 1),
        "made_ready_per_processor_second": round(step / prepared, 1),
        "megabytes": round(size / 1e6, 1),
        "peak_memory_mb": round(memory),
        "load": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(told), flush=True)
    return told


if __name__ == "__main__":
    main()
