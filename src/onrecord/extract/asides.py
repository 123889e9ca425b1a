"""Names that only tell who somebody is, and so have no part in what he does or undergoes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.codebook.names import name_words
from onrecord.codebook.nouns import bodies
from onrecord.extract.players import PartyPlace
from onrecord.records import Span

_BEGINS = re.compile(r", (?:[a-z]|\d)")
_ENDS = re.compile(
    r",\s+(?:(?:also|then|later|never|not|[a-z]+ly|on [A-Z]\w+day|was|were|is|are|has|have|had|been|being|be|will|would|may|might"
    r"|could|can|must|should|got|gets)\s+)*$"
)
_RELATIVE = re.compile(r", whose\b(?=[^.;:\"“”]*$)")
_DESCRIPTION = re.compile(r" (?:[a-z][a-z’'-]* ){1,4}")
MOST = 160
"""Characters of an aside."""


def told_of(text: str, lo: int, at: int, named: Sequence[PartyPlace]) -> str | None:
    """The party whom an aside that ends at the verb at `at` tells of; None where there is none.

    "Ada Lane, the former head of the Norvian bank, was held"; "Lane, who leads the Harbour Party, was held".
    """
    closing = _ENDS.search(text, max(lo, at - MOST), at)
    if closing is None:
        return None
    before = [n for n in named if lo <= n.span.start and n.span.end < closing.start()]
    return next((n.party for n in reversed(before) if _BEGINS.match(text, n.span.end)), None)


def aside_only(text: str, lo: int, at: int, named: Sequence[PartyPlace]) -> frozenset[str]:
    """The parties named in a clause of "whose" that ends at the verb at `at`, and not before it.

    "Lane, whose wife Ada, 71, was hurt, is suing".
    """
    closing = _ENDS.search(text, max(lo, at - MOST), at)
    opening = None if closing is None else _RELATIVE.search(text, max(lo, at - MOST), closing.start())
    if closing is None or opening is None:
        return frozenset()
    inside = {n.party for n in named if opening.end() <= n.span.start < closing.start()}
    return frozenset(inside - {n.party for n in named if n.span.start < opening.start()})


def only_describes(text: str, name: Span, whom: Span, *, body: bool = False) -> bool:
    """Whether a name is part of what is said of whoever is named next: "Norvian runner Ada Lane", "opposition leader Ada Lane".

    `body`: of a body, "the Norvian retailer Lindal".
    """
    found = _DESCRIPTION.fullmatch(text, name.end, whom.start)
    return found is not None and found[0].split()[-1] in (bodies("beside") if body else name_words().role_nouns)
