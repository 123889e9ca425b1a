"""Candidate cues of a window, and what the argument head is to learn of them: from gold, from a teacher, or from both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.cues import LEAST, candidate_runs
from onrecord.analysis.words import Window
from training.data import Cue, Document
from training.tensors import Asked

Item = tuple[Document, Window]
Array = NDArray[np.int64]


@dataclass(frozen=True)
class Taught:
    """What a teacher says of a candidate: chance that it attributes, marginals (S, 5) and (S - 1, 5, 5) of its chain."""

    chance: float
    one: np.ndarray
    two: np.ndarray


@dataclass(frozen=True)
class Known:
    """A candidate of an article that a teacher has read. `gold`: index of the article's cue that it is, if any."""

    segment: int
    words: Array
    gold: int | None
    taught: Taught


@dataclass(frozen=True)
class Lesson:
    """What a teacher says of one article: chances of the cue tags (n, 3), and its candidates."""

    cue: np.ndarray
    candidates: tuple[Known, ...]


@dataclass(frozen=True)
class Target:
    """One candidate to learn. `valid`: chance that it attributes.

    `hard`: weight of the gold `tags`; `soft`: weight of the teacher's marginals. Weights are 0 where there are none.
    """

    asked: Asked
    valid: float
    hard: float = 0.0
    tags: Array | None = None
    soft: float = 0.0
    taught: Taught | None = None


def likely_cues(d: Document, w: Window, chances: np.ndarray, least: float = LEAST) -> Iterator[tuple[int, Array]]:
    """Candidate cues of a window as the reader finds them: number of their segment, and words."""
    first = next(n for n, s in enumerate(d.segments) if s == w.segments[0])
    segments = np.repeat(np.arange(len(w.segments)), [hi - lo for lo, hi in w.segments])
    solid = d.solid[w.word].tolist()
    for lo, hi in candidate_runs(chances, solid, segments.tolist(), least=least):
        words = w.word[lo:hi]
        yield first + int(segments[lo]), words[d.solid[words]]


def ask_of(d: Document, w: Window, rows: Array, segment: int, words: Array) -> Asked:
    """The question about a cue's words, given the rows of the window's words."""
    first, last = d.segments[segment]
    lo = int(np.searchsorted(w.word, first))
    return Asked(rows[lo : lo + last - first], words - first)


def cues_of(d: Document, w: Window) -> list[Cue]:
    """Gold cues that stand in a window."""
    return [c for c in d.cues if d.segments[c.segment] in w.segments]


def false_cues(d: Document, w: Window, chances: np.ndarray, least: float = LEAST) -> Iterator[tuple[int, Array]]:
    """Likely cues of a window that touch no gold cue."""
    for segment, words in likely_cues(d, w, chances, least):
        if not d.cue_tags[words].any():
            yield segment, words


def gold_may_be_silent(d: Document, words: Array) -> bool:
    """Whether a candidate that gold does not know may attribute all the same."""
    return not d.labelled or (not d.nested and bool(d.covered[words].any()))


def gold_targets(d: Document, w: Window, rows: Array) -> list[Target]:
    """The gold cues of a window."""
    return [Target(ask_of(d, w, rows, c.segment, c.words), 1.0, hard=1.0, tags=c.tags) for c in cues_of(d, w)]


def false_targets(d: Document, w: Window, rows: Array, chances: np.ndarray) -> list[Target]:
    """What the model itself takes for cues, where gold says that they are none."""
    return [
        Target(ask_of(d, w, rows, segment, words), 0.0)
        for segment, words in false_cues(d, w, chances)
        if not gold_may_be_silent(d, words)
    ]


def taught_targets(d: Document, w: Window, rows: Array, lesson: Lesson, share: float) -> list[Target]:
    """A teacher's candidates of a window; `share` of what is learned comes from it where gold speaks too."""
    out = []
    for known in lesson.candidates:
        if d.segments[known.segment] not in w.segments:
            continue
        asked, chance = ask_of(d, w, rows, known.segment, known.words), known.taught.chance
        if known.gold is not None:
            tags = d.cues[known.gold].tags
            out.append(Target(asked, 1.0 - share + share * chance, 1.0 - share, tags, share, known.taught))
        else:
            mine = 1.0 if gold_may_be_silent(d, known.words) else share
            out.append(Target(asked, mine * chance, soft=mine * chance, taught=known.taught))
    return out


def known_candidates(d: Document, w: Window, chances: np.ndarray) -> Iterator[tuple[int, Array, int | None]]:
    """What a teacher is asked about: every gold cue of a window, and what it takes for cues itself."""
    for c in cues_of(d, w):
        yield c.segment, c.words, next(n for n, other in enumerate(d.cues) if other is c)
    for segment, words in false_cues(d, w, chances, LEAST / 2):
        yield segment, words, None


def padded(arrays: Sequence[np.ndarray | None], shape: tuple[int, ...]) -> np.ndarray:
    """Arrays of one kind in one, filled up with zeros; zeros alone for those that are absent."""
    out = np.zeros((len(arrays), *shape), np.float32)
    for n, a in enumerate(arrays):
        if a is not None:
            out[(n, *(slice(k) for k in a.shape))] = a
    return out
