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
    own = np.take_along_axis(chances, tags[:, :, None], 2)[:, :, 0]
    roles = ROLE_OF_TAG[tags]
    sources, contents = (_runs(roles == role) for role in (SOURCE, CONTENT))
    return [
        _reading(c, own[n, : len(c.emissions)], sources[n], contents[n], float(paths[n]))
        for n, c in enumerate(candidates)
    ]


# Both walk (S, 5, N) arrays step by step: so each of the few tags has a row of as many numbers as there are candidates, which
# arithmetic runs along several times as fast as along rows of five.


def viterbi(emissions: Doubles, sizes: Tags, chain: Chain) -> Tags:
    """(N, S) tags of the best path of each row; beyond a row's size they are 0."""
    rows, steps, _ = emissions.shape
    given = np.ascontiguousarray(emissions.transpose(1, 2, 0))
    move = chain.transition.astype(np.float64)
    best = np.empty((steps, 5, rows))
    best[0] = chain.start[:, None] + given[0]
    live = np.arange(steps)[:, None] < sizes
    least = int(sizes.min())  # before `least`, no row has ended
    for t in range(1, steps):
        np.maximum.reduce(best[t - 1][:, None] + move[:, :, None], axis=0, out=best[t])
        best[t] += given[t]
        if t >= least:
            np.copyto(best[t], best[t - 1], where=~live[t])
    tags = np.zeros((rows, steps), np.int64)
    at = best[-1].argmax(0)
    for t in range(steps - 1, 0, -1):
        tags[:, t] = at
        came = (best[t - 1] + move[:, at]).argmax(0)
        at = came if t < least else np.where(live[t], came, at)
    tags[:, 0] = at
    tags[~live.T] = 0
    return tags


def marginals(emissions: Doubles, sizes: Tags, chain: Chain) -> tuple[Doubles, Doubles]:
    """(N, S, 5) chance of each tag at each word, and (N,) log of the sum over all paths."""
    rows, steps, _ = emissions.shape
    given = np.ascontiguousarray(emissions.transpose(1, 2, 0))
    top = given.max(1)
    weight = np.exp(given - top[:, None])
    move = np.exp(chain.transition.astype(np.float64))
    back = np.ascontiguousarray(move.T)
    live = np.arange(steps)[:, None] < sizes
    least = int(sizes.min())
    forward, scales = np.empty((steps, 5, rows)), np.empty((steps, rows))
    step = np.exp(chain.start.astype(np.float64))[:, None] * weight[0]
    for t in range(steps):
        if t:
            step = (back @ forward[t - 1]) * weight[t]
        scale = np.maximum(np.add.reduce(step, axis=0), LEAST_MASS, out=scales[t])
        np.divide(step, scale, out=forward[t])
        if t >= least:
            np.copyto(forward[t], forward[t - 1], where=~live[t])
    log = np.cumsum(np.where(live, np.log(scales) + top, 0.0), axis=0)[-1]
    backward = np.ones((steps, 5, rows))
    for t in range(steps - 1, 0, -1):
        step = move @ (backward[t] * weight[t])
        step /= np.maximum(np.add.reduce(step, axis=0), LEAST_MASS)
        backward[t - 1] = step if t < least else np.where(live[t], step, backward[t])
    both = forward * backward
    chances = both / np.maximum(both.sum(1, keepdims=True), LEAST_MASS)
    return np.ascontiguousarray(chances.transpose(2, 0, 1)), log


def path_scores(emissions: Doubles, sizes: Tags, chain: Chain, tags: Tags) -> Doubles:
    """(N,) score of a path through each row."""
    own = np.take_along_axis(emissions, tags[:, :, None], 2)[:, :, 0]
    moves = chain.transition.astype(np.float64)[tags[:, :-1], tags[:, 1:]]
    within = np.arange(emissions.shape[1])[None, :] < sizes[:, None]
    scores: Doubles = (own * within).sum(1) + (moves * within[:, 1:]).sum(1) + chain.start[tags[:, 0]]
    return scores


def _reading(
    candidate: Candidate,
    own: Doubles,
    sources: Sequence[tuple[int, int]],
    contents: Sequence[tuple[int, int]],
    path: float,
) -> Decoded:
    """`own`: chances of the tags on the path; `sources`, `contents`: ranges of the segment's words."""
    first = candidate.segment[0]
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


def _runs(inside: NDArray[np.bool_]) -> list[list[tuple[int, int]]]:
    """For each row of (N, S) the ranges where it holds.

    A beginning within a role does not part it, since fragments of one content never touch.
    """
    out: list[list[tuple[int, int]]] = [[] for _ in inside]
    edges = np.pad(inside, ((0, 0), (1, 1)))
    rows, at = np.nonzero(edges[:, 1:] != edges[:, :-1])
    pairs = at.tolist()
    for row, lo, hi in zip(rows.tolist()[::2], pairs[::2], pairs[1::2], strict=True):
        out[row].append((lo, hi))
    return out
