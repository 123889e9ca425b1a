"""Whom a statement may be aimed at: candidates, and what the party head is told of each.

Candidates are the things of the page and groups without a name (see `groups`). The head ranks them by what the second model
says of them, by their place in the statement and beside its cue, and by the pronouns that may mean them (after mention
ranking, and Gildea and Jurafsky 2002 for the roles of predicates).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.deeds import Deeds, Parts
from onrecord.analysis.values import ACTS, Floats
from onrecord.analysis.words import Ints, Words
from onrecord.extract.groups import group_phrases
from onrecord.extract.page import Occurrence, Page, Thing, in_text_order, mean_vectors
from onrecord.extract.phrases import article_before, phrase_key

KINDS = ("person", "organization", "country", "place", "group", "work", "phrase")
TURNS = 4
"""Voices before a statement's own that are told apart by how long ago they spoke."""
COMMONEST = 6
"""The article's commonest things may be meant by any statement."""
NONE = -1.0
"""A feature that does not apply. The head is made of trees, to which any number outside the range tells that."""


def _codes(*classes: str) -> dict[str, int]:
    """The number of each word's class, from 1 on; what is told by its ending alone has the numbers after them."""
    return {word: n for n, words in enumerate(classes, 1) for word in words.split()}


_BEFORE_CODES = _codes(
    "of", "by", "with", "against", "to", "at on", "for", "from", "about over toward towards", "and or &", ". : ; ! ? “ \" — –",
    "that whether if because", "is was are were be been being", "than as like", "in into under through within", ",",
    "who which when while but",
)  # fmt: skip
_AFTER_CODES = _codes(
    "'s ’s ' ’", "is was are were be been isn't wasn't", "has have had", "will would should could can must may might", "to",
    "and or &", ",", ". ? ! ; :", "for of in on at with by from", "as", "that who whose which", "” \"", "did does do didn't",
)  # fmt: skip
_SKIPPED = frozenset("the a an mr mr. mrs mrs. ms ms. dr dr. sen. gov. rep. president former sen gov rep".split())
PRONOUNS = _codes(
    "he him his himself", "she her hers herself", "they them their theirs themselves", "it its itself", "you your yours yourself",
    "we us our ours ourselves", "i me my mine myself", "who whom whose", "this that these those",
)  # fmt: skip
HE, SHE, THEY, _IT = 1, 2, 3, 4
PRONOUN_NAMES = ("he", "she", "they", "it", "you", "we", "i", "who", "this")
STATEMENT = (
    *(f"act {a}" for a in ACTS), "act top", "points nobody", "points top", "cue words", "cue first", "cue next", "cue before",
    "object", "content words", "content first", "source", "nested", "asks", "things inside", "persons inside",
    *(f"says {p}" for p in PRONOUN_NAMES),
)  # fmt: skip
_PAIR = (
    *(f"is {k}" for k in KINDS), "gender", "plural", "count", "in headline", "order", "spoken", "points", "points nearby",
    "points rank", "points gap", "aimed share", "in content", "content offset", "content order", "content times", "inside before",
    "inside after", "inside owns", "inside quoted", "back words", "back sentences", "back paragraphs", "back rank", "back before",
    "back after", "back first", "forth words", "forth before", "forth after", "gap cue", "gap code", "ahead cue", "ahead code",
    "in source", "in cue", "speaks", "spoke before", "speaks next", "same sentence", "he", "she", "they", "it",
    "object agrees", "agrees", "outer speaks", "own side", "turns back",
    "aimed by speaker", "aims at speaker", "aimed before", "aimed next",
)  # fmt: skip
FEATURES = (*STATEMENT, *_PAIR)
PLACE_OF = {name: n for n, name in enumerate(FEATURES)}
KIND_AT = PLACE_OF[f"is {KINDS[0]}"]


TOLD_LO, TOLD_HI, TOLD_SENTENCE, TOLD_PARAGRAPH, TOLD_QUOTED, TOLD_BEFORE, TOLD_AFTER, TOLD_FIRST = range(8)


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Every place of every thing, in text order; all arrays (P,). `owner`: the thing; `vectors`: (P, V); `told`: (8, P) what is
    told of it, by TOLD_LO … TOLD_FIRST.
    """

    owner: Ints
    lo: Ints
    hi: Ints
    sentence: Ints
    paragraph: Ints
    after: Floats
    told: Floats
    vectors: Floats


@dataclass(slots=True)
class AimAsker:
    """What the questions of one page are made of. `speakers`: things by statement; `parts`: its statements' words."""

    page: Page
    words: Words
    parts: Sequence[Parts]
    deeds: Deeds
    speakers: Sequence[tuple[int, ...]]
    things: list[Thing] = field(init=False)
    small: list[str] = field(init=False)  # words in small letters
    printed: tuple[tuple[Occurrence, int], ...] = field(init=False)  # where each thing stands, in text order
    ending: dict[int, list[tuple[int, int]]] = field(init=False)  # by its last character: things, and where they begin
    spots: Occurrences = field(init=False)
    kinds: Ints = field(init=False)
    named: NDArray[np.bool_] = field(init=False)  # (things,) whether it is an entity
    genders: Ints = field(init=False)
    agreeing: dict[int, NDArray[np.bool_]] = field(init=False)  # (things,) which ones a pronoun may mean
    fixed: Floats = field(init=False)  # (12, things) what hangs on the thing alone
    commonest: tuple[int, ...] = field(init=False)
    shares: Floats = field(init=False)  # (things,) of what the second model says of all statements
    voices: Ints = field(init=False)  # things that speak
    pointed: Floats = field(
        init=False
    )  # (voices, things) what the second model says of each one's statements, added up
    turns: list[tuple[int, ...]] = field(init=False)  # of each statement the voices before it, the last first
    lands: dict[int, frozenset[str]] = field(init=False)  # countries that things are, or stand for by their roles
    _sentences: list[int] = field(init=False)
    _paragraphs: list[int] = field(init=False)

    def __post_init__(self) -> None:
        text = self.page.article.text
        self._sentences = [s.start for s in self.page.article.sentences]
        self._paragraphs = [p.start for p in self.page.article.paragraphs]
        starts, ends = self.words.start.tolist(), self.words.end.tolist()
        self.small = [text[s:e].lower() for s, e in zip(starts, ends, strict=True)]
        self.things = [*self.page.things, *self._groups(starts, ends)]
        self.printed, self.ending = in_text_order(self.things), {}
        for n, thing in enumerate(self.things):
            for place in thing.places:
                self.ending.setdefault(place.span.end, []).append((n, place.span.start))
        self.spots = self._all_spots()
        things = self.things
        self.kinds = np.array([KINDS.index(t.kind) for t in things], np.int64)
        self.named = np.array([t.entity is not None for t in things], bool)
        self.genders = np.array([t.gender for t in things], np.int64)
        self.agreeing = self._by_pronoun(np.array([t.plural for t in things], bool))
        self.fixed = np.zeros((len(KINDS) + 6, len(things)), np.float32)
        spoken = np.zeros(len(things), np.float32)
        for who in self.speakers:
            spoken[list(who)] += 1.0
        for n, t in enumerate(things):
            self.fixed[self.kinds[n], n] = 1.0
            self.fixed[len(KINDS) :, n] = (
                t.gender, t.plural, len(t.places), t.places[0].span.end <= self.page.headline_end,
                n if t.entity else NONE, spoken[n],
            )  # fmt: skip
        order = sorted((n for n, t in enumerate(things) if t.entity), key=lambda n: (-len(things[n].places), n))
        self.commonest = tuple(order[:COMMONEST])
        self.voices = np.array(sorted({n for who in self.speakers for n in who}), np.int64)
        self.turns = self._all_turns()
        self.lands = {n: own for n, t in enumerate(things) if (own := _lands(t))}
        self.shares, self.pointed = self._aimed_shares()

    def _by_pronoun(self, plural: NDArray[np.bool_]) -> dict[int, NDArray[np.bool_]]:
        kind, gender = self.kinds, self.genders
        phrase = kind == KINDS.index("phrase")
        one = phrase & ~plural

        def are(*names: str) -> NDArray[np.bool_]:
            return np.isin(kind, [KINDS.index(name) for name in names])

        return {
            HE: (are("person") | one) & (gender >= 0),
            SHE: (are("person") | one) & (gender <= 0),
            THEY: plural | are("organization", "country", "group"),
            _IT: are("organization", "country", "place", "work") | one,
        }

    def _groups(self, starts: Sequence[int], ends: Sequence[int]) -> list[Thing]:
        """Groups without a name, one for each different phrase."""
        text = self.page.article.text
        taken = sorted(p.span for t in self.page.things for p in t.places)
        found: dict[str, list[Occurrence]] = {}
        for span in group_phrases(text, taken):
            lo = min(bisect_right(ends, span.start), max(len(ends) - 1, 0))
            hi = max(lo + 1, bisect_right(starts, span.end - 1))
            place = Occurrence(
                span, lo, hi, self._sentence(span.start), bisect_right(self._paragraphs, span.start) - 1, False
            )
            found.setdefault(phrase_key(span.of(text)), []).append(place)
        return [self._group(text, key, tuple(places)) for key, places in found.items()]

    @staticmethod
    def _group(text: str, key: str, places: tuple[Occurrence, ...]) -> Thing:
        name, plural = places[0].span.of(text), key.endswith(("s", "people", "police"))
        article = article_before(text, (p.span for p in places if p.span.of(text) == name))
        words: frozenset[str] = frozenset(key.split())
        none = np.zeros((0, 0), np.float32)
        return Thing("phrase", name, None, places, none, 0, plural, frozenset(), words, frozenset(), article)

    def _sentence(self, start: int) -> int:
        return bisect_right(self._sentences, start) - 1

    def _all_spots(self) -> Occurrences:
        places = sorted(((p, n) for n, t in enumerate(self.things) for p in t.places), key=lambda x: (x[0].lo, x[1]))
        before, after, first = [], [], []
        last = -1
        for p, _ in places:
            k = p.lo - 1
            while k >= 0 and k >= p.lo - 3 and self.small[k] in _SKIPPED:
                k -= 1
            before.append(self.before_code(k))
            after.append(self.after_code(p.hi))
            first.append(p.sentence != last)
            last = p.sentence
        where = np.array([(p.lo, p.hi, p.sentence, p.paragraph, p.quoted) for p, _ in places], np.int64).reshape(-1, 5)
        told = np.array([*where.T, before, after, first], np.float32)
        owner = np.array([n for _, n in places], np.int64)
        lo, hi, sentence, paragraph, _ = where.T
        vectors = mean_vectors(self.deeds.vectors, [p for p, _ in places])
        return Occurrences(owner, lo, hi, sentence, paragraph, told[TOLD_AFTER], told, vectors)

    def before_code(self, at: int) -> int:
        """What sort of word stands there, as one before something; an edge of the text is a stop."""
        if not 0 <= at < len(self.small):
            return _BEFORE_CODES["."]
        word = self.small[at]
        return _BEFORE_CODES.get(word, 18 if word.endswith("ed") else 19 if word.endswith("ing") else 0)

    def after_code(self, at: int) -> int:
        """The same of a word after something."""
        if at >= len(self.small):
            return _AFTER_CODES["."]
        word = self.small[at]
        ending = 14 if word.endswith("ed") else 15 if word.endswith("ing") else 16 if word.endswith("s") else 0
        return _AFTER_CODES.get(word, ending)

    def _all_turns(self) -> list[tuple[int, ...]]:
        out: list[tuple[int, ...]] = []
        recent: list[int] = []
        for who in self.speakers:
            out.append(tuple([n for n in recent if n not in who][:TURNS]))
            recent = [*who, *(n for n in recent if n not in who)][: 2 * TURNS]
        return out

    def sides(self, k: int) -> tuple[list[int], list[int]]:
        """Things of the countries that whoever makes statement `k` stands for, and those of other countries alone."""
        own = frozenset[str]().union(*(self.lands.get(n, frozenset()) for n in self.speakers[k]))
        if not own:
            return [], []
        with_him = [n for n, lands in self.lands.items() if not lands.isdisjoint(own)]
        return with_him, [n for n in self.lands if n not in with_him]

    def pointing(self, some: Sequence[int]) -> Floats:
        """(statements, things) how likely the second model holds it that each of `some` statements is aimed at each thing."""
        spots, many = self.spots, len(self.things)
        if not len(spots.lo) or not len(some):
            return np.zeros((len(some), many), np.float32)
        asks = np.stack([self.deeds.said[k].target for k in some])
        points = asks[:, :-1] @ spots.vectors.T * float(asks.shape[1] - 1) ** -0.5
        top = np.maximum(points.max(1), asks[:, -1])[:, None]
        powers = np.exp(points - top)
        powers /= powers.sum(1, keepdims=True) + np.exp(asks[:, -1:] - top)
        out = np.zeros(len(some) * many, np.float32)
        # Each cell by a number of its own: numpy adds so five times as fast as it does whole rows, and in the same order.
        np.add.at(out, (np.arange(len(some))[:, None] * many + spots.owner).ravel(), powers.ravel())
        return out.reshape(len(some), many)

    def _aimed_shares(self) -> tuple[Floats, Floats]:
        """How often the second model points at each thing: over all statements of the article, and over those of each voice."""
        every, by_voice = (np.zeros((n, len(self.things)), np.float32) for n in (1, len(self.voices)))
        statements = sorted(self.deeds.said)
        cut = max(1, 2_000_000 // max(len(self.spots.lo), 1))
        for lo in range(0, len(statements), cut):
            some = statements[lo : lo + cut]
            likely = self.pointing(some)
            every[0] += likely.sum(0)
            for k, row in zip(some, likely, strict=True):
                by_voice[np.searchsorted(self.voices, self.speakers[k])] += row
        return every[0] / max(len(statements), 1), by_voice

    def object_after(self, at: int) -> int:
        """The code of a pronoun that stands there, 0 for none."""
        return PRONOUNS.get(self.small[at], 0) if at < len(self.small) else 0

    def pronouns_of(self, k: int) -> dict[int, int]:
        """By its code, where the first pronoun stands in a statement's content, or after its cue, that may mean a thing."""
        firsts: dict[int, int] = {}
        for a, b in self.parts[k].content:
            for at, word in enumerate(self.small[a:b], a):
                if (code := PRONOUNS.get(word)) in self.agreeing:
                    firsts.setdefault(code, at)
        hi = self.parts[k].cue[-1][1]
        if (code := self.object_after(hi)) in self.agreeing:
            firsts.setdefault(code, hi)
        return firsts


def _lands(thing: Thing) -> frozenset[str]:
    return frozenset((thing.entity,)) if thing.kind == "country" and thing.entity else thing.lands
