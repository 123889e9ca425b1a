"""Today: what came in last, what was foretold for these days, and where accounts clash."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from fastapi import APIRouter, Request, Response

from onrecord.query import Library
from onrecord.query.against import LIKELY
from onrecord.query.latest import Dispatch
from onrecord.query.pages import Foretold, Tally
from onrecord.store.tallying import is_tallied
from onrecord.web.pages.clash import facing
from onrecord.web.pages.routing import PageRoute, glance, tomorrow
from onrecord.web.rendering import render

ARTICLES = 24
DUE, LEADING = 6, 8
"""Predictions, and speakers, that are listed."""
FELL, LATELY = 3, 7
"""Of these such as fell due before the record's last day, and in how many days before."""
LOOKED_AT = 20
"""Of these days' predictions, of which the last are listed."""

CLASHES = 3

router = APIRouter(route_class=PageRoute)


@router.get("/")
def today(request: Request, library: Library, cursor: str | None = None) -> Response:
    """The newest articles. Days are the record's own: where nothing was added for a year, its last day is what is new; of a store
    without any day nothing is due.
    """
    page = library.latest(size=ARTICLES, cursor=cursor)
    newest = last_day(page.items)
    leading, outlets = _most_quoted(request, library) if cursor is None else ((), ())
    return render(
        request,
        "today.html",
        page=page,
        first=cursor is None,
        store=request.app.state.libraries.path.name,
        newest=newest,
        due=due_around(library, newest) if newest and cursor is None else (),
        clashes=[facing(one) for one in library.clashes(size=CLASHES, least=LIKELY).items] if cursor is None else (),
        all_clashes="/clashes",
        leading=leading,
        outlets=outlets,
    )


def _most_quoted(request: Request, library: Library) -> tuple[tuple[Tally, ...], tuple[Tally, ...]]:
    """Speakers and outlets with the most; while articles are added, and nobody has counted, as they were a minute ago at most."""

    def make() -> tuple[tuple[Tally, ...], tuple[Tally, ...]]:
        leading, outlets = (library.stats(by, size=LEADING).items for by in ("speaker", "outlet"))
        return _told(leading), _told(outlets)

    return make() if is_tallied(library.connection) else glance(request, "most quoted", make)


def _told(counted: tuple[Tally, ...]) -> tuple[Tally, ...]:
    """Without what has no name: there would be nothing to show."""
    return tuple(one for one in counted if one.key)


def last_day(latest: Sequence[Dispatch]) -> str | None:
    """The record's last day. One that is still to come, where there are others, is a slip or an embargo: nothing is due by it."""
    days = [one.article.published for one in latest if one.article.published]
    return next((day for day in days if day <= tomorrow()), days[0] if days else None)


def due_around(library: Library, day: str) -> tuple[Foretold, ...]:
    """What fell due in the days before one, the last of it, and what falls due from then on."""
    fell = library.predictions(due_after=_before(day, LATELY + 1), due_before=day, size=LOOKED_AT, bearing=0).items
    fell = fell[-FELL:]
    return (*fell, *library.predictions(due_after=_before(day, 1), size=DUE - len(fell), bearing=0).items)


def _before(day: str, days: int) -> str:
    """So many days before one, for a bound: what falls due on a day itself is still to come."""
    return str(date.fromisoformat(day) - timedelta(days=days))
