"""Words of accounts: which carry meaning, which turn it round."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.codebook.small import small_words
from onrecord.extract.names import fold

_WORD = re.compile(r"\d+(?:[.,]\d+)+[^\W_]*|[^\W_]+(?:['’][^\W_]+)?")  # "3,000" and "2.5m" are one word
_ENDINGS = (
    "ations",
    "ation",
    "ingly",
    "ments",
    "ment",
    "ings",
    "ness",
    "ing",
    "ies",
    "ied",
    "ers",
    "ed",
    "es",
    "ly",
    "er",
    "s",
)
SHORTEST_STEM = 3
_PLAIN = small_words("plain")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A folded word without its ending: "killed" and "killing" are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)].removesuffix("e")
    return word.removesuffix("e") if len(word) > SHORTEST_STEM else word


@lru_cache(maxsize=4096)
def spread(text: str) -> tuple[tuple[str, int, int], ...]:
    """The words of a text, in small letters with plain apostrophes, numbers without commas, and where each stands."""
    return tuple((m[0].lower().replace("’", "'").replace(",", ""), m.start(), m.end()) for m in _WORD.finditer(text))


@lru_cache(maxsize=8192)
def meaningful(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    plain = (word.split("'")[0] for word, _, _ in spread(text))
    return frozenset(
        w if w[0].isdigit() else stem(fold(w)) for w in plain if w not in _PLAIN and (len(w) > 1 or w.isdigit())
    )
