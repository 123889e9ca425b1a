"""What linking takes and gives: what is known of an entity of one article, and identities across articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.records import EntityKind

IdentityMethod = Literal[
    "same-name", "spelling", "part", "acronym", "demonym", "other-kind", "alone", "authority", "decision"
]
"""How an entity came to its identity: it bears the identity's name (or one that differs by a middle name, an initial or a
short forename); a spelling of it; a bare surname or short form; an acronym; the word for a country's people; it was read as
another kind; nothing else is this identity; a row of the authority file; a human's word."""


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An entity of one article, and what the article tells that may link it to others.

    `day`: of the article (ISO 8601). `roles`: their words, in text order. `beside`: folded names of the article's other
    entities. `country`: ISO 3166-1 alpha-3.
    """

    id: str
    article: str
    day: str | None
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    country: str | None = None
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Member:
    """An entity of an identity, by its id: by what method it was linked, and how sure that is (0 to 1, not calibrated)."""

    entity: str
    method: IdentityMethod
    score: float


@dataclass(frozen=True, slots=True)
class Held:
    """A role, and the first and last day on which an article calls the identity so. None: no article of it has a day."""

    text: str
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Identity:
    """One person, organisation, country, place, group or work across articles.

    `id` is a function of the earliest member alone, or of `wikidata` where an authority names the identity. `name` is the
    fullest spelling that is printed most; `aliases` are all other printed names, sorted. `members` are sorted by entity.
    """

    id: str
    kind: EntityKind
    name: str
    aliases: tuple[str, ...]
    roles: tuple[Held, ...]
    country: str | None
    wikidata: str | None
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class EntityAnchor:
    """Which entity a human meant: an article and a name that it prints. Ids may change with new weights, these do not."""

    article: str
    name: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A human's word on two entities: they are one (`merge`), or two (`split`). Of two words on one pair the later counts."""

    kind: Literal["merge", "split"]
    a: EntityAnchor
    b: EntityAnchor


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """A row of an authority file. `wikidata`: "Q…". `since` and `until` bound when `role` was held (ISO 8601, inclusive)."""

    wikidata: str
    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    role: str | None = None
    since: str | None = None
    until: str | None = None
