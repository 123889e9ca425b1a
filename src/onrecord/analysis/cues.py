"""From cue scores to candidate cues, and the questions that the argument head is asked of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from onrecord.analysis.heads import ArgumentQuestions
from onrecord.analysis.values import Floats
from onrecord.analysis.words import WINDOW, Ints, Window

LEAST = 0.2
"""Least chance of a word to be in a cue that makes a candidate; false ones are told apart later, by their arguments."""

MOST = 64
"""Candidates of one window, so that a text of nothing but cues stays cheap: news has about nine."""
SPREAD, LITTLE, AT_ONCE = 1.5, 24, 32
"""Cues go together whose segments differ in length by no more than SPREAD, or have at most LITTLE words; AT_ONCE of them."""


def softmax(scores: Floats) -> Floats:
    """Over the last axis."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True), np.float32)


def candidate_runs(
    chances: Floats, solid: Sequence[bool], segments: Sequence[int], *, least: float = LEAST
) -> list[tuple[int, int]]:
    """Ranges of words that may be a cue, the likeliest MOST of them.

    `chances`: (n, 3) of O, B, I; `solid`: whether a word holds a letter or digit; `segments`: which segment it is of. A run of
    likely words is cut where a clear beginning or another segment stands, goes on over marks within a word ("don't"), and
    keeps only the words that are at least half as likely as its best.
    """
    inside = 1.0 - chances[:, 0]
    runs: list[list[int]] = []
    for k in np.flatnonzero(inside >= least).tolist():
        begins = chances[k, 1] > chances[k, 2]
        if runs and not begins and _adjoin(runs[-1][-1], k, solid, segments):
            runs[-1].append(k)
        else:
            runs.append([k])
    out = []
    for run in runs:
        half = 0.5 * float(inside[run].max())
        kept = [k for k in run if inside[k] >= half and solid[k]]
        if kept:
            out.append((kept[0], kept[-1] + 1))
    best = sorted(out, key=lambda r: -float(inside[r[0] : r[1]].max()))[:MOST]
    return sorted(best)


def _adjoin(left: int, right: int, solid: Sequence[bool], segments: Sequence[int]) -> bool:
    return segments[left] == segments[right] and not any(solid[left + 1 : right])


@dataclass(frozen=True, slots=True)
class Question:
    """Some cues of a window for one run of the argument head.

    `numbers`: which of the window's cues; `segments`: the range of each one's segment over the window's words.
    """

    numbers: tuple[int, ...]
    segments: tuple[tuple[int, int], ...]
    asked: ArgumentQuestions


def questions(window: Window, cues: Sequence[tuple[int, int]], solid: Sequence[bool], limit: int) -> Iterator[Question]:
    """Arrays for cues given as ranges over the window's words, those whose segments are of like length together.

    Which cues go together hangs on the window alone, so a record does not hang on what else is read.
    """
    edges = np.cumsum([0, *(hi - lo for lo, hi in window.segments)])
    parts = [int(np.searchsorted(edges, lo, side="right")) - 1 for lo, _ in cues]
    ranges = [(int(edges[p]), int(edges[p + 1])) for p in parts]
    for numbers in by_length([hi - lo for lo, hi in ranges]):
        some = [ranges[n] for n in numbers]
        rows = [window.at[lo:hi] for lo, hi in some]
        words = [[k - ranges[n][0] for k in range(*cues[n]) if solid[k]] for n in numbers]
        yield Question(tuple(numbers), tuple(some), arrays(rows, words, limit))


def by_length(sizes: Sequence[int]) -> list[list[int]]:
    """Numbers of the sizes in groups of like size, the smaller first: padding costs time."""
    groups: list[list[int]] = []
    for n in sorted(range(len(sizes)), key=lambda n: sizes[n]):
        if groups and len(groups[-1]) < AT_ONCE and sizes[n] <= max(LITTLE, SPREAD * sizes[groups[-1][0]]):
            groups[-1].append(n)
        else:
            groups.append([n])
    return groups


def arrays(rows: Sequence[Ints], cues: Sequence[Sequence[int]], limit: int) -> ArgumentQuestions:
    """What the argument head is asked: for each cue the rows of its segment's words, and which words of it are the cue."""
    size = max(map(len, rows))
    ramp = _ramp(max(size, WINDOW), limit)
    at, mask, cue, distance = (np.zeros((len(rows), size), np.int64) for _ in range(4))
    for n, (own, words) in enumerate(zip(rows, cues, strict=True)):
        k = len(own)
        at[n, :k] = own
        mask[n, :k] = 1
        cue[n, list(words)] = 1
        distance[n, :k] = ramp[len(ramp) // 2 - words[0] :][:k]
    return ArgumentQuestions(at, mask, cue, distance)


@lru_cache(maxsize=8)
def _ramp(size: int, limit: int) -> Ints:
    """(2 * size,) distances from -size on, clipped and counted from 0."""
    return np.asarray(np.clip(np.arange(-size, size), -limit, limit) + limit, np.int64)
