"""The table of words that stand with names: titles, generations, short forms of forenames, sorts of bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from onrecord.codebook.reading import read_table


@dataclass(frozen=True, slots=True)
class NameWords:
    """The table as its file has it, all in small letters.

    `nicknames` gives each forename's families, `same` each body's usual name.
    """

    titles: frozenset[str]
    his_titles: frozenset[str]
    her_titles: frozenset[str]
    kept_titles: frozenset[str]
    paired_titles: frozenset[str]
    offices: frozenset[str]
    generations: frozenset[str]
    degrees: frozenset[str]
    particles: frozenset[str]
    his_names: frozenset[str]
    her_names: frozenset[str]
    nicknames: Mapping[str, frozenset[str]]
    role_nouns: frozenset[str]
    role_modifiers: frozenset[str]
    portfolios: frozenset[str]
    role_stops: frozenset[str]
    sorts: frozenset[str]
    heads: frozenset[str]
    wholes: frozenset[str]
    bodies: frozenset[str]
    same: Mapping[str, str]


@cache
def name_words() -> NameWords:
    """The table that ships with this version."""
    table = read_table("names")
    titles, names, bodies = table["titles"], table["names"], table["bodies"]
    families: dict[str, frozenset[str]] = {}
    for family in names["nicknames"]:
        for name in family:
            families[name] = families.get(name, frozenset()) | {family[0]}
    return NameWords(
        titles=frozenset((*titles["his"], *titles["her"], *titles["any"])) - frozenset(titles["kept"]),
        his_titles=frozenset(titles["his"]),
        her_titles=frozenset(titles["her"]),
        kept_titles=frozenset(titles["kept"]),
        paired_titles=frozenset(titles["pairs"]),
        offices=frozenset(word for name in titles["offices"] for word in name.split()),
        generations=frozenset(names["generations"]),
        degrees=frozenset(names["degrees"]),
        particles=frozenset(names["particles"]),
        his_names=frozenset(table["forenames"]["his"]),
        her_names=frozenset(table["forenames"]["her"]),
        nicknames=MappingProxyType(families),
        role_nouns=frozenset(table["roles"]["nouns"]),
        role_modifiers=frozenset(table["roles"]["modifiers"]),
        portfolios=frozenset(table["roles"]["portfolios"]),
        role_stops=frozenset(table["roles"]["stops"]),
        sorts=frozenset(bodies["sorts"]),
        heads=frozenset(bodies["heads"]),
        wholes=frozenset(bodies["wholes"]),
        bodies=frozenset(bodies["known"]),
        same=MappingProxyType({name: names_[0] for names_ in bodies["same"] for name in names_}),
    )


def lint_names() -> Iterator[str]:
    """What is wrong with the table, a line each."""
    words = name_words()
    for field in NameWords.__slots__:
        for word in getattr(words, field):
            if word != word.lower() or "." in word or word != word.strip():
                yield f"names: {word!r} is not in small letters without full stops"
    for word in words.his_titles & words.her_titles | words.his_names & words.her_names:
        yield f"names: {word} tells neither men nor women"
