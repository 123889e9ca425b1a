"""Today: what came in last, what was foretold for these days, and where accounts clash."""

from __future__ import annotations

from datetime import date, timedelta

from fastapi import APIRouter, Request, Response

from onrecord.query import Library
from onrecord.query.against import LIKELY
from onrecord.query.pages import Tally
from onrecord.store.tallying import is_tallied
from onrecord.web.pages.clash import facing
from onrecord.web.pages.routing import Page, glance
from onrecord.web.rendering import render

ARTICLES = 24
DUE, LEADING = 6, 8
"""Predictions, and speakers, that are listed."""

CLASHES = 3

router = APIRouter(route_class=Page)


@router.get("/")
def today(request: Request, library: Library, cursor: str | None = None) -> Response:
    """The newest articles. Days are the record's own: where nothing was added for a year, its last day is what is new; of a store
    without any day nothing is due.
    """
    page = library.latest(size=ARTICLES, cursor=cursor)
    newest = page.items[0].article.published if page.items else None
    leading, outlets = _most_quoted(request, library) if cursor is None else ((), ())
    due = library.predictions(due_after=_before(newest), size=DUE, bearing=0).items if newest and not cursor else ()
    return render(
        request,
        "today.html",
        page=page,
        first=cursor is None,
        store=request.app.state.shelf.path.name,
        newest=newest,
        due=due,
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


def _before(day: str) -> str:
    """The day before one, as far as a bound needs it: what falls due on the day itself is still to come."""
    return str(date.fromisoformat(day) - timedelta(days=1))
