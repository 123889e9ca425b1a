"""Review: verdicts on clashes, who is who, the log of both, and undo. Only with ``--write``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse

from onrecord.link import Decision
from onrecord.query.entities import anchor
from onrecord.store import Store, Writer
from onrecord.store.deciding import read_decisions
from onrecord.store.reviewing import read_reviews
from onrecord.web.forms import form_of
from onrecord.web.keys import ENTER, Keys
from onrecord.web.lending import Borrowed, Shelf
from onrecord.web.pages.clash import facing
from onrecord.web.rendering import render

WAITING = 10
"""Clashes without a verdict that are offered, the surest first."""
LONGEST = 4_000
"""Bytes of a form."""

T = TypeVar("T")
router = APIRouter()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log: what was decided on whom or what."""

    id: str
    kind: str
    subject: tuple[tuple[str, str], ...]
    note: str | None
    made: str
    undone: str | None


@router.get(ENTER)
def enter(request: Request, token: str = "") -> Response:
    """Let in whoever opens the address that the server printed; the token does not stay in the browser's address."""
    answer = RedirectResponse("/review", 303)
    keys_of(request).enter(token, answer)
    return answer


@router.get("/review")
def review(request: Request, library: Borrowed) -> Response:
    """What waits for a verdict, and the log."""
    keys_of(request).check(request)
    entries = [
        Entry(d.id, d.decision.kind, _named(d.decision), d.note, d.made, d.undone)
        for d in read_decisions(library.connection)
    ]
    entries += [
        Entry(r.id, r.verdict, ((r.a.article, r.a.words), (r.b.article, r.b.words)), r.note, r.made, r.undone)
        for r in read_reviews(library.connection)
    ]
    waiting = library.clashes(reviewed="none", size=WAITING).items
    return render(
        request,
        "review.html",
        log=sorted(entries, key=lambda e: (e.made, e.id), reverse=True),
        waiting=[facing(one) for one in waiting],
    )


def _named(decision: Decision) -> tuple[tuple[str, str], ...]:
    return tuple((a.article, a.name) for a in (decision.a, decision.b))


@router.post("/review/clash")
async def judge(request: Request) -> Response:
    """Accept or reject a clash."""
    form = await _form(request)
    clash, verdict, note = _text(form, "clash"), _text(form, "verdict"), _text(form, "note") or None
    if verdict not in ("accepted", "rejected"):
        raise HTTPException(400, "A verdict is accepted or rejected.")

    def work() -> str:
        with shelf_of(request).lent() as library:
            found = library.clash(clash).clash.id
        written(
            request, lambda writer: writer.review(found, "accepted" if verdict == "accepted" else "rejected", note=note)
        )
        return found

    return RedirectResponse(f"/clashes/{await run_in_threadpool(work)}", 303)


@router.post("/review/people")
async def decide(request: Request) -> Response:
    """Decide that two are one, or that one of an article is somebody else."""
    form = await _form(request)
    kind, note = _text(form, "kind"), _text(form, "note") or None
    if kind not in ("merge", "split"):
        raise HTTPException(400, "People are merged or split.")

    def work() -> None:
        with shelf_of(request).lent() as library:
            a, b = (anchor(library, _text(form, name)) for name in ("a", "b"))
        if a == b:
            raise HTTPException(
                400, "Both are the same name of the same article: name the other one by an article's entry."
            )
        written(
            request, lambda writer: writer.decide(Decision("merge" if kind == "merge" else "split", a, b), note=note)
        )

    await run_in_threadpool(work)
    return RedirectResponse("/review", 303)


@router.post("/review/undo")
async def undo(request: Request) -> Response:
    """Let a decision hold no longer."""
    form = await _form(request)
    await run_in_threadpool(lambda: written(request, lambda writer: writer.undo(_text(form, "decision"))))
    return RedirectResponse("/review", 303)


def keys_of(request: Request) -> Keys:
    """The secret of this run of the server."""
    keys: Keys = request.app.state.keys
    return keys


def shelf_of(request: Request) -> Shelf:
    """What lends the store to be read."""
    shelf: Shelf = request.app.state.shelf
    return shelf


def written(request: Request, change: Callable[[Writer], T]) -> T:
    """A change of the store, made as its only writer. Raises BusyError where somebody else writes."""
    with request.app.state.writing, Store.open(shelf_of(request).path, write=True) as store, Writer(store) as writer:
        return change(writer)


async def _form(request: Request) -> FormData:
    form = await form_of(request, LONGEST)
    keys_of(request).check_form(request, form)
    return form


def _text(form: FormData, name: str) -> str:
    return str(form.get(name, "")).strip()
