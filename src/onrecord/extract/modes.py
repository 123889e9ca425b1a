"""How an event was done: its PLOVER mode, told by the codebook's words in its trigger, else by those in the trigger's clause."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from onrecord.codebook import event_types
from onrecord.extract.clauses import Bounds
from onrecord.records import Span

_NEAR: Final = 60
"""Characters between the trigger and a word beside it that still tells of it: about ten words."""
_BOUNDS: Final = Bounds("mark", "dash", "quote", "joint", "who", "whose", "that", "opener", "time", "said")
"""What begins another clause: its words tell of something else."""
_RELATIVE: Final = re.compile(r"\b(?:who|which|that) $")
_PREDICATE: Final = re.compile(r"\b(?:has|have|had|was|were|is|are|will|would)\b")


def mode_of(code: str, sentence: str, trigger: Span) -> str | None:
    """The mode of an event of a PLOVER type; None where no word tells of one, or the type has none.

    `trigger`: its place in `sentence`. Its own words, with what follows it ("closed its embassy"), go before those that stand
    beside it; of these the nearest counts, and of several the longest. Raises KeyError where there is no such type.
    """
    modes = _patterns(code)
    clause, start, end = _clause(sentence, trigger)
    found = (
        (max(0, start - m.end(), m.start() - end), -len(m[0]), m.start(), mode)
        for mode, pattern in modes.items()
        for m in pattern.finditer(clause)
    )
    nearest = min(found, default=None)
    return nearest[-1] if nearest else None


def _clause(sentence: str, trigger: Span) -> tuple[str, int, int]:
    """The clause of a trigger as far as it is near, and where the trigger stands in it."""
    words = trigger.of(sentence)
    before, after = sentence[max(0, trigger.start - _NEAR) : trigger.start], sentence[trigger.end : trigger.end + _NEAR]
    if trigger.start > _NEAR:
        before = before.partition(" ")[2]
    if trigger.end + _NEAR < len(sentence):
        after = after.rpartition(" ")[0]
    if _RELATIVE.search(before):  # "who stole a car was jailed"
        after = _PREDICATE.split(after)[0]
    before, after = before[_BOUNDS.opened(before, 0, len(before)) :], after[: _BOUNDS.closed(after, 0, len(after))]
    return before + words + after, len(before), len(before) + len(words)


@cache
def _patterns(code: str) -> Mapping[str, re.Pattern[str]]:
    """Compiled a type at a time: all of them take as long as reading a page."""
    return MappingProxyType({mode.name: _pattern(mode.words) for mode in event_types()[code].modes.values()})


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, the longest first, as whole words in letters of any case."""
    longest = sorted(words, key=len, reverse=True)
    forms = (r"[\s-]+".join(re.split(r"[ -]", w)).replace("*", r"[a-z]*") for w in longest)
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)
