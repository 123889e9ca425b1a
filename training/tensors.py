"""From windows to tensors: what the encoder sees, and one row for each cue that the argument head is run on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from onrecord.analysis.cues import arrays, by_length
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
class CueRows:
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


def ask(model: Attributor, states: Tensor, cues: Sequence[CueRows]) -> tuple[Tensor, Tensor, Tensor]:
    """Emissions (N, S, 5), validity logits (N,), mask (N, S) of the cues. `states`: (B * L, D)."""
    sizes = [len(c.rows) for c in cues]
    size, groups = max(sizes), by_length(sizes)
    emissions, valid, mask = [], [], torch.zeros(len(cues), size, dtype=torch.long)
    for some in groups:
        asked = arrays([cues[n].rows for n in some], [cues[n].cue.tolist() for n in some], DISTANCE)
        tensors = [torch.from_numpy(x) for x in (asked.at, asked.mask, asked.cue, asked.distance)]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            e, v = model.arguments(states, *tensors)
        emissions.append(functional.pad(e, (0, 0, 0, size - e.shape[1])))
        valid.append(v)
        mask[some, : e.shape[1]] = tensors[1]
    back = torch.tensor([n for some in groups for n in some]).argsort()
    return torch.cat(emissions)[back], torch.cat(valid)[back], mask
