"""What went wrong, told the same way everywhere: as a page to people, as JSON (RFC 9457) under ``/api/``."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import JSONResponse

from onrecord.query import as_plain
from onrecord.query.pages import ArticleRef, Choice
from onrecord.records import (
    BusyError,
    InputError,
    MalformedError,
    NoStoreError,
    NotFoundError,
    NotTextError,
    OnrecordError,
    TakenDownError,
    TooLargeError,
    UnclearError,
    WeightsError,
)

API = "/api/"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong. `choices`: whom a name may have meant, where several fit."""

    status: int
    title: str
    detail: str
    choices: tuple[Choice | ArticleRef, ...] = ()
    headers: dict[str, str] | None = None


def problem_of(error: Exception) -> Problem:
    """What an error means to whoever asked. What is no fault of theirs is told without particulars, and logged."""
    if isinstance(error, UnclearError):
        choices = tuple(c for c in error.choices if isinstance(c, Choice | ArticleRef))
        title = "Several are called so" if error.several else "Not in the record"
        return Problem(404, title, f"“{error.origin}”: {error.reason}.", choices)
    if isinstance(error, TooLargeError):
        return Problem(413, "Too long", f"{error}.")
    if isinstance(error, NotTextError):
        return Problem(400, "Not a text", f"{error}.")
    if isinstance(error, MalformedError):
        return Problem(400, "Not understood", f"{error}.")
    if isinstance(error, RequestValidationError):
        return Problem(400, "Not understood", "; ".join(_wrong(e) for e in error.errors()[:5]))
    if isinstance(error, StarletteHTTPException):
        headers = dict(error.headers) if error.headers else None
        phrase = HTTPStatus(error.status_code).phrase
        title = "No such page" if error.status_code == 404 else phrase
        # Starlette's own detail only says again what the title says.
        detail = _MEANS.get(error.status_code, phrase) if error.detail == phrase else str(error.detail)
        return Problem(error.status_code, title, detail, headers=headers)
    if isinstance(error, BusyError):
        return Problem(503, "The store is being written to", f"{error.reason}.", headers={"retry-after": "5"})
    if isinstance(error, NoStoreError):
        return Problem(503, "The store is not there", "Its file was moved or taken away while it was read.")
    if isinstance(error, TakenDownError):
        return Problem(410, "Taken down", f"“{error.origin}”: {error.reason}.")
    if isinstance(error, NotFoundError):
        return Problem(404, "Not in the record", f"“{error.origin}”: {error.reason}.")
    if isinstance(error, InputError):
        return Problem(400, "Cannot be read", f"{error}.")
    if isinstance(error, WeightsError):
        _log.error("the model cannot be loaded: %s", error)
        return Problem(
            503, "The model is not there", "Its files are missing or damaged. The log of the server says which."
        )
    _log.error("a request failed", exc_info=error)
    if isinstance(error, OnrecordError):
        return Problem(503, "The store cannot be read", "The log of the server says why.")
    return Problem(
        500, "Something went wrong here", "It is no fault of the question's. The log of the server says more."
    )


_MEANS = {
    404: "Nothing has this address. /api/openapi.json lists those of the API.",
    405: "This address is not asked so: questions take GET.",
}
"""What a status means, in words."""


def _wrong(error: Mapping[str, Any]) -> str:
    """What is wrong with one parameter, in words for whoever asked."""
    name = ".".join(str(part) for part in error["loc"][1:])
    if error["type"] == "extra_forbidden":
        other = "; size tells how many entries are wanted" if name in ("limit", "count", "per_page") else ""
        return f"{name}: no such parameter here{other}; /api/openapi.json has all that there are"
    if error["type"] == "missing":
        return f"{name}: it is needed"
    if error["type"] == "string_pattern_mismatch":
        known = next(
            (told for start, told in _FORMS.items() if str(error["ctx"]["pattern"]).startswith(start)), error["msg"]
        )
        return f"{name}: {str(error['input'])[:100]!r} is {known}"
    if error["type"] == "string_too_long":
        return f"{name}: it has more than {error['ctx']['max_length']:,} characters"
    return f"{name}: {error['msg']}"


_FORMS = {
    "^[0-9]{4}": "no year, month or day (2024, 2024-05, 2024-05-01)",
    "^art-": "no id of an article (art- and 4 hex digits or more)",
    "^stm-": "no id of a statement (stm- and 4 hex digits or more)",
}
"""Patterns of parameters by their beginning, in words."""


def as_json(problem: Problem) -> Response:
    """The one error body of the API: ``type``, ``title``, ``status``, ``detail``, and ``choices`` where there are any."""
    body: dict[str, object] = {"type": "about:blank", "title": problem.title, "status": problem.status}
    body |= {"detail": problem.detail}
    body |= {"choices": as_plain(problem.choices)} if problem.choices else {}
    return JSONResponse(body, problem.status, problem.headers, media_type="application/problem+json")


Answer = Callable[[Request, Exception], Awaitable[Response]]


def answering(page: Callable[[Request, Problem], Response]) -> Answer:
    """What answers errors: under ``/api/`` as JSON, elsewhere by `page`."""

    async def answered(request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        return as_json(problem) if f"{request.url.path}/".startswith(API) else page(request, problem)

    return answered


EXPECTED = (OnrecordError, StarletteHTTPException, RequestValidationError)
"""Errors that a request may well meet; of others the Guard takes care."""
