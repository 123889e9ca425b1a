"""Where the reader's time goes: processor time of each stage over a folder of texts, the judge and the model's graphs apart.

Processor time of the threads is counted, not time that passes, so that other work on the machine disturbs it little: it only
makes caches colder. `words per processor second x 2` is what two cores would read if both were busy all the time.

    python benchmarks/read_profile.py --data $DATA --json benchmarks/read_profile.json
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

from read_speed import machine
from worker import WARM_UP, text_files

STAGES = (
    "extract_statements", "build_entities", "lay_out", "answers_of", "metonyms_of", "speakers_of", "parts_of", "timeline_of",
    "acts_of", "targets_of", "event_drafts_of", "events_of", "with_codes", "figures_of", "predictions_of", "accounts_of",
    "within",
)  # fmt: skip
"""Functions that `onrecord.pipeline` calls. What one of them asks of a graph is counted as the graph's, not as its own."""
FIRST = {"encode": "first encoder", "arguments": "argument layers", "speakers": "speaker head"}
SECOND = {"see": "second encoder", "said": "act and target layer", "done": "event layer", "parties": "party trees"}


class Clock:
    """Processor seconds and calls by name, each without what is counted under another name within it."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self._lock = Lock()
        self._inner: dict[int, list[float]] = {}

    def wrap(self, owner: Any, attribute: str, name: str) -> None:
        """Count the time of a function or method under a name."""
        import threading

        called: Callable[..., Any] = getattr(owner, attribute)

        def timed(*given: Any, **named: Any) -> Any:
            stack = self._inner.setdefault(threading.get_ident(), [])
            stack.append(0.0)
            begun = time.thread_time()
            try:
                return called(*given, **named)
            finally:
                taken = time.thread_time() - begun
                inner = stack.pop()
                if stack:
                    stack[-1] += taken
                with self._lock:
                    self.seconds[name] += taken - inner
                    self.calls[name] += 1

        setattr(owner, attribute, timed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("folder", nargs="?", type=Path, help="folder of .txt files, or a PolNeAR split")
    where.add_argument("--data", type=Path, help="folder of the corpora: reads its polnear/dev")
    parser.add_argument("--texts", type=int, help="read so many of the texts only")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args()
    files = text_files(options.folder or options.data / "polnear" / "dev")[: options.texts]
    report = measured([file.read_text(encoding="utf-8") for file in files], options.threads)
    show(report)
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def measured(texts: list[str], threads: int) -> dict[str, Any]:
    """Reads the texts once, after a few to warm up, and tells what took how long."""
    from onrecord import pipeline
    from onrecord.analysis import OnnxHeads, OnnxSecondHeads
    from onrecord.articles import build_article
    from onrecord.records import RawDocument

    reader, clock = pipeline.Reader.load(threads=threads), Clock()

    def read(some: list[str]) -> int:
        documents = (RawDocument(origin=str(n), source_id=str(n), text=text) for n, text in enumerate(some))
        records = reader.read_many(build_article(document) for document in documents)
        return sum(len(record.statements) for record in records)

    read(texts[:WARM_UP])
    for stage in STAGES:
        clock.wrap(pipeline, stage, stage)
    for heads, names in ((OnnxHeads, FIRST), (OnnxSecondHeads, SECOND)):
        for attribute, name in names.items():
            clock.wrap(heads, attribute, name)
    clock.wrap(pipeline.Analyzer, "_read_window", "around the first encoder")
    clock.wrap(pipeline.Analyzer, "start", "words and windows")
    clock.wrap(pipeline.DeedAnalyzer, "_look", "around the second encoder")
    clock.wrap(pipeline.Judge, "judge", "judge of clashes")
    begun, passed = time.process_time(), time.perf_counter()
    statements = read(texts)
    processor, passed = time.process_time() - begun, time.perf_counter() - passed
    words = sum(len(text.split()) for text in texts)
    clock.seconds["all else"] = processor - sum(clock.seconds.values())
    return {
        "machine": machine(),
        "threads": threads,
        "articles": len(texts),
        "words": words,
        "statements": statements,
        "processor_seconds": round(processor, 3),
        "seconds": round(passed, 3),
        "words_per_processor_second_x2": round(2 * words / processor),
        "stages": {
            name: {"seconds": round(taken, 3), "share": round(taken / processor, 4), "calls": clock.calls[name]}
            for name, taken in clock.seconds.most_common()
        },
    }


def show(report: dict[str, Any]) -> None:
    print(f"{report['articles']} texts, {report['words']:,} words, {report['threads']} threads; {report['machine']}")
    for name, stage in report["stages"].items():
        print(f"{name:28}{stage['seconds']:9.2f} s{100 * stage['share']:7.1f} %{stage['calls']:8} calls")
    print(
        f"{report['processor_seconds']:.2f} s of processor time in {report['seconds']:.2f} s: two busy cores would read "
        f"{report['words_per_processor_second_x2']:,} words/s"
    )


if __name__ == "__main__":
    sys.exit(main())
