"""Candidate cues of a window, and what the argument head is to learn of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.cues import LEAST, candidate_runs
from onrecord.analysis.words import Window
from training.data import Cue, Document
from training.tensors import CueRows

Item = tuple[Document, Window]
Array = NDArray[np.int64]


@dataclass(frozen=True)
class Target:
    """One candidate to learn: with its gold role tags, or without any where it does not attribute."""

    asked: CueRows
    tags: Array | None


def likely_cues(d: Document, w: Window, chances: np.ndarray, least: float = LEAST) -> list[tuple[int, Array]]:
    """Candidate cues of a window as the reader finds them: number of their segment, and words."""
    first = next(n for n, s in enumerate(d.segments) if s == w.segments[0])
    segments = np.repeat(np.arange(len(w.segments)), [hi - lo for lo, hi in w.segments])
    solid = d.solid[w.word]
    runs = candidate_runs(chances, solid.tolist(), segments.tolist(), least=least)
    return [(first + int(segments[lo]), w.word[lo:hi][solid[lo:hi]]) for lo, hi in runs]


def ask_of(d: Document, w: Window, rows: Array, segment: int, words: Array) -> CueRows:
    """The question about a cue's words, given the rows of the window's words."""
    first, last = d.segments[segment]
    lo = int(np.searchsorted(w.word, first))
    return CueRows(rows[lo : lo + last - first], words - first)


def cues_of(d: Document, w: Window) -> list[Cue]:
    """Gold cues that stand in a window."""
    return [c for c in d.cues if d.segments[c.segment] in w.segments]


def gold_targets(d: Document, w: Window, rows: Array) -> list[Target]:
    """The gold cues of a window."""
    return [Target(ask_of(d, w, rows, c.segment, c.words), c.tags) for c in cues_of(d, w)]


def false_targets(d: Document, w: Window, rows: Array, chances: np.ndarray) -> list[Target]:
    """What the model takes for cues that touch no gold one; none where gold could be silent about a nested statement."""
    return [
        Target(ask_of(d, w, rows, segment, words), None)
        for segment, words in likely_cues(d, w, chances)
        if not d.cue_tags[words].any() and (d.nested or not d.covered[words].any())
    ]
