"""Atom feeds: what a search finds, what somebody says, where accounts clash; newest first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response

from onrecord.query import Library
from onrecord.query.pages import Hit, Utterance
from onrecord.records import JOINT
from onrecord.web.api import options
from onrecord.web.api.answers import answer
from onrecord.web.api.atom import Entry, Feed, as_atom
from onrecord.web.api.models import PROBLEMS
from onrecord.web.api.negotiation import ATOM
from onrecord.web.api.questions import IDENTITY
from onrecord.web.api.routing import Route

ENTRIES = 40
WINDOWS = (30, 365)
"""Days before the newest statement within which a search for words is asked first: it ranks by words, a feed by days."""

_DOCUMENT: dict[int | str, dict[str, Any]] = {
    200: {"content": {ATOM: {"schema": {"type": "string"}}}, "description": "A feed, newest first."}
}

router = APIRouter(prefix="/feeds", route_class=Route, responses=PROBLEMS, tags=["feeds"])


@router.get("/search.atom", response_class=Response, responses=_DOCUMENT)
def search(request: Request, asked: Annotated[options.FacetOptions, Query()]) -> Response:
    """What a search for words finds, the newest of it first."""
    chosen = asked.model_dump()
    words = chosen.pop("q")
    told = asked.model_dump(exclude_defaults=True)

    def feed(library: Library) -> bytes:
        title = f"Search: {words}" if words else "Statements"
        narrowing = ", ".join(f"{name} {value}" for name, value in told.items() if name != "q")
        named = f"{title} ({narrowing})" if narrowing else title
        return _feed(request, named, f"/search?{urlencode(told)}", _newest(library, words, chosen))

    return answer(request, feed, media_type=ATOM)


@router.get("/who/{id}.atom", response_class=Response, responses=_DOCUMENT)
def person(request: Request, id: Annotated[str, Path(pattern=IDENTITY)]) -> Response:
    """What somebody says, newest first."""

    def feed(library: Library) -> bytes:
        who = library.entity(id, size=1).who
        assert who is not None  # else it had been unclear
        found = library.search("", speaker=who.identity, size=ENTRIES).items
        return _feed(request, who.name, f"/who/{who.identity}", found)

    return answer(request, feed, media_type=ATOM)


def _newest(library: Library, words: str, chosen: dict[str, Any]) -> list[Hit]:
    """What has the words, newest first. A search shows the best first: it is asked for the newest days alone, while they do."""
    if not words.strip():
        return list(library.search("", size=ENTRIES, **chosen).items)
    found = list[Hit]()
    for since in _windows(library, chosen):
        found = list(library.search(words, meaning=False, size=ENTRIES * 3, **{**chosen, "since": since}).items)
        if len(found) >= ENTRIES:
            break
    return sorted(found, key=lambda hit: hit.utterance.said.day or "", reverse=True)[:ENTRIES]


def _windows(library: Library, chosen: dict[str, Any]) -> Iterable[str | None]:
    """Days to begin with, later ones first; at last what was asked for."""
    newest = library.search("", size=1, **chosen).items
    day = newest[0].utterance.said.day if newest else None
    if day is not None and len(day) == len("2024-05-01"):
        for days in WINDOWS:
            since = (date.fromisoformat(day) - timedelta(days)).isoformat()
            if chosen["since"] is None or since > chosen["since"]:
                yield since
    yield chosen["since"]


def _feed(request: Request, title: str, about: str, hits: Iterable[Hit]) -> bytes:
    base = str(request.base_url).rstrip("/")
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    digest = hashlib.sha256(about.encode()).hexdigest()[:16]
    entries = [_entry(base, hit.utterance) for hit in hits]
    return as_atom(Feed(f"urn:onrecord:feed:{digest}", f"onrecord: {title}", base + path, base + about, entries))


def _entry(base: str, utterance: Utterance) -> Entry:
    said = utterance.said
    speaker = said.speaker or "Speaker not told"
    printed = ", ".join(part for part in (said.article.title, said.article.outlet, said.day) if part)
    return Entry(
        id=f"urn:onrecord:{utterance.id}",
        title=f"{speaker}: {said.content or said.cue}",
        text=f"{speaker} {said.cue}: {said.content}\n\n{printed}",
        day=said.day,
        authors=tuple((said.speaker or "").split(JOINT)) if said.speaker else (),
        about=f"{base}/statements/{said.id}",
        via=said.article.url,
        category=said.act,
    )
