"""Windows for the second model: what it sees of a batch, and what it is to say of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from onrecord.analysis.cues import arrays, by_length
from onrecord.analysis.values import DEEDS, MARKS
from onrecord.analysis.words import Window
from training.candidates import likely_cues
from training.data import Cue, Document, Meant
from training.model import DISTANCE
from training.tensors import see

Array = NDArray[np.int64]
Item = tuple[Document, Window]
NO_DEED = len(DEEDS)
UNMARKED = 0.1
"""Share of windows in training whose statements are not marked, so that an article whose statements are missed is read too."""


@dataclass(frozen=True)
class Batch:
    """Windows as tensors (B, L), and `rows`: for each window the place of each of its words in (B * L)."""

    piece: Tensor
    case: Tensor
    quoted: Tensor
    role: Tensor
    mask: Tensor
    rows: list[Array]


@dataclass(frozen=True)
class AskedWords:
    """One statement or event: places in (B * L) of its segment's words, and (S,) which of MARKS each of them has."""

    rows: Array
    marks: Array


@dataclass
class Wanted:
    """What is asked of a batch, and the answers.

    `said`, `done`: each statement and event; `acts`, `types`: their answers, None where not known; `targets`,
    `parties`: (number of the statement or event, side, window, clusters).
    """

    said: list[AskedWords] = field(default_factory=list)
    acts: list[int | None] = field(default_factory=list)
    targets: list[tuple[int, int, int, frozenset[int]]] = field(default_factory=list)
    done: list[AskedWords] = field(default_factory=list)
    types: list[int] = field(default_factory=list)
    parties: list[tuple[int, int, int, frozenset[int]]] = field(default_factory=list)


def batch_of(group: Sequence[Item], rng: random.Random | None) -> Batch:
    """The windows of a group, padded; with `rng`, some without marks of their statements."""
    seen = see(group)
    role = torch.zeros_like(seen.piece)
    flat = role.view(-1)
    for (d, w), rows in zip(group, seen.rows, strict=True):
        if rng is None or rng.random() >= UNMARKED:
            flat[rows] = torch.from_numpy(statement_marks(d)[w.word])
    return Batch(seen.piece, seen.case, seen.quoted, role, seen.mask, seen.rows)


def statement_marks(d: Document) -> Array:
    """(n,) MARKS of an article's words: those of a statement within another over the other's content."""
    out = np.zeros(len(d.words), np.int64)
    for cue in sorted(d.cues, key=lambda c: -int((c.tags > 2).sum())):
        lo, hi = d.segments[cue.segment]
        own = out[lo:hi]
        own[cue.tags > 2] = MARKS.index("content")
        own[(cue.tags > 0) & (cue.tags < 3)] = MARKS.index("source")
        out[cue.words] = MARKS.index("cue")
    return out


def wanted_of(group: Sequence[Item], rows: Sequence[Array]) -> Wanted:
    """All gold statements and events of the windows."""
    out = Wanted()
    for number, ((d, w), own) in enumerate(zip(group, rows, strict=True)):
        for cue in d.cues:
            if d.segments[cue.segment] in w.segments and (cue.act is not None or cue.target is not None):
                if cue.target is not None:
                    out.targets.append((len(out.said), 0, number, cue.target))
                out.said.append(said_asked(d, w, own, cue))
                out.acts.append(cue.act)
        for mark in d.deeds:
            if d.segments[mark.segment] in w.segments:
                out.parties += [
                    (len(out.done), side, number, c)
                    for side, c in enumerate((mark.actor, mark.recipient))
                    if c is not None
                ]
                out.done.append(done_asked(d, w, own, mark.segment, mark.words))
                out.types.append(mark.type)
    return out


def add_false(
    wanted: Wanted, group: Sequence[Item], rows: Sequence[Array], chances: np.ndarray, rng: random.Random
) -> None:
    """What the model takes for triggers where the labels, which are whole there, have none: no more than there are true ones."""
    edge, wrong = 0, []
    for (d, w), own in zip(group, rows, strict=True):
        for segment, words in likely_cues(d, w, chances[edge : edge + len(own)]):
            if not d.trigger_tags[words].any() and (d.trigger_weight[words] == 1.0).all():
                wrong.append(done_asked(d, w, own, segment, words))
        edge += len(own)
    rng.shuffle(wrong)
    some = wrong[: max(4, len(wanted.done))]
    wanted.done += some
    wanted.types += [NO_DEED] * len(some)


def said_asked(d: Document, w: Window, rows: Array, cue: Cue) -> AskedWords:
    """A statement with its parts marked."""
    marks = np.zeros(len(cue.tags), np.int64)
    marks[cue.tags > 2] = MARKS.index("content")
    marks[(cue.tags > 0) & (cue.tags < 3)] = MARKS.index("source")
    marks[cue.words - d.segments[cue.segment][0]] = MARKS.index("cue")
    return AskedWords(_segment_rows(d, w, rows, cue.segment), marks)


def done_asked(d: Document, w: Window, rows: Array, segment: int, words: Array) -> AskedWords:
    """An event with its trigger marked."""
    own = _segment_rows(d, w, rows, segment)
    marks = np.zeros(len(own), np.int64)
    marks[words - d.segments[segment][0]] = MARKS.index("trigger")
    return AskedWords(own, marks)


def _segment_rows(d: Document, w: Window, rows: Array, segment: int) -> Array:
    first, last = d.segments[segment]
    lo = int(np.searchsorted(w.word, first))
    return rows[lo : lo + last - first]


def ask(head: nn.Module, states: Tensor, asked: Sequence[AskedWords]) -> tuple[Tensor, Tensor]:
    """What a head says of statements or events, in their order."""
    first = [MARKS.index("cue"), MARKS.index("trigger")]
    groups = by_length([len(a.rows) for a in asked])
    out = []
    for some in groups:
        starts = [np.flatnonzero(np.isin(asked[n].marks, first)).tolist() for n in some]
        given = arrays([asked[n].rows for n in some], starts, DISTANCE)
        mark = np.zeros_like(given.at)
        for row, n in enumerate(some):
            mark[row, : len(asked[n].marks)] = asked[n].marks
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out.append(head(states, *(torch.from_numpy(x) for x in (given.at, given.mask, mark, given.distance))))
    back = torch.tensor([n for some in groups for n in some]).argsort()
    left, right = (torch.cat(x).float()[back] for x in zip(*out, strict=True))
    return left, right


def means(states: Tensor, places: Sequence[Array]) -> Tensor:
    """(N, D) means of the states (P, D) at each list of places."""
    sizes = torch.tensor([len(p) for p in places])
    owner = torch.repeat_interleave(torch.arange(len(places)), sizes)
    sums = torch.zeros(len(places), states.shape[1]).index_add(
        0, owner, states[torch.from_numpy(np.concatenate(places))]
    )
    return sums / sizes[:, None]


def named(d: Document, w: Window) -> list[Meant]:
    """The stretches of a window that may be meant."""
    return [m for m in d.links if m.clusters and m.is_whole_in(w)]


def stretch_places(w: Window, rows: Array, m: Meant) -> Array:
    """Places of a stretch's words."""
    k = int(np.searchsorted(w.word, m.lo))
    return rows[k : k + m.hi - m.lo]
