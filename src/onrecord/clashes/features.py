"""What tells whether two statements clash, as numbers: who speaks of whom, what they do, which words they share and turn round.

Of each pair the first is the earlier. What is not known (an act, a target, a vector) has numbers of its own, so that the judge
can do without.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from onrecord.clashes.accounts import Account
from onrecord.clashes.weights import load_weights
from onrecord.clashes.words import meaningful, spread, stem
from onrecord.codebook.clashes import clash_words
from onrecord.extract.names import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ACT_GROUPS: Mapping[str, int] = {
    **dict.fromkeys(("admit", "apologize"), 0),
    **dict.fromkeys(("state", "believe", "ask"), 1),
    **dict.fromkeys(("predict", "warn", "threaten"), 2),
    **dict.fromkeys(("promise", "decide"), 3),
    **dict.fromkeys(("praise", "agree"), 4),
    "demand": 5,
    "criticize": 6,
    "accuse": 7,
    "deny": 8,
    "refuse": 9,
}
"""Acts that clash alike, in an order in which neighbours do."""
STANCE: Mapping[str, int] = {
    "praise": 1, "agree": 1, "promise": 1, "criticize": -1, "accuse": -1, "threaten": -1, "deny": -1, "refuse": -1, "warn": -1,
}  # fmt: skip
CUES = ("deny", "oppose", "support", "blame", "answer", "retreat")
SHORT = 8
"""Words of a content that can hardly say anything by itself: it takes up what somebody else said."""
FAR = 40
"""Statements or paragraphs apart beyond which distance no longer counts."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An account's words as they are compared. `turning`: those with opposites, and these; `unit`: its vector, of length 1."""

    account: Account
    stems: frozenset[str]
    said: frozenset[str]
    turning: tuple[tuple[str, frozenset[str]], ...]
    negations: int
    good: int
    bad: int
    cues: tuple[bool, ...]
    contrast: bool
    answer: bool
    back: bool
    length: int
    group: int
    stance: int
    numbers: frozenset[str]
    named: frozenset[str]
    unit: NDArray[np.float32] | None
    aim: frozenset[str]


_kept: dict[int, Reading] = {}
KEPT = 8192
"""Readings at hand, by the account itself: to hash all that it holds would take longer than to compare it."""


def reading_of(account: Account) -> Reading:
    """An account as it is compared."""
    found = _kept.get(id(account))
    if found is None or found.account is not account:
        if len(_kept) >= KEPT:
            _kept.clear()
        found = _kept[id(account)] = _read(account)
    return found


def _read(account: Account) -> Reading:
    table = clash_words()
    content = " ".join(account.content)
    words = [word for word, _, _ in spread(content)]
    cue = [word for word, _, _ in spread(account.cue)]
    stems = meaningful(content)
    said = stems | meaningful(account.cue)
    cue_stems = {_cue_stem(w) for w in cue}
    frame = {word for word, _, _ in spread(account.frame)}
    return Reading(
        account=account,
        stems=stems,
        said=said,
        turning=tuple((word, table.opposed[word]) for word in said if word in table.opposed),
        negations=sum(_negates(w, table.negation) for w in (*words, *cue)),
        good=len(stems & table.good),
        bad=len(stems & table.bad),
        cues=tuple(not cue_stems.isdisjoint(table.cues[name]) for name in CUES),
        contrast=not frame.isdisjoint(table.contrast),
        answer=not frame.isdisjoint(table.answer),
        back=not table.back.isdisjoint(words[:SHORT]),
        length=len(words),
        group=ACT_GROUPS.get(account.act or "", -1),
        stance=STANCE.get(account.act or "", 0),
        numbers=frozenset(w for w in words if w[0].isdigit()),
        named=meaningful(f"{account.speaker or ''} {account.source}"),
        unit=_unit(account.vector),
        aim=meaningful(account.target_name or ""),
    )


def _cue_stem(word: str) -> str:
    return stem(fold(word))


def _negates(word: str, negation: frozenset[str]) -> bool:
    return word in negation or word.endswith("n't")


def _unit(vector: bytes | None) -> NDArray[np.float32] | None:
    import numpy as np

    if vector is None:
        return None
    values = np.frombuffer(vector, np.int8).astype(np.float32)
    found: NDArray[np.float32] = values / max(float(np.linalg.norm(values)), 1.0)
    return found


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
        rareness = {r.account.statement: sum(map(rarities.__getitem__, r.said)) for r in readings}
        return Setting(counts, total, sides, rarities, rareness)

    def rarity(self, word: str) -> float:
        """From 0, of a stem that every statement has."""
        found = self.rarities.get(word)
        return _rarity(self.total, self.counts.get(word, 0)) if found is None else found

    def rareness_of(self, reading: Reading) -> float:
        """The sum of the rarities of all that a statement says."""
        found = self.rareness.get(reading.account.statement)
        return sum(map(self.rarity, reading.said)) if found is None else found

    def toward(self, speakers: Iterable[str], others: Iterable[str]) -> int:
        """The sum of the stances of speakers toward others."""
        told = list(others)
        return sum(self.sides[s][o] for s in speakers if s in self.sides for o in told if o in self.sides[s])

    def aligned(self, speakers: Iterable[str], others: Iterable[str]) -> tuple[int, int]:
        """How many third parties two speakers stand alike to, and how many they stand opposed to."""
        alike = opposed = 0
        told = [self.sides[o] for o in others if o in self.sides]
        for mine in (self.sides[s] for s in speakers if s in self.sides):
            for theirs in told:
                for third, stance in mine.items():
                    if (product := stance * theirs.get(third, 0)) > 0:
                        alike += 1
                    elif product < 0:
                        opposed += 1
        return alike, opposed


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
    "common rarest",  "words rank",
)  # fmt: skip


_OF_AN_ARTICLE = frozenset(
    (
        "same article", "distance", "paragraphs", "same paragraph", "shared rarity", "share of rarity", "rarest shared",
        "statements", "words rank", "feeling elsewhere", "alike to others", "opposed to others",
        "one inside other", "same report",
    )
)  # fmt: skip
WITHIN = [n for n, name in enumerate(FEATURES) if name != "cosine"]
"""Places of the numbers that tell of a pair of one article. Vectors add nothing there (cross-validated); a reading needs none."""
LARGE = [n for n, name in enumerate(FEATURES) if name not in _OF_AN_ARTICLE]
"""Places of the numbers that are functions of the two statements alone, whatever else their articles hold."""


def features_of(pairs: Sequence[tuple[Account, Account]], settings: Mapping[str, Setting]) -> NDArray[np.float32]:
    """Numbers of each pair, (N, len(FEATURES)); NaN where something is not known. `settings`: of each article, by its id."""
    import numpy as np

    rows = np.full((len(pairs), len(FEATURES)), np.nan, np.float32)
    if pairs:
        rows[:, :-1] = [_row(reading_of(a), reading_of(b), settings) for a, b in pairs]
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
    rows[:, -1] = np.minimum(above, FAR)


def _row(x: Reading, y: Reading, settings: Mapping[str, Setting]) -> list[float]:
    a, b = x.account, y.account
    here = a.article == b.article
    setting = settings.get(a.article, AT_LARGE) if here else AT_LARGE
    shared = x.said & y.said
    return [
        float(here),
        *_parties(x, y),
        *_common(x, y, shared, setting),
        _cosine(x, y),
        min(abs(a.number - b.number), FAR) if here else math.nan,
        min(abs(a.paragraph - b.paragraph), FAR) if here else math.nan,
        float(here and a.paragraph == b.paragraph),
        _days(a.day, b.day),
        x.group,
        y.group,
        *_turned(x, y),
        *_framed(x, y),
        _soft(x),
        _soft(y),
        float(not x.named.isdisjoint(y.stems) or not y.named.isdisjoint(x.stems)),
        float(not x.stems.isdisjoint(y.said - y.stems) or not y.stems.isdisjoint(x.said - x.stems)),
        min(setting.total, 99),
        *_sides(x, y, setting),
        *_aimed(x, y),
        *_commonness(shared),
    ]


def _parties(x: Reading, y: Reading) -> list[float]:
    """Who speaks, and of whom."""
    a, b = x.account, y.account
    known = bool(a.speakers) + bool(b.speakers)
    kinds = (a.speaker_kind == "person") + (b.speaker_kind == "person")
    names = len(a.names & b.names)
    return [
        float(bool(a.speakers & b.speakers)),
        known,
        kinds,
        _meets(a.target, b.speakers),
        _meets(b.target, a.speakers),
        _meets(a.target, b.target),
        bool(a.target) + bool(b.target),
        _meets(a.names, b.speakers),
        _meets(b.names, a.speakers),
        names,
        names / max(1, min(len(a.names), len(b.names))),
    ]


def _meets(a: frozenset[str], b: frozenset[str]) -> float:
    return float(not a.isdisjoint(b))


def _sides(x: Reading, y: Reading, setting: Setting) -> list[float]:
    """How the speakers stand to each other and to third parties, in all that the article has of them."""
    a, b = x.account, y.account
    between = setting.toward(a.speakers, b.speakers) + setting.toward(b.speakers, a.speakers)
    here = x.stance * len(a.target & b.speakers) + y.stance * len(b.target & a.speakers)
    alike, opposed = setting.aligned(a.speakers, b.speakers)
    return [between, between - here, alike, opposed]


def _aimed(x: Reading, y: Reading) -> list[float]:
    """Whether both are about the same one, and how each stands to it."""
    a, b = x.account, y.account
    same = bool(a.target & b.target)
    named = bool(a.target & b.names) + bool(b.target & a.names)
    words = len(x.aim & y.stems) + len(y.aim & x.stems)
    return [min(words, 3), x.stance * y.stance if same else 0, named]


def _commonness(shared: frozenset[str]) -> list[float]:
    """How rare the shared stems are in news at large."""
    weights = load_weights()
    rarities = [weights.rarities.get(word, weights.rarest) for word in shared]
    return [sum(rarities), max(rarities, default=0.0)]


def _common(x: Reading, y: Reading, shared: frozenset[str], setting: Setting) -> list[float]:
    """Which words both have, and how rare these are in their articles."""
    rarities = [setting.rarity(w) for w in shared]
    least = min(setting.rareness_of(x), setting.rareness_of(y))
    return [
        sum(rarities),
        sum(rarities) / max(least, 1.0),
        max(rarities, default=0.0),
        len(shared),
        min(x.length, y.length),
        max(x.length, y.length),
    ]


def _cosine(x: Reading, y: Reading) -> float:
    return math.nan if x.unit is None or y.unit is None else float(x.unit @ y.unit)


def _days(a: str | None, b: str | None) -> float:
    from datetime import date

    return math.nan if a is None or b is None else abs((date.fromisoformat(a) - date.fromisoformat(b)).days)


def _turned(x: Reading, y: Reading) -> list[float]:
    """What one does against the other, and whether its words are turned round."""
    groups = (x.group, y.group)
    tones = (x.good - x.bad, y.good - y.bad)
    opposed = sum(len(o & y.said) for w, o in x.turning if w not in y.said)
    return [
        x.stance * y.stance,
        abs(x.stance - y.stance),
        float(8 in groups or 9 in groups),
        float(6 in groups or 7 in groups),
        float(4 in groups and (6 in groups or 7 in groups or 8 in groups)),
        float(min(groups) in (6, 7) and max(groups) in (6, 7)),
        float(groups == (5, 5)),
        float(5 in groups and 9 in groups),
        float(8 in groups and (1 in groups or 7 in groups or 6 in groups)),
        min(x.negations, 3),
        min(y.negations, 3),
        float((x.negations > 0) != (y.negations > 0)),
        max(-4, min(4, tones[0] * tones[1])),
        abs(tones[0] - tones[1]),
        opposed,
    ]


def _framed(x: Reading, y: Reading) -> list[float]:
    """How cue and sentence set the statements against each other."""
    a, b = x.account, y.account
    deny, oppose, support, blame, answer, retreat = range(6)
    inside = a.statement == b.inside or b.statement == a.inside
    return [
        *(float(r.cues[c]) for c in (deny, oppose, support, blame) for r in (x, y)),
        float(y.cues[answer]),
        float(y.cues[retreat]),
        float(x.contrast),
        float(y.contrast),
        float(y.answer),
        float(x.back),
        float(y.back),
        float(inside),
        float(a.inside is not None and a.inside == b.inside),
        float(bool(x.numbers and y.numbers) and x.numbers != y.numbers),
        float(a.form == "direct"),
        float(b.form == "direct"),
        float(a.speaker_kind == "person"),
        float(b.speaker_kind == "person"),
    ]


def _soft(x: Reading) -> float:
    """Whether it says hardly anything by itself."""
    return float(x.length < SHORT)
