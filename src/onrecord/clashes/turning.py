"""A speaker who says later that the same is not so: "the tunnel will open in May", then "the tunnel will not open in May".

Such pairs are rarer in labelled news than a model could learn from, and plain enough for a rule.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache

from onrecord.clashes.accounts import Account
from onrecord.clashes.readings import negations_in, opposed, reading_of, turning_stems
from onrecord.clashes.weights import rarity_at_large
from onrecord.clashes.words import meaningful, stem
from onrecord.codebook.tables import load
from onrecord.extract.numerals import Numeral, Word, is_money, numerals_in, word_at, words_in

FEWEST, SHARE = 2, 0.6
"""Words that both statements have, and the share of all that either has, from which one may be the other turned round."""
TURNED = 0.8
"""Chance of a reversal: 21 of the 23 that this rule finds in benchmarks/turned.tsv, less, for these are few and made."""
TIMES = frozenset(
    {*map(str.lower, load().month_names + load().weekday_names), "today", "yesterday", "tomorrow"} - {"may"}
)
"""Words that tell a day; "may" is oftener a verb."""

_MONEY, _UNNAMED = "$", ""
MANY = 10
"""A number from here on is met again by itself, though it is not told of what."""


def turned(a: Account, b: Account) -> bool:
    """Whether `b` says, in another article and on a later day, that what the same speaker said in `a` is not so."""
    if a.article == b.article or not a.speakers & b.speakers or not _is_earlier(a, b):
        return False
    x, y = reading_of(a), reading_of(b)
    if not (x.negations or y.negations):
        return False
    here, there = x.said - turning_stems(), y.said - turning_stems()
    shared = here & there
    if _turns(a, shared) == _turns(b, shared):
        return False
    if _dated(here - shared) and _dated(there - shared):  # another day, another number: another matter
        return False
    return len(shared) >= FEWEST and len(shared) >= SHARE * len(here | there)


def _is_earlier(a: Account, b: Account) -> bool:
    """Whether one was said before the other for sure: "in May" may be after a day of May."""
    until = a.until or a.day
    return until is not None and b.day is not None and until < b.day


_AND = re.compile(r"\band\b|\bbut\b|[.;](?=\s)")


def _turns(account: Account, shared: frozenset[str]) -> bool:
    """Whether an odd number of words negate what a statement says with some words, not what it says beside it ("hardly used" of
    "falling down and hardly used"); "would not lend and would not sell" is negated as "would not lend or sell" is.
    """
    parts = [part for content in account.content for part in _AND.split(content) if meaningful(part) & shared]
    return (negations_in(account.cue) % 2 == 1) != any(negations_in(part) % 2 == 1 for part in parts)


def disowned(a: Account, b: Account) -> bool:
    """Whether `b`, in an article on what `a` promised and after it was due, says that the same speaker promised nothing: "by
    March 20", then "I never gave a date".
    """
    if a.article == b.article or not a.speakers & b.speakers or a.due is None or b.day is None or a.due >= b.day:
        return False
    if not any(_disowns(part, b.cue) for part in b.content):
        return False
    return math.fsum(map(rarity_at_large, reading_of(a).stems & b.matter)) >= OF_ITS_MATTER


def _disowns(words: str, cue: str) -> bool:
    """Whether a sentence says no more than that nothing was promised: "I never named a day"."""
    stems = meaningful(words)
    promised = stems & _PROMISES or ("day" in stems and stems & _NAMES)
    is_short = len(words_in(words, 0, len(words))) <= SHORT_WORD
    return bool(promised) and is_short and not stems & _KEEPS and _denied(words, cue)


SHORT_WORD = 10
"""Words of who says no more than that nothing was promised."""
OF_ITS_MATTER = 10.0
"""Rarity of the words of a promise in the title and first paragraph of an article, from which that is on it."""
DISOWNED = 0.5
"""Chance of a promise disowned: no such pair is labelled."""
_PROMISES = frozenset(
    stem(word) for word in "promise promised promises pledge pledged date deadline commitment guarantee".split()
)
_NAMES = frozenset(stem(word) for word in "name named give gave given set fix fixed".split())
_KEEPS = frozenset(stem(word) for word in "break broke broken breaking keep kept keeping honour honoured".split())


def owned_up(a: Account, b: Account) -> bool:
    """Whether the same speaker admits in `b`, in another article and on a later day, what he said in `a` was not so: "No letter
    reached us", then "admitted that he had read a letter".
    """
    if a.article == b.article or not a.speakers & b.speakers or not _is_earlier(a, b):
        return False
    if not meaningful(b.cue) & _ADMITS or reading_of(b).negations:
        return False
    admitted = reading_of(b).stems
    return any(_is_of(meaningful(part) - turning_stems(), admitted) for part in a.content if _denied(part, a.cue))


def _denied(words: str, cue: str) -> bool:
    return negations_in(f"{cue} {words}") % 2 == 1


def _is_of(denied: frozenset[str], admitted: frozenset[str]) -> bool:
    """Whether half of the words of what was denied, a rare one among them, are in what is admitted."""
    shared = denied & admitted
    return 2 * len(shared) >= len(denied) and any(rarity_at_large(word) >= TELLING for word in shared)


TELLING = 4.0
"""Rarity of a word that tells a matter: one in fifty statements has it."""
OWNED_UP = 0.5
"""Chance of an admission of what was denied: no such pair is labelled but those that the judge finds."""
_ADMITS = frozenset(stem(word) for word in "admit admitted conceded acknowledged confessed".split())


def repeated(a: Account, b: Account) -> bool:
    """Whether both give one number of one thing, no other number of the same, and turn no word round: "over 300 homes burned"
    after "more than 300 homes" takes nothing back.
    """
    x, y = reading_of(a), reading_of(b)
    if x.negations % 2 != y.negations % 2 or x.cues != y.cues or opposed(x, y):
        return False
    one, other = _amounts(a), _amounts(b)
    both = (one.keys() & other.keys()) - {_UNNAMED}
    if both:
        return all(one[thing] & other[thing] for thing in both)
    values, others = (set[float]().union(*told.values()) for told in (one, other))
    # "The bid was worth 38 million" after "had bid 38 million euros".
    return not (one.keys().isdisjoint({_UNNAMED}) and other.keys().isdisjoint({_UNNAMED})) and any(
        value >= MANY for value in values & others
    )


def _amounts(account: Account) -> dict[str, set[float]]:
    """The numbers that a statement gives, by the stem of what stands behind them; of money, by that."""
    told: dict[str, set[float]] = {}
    for content in account.content:
        words = words_in(content, 0, len(content))
        for numeral in numerals_in(words):
            if numeral.value is not None and not _tells_a_day(words, numeral):
                named = {_MONEY} if is_money(words, numeral) else meaningful(word_at(words, numeral.end))
                for thing in named or {_UNNAMED}:
                    told.setdefault(thing, set()).add(numeral.value)
    return told


def _tells_a_day(words: Sequence[Word], numeral: Numeral) -> bool:
    """Whether a number is that of a day or a year: "March 12", "in 2031"."""
    months, after = load().months, word_at(words, numeral.end)
    if word_at(words, numeral.bare - 1) in months or (after in months and after != "may"):  # "12 may have died"
        return True
    year = _YEAR.fullmatch(word_at(words, numeral.bare)) and numeral.end == numeral.bare + 1
    return bool(year) and not meaningful(after)


_YEAR = re.compile(r"(?:19|20)\d\d")


def _dated(words: frozenset[str]) -> bool:
    return any(word[0].isdigit() or word in _time_stems() for word in words)


@cache
def _time_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in TIMES)
