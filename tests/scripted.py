"""Heads that say what a test tells them, so that the rooms around the model are tested without its weights.

A text is written with marks: ``[source] {cue} <content>``, one attribution a paragraph. The scripted heads score exactly
those words; everything else of the way from text to record is the real thing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from onrecord.analysis import WEIGHTS, Asked, Chain, Settings, Weights, Window
from onrecord.analysis.words import split_words
from onrecord.articles import build_article
from onrecord.extract.scoring import FEATURES
from onrecord.pipeline import Reader
from onrecord.records import Article, RawDocument, Record, Span

SURE = 12.0
CLOSING = {"[": "]", "{": "}", "<": ">"}
ROLES = {"[": "source", "{": "cue", "<": "content"}
FORBIDDEN = -1e4


@dataclass
class Marked:
    """A text without its marks, and for each paragraph with a cue the spans of the roles."""

    text: str
    attributions: list[dict[str, list[Span]]] = field(default_factory=list)


def unmark(marked: str) -> Marked:
    out, attributions = "", []
    for k, paragraph in enumerate(marked.split("\n\n")):
        out += "\n\n" if k else ""
        roles: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
        opened: dict[str, int] = {}
        for c in paragraph:
            if c in CLOSING:
                opened[c] = len(out)
            elif c in CLOSING.values():
                mark = next(o for o, e in CLOSING.items() if e == c)
                roles[ROLES[mark]].append(Span(opened.pop(mark), len(out)))
            else:
                out += c
        if roles["cue"]:
            attributions.append(roles)
    return Marked(out, attributions)


def tokenizer() -> Tokenizer:
    made = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


def flat_chain() -> Chain:
    """Nothing but what BIO forbids."""
    transition, start = np.zeros((5, 5), np.float32), np.zeros(5, np.float32)
    transition[[0, 3, 4], 2] = transition[[0, 1, 2], 4] = FORBIDDEN
    start[[2, 4]] = FORBIDDEN
    return Chain(transition, start)


def weights(*, least: float = 0.4) -> Weights:
    """Settings whose score grows with the validity alone."""
    slopes = [1.0 if name == "valid" else 0.0 for name in FEATURES]
    calibration: dict[str, Any] = {"intercept": 0.0, "weights": slopes, "least": least}
    return Weights(Path(), "sha256:scripted", tokenizer(), Settings(64, flat_chain(), calibration))


class ScriptedHeads:
    """Scores the words of given spans. `attributions`: roles by name; `valid`: log odds of all cues."""

    def __init__(self, article: Article, attributions: list[dict[str, list[Span]]], *, valid: float = 4.0) -> None:
        self.words = split_words(article.text, article.paragraphs, tokenizer())
        self.valid = valid
        self.scripts = [{role: self._indices(spans) for role, spans in a.items()} for a in attributions]

    def _indices(self, spans: list[Span]) -> set[int]:
        pairs = list(zip(self.words.start, self.words.end, strict=True))
        return {k for k, (s, e) in enumerate(pairs) for span in spans if s < span.end and e > span.start}

    def encode(self, window: Window) -> tuple[Any, Any]:
        scores = np.zeros((len(window.piece), 3), np.float32)
        scores[:, 0] = SURE
        for script in self.scripts:
            first = min(script["cue"])
            for at, word in zip(window.at, window.word, strict=True):
                if word in script["cue"]:
                    scores[at] = (0.0, SURE, 0.0) if word == first else (0.0, 0.0, SURE)
        return window, scores

    def arguments(self, states: Any, asked: Asked) -> tuple[Any, Any]:
        word_at = dict(zip(states.at.tolist(), states.word.tolist(), strict=True))
        emissions = np.zeros((*asked.at.shape, 5), np.float32)
        for n, row in enumerate(asked.at):
            words = [word_at[int(p)] if m else -1 for p, m in zip(row, asked.mask[n], strict=True)]
            cue = {w for w, c in zip(words, asked.cue[n], strict=True) if c}
            script = next(s for s in self.scripts if s["cue"] & cue)
            previous = 0
            for k, word in enumerate(words):
                role = 1 if word in script["source"] else 3 if word in script["content"] else 0
                tag = role if role == 0 or previous not in (role, role + 1) else role + 1
                emissions[n, k, tag] = SURE
                previous = tag
        return emissions, np.full(len(asked.at), self.valid, np.float32)


def article_of(text: str, **given: Any) -> Article:
    return build_article(RawDocument(origin="test", text=text, **given))


def read_marked(marked: str, *, valid: float = 4.0) -> Record:
    """The record that the real rooms make of a marked text when the heads say what the marks say."""
    plain = unmark(marked)
    article = article_of(plain.text)
    heads = ScriptedHeads(article, plain.attributions, valid=valid)
    return Reader.of(weights(), heads, threads=1).read(article)


def quoted_words(record: Record) -> list[tuple[str, str, str, str]]:
    """(source, cue, content, form) of each statement, in words."""
    text = record.article.text
    words = lambda spans: " … ".join(s.of(text) for s in spans)  # noqa: E731
    return [(words(s.source), words(s.cue), words(s.content), s.form) for s in record.statements]
