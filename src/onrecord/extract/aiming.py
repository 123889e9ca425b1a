"""Whom statements are aimed at: the questions that the party head is asked, and its answers.

The questions of many statements are made at once, in arrays over all of them; what is known of their article is in `aims`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.cues import softmax
from onrecord.analysis.parties import AskParties, PartyQuestions
from onrecord.analysis.values import ACTS, Floats
from onrecord.analysis.words import Ints
from onrecord.extract.aims import (
    FEATURES,
    HE,
    KIND_AT,
    NONE,
    PLACE_OF,
    PRONOUN_NAMES,
    PRONOUNS,
    SHE,
    STATEMENT,
    TOLD_AFTER,
    TOLD_BEFORE,
    TOLD_FIRST,
    TOLD_HI,
    TOLD_LO,
    TOLD_PARAGRAPH,
    TOLD_QUOTED,
    TOLD_SENTENCE,
    TURNS,
    AimAsker,
)  # fmt: skip
from onrecord.extract.culprits import doer_aimed_at
from onrecord.extract.following import holder_of
from onrecord.extract.objects import aimed_by_object
from onrecord.extract.page import Thing
from onrecord.extract.selves import is_at_nobody, is_own, object_before
from onrecord.records import Entity, Party

FAR, LATER, GROUPS_FAR = 320, 60, 90
"""Words before and after a statement in which its target is looked for; a group without a name is looked for nearer by."""
BESIDE = 8
"""Words between a cue and what stands beside it."""
BEFORE, AFTER = 12, 5
"""Candidates: the last things named before a statement, the first after its cue, and all in its content."""
AT_ONCE = 64
"""Questions in one run of the head, so that memory stays flat over a long text."""
_LAST = 1 << 40
"""A number beyond that of any spot."""
_FORMS = ("absent", "pronoun", "nominal", "named")


@dataclass(frozen=True, slots=True)
class AimQuestions:
    """Q questions with N candidates in all. `sizes`: (Q,) how many of them each has; `things`: (N,) their numbers; `rows`: (N,
    FEATURES).
    """

    sizes: Ints
    things: Ints
    rows: Floats


def questions_of(asker: AimAsker, some: range) -> AimQuestions:
    """The questions for the targets of `some` statements, with their candidates and what is known of each."""
    return _Views.made(asker, some).table()


@dataclass(frozen=True, slots=True)
class _Views:
    """The questions of Q statements in the making, all at once: of few numbers each, so that arrays of one alone would not pay.

    W spots that are in reach of a statement, each as often as it is in reach of one: `window` (W,) the spot's number, `asks` its
    question, `of` its row. R rows, one for each question and thing: `ids` (R,) the thing, `question`; in order of both. `place`:
    (R,) which one of its question a row is. `cue`, `cue_end`: (Q,) words of the cue.
    """

    asker: AimAsker
    numbers: range
    window: Ints
    asks: Ints
    of: Ints
    ids: Ints
    question: Ints
    place: Ints
    cue: Ints
    cue_end: Ints

    @staticmethod
    def made(asker: AimAsker, numbers: range) -> _Views:
        spots, parts = asker.spots, [asker.parts[k] for k in numbers]
        cue, cue_end = (
            np.array(edge, np.int64) for edge in zip(*((p.cue[0][0], p.cue[-1][1]) for p in parts), strict=True)
        )
        runs = [[*p.source, *p.cue, *p.content] for p in parts]
        begins, ends = (
            np.array(edge, np.int64)
            for edge in zip(*((min(lo for lo, _ in r), max(hi for _, hi in r)) for r in runs), strict=True)
        )
        a, b = np.searchsorted(spots.lo, begins - FAR), np.searchsorted(spots.lo, ends + LATER)
        sizes = np.maximum(b - a, 0)
        asks = np.repeat(np.arange(len(parts)), sizes)
        window = np.arange(len(asks)) + np.repeat(a - np.cumsum(sizes) + sizes, sizes)
        near = (spots.lo[window] >= begins[asks] - GROUPS_FAR) | asker.named[spots.owner[window]]
        window, asks = window[near], asks[near]
        many = max(len(asker.things), 1)
        common = (np.arange(len(parts))[:, None] * many + np.array(asker.commonest, np.int64)).ravel()
        rows, of = np.unique(np.concatenate([asks * many + spots.owner[window], common]), return_inverse=True)
        question = rows // many
        first = np.searchsorted(question, np.arange(len(parts)))
        place = np.arange(len(rows)) - first[question]
        return _Views(asker, numbers, window, asks, of[: len(window)], rows % many, question, place, cue, cue_end)

    def table(self) -> AimQuestions:
        if not len(self.ids):
            return AimQuestions(
                np.zeros(len(self.numbers), np.int64), self.ids, np.zeros((0, len(FEATURES)), np.float32)
            )
        spots, w, asks = self.asker.spots, self.window, self.asks
        lo, hi = spots.lo[w], spots.hi[w]
        inside = self._within([self.asker.parts[k].content for k in self.numbers])
        in_source = self._within([self.asker.parts[k].source for k in self.numbers])
        in_cue = (lo >= self.cue[asks]) & (hi <= self.cue_end[asks])
        back = (hi <= self.cue[asks]) & ~inside & ~in_source
        forth = (lo >= self.cue_end[asks]) & ~inside & ~in_source
        picks = (self._first(inside), self._last(back), self._first(forth))
        keep = self._kept(inside, in_cue, picks)
        columns = np.zeros((len(FEATURES), len(self.ids)), np.float32)
        self._question(columns, picks[0] >= 0)
        self._fixed(columns)
        self._points(columns)
        self._places(columns, picks, inside)
        self._part(columns, in_source, in_cue)
        self._pronouns(columns)
        self._voices(columns)
        sizes = np.bincount(self.question[keep], minlength=len(self.numbers))
        return AimQuestions(sizes, self.ids[keep], np.ascontiguousarray(columns[:, keep].T))

    # ------------------------------------------------------------ which spots and rows

    def _within(self, runs: Sequence[Sequence[tuple[int, int]]]) -> NDArray[np.bool_]:
        """(W,) whether a spot is within a run of words of its question's own."""
        lo, hi = self.asker.spots.lo[self.window], self.asker.spots.hi[self.window]
        out = np.zeros(len(self.window), bool)
        for n in range(max(map(len, runs))):
            edges = np.array([own[n] if n < len(own) else (0, -1) for own in runs], np.int64)[self.asks]
            out |= (lo >= edges[:, 0]) & (hi <= edges[:, 1])
        return out

    def _are(self, things: Sequence[Sequence[int]]) -> NDArray[np.bool_]:
        """(R,) whether each row's thing is one of some, which are given by question."""
        out = np.zeros(len(self.ids), bool)
        many = max(len(self.asker.things), 1)
        wanted = np.array([q * many + n for q, some in enumerate(things) for n in some], np.int64)
        rows = self.question * many + self.ids
        at = np.searchsorted(rows, wanted)
        at[at == len(rows)] = 0
        if len(rows):
            out[at[rows[at] == wanted]] = True
        return out

    def _told(self, spots: Ints) -> Floats:
        """(8, R) what is told of the spot of each row, NONE where its number is below nought."""
        table = self.asker.spots.told
        if not table.shape[1]:
            return np.full((len(table), len(spots)), NONE, np.float32)
        out = table.take(np.maximum(spots, 0), axis=1)
        out[:, spots < 0] = NONE
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

    def _ranks(self, values: Ints | Floats) -> Ints:
        """(R,) which of its question each row is by its value, the least first."""
        out = np.empty(len(values), np.int64)
        out[np.lexsort((values, self.question))] = self.place
        return out

    def _kept(
        self, inside: NDArray[np.bool_], in_cue: NDArray[np.bool_], picks: tuple[Ints, Ints, Ints]
    ) -> NDArray[np.bool_]:
        common = np.isin(self.ids, self.asker.commonest)
        keep = common.copy()
        keep[self.of[inside | in_cue]] = True
        who = self.asker.speakers
        keep |= self._are([[n for some in who[max(0, k - 1) : k + 2] for n in some] for k in self.numbers])
        within, back, forth = picks
        keep |= self._ranks(-back) < BEFORE
        keep |= self._ranks(np.where(forth >= 0, forth, _LAST)) < AFTER
        return keep & ((within >= 0) | (back >= 0) | (forth >= 0) | common)

    # ------------------------------------------------------------ what is known of them

    def _question(self, columns: Floats, inside: NDArray[np.bool_]) -> None:
        """What hangs on the statement alone. `inside`: (R,) whether a thing is in the content."""
        asker = self.asker
        acts = softmax(np.stack([asker.deeds.said[k].acts for k in self.numbers]))
        things = np.bincount(self.question[inside], minlength=len(acts)).tolist()
        persons = np.bincount(self.question[inside & (asker.kinds[self.ids] == 0)], minlength=len(acts)).tolist()
        told = [
            [*own, *self._statement(k, best, *inner)]
            for k, own, best, *inner in zip(
                self.numbers, acts.tolist(), acts.argmax(1).tolist(), things, persons, strict=True
            )
        ]
        columns[: len(STATEMENT)] = np.array(told, np.float32)[self.question].T

    def _statement(self, k: int, act: int, things: int, persons: int) -> list[float]:
        """Of statement `k`, in the order of STATEMENT, after its acts."""
        asker, small, part, said = self.asker, self.asker.small, self.asker.parts[k], self.asker.page.said[k]
        lo, hi = part.cue[0][0], part.cue[-1][1]
        content = [w for a, b in part.content for w in small[a:b]]
        counts = [0.0] * len(PRONOUN_NAMES)
        for word in content:
            if code := PRONOUNS.get(word):
                counts[code - 1] += 1
        return [
            act, float(asker.deeds.said[k].target[-1]), 0.0, hi - lo, asker.before_code(lo),
            asker.before_code(hi), asker.before_code(lo - 1), asker.object_after(hi), len(content),
            part.content[0][0] < lo if part.content else NONE,
            _FORMS.index(said.form), said.inside is not None, "?" in content[-2:], things, persons, *counts,
        ]  # fmt: skip

    def _fixed(self, columns: Floats) -> None:
        fixed = self.asker.fixed[:, self.ids]
        columns[KIND_AT : KIND_AT + len(fixed)] = fixed
        columns[PLACE_OF["aimed share"]] = self.asker.shares[self.ids]

    def _points(self, columns: Floats) -> None:
        """Where the second model points. Each question's by itself: a product of matrices hangs on their shape a little."""
        spots = self.asker.spots
        points = np.zeros(len(self.window), np.float32)
        edges = np.searchsorted(self.asks, np.arange(len(self.numbers) + 1)).tolist()
        for k, a, b in zip(self.numbers, edges, edges[1:], strict=False):
            ask = self.asker.deeds.said[k].target
            points[a:b] = spots.vectors[self.window[a:b]] @ ask[:-1] * float(len(ask) - 1) ** -0.5
        best, near = (np.full(len(self.ids), -9.0, np.float32) for _ in range(2))
        np.maximum.at(best, self.of, points)
        here = spots.paragraph[self.window] == self._held("paragraph")[self.asks]
        np.maximum.at(near, self.of[here], points[here])
        top = np.full(len(self.numbers), -9.0, np.float32)
        np.maximum.at(top, self.question, best)
        columns[PLACE_OF["points"]] = best
        columns[PLACE_OF["points nearby"]] = near
        columns[PLACE_OF["points top"]] = top[self.question]
        columns[PLACE_OF["points gap"]] = top[self.question] - best
        columns[PLACE_OF["points rank"]] = self._ranks(-best)

    def _held(self, name: str) -> Ints:
        """(Q,) sentence or paragraph of the words that each statement's speaker is asked for by."""
        return np.array([getattr(self.asker.page.said[k].held, name) for k in self.numbers], np.int64)

    def _places(self, columns: Floats, picks: tuple[Ints, Ints, Ints], inside: NDArray[np.bool_]) -> None:
        """Where a thing stands: in the content, before and after it, and beside the cue."""
        spots, parts = self.asker.spots, [self.asker.parts[k] for k in self.numbers]
        within, back, forth = picks
        lo, hi = (edge[self.question].astype(np.float32) for edge in (self.cue, self.cue_end))
        start = np.array([(p.content or p.cue)[0][0] for p in parts], np.float32)[self.question]
        told, there = self._told(within), within >= 0
        columns[PLACE_OF["in content"]] = there
        columns[PLACE_OF["content offset"]] = np.where(there, told[TOLD_LO] - start, NONE)
        columns[PLACE_OF["content order"]] = np.where(there, self._ranks(np.where(there, within, _LAST)), NONE)
        columns[PLACE_OF["content times"]] = np.bincount(self.of[inside], minlength=len(self.ids))
        columns[PLACE_OF["inside before"]] = told[TOLD_BEFORE]
        columns[PLACE_OF["inside after"]] = told[TOLD_AFTER]
        columns[PLACE_OF["inside owns"], self.of[inside & (spots.after[self.window] == 1)]] = 1.0
        columns[PLACE_OF["inside quoted"]] = told[TOLD_QUOTED]
        told, there = self._told(back), back >= 0
        sentence, paragraph = (self._held(name)[self.question].astype(np.float32) for name in ("sentence", "paragraph"))
        columns[PLACE_OF["back words"]] = np.where(there, lo - told[TOLD_HI], NONE)
        columns[PLACE_OF["back sentences"]] = np.where(there, sentence - told[TOLD_SENTENCE], NONE)
        columns[PLACE_OF["back paragraphs"]] = np.where(there, paragraph - told[TOLD_PARAGRAPH], NONE)
        columns[PLACE_OF["back rank"]] = np.where(there, self._ranks(-back), NONE)
        columns[PLACE_OF["back before"]] = told[TOLD_BEFORE]
        columns[PLACE_OF["back after"]] = told[TOLD_AFTER]
        columns[PLACE_OF["back first"]] = told[TOLD_FIRST]
        told = self._told(forth)
        columns[PLACE_OF["forth words"]] = np.where(forth >= 0, told[TOLD_LO] - hi, NONE)
        columns[PLACE_OF["forth before"]] = told[TOLD_BEFORE]
        columns[PLACE_OF["forth after"]] = told[TOLD_AFTER]
        # The first thing after the cue, wherever it stands: its object or complement.
        after = spots.lo[self.window] - self.cue_end[self.asks]
        near = self._first((after >= 0) & (after <= BESIDE))
        told = self._told(near)
        columns[PLACE_OF["gap cue"]] = np.where(near >= 0, told[TOLD_LO] - hi, NONE)
        columns[PLACE_OF["gap code"]] = told[TOLD_BEFORE]
        before = self.cue[self.asks] - spots.hi[self.window]
        ahead = self._last((before >= 0) & (before <= BESIDE))
        told = self._told(ahead)
        columns[PLACE_OF["ahead cue"]] = np.where(ahead >= 0, lo - told[TOLD_HI], NONE)
        columns[PLACE_OF["ahead code"]] = told[TOLD_BEFORE]
        same = spots.sentence[self.window] == self._held("sentence")[self.asks]
        columns[PLACE_OF["same sentence"], self.of[same]] = 1.0

    def _part(self, columns: Floats, in_source: NDArray[np.bool_], in_cue: NDArray[np.bool_]) -> None:
        """What a thing is to the statement, and to those around it."""
        columns[PLACE_OF["in source"], self.of[in_source]] = 1.0
        columns[PLACE_OF["in cue"], self.of[in_cue]] = 1.0
        who, outer = self.asker.speakers, [self.asker.page.said[k].inside for k in self.numbers]
        speaking: dict[str, Sequence[Sequence[int]]] = {
            "speaks": [who[k] for k in self.numbers],
            "spoke before": [who[k - 1] if k else () for k in self.numbers],
            "speaks next": [who[k + 1] if k + 1 < len(who) else () for k in self.numbers],
            "outer speaks": [() if n is None else who[n] for n in outer],
        }
        for name, some in speaking.items():
            columns[PLACE_OF[name]] = self._are(some)

    def _pronouns(self, columns: Floats) -> None:
        """Which things the pronouns of the content, or after the cue, may mean: how recent each is among those that agree."""
        asker = self.asker
        found = [asker.pronouns_of(k) for k in self.numbers]
        objects = np.array([asker.object_after(end) for end in self.cue_end.tolist()], np.int64)[self.question]
        speaks = self._are([asker.speakers[k] for k in self.numbers])
        hi = asker.spots.hi[self.window]
        for code, agree in asker.agreeing.items():
            at = np.array([own.get(code, -1) for own in found], np.int64)
            if (at < 0).all():
                continue
            asked = at[self.question] >= 0
            last = self._last(hi <= at[self.asks])
            fits = agree[self.ids] & (last >= 0) & ~speaks & asked
            value = 1.0 / (1.0 + self._ranks(np.where(fits, -last, _LAST)))
            if code in (HE, SHE):
                value *= 1.0 + (asker.genders[self.ids] != 0)
            told = np.where(fits, value, NONE).astype(np.float32)
            columns[PLACE_OF[PRONOUN_NAMES[code - 1]], asked] = told[asked]
            np.maximum(columns[PLACE_OF["agrees"]], told, out=columns[PLACE_OF["agrees"]])
            object_ = asked & (objects == code)
            columns[PLACE_OF["object agrees"], object_] = told[object_]

    def _voices(self, columns: Floats) -> None:
        """What a thing is to whoever speaks: of his side or not, how long ago it spoke, and how likely the second model holds it
        that his other statements, those before and after it, are aimed at it, and its own at him.
        """
        asker, numbers = self.asker, list(self.numbers)
        for code, some in zip((1.0, -1.0), zip(*map(asker.sides, numbers), strict=True), strict=True):
            columns[PLACE_OF["own side"], self._are(some)] = code
        columns[PLACE_OF["turns back"]] = NONE
        for turn in range(TURNS):
            columns[PLACE_OF["turns back"], self._are([asker.turns[k][turn : turn + 1] for k in numbers])] = turn
        first, last = max(numbers[0] - 1, 0), min(numbers[-1] + 1, len(asker.speakers) - 1)
        likely = asker.pointing(range(first, last + 1))
        told = np.full((4, len(numbers), len(asker.things)), NONE, np.float32)
        spoken = asker.fixed[-1]
        for q, k in enumerate(numbers):
            who = np.array(asker.speakers[k], np.int64)
            often = who[spoken[who] > 1]
            if len(often):
                rest = asker.pointed[np.searchsorted(asker.voices, often)].sum(0) - len(often) * likely[k - first]
                told[0, q] = rest / (spoken[often].sum() - len(often))
            if len(who):
                told[1, q, asker.voices] = asker.pointed[:, who].sum(1) / spoken[asker.voices]
            if k > first:
                told[2, q] = likely[k - first - 1]
            if k < last:
                told[3, q] = likely[k - first + 1]
        for name, table in zip(
            ("aimed by speaker", "aims at speaker", "aimed before", "aimed next"), told, strict=True
        ):
            columns[PLACE_OF[name]] = table[self.question, self.ids]


def targets_of(asker: AimAsker, head: AskParties) -> list[Thing | None]:
    """The target of each statement, by number; None where none is likely."""
    out: list[Thing | None] = []
    for lo in range(0, len(asker.page.said), AT_ONCE):
        asked = questions_of(asker, range(lo, min(lo + AT_ONCE, len(asker.page.said))))
        if not len(asked.things):
            out.extend(_by_grammar(asker, k, None) for k in range(len(out), len(out) + len(asked.sizes)))
            continue
        of = np.repeat(np.arange(len(asked.sizes)), asked.sizes)
        scores = head.parties(PartyQuestions(of, asked.rows)).tolist()
        things, edges = asked.things.tolist(), [0, *np.cumsum(asked.sizes).tolist()]
        for a, b in zip(edges, edges[1:], strict=False):
            best = max(range(a, b), key=scores.__getitem__, default=None)
            likely = best is not None and scores[best] >= 0.0
            aimed = asker.things[things[best]] if best is not None and likely else None
            out.append(_by_grammar(asker, len(out), aimed))
    return out


def _by_grammar(asker: AimAsker, k: int, aimed: Thing | None) -> Thing | None:
    """The target of statement `k` as the head gives it, unless grammar names another or logic rules it out."""
    if is_at_nobody(asker, k):
        return None
    if aimed is not None and aimed.kind == "phrase" and aimed.article.lower() in ("the", ""):
        aimed = holder_of(asker.page, f"the {aimed.name}") or aimed
    if (meant := object_before(asker, k)) is not None:
        return meant
    aimed = aimed_by_object(asker, k, None if aimed is not None and is_own(asker, k, aimed) else aimed)
    return doer_aimed_at(asker, k, ACTS[int(asker.deeds.said[k].acts.argmax())], aimed)


def target_of(thing: Thing | None, entities: Mapping[str, Entity], metonyms: Mapping[str, str]) -> Party | None:
    """The party of an answer. A capital that stands for its country has the country's name."""
    if thing is None:
        return None
    if thing.entity is None:
        return Party(thing.shown, None)
    entity = entities[metonyms.get(thing.entity, thing.entity)]
    return Party(entity.name, entity.id)
