"""Add: a pasted text, a file, or an address, into the store. Only with ``--write``."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.datastructures import FormData

from onrecord.ingest import Stop, add
from onrecord.ingest.adding import Adder
from onrecord.ingest.models import Models
from onrecord.ingest.taking import Taken
from onrecord.query.show import articles
from onrecord.records import RawDocument
from onrecord.store import Failure, Store, Writer
from onrecord.web.api.reading import MOST_BYTES
from onrecord.web.forms import form_of
from onrecord.web.pages.read import sent_with
from onrecord.web.pages.review import alone, keys_of, shelf_of
from onrecord.web.rendering import render

LISTED = 10
"""Articles that were added and are named."""
LONGEST_S = 60.0
"""After so long nothing more is taken from an address: it may lead to a feed or an archive of thousands of articles, and whoever
else changes the store waits."""

router = APIRouter()


@router.get("/add")
def ask(request: Request) -> Response:
    """The form."""
    keys_of(request).check(request)
    return render(request, "add.html", tally=None, most=MOST_BYTES)


@router.post("/add")
async def add_it(request: Request) -> Response:
    """Add what was sent, and tell what became of it."""
    form = await form_of(request, MOST_BYTES)
    keys_of(request).check_form(request, form)
    published = _text(form, "published") or None
    address = _text(form, "address")
    document = None if _web(address) else await _document(form)
    await form.close()
    result = await alone(request, lambda: _added(request, address, document, published), patient=True)
    return render(request, "add.html", **result, most=MOST_BYTES)


def _added(
    request: Request, address: str, document: Callable[[], RawDocument] | None, published: str | None
) -> dict[str, Any]:
    """Add the document, or what is at the address, and give what the page tells of it."""
    models: Models = request.app.state.models or Models()
    request.app.state.models = models
    path, brief = shelf_of(request).path, _Brief()
    failures, ids = list[Failure](), list[str]()
    if document is None:
        tally = add(
            path,
            [address],
            published=published,
            models=models,
            stop=brief,
            on_failure=failures.append,
            on_written=ids.extend,
        )
    else:
        made = document()
        with Store.open(path, write=True) as store, Writer(store) as writer:
            adder = Adder(store, writer, models, published=published, on_failure=failures.append, on_written=ids.extend)
            tally = adder.add([Taken(made.origin, made)])
    cut = document is None and brief.asked
    with shelf_of(request).lent() as library:
        return {"tally": tally, "failures": failures, "articles": articles(library, ids[:LISTED]), "cut": cut}


class _Brief(Stop):
    """Wishes an end after LONGEST_S."""

    def __init__(self) -> None:
        super().__init__()
        self._end = time.monotonic() + LONGEST_S

    @property
    def asked(self) -> bool:
        """Whether it is time."""
        return time.monotonic() > self._end


async def _document(form: FormData) -> Callable[[], RawDocument]:
    """What makes a document of what was pasted or dropped, with what its form tells of it."""
    sent = await sent_with(form)
    title, outlet, url = (_text(form, name) or None for name in ("title", "outlet", "url"))
    _web(url or "")

    def made() -> RawDocument:
        found = sent()
        return replace(found, origin="added by hand", title=title or found.title, outlet=outlet, url=url)

    return made


def _web(address: str) -> str:
    """An address of the web, or none. Raises HTTPException (400): whoever asks this server to open its own files is refused."""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = None
    if address and (parts is None or parts.scheme.lower() not in ("http", "https") or not parts.netloc):
        raise HTTPException(400, "An address begins with http:// or https://.")
    return address


def _text(form: FormData, name: str) -> str:
    return str(form.get(name, "")).strip()
