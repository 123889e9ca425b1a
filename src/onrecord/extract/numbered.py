"""The noun phrase that a number opens: "22 deaths", "some 40 river pilots", "six of the dead"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.codebook.small import small_words
from onrecord.extract.countwords import ALIVE, NOUNS, PEOPLE, word_set
from onrecord.extract.numerals import Numeral, Word, is_number, word_at

LONGEST_NOUN: Final = 6  # words from a number to the end of its noun
STOP: Final = small_words("counted")
_IRREGULAR: Final = word_set(
    "people police men women children troops aircraft personnel staff crew dead wounded injured missing displaced "
    "policemen gunmen fishermen seamen airmen lawmakers militiamen percent servicemen countrymen infantry cattle sheep kg km"
)
_NOT_PLURAL: Final = word_set("was is has his its this as us yes thus does across perhaps besides always less")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A number's noun phrase: words `first` to `end` (half open), its `head` (None: the number stands alone), and whether the
    number is a part of others ("six of the dead", "40 of them").
    """

    first: int
    end: int
    head: int | None
    part: bool = False


def phrase_of(words: Sequence[Word], numeral: Numeral) -> Phrase:
    """The noun phrase that a number opens."""
    at = numeral.end
    if word_at(words, at) == "out" and word_at(words, at + 1) == "of":
        at += 1
    if word_at(words, at) == "of" and at + 1 < len(words) and is_number(words[at + 1]) and numeral.value != 1:
        head = head_of(words, at + 2, plural=True)  # "11 of 240 blades"
        return Phrase(at, head + 1 if head is not None else at + 2, head, part=True)
    if word_at(words, at) == "of" and word_at(words, at + 1) in _PARTITIVE:
        end = at + 2
        head = None
        if word_at(words, at + 1) not in ("them", "these", "those", "us", "whom", "which"):
            end += end < len(words) and is_number(words[end])  # "11 of the 240 blades"
            head = head_of(words, end, plural=True)
        return Phrase(at, head + 1 if head is not None else end, head, part=True)
    head = head_of(words, at, plural=numeral.value != 1)
    return Phrase(at, head + 1 if head is not None else at, head)


_PARTITIVE: Final = word_set("the them these those his her its their our my us whom which")


def head_of(words: Sequence[Word], at: int, *, plural: bool) -> int | None:
    """The last word of the noun that begins at a word; None where none does."""
    head = None
    for k in range(at, min(at + LONGEST_NOUN, len(words))):
        word = words[k].lower
        if word == "%":
            return k
        if word == "per" and word_at(words, k + 1) == "cent":
            return k + 1
        owned = words[k - 1].lower.endswith("'s")  # "the town's 5,000 people"
        if head is None and (word in ("-", "'s", "'") or (owned and is_number(words[k]))):
            continue
        if not word[0].isalpha() or word in STOP:
            break
        if is_plural(word) and word_at(words, k + 1) == "'" and word_at(words, k + 2)[:1].isalpha():
            continue  # "six of the hostages' families"
        if not plural and k > at and is_plural(word) and word not in _IRREGULAR and word not in NOUNS:
            break  # "one side killed civilians"
        if is_plural(word):
            head = k
        elif head is not None:
            break
        elif not plural and (word in PEOPLE or word in NOUNS):
            head = k
    if head is None and word_at(words, at) in (NOUNS.keys() | ALIVE):
        return at
    return head


def is_plural(word: str) -> bool:
    """Whether a word looks like a noun in the plural."""
    if word in _IRREGULAR or (word.endswith("ese") and len(word) > len("geese.")):  # "80,000 Congolese"
        return True
    return (
        len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "'s", "is")) and word not in _NOT_PLURAL
    )
