"""Whom a statement may be aimed at: candidates, and what the party head is told of each.

Candidates are the things of the page and groups without a name (see `groups`). The head ranks them by what the second model
says of them, by their place in the statement and beside its cue, and by the pronouns that may mean them (after mention
ranking, and Gildea and Jurafsky 2002 for the roles of predicates).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.cues import softmax
from onrecord.analysis.deeds import Deeds, Parts
from onrecord.analysis.parties import AskParties, PartyQuestions
from onrecord.analysis.values import ACTS, Floats
from onrecord.analysis.words import Ints, Words
from onrecord.extract.groups import group_phrases
from onrecord.extract.page import Page, Place, Said, Thing
from onrecord.extract.phrases import phrase_key
from onrecord.records import Entity, Party

FAR, LATER, GROUPS_FAR = 320, 60, 90
"""Words before and after a statement in which its target is looked for; a group without a name is looked for nearer by."""
BEFORE, AFTER, COMMONEST = 12, 5, 6
"""Candidates: the last things named before a statement, the first after its cue, all in its content, the article's commonest."""
_KINDS = ("person", "organization", "country", "place", "group", "work", "phrase")
AT_ONCE = 64
"""Questions in one run of the head, so that memory stays flat over a long text."""
_NONE = -1.0
"""A feature that does not apply. The head is made of trees, to which any number outside the range tells that."""


def _codes(*classes: str) -> dict[str, int]:
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
_PRONOUNS = _codes(
    "he him his himself", "she her hers herself", "they them their theirs themselves", "it its itself", "you your yours yourself",
    "we us our ours ourselves", "i me my mine myself", "who whom whose", "this that these those",
)  # fmt: skip
_HE, _SHE, _THEY, _IT, _YOU = 1, 2, 3, 4, 5
_PRONOUN_NAMES = ("he", "she", "they", "it", "you", "we", "i", "who", "this")
_QUESTION = (
    *(f"act {a}" for a in ACTS), "act top", "points nobody", "points top", "cue words", "cue first", "cue next", "cue before",
    "object", "content words", "content first", "source", "nested", "asks", "things inside", "persons inside",
    *(f"says {p}" for p in _PRONOUN_NAMES),
)  # fmt: skip
_PAIR = (
    *(f"is {k}" for k in _KINDS), "gender", "plural", "count", "in headline", "order", "spoken", "points", "points nearby",
    "points rank", "points gap", "aimed share", "in content", "content offset", "content order", "content times", "inside before",
    "inside after", "inside owns", "inside quoted", "back words", "back sentences", "back paragraphs", "back rank", "back before",
    "back after", "back first", "forth words", "forth before", "forth after", "gap cue", "gap code", "ahead cue", "ahead code",
    "in source", "in cue", "speaks", "spoke before", "speaks next", "speaks about", "same sentence", "he", "she", "they", "it",
    "object agrees", "agrees", "named person", "holds other", "outer speaks", "outer content",
)  # fmt: skip
FEATURES = (*_QUESTION, *_PAIR)
_AT = {name: n for n, name in enumerate(FEATURES)}
_KIND_AT = _AT[f"is {_KINDS[0]}"]


_LO, _HI, _SENTENCE, _PARAGRAPH, _QUOTED, _BEFORE, _AFTER, _FIRST = range(8)


@dataclass(frozen=True, slots=True)
class _Spots:
    """Every place of every thing, in text order; all arrays (P,). `owner`: the thing; `vectors`: (P, V); `told`: (P, 8) what is
    told of it, by _LO … _FIRST.
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
    """Makes the questions of one page. `speakers`: things by statement; `parts`: its statements' words."""

    page: Page
    words: Words
    parts: Sequence[Parts]
    deeds: Deeds
    speakers: Sequence[tuple[int, ...]]
    things: list[Thing] = field(init=False)
    _small: list[str] = field(init=False)  # words in small letters
    _spots: _Spots = field(init=False)
    _kinds: Ints = field(init=False)
    _named: NDArray[np.bool_] = field(init=False)  # (things,) whether it is an entity
    _genders: Ints = field(init=False)
    _agreeing: dict[int, NDArray[np.bool_]] = field(init=False)  # (things,) which ones a pronoun may mean
    _fixed: Floats = field(init=False)  # (things, 12) what hangs on the thing alone
    _commonest: tuple[int, ...] = field(init=False)
    _shares: Floats = field(init=False)  # (things,) of what the second model says of all statements
    _sentences: list[int] = field(init=False)
    _paragraphs: list[int] = field(init=False)

    def __post_init__(self) -> None:
        text = self.page.article.text
        self._sentences = [s.start for s in self.page.article.sentences]
        self._paragraphs = [p.start for p in self.page.article.paragraphs]
        starts, ends = self.words.start.tolist(), self.words.end.tolist()
        self._small = [text[s:e].lower() for s, e in zip(starts, ends, strict=True)]
        self.things = [*self.page.things, *self._groups(starts, ends)]
        self._spots = self._all_spots()
        things = self.things
        self._kinds = np.array([_KINDS.index(t.kind) for t in things], np.int64)
        self._named = np.array([t.entity is not None for t in things], bool)
        self._genders = np.array([t.gender for t in things], np.int64)
        self._agreeing = self._by_pronoun(np.array([t.plural for t in things], bool))
        self._fixed = np.zeros((len(things), len(_KINDS) + 6), np.float32)
        spoken = np.zeros(len(things), np.float32)
        for who in self.speakers:
            spoken[list(who)] += 1.0
        for n, t in enumerate(things):
            self._fixed[n, self._kinds[n]] = 1.0
            self._fixed[n, len(_KINDS) :] = (
                t.gender, t.plural, len(t.places), t.places[0].span.end <= self.page.headline_end,
                n if t.entity else _NONE, spoken[n],
            )  # fmt: skip
        order = sorted((n for n, t in enumerate(things) if t.entity), key=lambda n: (-len(things[n].places), n))
        self._commonest = tuple(order[:COMMONEST])
        self._shares = self._aimed_shares()

    def _by_pronoun(self, plural: NDArray[np.bool_]) -> dict[int, NDArray[np.bool_]]:
        kind, gender = self._kinds, self._genders
        phrase = kind == _KINDS.index("phrase")
        person = (kind == 0) | (phrase & ~plural)
        return {
            _HE: person & (gender >= 0), _SHE: person & (gender <= 0),
            _THEY: plural | np.isin(kind, (1, 2, 4)), _IT: np.isin(kind, (1, 2, 3, 5)) | (phrase & ~plural),
        }  # fmt: skip

    def _groups(self, starts: Sequence[int], ends: Sequence[int]) -> list[Thing]:
        """Groups without a name, one for each different phrase."""
        text = self.page.article.text
        taken = sorted(p.span for t in self.page.things for p in t.places)
        found: dict[str, list[Place]] = {}
        for span in group_phrases(text, taken):
            lo = min(bisect_right(ends, span.start), max(len(ends) - 1, 0))
            hi = max(lo + 1, bisect_right(starts, span.end - 1))
            place = Place(
                span, lo, hi, self._sentence(span.start), bisect_right(self._paragraphs, span.start) - 1, False
            )
            found.setdefault(phrase_key(span.of(text)), []).append(place)
        none = np.zeros((0, 0), np.float32)
        return [
            Thing("phrase", p[0].span.of(text), None, tuple(p), none, 0, key.endswith(("s", "people", "police")),
                  frozenset(), frozenset(key.split()), frozenset())
            for key, p in found.items()
        ]  # fmt: skip

    def _sentence(self, start: int) -> int:
        return bisect_right(self._sentences, start) - 1

    def _all_spots(self) -> _Spots:
        places = sorted(((p, n) for n, t in enumerate(self.things) for p in t.places), key=lambda x: (x[0].lo, x[1]))
        vectors = self.deeds.vectors
        size = len(self._small)
        before, after, first = [], [], []
        last = -1
        for p, _ in places:
            k = p.lo - 1
            while k >= 0 and k >= p.lo - 3 and self._small[k] in _SKIPPED:
                k -= 1
            before.append(self._before_code(k))
            after.append(self._after_code(p.hi) if p.hi < size else 8)
            first.append(p.sentence != last)
            last = p.sentence
        where = np.array([(p.lo, p.hi, p.sentence, p.paragraph, p.quoted) for p, _ in places], np.int64).reshape(-1, 5)
        told = np.column_stack([where, before, after, first]).astype(np.float32)
        means = np.zeros((len(places), vectors.shape[-1]), np.float32)
        for n, (p, _) in enumerate(places):
            means[n] = vectors[p.lo] if p.hi == p.lo + 1 else vectors[p.lo : p.hi].mean(0, dtype=np.float32)
        owner = np.array([n for _, n in places], np.int64)
        lo, hi, sentence, paragraph, _ = where.T
        return _Spots(owner, lo, hi, sentence, paragraph, told[:, _AFTER], told, means)

    def _before_code(self, at: int) -> int:
        if at < 0:
            return 11
        word = self._small[at]
        return _BEFORE_CODES.get(word, 18 if word.endswith("ed") else 19 if word.endswith("ing") else 0)

    def _after_code(self, at: int) -> int:
        if at >= len(self._small):
            return 8
        word = self._small[at]
        ending = 14 if word.endswith("ed") else 15 if word.endswith("ing") else 16 if word.endswith("s") else 0
        return _AFTER_CODES.get(word, ending)

    def _aimed_shares(self) -> Floats:
        """How often the second model points at each thing, over all statements of the article."""
        spots, out = self._spots, np.zeros(len(self.things), np.float32)
        if not len(spots.lo) or not self.deeds.said:
            return out
        asks = np.stack([self.deeds.said[k].target for k in sorted(self.deeds.said)])
        cut = max(1, 2_000_000 // len(spots.lo))
        scale = float(asks.shape[1] - 1) ** -0.5
        for lo in range(0, len(asks), cut):
            points = asks[lo : lo + cut, :-1] @ spots.vectors.T * scale
            top = np.maximum(points.max(1), asks[lo : lo + cut, -1])[:, None]
            powers = np.exp(points - top)
            powers /= powers.sum(1, keepdims=True) + np.exp(asks[lo : lo + cut, -1:] - top)
            np.add.at(out, spots.owner, powers.sum(0))
        return np.asarray(out / len(asks), np.float32)

    # ------------------------------------------------------------ one question

    def question(self, k: int) -> tuple[list[int], Floats]:
        """Candidates for the target of statement `k`, and (candidates, FEATURES) what is known of them."""
        spots, part, said = self._spots, self.parts[k], self.page.said[k]
        cue_lo, cue_hi = part.cue[0][0], part.cue[-1][1]
        runs = [*part.source, *part.cue, *part.content]
        first, last = min(lo for lo, _ in runs), max(hi for _, hi in runs)
        a, b = bisect_left(spots.lo, first - FAR), bisect_left(spots.lo, last + LATER)
        window = np.arange(a, b)
        window = window[(spots.lo[a:b] >= first - GROUPS_FAR) | self._named[spots.owner[a:b]]]
        own = spots.owner[window]
        ids, inverse = np.unique(np.array([*own.tolist(), *self._commonest], np.int64), return_inverse=True)
        if not len(ids):
            return [], np.zeros((0, len(FEATURES)), np.float32)
        view = _View(self, k, said, part, window, inverse[: len(own)], ids, (cue_lo, cue_hi), (first, last))
        return view.table()


@dataclass(slots=True)
class _View:
    """One statement's question in the making. `window`: numbers of its spots, `of`: (window,) their rows, `ids`: (rows,)."""

    asker: AimAsker
    k: int
    said: Said
    part: Parts
    window: Ints
    of: Ints
    ids: Ints
    cue: tuple[int, int]
    hull: tuple[int, int]
    _found: dict[tuple[int, ...], NDArray[np.bool_]] = field(init=False, default_factory=dict)

    def table(self) -> tuple[list[int], Floats]:
        spots, w = self.asker._spots, self.window
        lo, hi = spots.lo[w], spots.hi[w]
        inside = np.zeros(len(w), bool)
        for start, end in self.part.content:
            inside |= (lo >= start) & (hi <= end)
        in_source = np.zeros(len(w), bool)
        for start, end in self.part.source:
            in_source |= (lo >= start) & (hi <= end)
        in_cue = (lo >= self.cue[0]) & (hi <= self.cue[1])
        back = (hi <= self.cue[0]) & ~inside & ~in_source
        forth = (lo >= self.cue[1]) & ~inside & ~in_source
        picks = [self._first(inside), self._last(back), self._first(forth)]
        keep = self._kept(inside, in_cue, picks)
        rows = np.zeros((len(self.ids), len(FEATURES)), np.float32)
        self._question(rows, inside)
        self._fixed(rows)
        self._points(rows)
        self._places(rows, picks, inside)
        self._part(rows, in_source, in_cue)
        self._pronouns(rows)
        return self.ids[keep].tolist(), rows[keep]

    def _are(self, things: tuple[int, ...]) -> NDArray[np.bool_]:
        """(rows,) whether each row's thing is one of some; not to be written to."""
        if (found := self._found.get(things)) is not None:
            return found
        out = self._found[things] = np.zeros(len(self.ids), bool)
        if things:
            wanted = np.array(things, np.int64)
            at = np.searchsorted(self.ids, wanted)
            at[at == len(self.ids)] = 0
            out[at[self.ids[at] == wanted]] = True
        return out

    def _told(self, spots: Ints) -> Floats:
        """(rows, 8) what is told of the spot of each row, _NONE where its number is below nought."""
        table = self.asker._spots.told
        if not len(table):
            return np.full((len(spots), table.shape[1]), _NONE, np.float32)
        out = table.take(np.maximum(spots, 0), axis=0)
        out[spots < 0] = _NONE
        return out

    def _first(self, mask: NDArray[np.bool_]) -> Ints:
        """The first spot of each row's thing where `mask` holds; -1 for none."""
        out = np.full(len(self.ids), -1, np.int64)
        at = np.flatnonzero(mask)[::-1]
        out[self.of[at]] = self.window[at]
        return out

    def _last(self, mask: NDArray[np.bool_]) -> Ints:
        out = np.full(len(self.ids), -1, np.int64)
        at = np.flatnonzero(mask)
        out[self.of[at]] = self.window[at]
        return out

    def _kept(self, inside: NDArray[np.bool_], in_cue: NDArray[np.bool_], picks: Sequence[Ints]) -> NDArray[np.bool_]:
        keep = self._are(self.asker._commonest).copy()
        keep[self.of[inside | in_cue]] = True
        for n in self.asker.speakers[max(0, self.k - 1) : self.k + 2]:
            keep |= self._are(n)
        keep[np.argsort(-picks[1], kind="stable")[:BEFORE]] = True
        after = np.where(picks[2] >= 0, picks[2], 1 << 40)
        keep[np.argsort(after, kind="stable")[:AFTER]] = True
        keep &= (picks[0] >= 0) | (picks[1] >= 0) | (picks[2] >= 0) | self._are(self.asker._commonest)
        return keep

    def _question(self, rows: Floats, inside: NDArray[np.bool_]) -> None:
        asker, small = self.asker, self.asker._small
        scores = asker.deeds.said[self.k]
        acts = softmax(scores.acts)
        row = [*acts.tolist(), *[0.0] * (len(_QUESTION) - len(acts))]
        lo, hi = self.cue
        content = [w for a, b in self.part.content for w in small[a:b]]
        object_ = _PRONOUNS.get(small[hi], 0) if hi < len(small) else 0
        counts = [0] * len(_PRONOUN_NAMES)
        for word in content:
            if code := _PRONOUNS.get(word):
                counts[code - 1] += 1
        things = set(self.of[inside].tolist())
        persons = sum(asker._kinds[self.ids[n]] == 0 for n in things)
        values = {
            "act top": float(acts.argmax()), "points nobody": float(scores.target[-1]), "cue words": hi - lo,
            "cue first": asker._before_code(lo), "cue next": asker._before_code(hi) if hi < len(small) else 11,
            "cue before": asker._before_code(lo - 1), "object": object_, "content words": len(content),
            "content first": self.part.content[0][0] < lo if self.part.content else _NONE,
            "source": ("absent", "pronoun", "nominal", "named").index(self.said.form),
            "nested": self.said.inside is not None, "asks": "?" in content[-2:], "things inside": len(things),
            "persons inside": persons,
        }  # fmt: skip
        for name, value in values.items():
            row[_AT[name]] = value
        row[_AT[f"says {_PRONOUN_NAMES[0]}"] :] = counts
        rows[:, : len(row)] = row

    def _fixed(self, rows: Floats) -> None:
        fixed = self.asker._fixed[self.ids]
        rows[:, _KIND_AT : _KIND_AT + fixed.shape[1]] = fixed
        rows[:, _AT["aimed share"]] = self.asker._shares[self.ids]

    def _points(self, rows: Floats) -> None:
        ask = self.asker.deeds.said[self.k].target
        spots = self.asker._spots
        points = spots.vectors[self.window] @ ask[:-1] * float(len(ask) - 1) ** -0.5
        best = np.full(len(self.ids), -9.0, np.float32)
        np.maximum.at(best, self.of, points)
        near = np.full(len(self.ids), -9.0, np.float32)
        here = spots.paragraph[self.window] == self.said.held.paragraph
        np.maximum.at(near, self.of[here], points[here])
        top = float(best.max(initial=-9.0))
        rows[:, _AT["points"]] = best
        rows[:, _AT["points nearby"]] = near
        rows[:, _AT["points top"]] = top
        rows[:, _AT["points gap"]] = top - best
        rows[np.argsort(-best, kind="stable"), _AT["points rank"]] = np.arange(len(best))

    def _places(self, rows: Floats, picks: Sequence[Ints], inside: NDArray[np.bool_]) -> None:
        spots = self.asker._spots
        within, back, forth = picks
        lo, hi = self.cue
        start = self.part.content[0][0] if self.part.content else lo
        told, there = self._told(within), within >= 0
        rows[:, _AT["in content"]] = there
        rows[:, _AT["content offset"]] = np.where(there, told[:, _LO] - start, _NONE)
        order = np.argsort(np.where(there, within, 1 << 40), kind="stable")
        ranks = np.empty(len(order), np.float32)
        ranks[order] = np.arange(len(order))
        rows[:, _AT["content order"]] = np.where(there, ranks, _NONE)
        np.add.at(rows[:, _AT["content times"]], self.of[inside], 1.0)
        rows[:, _AT["inside before"]] = told[:, _BEFORE]
        rows[:, _AT["inside after"]] = told[:, _AFTER]
        owns = inside & (spots.after[self.window] == 1)
        rows[self.of[owns], _AT["inside owns"]] = 1.0
        rows[:, _AT["inside quoted"]] = told[:, _QUOTED]
        told, there = self._told(back), back >= 0
        rows[:, _AT["back words"]] = np.where(there, lo - told[:, _HI], _NONE)
        rows[:, _AT["back sentences"]] = np.where(there, self.said.held.sentence - told[:, _SENTENCE], _NONE)
        rows[:, _AT["back paragraphs"]] = np.where(there, self.said.held.paragraph - told[:, _PARAGRAPH], _NONE)
        ranks[np.argsort(-back, kind="stable")] = np.arange(len(back))
        rows[:, _AT["back rank"]] = np.where(there, ranks, _NONE)
        rows[:, _AT["back before"]] = told[:, _BEFORE]
        rows[:, _AT["back after"]] = told[:, _AFTER]
        rows[:, _AT["back first"]] = told[:, _FIRST]
        told = self._told(forth)
        rows[:, _AT["forth words"]] = np.where(forth >= 0, told[:, _LO] - hi, _NONE)
        rows[:, _AT["forth before"]] = told[:, _BEFORE]
        rows[:, _AT["forth after"]] = told[:, _AFTER]
        # The first thing after the cue, wherever it stands: its object or complement.
        near = self._first((spots.lo[self.window] >= hi) & (spots.lo[self.window] <= hi + 8))
        told = self._told(near)
        rows[:, _AT["gap cue"]] = np.where(near >= 0, told[:, _LO] - hi, _NONE)
        rows[:, _AT["gap code"]] = told[:, _BEFORE]
        ahead = self._last((spots.hi[self.window] <= lo) & (spots.hi[self.window] >= lo - 8))
        told = self._told(ahead)
        rows[:, _AT["ahead cue"]] = np.where(ahead >= 0, lo - told[:, _HI], _NONE)
        rows[:, _AT["ahead code"]] = told[:, _BEFORE]
        same = spots.sentence[self.window] == self.said.held.sentence
        rows[self.of[same], _AT["same sentence"]] = 1.0

    def _part(self, rows: Floats, in_source: NDArray[np.bool_], in_cue: NDArray[np.bool_]) -> None:
        asker, k = self.asker, self.k
        rows[self.of[in_source], _AT["in source"]] = 1.0
        rows[self.of[in_cue], _AT["in cue"]] = 1.0
        who = asker.speakers
        last, following = who[k - 1] if k else (), who[k + 1] if k + 1 < len(who) else ()
        speaking = {"speaks": who[k], "spoke before": last, "speaks next": following}
        outer = self.said.inside
        if outer is not None:
            speaking["outer speaks"] = who[outer]
        for name, some in speaking.items():
            rows[:, _AT[name]] = self._are(some)

    def _pronouns(self, rows: Floats) -> None:
        """Which things the pronouns of the content, or after the cue, may mean: how recent each is among those that agree."""
        asker, small, spots = self.asker, self.asker._small, self.asker._spots
        agree = asker._agreeing
        hi = self.cue[1]
        object_ = _PRONOUNS.get(small[hi], 0) if hi < len(small) else 0
        firsts: dict[int, int] = {}
        for a, b in self.part.content:
            for at in range(a, b):
                if (code := _PRONOUNS.get(small[at])) in agree:
                    firsts.setdefault(code, at)
        if object_ in agree:
            firsts.setdefault(object_, hi)
        if not firsts:
            return
        gender, speaks = asker._genders[self.ids], self._are(asker.speakers[self.k])
        for code, at in firsts.items():
            last = self._last(spots.hi[self.window] <= at)
            fits = agree[code][self.ids] & (last >= 0) & ~speaks
            order = np.argsort(np.where(fits, -last, 1 << 40), kind="stable")
            value = np.zeros(len(order), np.float32)
            value[order] = 1.0 / (1.0 + np.arange(len(order)))
            sure = 1.0 + (gender != 0) if code in (_HE, _SHE) else 1.0
            rows[:, _AT[_PRONOUN_NAMES[code - 1]]] = np.where(fits, value * sure, _NONE)
            np.maximum(rows[:, _AT["agrees"]], np.where(fits, value * sure, 0.0), out=rows[:, _AT["agrees"]])
            if code == object_:
                rows[:, _AT["object agrees"]] = np.where(fits, value * sure, _NONE)


def targets_of(asker: AimAsker, head: AskParties) -> list[Thing | None]:
    """The target of each statement, by number; None where none is likely."""
    out: list[Thing | None] = []
    for lo in range(0, len(asker.page.said), AT_ONCE):
        asked = [asker.question(k) for k in range(lo, min(lo + AT_ONCE, len(asker.page.said)))]
        sizes = [len(numbers) for numbers, _ in asked]
        if not sum(sizes):
            out.extend(None for _ in asked)
            continue
        of = np.repeat(np.arange(len(asked)), sizes)
        scores = head.parties(PartyQuestions(of, np.concatenate([rows for _, rows in asked])))
        for (numbers, _), own in zip(asked, np.split(scores, np.cumsum(sizes)[:-1]), strict=True):
            best = int(own.argmax()) if numbers else -1
            out.append(asker.things[numbers[best]] if numbers and own[best] > 0.0 else None)
    return out


def target_of(thing: Thing | None, entities: Mapping[str, Entity], metonyms: Mapping[str, str]) -> Party | None:
    """The party of an answer. A capital that stands for its country has the country's name."""
    if thing is None:
        return None
    if thing.entity is None:
        return Party(thing.name, None)
    entity = entities[metonyms.get(thing.entity, thing.entity)]
    return Party(entity.name, entity.id)
