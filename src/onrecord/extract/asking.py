"""Whom a statement may be by: its candidates, and what is told of each to the speaker head.

Features after the literature on quotation attribution and coreference (Elson and McKeown 2010; O'Keefe and others 2012;
Almeida, Almeida and Martins 2014; Clark and Manning 2016): place in the source, distance, agreement, who spoke last, how
often and where a thing is named, and what it is called.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

import numpy as np

from onrecord.analysis.speakers import PLACES, Questions
from onrecord.analysis.values import Floats
from onrecord.extract.page import Page, Place, Said, Thing

MOST, NEAREST, COMING, COMMONEST = 32, 20, 4, 8
"""Candidates of a statement: at most MOST; the last NEAREST things named before it, the COMING next, the COMMONEST of all."""

Put = Callable[[str, float], None]
_LO = attrgetter("lo")  # by it a thing's places are looked up: some texts name one thing a hundred thousand times

NOBODY, AUTHOR = -1, -2
"""Numbers of the answers that are no thing: nobody who can be told, and the article's writer."""

_KINDS = ("person", "organization", "country", "place", "group", "work", "phrase")
_ASKED = ("absent", "he", "she", "they", "it", "i", "we", "you", "who", "which", "other pronoun", "nominal", "named")
_PRONOUNS = {
    "he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she", "they": "they", "them": "they",
    "their": "they", "theirs": "they", "it": "it", "its": "it", "i": "i", "my": "i", "we": "we", "our": "we", "you": "you",
    "your": "you", "who": "who", "whom": "who", "whose": "who", "which": "which", "that": "which",
}  # fmt: skip
_OWNERS = frozenset("his her their its my our your".split())
_PREPOSITIONS = frozenset("of for from at with by in to on against about around near than".split())
_STATEMENT = (
    *(f"asked {a}" for a in _ASKED),
    "plural",
    "nested",
    "quoted",
    "inverted",
    "opens paragraph",
    "first",
    "last away",
    "definite",
    "indefinite",
    "somebody's",
)
_PAIR = (
    "in source", "starts source", "first in source", "last in source", "share of source", "after preposition",
    "apposed", "ends source", "joined", "own words", "in content", "between", "same sentence before", "same sentence after",
    "before", "words before", "sentences before", "paragraphs before", "rank before", "rank of kind before", "quoted before",
    "opens sentence", "was source before", "after", "words after", "count", "share", "in headline", "in lead", "order",
    "agrees", "disagrees", "number agrees", "number disagrees", "role words", "role head", "name words", "country",
    "another country", "sources", "last speaker", "speaker before last", "statements since", "same paragraph since",
    "next speaker", "right before", "in reporter's source", "repeated words", "same head",
)  # fmt: skip
FEATURES = (*_STATEMENT, *(f"is {k}" for k in _KINDS), "is nobody", "is author", *_PAIR)
_AT = {name: n for n, name in enumerate(FEATURES)}


@dataclass(slots=True)
class Asker:
    """Makes the questions of one page."""

    page: Page
    _before: list[tuple[int, int]] = field(init=False)  # (word, thing) of every place, in text order
    _commonest: list[int] = field(init=False)
    _things: dict[int, Sequence[float]] = field(init=False, default_factory=dict)
    _sources: list[list[int]] = field(init=False)  # statements in whose source a thing stands

    def __post_init__(self) -> None:
        things = self.page.things
        self._before = sorted((p.lo, n) for n, t in enumerate(things) for p in t.places)
        self._commonest = sorted(range(len(things)), key=lambda n: (-len(things[n].places), n))[:COMMONEST]
        self._sources = [[] for _ in things]
        for k, said in enumerate(self.page.said):
            for n in (*said.inner, *(() if said.own is None else (said.own,))):
                self._sources[n].append(k)

    def candidates(self, said: Said) -> list[int]:
        """Numbers of the things that may be meant, the likelier kinds of place first; NOBODY and AUTHOR come after them.

        A source that is a name, or a list of such, means those and nobody else.
        """
        if said.joined or (said.form == "named" and said.own is None):
            return list(dict.fromkeys([*said.joined, *said.inner]))[:MOST]
        out = dict.fromkeys([*said.inner, *(() if said.own is None else (said.own,))])
        at = bisect_left(self._before, (said.held.lo, -1))
        found = 0
        for _, n in reversed(self._before[max(0, at - 400) : at]):
            if n not in out:
                out[n] = None
                found += 1
                if found >= NEAREST:
                    break
        after = bisect_right(self._before, (said.held.hi, -1))
        for _, n in self._before[after : after + COMING]:
            out[n] = None
        if len(out) < MOST:
            out |= dict.fromkeys(self._commonest)
        return list(out)[:MOST]

    def questions(self, some: range | None = None) -> tuple[Questions, list[list[int]]]:
        """The head's arrays for `some` of the statements, all unless told, and each one's answers in their order."""
        asked = [(k, self.page.said[k]) for k in (some or range(len(self.page.said)))]
        answers = [[*self.candidates(s), NOBODY, AUTHOR] for _, s in asked]
        rows = np.zeros((sum(map(len, answers)), len(FEATURES)), np.float32)
        width = asked[0][1].vector.shape[0] if asked else 0
        places = np.zeros((len(rows), PLACES, width), np.float32)
        there = np.zeros((len(rows), PLACES), np.float32)
        of = np.repeat(np.arange(len(answers)), [len(a) for a in answers])
        row = 0
        for (k, said), numbers in zip(asked, answers, strict=True):
            rows[row : row + len(numbers), : len(_STATEMENT)] = self._of_statement(k, said)
            ranks = self._ranks(said)
            for n in numbers:
                if n < 0:
                    rows[row, _AT["is nobody" if n == NOBODY else "is author"]] = 1.0
                else:
                    thing = self.page.things[n]
                    chosen = self._places(said, thing)
                    rows[row, len(_STATEMENT) :] = self._of_pair(k, said, n, thing, ranks)
                    places[row, : len(chosen)] = thing.vectors[chosen]
                    there[row, : len(chosen)] = 1.0
                row += 1
        vectors = np.stack([s.vector for _, s in asked]) if asked else np.zeros((0, width), np.float32)
        return Questions(vectors, of, rows, places, there), answers

    def _places(self, said: Said, thing: Thing) -> list[int]:
        """Up to PLACES places of a thing that tell most: within the source, the last before, the next after, the first."""
        places = thing.places
        at = bisect_left(places, said.held.lo, key=_LO)
        inside = [at] if at < len(places) and places[at].lo < said.held.hi else []
        near = [at - 1] if at else []
        after = [at + len(inside)] if not near and at + len(inside) < len(places) else []
        return list(dict.fromkeys([*inside, *near, *after, 0]))[:PLACES]

    # ------------------------------------------------------------ of a statement

    def _of_statement(self, k: int, said: Said) -> Floats:
        row = np.zeros(len(_STATEMENT), np.float32)
        form = _PRONOUNS.get(said.pronoun, "other pronoun") if said.pronoun else said.form
        row[_ASKED.index(form)] = 1.0
        content = said.statement.content
        before = self.page.said[k - 1] if k else None
        first = content[0].start if content else said.held.span.start
        text = self.page.article.text
        values = (
            _is_plural(said), said.inside is not None, _opens_with_mark(text, first), first < said.held.span.start,
            before is None or before.held.paragraph != said.held.paragraph, k == 0,
            _near(said.held.lo - before.held.lo) if before else 0.0, *_determined(said),
        )  # fmt: skip
        row[len(_ASKED) :] = values
        return row

    def _ranks(self, said: Said) -> Mapping[int, tuple[int, int]]:
        """How many things, and things of its kind, are named between each thing's last place and the statement."""
        at = bisect_left(self._before, (said.held.lo, -1))
        kinds: dict[str, int] = {}
        out: dict[int, tuple[int, int]] = {}
        for _, n in reversed(self._before[max(0, at - 400) : at]):
            if n not in out:
                kind = self.page.things[n].kind
                out[n] = (len(out), kinds.get(kind, 0))
                kinds[kind] = kinds.get(kind, 0) + 1
        return out

    # ------------------------------------------------------------ of a statement and a thing

    def _of_pair(
        self, k: int, said: Said, n: int, thing: Thing, ranks: Mapping[int, tuple[int, int]]
    ) -> Sequence[float]:
        """A row's features of the pair. Gathered in a list: to fill an array cell by cell takes three times as long."""
        row = list(self._of_thing(n, thing))

        def put(name: str, value: float) -> None:
            row[_AT[name]] = value

        put("own words", float(said.own == n))
        if n in said.inner or said.own == n:
            self._in_source(put, said, n, thing)
        self._around(put, said, thing, ranks.get(n))
        _agreement(put, said, thing)
        _likeness(put, self.page, said, thing)
        self._speaking(put, k, said, n)
        return row[len(_STATEMENT) :]

    def _of_thing(self, n: int, thing: Thing) -> Sequence[float]:
        """A row with what hangs on the thing alone."""
        if n not in self._things:
            row = [0.0] * len(FEATURES)
            row[_AT[f"is {thing.kind}"]] = 1.0
            row[_AT["count"]] = math.log1p(len(thing.places))
            row[_AT["share"]] = len(thing.places) / len(self._before)
            row[_AT["in headline"]] = float(thing.places[0].span.start < self.page.headline_end)
            row[_AT["in lead"]] = float(any(p.paragraph <= 1 for p in thing.places[:2]))
            row[_AT["order"]] = 1.0 / (1.0 + n)
            self._things[n] = row
        return self._things[n]

    def _in_source(self, put: Put, said: Said, n: int, thing: Thing) -> None:
        source, text = said.source, self.page.article.text
        if source is None:
            return
        place = thing.within(source)
        if place is None:
            return
        put("in source", 1.0)
        before, after = text[source.start : place.span.start], text[place.span.end : source.end]
        put("starts source", float(before.strip().lower() in ("", "the", "a", "an")))
        put("first in source", float(bool(said.inner) and said.inner[0] == n))
        put("last in source", float(bool(said.inner) and said.inner[-1] == n))
        put("share of source", len(place.span) / len(source))
        put("after preposition", float(bool(before.split()) and before.split()[-1].lower() in _PREPOSITIONS))
        put("apposed", float(before.rstrip().endswith(",")))
        put("ends source", float(not any(c.isalnum() for c in after)))
        words = before.split()
        put(
            "joined",
            float((bool(words) and words[-1] in ("and", "&")) or after.lstrip(" ,").startswith(("and ", "& "))),
        )

    def _around(self, put: Put, said: Said, thing: Thing, rank: tuple[int, int] | None) -> None:
        held = said.held
        at = bisect_left(thing.places, held.lo, key=_LO)
        if at:
            last = thing.places[at - 1]
            put("before", 1.0)
            put("words before", _near(held.lo - last.hi))
            put("sentences before", 1.0 / (1.0 + held.sentence - last.sentence))
            put("paragraphs before", 1.0 / (1.0 + held.paragraph - last.paragraph))
            put("same sentence before", float(last.sentence == held.sentence))
            put("quoted before", float(last.quoted))
            put("opens sentence", 1.0 / (1.0 + self._words_into_sentence(last)))
            put("right before", float(held.lo - last.hi <= 1 and said.pronoun in ("who", "which", "that", "whose")))
            if rank:
                put("rank before", 1.0 / (1.0 + rank[0]))
                put("rank of kind before", 1.0 / (1.0 + rank[1]))
        coming = bisect_left(thing.places, held.hi, key=_LO)
        if coming < len(thing.places):
            following = thing.places[coming]
            put("after", 1.0)
            put("words after", _near(following.lo - held.hi))
            put("same sentence after", float(following.sentence == held.sentence))
        content = said.statement.content
        near = thing.places[max(0, at - 3) : coming + 3]
        put("in content", float(any(c.holds(p.span) for c in content for p in near)))
        if content and said.source is not None:
            cue, first = said.statement.cue[-1].end, content[0].start
            put("between", float(any(cue <= p.span.start and p.span.end <= first for p in near)))

    def _words_into_sentence(self, place: Place) -> int:
        start = self.page.article.sentences[place.sentence].start if place.sentence >= 0 else 0
        return self.page.article.text.count(" ", start, place.span.start)

    def _speaking(self, put: Put, k: int, said: Said, n: int) -> None:
        """Who was the source of the statements around."""
        own = self._sources[n]
        at = bisect_left(own, k)
        put("sources", math.log1p(len(own)))
        if at:
            since = k - own[at - 1]
            put("statements since", 1.0 / since)
            put("last speaker", float(since == 1))
            put("speaker before last", float(since == 2))
            last = self.page.said[own[at - 1]]
            put("same paragraph since", float(last.held.paragraph == said.held.paragraph))
            put("was source before", 1.0)
        put("next speaker", float(k + 1 in own[at : at + 2]))
        if said.inside is not None:
            reporter = self.page.said[said.inside]
            put("in reporter's source", float(n in reporter.inner or n == reporter.own))


def _near(words: int) -> float:
    """1 for adjoining words, down to 0 for a thousand apart."""
    return max(0.0, 1.0 - math.log1p(max(words, 0)) / math.log(1000.0))


def _opens_with_mark(text: str, start: int) -> bool:
    return text[start : start + 1] in tuple("\"'“‘«") and start < len(text)


def _determined(said: Said) -> tuple[bool, bool, bool]:
    """Whether a describing source is "the …", "a …" or "his …": told of before, or not, or belonging to somebody told of."""
    first = said.words[0] if said.words and said.pronoun is None else ""
    return first in ("the", "this", "that", "these", "those"), first in ("a", "an", "one", "some"), first in _OWNERS


def _is_plural(said: Said) -> bool:
    if said.pronoun:
        return said.pronoun in ("they", "them", "their", "we", "our", "these", "those")
    words = said.words
    return bool(words) and ((words[-1].endswith("s") and not words[-1].endswith(("'s", "’s", "ss"))) or "and" in words)


def _agreement(put: Put, said: Said, thing: Thing) -> None:
    """Grammatical person, gender and number."""
    asked = _PRONOUNS.get(said.pronoun or "", "")
    if asked in ("he", "she"):
        wanted = 1 if asked == "he" else -1
        put("agrees", float(thing.gender == wanted))
        put("disagrees", float(thing.gender == -wanted))
    if asked in ("he", "she", "it", "i"):
        put("number disagrees", float(thing.plural))
    if asked in ("they", "we"):
        put("number agrees", float(thing.plural or thing.kind in ("organization", "group")))


def _likeness(put: Put, page: Page, said: Said, thing: Thing) -> None:
    """Words that a describing source shares with what a thing is called."""
    if said.form not in ("nominal", "named") or not said.words:
        return
    words = [
        w for w in said.words if w not in ("the", "a", "an", "of", "for", "and", "his", "her", "their", "its", "s")
    ]
    if not words:
        return
    put("role words", sum(w in thing.roles for w in words) / len(words))
    put("role head", float(words[-1] in thing.roles))
    put("name words", sum(w in thing.words for w in words) / len(words))
    put("same head", float(words[-1] in thing.words))
    if thing.lands and said.lands:
        shared = not thing.lands.isdisjoint(said.lands)
        put("country", float(shared))
        put("another country", float(not shared))
    put("repeated words", float(said.own is not None and thing is page.things[said.own] and len(thing.places) > 1))
