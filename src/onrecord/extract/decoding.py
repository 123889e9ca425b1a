"""From role scores to the likeliest source and content of each candidate cue.

Viterbi and forward-backward (Rabiner 1989) over many candidates of an article at once, in plain probabilities scaled at each
step; N candidates, S words of the longest segment, 5 role tags.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis import Candidate, Chain

Doubles = NDArray[np.float64]
Tags = NDArray[np.int64]
ROLE_OF_TAG = np.array([0, 1, 1, 2, 2])
SOURCE, CONTENT = 1, 2
LEAST_MASS = 1e-300  # where no path is likely at all, chances fall to 0 and not to 0 / 0
AT_ONCE = 64
"""Candidates decoded together, those of like length: keeps padding and memory small however long the article."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The likeliest reading of one candidate, as ranges over the article's words.

    `path`: log probability of the whole reading; `source_chance`, `content_chance`: mean chance of the words of each role
    (0 where there are none); `weakest`: chance of the least certain word of the segment.
    """

    candidate: Candidate
    source: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    path: float
    source_chance: float
    content_chance: float
    weakest: float


def decode(candidates: Sequence[Candidate], chain: Chain) -> list[Decoded]:
    """The likeliest reading of every candidate, in their order."""
    order = sorted(range(len(candidates)), key=lambda n: len(candidates[n].emissions))
    found: dict[int, Decoded] = {}
    for first in range(0, len(order), AT_ONCE):
        numbers = order[first : first + AT_ONCE]
        found |= zip(numbers, _decode_some([candidates[n] for n in numbers], chain), strict=True)
    return [found[n] for n in range(len(candidates))]


def _decode_some(candidates: Sequence[Candidate], chain: Chain) -> list[Decoded]:
    sizes = np.array([len(c.emissions) for c in candidates])
    emissions = np.zeros((len(candidates), int(sizes.max()), 5))
    for n, c in enumerate(candidates):
        emissions[n, : sizes[n]] = c.emissions
    tags = viterbi(emissions, sizes, chain)
    chances, partition = marginals(emissions, sizes, chain)
    paths = path_scores(emissions, sizes, chain, tags) - partition
    return [_reading(c, tags[n, : sizes[n]], chances[n, : sizes[n]], float(paths[n])) for n, c in enumerate(candidates)]


def viterbi(emissions: Doubles, sizes: Tags, chain: Chain) -> Tags:
    """(N, S) tags of the best path of each row; beyond a row's size they are 0."""
    rows, steps, _ = emissions.shape
    move = chain.transition.astype(np.float64)
    best = chain.start + emissions[:, 0]
    back = np.zeros((rows, steps, 5), np.int64)
    stay, least = np.arange(5), int(sizes.min())  # before `least`, no row has ended
    for t in range(1, steps):
        through = best[:, :, None] + move
        came, reached = through.argmax(1), through.max(1) + emissions[:, t]
        if t < least:
            back[:, t], best = came, reached
            continue
        live = (t < sizes)[:, None]
        back[:, t] = np.where(live, came, stay)
        best = np.where(live, reached, best)
    tags = np.zeros((rows, steps), np.int64)
    at = best.argmax(1)
    every = np.arange(rows)
    for t in range(steps - 1, -1, -1):
        tags[:, t] = np.where(t < sizes, at, 0)
        at = back[every, t, at]
    return tags


def marginals(emissions: Doubles, sizes: Tags, chain: Chain) -> tuple[Doubles, Doubles]:
    """(N, S, 5) chance of each tag at each word, and (N,) log of the sum over all paths."""
    rows, steps, _ = emissions.shape
    top = emissions.max(2)
    weight = np.exp(emissions - top[:, :, None])
    move = np.exp(chain.transition.astype(np.float64))
    forward, least = np.empty_like(weight), int(sizes.min())
    first = np.exp(chain.start.astype(np.float64)) * weight[:, 0]
    scale = np.maximum(first.sum(1), LEAST_MASS)
    forward[:, 0] = first / scale[:, None]
    log = np.log(scale) + top[:, 0]
    for t in range(1, steps):
        step = (forward[:, t - 1] @ move) * weight[:, t]
        scale = np.maximum(step.sum(1), LEAST_MASS)
        if t < least:
            forward[:, t] = step / scale[:, None]
            log += np.log(scale) + top[:, t]
            continue
        live = t < sizes
        forward[:, t] = np.where(live[:, None], step / scale[:, None], forward[:, t - 1])
        log += np.where(live, np.log(scale) + top[:, t], 0.0)
    backward = np.ones((rows, 5))
    chances = np.zeros_like(weight)
    for t in range(steps - 1, -1, -1):
        both = forward[:, t] * backward
        chances[:, t] = both / np.maximum(both.sum(1, keepdims=True), LEAST_MASS)
        step = (backward * weight[:, t]) @ move.T
        step /= np.maximum(step.sum(1, keepdims=True), LEAST_MASS)
        backward = step if t < least else np.where((t < sizes)[:, None], step, backward)
    return chances, log


def path_scores(emissions: Doubles, sizes: Tags, chain: Chain, tags: Tags) -> Doubles:
    """(N,) score of a path through each row."""
    own = np.take_along_axis(emissions, tags[:, :, None], 2)[:, :, 0]
    moves = chain.transition.astype(np.float64)[tags[:, :-1], tags[:, 1:]]
    within = np.arange(emissions.shape[1])[None, :] < sizes[:, None]
    scores: Doubles = (own * within).sum(1) + (moves * within[:, 1:]).sum(1) + chain.start[tags[:, 0]]
    return scores


def _reading(candidate: Candidate, tags: Tags, chances: Doubles, path: float) -> Decoded:
    first = candidate.segment[0]
    own = chances[np.arange(len(tags)), tags]
    sources = _runs(tags, SOURCE)
    contents = _runs(tags, CONTENT)
    # One attribution has one source: the run with the most chance in it.
    source = max(sources, key=lambda r: float(own[r[0] : r[1]].sum()), default=None)
    return Decoded(
        candidate=candidate,
        source=(first + source[0], first + source[1]) if source else None,
        content=tuple((first + lo, first + hi) for lo, hi in contents),
        path=path,
        source_chance=float(own[slice(*source)].mean()) if source else 0.0,
        content_chance=float(np.concatenate([own[lo:hi] for lo, hi in contents]).mean()) if contents else 0.0,
        weakest=float(own.min()),
    )


def _runs(tags: Tags, role: int) -> list[tuple[int, int]]:
    """Ranges of one role; a beginning within a role does not part it, since fragments of one content never touch."""
    inside = np.concatenate([[False], ROLE_OF_TAG[tags] == role, [False]])
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return [(int(lo), int(hi)) for lo, hi in zip(edges[::2], edges[1::2], strict=True)]
