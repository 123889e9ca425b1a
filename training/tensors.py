"""From windows to tensors: what the encoder sees, and one row for each cue that the argument head is run on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from onrecord.analysis.words import PAD, Window
from training.data import Document
from training.model import DISTANCE, Attributor

Array = NDArray[np.int64]


@dataclass(frozen=True)
class Seen:
    """A batch of windows: piece, case, quoted, mask (B, L); `rows`: position of each word's first piece in (B * L)."""

    piece: Tensor
    case: Tensor
    quoted: Tensor
    mask: Tensor
    rows: list[Array]


@dataclass(frozen=True)
class Asked:
    """One cue to run the argument head on: rows of its segment's words, and which of them are its cue."""

    rows: Array
    cue: Array


def see(group: Sequence[tuple[Document, Window]]) -> Seen:
    """Pad the windows of a batch to the longest."""
    length = max(len(w.piece) for _, w in group)
    piece = np.full((len(group), length), PAD, np.int64)
    case, quoted, mask = (np.zeros((len(group), length), np.int64) for _ in range(3))
    rows = []
    for n, (_, w) in enumerate(group):
        size = len(w.piece)
        piece[n, :size], case[n, :size], quoted[n, :size], mask[n, :size] = w.piece, w.case, w.quoted, 1
        rows.append(w.at + n * length)
    return Seen(*(torch.from_numpy(x) for x in (piece, case, quoted, mask)), rows)


def ask(model: Attributor, states: Tensor, cues: Sequence[Asked]) -> tuple[Tensor, Tensor, Tensor]:
    """Emissions (N, S, 5), validity logits (N,), mask (N, S) of the cues. `states`: (B * L, D)."""
    order = sorted(range(len(cues)), key=lambda n: len(cues[n].rows))
    size = len(cues[order[-1]].rows)
    emissions, valid, mask = [], [], torch.zeros(len(cues), size, dtype=torch.long)
    for some in _by_length(cues, order):
        tensors = _inputs([cues[n] for n in some])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            e, v = model.arguments(states, *tensors)
        emissions.append(functional.pad(e, (0, 0, 0, size - e.shape[1])))
        valid.append(v)
        mask[some, : e.shape[1]] = tensors[1]
    back = torch.tensor(order).argsort()
    return torch.cat(emissions)[back], torch.cat(valid)[back], mask


def _by_length(cues: Sequence[Asked], order: list[int]) -> list[list[int]]:
    """The cues in groups of like length, so that little is spent on padding."""
    groups: list[list[int]] = [[]]
    for n in order:
        if groups[-1] and len(cues[n].rows) > max(24, 1.5 * len(cues[groups[-1][0]].rows)):
            groups.append([])
        groups[-1].append(n)
    return groups


def _inputs(cues: Sequence[Asked]) -> list[Tensor]:
    """Rows, mask, cue mark and distance (N, S) of the cues."""
    size = max(len(c.rows) for c in cues)
    at, mask, cue, distance = (np.zeros((len(cues), size), np.int64) for _ in range(4))
    for n, c in enumerate(cues):
        k = len(c.rows)
        at[n, :k], mask[n, :k], cue[n, c.cue] = c.rows, 1, 1
        distance[n, :k] = relative_distance(k, int(c.cue[0]))
    return [torch.from_numpy(x) for x in (at, mask, cue, distance)]


def relative_distance(size: int, cue: int) -> Array:
    """Distance of each of `size` words to the cue's first word, clipped, counted from 0."""
    return np.clip(np.arange(size) - cue, -DISTANCE, DISTANCE) + DISTANCE
