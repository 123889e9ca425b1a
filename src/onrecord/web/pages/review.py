"""Review: verdicts on clashes, who is who, the log of both, and undo. Only with ``--write``."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import TypedDict, TypeVar

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse

from onrecord.link import Decision
from onrecord.query import Library
from onrecord.query.entities import anchor, bearer, together
from onrecord.query.names import MOST_CHOICES, candidates
from onrecord.records import BusyError
from onrecord.store import Store, Verdict, Writer
from onrecord.web.forms import form_of
from onrecord.web.keys import ENTER, ServerKeys
from onrecord.web.lending import LibraryPool
from onrecord.web.naming import keep_name, name_of
from onrecord.web.pages.clash import facing
from onrecord.web.pages.routing import PageRoute
from onrecord.web.rendering import render

WAITING = 10
"""Clashes without a verdict that are offered, the surest first."""
LOGGED = 100
"""Decisions of one page of the log."""
LONGEST = 4_000
"""Bytes of a form."""
PATIENCE_S = 5.0
"""Longer than changes take that others send; what is being added may take a minute, and is not waited for."""
SAME = "These are one already; an article's entry may be named by its id."
_STATEMENT = re.compile("stm-[0-9a-f]{4,64}")

T = TypeVar("T")
router = APIRouter(route_class=PageRoute)


@router.get(ENTER)
def enter(request: Request, token: str = "") -> Response:
    """Let in whoever opens the address that the server printed; the token does not stay in the browser's address."""
    answer = RedirectResponse("/review", 303)
    keys_of(request).enter(token, answer)
    return answer


@router.get("/review")
def review(request: Request, library: Library, cursor: str | None = None) -> Response:
    """What waits for a verdict, and the log."""
    keys_of(request).check(request)
    log = library.decisions(size=LOGGED, cursor=cursor)
    waiting = library.clashes(reviewed="none", size=WAITING).items
    return render(
        request,
        "review.html",
        log=log.items,
        cursor=log.cursor,
        waiting=[facing(one) for one in waiting],
        name=name_of(request),
    )


@router.post("/review/clash")
async def judge(request: Request) -> Response:
    """Accept or reject a clash."""
    form = await editor_form(request)
    clash, verdict, said = text_of(form, "clash"), text_of(form, "verdict"), _said(request, form)
    if verdict not in ("accepted", "rejected"):
        raise HTTPException(400, "A verdict is accepted or rejected.")

    def work() -> str:
        with libraries_of(request).lent() as library:
            found = library.clash(clash).clash.id
        judged: Verdict = "accepted" if verdict == "accepted" else "rejected"
        written(request, lambda writer: writer.review(found, judged, **said))
        return found

    answer = RedirectResponse(f"/clashes/{await alone(request, work)}", 303)
    keep_name(answer, said["by"])
    return answer


@router.post("/review/people")
async def decide(request: Request) -> Response:
    """Decide that two are one, having asked who they are, or that one of an article is somebody else."""
    form = await editor_form(request)
    kind, said = text_of(form, "kind"), _said(request, form)
    if kind not in ("merge", "split"):
        raise HTTPException(400, "People are merged or split.")
    if kind == "merge" and not text_of(form, "sure"):
        return await asyncio.to_thread(_asking, request, form)

    def work() -> tuple[str, str | None]:
        with libraries_of(request).lent() as library:
            a, b = (anchor(library, text_of(form, name)) for name in ("a", "b"))
        if a == b:
            raise HTTPException(400, SAME)
        decision = Decision("merge" if kind == "merge" else "split", a, b)
        made = written(request, lambda writer: writer.decide(decision, **said))
        with libraries_of(request).lent() as library:
            return made, bearer(library, a)

    made, who = await alone(request, work)
    answer = RedirectResponse(f"/who/{who}?decided={made}" if who else "/review", 303)
    keep_name(answer, said["by"])
    return answer


def _asking(request: Request, form: FormData) -> Response:
    """Who they are that are to be one, before that is decided. Raises UnclearError, HTTPException (400)."""
    names = {field: text_of(form, field) for field in ("a", "b")}
    with libraries_of(request).lent() as library:
        meant = {field: () if name.startswith("ent-") else candidates(library, name) for field, name in names.items()}
        for field, name in names.items():
            if not meant[field]:
                anchor(library, name)  # which tells what is wrong with it, and whom it may mean
        known = [choices[0].identity for choices in meant.values() if len(choices) == 1]
        if len(known) == 2 and known[0] == known[1]:
            raise HTTPException(400, SAME)
        articles = together(library, *known) if len(known) == 2 else ()
    return render(
        request,
        "joining.html",
        sides=[(field, name, meant[field][:MOST_CHOICES]) for field, name in names.items()],
        several=any(len(choices) > 1 for choices in meant.values()),
        articles=articles,
        note=text_of(form, "note"),
        by=text_of(form, "by") or name_of(request),
    )


@router.post("/review/undo")
async def undo(request: Request) -> Response:
    """Let a decision hold no longer, and show what it was about: the statement that the form names, or the log."""
    form = await editor_form(request)
    await alone(request, lambda: written(request, lambda writer: writer.undo(text_of(form, "decision"))))
    statement = text_of(form, "statement")
    return RedirectResponse(f"/correct/{statement}" if _STATEMENT.fullmatch(statement) else "/review", 303)


def keys_of(request: Request) -> ServerKeys:
    """The secret of this run of the server."""
    keys: ServerKeys = request.app.state.keys
    return keys


def libraries_of(request: Request) -> LibraryPool:
    """What lends the store to be read."""
    libraries: LibraryPool = request.app.state.libraries
    return libraries


async def alone(request: Request, work: Callable[[], T], *, patient: bool = False) -> T:
    """What `work` gives, which changes the store, one at a time.

    It has a thread beside those that answer questions, and whoever waits for it holds none of these: to add an article may take
    a minute. Raises BusyError after PATIENCE_S, unless whoever asks is `patient`.
    """
    writing: asyncio.Lock = request.app.state.writing
    try:
        await asyncio.wait_for(writing.acquire(), None if patient else PATIENCE_S)
    except TimeoutError as error:
        raise BusyError(libraries_of(request).path, "an article is being added; send this again in a minute") from error
    working = asyncio.ensure_future(asyncio.to_thread(work))
    working.add_done_callback(lambda _: writing.release())
    return await asyncio.shield(
        working
    )  # a thread goes on though whoever waits for it leaves, and the next must wait for it


def written(request: Request, change: Callable[[Writer], T]) -> T:
    """A change of the store, made `alone`. Raises BusyError where another program writes."""
    with Store.open(libraries_of(request).path, write=True) as store, Writer(store) as writer:
        return change(writer)


async def editor_form(request: Request) -> FormData:
    """The fields of a form of one of this server's pages, sent by somebody who entered. Raises HTTPException (403)."""
    form = await form_of(request, LONGEST)
    keys_of(request).check_form(request, form)
    return form


def text_of(form: FormData, name: str) -> str:
    """A field; "" where it is not filled in."""
    return str(form.get(name, "")).strip()


class _Said(TypedDict):
    note: str | None
    by: str | None


def _said(request: Request, form: FormData) -> _Said:
    """The note of a form, and who sends it: as a form without that field has it, who they were before."""
    by = text_of(form, "by") if "by" in form else name_of(request)
    return {"note": text_of(form, "note") or None, "by": by or None}
