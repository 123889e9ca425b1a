"""The pages' routes: what was answered is answered again while the store is as it was."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Annotated, Any, TypeVar, get_type_hints

from fastapi import Query, Request, Response
from starlette.responses import HTMLResponse

from onrecord.query.pages import Choice
from onrecord.records import MalformedError, OnrecordError, UnclearError
from onrecord.web.api.desk import desk_of
from onrecord.web.api.giving import given, holds, is_passing, pass_by, version_of
from onrecord.web.api.routing import Headed
from onrecord.web.lending import LibraryPool
from onrecord.web.problems import Problem, problem_of

LONGEST_TEXT = 1_000
"""Characters of a field, as of the API's: whatever a page's link asks, the page that it leads to takes."""
Text = Annotated[str, Query(max_length=LONGEST_TEXT)]

T = TypeVar("T")


class PageRoute(Headed):
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

            async def make() -> Response:
                try:
                    tag = f'W/"{version_of(request)}-page"'
                except OnrecordError:  # which the page tells, if it asks the store
                    return await handle(request)
                if holds(request, tag):
                    return Response(status_code=304, headers={"etag": tag})
                response = await handle(request)
                if isinstance(response, HTMLResponse) and response.status_code == 200 and not is_passing(request):
                    response.headers["etag"] = tag
                return response

            return await given(request, f"page {request.url.path}?{request.url.query}", make)

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
        libraries: LibraryPool = request.app.state.libraries
        with libraries.lent() as library:
            return endpoint(request=request, library=library, **values)

    lent.__signature__ = own.replace(parameters=told, return_annotation=types["return"])  # type: ignore[attr-defined]
    del lent.__wrapped__  # which FastAPI would look through
    return lent


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a question has no answer; where a name may mean several, each with the address of the same question of that one."""

    problem: Problem
    ways: tuple[tuple[Choice, str], ...]


def tried(request: Request, ask: Callable[[], T], none: T) -> tuple[T, Wrong | None]:
    """What a question answers; else `none`, and what its page shows beside its form, which keeps all that was asked."""
    try:
        return ask(), None
    except (UnclearError, MalformedError) as error:
        problem = problem_of(error)
        problem = replace(problem, detail=problem.detail[0].upper() + problem.detail[1:])
        params = request.query_params
        field = next((name for name, value in params.items() if value.strip() == error.origin), None)
        meant = [choice for choice in problem.choices if isinstance(choice, Choice)] if field else []
        url = request.url.remove_query_params(["cursor"])
        ways = [(one, url.include_query_params(**{str(field): one.identity})) for one in meant]
        return none, Wrong(problem, tuple((one, f"{way.path}?{way.query}") for one, way in ways))


def tomorrow() -> str:
    """The last day on which anything may have been published: east of here it is a day later already."""
    return (datetime.now(UTC) + timedelta(days=1)).date().isoformat()


def glance(request: Request, name: str, make: Callable[[], T]) -> T:
    """What tells of the whole record, as it was a minute ago at most. A page with an old one has no tag, and passes."""
    desk = desk_of(request.app)
    value, current = desk.glances.get(name, desk.version.now(), make)
    if not current:
        pass_by(request)
    return value
