"""What a paper tells of its own earlier printing: "An earlier version of this article said that twelve people died."

It is nobody's account of the matter: what was printed is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.records import Span

_PIECE = r"article|story|report|post|page|piece|dispatch|bulletin|item|column|headline|caption|live ?blog"
_EARLIER = re.compile(
    rf"(?:an?|the) (?:earlier|previous|original|first|initial) versions? of (?:this|the|our) (?:\w+ )?(?:{_PIECE})"
    r"|(?:an?|the) (?:earlier|previous|original) version"
    rf"|(?:this|the) (?:{_PIECE}) (?:originally|previously|initially|first|earlier)",
    re.IGNORECASE,
)


def is_earlier_version(text: str, source: Iterable[Span]) -> bool:
    """Whether a statement's source is the paper's own earlier printing."""
    return any(_EARLIER.fullmatch(" ".join(span.of(text).split())) for span in source)
