"""Read: a text or a file is read and shown like an article of the store, and nothing of it is kept.

Of a long text the page comes in pieces: how far it is read, and at last the text itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import PurePath
from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.datastructures import FormData, UploadFile
from starlette.responses import StreamingResponse

import onrecord
from onrecord.articles import build_article
from onrecord.articles.dates import given_day
from onrecord.query.inside import Inside
from onrecord.records import Article, InputError, MalformedError, RawDocument
from onrecord.sources import open_sent
from onrecord.web.api.desk import desk_of
from onrecord.web.api.reading import MOST_BYTES, Readings
from onrecord.web.api.reads import COST
from onrecord.web.forms import form_of, refuse_strangers
from onrecord.web.laying import lay_out
from onrecord.web.problems import problem_of
from onrecord.web.rendering import environment, render

if TYPE_CHECKING:
    from markupsafe import Markup

LONG = 20_000
"""Characters of a text from which on it is told how far it is read: two or three seconds on two cores."""
STEP_S = 0.7
"""Between two looks at how far it is."""
CUT = "<!--read-->"
"""Where the page of a long text is parted: what comes before is sent at once."""

NOTHING = "There is no text to read."

router = APIRouter()


@router.get("/read")
def ask(request: Request) -> Response:
    """The form."""
    return render(request, "read.html", most=MOST_BYTES, story=None, waiting=None, cut=None)


@router.post("/read")
async def read(request: Request) -> Response:
    """The text with its statements marked. What came is held in memory for as long as it is read."""
    refuse_strangers(request, form=True)
    desk = desk_of(request.app)
    desk.admit(request, COST)
    form = await form_of(request, MOST_BYTES)
    try:
        day, sent = day_in(form), await sent_with(form)
    finally:
        await form.close()
    article = await desk.readings.do(lambda: build_article(_only(sent()), published=day))
    answer: Response
    if len(article.text) >= LONG:
        answer = _in_pieces(request, article, desk.readings)
    else:
        story = await desk.readings.do(lambda: _story(article))
        answer = render(request, "read.html", most=MOST_BYTES, story=story, waiting=None, cut=None)
    answer.headers["cache-control"] = "no-store"
    return answer


def _story(article: Article, on_progress: Callable[[float], None] | None = None) -> Markup:
    """Read an article, and make the part of the page that shows it."""
    from markupsafe import Markup

    record = onrecord.read(article, on_progress=on_progress)
    page = lay_out(record, Inside({}, {}), length=MOST_BYTES)
    return Markup(environment().get_template("story.html").render(record=record, page=page, write=False))


def _in_pieces(request: Request, article: Article, readings: Readings) -> Response:
    """The page of a long text, sent as it comes about; it works without scripts. Raises HTTPException (503)."""
    from markupsafe import Markup

    cut = Markup(CUT)
    whole = render(request, "read.html", most=MOST_BYTES, story=None, waiting=len(article.text), cut=cut)
    before, after = bytes(whole.body).decode().split(CUT)
    share = [0.0]

    def tell(done: float) -> None:
        share[0] = max(share[0], done)

    reading = readings.begin(lambda: _story(article, tell))
    return StreamingResponse(_with(before, _pieces(readings, reading, share), after), media_type="text/html")


async def _with(before: str, pieces: AsyncIterator[str], after: str) -> AsyncIterator[str]:
    yield before
    async for piece in pieces:
        yield piece
    yield after


async def _pieces(readings: Readings, reading: Future[Markup], share: Sequence[float]) -> AsyncIterator[str]:
    """How far it is, again and again; at last the text, or what went wrong: the head of the answer is long gone then."""
    ending = asyncio.ensure_future(readings.end(reading))
    try:
        while not (await asyncio.wait({ending}, timeout=STEP_S))[0]:
            percent = int(100 * share[0])
            told = f"{percent} % read" if percent < 100 else "Read; what belongs together is put together"
            told = told if reading.running() else "Others’ texts are read first"
            yield f'<p><progress max="100" value="{percent}" aria-hidden="true"></progress> {told}</p>\n'
        yield "</div>\n" + str(await ending)
    except Exception as error:
        yield environment().get_template("failed.html").render(problem=problem_of(error))
    finally:
        ending.cancel()  # whoever went away is not read any more


async def sent_with(form: FormData) -> Callable[[], Iterator[RawDocument | InputError]]:
    """What gives the documents of what was sent: of the file if there is one, of the kind that its name tells, else of the text.

    It may take seconds: whoever calls it is no thread that others wait for. Raises HTTPException (400) where nothing was sent.
    """
    file, text = form.get("file"), form.get("text")
    if isinstance(file, UploadFile) and (body := await file.read()):
        name = PurePath(file.filename or "").name or None
        return lambda: open_sent(body, name, name or "the file", max_bytes=MOST_BYTES)
    if isinstance(text, str) and text.strip():
        return lambda: open_sent(text.encode(), None, "the text", max_bytes=MOST_BYTES)
    raise HTTPException(400, NOTHING)


def day_in(form: FormData) -> str | None:
    """The day of publication that a form gives. Raises HTTPException (400) where it is none."""
    told = str(form.get("published", "")).strip()
    try:
        return given_day(told) if told else None
    except MalformedError as error:
        raise HTTPException(400, f"Published on: “{told[:40]}” is no day such as 2025-03-11.") from error


def _only(documents: Iterator[RawDocument | InputError]) -> RawDocument:
    """The one document that was sent. Raises InputError, HTTPException (400) where there is none, or several."""
    found = next(documents, None)
    if found is None:
        raise HTTPException(400, NOTHING)
    if next(documents, None) is not None:
        raise HTTPException(400, "That holds several articles, and one at a time is read here.")
    if isinstance(found, InputError):
        raise found
    return found
