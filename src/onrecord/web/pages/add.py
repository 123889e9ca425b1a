"""Add: a pasted text, a file, or an address, into the store. Only with ``--write``."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from onrecord.ingest import Tally, add
from onrecord.ingest.adding import Adder
from onrecord.ingest.models import Models
from onrecord.ingest.taking import Taken
from onrecord.records import RawDocument
from onrecord.store import Failure, Store, Writer
from onrecord.web.api.reading import MOST_BYTES
from onrecord.web.forms import form_of
from onrecord.web.pages.read import document_of
from onrecord.web.pages.review import keys_of, shelf_of
from onrecord.web.rendering import render

router = APIRouter()


@router.get("/add")
def ask(request: Request) -> Response:
    """The form."""
    keys_of(request).check(request)
    return render(request, "add.html", tally=None, failures=(), articles=(), most=MOST_BYTES)


@router.post("/add")
async def add_it(request: Request) -> Response:
    """Add what was sent, and tell what became of it."""
    form = await form_of(request, MOST_BYTES)
    keys_of(request).check_form(request, form)
    published = _text(form, "published") or None
    address = _text(form, "address")
    document = None if address else await _document(form)
    await form.close()
    failures = list[Failure]()

    def work() -> Tally:
        models = request.app.state.models = request.app.state.models or Models()
        path = shelf_of(request).path
        with request.app.state.writing:
            if document is None:
                return add(path, [_web(address)], published=published, models=models, on_failure=failures.append)
            with Store.open(path, write=True) as store, Writer(store) as writer:
                adder = Adder(store, writer, models, published=published, on_failure=failures.append)
                return adder.add([Taken(document.origin, document)])

    tally = await run_in_threadpool(work)
    with shelf_of(request).lent() as library:
        sql = "SELECT id, title FROM articles ORDER BY n DESC LIMIT ?"
        articles = library.connection.execute(sql, (min(tally.added, 10),)).fetchall()
    return render(request, "add.html", tally=tally, failures=failures, articles=articles, most=MOST_BYTES)


async def _document(form: FormData) -> RawDocument:
    """What was pasted or dropped, with what its form tells of it."""
    found = await document_of(form.get("text"), form.get("file"))
    title, outlet, url = (_text(form, name) or None for name in ("title", "outlet", "url"))
    if url is not None:
        _web(url)
    return replace(found, origin="added by hand", title=title or found.title, outlet=outlet, url=url)


def _web(address: str) -> str:
    """An address of the web. Raises HTTPException (400): whoever asks this server to open its own files is refused."""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = None
    if parts is None or parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        raise HTTPException(400, "An address begins with http:// or https://.")
    return address


def _text(form: FormData, name: str) -> str:
    return str(form.get(name, "")).strip()
