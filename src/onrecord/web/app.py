"""The application: who may ask it, which rooms answer, and how errors are told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI, Request, Response
from starlette.staticfiles import StaticFiles

from onrecord import __version__
from onrecord.web.guarding import LOOPBACK, Guard
from onrecord.web.lending import Shelf
from onrecord.web.pages import router
from onrecord.web.problems import EXPECTED, Problem, answering
from onrecord.web.rendering import STATIC, render


def create_app(db: Path, *, write: bool = False, hosts: Sequence[str] = LOOPBACK) -> FastAPI:
    """The reading room over the store at `db`, which each request opens only to read.

    `write`: with the pages that change it. `hosts`: names under which it is asked ("*": any); others are refused. Its state has
    the `shelf` that lends the store (`onrecord.web.lending.Borrowed` is the parameter to ask for) and `write`.
    """

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.shelf.close()

    app = FastAPI(
        title="onrecord",
        version=__version__,
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=living,
    )
    app.state.shelf = Shelf(db)
    app.state.write = write
    answer = answering(_told)
    app.add_middleware(Guard, hosts=hosts, failed=answer)
    for kind in EXPECTED:
        app.add_exception_handler(kind, answer)
    if find_spec("onrecord.web.api") is not None:
        from importlib import import_module

        app.include_router(import_module("onrecord.web.api").router)
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def _told(request: Request, problem: Problem) -> Response:
    answer = render(request, "problem.html", status=problem.status, problem=problem)
    answer.headers.update(problem.headers or {})
    return answer
