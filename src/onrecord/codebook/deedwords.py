"""The words that tell of each type of event, by their roots; see deedwords.toml, which `python -m training.deedwords` writes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from onrecord.codebook.reading import read_table

_ENDINGS = ("ing", "ed", "es", "s", "e", "ion", "ment")
SHORTEST_ROOT = 3


def root(word: str) -> str:
    """A word in small letters without its ending, and its last letter not doubled: "bombing", "bombed" and "bombs" are "bomb"."""
    word = word.lower()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_ROOT:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > SHORTEST_ROOT and word[-1] == word[-2] else word


@cache
def deed_words() -> Mapping[str, frozenset[str]]:
    """Roots by PLOVER type."""
    table = read_table("deedwords")
    return MappingProxyType({type_: frozenset(words.split()) for type_, words in table["types"].items()})
