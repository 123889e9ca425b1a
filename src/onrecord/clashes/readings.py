"""An account's words as they are compared: which turn round what is said, which judge, what is counted, what is denied."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
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
_DENIED = frozenset({"deny", "den", "deni"})
CUES = ("deny", "oppose", "support", "blame", "answer", "retreat")
SHORT = 8
"""Words of a content that can hardly say anything by itself: it takes up what somebody else said."""
_kept: dict[int, Reading] = {}
KEPT = 8192
"""Readings at hand, by the account itself: to hash all that it holds would take longer than to compare it."""
_CAPITAL = re.compile(r"\b[A-Z][\w’'-]*")
_COUNTED = re.compile(r"\d[\d.,]*(?:\s*[-–]?\s*(?:thousand|million|billion|trillion|[mb]n|[mkb])\b)?\s*([^\W\d_]+)")
_SCALES = frozenset("thousand million billion trillion".split())
_ASKED = re.compile(r"\b(?:ask(?:s|ed|ing)?|inquir\w+|enquir\w+|question(?:s|ed|ing)|quizzed|pressed)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"[\W_]*(?:whether|if|about|who|whom|whose|what|which|why|when|where|how)\b|.*\?\W*$", re.IGNORECASE | re.DOTALL
)
_SILENT = re.compile(
    r"(?:(?:has|have|had)\s+)?(?:declin(?:e[sd]?|ing)|refus(?:e[sd]?|ing)|(?:did|does|do|would|could|will|is|are)(?:\s+not|n['’]t))"
    r"(?:\s+(?:immediately|further|publicly|yet|directly))*"
    r"\s+(?:to\s+)?(?:(?:make|offer|give)\s+(?:any\s+|a\s+)?(?:further\s+)?comment|comment|elaborate"
    r"|(?:discuss|speak)\b(?!.*\bwith\b)"
    r"|(?:respond|reply|answer|return)\s+(?:to\s+)?(?:\w+\s+){0,3}?(?:requests?|questions?|quer(?:y|ies)|calls?|emails?|messages?)"
    r"|be\s+(?:interviewed|reached)|say\s+(?:whether|if|how|why|when|where|who|what|which))\b",
    re.IGNORECASE,
)
_WORDLESS = re.compile(
    r"\W*(?:no such thing|nothing(?: of the (?:kind|sort))?|(?:that )?(?:[\w’'-]+ ){1,4}"
    r"(?:(?:did|does|do|would|could|will) (?:not|never)|(?:did|does|do|would|could|wo)n['’]t) comment\b[^.;!?]*+)\W*+",
    re.IGNORECASE,
)
"""What somebody says who says nothing: "told her no such thing", "the bank did not comment on its clients"."""
SHORTEST_BARE = 4
"""Letters of a stem that is left of one without its prefix."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An account's words as they are compared. `turning`: those with opposites, and these; `unit`: its vector, of length 1.

    `denies`: whether it is a denial, and `formal` whether of what is denied without more ("the charges"). `claim`: what it says
    but for words that turn it round; `bare`: its stems without a prefix that does so ("insolvent"); `units`: stems of what it
    counts but people; `plain`: stems of its words in small letters, which are no names; `idle`: it asks or says nothing, and so
    disputes nothing.
    """

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
    denies: bool
    formal: bool
    claim: frozenset[str]
    bare: frozenset[str]
    units: frozenset[str]
    plain: frozenset[str]
    idle: bool


def _asks(account: Account) -> bool:
    """Whether a statement is a question, which contradicts nothing: "asked whether he had paid", not "asked them to pay"."""
    if account.act == "ask":
        return True
    return _ASKED.search(account.cue) is not None and any(_OPEN.match(part) for part in account.content)


def is_silent(account: Account) -> bool:
    """Whether a statement says that nothing is said, which disputes nothing: "declined to comment on the raid"."""
    content = " ".join(account.content)
    silent = _SILENT.match(f"{account.cue} {content}") or _WORDLESS.fullmatch(content)
    return account.unsaid or silent is not None


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
    if account.act == "refuse":
        cue_stems -= _DENIED  # "denied bail" contradicts nobody
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
        denies=account.act == "deny" or bool(cue_stems & table.cues["deny"]),
        formal=bool(stems) and len(words) <= SHORT and not table.formal.isdisjoint(words),
        claim=stems - turning_stems(),
        bare=frozenset(_without_prefix(stems)),
        units=frozenset(_units(content)),
        plain=meaningful(_CAPITAL.sub(" ", content)),
        idle=_asks(account) or is_silent(account),
    )


def opposed(x: Reading, y: Reading) -> int:
    """How many words of one are opposites of the other's."""
    pairs = (sum(len(o & y.said) for w, o in x.turning if w not in y.said)) if x.turning else 0
    return pairs + len((x.bare & y.stems) - x.stems) + len((y.bare & x.stems) - y.stems)


def _units(content: str) -> Iterator[str]:
    """Stems of what stands behind numbers, but people: "705 million euros"."""
    for match in _COUNTED.finditer(content):
        yield from meaningful(match[1]) - clash_words().people
    yield from _SCALES


@cache
def turning_stems() -> frozenset[str]:
    """Of the words that turn round what is said."""
    return frozenset(stem(fold(word)) for word in clash_words().negation)


def _without_prefix(stems: Iterable[str]) -> Iterator[str]:
    table = clash_words()
    for word in stems:
        if word not in table.unopposed:
            for prefix in table.prefixes:
                if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_BARE:
                    yield word[len(prefix) :]


def _cue_stem(word: str) -> str:
    return stem(fold(word))


def _negates(word: str, negation: frozenset[str]) -> bool:
    return word in negation or word.endswith("n't")


def negations_in(text: str) -> int:
    """How many words of a text negate."""
    negation = clash_words().negation
    return sum(_negates(word, negation) for word, _, _ in spread(text))


def _unit(vector: bytes | None) -> NDArray[np.float32] | None:
    import numpy as np

    if vector is None:
        return None
    values = np.frombuffer(vector, np.int8).astype(np.float32)
    found: NDArray[np.float32] = values / max(float(np.linalg.norm(values)), 1.0)
    return found


def matters_alike(a: frozenset[str], b: frozenset[str]) -> tuple[float, float]:
    """Of what two articles are about the sum of the rarities of shared stems, and its share of the less telling one's."""
    weights = load_weights()
    shared, one, other = (math.fsum(weights.rarities.get(w, weights.rarest) for w in some) for some in (a & b, a, b))
    return shared, shared / max(min(one, other), 1.0)
