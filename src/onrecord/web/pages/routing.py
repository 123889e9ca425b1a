"""The pages' routes: what was answered is answered again while the store is as it was."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, TypeVar, get_type_hints

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.responses import HTMLResponse

from onrecord.records import OnrecordError
from onrecord.web.api.desk import desk_of
from onrecord.web.keeping import YOUNG_S, Answer
from onrecord.web.lending import Shelf

PASSING = ""
"""The version of a page of which a part is of an earlier one: no version's, so that it is given again while it is young alone."""

T = TypeVar("T")


class Page(APIRoute):
    """A page. Of a server that takes no changes it hangs on its address and the store alone: it has a tag, and is kept.

    A parameter `library` is lent while the page is made, and no longer: as FastAPI's dependency it would be held by everybody who
    waits for a thread, and wait for one itself when it is taken and given back.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, _lending(endpoint), **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """As FastAPI has it."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            if request.method != "GET" or request.app.state.write:
                return await handle(request)
            desk, asked = desk_of(request.app), f"page {request.url.path}?{request.url.query}"
            try:  # a look at the file: no thread is waited for
                version, growing = desk.version.now(), desk.version.growing()
            except OnrecordError:  # which the page tells
                return await handle(request)
            tag = f'W/"{version}-page"'
            if tag in (part.strip() for part in request.headers.get("if-none-match", "").split(",")):
                return Response(status_code=304, headers={"etag": tag})
            if (kept := desk.answers.get(version, asked, young=YOUNG_S if growing else 0.0)) is not None:
                return Response(kept.body, headers=dict(kept.headers), media_type=kept.media_type)
            response = await handle(request)
            if isinstance(response, HTMLResponse) and response.status_code == 200:
                passing = _is_passing(request)
                if not passing:
                    response.headers["etag"] = tag
                own = tuple((name, response.headers[name]) for name in ("etag", "vary") if name in response.headers)
                kept = Answer(bytes(response.body), "text/html", own)
                desk.answers.keep(PASSING if passing else version, asked, kept)
            return response

        return handled


def _lending(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """The same without its parameter `library`."""
    own = inspect.signature(endpoint)
    if "library" not in own.parameters:
        return endpoint
    types = get_type_hints(endpoint, include_extras=True)
    told = [p.replace(annotation=types[name]) for name, p in own.parameters.items() if name != "library"]

    @wraps(endpoint)
    def lent(request: Request, **values: Any) -> Any:
        shelf: Shelf = request.app.state.shelf
        with shelf.lent() as library:
            return endpoint(request=request, library=library, **values)

    lent.__signature__ = own.replace(parameters=told, return_annotation=types["return"])  # type: ignore[attr-defined]
    del lent.__wrapped__  # which FastAPI would look through
    return lent


def glance(request: Request, name: str, make: Callable[[], T]) -> T:
    """What tells of the whole record, as it was a minute ago at most. A page with an old one has no tag, and passes."""
    desk = desk_of(request.app)
    value, current = desk.glances.get(name, desk.version.now(), make)
    if not current:
        request.state.passing = True
    return value


def _is_passing(request: Request) -> bool:
    return getattr(request.state, "passing", False)
