"""Reading a text without storing it: so many at a time, so long a text, so long a wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from fastapi import HTTPException
from pydantic import BaseModel, ConfigDict, Field, ValidationError

import onrecord
from onrecord.articles import build_article
from onrecord.records import InputError, MalformedError, RawDocument, Record
from onrecord.sources import documents, unify_newlines
from onrecord.sources.streams import media_type

MOST_BYTES = 1_000_000
"""Of a body: some 150,000 words, more than any article."""
AT_ONCE, WAITING = 2, 8
"""Texts that are read at a time (one of them has every core now and then), and that may wait for it."""
LONGEST_S = 60.0
"""A text of MOST_BYTES takes some 40 seconds on two cores."""

T = TypeVar("T")


class ReadRequest(BaseModel):
    """A text to be read, with what is known of it."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1)
    published: str | None = Field(default=None, max_length=40, description="The day on which it appeared (ISO 8601).")
    title: str | None = Field(default=None, max_length=1_000)
    outlet: str | None = Field(default=None, max_length=1_000)
    url: str | None = Field(default=None, max_length=2_000, description="Kept with the article; never fetched.")


class Readings:
    """Threads that read texts, few at a time. A text that takes too long keeps its thread until it is read."""

    def __init__(self, *, at_once: int = AT_ONCE, waiting: int = WAITING, longest: float = LONGEST_S) -> None:
        self._executor = ThreadPoolExecutor(at_once, thread_name_prefix="reading")
        self._most = at_once + waiting
        self._longest = longest
        self._inside = 0
        self._lock = Lock()

    async def do(self, work: Callable[[], T]) -> T:
        """What `work` gives. Raises HTTPException (503) where too many wait already, or after the longest time."""
        return await self.end(self.begin(work))

    def begin(self, work: Callable[[], T]) -> Future[T]:
        """Have `work` done as soon as it is its turn; whoever begins it must `end` it. Raises HTTPException (503)."""
        with self._lock:
            if self._inside >= self._most:
                raise _later("Too many texts are waiting to be read.", 10)
            self._inside += 1
        future = self._executor.submit(work)
        future.add_done_callback(self._leave)
        return future

    async def end(self, future: Future[T]) -> T:
        """What was begun gives. Raises HTTPException (503) after the longest time."""
        try:
            return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(future)), self._longest)
        except TimeoutError as error:
            raise _later("The text took too long to read.", 30) from error
        finally:
            future.cancel()  # whoever went away, or waited in vain, is not read any more

    def close(self) -> None:
        """Begin nothing more."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _leave(self, _: Future[T]) -> None:
        with self._lock:
            self._inside -= 1


def _later(detail: str, seconds: int) -> HTTPException:
    return HTTPException(503, detail, {"retry-after": str(seconds)})


def read(body: bytes, content_type: str) -> Record:
    """The record of a text; the model is loaded at the first one.

    Raises HTTPException (415) for a kind of body that is not read, MalformedError for one that is not of its kind, WeightsError.
    """
    kind, charset = media_type(content_type)
    try:
        document, published = _document(body, kind, charset)
        article = build_article(document, published=published)
    except InputError as error:
        field = "published: " if error.origin == "--published" else ""  # which names the option of the command line
        raise MalformedError("body", field + error.reason) from error
    return onrecord.read(article)


def _document(body: bytes, kind: str, charset: str | None) -> tuple[RawDocument, str | None]:
    """The document that a body is, and the day of publication where it is given."""
    if kind == "application/json":
        return _json_document(body)
    if kind == "text/html":
        return documents.page(body, "body", source_id=None, charset=charset), None
    if kind == "text/plain":
        return documents.plain(body, "body", source_id=None, charset=charset), None
    raise HTTPException(415, "Send application/json, text/plain or text/html.")


def _json_document(body: bytes) -> tuple[RawDocument, str | None]:
    try:
        asked = ReadRequest.model_validate_json(body)
    except ValidationError as error:
        reasons = [f"{'.'.join(map(str, e['loc'])) or 'JSON'}: {e['msg']}" for e in error.errors(include_input=False)]
        raise MalformedError("body", "; ".join(reasons[:5])) from error
    text = unify_newlines(asked.text)
    return RawDocument("body", text=text, title=asked.title, outlet=asked.outlet, url=asked.url), asked.published
