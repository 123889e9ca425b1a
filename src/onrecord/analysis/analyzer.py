"""From an article to an Analysis: words, windows, cues, arguments."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.analysis.cues import candidate_runs, questions, softmax
from onrecord.analysis.heads import Heads, Settings
from onrecord.analysis.mentions import spot
from onrecord.analysis.values import Analysis, Candidate, Floats, Spotted
from onrecord.analysis.words import Window, Words, pack, segments, split_words
from onrecord.records import Article

PACKED = 128
"""Pieces up to which paragraphs share a window; a longer paragraph has its own. Attention costs the square of a window, and
statements are found as well among fewer paragraphs (training/LOG.md)."""


@dataclass(frozen=True, slots=True)
class WindowRead:
    """What was found in one window. `vectors`: (n, V) of its words."""

    candidates: tuple[Candidate, ...]
    spotted: tuple[Spotted, ...]
    vectors: NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Pending:
    """An article whose windows are being read."""

    words: Words
    segments: tuple[tuple[int, int], ...]
    reading: tuple[Future[WindowRead], ...]


@dataclass(frozen=True, slots=True)
class Analyzer:
    """The model with its tokenizer and settings. Same article, same analysis, whatever else is read at the time."""

    heads: Heads
    tokenizer: Tokenizer
    settings: Settings

    def start(self, article: Article, executor: Executor) -> Pending:
        """Hand the article's windows to the executor's threads."""
        words = split_words(article.text, article.paragraphs, self.tokenizer)
        parts = tuple(segments(words, text=article.text))
        windows = pack(words, parts, limit=PACKED)
        return Pending(words, parts, tuple(executor.submit(self._read_window, w, words.solid) for w in windows))

    def finish(self, pending: Pending) -> Analysis:
        """Wait for the windows and put their candidates together."""
        read = [f.result() for f in pending.reading]
        found = sorted((c for w in read for c in w.candidates), key=lambda c: c.cue)
        spotted = sorted((m for w in read for m in w.spotted), key=lambda m: m.words)
        vectors = np.concatenate([w.vectors for w in read]) if read else np.zeros((0, 0), np.float16)
        return Analysis(pending.words, tuple(found), self.settings.chain, tuple(spotted), vectors, pending.segments)

    def _read_window(self, window: Window, solid: Sequence[bool]) -> WindowRead:
        seen = self.heads.encode(window)
        mine = [solid[k] for k in window.word.tolist()]
        segment_of = np.repeat(np.arange(len(window.segments)), [hi - lo for lo, hi in window.segments]).tolist()
        spotted = spot(softmax(seen.mentions[window.at]), mine, segment_of, window.word.tolist())
        chances = softmax(seen.cues[window.at])
        cues = candidate_runs(chances, mine, segment_of)
        candidates = self._candidates(window, seen.states, chances, cues, mine)
        return WindowRead(candidates, tuple(spotted), seen.vectors[window.at].astype(np.float16))

    def _candidates(
        self, window: Window, states: Any, chances: Floats, cues: Sequence[tuple[int, int]], solid: Sequence[bool]
    ) -> tuple[Candidate, ...]:
        """The possible cues of a window, with their arguments."""
        first = window.word.tolist()
        found = []
        for question in questions(window, cues, solid, self.settings.distance):
            emissions, valid = self.heads.arguments(states, question.asked)
            for row, (number, (a, b)) in enumerate(zip(question.numbers, question.segments, strict=True)):
                lo, hi = cues[number]
                found.append(
                    Candidate(
                        cue=(first[lo], first[hi - 1] + 1),
                        segment=(first[a], first[b - 1] + 1),
                        emissions=emissions[row, : b - a],
                        chance=float(1.0 - chances[lo:hi, 0].min()),
                        valid=float(valid[row]),
                    )
                )
        return tuple(found)
