"""The table of weights that tell who did an event and to whom; see `extract.doers`. Written by `python -m training.doers`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def doer_weights() -> Mapping[str, float]:
    """Weights of log-odds by the name of what they weigh; one that is absent weighs nothing."""
    table = tomllib.loads(files(__package__).joinpath("doers.toml").read_text(encoding="utf-8"))
    return MappingProxyType({name: float(weight) for name, weight in table["weights"].items()})
