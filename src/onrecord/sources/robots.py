"""robots.txt: what a site asks of programs that read it (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.records import NotTextError
from onrecord.sources.decoding import decode

if TYPE_CHECKING:
    from protego import Protego

ROBOTS_BYTES = 512_000
"""As much of a robots.txt as is read: RFC 9309 asks for 500 kibibytes at least."""

LONGEST_DELAY = 30.0
"""Seconds between two requests that a site may ask for; what asks for more gets this."""


VALID_SECONDS = 24 * 3600.0
"""How long a robots.txt counts before it is asked for again: no longer than a day, says RFC 9309."""


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site: None for a site that has none, and which therefore allows all."""

    rules: Protego | None = None
    closed: bool = False

    def allows(self, url: str, agent: str) -> bool:
        if self.closed:
            return False
        return self.rules is None or bool(self.rules.can_fetch(url, agent))

    def delay(self, agent: str) -> float:
        told = self.rules.crawl_delay(agent) if self.rules is not None else None
        return min(max(told or 0.0, 0.0), LONGEST_DELAY)


def parsed(data: bytes, origin: str) -> Robots:
    """The rules of a robots.txt; none where it is no text (a picture, say, in its place)."""
    from protego import Protego

    try:
        return Robots(Protego.parse(decode(data[:ROBOTS_BYTES], origin)))
    except (NotTextError, ValueError):
        return Robots()
