"""What tells whether two statements clash, as numbers: who speaks of whom, what they do, which words they share and turn round.

Of each pair the first is the earlier. What is not known (an act, a target, a vector) has numbers of its own, so that the judge
can do without.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from onrecord.clashes.accounts import Account
from onrecord.clashes.readings import CUES, SHORT, Reading, matters_alike, opposed, reading_of
from onrecord.clashes.weights import load_weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FAR = 40
"""Statements or paragraphs apart beyond which distance no longer counts."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is common in an article: in how many of its statements each stem stands, and who is for or against whom.

    `sides`: by speaker and whoever is aimed at, the sum of the stances of all acts. `rarities`, `rareness`: of each stem, and of
    each statement the sum of its stems', which each of its pairs asks for.
    """

    counts: Mapping[str, int]
    total: int
    sides: Mapping[str, Mapping[str, int]]
    rarities: Mapping[str, float] = field(default_factory=dict, repr=False)
    rareness: Mapping[str, float] = field(default_factory=dict, repr=False)

    @staticmethod
    def of(accounts: Iterable[Account]) -> Setting:
        """The setting of all statements of an article."""
        counts = Counter[str]()
        sides: dict[str, Counter[str]] = {}
        readings = [reading_of(account) for account in accounts]
        for reading in readings:
            account = reading.account
            counts.update(reading.said)
            for speaker in account.speakers:
                for target in account.target if reading.stance else ():
                    sides.setdefault(speaker, Counter())[target] += reading.stance
        total = max(len(readings), 1)
        rarities = {word: _rarity(total, count) for word, count in counts.items()}
        rareness = {r.account.statement: math.fsum(map(rarities.__getitem__, r.said)) for r in readings}
        return Setting(counts, total, sides, rarities, rareness)

    def rarity(self, word: str) -> float:
        """From 0, of a stem that every statement has."""
        found = self.rarities.get(word)
        return _rarity(self.total, self.counts.get(word, 0)) if found is None else found

    def rareness_of(self, reading: Reading) -> float:
        """The sum of the rarities of all that a statement says."""
        found = self.rareness.get(reading.account.statement)
        return math.fsum(map(self.rarity, reading.said)) if found is None else found

    def toward(self, speakers: Iterable[str], others: Iterable[str]) -> int:
        """The sum of the stances of speakers toward others."""
        told = list(others)
        return sum(self.sides[s][o] for s in speakers if s in self.sides for o in told if o in self.sides[s])

    def aligned(self, speakers: Iterable[str], others: Iterable[str]) -> tuple[int, int]:
        """How many third parties two speakers stand alike to, and how many they stand opposed to."""
        told = [self.sides[o] for o in others if o in self.sides]
        products = [
            stance * theirs.get(third, 0)
            for mine in (self.sides[s] for s in speakers if s in self.sides)
            for theirs in told
            for third, stance in mine.items()
        ]
        return sum(p > 0 for p in products), sum(p < 0 for p in products)


def _rarity(total: int, count: int) -> float:
    return math.log((total + 1) / (count + 0.5))


AT_LARGE = Setting(MappingProxyType({}), 1, MappingProxyType({}))
"""Of statements of two articles nothing around them counts."""

FEATURES = (
    "same article", "same speaker", "speakers known", "kinds", "target is other", "other targets this", "same target",
    "targets known", "names other", "other names this", "shared names", "share of names", "shared rarity", "share of rarity",
    "rarest shared", "shared stems", "fewest words", "most words", "cosine", "distance", "paragraphs", "same paragraph", "days",
    "group a", "group b", "stance product", "stance difference", "any denial", "any blame",
    "for and against", "blame and blame", "demands", "refusal of demand", "denial of claim", "negations a", "negations b",
    "negation differs", "tone product", "tone difference", "opposed", "deny cue a", "deny cue b", "oppose cue a", "oppose cue b",
    "support cue a", "support cue b", "blame cue a", "blame cue b", "answer cue b", "retreat cue b", "contrast a", "contrast b",
    "answer b", "back a", "back b", "one inside other", "same report", "numbers differ",
    "direct a", "direct b", "person a", "person b",
    "soft a", "soft b", "spoken of", "stem in cue", "statements", "feeling", "feeling elsewhere",
    "alike to others", "opposed to others", "target in words", "stance to one", "target in names", "common rarity",
    "common rarest", "words rank",
    # Asked of two articles alone: within one they add nothing to the others (cross-validated).
    "both deny", "one side", "claims alike", "claims turned", "cover a", "cover b", "denial", "denier named", "denier aims",
    "claim blames", "denied words", "denied rarity", "denial formal", "denial soft", "denial turned", "matter rarity",
    "matter share", "numbers apart", "unit alone", "denied alone",
)  # fmt: skip


_OF_AN_ARTICLE = frozenset(
    (
        "same article", "distance", "paragraphs", "same paragraph", "shared rarity", "share of rarity", "rarest shared",
        "statements", "words rank", "feeling elsewhere", "alike to others", "opposed to others",
        "one inside other", "same report",
    )
)  # fmt: skip
AT_ONCE = 20_000
"""Pairs whose numbers are worked out at once: a bound on memory, nothing else hangs on it."""
COMMON = FEATURES.index("words rank") + 1
"""Numbers that are asked of all pairs; the others come after them."""
WITHIN = [n for n, name in enumerate(FEATURES[:COMMON]) if name != "cosine"]
"""Places of the numbers that tell of a pair of one article. Vectors add nothing there (cross-validated); a reading needs none."""
LARGE = [n for n, name in enumerate(FEATURES[:COMMON]) if name not in _OF_AN_ARTICLE]
"""Places of the numbers that are functions of the two statements alone, whatever else their articles hold."""


def features_of(
    pairs: Sequence[tuple[Account, Account]], settings: Mapping[str, Setting], *, whole: bool = False
) -> NDArray[np.float32]:
    """Numbers of each pair, (N, len(FEATURES)); NaN where something is not known. `settings`: of each article, by its id.

    `whole`: of pairs of one article too those that are asked of two alone.
    """
    import numpy as np

    rows = np.full((len(pairs), len(FEATURES)), np.nan, np.float32)
    groups: dict[str | None, list[int]] = {}
    for n, (a, b) in enumerate(pairs):  # pairs of one setting together
        groups.setdefault(a.article if a.article == b.article else None, []).append(n)
    for article, numbers in groups.items():
        setting = AT_LARGE if article is None else settings.get(article, AT_LARGE)
        for start in range(0, len(numbers), AT_ONCE):
            some = numbers[start : start + AT_ONCE]
            found = _AccountPairs.of([pairs[n] for n in some], setting, here=article is not None).numbers(whole=whole)
            columns = np.empty((len(FEATURES), len(some)), np.float32)
            for column, name in zip(columns, FEATURES, strict=True):
                column[:] = found.get(name, math.nan)
            rows[some] = columns.T
    _rank(rows, pairs)
    return rows


def _rank(rows: NDArray[np.float32], pairs: Sequence[tuple[Account, Account]]) -> None:
    """How many pairs of either statement share more words."""
    import numpy as np

    members: dict[str, list[int]] = {}
    for n, (a, b) in enumerate(pairs):
        members.setdefault(a.statement, []).append(n)
        members.setdefault(b.statement, []).append(n)
    shared = rows[:, FEATURES.index("shared rarity")]
    above = np.zeros(len(pairs), np.float32)
    for numbers in members.values():
        values = shared[numbers]
        above[numbers] += (values[None, :] > values[:, None]).sum(axis=1)
    rows[:, FEATURES.index("words rank")] = np.minimum(above, FAR)


Numbers = dict[str, Any]
"""(N,) numbers of pairs by the name of the feature, or one for all."""


@dataclass(frozen=True, slots=True)
class _AccountPairs:
    """Pairs of one setting, all of them at once. `readings`: each once; `places`: of both sides in them, `left` and `right` the
    same as arrays (N,).
    """

    readings: Sequence[Reading]
    places: Sequence[tuple[int, int]]
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    setting: Setting
    here: bool

    @staticmethod
    def of(pairs: Sequence[tuple[Account, Account]], setting: Setting, *, here: bool) -> _AccountPairs:
        """`here`: whether both sides are of one article."""
        import numpy as np

        once: dict[int, int] = {}
        readings: list[Reading] = []
        for account in (x for pair in pairs for x in pair):
            if id(account) not in once:
                once[id(account)] = len(readings)
                readings.append(reading_of(account))
        places = [(once[id(a)], once[id(b)]) for a, b in pairs]
        left, right = np.array(places, np.intp).T
        return _AccountPairs(readings, places, left, right, setting, here)

    def numbers(self, *, whole: bool) -> Numbers:
        """All but the rank, which hangs on the other pairs."""
        return {
            "same article": float(self.here), "statements": min(self.setting.total, 99), "cosine": self._cosines(),
            **self._places(), **self._whom(), **self._words(), **self._turned(), **self._framed(),
            **({} if self.here else self._matters()), **({**self._claims(), **self._denied()} if whole or not self.here else {}),
        }  # fmt: skip

    def _each(self, number: Callable[[Reading], float]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(N,) a number of the first sides and of the second ones."""
        import numpy as np

        values = np.array([number(r) for r in self.readings], np.float64)
        return values[self.left], values[self.right]

    def _masks(self, *kinds: Callable[[Reading], frozenset[str]]) -> list[list[int]]:
        """For each kind of set the readings' own, as numbers whose bits are its members: they are met fastest so."""
        bits: dict[str, int] = {}
        out = []
        for kind in kinds:
            masks = []
            for reading in self.readings:
                mask = 0
                for member in kind(reading):
                    mask |= bits.setdefault(member, 1 << len(bits))
                masks.append(mask)
            out.append(masks)
        return out

    def _shared(self, first: list[int], second: list[int]) -> NDArray[np.float64]:
        """(N,) how many members a set of the first side has in common with one of the second side."""
        import numpy as np

        return np.array([(first[n] & second[m]).bit_count() for n, m in self.places], np.float64)

    def _cosines(self) -> NDArray[np.float64]:
        import numpy as np

        out = np.full(len(self.left), np.nan)
        units = [r.unit for r in self.readings]
        for n, (a, b) in enumerate(self.places):
            x, y = units[a], units[b]
            if x is not None and y is not None:
                out[n] = x @ y
        return out

    def _places(self) -> Numbers:
        """How far apart they are."""
        import numpy as np

        numbers, paragraphs = self._each(lambda r: r.account.number), self._each(lambda r: r.account.paragraph)
        days = self._each(
            lambda r: math.nan if r.account.day is None else date.fromisoformat(r.account.day).toordinal()
        )
        apart = np.abs(paragraphs[0] - paragraphs[1])
        return {
            "distance": np.minimum(np.abs(numbers[0] - numbers[1]), FAR) if self.here else math.nan,
            "paragraphs": np.minimum(apart, FAR) if self.here else math.nan,
            "same paragraph": apart == 0 if self.here else 0.0,
            "days": np.abs(days[0] - days[1]),
        }

    def _whom(self) -> Numbers:
        """Who speaks, and of whom; and how the speakers stand to each other and to third parties, by all that the article has."""
        import numpy as np

        speaker, target, name = self._masks(
            lambda r: r.account.speakers, lambda r: r.account.target, lambda r: r.account.names
        )
        aims, aimed = self._shared(target, speaker), self._shared(speaker, target)
        names = self._shared(name, name)
        counts = self._each(lambda r: len(r.account.names))
        stance = self._each(lambda r: r.stance)
        same = self._shared(target, target) > 0
        between, alike, opposed = (np.array(values, np.float64) for values in zip(*self._stands(), strict=True))
        return {
            "same speaker": self._shared(speaker, speaker) > 0,
            "speakers known": sum(self._each(lambda r: bool(r.account.speakers))),
            "kinds": sum(self._each(lambda r: r.account.speaker_kind == "person")),
            "target is other": aims > 0, "other targets this": aimed > 0, "same target": same,
            "targets known": sum(self._each(lambda r: bool(r.account.target))),
            "names other": self._shared(name, speaker) > 0, "other names this": self._shared(speaker, name) > 0,
            "shared names": names, "share of names": names / np.maximum(1, np.minimum(*counts)),
            "feeling": between, "feeling elsewhere": between - (stance[0] * aims + stance[1] * aimed),
            "alike to others": alike, "opposed to others": opposed,
            "stance to one": np.where(same, stance[0] * stance[1], 0.0),
            "target in names": (self._shared(target, name) > 0) * 1.0 + (self._shared(name, target) > 0),
        }  # fmt: skip

    def _stands(self) -> Iterator[tuple[int, int, int]]:
        """Of each pair the stances of its speakers toward each other, and how many they stand alike and opposed to."""
        setting = self.setting
        found: dict[tuple[frozenset[str], frozenset[str]], tuple[int, int, int]] = {}
        speakers = [r.account.speakers for r in self.readings]
        for n, m in self.places:
            a, b = both = speakers[n], speakers[m]
            if both not in found:
                found[both] = (setting.toward(a, b) + setting.toward(b, a), *setting.aligned(a, b))
            yield found[both]

    def _words(self) -> Numbers:
        """Which words both have, and how rare these are in their articles and in news at large."""
        import numpy as np

        stems, cue_only, named, aim = self._masks(
            lambda r: r.stems, lambda r: r.said - r.stems, lambda r: r.named, lambda r: r.aim
        )
        sums, rarest, shared, sums_large, rarest_large = np.array(list(self._rarities()), np.float64).T
        lengths = self._each(lambda r: r.length)
        least = np.minimum(*self._each(self.setting.rareness_of))
        return {
            "shared rarity": sums, "share of rarity": sums / np.maximum(least, 1.0), "rarest shared": rarest,
            "shared stems": shared, "fewest words": np.minimum(*lengths), "most words": np.maximum(*lengths),
            "spoken of": (self._shared(named, stems) > 0) | (self._shared(stems, named) > 0),
            "stem in cue": (self._shared(stems, cue_only) > 0) | (self._shared(cue_only, stems) > 0),
            "target in words": np.minimum(self._shared(aim, stems) + self._shared(stems, aim), 3),
            "common rarity": sums_large, "common rarest": rarest_large,
        }  # fmt: skip

    def _rarities(self) -> Iterator[tuple[float, float, int, float, float]]:
        """Of each pair's shared words the sum of the rarities and the rarest, how many they are, and both in news at large."""
        weights, said = load_weights(), [r.said for r in self.readings]
        own: dict[str, float] = {}
        large: dict[str, float] = {}
        for word in {w for some in said for w in some}:
            own[word], large[word] = self.setting.rarity(word), weights.rarities.get(word, weights.rarest)
        for n, m in self.places:
            if shared := said[n] & said[m]:
                here, anywhere = [own[w] for w in shared], [large[w] for w in shared]
                yield math.fsum(here), max(here), len(here), math.fsum(anywhere), max(anywhere)
            else:
                yield 0.0, 0.0, 0, 0.0, 0.0

    def _turned(self) -> Numbers:
        """What one does against the other, and whether its words are turned round."""
        import numpy as np

        a, b = self._each(lambda r: r.group)
        stances, tones = self._each(lambda r: r.stance), self._each(lambda r: r.good - r.bad)
        negations = self._each(lambda r: r.negations)

        def any_is(*groups: int) -> NDArray[np.bool_]:
            return np.isin(a, groups) | np.isin(b, groups)

        return {
            "group a": a, "group b": b,
            "stance product": stances[0] * stances[1], "stance difference": np.abs(stances[0] - stances[1]),
            "any denial": any_is(8, 9), "any blame": any_is(6, 7), "for and against": any_is(4) & any_is(6, 7, 8),
            "blame and blame": np.isin(a, (6, 7)) & np.isin(b, (6, 7)), "demands": (a == 5) & (b == 5),
            "refusal of demand": any_is(5) & any_is(9), "denial of claim": any_is(8) & any_is(1, 6, 7),
            "negations a": np.minimum(negations[0], 3), "negations b": np.minimum(negations[1], 3),
            "negation differs": (negations[0] > 0) != (negations[1] > 0),
            "tone product": np.clip(tones[0] * tones[1], -4, 4), "tone difference": np.abs(tones[0] - tones[1]),
            "opposed": [opposed(self.readings[n], self.readings[m]) for n, m in self.places],
        }  # fmt: skip

    def _claims(self) -> Numbers:
        """Whether both say the same or its contrary, and whether they are of one side."""
        import numpy as np

        claim, named, behind = self._masks(lambda r: r.claim, lambda r: r.named, lambda r: r.account.behind)
        whole = [
            one | other for one, other in zip(claim, named, strict=True)
        ]  # "I never met him" is about the speaker too
        numbers = self._masks(lambda r: r.numbers)[0]
        shared, counts = self._shared(claim, claim), self._each(lambda r: len(r.claim))
        sizes = self._each(lambda r: len(r.claim | r.named))
        both = self._shared(whole, whole)
        alike = np.where(shared > 0, both / np.maximum(sizes[0] + sizes[1] - both, 1), 0)
        negations, denies = self._each(lambda r: r.negations), self._each(lambda r: r.denies)
        turned = negations[0] % 2 != negations[1] % 2
        tell = self._each(lambda r: len(r.numbers))
        return {
            "both deny": denies[0] * denies[1], "unit alone": self._unit_alone(),
            "one side": (self._shared(behind, named) > 0) | (self._shared(named, behind) > 0),
            "claims alike": np.where(turned, 0, alike), "claims turned": np.where(turned, alike, 0),
            "cover a": shared / np.maximum(counts[0], 1), "cover b": shared / np.maximum(counts[1], 1),
            "numbers apart": np.where(
                (tell[0] > 0) & (tell[1] > 0) & (self._shared(numbers, numbers) == 0),
                shared / np.maximum(counts[0] + counts[1] - shared, 1),
                0,
            ),
        }  # fmt: skip

    def _unit_alone(self) -> NDArray[np.bool_]:
        """(N,) whether both count something, and have nothing in common but what they count it in."""
        import numpy as np

        read = [(self.readings[n], self.readings[m]) for n, m in self.places]
        return np.array(
            [
                bool(
                    x.numbers and y.numbers and not x.back and not y.back and (shared := x.claim & y.claim - x.numbers)
                )
                and shared <= (x.units & y.units)
                for x, y in read
            ]
        )

    def _denied(self) -> Numbers:
        """Where one side alone is a denial: whether the other is what it denies. NaN where there is none."""
        import numpy as np

        names = ("denier named", "denier aims", "claim blames", "denied words", "denied rarity", "denial formal",
                 "denial soft", "denial turned", "denied alone")  # fmt: skip
        out = np.full((len(names), len(self.places)), np.nan)
        weights = load_weights()
        for n, (i, j) in enumerate(self.places):
            x, y = self.readings[i], self.readings[j]
            if x.denies == y.denies:
                continue
            no, yes = (x, y) if x.denies else (y, x)
            shared = no.claim & yes.said & (no.plain | yes.plain)
            one, other = no.account, yes.account
            out[:, n] = (
                not one.speakers.isdisjoint(other.names | other.target),
                not one.target.isdisjoint(other.speakers | other.names),
                yes.group in (6, 7),
                len(shared) / max(len(no.claim), 1),
                math.fsum(weights.rarities.get(w, weights.rarest) for w in shared),
                no.formal,
                no.length < SHORT,
                no.negations % 2 != yes.negations % 2,
                len(shared) == 1 and len(no.claim) > 1,
            )
        return {"denial": ~np.isnan(out[0]), **dict(zip(names, out, strict=True))}

    def _matters(self) -> Numbers:
        """How much the titles and first paragraphs of two articles have in common."""
        import numpy as np

        found: dict[tuple[frozenset[str], frozenset[str]], tuple[float, float]] = {}
        told = []
        for n, m in self.places:
            both = self.readings[n].account.matter, self.readings[m].account.matter
            if both not in found:
                found[both] = matters_alike(*both)
            told.append(found[both])
        rarity, share = np.array(told, np.float64).T
        return {"matter rarity": rarity, "matter share": share}

    def _framed(self) -> Numbers:
        """How cue and sentence set the statements against each other."""
        import numpy as np

        out: Numbers = {}
        for name, of in _FRAMES.items():
            out[f"{name} a"], out[f"{name} b"] = self._each(of)
        out = {name: values for name, values in out.items() if name in FEATURES}
        pairs = self.places
        accounts = [r.account for r in self.readings]
        told = [r.numbers for r in self.readings]
        inside = [
            (accounts[n].inside, accounts[m].inside, accounts[n].statement, accounts[m].statement) for n, m in pairs
        ]
        return out | {
            "one inside other": np.array([x == b or a == y for a, b, x, y in inside]),
            "same report": np.array([a is not None and a == b for a, b, _, _ in inside]),
            "numbers differ": np.array([bool(told[n] and told[m]) and told[n] != told[m] for n, m in pairs]),
        }


def _has_cue(number: int, reading: Reading) -> bool:
    return reading.cues[number]


_FRAMES: Mapping[str, Callable[[Reading], float]] = {
    **{f"{name} cue": partial(_has_cue, n) for n, name in enumerate(CUES)},
    "contrast": lambda r: r.contrast,
    "answer": lambda r: r.answer,
    "back": lambda r: r.back,
    "direct": lambda r: r.account.form == "direct",
    "person": lambda r: r.account.speaker_kind == "person",
    "soft": lambda r: r.length < SHORT,
}
"""What is told of each side by itself; "soft": it says hardly anything by itself."""
