"""What the store tells of its own work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from onrecord.records import Record, Statement

if TYPE_CHECKING:
    from onrecord.store.vectors import Int8s

Stage = Literal["source", "article", "reading", "storing"]
"""Where an input failed: it could not be opened, made an article of, read, or stored."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that was to be added and could not be. `input`: what was named; `origin`: the document of it that failed.

    `happened` is a moment in UTC. `columns`: as those of a table were declared with which the input was read.
    """

    input: str
    origin: str
    stage: Stage
    reason: str
    happened: str
    columns: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is watched, as its server last answered.

    `etag` and `modified`: what it is asked with whether anything has changed. `seen`: of each entry that it had a hash of what
    that told, by one of its id or address. `failed`: how often in a row; `due`: the moment (UTC) before which it is not asked.
    """

    url: str
    etag: str | None = None
    modified: str | None = None
    seen: Mapping[str, str] = field(default_factory=dict)
    failed: int = 0
    due: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a batch, by article ids in the order given. All but the failed is in the store for good.

    `added`: new; `updated`: stored before, now with newer particulars (a publisher took it back, a correction); `known`: stored
    before, nothing changed; `forgotten`: taken down once and not read again; `failed`: not what it should be, kept as failures.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Vectors:
    """Sentence vectors (384,) of the contents of statements, by statement id, and the hash of the weights that made them."""

    embedder: str
    of: Mapping[str, Int8s]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a later reading of an article found otherwise than the one before."""

    before: Record
    after: Record

    @property
    def gained(self) -> tuple[Statement, ...]:
        """Statements that are new."""
        return _without(self.after, self.before)

    @property
    def lost(self) -> tuple[Statement, ...]:
        """Statements that were not found again. They are kept, marked as superseded by the later run."""
        return _without(self.before, self.after)

    @property
    def speakers(self) -> tuple[tuple[Statement, Statement], ...]:
        """Statements, before and after, that have another speaker, or none any more, or one now."""
        return tuple(pair for pair in self._both() if pair[0].speaker.name != pair[1].speaker.name)

    @property
    def acts(self) -> tuple[tuple[Statement, Statement], ...]:
        """Statements, before and after, that are another act."""
        return tuple((a, b) for a, b in self._both() if (a.act and a.act.code) != (b.act and b.act.code))

    def _both(self) -> list[tuple[Statement, Statement]]:
        found = {s.id: s for s in self.before.statements}
        return [(found[s.id], s) for s in self.after.statements if s.id in found]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was taken down: ids of the articles (the named one, its copies, all versions of these); and if it is off the disk.

    It is not while somebody still reads the store as it was, nor where the file could not be written anew (`reason`: why, such as
    a full disk): `Writer.purge` finishes it.
    """

    articles: tuple[str, ...]
    purged: bool
    reason: str | None = None


def _without(one: Record, other: Record) -> tuple[Statement, ...]:
    known = {s.id for s in other.statements}
    return tuple(s for s in one.statements if s.id not in known)
