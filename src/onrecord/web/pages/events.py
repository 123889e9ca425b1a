"""Events: a list, the map of where they happened, and the table of who acts on whom."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from onrecord.codebook import event_types
from onrecord.query import Library, dealings, spots
from onrecord.query.events import STATUSES, EventOptions
from onrecord.query.pages import Happening, Page
from onrecord.web.earth import chart_of
from onrecord.web.pages.routing import PageRoute, Text, tried
from onrecord.web.rendering import render

LISTED, ACTORS, PLACES = 40, 12, 60
"""Events, actors, and places that are listed."""

_NONE: Page[Happening] = Page(())

router = APIRouter(route_class=PageRoute)


@router.get("/events")
def events(
    request: Request,
    library: Library,
    actor: Text = "",
    recipient: Text = "",
    witness: Text = "",
    type: Text = "",
    status: Text = "",
    country: Text = "",
    since: Text = "",
    until: Text = "",
    cursor: str | None = None,
) -> Response:
    """Who did what to whom, newest first, each with whoever asserts it."""
    asked = {
        "actor": actor, "recipient": recipient, "witness": witness, "type": type, "status": status,
        "country": country, "since": since, "until": until,
    }  # fmt: skip
    options: EventOptions = {name: value.strip() for name, value in asked.items() if value.strip()}  # type: ignore[assignment]
    page, wrong = tried(request, lambda: library.events(size=LISTED, cursor=cursor, **options), _NONE)
    names = {p.identity: p.name for e in page.items for p in (e.actor, e.recipient) if p and p.identity}
    return render(
        request,
        "events.html",
        status=wrong.problem.status if wrong else 200,
        wrong=wrong,
        page=page,
        asked=asked,
        names=names,
        types=tuple(event_types()),
        statuses=STATUSES,
    )


@router.get("/map")
def earth(
    request: Request,
    library: Library,
    type: Text = "",
    since: Text = "",
    until: Text = "",
    world: bool = False,
) -> Response:
    """Where events happened, on the part of the world where they did."""
    found = library.spots(type=type or None, since=since.strip() or None, until=until.strip() or None)
    conflict = frozenset(code for code, kind in event_types().items() if kind.quad > 2)
    chart = chart_of(found.items, whole=world, conflict=conflict)
    asked = {"type": type, "since": since, "until": until}
    return render(
        request,
        "map.html",
        found=found,
        chart=chart,
        asked=asked,
        types=tuple(event_types()),
        places=PLACES,
        examined=spots.EXAMINED,
    )


@router.get("/actors")
def actors(request: Request, library: Library, since: Text = "", until: Text = "") -> Response:
    """Who acts on whom: the most active against the most affected."""
    found = library.dealings(size=ACTORS, since=since.strip() or None, until=until.strip() or None)
    cells = {(d.actor.identity, d.recipient.identity): d for d in found.items}
    asked = {"since": since, "until": until}
    most = max((d.total for d in found.items), default=1)
    return render(request, "actors.html", found=found, cells=cells, most=most, asked=asked, examined=dealings.EXAMINED)
