"""The table of clash kinds, and the words by which accounts clash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import get_args

from onrecord.codebook.reading import read_table
from onrecord.records import ClashKind


@dataclass(frozen=True, slots=True)
class ClashKindRow:
    """A kind of clash: what the later account does, as far as the words go (who is right is not told), and its definition."""

    code: ClashKind
    verb: str
    definition: str


@dataclass(frozen=True, slots=True)
class ClashWords:
    """Words that set accounts against each other. All but `negation`, `contrast`, `answer`, `back`, `agents`, `formal` and
    `prefixes` are stems.

    `cues`: by what a cue does with what was said before; `agents`: who speaks for another; `formal`: what is denied without more;
    `people`: whom figures count; `opposed`: of each stem its opposites; `prefixes`: what makes an opposite of a
    stem, but of those in `unopposed`.
    """

    cues: Mapping[str, frozenset[str]]
    contrast: frozenset[str]
    answer: frozenset[str]
    back: frozenset[str]
    negation: frozenset[str]
    good: frozenset[str]
    bad: frozenset[str]
    opposed: Mapping[str, frozenset[str]]
    agents: frozenset[str]
    formal: frozenset[str]
    people: frozenset[str]
    prefixes: tuple[str, ...]
    unopposed: frozenset[str]


@cache
def clash_kinds() -> Mapping[str, ClashKindRow]:
    """The kinds by code, in the order of their file."""
    rows = (ClashKindRow(row["code"], row["verb"], row["definition"]) for row in read_table("clashes")["kind"])
    return MappingProxyType({row.code: row for row in rows})


@cache
def clash_words() -> ClashWords:
    """The words by which accounts clash."""
    table = read_table("clashes")
    return ClashWords(
        cues=MappingProxyType({name: frozenset(words.split()) for name, words in table["cues"].items()}),
        contrast=frozenset(table["frame"]["contrast"].split()),
        answer=frozenset(table["frame"]["answer"].split()),
        back=frozenset(table["back"]["nouns"].split()),
        negation=frozenset(table["negation"]["words"].split()),
        good=frozenset(table["stance"]["good"].split()),
        bad=frozenset(table["stance"]["bad"].split()),
        opposed=MappingProxyType(_opposites(table["opposed"]["pairs"])),
        agents=frozenset(table["side"]["agents"].split()),
        formal=frozenset(table["side"]["formal"].split()),
        people=frozenset(table["counted"]["people"].split()),
        prefixes=tuple(table["opposed"]["prefixes"].split()),
        unopposed=frozenset(table["opposed"]["unopposed"].split()),
    )


def lint_clashes() -> Iterator[str]:
    """What is wrong with the table, a line each."""
    if tuple(clash_kinds()) != get_args(ClashKind):
        yield "clashes: the kinds are not those of the records"
    for kind in clash_kinds().values():
        if not kind.verb or not kind.definition:
            yield f"clashes: {kind.code} has no verb or no definition"
    words = clash_words()
    for pair in read_table("clashes")["opposed"]["pairs"]:
        if len(set(pair.split())) != 2:
            yield f"clashes: {pair} is no pair"
    for word in words.good & words.bad:
        yield f"clashes: {word} is good and bad"


def _opposites(pairs: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in pairs:
        one, other = pair.split()
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}
