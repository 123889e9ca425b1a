"""How an answer is given: again where it is kept, made once however many ask for it, and made anew behind who has an old one."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from fastapi import Request, Response
from starlette.background import BackgroundTask
from starlette.responses import HTMLResponse

from onrecord.records import OnrecordError
from onrecord.web.api.desk import desk_of
from onrecord.web.keeping import OLD_S, YOUNG_S, Kept, KeptAnswer

PASSING = ""
"""The version of an answer of which a part is of an earlier one: no version's, so that it is given again for a while alone."""
KEPT = ("etag", "cache-control", "link", "vary")
"""Headers that are an answer's own."""

Make = Callable[[], Awaitable[Response]]
_log = logging.getLogger(__name__)


async def given(request: Request, asked: str, make: Make) -> Response:
    """The answer to what is asked, or 304 for whoever has it already.

    It is the one of the store as it stands; while articles are added it may be OLD_S seconds old, and then says so (``Age``), but
    not for whoever wants none that is kept (``Cache-Control: no-cache``). `make` makes one, of the request's version or later.
    """
    desk = desk_of(request.app)
    try:  # a look at the file: no thread is waited for
        version, growing = desk.version.now(), desk.version.growing()
    except OnrecordError:  # which is told by whoever makes it
        return await make()
    old = OLD_S if growing and not _insists(request) else 0.0
    kept = desk.answers.get(version, asked, old=old)
    while kept is None and await desk.makers.made(asked):  # one after another, where it may not be kept
        kept = desk.answers.get(version, asked, old=old)
    if kept is None:
        with desk.makers.making(asked):
            return await _made(request, version, asked, make)
    response = _again(request, kept)
    if kept.age is not None and kept.age >= YOUNG_S:
        response.background = BackgroundTask(_anew, request, asked, make)
    return response


def version_of(request: Request) -> str:
    """The version of the store that an answer is to be of. Raises StoreError."""
    found: str | None = getattr(request.state, "version", None)
    return desk_of(request.app).version.now() if found is None else found


def holds(request: Request, tag: str) -> bool:
    """Whether the client has the answer of that tag already."""
    return tag in (part.strip() for part in request.headers.get("if-none-match", "").split(","))


def pass_by(request: Request) -> None:
    """Say that a part of the answer is of an earlier version: it has no tag then, and is kept for a while alone."""
    request.state.passing = True


def is_passing(request: Request) -> bool:
    """Whether a part of the answer is of an earlier version."""
    return getattr(request.state, "passing", False)


def _insists(request: Request) -> bool:
    """Whether a client wants none that is older than now, as a browser does whose page is loaded anew by hand (RFC 9111)."""
    wants = {part.strip().lower() for part in request.headers.get("cache-control", "").split(",")}
    return bool(wants & {"no-cache", "max-age=0"})


async def _made(request: Request, version: str, asked: str, make: Make) -> Response:
    """A new answer, which is kept if it is one that may be."""
    request.state.version, request.state.passing = version, False
    response = await make()
    plain = type(response) in (Response, HTMLResponse) and response.status_code == 200
    if plain and (is_passing(request) or "etag" in response.headers):
        own = tuple((name, response.headers[name]) for name in KEPT if name in response.headers)
        answer = KeptAnswer(bytes(response.body), response.media_type or "", own)
        desk_of(request.app).answers.keep(PASSING if is_passing(request) else version, asked, answer)
    return response


async def _anew(request: Request, asked: str, make: Make) -> None:
    """Make an answer that the next are given; whoever asked has the old one already."""
    desk = desk_of(request.app)
    with desk.makers.behind(asked) as may:
        if not may:
            return
        try:
            with desk.makers.making(asked):
                await _made(request, desk.version.now(), asked, make)
        except Exception:  # whoever asks when the old one is too old is told of it
            _log.debug("%s", asked, exc_info=True)


def _again(request: Request, kept: Kept) -> Response:
    headers = dict(kept.answer.headers)
    if kept.age is not None:
        headers["age"] = str(int(kept.age))
    if "etag" in headers and holds(request, headers["etag"]):
        return Response(status_code=304, headers=headers)
    return Response(kept.answer.body, headers=headers, media_type=kept.answer.media_type)
