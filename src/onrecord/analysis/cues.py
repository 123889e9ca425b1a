"""From cue scores to candidate cues, and the questions that the argument head is asked of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.analysis.heads import Asked
from onrecord.analysis.values import Floats
from onrecord.analysis.words import Window

LEAST = 0.1
"""Least chance of a word to be in a cue that makes a candidate; false ones are told apart later, by their arguments."""


def softmax(scores: Floats) -> Floats:
    """Over the last axis."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True), np.float32)


def candidate_runs(chances: Floats, solid: Sequence[bool]) -> list[tuple[int, int]]:
    """Ranges of words that may be a cue. `chances`: (n, 3) of O, B, I; `solid`: whether a word holds a letter or digit.

    A run of likely words is cut where a clear beginning stands, goes on over marks within a word ("don't"), and keeps only the
    words that are at least half as likely as its best.
    """
    inside = 1.0 - chances[:, 0]
    runs: list[list[int]] = []
    for k in np.flatnonzero(inside >= LEAST).tolist():
        begins = chances[k, 1] > chances[k, 2]
        if runs and not begins and not any(solid[m] for m in range(runs[-1][-1] + 1, k)):
            runs[-1].append(k)
        else:
            runs.append([k])
    out = []
    for run in runs:
        least = 0.5 * min(1.0, float(inside[run].max()))
        kept = [k for k in run if inside[k] >= least and solid[k]]
        if kept:
            out.append((kept[0], kept[-1] + 1))
    return out


def questions(window: Window, cues: Sequence[tuple[int, int]], limit: int) -> tuple[Asked, list[tuple[int, int]]]:
    """Arrays for cues given as ranges over the window's words, and each one's segment as a range over them too."""
    edges = np.cumsum([0, *(hi - lo for lo, hi in window.segments)])
    parts = [int(np.searchsorted(edges, lo, side="right")) - 1 for lo, _ in cues]
    ranges = [(int(edges[p]), int(edges[p + 1])) for p in parts]
    size = max(hi - lo for lo, hi in ranges)
    at, mask, cue, distance = (np.zeros((len(cues), size), np.int64) for _ in range(4))
    for n, ((lo, hi), (first, last)) in enumerate(zip(cues, ranges, strict=True)):
        k = last - first
        at[n, :k] = window.at[first:last]
        mask[n, :k] = 1
        cue[n, lo - first : min(hi, last) - first] = 1
        distance[n, :k] = np.clip(np.arange(k) - (lo - first), -limit, limit) + limit
    return Asked(at, mask, cue, distance), ranges
