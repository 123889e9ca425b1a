"""Codes of actors, as event coders write them: a country, and PLOVER's sector ("RUSGOV")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.codebook import sector_of, sectors
from onrecord.records import Entity


def with_codes(entities: Sequence[Entity], text: str) -> tuple[Entity, ...]:
    """The entities of an article, each with its code where the article tells it.

    A country has its own code alone ("RUS"), a body of several states IGO, a charity across borders NGO. Anybody else has a
    code where both country and sector are known: a person's sector is told by roles, that of an organisation or a group by
    its names, then its roles. Places and works act for nobody.
    """
    return tuple(replace(entity, code=_code(entity, text)) for entity in entities)


def _code(entity: Entity, text: str) -> str | None:
    if entity.kind == "country":
        return entity.country
    if entity.kind in ("place", "work"):
        return None
    sector = next(filter(None, map(sector_of, _words(entity, text))), None)
    if sector is None:
        return None
    if sectors()[sector].stands:
        return sector
    return f"{entity.country}{sector}" if entity.country else None


def _words(entity: Entity, text: str) -> Iterator[str]:
    # A person's name says nothing of it: Bishop, King and Judge are surnames.
    if entity.kind != "person":
        yield entity.name
        yield from entity.aliases
    for role in entity.roles:
        yield role.span.of(text)
