"""A text cut into pieces by what stands where: statements, names, events, figures, matches of a search.

Marks may lie within one another and across, which HTML's elements may not: so pieces lie side by side, each with all that holds
of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.records import Span

Role = Literal["content", "name", "figure", "event", "source", "cue", "match"]
_LINKING: tuple[Role, ...] = ("cue", "source", "name")
"""Of several roles that could be a link, the first is."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What holds of a span. `owner`: the number of its statement. `form`: of content. `anchor`: an id for its first piece."""

    span: Span
    role: Role
    owner: int | None = None
    form: str | None = None
    href: str | None = None
    title: str | None = None
    anchor: str | None = None
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters in a row of which the same holds. `owners`: numbers of statements. `number`: to be shown after it."""

    text: str
    classes: str
    owners: str
    href: str | None
    title: str | None
    anchor: str | None
    number: int | None

    @property
    def plain(self) -> bool:
        return not (self.classes or self.anchor or self.href)


def cut(text: str, within: Span, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """The pieces of `within`, whose texts in a row are its text."""
    opening, closing = defaultdict[int, list[Mark]](list), defaultdict[int, list[Mark]](list)
    for mark in marks:
        start, end = max(mark.span.start, within.start), min(mark.span.end, within.end)
        if start < end:
            opening[start].append(mark)
            closing[end].append(mark)
    edges = sorted({within.start, within.end, *opening, *closing})
    active, pieces = dict[int, Mark](), list[Piece]()
    for start, end in zip(edges, edges[1:], strict=False):
        for mark in closing[start]:
            active.pop(id(mark), None)
        for mark in opening[start]:
            active[id(mark)] = mark
        pieces.append(_piece(text[start:end], list(active.values()), start, end))
    return tuple(pieces)


def _piece(text: str, active: Sequence[Mark], start: int, end: int) -> Piece:
    roles = {mark.role for mark in active}
    contents = sorted((m for m in active if m.role == "content"), key=lambda m: -len(m.span))
    classes: list[str] = [
        role for role in ("content", "name", "figure", "event", "source", "cue", "match") if role in roles
    ]
    classes += [contents[-1].form or ""] if contents else []
    classes += ["nested"] if len(contents) > 1 else []
    classes += ["lit"] if any(m.lit for m in active) else []
    link = next((m for role in _LINKING for m in active if m.role == role and m.href), None)
    titled = next((m.title for m in reversed(active) if m.title), None)
    anchor = next((m.anchor for m in active if m.anchor and m.span.start == start), None)
    ending = next((m.owner for m in active if m.role == "cue" and m.span.end == end), None)
    owners = " ".join(str(n) for n in dict.fromkeys(m.owner for m in active if m.owner is not None))
    return Piece(
        text, " ".join(filter(None, classes)), owners, link.href if link else None, titled, anchor, number=ending
    )
