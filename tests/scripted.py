"""Heads that say what a test tells them, so that the rooms around the model are tested without its weights.

A text is written with marks: ``[source] {cue} <content>``, one attribution a paragraph. Its names are told beside it, by
kind: ``{"person": ["Ann Lane", "Lane"]}``; wherever the words stand, they are one. The scripted heads score exactly those
words, and speakers by the plain rule of `obvious` or by a test's own; everything else of the way from text to record is the
real thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.analysis import (
    KINDS,
    WEIGHTS,
    ArgumentQuestions,
    Chain,
    Encoded,
    ModelFiles,
    Questions,
    Settings,
    Window,
    mentions_of,
)
from onrecord.analysis.deeds import MarkedWords, SeenWindow
from onrecord.analysis.parties import PartyQuestions
from onrecord.analysis.values import ACTS, DEEDS, MARKS
from onrecord.analysis.words import split_words
from onrecord.articles import build_article
from onrecord.extract import ACT_FEATURES, EVENT_FEATURES, asking, build_entities, extract_statements, lay_out
from onrecord.extract.page import Page
from onrecord.extract.scoring import FEATURES
from onrecord.extract.speakers import SPEAKER_FEATURES
from onrecord.pipeline import Reader
from onrecord.records import Article, MentionKind, RawDocument, Record, Span, check

Names = Mapping[MentionKind, Sequence[str]]
Rule = Callable[[Questions], NDArray[np.float32]]
PartyRule = Callable[[PartyQuestions], NDArray[np.float32]]

SURE = 12.0
WIDTH = 8  # of the vectors, which say nothing
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


@cache
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


def weights(*, least: float = 0.4, least_named: float = 0.5) -> ModelFiles:
    """Settings whose score grows with the validity alone, and a speaker's with the head's own chance."""
    calibration = _calibration(FEATURES, "valid", least)
    speaker_calibration = _calibration(SPEAKER_FEATURES, "chance", least_named)
    act_calibration = _calibration(ACT_FEATURES, "top", 0.0)
    event_calibration = _calibration(EVENT_FEATURES, "trigger", 0.5)
    settings = Settings(64, flat_chain(), calibration, speaker_calibration, act_calibration, event_calibration)
    return ModelFiles(Path(), "sha256:scripted", tokenizer(), settings)


def _calibration(features: Sequence[str], only: str, least: float) -> dict[str, Any]:
    return {"intercept": 0.0, "weights": [float(name == only) for name in features], "least": least}


def feature(questions: Questions, name: str) -> NDArray[np.float32]:
    """(N,) what the candidates have of it."""
    return questions.features[:, asking.FEATURES.index(name)]


def obvious(questions: Questions) -> NDArray[np.float32]:
    """Whom a hurried reader would take: the names in the source, else its own words, else the last one named that "he" fits.

    A quotation without a source is the last speaker's; failing all of these, nobody's.
    """
    of = lambda name: feature(questions, name)  # noqa: E731
    he_or_she, they = of("asked he") + of("asked she"), of("asked they")
    named = of("in source") * (1 - of("after preposition")) * (1 - of("own words"))
    meant = of("before") * (he_or_she * of("is person") * (1 - of("disagrees")) + they * (1 - of("is person")))
    continued = of("asked absent") * of("quoted") * of("last speaker")
    scores = 20 * named + 14 * of("own words") + meant * (8 + 8 * of("rank before")) + 10 * continued
    return np.asarray(scores + 4 * of("is nobody"), np.float32)


class ScriptedHeads:
    """Scores the words of given spans.

    `attributions`: roles by name; `names`: places and their kinds; `valid`: log odds of all cues; `rule`: scores speakers.
    """

    def __init__(
        self,
        article: Article,
        attributions: list[dict[str, list[Span]]],
        *,
        names: Sequence[tuple[Span, MentionKind]] = (),
        valid: float = 4.0,
        rule: Rule = obvious,
    ) -> None:
        self.words = split_words(article.text, article.paragraphs, tokenizer())
        self.valid = valid
        self.rule = rule
        self.scripts = [{role: self._indices(spans) for role, spans in a.items()} for a in attributions]
        self.cued = {word: script for script in self.scripts for word in script["cue"]}
        # Of each word the tag that it has: that of a mention's first word, or of a later one.
        self.tags: dict[int, int] = {}
        for span, kind in names:
            first, *later = sorted(self._indices([span]))
            tag = 1 + 2 * KINDS.index(kind)
            self.tags |= {first: tag, **dict.fromkeys(later, tag + 1)}

    def _indices(self, spans: list[Span]) -> set[int]:
        start, end = self.words.start, self.words.end
        edges = [(np.searchsorted(end, s.start, "right"), np.searchsorted(start, s.end)) for s in spans]
        return {k for lo, hi in edges for k in range(int(lo), int(hi))}

    def encode(self, window: Window) -> Encoded:
        size = len(window.piece)
        scores, mentions = np.zeros((size, 3), np.float32), np.zeros((size, 1 + 2 * len(KINDS)), np.float32)
        scores[:, 0] = SURE
        for at, word in zip(window.at, window.word.tolist(), strict=True):
            mentions[at, self.tags.get(word, 0)] = SURE
            if script := self.cued.get(word):
                scores[at] = (0.0, SURE, 0.0) if word == min(script["cue"]) else (0.0, 0.0, SURE)
        return Encoded(window, scores, mentions, np.zeros((size, WIDTH), np.float32))

    def speakers(self, questions: Questions) -> NDArray[np.float32]:
        return self.rule(questions)

    def arguments(self, states: Any, asked: ArgumentQuestions) -> tuple[Any, Any]:
        word_at = dict(zip(states.at.tolist(), states.word.tolist(), strict=True))
        emissions = np.zeros((*asked.at.shape, 5), np.float32)
        for n, row in enumerate(asked.at):
            words = [word_at[int(p)] if m else -1 for p, m in zip(row, asked.mask[n], strict=True)]
            script = next(self.cued[w] for w, c in zip(words, asked.cue[n], strict=True) if c)
            previous = 0
            for k, word in enumerate(words):
                role = 1 if word in script["source"] else 3 if word in script["content"] else 0
                tag = role if role == 0 or previous not in (role, role + 1) else role + 1
                emissions[n, k, tag] = SURE
                previous = tag
        return emissions, np.full(len(asked.at), self.valid, np.float32)


def nobody(questions: PartyQuestions) -> NDArray[np.float32]:
    """No statement has a target."""
    return np.full(len(questions.of), -SURE, np.float32)


class ScriptedSecond:
    """Gives statements the act of their cue's first word, "state" unless told; finds events where it is told.

    `acts`: by words in small letters; `events`: places of triggers and their types; `rule`: scores parties.
    """

    def __init__(
        self,
        article: Article,
        *,
        acts: Mapping[str, str] | None = None,
        events: Sequence[tuple[Span, str]] = (),
        rule: PartyRule = nobody,
    ) -> None:
        self.words = split_words(article.text, article.paragraphs, tokenizer())
        self.text, self.acts, self.rule = article.text, acts or {}, rule
        self.triggers: dict[int, str] = {}
        for span, type_ in events:
            lo = int(np.searchsorted(self.words.end, span.start, "right"))
            self.triggers |= dict.fromkeys(range(lo, int(np.searchsorted(self.words.start, span.end))), type_)

    def see(self, window: Window, marks: NDArray[np.int64]) -> SeenWindow:
        size = len(window.piece)
        triggers = np.zeros((size, 3), np.float32)
        triggers[:, 0] = SURE
        for at, word in zip(window.at, window.word.tolist(), strict=True):
            if word in self.triggers:
                triggers[at] = (0.0, 0.0, SURE) if word - 1 in self.triggers else (0.0, SURE, 0.0)
        return SeenWindow(window, triggers, np.zeros((size, WIDTH), np.float32))

    def _first(self, states: Window, marked: MarkedWords, n: int) -> int:
        """The first word that is marked as a cue or trigger."""
        word_at = dict(zip(states.at.tolist(), states.word.tolist(), strict=True))
        wanted = (MARKS.index("cue"), MARKS.index("trigger"))
        return next(word_at[int(p)] for p, m in zip(marked.at[n], marked.mark[n], strict=True) if m in wanted)

    def said(self, states: Window, marked: MarkedWords) -> tuple[Any, Any]:
        scores = np.zeros((len(marked.at), len(ACTS)), np.float32)
        for n in range(len(scores)):
            k = self._first(states, marked, n)
            word = self.text[self.words.start[k] : self.words.end[k]].lower()
            scores[n, ACTS.index(self.acts.get(word, "state"))] = SURE
        return scores, np.zeros((len(scores), WIDTH + 1), np.float32)

    def done(self, states: Window, marked: MarkedWords) -> tuple[Any, Any]:
        scores = np.zeros((len(marked.at), len(DEEDS) + 1), np.float32)
        for n in range(len(scores)):
            scores[n, DEEDS.index(self.triggers[self._first(states, marked, n)])] = SURE
        return scores, np.zeros((len(scores), 2, WIDTH + 1), np.float32)

    def parties(self, questions: PartyQuestions) -> NDArray[np.float32]:
        return self.rule(questions)


def article_of(text: str, **given: Any) -> Article:
    return build_article(RawDocument(origin="test", text=text, **given))


def names_in(text: str, names: Names) -> list[tuple[Span, MentionKind]]:
    """Wherever the words of a name stand, the longer ones first."""
    kinds = {words: kind for kind, some in names.items() for words in some}
    either = "|".join(re.escape(words) for words in sorted(kinds, key=len, reverse=True))
    found = re.finditer(rf"(?<!\w)(?:{either})(?!\w)", text) if kinds else ()
    return [(Span(*m.span()), kinds[m[0]]) for m in found]


def heads_of(marked: str, names: Names | None = None, *, valid: float = 4.0, rule: Rule = obvious):
    """The article of a marked text, and heads that say what marks, names and rule say."""
    plain = unmark(marked)
    article = article_of(plain.text)
    places = names_in(article.text, names or {})
    return article, ScriptedHeads(article, plain.attributions, names=places, valid=valid, rule=rule)


def read_marked(
    marked: str,
    names: Names | None = None,
    *,
    least_named: float = 0.5,
    acts: Mapping[str, str] | None = None,
    events: Mapping[str, str] | None = None,
    parties_by: PartyRule = nobody,
    **scripted: Any,
) -> Record:
    """The record that the real rooms make of a marked text when the heads say what the marks say.

    `acts`: by the cue's first word; `events`: types by the trigger's words, wherever they stand; `parties_by`: scores parties.
    """
    article, heads = heads_of(marked, names, **scripted)
    places = [
        (Span(*m.span()), type_)
        for words, type_ in (events or {}).items()
        for m in re.finditer(rf"\b{words}\b", article.text)
    ]
    second = ScriptedSecond(article, acts=acts, events=places, rule=parties_by)
    record = Reader.of(weights(least_named=least_named), heads, second, threads=1).read(article)
    check(record)
    return record


def page_of(marked: str, names: Names | None = None) -> Page:
    """The page that a marked text is laid out as before its speakers are asked for."""
    article, heads = heads_of(marked, names)
    reader = Reader.of(weights(), heads, ScriptedSecond(article), threads=1)
    analysis = reader.analyzer.finish(reader.analyzer.start(article, reader.executor))
    statements = extract_statements(article, analysis, reader.calibrations.statements)
    mentions, entities = build_entities(article, mentions_of(article, analysis))
    return lay_out(article, analysis, statements, mentions, entities)


def quoted_words(record: Record) -> list[tuple[str, str, str, str]]:
    """(source, cue, content, form) of each statement, in words."""
    text = record.article.text
    words = lambda spans: " … ".join(s.of(text) for s in spans)  # noqa: E731
    return [(words(s.source), words(s.cue), words(s.content), s.form) for s in record.statements]
