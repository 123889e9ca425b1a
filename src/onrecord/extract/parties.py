"""Whom a statement may be aimed at, and who may have done what to whom: candidates, and what the party head is told of each.

One head for the three, told which it is asked. What the second model says of a name is one feature among those of place,
distance, and part in the statement (after Gildea and Jurafsky 2002, for roles of predicates, and mention ranking).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.cues import softmax
from onrecord.analysis.parties import AskParties, PartyQuestions
from onrecord.analysis.values import ACTS, DEEDS, Floats
from onrecord.extract.page import Page, Thing
from onrecord.records import Entity, Party, Span

Side = Literal["target", "actor", "recipient"]
SIDES: tuple[Side, ...] = ("target", "actor", "recipient")
NOBODY = -1
AT_ONCE = 64
"""Questions in one run of the head, so that memory stays flat over a long text."""
MOST, BEFORE, AFTER, COMMONEST = 28, 12, 6, 8
"""Candidates: at most MOST; the last BEFORE things named before the words, the AFTER next, the COMMONEST of the article."""
_KINDS = ("person", "organization", "country", "place", "group", "work", "phrase")
_PAIR = (
    "points", "points nearby", "points best", "points most", "in content", "first in content", "in source", "speaks",
    "spoke before", "speaks next", "same sentence", "same paragraph", "before", "words before", "after", "words after",
    "nearest before", "nearest after", "sentences away", "paragraphs away", "count", "in headline", "order", "quoted",
    "of", "by", "with", "against", "to", "owns",
)  # fmt: skip
FEATURES = (
    *(f"is {s}" for s in SIDES), "nobody", "points nobody", "has statement", *(f"act {a}" for a in ACTS),
    *(f"type {d}" for d in DEEDS), "type none", *(f"is {k}" for k in _KINDS), *_PAIR,
)  # fmt: skip
_AT = {name: n for n, name in enumerate(FEATURES)}
_WORDS_BEFORE = {
    "of": "of",
    "by": "by",
    "with": "with",
    "against": "against",
    "to": "to",
    "at": "against",
    "on": "against",
}


@dataclass(frozen=True, slots=True)
class PartyAsked:
    """One question: `side`; `words` lo … hi - 1 of the cue or trigger, and their `span`; `ask` (V + 1,) of the second model;
    `chances` of acts or types; `statement`: number of the statement that is aimed, or that tells of the event.
    """

    side: Side
    words: tuple[int, int]
    span: Span
    ask: Floats
    chances: Floats
    statement: int | None


@dataclass(slots=True)
class PartyAsker:
    """Makes the questions of one page. `vectors`: (n, V) of its words by the second model; `speakers`: things by statement."""

    page: Page
    vectors: NDArray[np.float16]
    speakers: Sequence[tuple[int, ...]]
    _named: list[tuple[int, int]] = field(init=False)  # (word, thing) of every place, in text order
    _commonest: list[int] = field(init=False)
    _places: list[Floats] = field(init=False)  # (k, V) of each thing
    _sentences: list[int] = field(init=False)
    _paragraphs: list[int] = field(init=False)

    def __post_init__(self) -> None:
        things = self.page.things
        self._named = sorted((p.lo, n) for n, t in enumerate(things) for p in t.places)
        self._commonest = sorted(range(len(things)), key=lambda n: (-len(things[n].places), n))[:COMMONEST]
        self._places = [
            np.stack([self.vectors[p.lo : p.hi].astype(np.float32).mean(0) for p in t.places]) for t in things
        ]
        self._sentences = [s.start for s in self.page.article.sentences]
        self._paragraphs = [p.start for p in self.page.article.paragraphs]

    def candidates(self, asked: PartyAsked) -> list[int]:
        """Numbers of the things that may be meant; NOBODY comes after them."""
        lo, hi = asked.words
        out: dict[int, None] = {}
        at = bisect_left(self._named, (lo, -1))
        for some, most in ((reversed(self._named[max(0, at - 200) : at]), BEFORE), (self._named[at : at + 60], AFTER)):
            fresh = 0
            for word, n in some:
                if lo <= word < hi or n in out:
                    continue
                out[n] = None
                fresh += 1
                if fresh >= most:
                    break
        if asked.statement is not None:
            said = self.page.said[asked.statement].statement
            inside = [n for n, t in enumerate(self.page.things) if any(t.within(c) for c in said.content)]
            out |= dict.fromkeys(inside[:MOST])
        out |= dict.fromkeys(self._commonest)
        return list(out)[: MOST + COMMONEST]

    def questions(self, asked: Sequence[PartyAsked]) -> tuple[PartyQuestions, list[list[int]]]:
        """The head's arrays, and each question's candidates in their order."""
        answers = [[*self.candidates(a), NOBODY] for a in asked]
        rows = np.zeros((sum(map(len, answers)), len(FEATURES)), np.float32)
        of = np.repeat(np.arange(len(answers)), [len(a) for a in answers])
        row = 0
        for one, numbers in zip(asked, answers, strict=True):
            block = rows[row : row + len(numbers)]
            self._question(block, one, numbers)
            row += len(numbers)
        return PartyQuestions(of, rows), answers

    def _question(self, rows: Floats, asked: PartyAsked, numbers: Sequence[int]) -> None:
        rows[:, _AT[f"is {asked.side}"]] = 1.0
        rows[:, _AT["points nobody"]] = asked.ask[-1]
        rows[:, _AT["has statement"]] = asked.statement is not None
        first = _AT[f"act {ACTS[0]}"] if asked.side == "target" else _AT[f"type {DEEDS[0]}"]
        rows[:, first : first + len(asked.chances)] = asked.chances
        rows[-1, _AT["nobody"]] = 1.0
        scale = float(len(asked.ask) - 1) ** -0.5
        points = [self._places[n] @ asked.ask[:-1] * scale for n in numbers if n != NOBODY]
        top = max((float(p.max()) for p in points), default=0.0)
        near = self._nearest(asked)
        for k, (n, own) in enumerate(zip(numbers, points, strict=False)):
            self._pair(rows[k], asked, n, self.page.things[n], own, top, near)

    def _nearest(self, asked: PartyAsked) -> tuple[int | None, int | None]:
        """The last thing named before the words in their sentence, and the first after them."""
        at = bisect_left(self._named, (asked.words[0], -1))
        sentence = self._sentence(asked.span.start)
        before = after = None
        if at and self._of_sentence(at - 1) == sentence:
            before = self._named[at - 1][1]
        while at < len(self._named) and self._named[at][0] < asked.words[1]:
            at += 1
        if at < len(self._named) and self._of_sentence(at) == sentence:
            after = self._named[at][1]
        return before, after

    def _of_sentence(self, at: int) -> int:
        word, n = self._named[at]
        return next(p.sentence for p in self.page.things[n].places if p.lo == word)

    def _sentence(self, start: int) -> int:
        return bisect_left(self._sentences, start + 1) - 1

    def _pair(
        self, row: Floats, asked: PartyAsked, n: int, thing: Thing, points: Floats, top: float,
        near: tuple[int | None, int | None],
    ) -> None:  # fmt: skip
        def put(name: str, value: float) -> None:
            row[_AT[name]] = value

        sentence, lo = self._sentence(asked.span.start), asked.words[0]
        paragraph = bisect_left(self._paragraphs, asked.span.start + 1) - 1
        own = [p for p, place in zip(points.tolist(), thing.places, strict=True) if place.paragraph == paragraph]
        best = float(points.max())
        put("points", best)
        put("points nearby", max(own, default=-4.0))
        put("points best", float(best >= top))
        put("points most", best - top)
        put(f"is {thing.kind}", 1.0)
        put("count", math.log(len(thing.places)))
        put("in headline", float(thing.places[0].span.end <= self.page.headline_end))
        put("order", 1.0 / (1 + n))
        put("nearest before", float(near[0] == n))
        put("nearest after", float(near[1] == n))
        self._where(put, asked, thing, sentence, paragraph, lo)
        self._part(put, asked, n, thing)

    def _where(
        self, put: Callable[[str, float], None], asked: PartyAsked, thing: Thing, sentence: int, paragraph: int, lo: int
    ) -> None:
        """Where a thing stands beside the words that are asked about."""
        at = bisect_left(thing.places, lo, key=lambda p: p.lo)
        before = thing.places[at - 1] if at else None
        after = next((p for p in thing.places[at : at + 2] if p.lo >= asked.words[1]), None)
        put("same sentence", float(any(p is not None and p.sentence == sentence for p in (before, after))))
        put("same paragraph", float(any(p is not None and p.paragraph == paragraph for p in (before, after))))
        if before is not None:
            put("before", 1.0)
            put("words before", 1.0 / (1.0 + math.log1p(lo - before.lo)))
            put("quoted", float(before.quoted))
        if after is not None:
            put("after", 1.0)
            put("words after", 1.0 / (1.0 + math.log1p(after.lo - asked.words[1])))
        nearest = [p for p in (before, after) if p is not None]
        if nearest:
            put("sentences away", min(5, min(abs(p.sentence - sentence) for p in nearest)) / 5)
            put("paragraphs away", min(5, min(abs(p.paragraph - paragraph) for p in nearest)) / 5)
            close = min(nearest, key=lambda p: abs(p.lo - lo))
            text = self.page.article.text
            word = text[max(0, close.span.start - 24) : close.span.start].replace(" the ", " ").split()
            if word and (name := _WORDS_BEFORE.get(word[-1].lower())):
                put(name, 1.0)
            put("owns", float(text[close.span.end : close.span.end + 2] in ("'s", "’s", "s'", "s’")))

    def _part(self, put: Callable[[str, float], None], asked: PartyAsked, n: int, thing: Thing) -> None:
        """What part a thing has in the statement, and in those around it."""
        k = asked.statement
        if k is None:
            return
        said = self.page.said[k].statement
        inside = [p for c in said.content if (p := thing.within(c))]
        put("in content", float(bool(inside)))
        if inside and inside[0].lo == min(
            (p.lo for t in self.page.things for c in said.content if (p := t.within(c))), default=-1
        ):
            put("first in content", 1.0)
        put("in source", float(any(thing.within(s) is not None for s in said.source)))
        put("speaks", float(n in self.speakers[k]))
        put("spoke before", float(k > 0 and n in self.speakers[k - 1]))
        put("speaks next", float(k + 1 < len(self.speakers) and n in self.speakers[k + 1]))


@dataclass(frozen=True, slots=True)
class PartyAnswer:
    """Whom the head holds likeliest (None: nobody), and the chance of that one among the candidates."""

    thing: int | None
    chance: float


def party_answers(asker: PartyAsker, asked: Sequence[PartyAsked], head: AskParties) -> list[PartyAnswer]:
    """An answer to each question."""
    out = []
    for lo in range(0, len(asked), AT_ONCE):
        questions, answers = asker.questions(asked[lo : lo + AT_ONCE])
        scores = head.parties(questions)
        edges = np.cumsum([0, *map(len, answers)])
        for numbers, first, last in zip(answers, edges, edges[1:], strict=False):
            chances = softmax(scores[first:last])
            best = int(chances.argmax())
            thing = None if numbers[best] == NOBODY else numbers[best]
            out.append(PartyAnswer(thing, float(chances[best])))
    return out


def party_of(
    answer: PartyAnswer, page: Page, entities: Mapping[str, Entity], metonyms: Mapping[str, str]
) -> Party | None:
    """The party of an answer. A capital that stands for its country has the country's name."""
    if answer.thing is None:
        return None
    thing = page.things[answer.thing]
    if thing.entity is None:
        return Party(thing.name, None)
    entity = entities[metonyms.get(thing.entity, thing.entity)]
    return Party(entity.name, entity.id)
