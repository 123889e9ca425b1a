"""Numbers that count nothing: dates, ages, times, names, samples, ratios, and what only tells how large one thing is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.codebook import load
from onrecord.extract.countwords import GROUPS, MONEY, PEOPLE, SHARES
from onrecord.extract.crediting import is_refuted
from onrecord.extract.holding import Contents
from onrecord.extract.numerals import Numeral, Word, is_money, is_number, word_at
from onrecord.records import Span

_NAMING: Final = frozenset(
    "number no page chapter article section item channel flight room unit group resolution line phase route version "
    "aged age batch grade class type model level fortune ftse nasdaq nikkei".split()
)
"""Words after which a number is a name."""
_AGED: Final = frozenset("died was has had is in who and with from".split())
_YEARS: Final = (1800, 2100)
_YEAR_RANGE = re.compile(r"(?:1[89]|20)\d\d\s*[-–]\s*(?:(?:1[89]|20)\d\d|\d\d)")
_AT_TIME: Final = frozenset("at by until till from since before after around about".split())
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
_SAMPLES: Final = frozenset("poll polls survey surveys sample samples panel panels".split())
_FRACTION = re.compile(r"\d/\d")
_GLUED: Final = 2
_FEW_TENTHS: Final = 10
"""Of so many at most ratios are told: "one in five", "eight out of 10"."""
_PER: Final = frozenset("a an per each every".split())
_LARGE: Final = 1_000_000
"""So much money is a sum though it be paid each year."""
_TIMES: Final = frozenset("hour day week month year head person share barrel tonne ton gallon litre".split())
_OFFSPRING: Final = frozenset(
    "children child sons daughters brothers sisters siblings grandchildren grandsons granddaughters kids".split()
)
_TENTHS: Final = frozenset("three four five six seven eight nine ten 3 4 5 6 7 8 9 10 100".split())
_SAYS: Final = frozenset("said say would were are think thought want believe".split())
_NO_NOUN: Final = frozenset(
    "of in on at by for from to and or but as than over since drop fall rise increase decrease decline cut gain jump "
    "stake".split()
)
"""What may follow a share that is told for itself: how far something moved, too."""


_OLDEST: Final = 110
_PLACING: Final = frozenset("in at near around outside".split())
_BEHIND_AGE: Final = frozenset([".", ")", ";", "and", "or", ""])
"""What follows an age, beside a comma."""


def is_name(text: str, sentence: Span, words: Sequence[Word], numeral: Numeral, named: Contents) -> bool:
    """Whether a number is a date, a time, an age, a measure's or part of a name."""
    start, end = words[numeral.bare].span.start, words[numeral.end - 1].span.end
    before, after = word_at(words, numeral.bare - 1), word_at(words, numeral.end)
    glued_after = after in ("-", "–") and text[end : end + 2][1:2].isalpha()
    money = is_money(words, numeral)
    glued_before = not money and (
        before in ("-", "–", ".", ":") and text[max(0, start - 2) : start - 1].isalnum() and text[start - 1] in "-–.:"
    )
    if _FRACTION.search(text, max(sentence.start, start - _GLUED), end + _GLUED) and (before == "/" or after == "/"):
        return True  # "9/11"
    if glued_after or glued_before or (after == ":" and text[end + 1 : end + 2].isdigit()):
        return True
    months = load().months
    if before in months or after in months or after in ("st", "nd", "rd", "th", "am", "pm", "o'clock"):
        return True
    if after in ("a", "p") and word_at(words, numeral.end + 1) == ".":
        return True  # "at 6 a.m.", not "from 176 a day earlier"
    if before in _NAMING and word_at(words, numeral.end) not in PEOPLE:
        return True
    of_somebody = word_at(words, numeral.first - 1) == "of" and word_at(words, numeral.first - 3) in ("a", "an")
    of_somebody = of_somebody and word_at(words, numeral.first - 2) not in GROUPS
    denied = before == "not" and not is_refuted(text, sentence, Span(start, end))
    sample = word_at(words, numeral.first - 1) == "of" and word_at(words, numeral.first - 2) in _SAMPLES
    if denied or sample or (of_somebody and not money and (not after.isalpha() or after in _AGED)):
        return True  # "144 people, not 141"; "a poll of 1,200 voters"; "a woman of 61"
    if before in _AT_TIME and _CLOCK.fullmatch(text, start, end) and after not in SHARES:
        return True
    if _is_ratio(words, numeral) or _is_measure(words, numeral):
        return True
    if before == "," and (numeral.value or 0) < _OLDEST and (after == "," or _is_behind_name(text, words, numeral)):
        return True
    inside = start > 0 and bool(named.holding(Span(start - 1, end)))  # not where it begins with the number
    return inside or _is_year(text, words, numeral)


def _is_behind_name(text: str, words: Sequence[Word], numeral: Numeral) -> bool:
    """Whether a number ends what is told of somebody named in full ("Ada Lane, 34 and Bo Voss, 51.", not "in Port Lane, 51.")."""
    name = range(numeral.bare - 3, numeral.bare - 1)
    if name[0] < 0 or not all(text[words[k].span.start].isupper() for k in name):
        return False
    return word_at(words, name[0] - 1) not in _PLACING and word_at(words, numeral.end) in _BEHIND_AGE


def _is_year(text: str, words: Sequence[Word], numeral: Numeral) -> bool:
    digits = words[numeral.bare].span.of(text)
    if numeral.ranged and all(_YEARS[0] <= n < _YEARS[1] for n in (numeral.low or 0, numeral.high or 0)):
        return word_at(words, numeral.end) not in PEOPLE and "," not in digits  # "between 2002 and 2010"
    if _YEAR_RANGE.fullmatch(text, words[numeral.bare].span.start, words[numeral.end - 1].span.end):
        return True
    if numeral.end - numeral.bare > 1 or len(digits) != 4 or not digits.isdigit():
        return False
    return (_YEARS[0] <= int(digits) < _YEARS[1] and word_at(words, numeral.end) not in PEOPLE) or digits[0] == "0"


def _is_ratio(words: Sequence[Word], numeral: Numeral) -> bool:
    """Whether a number is half of a ratio: "one in five", "eight out of 10 said so", "$4 of every $5"."""
    value = numeral.value or 0
    if word_at(words, numeral.first - 1) == "in" and numeral.first > 1 and is_number(words[numeral.first - 2]):
        return value <= _FEW_TENTHS * 10 and word_at(words, numeral.first - 3) != "of"
    if word_at(words, numeral.end) == "in" and value <= _FEW_TENTHS and numeral.end + 1 < len(words):
        after = words[numeral.end + 1]
        return is_number(after) and after.lower in _TENTHS
    before = [word_at(words, numeral.first - k) for k in (1, 2, 3)]
    if "every" in before[:2]:
        return True
    end = numeral.end + (word_at(words, numeral.end) == "out")
    if word_at(words, end) == "of":
        alone = not word_at(words, end + 2)[:1].isalpha() or word_at(words, end + 2) in _SAYS
        return word_at(words, end + 1) == "every" or (word_at(words, end + 1) in _TENTHS and alone)
    alone = not word_at(words, numeral.end)[:1].isalpha() or word_at(words, numeral.end) in _SAYS
    return alone and before[:2] == ["of", "out"] and before[2] in _TENTHS and value <= _FEW_TENTHS * 10


def _is_measure(words: Sequence[Word], numeral: Numeral) -> bool:
    """Whether a number tells how large one thing is: "a 35 per cent tariff", "$12 an hour", a margin of error, her children."""
    after, before = word_at(words, numeral.end), word_at(words, numeral.first - 1)
    if after in SHARES:
        noun = numeral.end + 1 + (after == "per")
        tied = word_at(words, noun)[:1].isalpha() and word_at(words, noun) not in _NO_NOUN
        error = any(word_at(words, k) == "error" for k in range(numeral.first - 6, numeral.first))
        return error or (before in ("a", "an") and tied)
    coin = is_money(words, numeral)
    at = numeral.end + (after in MONEY)
    rate = word_at(words, at) in _PER and word_at(words, at + 1) in _TIMES
    if (coin or after in MONEY) and rate and (numeral.value or 0) < _LARGE:
        return True  # "$12 an hour", not "90 million euros a year"
    if coin and word_at(words, numeral.end - 1) in ("more", "less") and word_at(words, numeral.end - 2) == "or":
        return True  # "those who give $200 or less"
    return after in _OFFSPRING and before in ("has", "have", "had") and (numeral.value or 0) <= _FEW_TENTHS * 2
