"""The API's routes: counted for each client, given again while they hold, asked by HEAD as by GET, and failing with the one error
body wherever they stand.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Message, Receive, Scope, Send

from onrecord.web.api.desk import desk_of
from onrecord.web.api.giving import given
from onrecord.web.api.negotiation import LONGEST
from onrecord.web.problems import EXPECTED, as_json, problem_of


class Headed(APIRoute):
    """A route whose GET's answer a HEAD gets, all but the body."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As Starlette has it."""
        return super().matches(_as_get(scope))

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As Starlette has it."""
        head = scope["method"] == "HEAD"
        await super().handle(_as_get(scope), receive, _bodiless(send) if head else send)


class Route(Headed):
    """A route of the API."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """As FastAPI has it, counted, and with errors told as problem details: not all of these routes are under ``/api/``."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                desk_of(request.app).admit(request)
                if request.method != "GET":
                    return await handle(request)
                # By form, and with the host, which feeds and collections name themselves by.
                asked = f"{request.headers.get('accept', '')[:LONGEST]} {request.url}"
                return await given(request, asked, lambda: handle(request))
            except EXPECTED as error:
                response = as_json(problem_of(error))
                response.headers["cache-control"] = "no-store"
                return response

        return handled


def _as_get(scope: Scope) -> Scope:
    return {**scope, "method": "GET"} if scope["type"] == "http" and scope["method"] == "HEAD" else scope


def _bodiless(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def sent(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return sent
