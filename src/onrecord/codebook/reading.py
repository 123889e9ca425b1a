"""The tables as their files have them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

IN_COLUMNS = ("bodies", "claims", "offices", "people", "small")
"""The tables whose rows are words parted by commas, and the columns that they are in."""


@cache
def read_table(name: str) -> dict[str, Any]:
    """What stands in the file of that name. It is everybody's: nobody changes it."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def in_columns(name: str, columns: Iterable[str]) -> frozenset[str]:
    """The words of a table in any of some columns; all of them where none is told. Raises KeyError for another column."""
    table = _columns(name)
    return frozenset().union(*(table[column] for column in columns or ("",)))


@cache
def _columns(name: str) -> Mapping[str, frozenset[str]]:
    out: dict[str, set[str]] = {"": set()}
    for words, columns in read_table(name)["words"].items():
        for column in ("", *columns.split()):
            out.setdefault(column, set()).update(words.split(", "))
    return MappingProxyType({column: frozenset(some) for column, some in out.items()})


def lint_columns() -> Iterator[str]:
    """What is wrong with the tables of IN_COLUMNS, a line each."""
    for name in IN_COLUMNS:
        seen: set[str] = set()
        for word in (word for words in read_table(name)["words"] for word in words.split(", ")):
            if word in seen or word != word.strip() or "," in word or not word:
                yield f"{name}: {word!r} stands twice, or with more than a comma and a blank between it and the next"
            seen.add(word)
