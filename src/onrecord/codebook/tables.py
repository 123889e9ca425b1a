"""Loads the codebook's data files into frozen values, and lints them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from onrecord.codebook.acts import lint_acts
from onrecord.codebook.clashes import lint_clashes
from onrecord.codebook.countries import lint_countries
from onrecord.codebook.names import lint_names
from onrecord.codebook.plover import lint_plover
from onrecord.codebook.reading import lint_columns, read_table
from onrecord.codebook.sectors import lint_sectors
from onrecord.codebook.times import lint_times
from onrecord.codebook.verbs import lint_verbs

VERSION = "2"
"""Version of the codebook: part of every run, because other tables read other records."""

MAX_FURNITURE = 320
"""No line of furniture is longer, in characters. It bounds what the patterns are tried on."""

_SENTENCE = re.compile(r"\b(?:said|says|told|tells|asked|asks|added|adds|wrote|replied|was|were|had)\b")
"""What makes a line a sentence, and so never furniture. In small letters: Said is a name too."""


@dataclass(frozen=True, slots=True)
class Agency:
    """A news agency: its short name, and the ways in which it signs."""

    name: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FurnitureRule:
    """Whole lines that a page puts around an article; `match` and `keep` are the rule's own tests."""

    name: str
    pattern: str
    match: tuple[str, ...]
    keep: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Codebook:
    """Every table. `agencies` maps each sign to the agency's short name; `furniture` is all rules in one pattern.

    `months` and `weekdays`: with all their short forms; `month_names` and `weekday_names`: in full, in their order.
    """

    agencies: Mapping[str, str]
    furniture: re.Pattern[str]
    furniture_rules: tuple[FurnitureRule, ...]
    months: Mapping[str, int]
    weekdays: frozenset[str]
    month_names: tuple[str, ...]
    weekday_names: tuple[str, ...]
    short_places: frozenset[str]
    the_places: frozenset[str]
    town_openers: frozenset[str]
    town_ends: frozenset[str]
    labels: frozenset[str]
    english_words: frozenset[str]
    languages: tuple[str, ...]

    def is_furniture(self, line: str) -> bool:
        """Whether `line` (without white space at its edges) is page furniture as a whole."""
        if len(line) > MAX_FURNITURE or _SENTENCE.search(line):
            return False
        return self.furniture.fullmatch(line) is not None


@cache
def load() -> Codebook:
    """The codebook that ships with this version."""
    calendar, datelines, language = read_table("calendar"), read_table("datelines"), read_table("language")
    rules = tuple(_rules())
    return Codebook(
        agencies=MappingProxyType({sign: agency.name for agency in agencies() for sign in agency.signs}),
        furniture=re.compile("|".join(f"(?:{rule.pattern})" for rule in rules), re.IGNORECASE),
        furniture_rules=rules,
        months=MappingProxyType(calendar["months"]),
        weekdays=frozenset(calendar["weekdays"]["names"]),
        month_names=tuple(
            max((name for name, number in calendar["months"].items() if number == k), key=len).capitalize()
            for k in range(1, 13)
        ),
        weekday_names=tuple(name for name in calendar["weekdays"]["names"] if name.endswith("day")),
        short_places=frozenset(datelines["short_places"]),
        the_places=frozenset(datelines["the_places"]),
        town_openers=frozenset(datelines["town_openers"]),
        town_ends=frozenset(datelines["town_ends"]),
        labels=frozenset(datelines["labels"]),
        english_words=frozenset(language["english"]),
        languages=tuple(language["languages"]),
    )


def agencies() -> tuple[Agency, ...]:
    """The agencies in the order of their file."""
    return tuple(Agency(row["name"], tuple(row["signs"])) for row in read_table("agencies")["agency"])


def lint() -> list[str]:
    """What is wrong with the data files, a line each; empty when they are sound."""
    own = (*_lint_agencies(), *_lint_furniture(), *_lint_words())
    return [
        *own,
        *lint_countries(),
        *lint_names(),
        *lint_columns(),
        *lint_acts(),
        *lint_plover(),
        *lint_sectors(),
        *lint_times(),
        *lint_clashes(),
        *lint_verbs(),
    ]


def _rules() -> Iterator[FurnitureRule]:
    for row in read_table("furniture")["rule"]:
        yield FurnitureRule(row["name"], row["pattern"], tuple(row["match"]), tuple(row["keep"]))


def _lint_agencies() -> Iterator[str]:
    owner: dict[str, str] = {}
    for agency in agencies():
        if agency.name not in {*agency.signs, "DPA", "Canadian Press"}:
            yield f"agencies: {agency.name} is no sign of itself"
        for sign in agency.signs:
            if owner.setdefault(sign, agency.name) != agency.name:
                yield f"agencies: {sign} signs for {owner[sign]} and {agency.name}"


def _lint_furniture() -> Iterator[str]:
    book = load()
    for rule in book.furniture_rules:
        pattern = re.compile(rule.pattern, re.IGNORECASE)
        if pattern.fullmatch(""):
            yield f"furniture: {rule.name} matches an empty line"
        if not rule.match or not rule.keep:
            yield f"furniture: {rule.name} lacks examples"
        for line in rule.match:
            if not (pattern.fullmatch(line) and book.is_furniture(line)):
                yield f"furniture: {rule.name} misses {line!r}"
        for line in rule.keep:
            if book.is_furniture(line):
                yield f"furniture: takes {line!r}"


def _lint_words() -> Iterator[str]:
    book = load()
    if set(book.months.values()) != set(range(1, 13)):
        yield "calendar: months are not 1 to 12"
    for word in (*book.months, *book.english_words):
        if word != word.lower():
            yield f"{word}: not in lower case"
    for word in (*book.short_places, *book.the_places, *book.town_openers, *book.town_ends, *book.labels):
        if word != word.upper():
            yield f"datelines: {word} is not in capitals"
    if "en" not in book.languages or len(set(book.languages)) < len(book.languages):
        yield "language: languages must hold en, and each once"
