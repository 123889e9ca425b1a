"""What the store tells of its own work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stage = Literal["source", "article", "reading", "storing"]
"""Where an input failed: it could not be opened, made an article of, read, or stored."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that was to be added and could not be. `input`: what was named; `origin`: the document of it that failed.

    `happened` is a moment in UTC.
    """

    input: str
    origin: str
    stage: Stage
    reason: str
    happened: str


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
