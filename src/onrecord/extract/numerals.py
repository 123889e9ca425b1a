"""Numbers as words and digits give them: "two dozen", "some 300", "fewer than ten", "between 20 and 30", "1.2 million".

A reader's grammar of English number words, without a model. What is counted is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.codebook.times import time_words
from onrecord.extract.timewords import any_of
from onrecord.records import Span

Hedge = Literal["least", "most", "about"]

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SCALES |= {"m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, "trillion": 1_000_000_000_000}
_SCALES |= {"lakh": 100_000, "lakhs": 100_000, "crore": 10_000_000, "crores": 10_000_000}
VAGUE = frozenset("tens dozens scores hundreds thousands millions lakhs crores".split())
"""Words that tell of many and of no number."""

# Of one letter is money only what is grouped or has a scale: the N2 and the R61 are roads.
_COIN = (
    r"(?<![^\W_])(?:(?:[KUT]?[Ss]hs?|Dhs?|Rs|RM|Rp|Tk|AED|GHS|IDR|INR|KES|MYR|NGN|PHP|PKR|QAR|SAR|SGD|THB|UGX|TZS|USD|ZAR)(?=\d)"
    r"|[NRP](?=\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?(?:\s?(?:[mb]n|m|million|billion|trillion)\b)))"
)
"""Letters that name a coin right before its number ("Sh2 million", "N50,000")."""
_WORD = re.compile(
    _COIN + r"|\d+(?:,\d{3})*(?:\.\d+)?(?=k[gm]\b)"
    r"|[^\W\d_]+\d\w*|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d+(?:,\d{3})*(?:\.\d+)?(?:[^\W\d_]+)?"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*|%|[^\w\s]"
)
_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+)(\.\d+)?(m|mn|bn)?")

# Hedges before a number, longest first, and the side on which they leave it open. None: they say nothing of its bounds.
_HEDGES: dict[str, Hedge | None] = {
    "at least": "least",
    "more than": "least",
    "well over": "least",
    "just over": "least",
    "over": "least",
    "upwards of": "least",
    "upward of": "least",
    "no fewer than": "least",
    "no less than": "least",
    "not fewer than": "least",
    "not less than": "least",
    "a minimum of": "least",
    "above": "least",
    "up to": "most",
    "as many as": "most",
    "as much as": "most",
    "no more than": "most",
    "not more than": "most",
    "at most": "most",
    "fewer than": "most",
    "less than": "most",
    "under": "most",
    "below": "most",
    "a maximum of": "most",
    "nearly": "about",
    "almost": "about",
    "close to": "about",
    "about": "about",
    "around": "about",
    "some": "about",
    "roughly": "about",
    "approximately": "about",
    "an estimated": "about",
    "estimated": "about",
    "perhaps": "about",
    "probably": None,
    "possibly": None,
    "only": None,
    "just": None,
    "exactly": None,
    "all": None,
}
_BEFORE = tuple(
    (tuple(words.split()), side) for words, side in sorted(_HEDGES.items(), key=lambda item: -len(item[0].split()))
)
_AFTER: tuple[tuple[tuple[str, ...], Hedge], ...] = (
    (("or", "more"), "least"),
    (("or", "so"), "about"),
    (("or", "fewer"), "most"),
    (("or", "less"), "most"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word, number or mark of a text; `lower` in small letters with a straight apostrophe."""

    span: Span
    lower: str


def word_at(words: Sequence[Word], at: int) -> str:
    """A word in small letters; empty before the first and after the last."""
    return words[at].lower if 0 <= at < len(words) else ""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number: words `first` to `end` (half open) with its hedge; `bare` is where the number itself begins.

    `value`, `low` and `high` are as in records.Figure.
    """

    first: int
    bare: int
    end: int
    value: float | None
    low: float | None
    high: float | None

    @property
    def ranged(self) -> bool:
        """Whether it has two ends ("12 to 19")."""
        return self.low is not None and self.high is not None and self.low < self.high


def words_in(text: str, start: int, end: int) -> list[Word]:
    """The words, numbers and marks of ``text[start:end]``, in order."""
    return [Word(Span(m.start(), m.end()), m[0].lower().replace("’", "'")) for m in _WORD.finditer(text, start, end)]


_NTH = re.compile(r"(\d{1,4})(?:st|nd|rd|th)")


def nth(word: str) -> int:
    """The place in a row that a word in small letters tells ("twelfth", "11th"); 0 of any other."""
    told = _NTH.fullmatch(word)
    return int(told[1]) if told else time_words().ordinals.get(word, 0)


_TELLING = any_of((*time_words().ordinals, *_UNITS, *_TENS, *_SCALES, *VAGUE, "no", "none", "nobody"))
_MAY_TELL = re.compile(rf"\d|(?<![^\W_])(?:{_TELLING}|a[\s_]+a)(?![^\W_])", re.IGNORECASE)
_ONE_WORD = 2  # a sentence of one word, and its mark


def may_tell(sentence: str) -> bool:
    """Whether a sentence may hold a number or the word for none, or is a word by itself: looked at before its words are."""
    return _MAY_TELL.search(sentence) is not None or len(sentence.split()) <= _ONE_WORD


def is_number(word: Word) -> bool:
    """Whether a word is a number, or begins one."""
    return word.lower[0].isdigit() or word.lower in _UNITS or word.lower in _TENS or word.lower in VAGUE


_COINS = frozenset(
    "sh shs ksh kshs ush tsh dh dhs rs rm rp tk aed ghs idr inr kes myr ngn php pkr qar sar sgd thb ugx tzs usd zar n r p".split()
)
_SIGNS = frozenset("$£€¥₦₹₱₵₩₽₺฿")
MONEY_NAME = re.compile(_COIN + r"\d[\d,.]*\w*")


def coin_before(words: Sequence[Word], at: int) -> int:
    """Where the mark of a coin before a number begins: "$1 billion", "US$5m", "Rs. 2 crore", "N3.1bn"; `at` where none does."""
    mark = at - 1
    mark -= word_at(words, mark) == "." and word_at(words, mark - 1) in _COINS
    before = word_at(words, mark)
    if before in _SIGNS:
        letters = word_at(words, mark - 1)
        glued = letters.isalpha() and words[mark - 1].span.end == words[mark].span.start
        return mark - (glued and len(letters) <= _MOST_LETTERS)
    glued = mark >= 0 and words[mark].span.end == words[at].span.start
    return mark if before in _COINS and (glued or len(before) > 1) else at


_MOST_LETTERS = 3
"""Of a land before a sign: "US$", "NZ$"."""


def is_money(words: Sequence[Word], numeral: Numeral) -> bool:
    """Whether a number is a sum of money by what stands before it."""
    return coin_before(words, numeral.bare) < numeral.bare


def numerals_in(words: Sequence[Word]) -> Iterator[Numeral]:
    """The numbers among `words`, in order, ranges as one. They do not overlap."""
    at = 0
    while at < len(words):
        found = _number(words, at)
        if found is None:
            at += 1
            continue
        value, end = found
        numeral = _hedged(words, at, end, value)
        ranged = _range(words, numeral)
        yield ranged or numeral
        at = (ranged or numeral).end


def _number(words: Sequence[Word], at: int) -> tuple[float | None, int] | None:
    """The number that begins at a word, with the word after it."""
    word = words[at].lower
    if word in VAGUE:
        return None, _tens_of(words, at)
    if (word in ("a", "half") and word_at(words, at + 1) in _COUNTED_SCALES) or (word, word_at(words, at + 1)) == (
        "half",
        "a",
    ):
        return _counted_scale(words, at)
    if word == "a" and [word_at(words, at + k) for k in (1, 2, 3)] == ["quarter", "of", "a"]:
        scale = _SCALES.get(word_at(words, at + 4), 0)
        return (scale / 4, at + 5) if scale >= _LEAST_QUARTERED else None
    few = at + (word == "a" and word_at(words, at + 1) == "few")
    if word_at(words, few) in _FEW and word_at(words, few + 1) in _COUNTED_SCALES:
        return None, few + 2
    digits = _DIGITS.fullmatch(word)
    if digits and len(digits[1]) <= _MOST_DIGITS:
        value = float(digits[1].replace(",", "") + (digits[2] or ""))
        return _scaled(words, value * _SCALES.get(digits[3] or "", 1), at + 1)
    if word in _UNITS or word in _TENS:
        return _spelled(words, at)
    return None


_COUNTED_SCALES = frozenset(("dozen", "hundred", "thousand", "million", "lakh", "crore"))
_LEAST_QUARTERED = 1_000_000
"""Nobody counts by a quarter of a hundred."""
_MOST_DIGITS = 19
"""Digits and commas of a number; more is no count of anything, and past 308 digits no float."""
_FEW = frozenset(("several", "few"))
"""What makes a scale tell of many and of no number ("several hundred", "a few dozen")."""


def _tens_of(words: Sequence[Word], at: int) -> int:
    """Past "hundreds of thousands"."""
    return at + 3 if word_at(words, at + 1) == "of" and word_at(words, at + 2) in VAGUE else at + 1


def _counted_scale(words: Sequence[Word], at: int) -> tuple[float, int] | None:
    """Such as "a dozen", "a hundred and six", "half a dozen", "half a million"."""
    half = words[at].lower == "half"
    scale = word_at(words, at + 1 + half)
    if half and (word_at(words, at + 1) != "a" or scale not in _SCALES):
        return None
    if half:
        return _SCALES[scale] / 2, at + 3
    return _scaled(words, 1.0, at + 1)


def _spelled(words: Sequence[Word], at: int) -> tuple[float, int]:
    """A number in words: "twenty-two", "two hundred and six thousand"."""
    value, end = _small(words, at)
    return _scaled(words, float(value), end)


def _small(words: Sequence[Word], at: int) -> tuple[int, int]:
    word = words[at].lower
    if word in _UNITS:
        return _UNITS[word], at + 1
    value, after = _TENS[word], at + 1
    unit = after + 1 if word_at(words, after) == "-" else after
    if 1 <= _UNITS.get(word_at(words, unit), 0) <= 9 and unit < len(words):
        return value + _UNITS[words[unit].lower], unit + 1
    return value, after


def _scaled(words: Sequence[Word], value: float, end: int) -> tuple[float, int]:
    """`value` times the scales after it, with what is added ("two hundred and six")."""
    total, current = 0.0, value
    while end < len(words):
        word = words[end].lower
        if word in _SCALES and not (word in {"m", "mn", "bn"} and words[end - 1].span.end != words[end].span.start):
            current *= _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current = total + current, 0.0
            end += 1
            continue
        added = end + 1 if word == "and" else end
        small = word_at(words, added) in _UNITS or word_at(words, added) in _TENS
        if small and words[end - 1].lower in _SCALES and words[end - 1].lower != "dozen":
            more, end = _small(words, added)
            current += more
            continue
        break
    return total + current, end


def _hedged(words: Sequence[Word], at: int, end: int, value: float | None) -> Numeral:
    first, sides = coin_before(words, at), set[Hedge]()
    grown = True
    while grown:
        grown = False
        for hedge, side in _BEFORE:
            begin = first - len(hedge)
            if begin >= 0 and tuple(w.lower for w in words[begin:first]) == hedge:
                first, grown = begin, True
                sides |= {side} if side else set()
                break
    for hedge, side in _AFTER:
        if tuple(w.lower for w in words[end : end + len(hedge)]) == hedge:
            end += len(hedge)
            sides.add(side)
    if sides == {"least"} and _is_no_more(words, first):
        sides = {"most"}
    low = value if "least" in sides or not sides else None
    high = value if "most" in sides or not sides else None
    return Numeral(first, at, end, value, low, high)


_COUNTS_SO_MANY = frozenset(
    "acknowledged acknowledge admitted admit confirmed confirm reported report counted count registered register recorded record "
    "listed list claimed claim named name found find".split()
)


def _is_no_more(words: Sequence[Word], at: int) -> bool:
    """Whether what stands before "more than" makes it no more: "never acknowledged more than 70"."""
    if word_at(words, at - 1) not in _COUNTS_SO_MANY:
        return False
    before = [word_at(words, at - k) for k in (2, 3)]
    return any(word in ("never", "not") or word.endswith("n't") for word in before)


_MOVERS = frozenset(
    "rise rises rose risen rising fall falls fell fallen falling climb climbs climbed climbing drop drops dropped dropping grow "
    "grows grew grown growing jump jumps jumped jumping increase increases increased increasing decline declines declined went "
    "gone go goes going up down raise raises raised raising lower lowers lowered lowering revised revise revises revising cut "
    "cuts cutting reduced reduce reduces reducing doubled moved changed corrected".split()
)
_MOVER_REACH = 6
"""Words before "from 12 to 19" in which it is told what rose so."""


def _has_moved(words: Sequence[Word], at: int) -> bool:
    return any(word.lower in _MOVERS for word in words[max(0, at - 1 - _MOVER_REACH) : at])


def _parted(words: Sequence[Word], left: Numeral) -> Numeral | None:
    """Such as "at least a dozen, but no more than 20"."""
    at = left.end + (word_at(words, left.end) == ",")
    if left.low is None or left.high is not None or word_at(words, at) not in ("but", "and"):
        return None
    hedge = next(
        (h for h, s in _BEFORE if s == "most" and [word_at(words, at + 1 + k) for k in range(len(h))] == list(h)), None
    )
    found = _number(words, at + 1 + len(hedge)) if hedge else None
    if found is None or found[0] is None or not left.low < found[0]:
        return None
    closed = word_at(words, left.end) == "," and word_at(words, found[1]) == ","
    return Numeral(left.first, left.bare, found[1] + closed, left.value, left.low, found[0])


def _range(words: Sequence[Word], left: Numeral) -> Numeral | None:
    """Such as "between 20 and 30", "20 to 30", "20-30": the first is the value, as coders of such figures take it."""
    if (parted := _parted(words, left)) is not None:
        return parted
    joint = word_at(words, left.end)
    begin, at = coin_before(words, left.bare), left.end + 1
    at += next((n for n in (1, 2) if at + n < len(words) and coin_before(words, at + n) == at), 0)
    between = begin > 0 and words[begin - 1].lower == "between" and joint == "and"
    if not between and joint not in ("to", "-", "–", "or"):
        return None
    if joint == "to" and word_at(words, left.first - 1) == "from" and _has_moved(words, left.first):
        return None  # "rose from 12 to 19": it is 19 now
    if joint in ("-", "–") and words[left.end - 1].span.end != words[left.end].span.start:
        return None  # the dash after a dateline's day
    found = _number(words, at) if at < len(words) else None
    if found is None or found[0] is None or left.value is None or not left.value < found[0]:
        return None
    first = begin - 1 if between else left.first
    return Numeral(first, left.bare, found[1], left.value, left.value, found[0])
