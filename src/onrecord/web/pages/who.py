"""Who is in the record; and one person or body: roles, statements over time, whom they speak of, and why the names are one."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from onrecord.query import Library
from onrecord.query.against import LIKELY
from onrecord.query.decisions import Logged
from onrecord.query.entities import KINDS
from onrecord.query.names import speaking, spelt_alike
from onrecord.query.pages import Choice, Page, Utterance
from onrecord.records import UnclearError
from onrecord.web.charts import bars
from onrecord.web.pages.clash import facing
from onrecord.web.pages.routing import PageRoute, Text
from onrecord.web.rendering import render

LISTED, STATEMENTS, LINKS = 60, 25, 12
CLASHES = 4
LATELY = 20
"""Decisions among which the one is that was just made."""
DAYS = 70
"""Days in which all of somebody's statements must lie for a chart by day; else it is by month."""

router = APIRouter(route_class=PageRoute)


@router.get("/who")
def everybody(
    request: Request, library: Library, name: Text = "", kind: Text = "", cursor: str | None = None
) -> Response:
    """Those whom most articles name, or all whom a name may mean; straight to the page of the only one."""
    page = library.entities(name.strip() or None, kind=kind or None, size=LISTED, cursor=cursor)
    if name.strip() and not page.items:
        page, nobody = _alike(library, name.strip())
        return render(request, "everybody.html", page=page, nobody=nobody, name=name, kind=kind, kinds=KINDS)
    if name.strip() and len(page.items) == 1 and not cursor:
        return RedirectResponse(f"/who/{page.items[0].identity}", 303)
    return render(request, "everybody.html", page=page, nobody=None, name=name, kind=kind, kinds=KINDS)


def _alike(library: Library, name: str) -> tuple[Page[Choice], str | None]:
    """Those whose names are alike where nobody is called so, as the commands offer them, and what is to be said."""
    try:
        speaking(library, name)
    except UnclearError as error:
        return Page(tuple(c for c in error.choices if isinstance(c, Choice))), f"{error.reason}."
    return Page(()), None


@router.get("/who/{name}")
def who(
    request: Request,
    library: Library,
    name: str,
    about: Text = "",
    cursor: str | None = None,
    links: str | None = None,
    decided: Text = "",
) -> Response:
    """One of them. `cursor` is of the statements, `links` of the evidence, `decided` what somebody just said of them."""
    known = library.entity(name, size=LINKS, cursor=links)
    assert known.who is not None  # else an UnclearError told whom the name may mean
    identity = known.who.identity
    said = _said(library, identity, about.strip(), cursor) if known.who.statements else Page(())
    counts = list(known.days)
    return render(
        request,
        "who.html",
        known=known,
        who=known.who,
        said=said,
        about=about,
        clashes=[facing(one) for one in library.clashes(speaker=identity, size=CLASHES, least=LIKELY).items],
        all_clashes=f"/clashes?speaker={identity}",
        alike=spelt_alike(library, known.who),
        decided=_decided(library, decided) if decided and request.app.state.write else None,
        chart=bars(counts if len(counts) < 2 or _days(counts) <= DAYS else _by_month(counts)),
    )


def _decided(library: Library, decision: str) -> Logged | None:
    """What was decided, if it was lately and holds."""
    lately = library.decisions(what="people", size=LATELY).items
    return next((one for one in lately if one.id == decision and not one.undone), None)


def _said(library: Library, identity: str, about: str, cursor: str | None) -> Page[Utterance]:
    """What they said: on a topic the oldest first, as it changed; else the newest, which is found without a look at the rest."""
    if about:
        return library.who(identity, about=about, size=STATEMENTS, cursor=cursor)
    newest = library.search("", speaker=identity, size=STATEMENTS, cursor=cursor)
    return Page(tuple(hit.utterance for hit in newest.items), newest.cursor)


def _days(counts: list[tuple[str, int]]) -> int:
    try:
        return (date.fromisoformat(counts[-1][0]) - date.fromisoformat(counts[0][0])).days + 1
    except ValueError:  # a month or a year alone
        return DAYS + 1


def _by_month(counts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    months = dict[str, int]()
    for day, n in counts:
        months[day[:7]] = months.get(day[:7], 0) + n
    return sorted((month, n) for month, n in months.items() if len(month) == 7)
