"""Mentions and entities: the names of an article, and whom or what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.records.spans import Span

MentionKind = Literal["person", "organization", "country", "place", "group", "work", "date", "number"]
EntityKind = Literal["person", "organization", "country", "place", "group", "work"]
LinkMethod = Literal["name", "part", "acronym", "slip", "demonym", "metonym"]
"""How a mention was linked: it is the entity's name; a part of it (a surname, a short form); its acronym; its name with a
slip of spelling; the word for a country's people or things; a capital or seat that stands for a government."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, date or number as printed. `score`: the model's chance that it is one of its kind, not calibrated.

    Dates and numbers mean no entity: `entity` and `method` are None.
    """

    id: str
    span: Span
    kind: MentionKind
    entity: str | None
    method: LinkMethod | None
    score: float


@dataclass(frozen=True, slots=True)
class Role:
    """What the article calls somebody ("defence minister"), where it says so, and the date it is true of as far as known.

    `as_of` is the article's date: a role is somebody's on the day that the paper calls them so.
    """

    span: Span
    as_of: str | None


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, organisation, country, place, group or work of one article.

    `name` is the fullest that the article prints; `aliases` are its other names there, in text order. `country` is an
    ISO 3166-1 alpha-3 code: of a country itself, or the one that a role or name gives ("Russian Defence Minister"). An
    invented country has none. `code`: country and PLOVER sector ("RUSGOV"), as event coders write an actor.
    """

    id: str
    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    country: str | None = None
    code: str | None = None
