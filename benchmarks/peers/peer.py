"""What every peer's script does alike: read a folder in a process of its own, and tell how that went. Standard library only.

A script makes an `Engine` and calls `main`. Its first lines name what it needs, as inline script metadata (PEP 723);
`compare.py` installs that into an environment of the peer's own. Run by hand: ``python textacy_quotes.py FOLDER``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Span = tuple[int, int]
WARM_UP = 3
"""Texts read before the clock starts: caches and memory pools are part of start-up."""


@dataclass(frozen=True, slots=True)
class Found:
    """A statement as a peer gives it: spans in code points of the text. A role that it does not tell is empty."""

    source: Sequence[Span] = ()
    cue: Sequence[Span] = ()
    content: Sequence[Span] = ()
    inside: int | None = None
    """The statement that reports it, by its number."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a peer made of one text. `things` counts what it found where that is no statement; `refused` says why it gave up."""

    statements: Sequence[Found] = ()
    things: int = 0
    refused: str | None = None


Engine = Callable[[Sequence[str]], Iterable[Reading]]
"""Reads texts in their order."""


def main(make: Callable[[int], Engine]) -> None:
    """Load the engine that `make` gives for a number of threads, read a folder, print one JSON object."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--records", type=Path, help="write what was found there, a record a line")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: options.threads]))
    files = text_files(options.folder)
    texts = [file.read_bytes().decode("utf-8") for file in files]  # line ends as they are: positions count them
    begun = time.perf_counter()
    engine = make(options.threads)
    loaded = time.perf_counter() - begun
    list(engine(texts[:WARM_UP]))
    begun, busy = time.perf_counter(), processor_seconds()
    readings = list(engine(texts))
    seconds, busy = time.perf_counter() - begun, processor_seconds() - busy
    if options.records:
        lines = (
            json.dumps(record(f.stem, t, r), ensure_ascii=False) for f, t, r in zip(files, texts, readings, strict=True)
        )
        options.records.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(
        json.dumps(
            {
                "articles": len(texts),
                "words": sum(len(text.split()) for text in texts),
                "found": sum(len(r.statements) or r.things for r in readings),
                "refused": sum(r.refused is not None for r in readings),
                "load_seconds": loaded,
                "seconds": seconds,
                "processor_seconds": busy,
                "peak_mb": max(peak_megabytes(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)),
            }
        )
    )


def text_files(folder: Path) -> list[Path]:
    """The .txt files of a folder, or of its subfolder ``text`` (as PolNeAR's splits have it)."""
    inner = folder / "text"
    return sorted((inner if inner.is_dir() else folder).glob("*.txt"))


def record(name: str, text: str, reading: Reading) -> dict[str, Any]:
    """As much of onrecord's wire form as is scored."""

    def words(spans: Sequence[Span]) -> dict[str, Any] | None:
        return {"text": " … ".join(text[s:e] for s, e in spans), "spans": [list(s) for s in spans]} if spans else None

    statements = [
        {
            "id": f"{name}-{n}",
            "source": words(s.source),
            "cue": words(s.cue),
            "content": words(s.content),
            "inside": None if s.inside is None else f"{name}-{s.inside}",
        }
        for n, s in enumerate(reading.statements)
    ]
    return {"article": {"id": name, "source_id": name, "text": text}, "statements": statements}


def processor_seconds() -> float:
    """Of this process and those that it started and that have ended."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def peak_megabytes(who: int) -> float:
    """Peak resident memory in MB (10**6 bytes). macOS counts in bytes, the others in kilobytes."""
    return resource.getrusage(who).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def runs_of(tokens: Iterable[Any]) -> list[Span]:
    """Spans of spaCy's tokens; those that follow one another are one span."""
    spans: list[Span] = []
    last = None
    for token in sorted(tokens, key=lambda t: t.i):
        start, end = token.idx, token.idx + len(token)
        if last is not None and token.i == last + 1:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        last = token.i
    return spans
