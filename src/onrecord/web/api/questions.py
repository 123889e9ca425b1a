"""The questions under ``/api/``, as the command line asks them."""

from __future__ import annotations

from typing import Annotated, Any, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response

from onrecord.query import Library
from onrecord.query.collisions import Collision, CollisionInFull
from onrecord.query.pages import (
    Choice,
    Citation,
    EntityInFull,
    Facets,
    Foretold,
    Happening,
    Ledger,
    Page,
    Results,
    Tallies,
    Who,
)
from onrecord.store.tallying import is_tallied
from onrecord.web.api import options
from onrecord.web.api.answers import Passing, answer
from onrecord.web.api.desk import desk_of
from onrecord.web.api.models import PROBLEMS, model_of
from onrecord.web.api.negotiation import ATOM
from onrecord.web.api.options import AskingOptions
from onrecord.web.api.routing import Route

router = APIRouter(prefix="/api", route_class=Route, responses=PROBLEMS, tags=["questions"])

IDENTITY = r"^([a-z]{3}-[0-9a-f]{4,64}|Q[1-9][0-9]{0,12})$"
"""An identity's id, or the beginning of one."""
IdentityId = Annotated[str, Path(pattern=IDENTITY, description="An identity's id.")]
StatementId = Annotated[str, Path(pattern=r"^stm-[0-9a-f]{4,64}$", description="A statement's id.")]


ClashId = Annotated[str, Path(pattern=r"^cls-[0-9a-f]{4,64}$", description="A clash's id.")]

SEARCH, PERSON, CLASHES = "/feeds/search.atom", "/feeds/who/{id}.atom", "/feeds/clashes.atom"
"""Where the feeds stand (onrecord.web.api.feeds)."""


def feed_of(feed: str, **asked: object) -> str:
    """The address of the feed of a question, with what it is narrowed by."""
    told = urlencode({name: value for name, value in asked.items() if value is not None and value != ""}, doseq=True)
    return f"{feed}?{told}" if told else feed


@router.get("/who", response_model=model_of(Who))
def who(request: Request, asked: Annotated[options.WhoOptions, Query()]) -> Response:
    """Everything that somebody said, oldest first, an entry for each utterance."""
    return answer(request, lambda library: library.who(**asked.model_dump()))


@router.get("/search", response_model=model_of(Results))
def search(request: Request, asked: Annotated[options.SearchOptions, Query()]) -> Response:
    """Statements by words and meaning, best first; without words all, newest first."""
    chosen = asked.model_dump()
    narrowing = options.FacetOptions.model_fields.keys() & asked.model_fields_set
    feed = feed_of(SEARCH, **{name: getattr(asked, name) for name in sorted(narrowing)})
    links = {"link": f'<{feed}>; rel="alternate"; type="{ATOM}"'}
    return answer(request, lambda library: library.search(chosen.pop("q"), **chosen), headers=links)


@router.get("/facets", response_model=model_of(Facets))
def facets(request: Request, asked: Annotated[options.FacetOptions, Query()]) -> Response:
    """By what a search can be narrowed further."""
    chosen = asked.model_dump()
    return answer(request, lambda library: library.facets(chosen.pop("q"), **chosen))


@router.get("/statements/{id}/citation", response_model=model_of(Citation))
def citation(request: Request, id: StatementId) -> Response:
    """What a statement is cited by."""
    return answer(request, lambda library: library.cite(id))


@router.get("/entities", response_model=model_of(Page[Choice]))
def entities(request: Request, asked: Annotated[options.EntitiesOptions, Query()]) -> Response:
    """Who is in the record, those that most articles name first; or all whom a name may mean."""
    return answer(request, lambda library: library.entities(**asked.model_dump()))


@router.get("/entities/{id}", response_model=model_of(EntityInFull))
def entity(request: Request, id: IdentityId, asked: Annotated[options.Paging, Query()]) -> Response:
    """One of them in full, with the evidence of each link."""
    links = {"link": f'<{PERSON.format(id=id)}>; rel="alternate"; type="{ATOM}"'}
    return answer(request, lambda library: library.entity(id, **asked.model_dump()), headers=links)


@router.get("/stats", response_model=model_of(Tallies))
def stats(request: Request, asked: Annotated[options.StatsOptions, Query()]) -> Response:
    """Counts by speaker, outlet, day, month, year, act or form. Of the whole record they may be a minute old while articles are
    added, and then have no ETag.
    """
    told = cast(Any, asked.model_dump())
    if any(told[name] for name in AskingOptions.model_fields):
        return answer(request, lambda library: library.stats(**told))

    def ask(library: Library) -> Tallies | Passing:
        if is_tallied(library.connection):
            return library.stats(**told)
        desk, name = desk_of(request.app), f"stats {asked.by} {asked.corrected} {asked.size} {asked.cursor}"
        found, current = desk.glances.get(name, desk.version.now(), lambda: library.stats(**told))
        return found if current else Passing(found)

    return answer(request, ask)


@router.get("/events", response_model=model_of(Page[Happening]))
def events(request: Request, asked: Annotated[options.EventsOptions, Query()]) -> Response:
    """Who did what to whom, each with whoever asserts it, newest first."""
    return answer(request, lambda library: library.events(**asked.model_dump()))


@router.get("/figures", response_model=model_of(Page[Ledger]))
def figures(request: Request, asked: Annotated[options.FiguresOptions, Query()]) -> Response:
    """What was counted, a ledger for each matter."""
    return answer(request, lambda library: library.figures(**asked.model_dump()))


@router.get("/predictions", response_model=model_of(Page[Foretold]))
def predictions(request: Request, asked: Annotated[options.PredictionsOptions, Query()]) -> Response:
    """What was foretold or promised, with what came later that bears on it."""
    return answer(request, lambda library: library.predictions(**asked.model_dump()))


@router.get("/clashes", response_model=model_of(Page[Collision]))
def clashes(request: Request, asked: Annotated[options.ClashesOptions, Query()]) -> Response:
    """Where accounts differ, the surest first; which one is right is not told."""
    links = {"link": f'<{CLASHES}>; rel="alternate"; type="{ATOM}"'}
    return answer(request, lambda library: library.clashes(**asked.chosen()), headers=links)


@router.get("/clashes/{id}", response_model=model_of(CollisionInFull))
def clash(request: Request, id: ClashId) -> Response:
    """One clash, with both passages."""
    return answer(request, lambda library: library.clash(id))
