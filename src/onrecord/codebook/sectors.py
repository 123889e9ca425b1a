"""The table of sectors: what sort of actor somebody is, by the words of a role or a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from onrecord.codebook.reading import read_table

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?")


@dataclass(frozen=True, slots=True)
class Sector:
    """A PLOVER sector. `stands`: its code stands in the country's place."""

    code: str
    definition: str
    stands: bool
    cues: tuple[str, ...]
    weak: tuple[str, ...]


@cache
def sectors() -> Mapping[str, Sector]:
    """The sectors by code, the one whose cues tell most first."""
    table = read_table("sectors")
    return MappingProxyType(
        {
            row["code"]: Sector(
                row["code"],
                row["definition"],
                row.get("stands", False),
                tuple(row["cues"]),
                tuple(table["weak"].get(row["code"], ())),
            )
            for row in table["sector"]
        }
    )


@lru_cache(maxsize=4096)
def sector_of(words: str) -> str | None:
    """The sector that a role ("the defence minister") or a name ("Harrow Police") tells of; None where no cue does."""
    key = _key(words)
    for strength in _cues():
        for cue, code in strength:
            if cue in key:
                return code
    return None


def lint_sectors() -> Iterator[str]:
    """What is wrong with the table, a line each."""
    owner: dict[str, str] = {}
    for code in read_table("sectors")["weak"]:
        if code not in sectors():
            yield f"sectors: {code} has weak cues and is no sector"
    for sector in sectors().values():
        if not (len(sector.code) == 3 and sector.code.isupper()):
            yield f"sectors: {sector.code} is no code of three capitals"
        for cue in (*sector.cues, *sector.weak):
            if cue != cue.lower() or not _key(cue).strip():
                yield f"sectors: {cue!r} is not in small letters"
            if owner.setdefault(_key(cue), sector.code) != sector.code:
                yield f"sectors: {cue} tells of {owner[_key(cue)]} and {sector.code}"


def _key(words: str) -> str:
    """The words in small letters, each with a blank before and after, without full stops or the mark of a genitive."""
    found = (m[0].lower().replace("’", "'").removesuffix("'s").replace(".", "") for m in _WORD.finditer(words))
    return f" {' '.join(found)} "


@cache
def _cues() -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    strong = tuple((_key(cue), s.code) for s in sectors().values() for cue in s.cues)
    return strong, tuple((_key(cue), s.code) for s in sectors().values() for cue in s.weak)
