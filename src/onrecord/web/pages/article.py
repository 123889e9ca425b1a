"""An article: its text with every statement marked in place, what is known of each beside it, its copies and versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from onrecord.query import Library
from onrecord.query.against import LIKELY
from onrecord.records import Article
from onrecord.web.comparing import compared
from onrecord.web.laying import LONGEST, lay_out
from onrecord.web.pages.routing import PageRoute
from onrecord.web.rendering import render

CLASHES = 60
"""Of an article that are shown beside its statements, the surest."""

VARYING = {"vary": "Accept"}
"""At these addresses there are other forms for those who ask for them (onrecord.web.api.permalinks)."""

router = APIRouter(route_class=PageRoute)


@router.get("/articles/{name}")
def article(
    request: Request,
    library: Library,
    name: str,
    start: Annotated[int, Query(ge=0, le=1 << 31, alias="from")] = 0,
    statement: str | None = None,
) -> Response:
    """The article that `name` means, from a character on (long ones have several pages), with one statement lit."""
    shown = library.show(name)
    known = library.inside(shown.article.id)
    clashes = library.clashes(article=shown.article.id, size=CLASHES, least=LIKELY).items
    asked = statement or shown.statement
    page = lay_out(shown.record, known, start=start, lit=asked, clashes=clashes)
    present = {s.id for s in shown.record.statements}
    rejected = [one for one in shown.corrected if one.field == "statement" and one.statement not in present]
    answer = render(
        request,
        "article.html",
        shown=shown,
        page=page,
        people=known.people,
        longest=LONGEST,
        rejected=rejected,
        gone=any(one.statement == asked for one in rejected),
    )
    answer.headers.update(VARYING)
    return answer


@router.get("/statements/{name}")
def statement(request: Request, library: Library, name: str) -> Response:
    """Where a statement stands: its article's page, with the statement lit."""
    shown = library.show(name if name.startswith("stm-") else f"stm-{name}")
    found = next((s for s in shown.record.statements if s.id == shown.statement), None)
    start = _page_of(shown.record.article, found.cue[0].start) if found else 0
    query = f"?statement={shown.statement}" + (f"&from={start}" if start else "")
    return RedirectResponse(f"/articles/{shown.article.id}{query}#{shown.statement}", 307, VARYING)


@router.get("/compare/{this}/{other}")
def compare(request: Request, library: Library, this: str, other: str) -> Response:
    """Two copies or versions word by word: what the second leaves out, and what it adds."""
    before, after = library.show(this), library.show(other)
    parts = compared(before.record.article.text, after.record.article.text)
    return render(request, "compare.html", before=before, after=after, compared=parts)


def _page_of(article: Article, place: int) -> int:
    """From where to show an article so that the paragraph stands there that a place is in: a page has what begins on it."""
    begins = max((p.start for p in article.paragraphs if p.start <= place), default=0)
    return begins // LONGEST * LONGEST
