"""From an article to an Analysis: words, windows, cues, arguments."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from onrecord.analysis.cues import candidate_runs, questions, softmax
from onrecord.analysis.heads import Heads, Settings
from onrecord.analysis.values import Analysis, Candidate
from onrecord.analysis.words import Window, Words, is_solid, pack, segments, split_words
from onrecord.records import Article


@dataclass(frozen=True, slots=True)
class Pending:
    """An article whose windows are being read."""

    words: Words
    windows: tuple[Future[tuple[Candidate, ...]], ...]


@dataclass(frozen=True, slots=True)
class Analyzer:
    """The model with its tokenizer and settings. Same article, same analysis, whatever else is read at the time."""

    heads: Heads
    tokenizer: Tokenizer
    settings: Settings

    def start(self, article: Article, executor: Executor) -> Pending:
        """Hand the article's windows to the executor's threads."""
        words = split_words(article.text, article.paragraphs, self.tokenizer)
        solid = [is_solid(article.text[s:e]) for s, e in zip(words.start.tolist(), words.end.tolist(), strict=True)]
        windows = pack(words, segments(words, text=article.text))
        return Pending(words, tuple(executor.submit(self._read_window, w, solid) for w in windows))

    def finish(self, pending: Pending) -> Analysis:
        """Wait for the windows and put their candidates together."""
        found = sorted((c for f in pending.windows for c in f.result()), key=lambda c: c.cue)
        return Analysis(pending.words, tuple(found), self.settings.chain)

    def _read_window(self, window: Window, solid: list[bool]) -> tuple[Candidate, ...]:
        states, scores = self.heads.encode(window)
        chances = softmax(scores[window.at])
        mine = [solid[k] for k in window.word]
        segment_of = np.repeat(np.arange(len(window.segments)), [hi - lo for lo, hi in window.segments])
        cues = candidate_runs(chances, mine, segment_of.tolist())
        if not cues:
            return ()
        first = window.word
        found = []
        for question in questions(window, cues, mine, self.settings.distance):
            emissions, valid = self.heads.arguments(states, question.asked)
            for row, (number, (a, b)) in enumerate(zip(question.numbers, question.segments, strict=True)):
                lo, hi = cues[number]
                found.append(
                    Candidate(
                        cue=(int(first[lo]), int(first[hi - 1]) + 1),
                        segment=(int(first[a]), int(first[b - 1]) + 1),
                        emissions=emissions[row, : b - a],
                        chance=float(1.0 - chances[lo:hi, 0].min()),
                        valid=float(valid[row]),
                    )
                )
        return tuple(found)
