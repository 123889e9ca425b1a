"""Names compared: do two of them mean the same speaker?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from onrecord.evaluation.matching import Roles
from onrecord.records import JOINT

SourceForm = Literal["named", "pronoun", "nominal", "absent"]

_TITLES = frozenset("mr mrs ms dr sen gov rep president the a an jr sr".split())
_PRONOUNS = frozenset(
    "he she they it i we who him her them his their which that you one".split()
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"[’']s")
_STROKED = str.maketrans({"ø": "o", "ł": "l"})  # letters whose stroke Unicode does not take apart


def name_words(name: str | None) -> tuple[str, ...]:
    """Words of a name that tell it from others: no titles, accents, case or possessive "s"."""
    letters = unicodedata.normalize("NFKD", (name or "").replace(".", "")).casefold()
    plain = "".join(c for c in letters if not unicodedata.combining(c)).translate(_STROKED)
    return tuple(w for w in _WORD.findall(_POSSESSIVE.sub("", plain)) if w not in _TITLES)


def same_speaker(given: str | None, gold: str | None, others: Collection[str] = ()) -> bool:
    """Whether `given` names the speaker `gold`. Joint names ("A + B") must agree name by name.

    `others` are further names of the article: a shortened name that fits a fuller one of them too is no answer.
    """
    mine, theirs = (given or "").split(JOINT), (gold or "").split(JOINT)
    if len(mine) != len(theirs) or not (_each_in(mine, theirs) and _each_in(theirs, mine)):
        return False
    return len(mine) > 1 or not any(_taken_for(given, gold, other) for other in others)


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names of a corpus: by each name in small letters, the entities that bear it."""

    entities: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def same(self, given: str | None, gold: str | None) -> bool:
        """Whether both are names of one entity, or else the one is short for the other. Nobody is not the same as nobody."""
        return not self._bearers(given).isdisjoint(self._bearers(gold)) or same_speaker(given, gold)

    def agree(self, given: str | None, gold: str | None) -> bool:
        """The same, but nobody agrees with nobody."""
        return self.same(given, gold) or not (given or gold)

    def _bearers(self, name: str | None) -> frozenset[str]:
        return self.entities.get((name or "").casefold(), frozenset({name} if name else ()))


def source_form(text: str, source: Roles, speaker: str) -> SourceForm:
    """How the source of an attribution is written, given whom it means."""
    if not source.source:
        return "absent"
    words = name_words(" ".join(span.of(text) for span in source.source))
    if words and words[0] in _PRONOUNS and (len(words) == 1 or words[-1].endswith(("self", "selves"))):
        return "pronoun"
    return "named" if not set(words).isdisjoint(name_words(speaker)) else "nominal"


def _each_in(names: Iterable[str], pool: Collection[str]) -> bool:
    return all(any(_same_one(name, other) for other in pool) for name in names)


def _same_one(a: str | None, b: str | None) -> bool:
    """One name against one: equal, or the shorter is the longer's surname with any of its forenames."""
    short, long = sorted((name_words(a), name_words(b)), key=len)
    if not short:
        return False
    return short == long or (short[-1] == long[-1] and set(short) <= set(long))


def _taken_for(given: str | None, gold: str | None, other: str) -> bool:
    """Whether `given` may as well be short for `other`, who is not `gold`."""
    words = name_words(other)
    fuller = len(words) > len(name_words(given)) and words != name_words(gold)
    return fuller and _same_one(given, other) and not _same_one(other, gold)
