"""The table of words that tell times: numbers, units, parts of a day, seasons, holidays, and words that only look like them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from onrecord.codebook.reading import read_table


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The table as its file has it, all in small letters.

    `counts`: least and most units; `plurals`: most days; `units`: days; `seasons`: month and day of their beginning, EDTF
    number; `holidays`: month and day; `easter`: days from Easter Sunday.
    """

    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    counts: Mapping[str, tuple[int, int]]
    plurals: Mapping[str, int]
    units: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int, int]]
    parts: tuple[str, ...]
    parts_alone: tuple[str, ...]
    holidays: Mapping[str, tuple[int, int]]
    easter: Mapping[str, int]
    after_weekday: tuple[str, ...]
    before_weekday: tuple[str, ...]
    vague: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimeRule:
    """How words of one form tell a time. `pattern`: with ``<name>`` for a fragment or a table; the rest as in the file."""

    name: str
    kind: str
    means: str
    pattern: str
    bare: bool
    around: bool


@cache
def time_rules() -> tuple[TimeRule, ...]:
    """Every rule, in the order of the file: the first that fits is meant."""
    return tuple(
        TimeRule(
            row["name"],
            row["kind"],
            row["means"],
            _joined(row["pattern"]),
            row.get("bare", False),
            row.get("around", False),
        )
        for row in read_table("times")["rule"]
    )


@cache
def time_fragments() -> Mapping[str, str]:
    """Fragments of patterns, by name."""
    return MappingProxyType({name: _joined(pattern) for name, pattern in read_table("times")["fragments"].items()})


@cache
def time_words() -> TimeWords:
    """The table that ships with this version."""
    table = read_table("times")
    parts, friends = table["parts"], table["friends"]
    return TimeWords(
        numbers=MappingProxyType(table["numbers"]),
        ordinals=MappingProxyType(table["ordinals"]),
        counts=_tuples(table["counts"]),
        plurals=MappingProxyType(table["plurals"]),
        units=MappingProxyType(table["units"]),
        seasons=_tuples(table["seasons"]),
        parts=tuple(parts["names"]),
        parts_alone=tuple(parts["alone"]),
        holidays=_tuples(table["holidays"]),
        easter=MappingProxyType(table["easter"]),
        after_weekday=tuple(friends["after_weekday"]),
        before_weekday=tuple(friends["before_weekday"]),
        vague=tuple(friends["vague"]),
    )


def lint_times() -> Iterator[str]:
    """What is wrong with the table, a line each."""
    words = time_words()
    for field in TimeWords.__slots__:
        for word in getattr(words, field):
            if word != word.lower() or word != word.strip():
                yield f"times: {word!r} is not in small letters"
    if sorted(set(words.ordinals.values())) != list(range(1, 32)):
        yield "times: ordinals do not count the days of a month"
    for word, (least, most) in words.counts.items():
        if not 0 < least < most:
            yield f"times: {word!r} counts from {least} to {most}"
    if len({rule.name for rule in time_rules()}) < len(time_rules()):
        yield "times: two rules have one name"
    if {number for _, _, number in words.seasons.values()} != {21, 22, 23, 24}:
        yield "times: seasons are not EDTF's 21 to 24"


def _joined(pattern: str) -> str:
    return "".join(line.strip("\r") for line in pattern.split("\n"))


def _tuples(table: Mapping[str, list[int]]) -> Mapping[str, Any]:
    return MappingProxyType({word: tuple(values) for word, values in table.items()})
