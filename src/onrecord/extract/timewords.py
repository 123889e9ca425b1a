"""The patterns of time expressions, made of the codebook's tables. Names of months and weekdays keep their capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from onrecord import codebook
from onrecord.codebook.times import time_fragments, time_words

TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


_NAMED = re.compile(r"(?<!\?P)<(\w+)>")


def any_of(words: Iterable[str]) -> str:
    """A group of any of these words, longest first, blanks and apostrophes as they may be printed."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_first.setdefault(word[:1], []).append(_printed(word[1:]))
    return f"(?:{'|'.join(_either_case(first) + _one_of(rest) for first, rest in by_first.items())})"


def _one_of(patterns: list[str]) -> str:
    return patterns[0] if len(patterns) == 1 else f"(?:{'|'.join(patterns)})"


def _printed(word: str) -> str:
    return re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]")


_FOLDED = {"i": "iIİı", "k": "kKK", "s": "sSſ"}
"""Letters that some other than their capital is equal to where case is ignored."""


def _either_case(letter: str) -> str:
    """A word's first letter, as a set of its own: by that most words are passed over at a glance."""
    if not ("a" <= letter <= "z"):
        return _printed(letter)
    return f"(?-i:[{_FOLDED.get(letter, letter + letter.upper())}])"


def _names(words: Iterable[str]) -> str:
    """Names with their capitals: "May" or "MAY", never "may"."""
    listed = sorted({form for w in words for form in (w.capitalize(), w.upper())}, key=len, reverse=True)
    return f"(?-i:{'|'.join(listed)})"


@cache
def pieces() -> dict[str, str]:
    """What the patterns are made of, by name: number, month, weekday and the like."""
    words, book = time_words(), codebook.load()
    long_months = [m.lower() for m in book.month_names]
    units = any_of([*words.units, "month", "year", "decade"])
    small = any_of(w for w in words.numbers if words.numbers[w] < 10 and " " not in w and len(w) > 2)
    clock = (
        r"\d{1,2}(?:[:.]\d{2}){1,2}(?:\s*[ap]\.?m\b\.?)?(?:\s*o['’]clock)?|\d{1,2}\s*[ap]\.?m\b\.?|\d{1,2}\s+o['’]clock"
        r"|\d{4}(?=\s*(?:hours|hrs|GMT|UTC|h)\b)|(?:[01]\d|2[0-3])[0-5]\d(?=\s+on\b)"
    )
    zone = r"(?:\s*(?:local\s+time|hours|hrs|h|(?-i:\(?[A-Z]{3,4}(?:[+-]\d{1,2})?\)?))(?![\w-]))?"
    part = any_of(words.parts)
    return {
        "number": rf"(?:\d{{1,3}}(?:\.5)?|(?:{any_of(TENS)})-{small}|{any_of(words.numbers)})",
        "count": rf"(?:a\s+[“\"‘']?few[”\"’']?|{any_of(w for w in words.counts if w != 'a few')})",
        "unit": rf"(?:{units})s?",
        "units": rf"(?:{units})s",
        "plural": any_of(words.plurals),
        "ordinal": rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{any_of(words.ordinals)})",
        "month": rf"(?:{_names(long_months)}\b|{_names(set(book.months) - set(long_months))}\b\.?)",
        "longmonth": rf"(?:{_names(long_months)}\b)",
        "weekday": f"(?:{_names(book.weekday_names)})",
        "shortday": rf"(?:{_names(book.weekdays)}\b\.?)",
        "year": r"(?:1[5-8](?!00)\d\d|19\d\d|20\d\d|2100)",
        "season": any_of(words.seasons),
        "holiday": any_of([*words.holidays, *words.easter]),
        "part": part,
        "clock": rf"(?:(?:{clock}){zone})",
        "vague": any_of(words.vague),
        "dayno": r"(?:[12]\d|3[01]|0?[1-9])",
    }


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern with fragments and pieces filled in (``<number>``)."""
    return re.compile(_filled(pattern), re.IGNORECASE)


def unnamed(pattern: str) -> str:
    """The pattern's text, filled in, without names of groups, to stand many times in another."""
    plain = re.sub(r"\(\?P<\w+>\$\^\)\??", "", _filled(pattern))
    return re.sub(r"\(\?P<\w+>", "(?:", plain.replace("(?P=dot)", "[/.-]"))


def _filled(pattern: str) -> str:
    fragments = time_fragments()
    while (filled := _NAMED.sub(lambda found: fragments.get(found[1]) or pieces()[found[1]], pattern)) != pattern:
        pattern = filled
    return pattern


def number(words: str) -> float:
    """The number that words of the piece ``number`` name."""
    words = " ".join(words.lower().split())
    table = time_words().numbers
    if words in table:
        return float(table[words])
    if "-" in words:
        tens, ones = words.split("-")
        return float(table[tens] + table[ones])
    return float(words)


def ordinal(words: str) -> int:
    """The number that words of the piece ``ordinal`` name."""
    words = words.lower()
    return time_words().ordinals.get(words) or int(re.sub(r"\D", "", words) or 0)


def month(words: str) -> int:
    """1 for January."""
    return codebook.load().months[words.lower().rstrip(".")]


def weekday(words: str) -> int:
    """0 for Monday."""
    return [name[:3].lower() for name in codebook.load().weekday_names].index(words.lower()[:3])


def unit(words: str) -> str:
    """A unit in the singular."""
    found = words.lower().removesuffix("s")
    return {"night": "day", "evening": "day", "sennight": "week"}.get(found, found)


def reach(words: str) -> tuple[int, int]:
    """The least and most that words of the piece ``count`` mean, quoted or not: "a few", a "few"."""
    return time_words().counts[" ".join(re.sub("[“”\"‘’']", "", words.lower()).split())]
