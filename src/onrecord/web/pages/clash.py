"""Clashes: accounts that cannot both stand, side by side, with the words that collide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from onrecord.codebook.clashes import clash_kinds
from onrecord.query import Library
from onrecord.query.clashes import REVIEWS, ClashOptions
from onrecord.query.collisions import Collision, CollisionSide, Passage
from onrecord.query.pages import Page
from onrecord.records import Span
from onrecord.web.api.questions import CLASHES, feed_of
from onrecord.web.marking import Mark, Piece, cut
from onrecord.web.naming import name_of
from onrecord.web.pages.routing import PageRoute, Text, tried
from onrecord.web.rendering import render

SIZE, ALSO = 20, 5
"""Clashes of a page, and others between the same two that are listed with one."""

_NONE: Page[Collision] = Page(())

router = APIRouter(route_class=PageRoute)


@dataclass(frozen=True, slots=True)
class ShownSide:
    """An account with its words in pieces, those that collide marked."""

    account: CollisionSide
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Facing:
    """A clash as it is shown: the later account answers the earlier. `verb` says how."""

    clash: Collision
    earlier: ShownSide
    later: ShownSide
    verb: str


@router.get("/clashes")
def clashes(
    request: Request,
    library: Library,
    about: Text = "",
    speaker: Text = "",
    kind: Text = "",
    since: Text = "",
    until: Text = "",
    reviewed: Text = "",
    cursor: str | None = None,
) -> Response:
    """The clashes of the record, the surest first."""
    asked = {
        "about": about, "speaker": speaker, "kind": kind, "since": since, "until": until, "reviewed": reviewed,
    }  # fmt: skip
    options: ClashOptions = {name: value.strip() for name, value in asked.items() if value.strip()}  # type: ignore[assignment]
    page, wrong = tried(request, lambda: library.clashes(size=SIZE, cursor=cursor, **options), _NONE)
    return render(
        request,
        "clashes.html",
        status=wrong.problem.status if wrong else 200,
        wrong=wrong,
        clashes=tuple(facing(one) for one in page.items),
        cursor=page.cursor,
        asked=asked,
        kinds=clash_kinds(),
        reviews=REVIEWS,
        feed=feed_of(CLASHES, **options),
    )


@router.get("/clashes/{name}")
def clash(request: Request, library: Library, name: str) -> Response:
    """One clash: both accounts in their paragraphs, how many print and support each, and what else stands between the two."""
    full = library.clash(name)
    one = full.clash
    speakers = [_speaker(account) for account in (one.a, one.b)]
    also = list[Facing]()
    if speakers[0] and speakers[1]:
        others = library.clashes(between=(speakers[0], speakers[1]), size=ALSO + 1).items
        also = [facing(other) for other in others if other.id != one.id][:ALSO]
    return render(
        request,
        "clash.html",
        shown=facing(one),
        passages=(_passage(full.a, one.a), _passage(full.b, one.b)),
        also=also,
        name=name_of(request),
        kind=clash_kinds().get(one.kind),
    )


def facing(clash: Collision) -> Facing:
    """A clash with the words of both sides in pieces."""
    row = clash_kinds().get(clash.kind)
    return Facing(clash, _side(clash.a), _side(clash.b), row.verb if row else clash.kind)


def _side(account: CollisionSide) -> ShownSide:
    """The words are those of the spans, parted by an ellipsis: what collides is moved to where it stands in them."""
    form = account.statement.form if account.statement else "indirect"
    marks, place = list[Mark](), 0
    for span in account.spans:
        for why in account.why:
            start, end = max(why.start, span.start), min(why.end, span.end)
            if start < end:
                marks.append(Mark(Span(place + start - span.start, place + end - span.start), "match"))
        place += len(span) + len(" … ")
    whole = Span(0, len(account.words)) if account.words else None
    pieces = cut(account.words, whole, [Mark(whole, "content", form=form), *marks]) if whole else ()
    return ShownSide(account, pieces)


def _passage(passage: Passage, account: CollisionSide) -> tuple[Piece, ...]:
    """The paragraphs around an account, with it and the words that collide marked."""
    begin = passage.span.start
    moved = [
        Mark(Span(max(0, m.span.start - begin), m.span.end - begin), m.role, m.owner, m.form)
        for m in _marks(account)
        if m.span.end > begin and m.span.start < passage.span.end
    ]
    return cut(passage.text, Span(0, len(passage.text)), moved) if passage.text else ()


def _marks(account: CollisionSide) -> Iterator[Mark]:
    said = account.statement
    for span in account.spans:
        yield Mark(span, "content" if said else "figure", 1, said.form if said else None)
    if said:
        yield from (Mark(span, "source", 1) for span in said.source_spans)
        yield from (Mark(span, "cue") for span in said.cue_spans)
    if account.figure:
        yield Mark(account.figure.span, "figure")
    yield from (Mark(span, "match") for span in account.why)


def _speaker(account: CollisionSide) -> str | None:
    named = account.statement.speakers if account.statement else ()
    return next((one.identity for one in named if one.identity), None)
