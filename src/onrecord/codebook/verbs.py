"""The table of irregular verbs: past and participle of each. What ends in -ed needs no table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from onrecord.codebook.reading import read_table


@dataclass(frozen=True, slots=True)
class Verb:
    """The forms of a verb but for those that all verbs make alike (-s, -ing)."""

    past: tuple[str, ...]
    participle: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerbForms:
    """The verbs by base, in the order of their file, and all their forms of one kind."""

    verbs: Mapping[str, Verb]
    past: frozenset[str]
    participle: frozenset[str]


@cache
def verb_forms() -> VerbForms:
    """The table that ships with this version."""
    table = read_table("verbs")
    rows = (row.split() for row in table["verbs"])
    verbs = {base: Verb(tuple(past.split("/")), tuple(done.split("/"))) for base, past, done in rows}
    return VerbForms(
        MappingProxyType(verbs),
        frozenset(form for verb in verbs.values() for form in verb.past),
        frozenset(form for verb in verbs.values() for form in verb.participle),
    )


def lint_verbs() -> Iterator[str]:
    """What is wrong with the table, a line each."""
    forms = verb_forms()
    for word in forms.verbs.keys() | forms.past | forms.participle:
        if not (word.isalpha() and word.islower()):
            yield f"verbs: {word!r} is no word in small letters"
