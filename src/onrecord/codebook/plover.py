"""The table of PLOVER's event types and modes, and of the CAMEO codes that answer to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from onrecord.codebook.reading import read_table

Quad = Literal[1, 2, 3, 4]
_WORD = re.compile(r"[a-z]{2,}\*?(?:[ -][a-z]+\*?)*")


@dataclass(frozen=True, slots=True)
class EventMode:
    """How an event of a type is done. `cameo`: what it is written as where CAMEO is asked for; `words`: what tells of it, in
    small letters, "*" for any letters.
    """

    name: str
    cameo: str
    definition: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER event type.

    `quad`: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; `score`: its place between
    conflict (-10) and cooperation (10); `cameo`: what it is written as where no mode is told.
    """

    code: str
    quad: Quad
    score: float
    cameo: str
    definition: str
    modes: Mapping[str, EventMode]


@cache
def event_types() -> Mapping[str, EventType]:
    """The types by code, from cooperation to conflict."""
    return MappingProxyType({row["code"]: _type(row) for row in read_table("plover")["type"]})


def cameo_of(type: str, mode: str | None = None) -> str:
    """The CAMEO code that stands for a type, and its mode if told. Raises KeyError where there is no such type or mode."""
    kind = event_types()[type]
    return kind.cameo if mode is None else kind.modes[mode].cameo


def lint_plover() -> Iterator[str]:
    """What is wrong with the table, a line each."""
    crosswalk, moved = _crosswalk(), set(read_table("plover")["moved"])
    listed = [code for codes in read_table("plover")["crosswalk"].values() for code in codes]
    for code in sorted({c for c in listed if listed.count(c) > 1}):
        yield f"plover: {code} is in the crosswalk twice"
    for code, (name, mode) in crosswalk.items():
        if name not in event_types() or (mode is not None and mode not in event_types()[name].modes):
            yield f"plover: {code} is {name} {mode}, which is no type and mode"
        if not (code.isdigit() and len(code) in (3, 4)):
            yield f"plover: {code} is no CAMEO code"
    for kind in event_types().values():
        if kind.quad not in (1, 2, 3, 4) or (kind.score > 0) != (kind.quad < 3):
            yield f"plover: {kind.code} is neither cooperation nor conflict"
        for cameo in (kind.cameo, *(mode.cameo for mode in kind.modes.values())):
            if cameo not in crosswalk or (crosswalk[cameo][0] != kind.code) != (cameo in moved):
                yield f"plover: {cameo} stands for {kind.code}, and the crosswalk says otherwise"
        yield from _lint_modes(kind)


def _lint_modes(kind: EventType) -> Iterator[str]:
    owner: dict[str, str] = {}
    for mode in kind.modes.values():
        if not mode.words:
            yield f"plover: no word tells of {kind.code} {mode.name}"
        for word in mode.words:
            if not _WORD.fullmatch(word):
                yield f"plover: {word!r} is no word of {kind.code} {mode.name}: small letters, and * at a word's end"
            if owner.setdefault(word, mode.name) != mode.name:
                yield f"plover: {word!r} tells of {kind.code} {owner[word]} and {mode.name}"


def _type(row: dict[str, Any]) -> EventType:
    modes = {
        m["name"]: EventMode(m["name"], m["cameo"], m["definition"], tuple(m["words"])) for m in row.get("modes", ())
    }
    return EventType(row["code"], row["quad"], row["score"], row["cameo"], row["definition"], MappingProxyType(modes))


@cache
def _crosswalk() -> Mapping[str, tuple[str, str | None]]:
    out: dict[str, tuple[str, str | None]] = {}
    for key, codes in read_table("plover")["crosswalk"].items():
        name, _, mode = key.partition(" ")
        out.update(dict.fromkeys(codes, (name, mode or None)))
    return MappingProxyType(out)
