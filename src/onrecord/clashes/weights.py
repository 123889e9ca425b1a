"""The judge's weights: made by training/clashes.py, kept in weights/clashes.npz."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.records import WeightsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = Path(__file__).resolve().parent.parent / "weights" / "clashes.npz"


@dataclass(frozen=True, slots=True)
class Weights:
    """Arrays by name (see training/clashes.py), and of each stem how rare it is in news at large."""

    arrays: Mapping[str, NDArray[Any]]
    rarities: Mapping[str, float]
    rarest: float


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
    return Weights(arrays, rarities, max(rarities.values(), default=0.0))


def rarity_at_large(stem: str) -> float:
    """How rare a stem is in news: the natural logarithm of how many statements there are to one that has it."""
    weights = load_weights()
    return weights.rarities.get(stem, weights.rarest)


@cache
def _tones() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    arrays = load_weights().arrays
    return arrays["tone_weight"].astype("float32"), arrays["tone_bias"].astype("float32")


def tone_of(vector: bytes | None) -> tuple[float, float, float] | None:
    """Chances that a content speaks for, against, and that it denies, by its vector; None without one."""
    import numpy as np

    if vector is None:
        return None
    weight, bias = _tones()
    values = np.frombuffer(vector, np.int8).astype(np.float32)
    logits = values / max(float(np.linalg.norm(values)), 1.0) @ weight + bias
    chances = np.exp(logits - logits.max())
    chances /= chances.sum()
    return float(chances[1]), float(chances[2]), float(chances[3])
