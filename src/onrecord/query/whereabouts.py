"""Where a sentence says that something is, by its words alone: for names that were not read as places there.

Another article may tell that a name is a place. Where none does, the words still tell that the matter is elsewhere than
the dateline: of what happened "in Orren" nothing is known but that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from onrecord.codebook.tables import load
from onrecord.store.folding import fold

_SORTS = "town|city|village|hamlet|port|capital|district|province|state|region|island|suburb|neighbou?rhood|camp|valley|county"
_IN = r"in|near|outside|off|at"
_TO = r"on|to|from|of|around|across|inside|over|into|through"
_NAME = re.compile(
    rf"(?i:\b(?:(?P<inside>{_IN})|{_TO})\s+(?:(?:the|its|their)\s+)?(?:(?:[\w-]+\s+)?(?:{_SORTS})(?:\s+of|,)?\s+)?)"
    r"(?P<name>[A-Z][^\W\d]+(?:[\s-]+(?:[A-Z][^\W\d]+|(?:de|del|el|al|la)(?=[\s-]+[A-Z])))*)(?![\w-]|['’]s)"
)


_ON_A_SIDE = re.compile(
    r"\bon\s+(?:the\s+(?:other|[A-Z][\w’'-]+)|his|her|their|our|either|neither)\s+(?:own\s+)?side\b"
)
"""Where a border parts two sides, what happened on one is not of the town on the other."""
_ORIGIN = re.compile(r",\s+(?:originally\s+)?from\s+(?:the\s+)?$", re.IGNORECASE)
ORIGIN = 24
"""Characters before a name by which it is somebody's home."""


def is_home(before: str) -> bool:
    """Whether what stands before a place makes it the home of somebody: "Ann Lane, 29, from Orren, said"."""
    return _ORIGIN.search(before) is not None


def place_named(words: str, known: Mapping[str, str], is_other: Callable[[int], bool]) -> tuple[bool, str | None]:
    """Whether a sentence's words name a place, and which of the `known`; None where it is none of them.

    `known`: places by their folded names. `is_other`: whether the name at a place of the sentence was read as something else.
    """
    elsewhere = _ON_A_SIDE.search(words) is not None
    for found in _NAME.finditer(words):
        name, at = found["name"], found.start("name")
        if is_other(at) or is_home(words[max(0, at - ORIGIN) : at]) or name.split()[0].lower() in _of_times():
            continue
        parts = name.split()
        runs = [parts[:end] for end in range(len(parts), 0, -1)] + [parts[begin:] for begin in range(1, len(parts))]
        if (place := next((known[run] for run in map(_folded, runs) if run in known), None)) is not None:
            return True, place
        elsewhere = elsewhere or found["inside"] is not None
    return elsewhere, None


def _folded(words: list[str]) -> str:
    return fold(" ".join(words))


@cache
def _of_times() -> frozenset[str]:
    calendar = load()
    return frozenset((*calendar.months, *calendar.weekdays))
