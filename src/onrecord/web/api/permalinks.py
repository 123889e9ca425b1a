"""Addresses of articles and statements: a page for people, JSON, schema.org or Web Annotations for programs, as they ask.

The addresses without ``/api`` are the permalinks. A client that would rather have a page than any of these forms is left to the
page's own route, which stands behind these.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from starlette.datastructures import Headers
from starlette.routing import Match
from starlette.types import Scope

from onrecord.query.pages import Utterance
from onrecord.web.api.answers import answer
from onrecord.web.api.models import PROBLEMS, model_of
from onrecord.web.api.negotiation import ANNOTATION, HTML, JSON, JSON_LD, preferred
from onrecord.web.api.questions import StatementId
from onrecord.web.api.routing import Route
from onrecord.web.api.statements import ArticleInFull, article_as, statement_as

FORMS = (JSON, JSON_LD, ANNOTATION)

ArticleId = Annotated[str, Path(pattern=r"^art-[0-9a-f]{4,64}$", description="An article's id.")]


class Negotiated(Route):
    """A route that is there only for those who would rather have one of FORMS than a page."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As Starlette has it."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return Match.NONE, {}
        if preferred(Headers(scope=scope).get("accept"), (HTML, *FORMS)) in (HTML, None):
            return Match.NONE, {}
        return super().matches(scope)


router = APIRouter(prefix="/api", route_class=Route, responses=PROBLEMS, tags=["permalinks"])
pages = APIRouter(route_class=Negotiated, include_in_schema=False)

_IN_FORMS: dict[int | str, dict[str, Any]] = {200: {"content": {JSON_LD: {"schema": {"type": "object"}}}}}


@router.get("/articles/{id}", response_model=model_of(ArticleInFull), responses=_IN_FORMS)
@pages.get("/articles/{id}")
def article(request: Request, id: ArticleId) -> Response:
    """An article as it was read: JSON, or JSON-LD of schema.org, or (with its profile) a collection of Web Annotations."""
    form, path = _form(request), f"/articles/{id}"
    address = f"{str(request.base_url).rstrip('/')}{path}"
    return answer(
        request,
        lambda library: article_as(library, id, form, address),
        media_type=form,
        headers=_headers(path),
    )


@router.get("/statements/{id}", response_model=model_of(Utterance), responses=_IN_FORMS)
@pages.get("/statements/{id}")
def statement(request: Request, id: StatementId) -> Response:
    """A statement with its printings: JSON, or JSON-LD of schema.org, or (with its profile) a Web Annotation."""
    form, path = _form(request), f"/statements/{id}"
    return answer(request, lambda library: statement_as(library, id, form), media_type=form, headers=_headers(path))


def _form(request: Request) -> str:
    """The form that is asked for; JSON for whoever takes none of them: better than nothing."""
    return preferred(request.headers.get("accept"), FORMS) or JSON


def _headers(path: str) -> dict[str, str]:
    """Where the same stands in the other forms."""
    forms = "".join(f', <{path}>; rel="alternate"; type={_quoted(form)}' for form in (HTML, *FORMS))
    return {"vary": "Accept", "link": f'<{path}>; rel="canonical"{forms}'}


def _quoted(media_type: str) -> str:
    escaped = media_type.replace('"', '\\"')
    return f'"{escaped}"'
