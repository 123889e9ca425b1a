"""How a name sounds, roughly: what transliterations and misspellings of one name have in common."""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST_SKELETON = 4  # consonants of a skeleton: a letter dropped further back keeps a name in its block
SHORTEST_VOCALIZED = 4
CLOSE_LETTERS = 5  # letters from which one edit is a slip of the pen, not another name

# What one letter of another script becomes in the Latin one, by the habits of English, French and German. Longest first.
_SOUNDS = (
    ("shch|sch|tsch|tch|dzh|zh|sh|ch|cz|sz|ts|tz|dj|j|z|s|c(?=[eiy])", "s"),
    ("kh|gh|ck|k|q|g|c", "k"),
    ("x", "ks"),
    ("ph|pf|f|v|w", "f"),
    ("bh|b|p", "p"),
    ("dh|th|d|t", "t"),
    ("l", "l"),
    ("m", "m"),
    ("n", "n"),
    ("r", "r"),
)
_SOUND = re.compile("|".join(f"({pattern})" for pattern, _ in _SOUNDS))
_LETTERS = tuple(letter for _, letter in _SOUNDS)
_ENDING_J = re.compile(r"(?<=[aeiouy])j$")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def latin(word: str) -> str:
    """`word` in the letters a to z, in small ones; all others are left out."""
    from anyascii import anyascii

    return "".join(c for c in anyascii(word).lower() if "a" <= c <= "z")


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The consonants of a word by class, without doubling: Kadhafi, Gaddafi and Qaddafi are all "ktf".

    A word without consonants is its own skeleton. Serves to find names that may be one; `same_sound` and `edits` tell.
    """
    letters = _ENDING_J.sub("", latin(word))
    found = "".join(_LETTERS[(m.lastindex or 1) - 1] for m in _SOUND.finditer(letters))
    return _DOUBLED.sub(r"\1", found) or letters or word


@lru_cache(maxsize=65536)
def sounded(word: str) -> str:
    """The word with each consonant by its class and vowels run together as one: "Gaddafi" is "k.t.f."."""
    out, at = [], 0  # vowels at either end are passed over: "Eltsin", "Yeltsin"; "Dunmore", "Dunmoor"
    letters = _ENDING_J.sub("", latin(word))
    for match in _SOUND.finditer(letters):
        if match.start() > at:
            out.append(".")
        out.append(_LETTERS[(match.lastindex or 1) - 1])
        at = match.end()
    return _DOUBLED.sub(r"\1", "".join(out).lstrip("."))


def same_sound(a: str, b: str) -> bool:
    """Whether two spellings may be one name written by two ears: the same consonants with vowels in the same places."""
    return a == b or sounded(a) == sounded(b)


def edits(a: str, b: str) -> int:
    """Letters dropped, added, changed, or swapped with their neighbour, between two words in the letters a to z."""
    from rapidfuzz.distance import OSA

    return OSA.distance(latin(a), latin(b), score_cutoff=3)


def is_spelling(a: str, b: str) -> bool:
    """Whether two words may be spellings of one name: they sound alike, or one letter of at least five differs."""
    if a == b:
        return True
    if min(len(a), len(b)) < 3 or abs(len(a) - len(b)) > 4:
        return False
    if f"{a}s" == b or f"{b}s" == a:
        return False
    return same_sound(a, b) or (min(len(a), len(b)) >= CLOSE_LETTERS and edits(a, b) <= 1)


def is_vocalized(a: str, b: str) -> bool:
    """Whether two words differ by one vowel between consonants, as names of scripts that leave vowels out do ("Fadl", "Fadil").

    Other names differ so too ("Horn", "Horan"): something else must speak for it.
    """
    short, long = sorted((latin(a), latin(b)), key=len)
    if len(short) < SHORTEST_VOCALIZED or len(long) != len(short) + 1 or skeleton(a) != skeleton(b):
        return False
    return any(long[:k] + long[k + 1 :] == short and long[k] in "aeiou" for k in range(1, len(long) - 1))


def undoubled(word: str) -> str:
    """The letters of a word without doubling: "Phillip" and "Philip"."""
    return _DOUBLED.sub(r"\1", latin(word))
