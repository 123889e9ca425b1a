"""Loading all models, beside the import of what reads: graphs and hashes take no lock of Python's, so that two cores share it."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Thread

from onrecord.analysis.deeds import OnnxSecondHeads
from onrecord.analysis.heads import WEIGHTS, ModelFiles, OnnxHeads, load_weights


@dataclass(frozen=True, slots=True)
class LoadedWeights:
    """All that reading needs of a folder of weights."""

    weights: ModelFiles
    heads: OnnxHeads
    second: OnnxSecondHeads


_kept: dict[Path, LoadedWeights] = {}


def load_beside(module: str, folder: Path = WEIGHTS) -> None:
    """Load the models while another thread imports a module; the next `load_models` of this folder takes them.

    Does nothing where the module is imported already. Raises WeightsError where a file is missing or damaged.
    """
    if module in sys.modules:
        return
    # The models here and the module there: what a thread frees, no other makes use of, and modules free little.
    importing = Thread(target=_imported, args=(module,), name="onrecord-importing")
    importing.start()
    try:
        _kept[folder] = _loaded(folder)
    finally:
        importing.join()


def load_models(folder: Path = WEIGHTS) -> LoadedWeights:
    """The models of a folder. Raises WeightsError where a file is missing or damaged."""
    return _kept.pop(folder, None) or _loaded(folder)


def _loaded(folder: Path) -> LoadedWeights:
    return LoadedWeights(load_weights(folder), OnnxHeads(folder), OnnxSecondHeads(folder))


def _imported(module: str) -> None:
    with suppress(Exception):  # whoever asked imports it after this, and is told
        import_module(module)
