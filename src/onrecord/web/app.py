"""The application: who may ask it, which rooms answer, and how errors are told."""

from __future__ import annotations

from asyncio import Lock
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from starlette.staticfiles import StaticFiles

from onrecord import __version__
from onrecord.web import api
from onrecord.web.guarding import LOOPBACK, Guard
from onrecord.web.keys import ServerKeys
from onrecord.web.lending import LibraryPool
from onrecord.web.pages import changing, router
from onrecord.web.problems import EXPECTED, Problem, answering
from onrecord.web.rendering import STATIC, render


def create_app(db: Path, *, write: bool = False, hosts: Sequence[str] = LOOPBACK) -> FastAPI:
    """The reading room over the store at `db`, which each request opens only to read.

    `write`: with the pages that change it, for whoever enters by the token of its state's `keys`. `hosts`: names under which it
    is asked ("*": any); others are refused. Its state has `libraries`, which lends the store, and `write`.
    """

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.libraries.close()

    app = FastAPI(
        title="onrecord",
        version=__version__,
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=living,
    )
    app.state.libraries = LibraryPool(db)
    app.state.write = write
    app.state.keys, app.state.writing, app.state.models = ServerKeys(), Lock(), None
    answer = answering(_told)
    app.add_middleware(Guard, hosts=hosts, failed=answer)
    for kind in EXPECTED:
        app.add_exception_handler(kind, answer)
    app.include_router(api.router)  # before the pages: at their addresses it answers who would rather have data
    app.include_router(router)
    if write:
        app.include_router(changing)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def _told(request: Request, problem: Problem) -> Response:
    answer = render(request, "problem.html", status=problem.status, problem=problem)
    answer.headers.update(problem.headers or {})
    return answer
