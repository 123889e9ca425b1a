"""Which of several forms a client would rather have (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message

HTML = "text/html"
JSON = "application/json"
JSON_LD = "application/ld+json"
ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
ATOM = "application/atom+xml"

LONGEST = 2_000
"""Characters of an Accept header that are read: browsers send some 150."""


@dataclass(frozen=True, slots=True)
class _Range:
    kind: str
    profiles: frozenset[str]
    quality: float

    def fits(self, offer: _Range) -> int:
        """How closely the range names an offer; 0 where it does not."""
        main = self.kind.partition("/")[0]
        if self.kind == offer.kind:
            if self.profiles:
                return 4 if self.profiles & offer.profiles else 0
            return 3
        if self.kind == f"{main}/*" and offer.kind.startswith(f"{main}/"):
            return 2
        return 1 if self.kind == "*/*" else 0


def preferred(accept: str | None, offers: Sequence[str]) -> str | None:
    """The one of `offers` that an Accept header likes best, the first of those that it likes alike; None if it takes none.

    A client that says nothing takes the first.
    """
    if not (accept or "").strip():
        return offers[0]
    ranges = list(_ranges((accept or "")[:LONGEST]))
    ranked = [(_quality(ranges, next(_ranges(offer))), -place) for place, offer in enumerate(offers)]
    (quality, _), place = max(ranked)
    return offers[-place] if quality > 0 else None


def _quality(ranges: Sequence[_Range], offer: _Range) -> tuple[float, int]:
    """What the range that names the offer most closely says of it. With a profile named, the offer that has it comes first."""
    fitting = [(r.fits(offer), r.quality) for r in ranges if r.fits(offer)]
    if not fitting:
        return 0.0, 0
    closeness, quality = max(fitting)
    return quality, int(closeness == 4)


def _ranges(accept: str) -> Iterator[_Range]:
    for part in accept.split(","):
        message = Message()
        message["content-type"] = part.strip()
        parameters = {name.lower(): value for name, value in message.get_params(failobj=[])[1:]}
        try:
            quality = min(1.0, max(0.0, float(parameters.get("q", "1"))))
        except ValueError:
            continue
        kind = part.partition(";")[0].strip().lower()
        if "/" in kind:
            yield _Range(kind, frozenset(parameters.get("profile", "").split()), quality)
