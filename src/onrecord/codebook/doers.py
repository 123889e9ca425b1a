"""The table of weights that tell who did an event and to whom; see `extract.doers`. Written by `python -m training.doers`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from onrecord.codebook.reading import read_table


@cache
def doer_weights() -> Mapping[str, float]:
    """Weights of log-odds by the name of what they weigh; one that is absent weighs nothing."""
    table = read_table("doers")
    return MappingProxyType({name: float(weight) for name, weight in table["weights"].items()})
