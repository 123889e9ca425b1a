"""What forms send: only those of this server's own pages are taken, and only so long."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.datastructures import FormData
from starlette.types import Message

FIELDS = 40
ROOM = 10_000
"""Bytes of a form beside the longest text in it."""


def own_form(request: Request) -> None:
    """Raise HTTPException (403) for a form of another site's page: browsers say whose page sent it."""
    origin = request.headers.get("origin")
    elsewhere = request.headers.get("sec-fetch-site", "none") in ("cross-site", "same-site")
    if elsewhere or (origin not in (None, "null") and urlsplit(str(origin)).netloc != request.headers.get("host")):
        raise HTTPException(403, "Pages of other sites may not send forms here.")


async def form_of(request: Request, longest: int) -> FormData:
    """The form's fields. Raises HTTPException (413) as soon as it is seen to be longer than a text of `longest` bytes takes."""
    most = longest + ROOM
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > most:
        raise _too_long(longest)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise _too_long(longest)
    read = Request(request.scope, _once(bytes(body)))
    return await read.form(max_files=1, max_fields=FIELDS, max_part_size=most)


def _once(body: bytes) -> Callable[[], Awaitable[Message]]:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _too_long(longest: int) -> HTTPException:
    return HTTPException(413, f"A text may have {longest:,} bytes.")
