"""What is kept between requests: how much each client asked for, the store's version, answers, and the reader of texts."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Lock
from typing import Any

from anyio import to_thread
from fastapi import FastAPI, HTTPException, Request

from onrecord.web.api.limits import Buckets
from onrecord.web.api.reading import Readings
from onrecord.web.api.versions import Version
from onrecord.web.keeping import Answers, Glances, Makers
from onrecord.web.lending import LibraryPool

THREADS = max(4, 2 * (os.cpu_count() or 1))
"""That answer questions, of pages too: they share one interpreter. Of 50 readers on two cores a look took 27 ms of a core with 4
threads, 33 with 8, and 32 to 48 with the 40 that are anyio's own (benchmarks/serve_load.py), and the slowest
waited half as long."""

_making = Lock()


class Desk:
    """One for each application."""

    def __init__(self, libraries: LibraryPool) -> None:
        self.libraries = libraries
        self.version = Version(libraries.path)
        self.buckets = Buckets()
        self.readings = Readings()
        self.answers = Answers()
        self.makers = Makers()
        self.glances = Glances()

    def admit(self, request: Request, cost: float = 1.0) -> None:
        """Count a request. Raises HTTPException (429) where its client asks for too much."""
        client = request.client.host if request.client else ""
        if wait := self.buckets.take(client, cost):
            headers = {"retry-after": str(int(wait) + 1)}
            raise HTTPException(429, "You ask faster than this server answers one client.", headers)

    def close(self) -> None:
        """Let go of what is held."""
        self.version.close()
        self.readings.close()


def desk_of(app: FastAPI) -> Desk:
    """The desk of an application, made when it is first asked for."""
    with _making:
        if not hasattr(app.state, "desk"):
            app.state.desk = Desk(app.state.libraries)
        desk: Desk = app.state.desk
        return desk


@asynccontextmanager
async def living(app: FastAPI) -> AsyncIterator[None]:
    """Answer on few threads, and close the application's desk with it."""
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield
    desk: Any = getattr(app.state, "desk", None)
    if desk is not None:
        desk.close()
