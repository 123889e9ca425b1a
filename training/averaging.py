"""Means of weights: of several runs' (Wortsman and others 2022), and along one run (Polyak and Juditsky 1992)."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import TypeVar

import torch
from torch import nn

M = TypeVar("M", bound=nn.Module)


def mean_of(models: Sequence[M]) -> M:
    """A model of the same shape, each weight the mean of theirs."""
    states = [m.state_dict() for m in models]
    mean = copy.deepcopy(models[0])
    mean.load_state_dict({k: torch.stack([s[k].float() for s in states]).mean(0) for k in states[0]})
    return mean


@torch.no_grad()
def follow(averaged: nn.Module, model: nn.Module, step: int, average: float) -> None:
    """Move a running mean towards the weights after `step` steps; `average` of it is kept, and less while it is young."""
    share = min(average, (step + 1) / (step + 10))
    for mean, now in zip(averaged.parameters(), model.parameters(), strict=True):
        mean.lerp_(now, 1 - share)
