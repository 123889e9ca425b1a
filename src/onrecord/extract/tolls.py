"""What is counted by a word before a number: a toll, a tally, a label ("put the number of people killed at 34", "Dead: 136")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from onrecord.extract.countwords import DONE, NOUNS, TOLLS_BY_WORD, word_set
from onrecord.extract.numerals import Numeral, Word, word_at
from onrecord.records import Counted


def label_of(words: Sequence[Word]) -> Counted | None:
    """What a sentence of one word says that those after it count ("Displaced.")."""
    return NOUNS.get(words[0].lower) if len(words) == 2 and words[1].lower in ".:" else None


def toll_of(words: Sequence[Word], numeral: Numeral) -> Counted | None:
    """By a count named before the number in its sentence: "put the toll at 34", "Dead: 136"."""
    best: tuple[int, Counted | None] | None = None
    for at in range(numeral.first):
        for toll, what in TOLLS_BY_WORD.get(words[at].lower, ()):
            near = numeral.first - at <= (_REACH_OF_LOSSES if toll == ("losses",) else _REACH)
            if near and tuple(w.lower for w in words[at : at + len(toll)]) == toll and at + len(toll) <= numeral.first:
                best = (at, what)
                break
        if (named := _number_of(words, at, numeral.first)) not in (None, "other"):
            best = (at, named)
    if best is not None:
        return best[1]
    if word_at(words, numeral.first - 1) == ":":
        return NOUNS.get(word_at(words, numeral.first - 2))
    return None


_REACH, _REACH_OF_LOSSES = 24, 6
"""Words from a toll's name to its number; losses are of money as well."""
_COUNTS: Final = word_set("number numbers count tally total")
_LONGEST_NUMBER_OF: Final = 7
"""Words after "number of" that tell what it is of ("people who are now known to have died")."""
_ENDS: Final = word_set(
    "in on at by for from with after since during of under near and or but has stands stood rose rises"
)


def _number_of(words: Sequence[Word], at: int, end: int) -> Counted | None:
    """What the number named at a word, before `end`, is of: "number of people killed"; None where none is named."""
    if words[at].lower not in _COUNTS or word_at(words, at + 1) != "of":
        return None
    told: Counted = "other"
    for k in range(at + 2, min(end, at + 2 + _LONGEST_NUMBER_OF)):
        word = words[k].lower
        if not word[0].isalpha() or word in _ENDS:
            break
        told = NOUNS.get(word) or DONE.get(word) or told
    return told


def is_of_others(words: Sequence[Word], numeral: Numeral) -> bool:
    """Whether the number named last before one is of what befell nobody: "put the number of people on board at 90"."""
    named = [told for at in range(numeral.first) if (told := _number_of(words, at, numeral.first))]
    return named[-1:] == ["other"]
