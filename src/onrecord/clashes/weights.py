"""The judge's weights: made by training/clashes.py, kept in weights/clashes.npz."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.records import WeightsError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE = Path(__file__).resolve().parent.parent / "weights" / "clashes.npz"


@dataclass(frozen=True, slots=True)
class Weights:
    """Arrays by name (see training/clashes.py), and of each stem how rare it is in news at large. `hash`: of the file, tagged."""

    arrays: Mapping[str, NDArray[Any]]
    rarities: Mapping[str, float]
    rarest: float
    hash: str


@cache
def load_weights(file: Path = FILE) -> Weights:
    """The weights. Raises WeightsError where the file is missing or damaged."""
    import numpy as np

    if not file.is_file():
        raise WeightsError(f"{file}: the file is missing: install onrecord again, or run `make train`")
    try:
        with np.load(file, allow_pickle=False) as loaded:
            arrays = {name: loaded[name] for name in loaded.files}
        stems = [str(stem) for stem in arrays.pop("stems")]
        rarities = dict(zip(stems, map(float, arrays.pop("rarities")), strict=True))
    except (ValueError, KeyError, OSError) as error:
        raise WeightsError(f"{file}: the file is damaged ({error})") from error
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Weights(arrays, rarities, max(rarities.values(), default=0.0), f"sha256:{digest}")


def rarity_at_large(stem: str) -> float:
    """How rare a stem is in news: the natural logarithm of how many statements there are to one that has it."""
    weights = load_weights()
    return weights.rarities.get(stem, weights.rarest)
