"""From a document as its source gave it to an article that can be read."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from onrecord.articles import agencies
from onrecord.articles.datelines import Opening, opening
from onrecord.articles.dates import clock_hour, given_day, metadata_day, moment
from onrecord.articles.language import language_of
from onrecord.articles.layout import Layout, lay_out
from onrecord.articles.lines import unwrapped
from onrecord.articles.pages import WebPage, letters, read_page
from onrecord.articles.sentences import sentences
from onrecord.records import Article, Published, RawDocument, Span, Unread, article_id

_log = logging.getLogger(__name__)

READ_LANGUAGE = "en"
_DAYS = "read are 2024-05-06, 20240506, 6 May 2024 and the like"
_KICKERS = 3  # paragraphs among which a page's own headline is looked for: a section's name may stand before it
_LONGEST_BYLINE = 1_000  # what is longer names no authors
_OPENINGS = 4  # paragraphs among which the dateline is looked for: after a headline, a summary and the like


def build_article(raw: RawDocument, *, published: str | None = None) -> Article:
    """The article of `raw`. `published` is the day that the user gave, before any that the document tells.

    A day of publication that the document tells in words that name none is left out, and logged as a warning. Raises
    MalformedError for a `published` that is no ISO date and for a page that breaks the parser, TypeError for one that is no
    text; nothing else.
    """
    given = (
        Published(given_day(published), "given", moment(published), clock_hour(published))
        if published is not None
        else None
    )
    page = read_page(raw.html, raw.url, raw.origin) if raw.html is not None else WebPage(text=raw.text or "")
    title = raw.title or page.title
    text, marked = _headed(page, title) if raw.html is not None else (page.text, False)
    layout = lay_out(text, title=title, marked=marked)
    start = _opening(text, layout)
    day = given or _published(raw.published or page.published, layout, start, raw.origin)
    outlet, url = raw.outlet or page.outlet, raw.url or page.url
    byline = _byline(raw.byline or page.byline) or layout.byline
    language, unread = _told_language(text, layout.paragraphs)
    return Article(
        id=article_id(outlet, url, text),
        text=text,
        source_id=raw.source_id,
        url=url,
        outlet=outlet,
        title=title or (unwrapped(layout.headline.of(text)) if layout.headline else None),
        byline=byline,
        agency=raw.agency or _agency(start, layout, byline, outlet),
        published=day,
        dateline=start.dateline(day.date if day else None) if start else None,
        language=language,
        headline=layout.headline,
        paragraphs=layout.paragraphs,
        sentences=() if unread else _sentences(text, layout.paragraphs),
        furniture=layout.furniture,
        unread=unread,
        updated=moment(raw.updated) or moment(page.updated),
        retrieved=moment(raw.retrieved),
        status=raw.status,
        revision=raw.revision,
    )


def reconsidered(article: Article) -> Article:
    """An article that was kept unread, with its language told anew, as the present program tells it; any other as it is."""
    if article.unread is None:
        return article
    language, unread = _told_language(article.text, article.paragraphs)
    found = () if unread else _sentences(article.text, article.paragraphs)
    return replace(article, language=language, unread=unread, sentences=found)


def _told_language(text: str, paragraphs: Sequence[Span]) -> tuple[str | None, Unread | None]:
    """The language, and why the text is not read where it is not."""
    language = language_of(text, paragraphs)
    return language, None if language == READ_LANGUAGE else Unread("language", language) if language else Unread(
        "empty"
    )


def _sentences(text: str, paragraphs: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(s for p in paragraphs for s in sentences(text, p))


def _headed(page: WebPage, title: str | None) -> tuple[str, bool]:
    """The text of a page with its headline first, and whether it has one. A page without a body stays empty.

    A title that the page shows nowhere (made for search engines, say) is none of the text.
    """
    opening_lines = [letters(line) for line in page.text.split("\n\n", _KICKERS)[:_KICKERS]]
    named = letters(title or "")
    if opening_lines[0] and opening_lines[0] in {named, *page.headings}:
        return page.text, True
    if not page.text or title is None or named not in page.headings or named in opening_lines:
        return page.text, False
    return f"{title}\n\n{page.text}", True


def _opening(text: str, layout: Layout) -> Opening | None:
    body: list[Span] = [p for p in layout.paragraphs[: _OPENINGS + 1] if p != layout.headline][:_OPENINGS]
    return next((found for p in body if (found := opening(text, p))), None)


def _published(metadata: str | None, layout: Layout, start: Opening | None, origin: str) -> Published | None:
    if metadata is not None and (day := metadata_day(metadata)):
        return Published(day, "metadata", moment(metadata), clock_hour(metadata))
    if metadata and metadata.strip():
        # Never the more likely of two readings: a day in the wrong month is worse than none that is told.
        _log.warning("%s: published %s names no day, and is left out (%s)", origin, repr(metadata[:40]), _DAYS)
    for stamp in sorted(layout.stamps, key=lambda stamp: stamp.update):  # an update only where nothing else is told
        if stamp.day is not None:
            return Published(stamp.day, "text")
    dateline = start.dateline(None) if start else None
    return Published(dateline.date, "text") if dateline and dateline.date else None  # its year is printed


def _byline(told: str | None) -> str | None:
    words = " ".join((told or "").split()).removeprefix("By ").removeprefix("by ")
    return words if 0 < len(words) <= _LONGEST_BYLINE else None


def _agency(start: Opening | None, layout: Layout, byline: str | None, outlet: str | None) -> str | None:
    return (
        (start.agency if start else None)
        or layout.agency
        or (agencies.in_byline(byline) if byline else None)
        or (agencies.signed(outlet) if outlet else None)
    )
