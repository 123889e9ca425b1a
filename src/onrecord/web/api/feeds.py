"""Atom feeds: what a search finds, what somebody says, where accounts clash; newest first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response

from onrecord.export.atom import AtomFeed, Entry, as_atom
from onrecord.export.entries import clash_entry, statement_entry
from onrecord.query import Library
from onrecord.query.clashes import found_last
from onrecord.query.collisions import Collision
from onrecord.query.names import resolve
from onrecord.query.pages import Hit
from onrecord.query.search import newest
from onrecord.web.api import options
from onrecord.web.api.answers import answer
from onrecord.web.api.models import PROBLEMS
from onrecord.web.api.negotiation import ATOM
from onrecord.web.api.questions import CLASHES, IDENTITY, PERSON, SEARCH
from onrecord.web.api.routing import Route

ENTRIES = 40

_DOCUMENT: dict[int | str, dict[str, Any]] = {
    200: {"content": {ATOM: {"schema": {"type": "string"}}}, "description": "A feed, newest first."}
}

router = APIRouter(prefix="/feeds", route_class=Route, responses=PROBLEMS, tags=["feeds"])


@router.get(SEARCH.removeprefix("/feeds"), response_class=Response, responses=_DOCUMENT)
def search(request: Request, asked: Annotated[options.FacetOptions, Query()]) -> Response:
    """What a search for words finds, the newest of it first."""
    chosen = asked.model_dump()
    words = chosen.pop("q")
    told = asked.model_dump(exclude_defaults=True)

    def feed(library: Library) -> bytes:
        title = _titled(f"Search: {words}" if words else "Statements", told)
        found = newest(library, words, size=ENTRIES, **chosen)
        return _feed(request, title, f"/search?{urlencode(told)}", map(_said, found))

    return answer(request, feed, media_type=ATOM)


@router.get(PERSON.removeprefix("/feeds"), response_class=Response, responses=_DOCUMENT)
def person(request: Request, id: Annotated[str, Path(pattern=IDENTITY)]) -> Response:
    """What somebody says, newest first."""

    def feed(library: Library) -> bytes:
        who = resolve(library, id)
        found = library.search("", speaker=who.identity, size=ENTRIES).items
        return _feed(request, who.name, f"/who/{who.identity}", map(_said, found))

    return answer(request, feed, media_type=ATOM)


@router.get(CLASHES.removeprefix("/feeds"), response_class=Response, responses=_DOCUMENT)
def clashes(request: Request, asked: Annotated[options.ClashNarrowing, Query()]) -> Response:
    """Where accounts differ, what was found last first."""
    chosen = asked.chosen()
    told = asked.model_dump(exclude_defaults=True)

    def feed(library: Library) -> bytes:
        found = found_last(library, size=ENTRIES, **chosen)
        return _feed(request, _titled("Clashes", told), f"/clashes?{urlencode(told, doseq=True)}", map(_clash, found))

    return answer(request, feed, media_type=ATOM)


def _titled(title: str, told: dict[str, Any]) -> str:
    """With what narrows it."""
    parts = [f"{name} {' and '.join(v) if isinstance(v, list) else v}" for name, v in told.items() if name != "q"]
    return f"{title} ({', '.join(parts)})" if parts else title


def _feed(request: Request, title: str, about: str, entries: Iterable[Entry]) -> bytes:
    base = str(request.base_url).rstrip("/")
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    digest = hashlib.sha256(about.encode()).hexdigest()[:16]
    listed = [replace(entry, about=f"{base}{entry.about}") for entry in entries]
    return as_atom(AtomFeed(f"urn:onrecord:feed:{digest}", f"onrecord: {title}", base + path, base + about, listed))


def _said(hit: Hit) -> Entry:
    return statement_entry(hit.utterance.said, hit.utterance.id, f"/statements/{hit.utterance.said.id}")


def _clash(clash: Collision) -> Entry:
    return clash_entry(clash, f"/clashes/{clash.id}")
