"""Atom feeds: what a search finds, what somebody says, where accounts clash; newest first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response

from onrecord.export.atom import Entry, Feed, as_atom
from onrecord.query import Library
from onrecord.query.clashes import found_last
from onrecord.query.collisions import Account, Collision
from onrecord.query.names import resolve
from onrecord.query.pages import ArticleRef, Hit
from onrecord.query.search import newest
from onrecord.records import JOINT
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
    return as_atom(Feed(f"urn:onrecord:feed:{digest}", f"onrecord: {title}", base + path, base + about, listed))


def _said(hit: Hit) -> Entry:
    utterance, said = hit.utterance, hit.utterance.said
    speaker = said.speaker or "Speaker not told"
    return Entry(
        id=f"urn:onrecord:{utterance.id}",
        title=f"{speaker}: {said.content or said.cue}",
        text=f"{speaker} {said.cue}: {said.content}\n\n{_printed(said.article, said.day)}",
        moment=said.day,
        authors=tuple(said.speaker.split(JOINT)) if said.speaker else (),
        about=f"/statements/{said.id}",
        via=said.article.url,
        category=said.act,
    )


def _clash(clash: Collision) -> Entry:
    sides = [f"{_who(side)}: {side.words}\n{_printed(side.article, side.day)}" for side in (clash.a, clash.b)]
    return Entry(
        id=f"urn:onrecord:{clash.id}",
        title=f"{_who(clash.a)} / {_who(clash.b)}: {clash.matter}",
        text="\n\n".join(sides),
        moment=clash.found,
        authors=tuple(dict.fromkeys(side.speaker for side in (clash.a, clash.b) if side.speaker)),
        about=f"/clashes/{clash.id}",
        category=clash.kind,
    )


def _who(side: Account) -> str:
    return side.speaker or side.article.outlet or "Speaker not told"


def _printed(article: ArticleRef, day: str | None) -> str:
    return ", ".join(part for part in (article.title, article.outlet, day) if part)
