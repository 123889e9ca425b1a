"""The table of acts: what a speaker may do by a statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from onrecord.codebook.plover import event_types
from onrecord.codebook.reading import read_table

CLASSES = ("assertive", "expressive", "directive", "commissive", "declaration")
"""Searle's classes of illocutionary acts (Language in Society 5, 1976)."""


@dataclass(frozen=True, slots=True)
class SpeechAct:
    """An act: its class, the PLOVER type that it counts as between political actors (None: it is none), its definition."""

    code: str
    searle: str
    plover: str | None
    definition: str


@cache
def acts() -> Mapping[str, SpeechAct]:
    """The acts by code, in the order of their file."""
    table = read_table("acts")
    rows = (SpeechAct(row["code"], row["class"], row.get("plover"), row["definition"]) for row in table["act"])
    return MappingProxyType({act.code: act for act in rows})


def lint_acts() -> Iterator[str]:
    """What is wrong with the table, a line each."""
    seen: set[str] = set()
    for act in acts().values():
        if act.searle not in CLASSES:
            yield f"acts: {act.code} is of no class {act.searle}"
        if act.plover is not None and act.plover not in event_types():
            yield f"acts: {act.code} counts as {act.plover}, which is no PLOVER type"
        if not act.definition or act.definition in seen:
            yield f"acts: {act.code} has no definition of its own"
        seen.add(act.definition)
