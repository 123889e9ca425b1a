"""Whom a statement may be by: its candidates, and what is told of each to the speaker head.

Features after the literature on quotation attribution and coreference (Elson and McKeown 2010; O'Keefe and others 2012;
Almeida, Almeida and Martins 2014; Clark and Manning 2016): place in the source, distance, agreement, who spoke last, how
often and where a thing is named, and what it is called.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.speakers import PLACES, Questions
from onrecord.analysis.values import Floats
from onrecord.analysis.words import Ints
from onrecord.extract.page import Occurrence, Page, PageStatement, Thing

MOST, NEAREST, COMING, COMMONEST = 32, 20, 4, 8
"""Candidates of a statement: at most MOST; the last NEAREST things named before it, the COMING next, the COMMONEST of all."""

Features = dict[str, float]
"""What is told of a pair, by the name of the feature."""
_EACH = 1 << 32
"""More than a text has characters: times the number of a thing, and a place in the text added, a place of that thing's own."""

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
_SMALL = frozenset("the a an of for and his her their its s".split())
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


@dataclass(frozen=True, slots=True)
class Answer:
    """What the head holds likeliest of one statement. `things`: who, one or several; none for nobody or the author."""

    things: tuple[int, ...]
    author: bool
    features: tuple[float, ...]


@dataclass(slots=True)
class Asker:
    """Makes the questions of one page."""

    page: Page
    _before: list[tuple[int, int]] = field(init=False)  # (word, thing) of every place, in text order
    _commonest: list[int] = field(init=False)
    _known: _PageFacts = field(init=False)

    def __post_init__(self) -> None:
        things = self.page.things
        self._before = sorted((p.lo, n) for n, t in enumerate(things) for p in t.places)
        self._commonest = sorted(range(len(things)), key=lambda n: (-len(things[n].places), n))[:COMMONEST]
        self._known = _PageFacts.of(self.page, len(self._before))

    def candidates(self, said: PageStatement) -> list[int]:
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
        of = np.repeat(np.arange(len(answers)), [len(a) for a in answers])
        numbers = np.array([n for own in answers for n in own], np.int64)
        columns = np.zeros((len(FEATURES), len(of)), np.float32)
        width = asked[0][1].vector.shape[0] if asked else 0
        places = np.zeros((len(of), PLACES, width), np.float32)
        there = np.zeros((len(of), PLACES), np.float32)
        if asked:
            columns[: len(_STATEMENT)] = np.array([self._of_statement(k, s) for k, s in asked], np.float32)[of].T
            columns[_AT["is nobody"]] = numbers == NOBODY
            columns[_AT["is author"]] = numbers == AUTHOR
        things = np.flatnonzero(numbers >= 0)
        if len(things):
            pairs = _CandidatePairs.made(self._known, asked, of[things], numbers[things])
            columns[len(_STATEMENT) :, things] = pairs.columns([self._ranks(s) for _, s in asked])[len(_STATEMENT) :]
            places[things], there[things] = pairs.vectors()
        vectors = np.stack([s.vector for _, s in asked]) if asked else np.zeros((0, width), np.float32)
        return Questions(vectors, of, np.ascontiguousarray(columns.T), places, there), answers

    # ------------------------------------------------------------ of a statement

    def _of_statement(self, k: int, said: PageStatement) -> list[float]:
        form = _PRONOUNS.get(said.pronoun, "other pronoun") if said.pronoun else said.form
        content = said.statement.content
        before = self.page.said[k - 1] if k else None
        first = content[0].start if content else said.held.span.start
        text = self.page.article.text
        return [
            *(float(form == asked) for asked in _ASKED),
            _is_plural(said), said.inside is not None, _opens_with_mark(text, first), first < said.held.span.start,
            before is None or before.held.paragraph != said.held.paragraph, k == 0,
            _near(said.held.lo - before.held.lo) if before else 0.0, *_determined(said),
        ]  # fmt: skip

    def _ranks(self, said: PageStatement) -> Mapping[int, tuple[int, int]]:
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


@dataclass(frozen=True, slots=True)
class _PageFacts:
    """What is known of a page whoever is asked for. T things with P places in all, in order of the things, then of the text.

    `first`: (T + 1,) the first place of each, and the end. `lo`, `hi`, `start`, `sentence`, `paragraph`, `quoted`, `into`: (P,)
    as in Occurrence; where its characters begin; words of its sentence before it. `vectors`: (P, V). `fixed`: (FEATURES, T) what
    hangs on the thing alone. `gender`, `plural`, `several`: (T,). `source`: the statements in whose source a thing stands, thing
    by thing, and `source_first` (T + 1,) as `first`.
    """

    page: Page
    first: Ints
    lo: Ints
    hi: Ints
    start: Ints
    sentence: Ints
    paragraph: Ints
    quoted: Ints
    into: Ints
    vectors: Floats
    fixed: Floats
    gender: Ints
    plural: NDArray[np.bool_]
    several: NDArray[np.bool_]
    source: Ints
    source_first: Ints

    @staticmethod
    def of(page: Page, count: int) -> _PageFacts:
        """`count`: the places of all things."""
        things = page.things
        sources: list[list[int]] = [[] for _ in things]
        for k, said in enumerate(page.said):
            for n in (*said.inner, *(() if said.own is None else (said.own,))):
                sources[n].append(k)
        told = [
            (p.lo, p.hi, p.span.start, p.sentence, p.paragraph, p.quoted, _words_into_sentence(page, p))
            for t in things
            for p in t.places
        ]
        lo, hi, start, sentence, paragraph, quoted, into = np.array(told, np.int64).reshape(-1, 7).T
        fixed = np.zeros((len(FEATURES), len(things)), np.float32)
        for n, thing in enumerate(things):
            fixed[_AT[f"is {thing.kind}"], n] = 1.0
            fixed[_COUNTS, n] = (
                math.log1p(len(thing.places)), len(thing.places) / count, thing.places[0].span.start < page.headline_end,
                any(p.paragraph <= 1 for p in thing.places[:2]), 1.0 / (1.0 + n), math.log1p(len(sources[n])),
            )  # fmt: skip
        return _PageFacts(
            page, np.cumsum([0, *(len(t.places) for t in things)]), lo, hi, start, sentence, paragraph, quoted, into,
            np.concatenate([t.vectors for t in things]) if things else np.zeros((0, 0), np.float32),
            fixed,
            np.array([t.gender for t in things], np.int64),
            np.array([t.plural for t in things], bool),
            np.array([t.plural or t.kind in ("organization", "group") for t in things], bool),
            np.array([k for own in sources for k in own], np.int64), np.cumsum([0, *map(len, sources)]),
        )  # fmt: skip


_COUNTS = [_AT[name] for name in ("count", "share", "in headline", "in lead", "order", "sources")]


def _words_into_sentence(page: Page, place: Occurrence) -> int:
    start = page.article.sentences[place.sentence].start if place.sentence >= 0 else 0
    return page.article.text.count(" ", start, place.span.start)


@dataclass(frozen=True, slots=True)
class _CandidatePairs:
    """Statements and things that they may be by, N pairs at once: what is told of one alone is too little to pay for an array.

    `of`: (N,) which of the statements asked about; `thing`: (N,). `at`: (N,) the thing's first place that is not before the
    words asked about, `coming`: the first that is after them; both may be the first place of the next thing.
    """

    known: _PageFacts
    asked: Sequence[tuple[int, PageStatement]]
    of: Ints
    thing: Ints
    at: Ints
    coming: Ints

    @staticmethod
    def made(known: _PageFacts, asked: Sequence[tuple[int, PageStatement]], of: Ints, thing: Ints) -> _CandidatePairs:
        places = np.repeat(np.arange(len(known.first) - 1), np.diff(known.first)) * _EACH + known.lo
        lo, hi = (np.array([getattr(s.held, name) for _, s in asked], np.int64)[of] for name in ("lo", "hi"))
        at, coming = (np.searchsorted(places, thing * _EACH + edge) for edge in (lo, hi))
        return _CandidatePairs(known, asked, of, thing, at, coming)

    def columns(self, ranks: Sequence[Mapping[int, tuple[int, int]]]) -> Floats:
        """(FEATURES, N). `ranks`: by statement, see `Asker._ranks`."""
        columns = self.known.fixed[:, self.thing]
        self._around(columns, ranks)
        self._agreement(columns)
        self._speaking(columns)
        self._by_words(columns)
        return columns

    def vectors(self) -> tuple[Floats, Floats]:
        """(N, PLACES, V) and (N, PLACES): places of a thing that tell most: within the source, the last before, else the next
        after, and the first of all.
        """
        known, first, end = self.known, self.known.first[self.thing], self.known.first[self.thing + 1]
        hi = self._held("hi")
        inside = (self.at < end) & (known.lo[np.minimum(self.at, len(known.lo) - 1)] < hi)
        near = self.at > first
        after = ~near & (self.at + inside < end)
        beside = np.where(near, self.at - 1, np.where(after, self.at + inside, -1))
        inner = np.where(inside, self.at, -1)
        opening = np.where((inner == first) | (beside == first), -1, first)
        chosen = np.stack([inner, beside, opening], axis=1)
        chosen = np.take_along_axis(chosen, np.argsort(chosen < 0, axis=1, kind="stable"), axis=1)
        there = chosen >= 0
        vectors = known.vectors[np.maximum(chosen, 0)]
        vectors[~there] = 0.0
        return vectors, there.astype(np.float32)

    def _held(self, name: str) -> Ints:
        """(N,) of the words asked about."""
        return np.array([getattr(s.held, name) for _, s in self.asked], np.int64)[self.of]

    def _around(self, columns: Floats, ranks: Sequence[Mapping[int, tuple[int, int]]]) -> None:
        known, lo, hi = self.known, self._held("lo"), self._held("hi")
        sentence, paragraph = self._held("sentence"), self._held("paragraph")
        before, last = self.at > known.first[self.thing], np.maximum(self.at - 1, 0)
        relative = np.array([s.pronoun in ("who", "which", "that", "whose") for _, s in self.asked])[self.of]
        rank = np.array(
            [ranks[q].get(n, (-1, -1)) for q, n in zip(self.of.tolist(), self.thing.tolist(), strict=True)], np.int64
        ).reshape(-1, 2)
        ranked = before & (rank[:, 0] >= 0)
        after = self.coming < known.first[self.thing + 1]
        following = np.minimum(self.coming, len(known.lo) - 1)
        told = (
            ("before", before, 1.0),
            ("words before", before, _all_near(lo - known.hi[last])),
            ("sentences before", before, _share(sentence - known.sentence[last])),
            ("paragraphs before", before, _share(paragraph - known.paragraph[last])),
            ("same sentence before", before, known.sentence[last] == sentence),
            ("quoted before", before, known.quoted[last]),
            ("opens sentence", before, _share(known.into[last])),
            ("right before", before, (lo - known.hi[last] <= 1) & relative),
            ("rank before", ranked, _share(rank[:, 0])),
            ("rank of kind before", ranked, _share(rank[:, 1])),
            ("after", after, 1.0),
            ("words after", after, _all_near(known.lo[following] - hi)),
            ("same sentence after", after, known.sentence[following] == sentence),
        )
        for name, where, value in told:
            columns[_AT[name]] = np.where(where, value, 0.0)
        self._in_content(columns)

    def _in_content(self, columns: Floats) -> None:
        """Whether a place nearby stands in the content, or between cue and content. Asked of few: of those printed so far."""
        known, contents = self.known, [s.statement.content for _, s in self.asked]
        starts = np.repeat(np.arange(len(known.first) - 1), np.diff(known.first)) * _EACH + known.start
        may = np.zeros(len(self.of), bool)
        cues = [s.statement.cue[-1].end for _, s in self.asked]
        for edges in (
            [(min(c.start for c in own), max(c.end for c in own)) if own else (0, 0) for own in contents],
            [(cue, own[0].start) if own else (0, 0) for cue, own in zip(cues, contents, strict=True)],
        ):
            begin, end = np.array(edges, np.int64)[self.of].T
            place = np.searchsorted(starts, self.thing * _EACH + begin)
            inside = known.start[np.minimum(place, len(starts) - 1)] < end
            may |= (place < known.first[self.thing + 1]) & inside
        for i in np.flatnonzero(may).tolist():
            said, thing, first = (
                self.asked[self.of[i]][1],
                self.known.page.things[self.thing[i]],
                known.first[self.thing[i]],
            )
            near = thing.places[max(0, self.at[i] - first - 3) : self.coming[i] - first + 3]
            content = said.statement.content
            columns[_AT["in content"], i] = any(c.holds(p.span) for c in content for p in near)
            if said.source is not None:
                cue, start = said.statement.cue[-1].end, content[0].start
                columns[_AT["between"], i] = any(cue <= p.span.start and p.span.end <= start for p in near)

    def _agreement(self, columns: Floats) -> None:
        """Grammatical person, gender and number."""
        known, thing = self.known, self.thing
        asked = [_PRONOUNS.get(s.pronoun or "", "") for _, s in self.asked]
        wanted = np.array([(a == "he") - (a == "she") for a in asked], np.int64)[self.of]
        one = np.array([a in ("he", "she", "it", "i") for a in asked])[self.of]
        many = np.array([a in ("they", "we") for a in asked])[self.of]
        columns[_AT["agrees"]] = (wanted != 0) & (known.gender[thing] == wanted)
        columns[_AT["disagrees"]] = (wanted != 0) & (known.gender[thing] == -wanted)
        columns[_AT["number disagrees"]] = one & known.plural[thing]
        columns[_AT["number agrees"]] = many & known.several[thing]

    def _speaking(self, columns: Floats) -> None:
        """Who was the source of the statements around."""
        known, source = self.known, np.append(self.known.source, -1)
        first, end = known.source_first[self.thing], known.source_first[self.thing + 1]
        k = np.array([k for k, _ in self.asked], np.int64)[self.of]
        own = np.repeat(np.arange(len(known.first) - 1), np.diff(known.source_first)) * _EACH + known.source
        at = np.searchsorted(own, self.thing * _EACH + k)
        was, last = at > first, source[at - 1]
        since = np.maximum(k - last, 1)
        paragraphs = np.array([s.held.paragraph for s in known.page.said], np.int64)
        columns[_AT["statements since"]] = np.where(was, 1.0 / since, 0.0)
        columns[_AT["last speaker"]] = was & (since == 1)
        columns[_AT["speaker before last"]] = was & (since == 2)
        columns[_AT["same paragraph since"]] = was & (paragraphs[last] == self._held("paragraph"))
        columns[_AT["was source before"]] = was
        following = (at < end) & (source[at] == k + 1)
        following |= (at + 1 < end) & (source[np.minimum(at + 1, len(source) - 1)] == k + 1)
        columns[_AT["next speaker"]] = following

    def _by_words(self, columns: Floats) -> None:
        """What hangs on words: of the things in the source, and of those whose names or roles it has."""
        page = self.known.page
        for at, (q, n) in enumerate(zip(self.of.tolist(), self.thing.tolist(), strict=True)):
            said, thing, told = self.asked[q][1], page.things[n], Features()
            if n == said.own:
                told["own words"] = 1.0
            if n == said.own or n in said.inner:
                _in_source(told, page.article.text, said, n, thing)
            if said.form in ("nominal", "named"):
                _likeness(told, said, n, thing)
            if said.inside is not None:
                reporter = page.said[said.inside]
                told["in reporter's source"] = float(n in reporter.inner or n == reporter.own)
            for name, value in told.items():
                columns[_AT[name], at] = value


def _in_source(told: Features, text: str, said: PageStatement, n: int, thing: Thing) -> None:
    source = said.source
    place = thing.within(source) if source is not None else None
    if source is None or place is None:
        return
    told["in source"] = 1.0
    before, after = text[source.start : place.span.start], text[place.span.end : source.end]
    words = before.split()
    told["starts source"] = float(before.strip().lower() in ("", "the", "a", "an"))
    told["first in source"] = float(bool(said.inner) and said.inner[0] == n)
    told["last in source"] = float(bool(said.inner) and said.inner[-1] == n)
    told["share of source"] = len(place.span) / len(source)
    told["after preposition"] = float(bool(words) and words[-1].lower() in _PREPOSITIONS)
    told["apposed"] = float(before.rstrip().endswith(","))
    told["ends source"] = float(not any(c.isalnum() for c in after))
    told["joined"] = float((bool(words) and words[-1] in ("and", "&")) or after.lstrip(" ,").startswith(("and ", "& ")))


def _share(away: Ints) -> Floats:
    return np.asarray(1.0 / (1.0 + np.maximum(away, 0)))


def _all_near(words: Ints) -> Floats:
    """`_near` of many."""
    table = _near_by_words()
    return table[np.clip(words, 0, len(table) - 1)]


@cache
def _near_by_words() -> Floats:
    return np.array([_near(words) for words in range(1001)])


def _near(words: int) -> float:
    """1 for adjoining words, down to 0 for a thousand apart."""
    return max(0.0, 1.0 - math.log1p(max(words, 0)) / math.log(1000.0))


def _opens_with_mark(text: str, start: int) -> bool:
    return text[start : start + 1] in tuple("\"'“‘«") and start < len(text)


def _determined(said: PageStatement) -> tuple[bool, bool, bool]:
    """Whether a describing source is "the …", "a …" or "his …": told of before, or not, or belonging to somebody told of."""
    first = said.words[0] if said.words and said.pronoun is None else ""
    return first in ("the", "this", "that", "these", "those"), first in ("a", "an", "one", "some"), first in _OWNERS


def _is_plural(said: PageStatement) -> bool:
    if said.pronoun:
        return said.pronoun in ("they", "them", "their", "we", "our", "these", "those")
    words = said.words
    return bool(words) and ((words[-1].endswith("s") and not words[-1].endswith(("'s", "’s", "ss"))) or "and" in words)


def _likeness(told: Features, said: PageStatement, n: int, thing: Thing) -> None:
    """Words that a describing source shares with what a thing is called."""
    words = [w for w in said.words if w not in _SMALL]
    if not words:
        return
    if not thing.roles.isdisjoint(words):
        told["role words"] = sum(w in thing.roles for w in words) / len(words)
        told["role head"] = float(words[-1] in thing.roles)
    if not thing.words.isdisjoint(words):
        told["name words"] = sum(w in thing.words for w in words) / len(words)
        told["same head"] = float(words[-1] in thing.words)
    if thing.lands and said.lands:
        shared = not thing.lands.isdisjoint(said.lands)
        told["country"] = float(shared)
        told["another country"] = float(not shared)
    told["repeated words"] = float(n == said.own and len(thing.places) > 1)
