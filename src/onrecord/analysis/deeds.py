"""The second model at run time: what people do by their words, and what is done otherwise.

It sees the article again, with the statements that extraction found marked in it, window by window; see `training.deeds_model`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.cues import arrays, by_length, candidate_runs, softmax
from onrecord.analysis.heads import SECOND_FILES, WEIGHTS, session
from onrecord.analysis.parties import AskParties, PartyQuestions
from onrecord.analysis.values import MARKS, Analysis, Floats
from onrecord.analysis.words import Ints, Window, pack

LIKELY = 0.15
"""Least chance of a word to be in a trigger that makes a possible event; false ones are told apart by the event head."""
_SOURCE, _CUE, _CONTENT, _TRIGGER = (MARKS.index(m) for m in ("source", "cue", "content", "trigger"))


@dataclass(frozen=True, slots=True)
class Parts:
    """A statement as the second model is shown it: words (lo, hi) of its source, cue and content, in text order."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """N statements or events of a window for their head, each array (N, S).

    `at`: positions in the window of the words of each one's segment; `mask`: 1 where there is a word; `mark`: MARKS; `distance`:
    to the first marked word, clipped, counted from 0.
    """

    at: Ints
    mask: Ints
    mark: Ints
    distance: Ints


@dataclass(frozen=True, slots=True)
class SeenWindow:
    """A window of L pieces: `states` to be handed back to the heads; `triggers` (L, 3) scores; `vectors` (L, V)."""

    states: Any
    triggers: Floats
    vectors: Floats


class SecondHeads(AskParties, Protocol):
    """A window and its marks in, scores out; then an article's questions about parties. A pure function of its inputs."""

    def see(self, window: Window, marks: Ints) -> SeenWindow:
        """The window, `marks` (L,) of its pieces."""
        ...

    def said(self, states: Any, marked: MarkedWords) -> tuple[Floats, Floats]:
        """Scores of acts (N, A), and vectors (N, V + 1) that ask for the target, the last number the score of nobody."""
        ...

    def done(self, states: Any, marked: MarkedWords) -> tuple[Floats, Floats]:
        """Scores of types (N, T + 1), the last of no event, and vectors (N, 2, V + 1) that ask for actor and recipient."""
        ...


@dataclass(frozen=True, slots=True)
class SaidScores:
    """Of one statement: scores of acts (A,), and the vector (V + 1,) that asks for its target."""

    acts: Floats
    target: Floats


@dataclass(frozen=True, slots=True)
class DoneScores:
    """Of one possible event: its trigger's words lo … hi - 1, its segment's, the chance of its likeliest word to be a trigger,
    scores of types (T + 1,), and vectors (2, V + 1) that ask for actor and recipient.
    """

    words: tuple[int, int]
    segment: tuple[int, int]
    chance: float
    types: Floats
    parties: Floats


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the second model says of an article: of its statements by number, of its possible events in text order, and `vectors`
    (n, V) of its words, to be compared with what asks.
    """

    said: dict[int, SaidScores]
    done: tuple[DoneScores, ...]
    vectors: NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class PendingDeeds:
    """An article that is being looked at again."""

    windows: tuple[Future[Deeds], ...]


@dataclass(frozen=True, slots=True)
class DeedAnalyzer:
    """The second model. Same article and statements, same answer, whatever else is read at the time. `distance`: its clip."""

    heads: SecondHeads
    distance: int

    def start(self, analysis: Analysis, parts: Sequence[Parts], executor: Executor) -> PendingDeeds:
        """Hand the article's windows to the executor's threads. `parts`: its statements."""
        words = analysis.words
        marks = statement_marks(len(words), parts)
        windows, cues = pack(words, analysis.segments), sorted((p.cue[0][0], n) for n, p in enumerate(parts))

        def here(window: Window) -> list[tuple[int, Parts]]:
            lo, hi = (bisect_left(cues, (at, -1)) for at in (window.segments[0][0], window.segments[-1][1]))
            return [(n, parts[n]) for n in sorted(n for _, n in cues[lo:hi])]

        return PendingDeeds(tuple(executor.submit(self._look, w, marks, words.solid, here(w)) for w in windows))

    def finish(self, pending: PendingDeeds) -> Deeds:
        """Wait for the windows and put them together."""
        seen = [f.result() for f in pending.windows]
        said = {number: scores for w in seen for number, scores in w.said.items()}
        done = sorted((d for w in seen for d in w.done), key=lambda d: d.words)
        vectors = np.concatenate([w.vectors for w in seen]) if seen else np.zeros((0, 0), np.float16)
        return Deeds(said, tuple(done), vectors)

    def _look(self, window: Window, marks: Ints, solid: Sequence[bool], here: Sequence[tuple[int, Parts]]) -> Deeds:
        seen = self.heads.see(window, _on_pieces(window, marks))
        edges = np.cumsum([0, *(hi - lo for lo, hi in window.segments)])
        starts = {segment: (int(edges[n]), segment) for n, segment in enumerate(window.segments)}
        said = {}
        for number, part in here:
            at = part.cue[0][0]
            if segment := next((s for s in window.segments if s[0] <= at < s[1]), None):
                said[number] = self._marked(window, starts[segment], _part_marks(segment, part))
        chances = softmax(seen.triggers[window.at])
        segment_of = np.repeat(np.arange(len(window.segments)), np.diff(edges)).tolist()
        first = window.word.tolist()
        mine = [solid[k] for k in first]
        runs = candidate_runs(chances, mine, segment_of, least=LIKELY)
        done = []
        for lo, hi in runs:
            at, segment = starts[window.segments[segment_of[lo]]]
            own = np.zeros(segment[1] - segment[0], np.int64)
            own[[k - at for k in range(lo, hi) if mine[k]]] = _TRIGGER
            done.append(self._marked(window, (at, segment), own))
        acts = self._ask(self.heads.said, seen.states, list(said.values()))
        types = self._ask(self.heads.done, seen.states, done)
        return Deeds(
            {number: SaidScores(*scores) for number, scores in zip(said, acts, strict=True)},
            tuple(
                DoneScores(
                    (first[lo], first[hi - 1] + 1), window.segments[segment_of[lo]],
                    float(1.0 - chances[lo:hi, 0].min()), *scores,
                )
                for (lo, hi), scores in zip(runs, types, strict=True)
            ),
            seen.vectors[window.at].astype(np.float16),
        )  # fmt: skip

    def _marked(self, window: Window, start: tuple[int, tuple[int, int]], marks: Ints) -> tuple[Ints, Ints]:
        at, (lo, hi) = start
        return window.at[at : at + hi - lo], marks

    def _ask(self, head: Any, states: Any, asked: Sequence[tuple[Ints, Ints]]) -> list[tuple[Floats, Floats]]:
        """What a head says, in the order of what is asked. What goes together hangs on the window alone."""
        out: list[tuple[Floats, Floats] | None] = [None] * len(asked)
        for some in by_length([len(rows) for rows, _ in asked]):
            starts = [np.flatnonzero((asked[n][1] == _CUE) | (asked[n][1] == _TRIGGER)).tolist() for n in some]
            given = arrays([asked[n][0] for n in some], starts, self.distance)
            mark = np.zeros_like(given.at)
            for row, n in enumerate(some):
                mark[row, : len(asked[n][1])] = asked[n][1]
            left, right = head(states, MarkedWords(given.at, given.mask, mark, given.distance))
            for row, n in enumerate(some):
                out[n] = (left[row], right[row])
        return [scores for scores in out if scores is not None]


def statement_marks(count: int, parts: Sequence[Parts]) -> Ints:
    """(n,) MARKS of an article's words: those of a statement within another over the other's content."""
    out = np.zeros(count, np.int64)
    for part in sorted(parts, key=lambda p: -sum(hi - lo for lo, hi in p.content)):
        for mark, runs in ((_CONTENT, part.content), (_SOURCE, part.source), (_CUE, part.cue)):
            for lo, hi in runs:
                out[lo:hi] = mark
    return out


def _part_marks(segment: tuple[int, int], part: Parts) -> Ints:
    """MARKS of the words of a statement's segment, by that statement alone."""
    first, last = segment
    out = np.zeros(last - first, np.int64)
    for mark, runs in ((_CONTENT, part.content), (_SOURCE, part.source), (_CUE, part.cue)):
        for lo, hi in runs:
            out[max(lo - first, 0) : max(hi - first, 0)] = mark
    return out


def _on_pieces(window: Window, marks: Ints) -> Ints:
    """(L,) marks of a window's pieces: those of a word's first piece alone, as in training."""
    out = np.zeros(len(window.piece), np.int64)
    out[window.at] = marks[window.word]
    return out


class OnnxSecondHeads:
    """The exported second model and the party head; one window and one thread a run, as `OnnxHeads`."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        graphs = (session(str(folder / name), folder) for name in SECOND_FILES)
        self._encoder, self._said, self._done, self._parties = graphs

    def see(self, window: Window, marks: Ints) -> SeenWindow:
        given = {
            "piece": window.piece[None],
            "case": window.case[None],
            "quoted": window.quoted[None],
            "role": marks[None],
        }
        return SeenWindow(*self._encoder.run(None, given))

    def said(self, states: Any, marked: MarkedWords) -> tuple[Floats, Floats]:
        acts, target = self._said.run(None, _inputs(states, marked))
        return acts, target

    def done(self, states: Any, marked: MarkedWords) -> tuple[Floats, Floats]:
        types, parties = self._done.run(None, _inputs(states, marked))
        return types, parties

    def parties(self, questions: PartyQuestions) -> Floats:
        (scores,) = self._parties.run(None, {"features": questions.features})
        return np.asarray(scores, np.float32)


def _inputs(states: Any, marked: MarkedWords) -> dict[str, Any]:
    return {"states": states, "at": marked.at, "mask": marked.mask, "mark": marked.mark, "distance": marked.distance}
