"""Answers as HTTP has them: JSON with a tag that spares whoever has it already a second copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request, Response

from onrecord.query import Library, as_plain
from onrecord.query.pages import Page
from onrecord.store.rows import dump
from onrecord.web.api.desk import desk_of
from onrecord.web.api.giving import holds, pass_by, version_of
from onrecord.web.api.negotiation import JSON

REVALIDATE = "private, no-cache"
"""Keep it, but ask each time whether it still holds: that costs the server one look at the store's version."""


@dataclass(frozen=True, slots=True)
class Passing:
    """An answer of the store as it was a while ago: it has no tag, and is kept for a while alone."""

    value: object


def answer(
    request: Request,
    ask: Callable[[Library], object],
    *,
    media_type: str = JSON,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer to a question as JSON (or as the bytes that `ask` gives), or 304 for whoever has it already.

    The tag is the store's version: whatever was asked, the answer is as it was until something is written. It is told before the
    store is read, so that an answer is never older than its tag. Runs in a thread of its own.
    """
    # The same answer in another form is another one. Weak, since a proxy may compress it.
    form = media_type.rpartition("/")[2].strip('"')
    tag = f'W/"{version_of(request)}-{form}"'
    own = {"etag": tag, "cache-control": REVALIDATE, **(headers or {})}
    if holds(request, tag):
        return Response(status_code=304, headers=own)
    with desk_of(request.app).libraries.lent() as library:
        found = ask(library)
    if isinstance(found, Passing):
        pass_by(request)
        del own["etag"]
        found = found.value
    content = found if isinstance(found, bytes) else as_json_bytes(as_plain(found))
    if isinstance(found, Page) and found.cursor is not None:
        own["link"] = ", ".join(filter(None, (own.get("link"), f'<{_next(request, found.cursor)}>; rel="next"')))
    return Response(content, headers=own, media_type=media_type)


def as_json_bytes(value: object) -> bytes:
    """JSON in UTF-8. What UTF-8 cannot hold (half a character) is escaped as JSON has it."""
    return dump(value).encode("utf-8", "backslashreplace")


def _next(request: Request, cursor: str) -> str:
    """The address of the next page: the same question, with the place to go on from."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{request.url.path}?{urlencode([*asked, ('cursor', cursor)])}"
