"""Read: a text or a file is read and shown like an article of the store, and nothing of it is kept."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.datastructures import UploadFile

import onrecord
from onrecord.articles import build_article
from onrecord.query.inside import Inside
from onrecord.records import RawDocument, Record
from onrecord.sources import documents, unify_newlines
from onrecord.web.api.desk import desk_of
from onrecord.web.api.reading import MOST_BYTES
from onrecord.web.api.reads import COST
from onrecord.web.forms import form_of, own_form
from onrecord.web.laying import Layout, lay_out
from onrecord.web.rendering import render

router = APIRouter()


@router.get("/read")
def ask(request: Request) -> Response:
    """The form."""
    return render(request, "read.html", page=None, record=None, text="", published="", most=MOST_BYTES)


@router.post("/read")
async def read(request: Request) -> Response:
    """The text with its statements marked. What came is held in memory for as long as it is read."""
    own_form(request)
    desk = desk_of(request.app)
    desk.admit(request, COST)
    form = await form_of(request, MOST_BYTES)
    published, file, text = (form.get(name) for name in ("published", "file", "text"))
    day = str(published).strip() or None if published else None
    document = await document_of(text, file)
    await form.close()

    def work() -> tuple[Record, Layout]:
        record = onrecord.read(build_article(document, published=day))
        return record, lay_out(record, Inside({}, {}), length=MOST_BYTES)

    record, page = await desk.readings.do(work)
    shown = record.article.text if document.html is None else ""
    answer = render(request, "read.html", page=page, record=record, text=shown, published=day or "", most=MOST_BYTES)
    answer.headers["cache-control"] = "no-store"
    return answer


async def document_of(text: object, file: object) -> RawDocument:
    """What was sent: the file if there is one, a page of HTML by its name, else the text."""
    if isinstance(file, UploadFile) and (body := await file.read()):
        is_page = (file.filename or "").lower().endswith((".html", ".htm"))
        kind = documents.page if is_page else documents.plain
        return kind(body, "the file", source_id=None, charset=None)
    if isinstance(text, str) and text.strip():
        return RawDocument("the text", text=unify_newlines(text))
    raise HTTPException(400, "There is no text to read.")
