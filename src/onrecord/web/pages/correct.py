"""Correct: what a person says of a statement, its speaker, act or target, or that it is none. Only with ``--write``."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse

from onrecord.codebook import acts
from onrecord.query import Library
from onrecord.query.decisions import KINDS, everywhere, named, reading_of
from onrecord.query.pages import Shown
from onrecord.records import Record
from onrecord.store import AimedAt, Change, Does, Somebody, SpokenBy, Stands, Writer
from onrecord.store.corrections import NOBODY
from onrecord.web.naming import keep_name, name_of
from onrecord.web.pages.review import alone, editor_form, keys_of, libraries_of, text_of, written
from onrecord.web.pages.routing import PageRoute
from onrecord.web.rendering import render

OTHER, NONE, AUTHOR = "other", "none", "author"
"""Choices beside the names that the article was read to have."""

router = APIRouter(route_class=PageRoute)


@router.get("/correct/{name}")
def form(request: Request, library: Library, name: str, overtaken: bool = False) -> Response:
    """What is known of a statement, and what can be said of it. `overtaken`: somebody else said something of it meanwhile."""
    keys_of(request).check(request)
    id_, reading = reading_of(library, name)
    shown = library.show(id_)
    return render(
        request,
        "correct.html",
        shown=shown,
        utterance=library.inside(shown.article.id).statements.get(id_),
        read=next(s for s in reading.statements if s.id == id_),
        text=reading.article.text,
        holding=[one for one in shown.corrected if one.statement == id_],
        held=_held(shown, id_),
        overtaken=overtaken,
        names=sorted(reading.entities, key=lambda e: (e.kind != "person", e.kind, e.name)),
        acts=acts(),
        nobody=NOBODY,
        kinds=KINDS,
        name=name_of(request),
    )


@router.post("/correct")
async def correct(request: Request) -> Response:
    """Keep what was said, each thing as a decision of its own, unless something else was said since the form was opened."""
    form = await editor_form(request)
    note, by = text_of(form, "note") or None, text_of(form, "by") or None

    def work() -> str:
        with libraries_of(request).lent() as library:
            id_, said = _said(library, form)
            if form.get("held") not in (None, _held(library.show(id_), id_)):
                return f"{id_}?overtaken=yes"

        def keep(writer: Writer) -> None:
            for statement, change in said:
                writer.correct(statement, change, note=note, by=by)

        written(request, keep)
        return id_

    answer = RedirectResponse(f"/correct/{await alone(request, work)}", 303)
    keep_name(answer, by)
    return answer


def _held(shown: Shown, statement: str) -> str:
    """Which decisions hold of a statement: a form tells it back, so that nobody overrules what he has not seen."""
    return " ".join(sorted(one.decision for one in shown.corrected if one.statement == statement))


def _said(library: Library, form: FormData) -> tuple[str, list[tuple[str, Change]]]:
    """The statement that a form is about, and all that is to be kept, of its other printings too where that is asked."""
    id_, reading = reading_of(library, text_of(form, "statement"))
    changes = list(_changes(reading, form))
    if not changes:
        raise HTTPException(400, "Nothing was said to be otherwise.")
    everywhere_too = form.get("printings") is not None
    return id_, everywhere(library, id_, changes) if everywhere_too else [(id_, change) for change in changes]


def _changes(reading: Record, form: FormData) -> Sequence[Change]:
    """What the fields of a form say that are filled in. Raises HTTPException (400), UnclearError."""
    speaker, second, act, target, verdict = (
        text_of(form, n) for n in ("speaker", "speaker2", "act", "target", "verdict")
    )
    changes = list[Change]()
    if verdict:
        if verdict not in ("accepted", "rejected"):
            raise HTTPException(400, "A statement is accepted or rejected.")
        changes.append(Stands(verdict == "accepted"))
    if speaker in (AUTHOR, *NOBODY):
        changes.append(SpokenBy(reason=next((reason for reason in NOBODY if reason == speaker), None)))
    elif speaker:
        changes.append(SpokenBy(tuple(_chosen(reading, form, one) for one in (speaker, second) if one)))
    if act:
        changes.append(Does(None if act == NONE else act))
    if target:
        changes.append(AimedAt(None if target == NONE else _chosen(reading, form, target)))
    return changes


def _chosen(reading: Record, form: FormData, choice: str) -> Somebody:
    """Whom a choice of the form names: an entity by its id, or the words in the field for others."""
    kind = next((kind for kind in KINDS if kind == text_of(form, "kind")), None)
    words = text_of(form, "other") if choice == OTHER else choice
    if not words:
        raise HTTPException(400, "Say by which words the article names them.")
    return named(reading, [words], kind)[0]
