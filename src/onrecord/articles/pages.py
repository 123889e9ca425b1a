"""What an HTML page says: the article's text and what its head tells about it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onrecord.articles.dates import metadata_day
from onrecord.records import MalformedError

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
_DECLARATION = re.compile(r"\s*+<\?xml[^>]*+>")
_HANGING = re.compile(r"\s+[|–—-]\s+|\s*\|\s*")  # what parts a title from the section and the outlet hung on it
_ITEM = re.compile(r"(?:-\s+)+")  # the extractor's own mark of a list item
_HEADING_CHARACTERS = 500
# Of a brief of a line or two the extractor takes all words of the page for the article.
_FURNITURE = ["//nav", "//footer[not(ancestor::blockquote)]"]
_DATE_NAMES = {
    "article:published_time": "published",
    "datepublished": "published",
    "article:modified_time": "updated",
    "og:updated_time": "updated",
    "datemodified": "updated",
}
_AUTHOR_NAMES = {"author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author"}
_ABOVE = 3  # lines among which the headline stands; further down the extractor has only put it there
_LOOKED_FROM = (
    "1995-01-01"  # the extractor passes over days before, which archives have, and after today, which Auckland has
)
_NO_DAYS = {"1969-12-31", "1970-01-01", "1900-01-01"}  # the zero of machines' clocks and of tables
_LINKED_DATES = re.compile(r'"(datePublished|dateModified)"\s*:\s*"([^"\\\n]{10,40})"')


@dataclass(frozen=True, slots=True)
class WebPage:
    """Text with a blank line between paragraphs (empty where the page holds no article), and its metadata.

    `headings` are the `letters` of its main headings: a title is a headline only where it stands among them.
    """

    text: str = ""
    headings: frozenset[str] = frozenset()
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    updated: str | None = None
    outlet: str | None = None
    url: str | None = None


def _markup(html: str) -> str:
    """What the parser takes: without characters that are none, and without an XML declaration before it."""
    markup = _UNUSABLE.sub("\ufffd", html)
    declaration = _DECLARATION.match(markup)
    return markup[declaration.end() :] if declaration else markup


def letters(words: str) -> str:
    """Letters and digits alone: what is left of a headline when outlets differ in marks and capitals."""
    return "".join(c for c in words.casefold() if c.isalnum())


def read_page(html: str, url: str | None, origin: str = "page") -> WebPage:
    """The article of a page. A page without one gives an empty WebPage: that is no error, there is nothing to read.

    Raises MalformedError, which names `origin`, for markup that breaks the parser.
    """
    from trafilatura import bare_extraction, load_html  # here: a third of a second that plain text never pays

    markup = _markup(html)
    try:
        tree = load_html(markup)
        if tree is None:  # not a page yet: a lone paragraph, as a form or another program's output has it
            tree = load_html(f"<html><body>{markup}</body></html>")
        if tree is None:
            return WebPage()
        headings = frozenset(
            filter(None, (letters("".join(h.itertext())[:_HEADING_CHARACTERS]) for h in tree.iter("h1")))
        )
        dates, authors = _dates(tree), _authors(tree)
        found = bare_extraction(
            tree,
            url=url,
            include_comments=False,
            include_tables=False,  # figures in rows: no prose, and nobody's words
            with_metadata=True,
            prune_xpath=_FURNITURE,
            # a day found anywhere in the text, or a year made into its first of January, would be a guess
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:  # what broken markup brings lxml's users to
        raise MalformedError(origin, f"markup that the page reader cannot take ({type(error).__name__})") from error
    if found is None or isinstance(found, dict) or not found.text:
        return WebPage()
    body = [_ITEM.sub("", line.strip(), count=1) if line.lstrip().startswith("- ") else line.strip()
            for line in found.text.split("\n")]  # fmt: skip
    title = title_of(found.title, found.sitename, headings)
    return WebPage(
        text="\n\n".join(_once(list(filter(None, body)), title, headings)),
        headings=headings,
        title=title,
        byline=_byline(found.author, authors),
        published=_published(found.date, dates["published"]),
        updated=next(iter(dates["updated"]), None),
        outlet=found.sitename or None,
        url=found.url or None,
    )


def _once(lines: list[str], title: str | None, headings: Collection[str]) -> list[str]:
    """The lines without the headline where it stands again below: what it tells would be said twice."""
    named = letters(title or "")
    if named not in headings:
        return lines
    return lines[:_ABOVE] + [line for line in lines[_ABOVE:] if letters(line) != named]


def _authors(tree: Any) -> list[str]:
    """Authors as a page's head writes them."""
    tags = ((tag.get("property") or tag.get("name") or "", tag.get("content") or "") for tag in tree.iter("meta"))
    return [" ".join(told.split()) for name, told in tags if name.lower() in _AUTHOR_NAMES]


def _byline(author: str | None, written: Iterable[str]) -> str | None:
    """The authors found, as the head writes them where one of its fields has them all: the extractor takes them apart at each
    comma ("Ada Brun, Political Editor" is one), and without what stands in brackets ("Ada Brun (Reuters)").
    """
    if not author:
        return None
    names = [letters(name) for name in author.split("; ")]
    whole = (told for told in written if "://" not in told and "@" not in told and told != told.lower())
    return next((told for told in whole if all(name in letters(told) for name in names)), author.replace("; ", " and "))


def _dates(tree: Any) -> dict[str, list[str]]:
    """What a page's head and its linked data tell of its time, as written, in their order."""
    found: dict[str, list[str]] = {"published": [], "updated": []}
    for tag in tree.iter("meta"):
        name = (tag.get("property") or tag.get("itemprop") or tag.get("name") or "").lower()
        if name in _DATE_NAMES and tag.get("content"):
            found[_DATE_NAMES[name]].append(tag.get("content"))
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json":
            for name, told in _LINKED_DATES.findall(script.text or ""):
                found[_DATE_NAMES[name.lower()]].append(told)
    return found


def _published(day: str | None, told: Sequence[str]) -> str | None:
    """The day of publication that was found, with its time where the head tells one of the same day.

    What the head tells first comes before it where that is a day that was not looked for.
    """
    first = metadata_day(told[0]) if told else None
    if first and first not in _NO_DAYS and not _LOOKED_FROM <= first <= date.today().isoformat():
        return told[0]
    return next((exact for exact in told if day and exact.startswith(day)), day or None)


def title_of(title: str | None, outlet: str | None, headings: Collection[str]) -> str | None:
    """The title on one line, without the section and the outlet's name that pages hang on it."""
    words = " ".join((title or "").split())
    cuts = [part.start() for part in _HANGING.finditer(words) if part.start()]
    for cut in (len(words), *reversed(cuts)):
        # the outlet's own name is a main heading on many pages, and may stand before the title
        is_name = letters(words[:cut]) == letters(outlet) if outlet else cut * 2 < len(words)
        if letters(words[:cut]) in headings and not is_name:
            return words[:cut]
    if outlet and cuts and letters(words[cuts[-1] :]) == letters(outlet):
        piped = next((cut for cut in cuts if words[cut:].lstrip().startswith("|")), cuts[-1])
        return words[: min(piped, cuts[-1])]
    return words or None
