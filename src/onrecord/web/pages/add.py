"""Add: a pasted text, a file, or an address, into the store. Only with ``--write``."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.datastructures import FormData, UploadFile

from onrecord.ingest import ArticleTally, Stop
from onrecord.ingest.adding import Adder
from onrecord.ingest.models import Models
from onrecord.ingest.taking import Taken, Taking, failure
from onrecord.query import Library
from onrecord.query.show import articles
from onrecord.records import InputError, RawDocument
from onrecord.sources import Fetcher
from onrecord.store import Failure, Store, Writer
from onrecord.web.api.reading import MOST_BYTES
from onrecord.web.forms import form_of
from onrecord.web.pages.read import NOTHING, day_in, sent_with
from onrecord.web.pages.review import alone, keys_of, libraries_of
from onrecord.web.pages.routing import tomorrow
from onrecord.web.problems import EXPECTED, Problem, problem_of
from onrecord.web.rendering import render

LISTED = 10
"""Articles that were added and are named."""
LONGEST_S = 60.0
"""After so long nothing more is taken of a file or from an address: it may be a feed or an archive of thousands of articles, and
whoever else changes the store waits."""

Sent = Callable[[], Iterator[RawDocument | InputError]]

OPENING = 80
"""Characters of an article that name it where it has no title."""
FIELDS = ("text", "address", "title", "outlet", "url", "published")
"""What is typed into the form."""

BY_HAND = "added by hand"
"""What names the input of what was sent."""

router = APIRouter()


@router.get("/add")
def ask(request: Request) -> Response:
    """The form."""
    keys_of(request).check(request)
    return _form(request, {})


@router.post("/add")
async def add_it(request: Request) -> Response:
    """Add what was sent, and tell what became of it. Where nothing did, the form has what was typed."""
    form, typed = FormData(), dict[str, str]()
    try:
        form = await form_of(request, MOST_BYTES)
        keys_of(request).check_form(request, form)
        typed = {name: str(form.get(name, "")) for name in FIELDS}
        published, address = day_in(form), _text(form, "address")
        if _is_sent(form, address):
            sent, unread = await _sent(form), list[Failure]()
            result = await alone(request, lambda: _added(request, _readable(sent(), unread), published), patient=True)
            result["tally"] += ArticleTally(failed=len(unread))
            result["failures"] = [*result["failures"], *unread][:LISTED]
        else:  # whoever else changes the store does not wait for somebody's server
            fetched, cut = await asyncio.to_thread(_fetched, libraries_of(request).path, address)
            result = await alone(request, lambda: _added(request, iter(fetched), published), patient=True)
            result["cut"] |= cut
    except EXPECTED as error:
        problem = problem_of(error)
        if problem.status == 403:  # no form of ours
            raise
        return _form(request, typed, problem)
    finally:
        await form.close()
    tally: ArticleTally = result["tally"]
    return _form(request, {} if tally.written or tally.known else typed, **result)


def _form(request: Request, typed: Mapping[str, str], problem: Problem | None = None, **result: object) -> Response:
    """The form with what was typed, what became of what was sent, or the problem that there was."""
    fields = {name: typed.get(name, "") for name in FIELDS}
    told = {"tally": None, "problem": problem, "most": MOST_BYTES, **result}
    return render(request, "add.html", status=problem.status if problem else 200, fields=fields, **told)


def _is_sent(form: FormData, address: str) -> bool:
    """Whether something is sent, and not to be fetched. Raises HTTPException (400) for both: one would be passed over."""
    file = form.get("file")
    given = (_web(address), _text(form, "text"), isinstance(file, UploadFile) and file.filename)
    if sum(map(bool, given)) > 1:
        raise HTTPException(
            400, "Give a text, a file or an address: one of them at a time. A file has to be chosen again."
        )
    return not address


def _fetched(path: Path, address: str) -> tuple[list[Taken | Failure], bool]:
    """What is at an address, as much as is had after a while, and whether there may be more."""
    brief, found = _Brief(), list[Taken | Failure]()
    for item in Taking(path, stdin=None, fetcher=Fetcher(), stop=brief).all_of([address]):
        found.append(item)
        if brief.asked:
            return found, True
    return found, False


def _added(request: Request, items: Iterator[Taken | Failure], published: str | None) -> dict[str, Any]:
    """Add what was sent, or what was at an address, and give what the page tells of it."""
    models: Models = request.app.state.models or Models()
    request.app.state.models = models
    failures, ids, known = list[Failure](), list[str](), list[str]()
    with Store.open(libraries_of(request).path, write=True) as store, Writer(store) as writer:
        adder = Adder(
            store,
            writer,
            models,
            published=published,
            stop=_Brief(),
            on_failure=failures.append,
            on_written=ids.extend,
            on_known=known.append,
        )
        tally = adder.add(items)
        # No failure of what was sent is kept: there is no way to try it again.
        writer.clear_failures([failed.origin for failed in failures if failed.input == BY_HAND])
    cut = next(items, None) is not None
    with libraries_of(request).lent() as library:
        told = articles(library, [*ids, *known][:LISTED])
        return {
            "tally": tally,
            "failures": failures[:LISTED],
            "articles": [(article, article.title or _opening(library, article.id)) for article in told],
            "cut": cut,
            "ahead": [a for a in told if a.id in ids and a.published and a.published > tomorrow()],
        }


def _opening(library: Library, article: str) -> str:
    """The first words of an article without a title."""
    return f"{' '.join(library.show(article).record.article.text[:OPENING].split())} …"


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
