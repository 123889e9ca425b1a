"""Loading all models at once: hashes and graphs take no lock of Python's, so that one core makes them while another imports."""

from __future__ import annotations

import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from onrecord.analysis.deeds import OnnxSecondHeads
from onrecord.analysis.heads import WEIGHTS, OnnxHeads, Weights, load_weights


@dataclass(frozen=True, slots=True)
class Models:
    """All that reading needs of a folder of weights."""

    weights: Weights
    heads: OnnxHeads
    second: OnnxSecondHeads


_begun: dict[Path, Future[Models]] = {}
_lock = Lock()


def begin_loading(folder: Path = WEIGHTS) -> None:
    """Begin in the background, beside the import of all that reads: the next `load_models` of this folder waits for it.

    Does nothing where that is imported already.
    """
    with _lock:
        if folder not in _begun and "onrecord.pipeline" not in sys.modules:
            pool = ThreadPoolExecutor(1, thread_name_prefix="onrecord-loading")
            _begun[folder] = pool.submit(_load, folder)
            pool.shutdown(wait=False)


def load_models(folder: Path = WEIGHTS) -> Models:
    """The models of a folder. Raises WeightsError where a file is missing or damaged."""
    with _lock:
        begun = _begun.pop(folder, None)
    return begun.result() if begun else _load(folder)


def _load(folder: Path) -> Models:
    with ThreadPoolExecutor(1, thread_name_prefix="onrecord-loading") as pool:
        weights = pool.submit(load_weights, folder)
        try:
            heads, second = OnnxHeads(folder), OnnxSecondHeads(folder)
        finally:
            found = weights.result()  # a missing file is told before a graph that misses it
    return Models(found, heads, second)
