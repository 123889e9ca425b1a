"""What others send: only pages of this server may, and only so much."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.datastructures import FormData
from starlette.types import Message

FIELDS = 40
ROOM = 10_000
"""Bytes of a form beside the longest text in it."""


def refuse_strangers(request: Request, *, form: bool = False) -> None:
    """Raise HTTPException (403) for what another site's page sends: browsers say whose page it is.

    A `form` of one of this server's own pages comes with the origin "null", since they have the referrer policy no-referrer
    (fetch.spec.whatwg.org, "append a request Origin header"); what a script of theirs sends has the true one.
    """
    origin = request.headers.get("origin")
    elsewhere = request.headers.get("sec-fetch-site", "none") in ("cross-site", "same-site")
    own = origin is None or (form and origin == "null") or _host(origin) == request.headers.get("host")
    if elsewhere or not own:
        raise HTTPException(403, "Pages of other sites may send nothing here.")


async def limited_body(request: Request, longest: int, *, room: int = 0) -> bytes:
    """The body. Raises HTTPException (413) as soon as it is seen to be longer than a text of `longest` bytes and `room` take."""
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > longest + room:
        raise _too_long(longest)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > longest + room:
            raise _too_long(longest)
    return bytes(body)


async def form_of(request: Request, longest: int) -> FormData:
    """The form's fields. Raises HTTPException (413) as soon as it is seen to be longer than a text of `longest` bytes takes."""
    body = await limited_body(request, longest, room=ROOM)
    read = Request(request.scope, _once(body))
    return await read.form(max_files=1, max_fields=FIELDS, max_part_size=longest + ROOM)


def _once(body: bytes) -> Callable[[], Awaitable[Message]]:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _too_long(longest: int) -> HTTPException:
    return HTTPException(413, f"A text or a file may have {longest:,} bytes.")
