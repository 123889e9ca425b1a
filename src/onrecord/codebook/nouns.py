"""The tables of common nouns for those who act and speak, and for what they say, with what may be said by each word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.codebook.reading import in_columns, read_table


def bodies(*columns: str) -> frozenset[str]:
    """The words for bodies, and for craft, in any of the columns that bodies.toml explains; all where none is told.

    Raises KeyError for another column, as do the next three.
    """
    return in_columns("bodies", columns)


def offices(*columns: str) -> frozenset[str]:
    """The words for who has an office or stands for somebody, by the columns of offices.toml."""
    return in_columns("offices", columns)


def people(*columns: str) -> frozenset[str]:
    """The words for people of no office, by the columns of people.toml."""
    return in_columns("people", columns)


def claims(*columns: str) -> frozenset[str]:
    """The words for what somebody says that another may take up, by the columns of claims.toml."""
    return in_columns("claims", columns)


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
