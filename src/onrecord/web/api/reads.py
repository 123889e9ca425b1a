"""``POST /api/read``: who said what in a text that is not kept."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from onrecord.records import WireRecord, to_wire
from onrecord.web.api.answers import as_json_bytes
from onrecord.web.api.desk import desk_of
from onrecord.web.api.models import PROBLEMS, model_of
from onrecord.web.api.negotiation import JSON
from onrecord.web.api.reading import MOST_BYTES, ReadRequest, read
from onrecord.web.api.routing import Route
from onrecord.web.forms import limited_body, refuse_strangers

COST = 20.0
"""Requests that a text counts as: a client may have some two read a second, and ten at the beginning."""

_TEXT = {"schema": {"type": "string", "minLength": 1}}
_BODY = {
    "required": True,
    "content": {JSON: {"schema": ReadRequest.model_json_schema()}, "text/plain": _TEXT, "text/html": _TEXT},
}

router = APIRouter(prefix="/api", route_class=Route, responses=PROBLEMS, tags=["reading"])


@router.post("/read", response_model=model_of(WireRecord), openapi_extra={"requestBody": _BODY})
async def read_text(request: Request) -> Response:
    """The record of a text, which is read and not stored. A text may have 1 MB; few are read at a time (503, Retry-After)."""
    refuse_strangers(request)
    desk = desk_of(request.app)
    desk.admit(request, COST)
    body = await limited_body(request, MOST_BYTES)
    kind = request.headers.get("content-type", "")

    def work() -> bytes:
        return as_json_bytes(to_wire(read(body, kind)))

    content = await desk.readings.do(work)
    return Response(content, headers={"cache-control": "no-store"}, media_type=JSON)
