"""The tables of common nouns for those who act and speak: bodies, offices and people, and what may be said by each word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from onrecord.codebook.reading import read_table

TABLES = ("bodies", "offices", "people")


def bodies(*columns: str) -> frozenset[str]:
    """The words for bodies, and for craft, in any of the columns that bodies.toml explains; all where none is told.

    Raises KeyError for another column, as do the next two.
    """
    return _words("bodies", columns)


def offices(*columns: str) -> frozenset[str]:
    """The words for who has an office or stands for somebody, by the columns of offices.toml."""
    return _words("offices", columns)


def people(*columns: str) -> frozenset[str]:
    """The words for people of no office, by the columns of people.toml."""
    return _words("people", columns)


def matters() -> frozenset[str]:
    """What ministers are of."""
    return frozenset(read_table("offices")["matters"])


def titles_by_office() -> dict[str, frozenset[str]]:
    """The titles before the name of who has an office."""
    return {office: frozenset(titles) for office, titles in read_table("offices")["titles"].items()}


def one_of(words: Iterable[str], *, capital: bool = False) -> str:
    """A pattern for any of the words, the longest first; `capital`: as in a name ("Coast Guard"; letters stay capitals)."""
    some = {re.sub(r"(?:^|(?<= ))[a-z]", lambda m: m[0].upper(), w) for w in words} if capital else set(words)
    return "|".join(re.escape(word) for word in sorted(some, key=lambda w: (-len(w), w)))


def lint_nouns() -> Iterator[str]:
    """What is wrong with the tables, a line each."""
    for name in TABLES:
        seen: set[str] = set()
        for word in (word for words in read_table(name)["words"] for word in words.split(", ")):
            if word in seen or word != word.strip() or "," in word or not word:
                yield f"{name}: {word!r} stands twice, or with more than a comma and a blank between it and the next"
            seen.add(word)


def _words(name: str, columns: Iterable[str]) -> frozenset[str]:
    table = _columns(name)
    return frozenset().union(*(table[column] for column in columns or ("",)))


@cache
def _columns(name: str) -> Mapping[str, frozenset[str]]:
    out: dict[str, set[str]] = {"": set()}
    for words, columns in read_table(name)["words"].items():
        for column in ("", *columns.split()):
            out.setdefault(column, set()).update(words.split(", "))
    return MappingProxyType({column: frozenset(some) for column, some in out.items()})
