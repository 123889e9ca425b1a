"""Add: a pasted text, a file, or an address, into the store. Only with ``--write``."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.datastructures import FormData

from onrecord.ingest import Stop, Tally, add
from onrecord.ingest.adding import Adder
from onrecord.ingest.models import Models
from onrecord.ingest.taking import Taken, failure
from onrecord.query.show import articles
from onrecord.records import InputError, RawDocument
from onrecord.store import Failure, Store, Writer
from onrecord.web.api.reading import MOST_BYTES
from onrecord.web.forms import form_of
from onrecord.web.pages.read import NOTHING, sent_with
from onrecord.web.pages.review import alone, keys_of, shelf_of
from onrecord.web.rendering import render

LISTED = 10
"""Articles that were added and are named."""
LONGEST_S = 60.0
"""After so long nothing more is taken of a file or from an address: it may be a feed or an archive of thousands of articles, and
whoever else changes the store waits."""

Sent = Callable[[], Iterator[RawDocument | InputError]]

BY_HAND = "added by hand"
"""What names the input of what was sent."""

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
    sent = None if _web(address) else await _sent(form)
    await form.close()
    result = await alone(request, lambda: _added(request, address, sent, published), patient=True)
    return render(request, "add.html", **result, most=MOST_BYTES)


def _added(request: Request, address: str, sent: Sent | None, published: str | None) -> dict[str, Any]:
    """Add what was sent, or what is at the address, and give what the page tells of it."""
    models: Models = request.app.state.models or Models()
    request.app.state.models = models
    path, brief = shelf_of(request).path, _Brief()
    failures, ids = list[Failure](), list[str]()
    if sent is None:
        tally = add(
            path,
            [address],
            published=published,
            models=models,
            stop=brief,
            on_failure=failures.append,
            on_written=ids.extend,
        )
        cut = brief.asked
    else:
        items = sent()
        unread = list[Failure]()  # nothing of them is in the store, which has no way to try again what was sent
        with Store.open(path, write=True) as store, Writer(store) as writer:
            adder = Adder(
                store,
                writer,
                models,
                published=published,
                stop=brief,
                on_failure=failures.append,
                on_written=ids.extend,
            )
            tally = adder.add(_readable(items, unread)) + Tally(failed=len(unread))
        failures += unread
        cut = next(items, None) is not None
    with shelf_of(request).lent() as library:
        return {"tally": tally, "failures": failures[:LISTED], "articles": articles(library, ids[:LISTED]), "cut": cut}


def _readable(items: Iterator[RawDocument | InputError], unread: list[Failure]) -> Iterator[Taken]:
    """The documents; what cannot be read goes to `unread`."""
    for item in items:
        if isinstance(item, InputError):
            unread.append(failure(BY_HAND, item.origin, "source", item))
        else:
            yield Taken(BY_HAND, item)


class _Brief(Stop):
    """Wishes an end after LONGEST_S."""

    def __init__(self) -> None:
        super().__init__()
        self._end = time.monotonic() + LONGEST_S

    @property
    def asked(self) -> bool:
        """Whether it is time."""
        return time.monotonic() > self._end


async def _sent(form: FormData) -> Sent:
    """What gives the documents of what was pasted or dropped, with what its form tells of them."""
    sent = await sent_with(form)
    title, outlet, url = (_text(form, name) or None for name in ("title", "outlet", "url"))
    _web(url or "")

    def documents() -> Iterator[RawDocument | InputError]:
        found = sent()
        first, second = next(found, None), next(found, None)
        if first is None:
            raise HTTPException(400, NOTHING)
        if second is not None and (title or url):
            raise HTTPException(400, "A title and an address are of one article, and the file holds several.")
        for one in chain([first], [second] if second else [], found):
            if isinstance(one, InputError):
                yield one
            else:
                paper = one.outlet or outlet if second else outlet or one.outlet
                yield replace(one, title=title or one.title, outlet=paper, url=url or one.url)

    return documents


def _web(address: str) -> str:
    """An address of the web, or none. Raises HTTPException (400): whoever asks this server to open its own files is refused."""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = None
    bad = parts is None or parts.scheme.lower() not in ("http", "https") or not parts.netloc
    # urlsplit passes over tabs and ends of lines, what opens an address does not.
    if address and (bad or any(c.isspace() or not c.isprintable() for c in address)):
        raise HTTPException(400, "An address begins with http:// or https:// and has no blanks.")
    return address


def _text(form: FormData, name: str) -> str:
    return str(form.get(name, "")).strip()
