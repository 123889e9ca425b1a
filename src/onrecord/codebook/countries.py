"""The table of countries: which words name one, or its people, or stand for its government."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from onrecord.codebook.reading import read_table

_CAPITALS = frozenset({"DPRK"})  # abbreviations of more than three letters


@dataclass(frozen=True, slots=True)
class Country:
    """One country as its file has it; the meaning of the fields is told there."""

    code: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    homonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Countries:
    """All countries by their words, letter by letter ("US" is one, "us" is none). A word may belong to two ("Congolese").

    `names`, `demonyms` (singular and plural), `capitals` (with the seats that stand for a government) and `offices` give
    codes of ISO 3166-1 alpha-3.
    """

    names: Mapping[str, tuple[str, ...]]
    demonyms: Mapping[str, tuple[str, ...]]
    capitals: Mapping[str, tuple[str, ...]]
    offices: Mapping[str, tuple[str, ...]]
    homonyms: frozenset[str]

    def named(self, word: str) -> tuple[str, ...]:
        """The codes that `word` gives as a name or a demonym; none for any other word. A leading article is passed over."""
        bare = _usual_case(without_article(word))
        return self.names.get(bare) or self.demonyms.get(bare, ())

    def is_demonym(self, word: str) -> bool:
        bare = _usual_case(without_article(word))
        return bare in self.demonyms and bare not in self.names


@cache
def countries() -> Countries:
    """The table that ships with this version."""
    rows = country_rows()
    return Countries(
        names=_index((name, row.code) for row in rows for name in row.names),
        demonyms=_index((form, row.code) for row in rows for word in row.demonyms for form in (word, *_plural(word))),
        capitals=_index((place, row.code) for row in rows for place in (*row.capitals, *row.seats)),
        offices=_index((body, row.code) for row in rows for body in row.offices),
        homonyms=frozenset(name for row in rows for name in row.homonyms),
    )


@cache
def country_rows() -> tuple[Country, ...]:
    """The countries in the order of their file."""
    table = read_table("countries")
    return tuple(
        Country(row["code"], **{field: tuple(row.get(field, ())) for field in Country.__slots__ if field != "code"})
        for row in table["country"]
    )


def without_article(word: str) -> str:
    """`word` without a leading "the": "the Netherlands" is Netherlands."""
    return word[4:] if word[:4] in {"the ", "The ", "THE "} else word


def _usual_case(word: str) -> str:
    # Headlines are set in capitals; three letters or fewer are an abbreviation, which has no other case.
    return word.title() if len(word) > 3 and word.isupper() and "." not in word and word not in _CAPITALS else word


def lint_countries() -> Iterator[str]:
    """What is wrong with the table, a line each."""
    rows, table = country_rows(), countries()
    codes = [row.code for row in rows]
    if codes != sorted(set(codes)):
        yield "countries: codes must be sorted, each once"
    for row in rows:
        if not (len(row.code) == 3 and row.code.isascii() and row.code.isupper()):
            yield f"countries: {row.code} is no alpha-3 code"
        if not row.names:
            yield f"countries: {row.code} has no name"
        if not set(row.homonyms) <= set(row.names):
            yield f"countries: a homonym of {row.code} is none of its names"
        words = (*row.names, *row.demonyms, *row.capitals, *row.seats, *row.offices)
        for word in words:
            if word != word.strip() or not (word[0].isupper() or word[0].isdigit()):
                yield f"countries: {word!r} of {row.code} does not begin like a name"
        if len(set(words)) < len(words):
            yield f"countries: {row.code} has a word twice"
    for name, owners in table.names.items():
        if len(owners) > 1:
            yield f"countries: {name} names {' and '.join(owners)}"


def _plural(demonym: str) -> tuple[str, ...]:
    # "the Chinese", "the British", "the French" are plurals as they stand; so are words for several men or women.
    if demonym.endswith(("s", "sh", "ch", "ese", "men")):
        return ()
    return (f"{demonym}s",)


def _index(pairs: Iterator[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for word, code in pairs:
        if code not in out.get(word, ()):
            out[word] = (*out.get(word, ()), code)
    return MappingProxyType(out)
