"""RSS and Atom feeds: one document an entry, with as much of the article as the feed itself holds."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from onrecord.records import InputError, MalformedError, RawDocument, TooLargeError
from onrecord.sources.decoding import decode, unify_newlines
from onrecord.sources.fields import told
from onrecord.sources.limits import MAX_TEXT_BYTES, too_large
from onrecord.sources.markup import as_page, plain_words

_DECLARATION = re.compile(r"\s*+<\?xml[^>]{0,300}+>")
_DECLARED_CHARSET = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_BROKEN_BYTES = 500_000
"""What is no well-formed XML goes through feedparser's own, slower reading (seconds a megabyte), up to this size."""

_MOST_ENTRIES = 20_000
_MOST_BROKEN_ENTRIES = 2_000
_ENTRY = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)\b", re.I)
_ENTRY_END = re.compile(rb"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.I)
_MAILED_BY = re.compile(
    r"[^\s@]++@[^\s@(]++\s*+\((.+)\)$"
)  # RSS's own way to name an author: "desk@pier.example (Ada Brun)"

_PLAIN = "text/plain"


def feed_entries(
    data: bytes,
    origin: str,
    *,
    url: str | None = None,
    charset: str | None = None,
    max_bytes: int = MAX_TEXT_BYTES,
) -> Iterator[RawDocument | InputError]:
    """A document for each entry of a feed, named ``origin:1`` and so on; an InputError for each that is none.

    An entry's full content is taken before its teaser, its title where there is neither. `url` is where the feed was found
    (relative links count from it), `charset` what the server declared. Nothing is fetched, no entity is expanded; a feed that
    declares some is refused; an entry that it breaks off within is none. Nothing is raised.
    """
    try:
        feed = _parsed(data, origin, url, charset)
    except InputError as error:
        yield error
        return
    outlet = _line(feed.get("feed") or {}, "title")
    for number, entry in enumerate(feed["entries"], 1):
        where = f"{origin}:{number}"
        if number == len(feed["entries"]) and feed["breaks_off"]:
            yield MalformedError(where, "the feed breaks off within it")
            return
        try:
            yield _document(entry, where, outlet, max_bytes)
        except InputError as error:
            yield error


def _parsed(data: bytes, origin: str, url: str | None, charset: str | None) -> Any:
    import feedparser  # type: ignore[import-untyped]  # here: a fifth of a second that reading files should not pay

    declared = _DECLARED_CHARSET.search(data[:1000])
    text = decode(data, origin, declared=charset or (declared[1].decode("ascii") if declared else None))
    declaration = _DECLARATION.match(text)
    utf_8 = text[declaration.end() if declaration else 0 :].strip().encode("utf-8", "replace")
    well_formed = _well_formed(utf_8, origin)
    if not well_formed and len(utf_8) > _BROKEN_BYTES:
        raise MalformedError(origin, "a feed that is no well-formed XML, and too large to guess at")
    most = _MOST_ENTRIES if well_formed else _MOST_BROKEN_ENTRIES
    if sum(1 for _ in _ENTRY.finditer(utf_8)) > most:
        raise TooLargeError(origin, f"a feed of more than {most:,} entries")
    headers = {"content-type": "application/xml; charset=utf-8", **({"content-location": url} if url else {})}
    try:
        feed = feedparser.parse(
            io.BytesIO(utf_8), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # what broken markup brings its parser to is of many kinds
        raise MalformedError(origin, f"a feed that cannot be taken apart ({type(error).__name__})") from error
    if not feed["entries"] and not feed.get("version"):
        raise MalformedError(origin, "neither an RSS nor an Atom feed")
    feed["breaks_off"] = not well_formed and _breaks_off(utf_8)
    return feed


def _breaks_off(utf_8: bytes) -> bool:
    """Whether the last entry has no end: its words may be half of what they are."""
    begins = [found.start() for found in _ENTRY.finditer(utf_8)]
    ends = [found.start() for found in _ENTRY_END.finditer(utf_8)]
    return bool(begins) and (not ends or ends[-1] < begins[-1])


def _well_formed(utf_8: bytes, origin: str) -> bool:
    """Whether expat takes it. Raises MalformedError where it declares entities: their expansion may have no end."""

    def refuse(*_: object) -> None:
        raise MalformedError(origin, "declares entities of its own, which are not expanded")

    parser = expat.ParserCreate("utf-8")
    parser.EntityDeclHandler = refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(utf_8, True)
    except expat.ExpatError:
        return False
    return True


def _document(entry: Any, where: str, outlet: str | None, max_bytes: int) -> RawDocument:
    title = _line(entry, "title")
    kind, content = _content(entry)
    if content is None:
        if title is None:
            raise MalformedError(where, "an entry without title or text")
        kind, content = _PLAIN, title
    size = len(content.encode("utf-8", "replace"))
    if size > max_bytes:
        raise TooLargeError(where, too_large(size, max_bytes))
    link = told(_field(entry, "link"))
    published = told(_field(entry, "published")) or told(_field(entry, "updated"))
    updated = told(_field(entry, "updated"))
    return RawDocument(
        origin=where,
        source_id=told(_field(entry, "id")) or link or None,
        text=unify_newlines(content) if kind == _PLAIN else None,
        html=None if kind == _PLAIN else as_page(content, title),
        title=title,
        url=link if link and link.lower().startswith(("http://", "https://")) else None,
        outlet=_line(_field(entry, "source") or {}, "title")
        or outlet,  # an entry that a collecting feed took from another
        byline=_byline(entry),
        published=published,
        updated=updated if updated != published else None,
    )


def _content(entry: Any) -> tuple[str, str | None]:
    """Kind and words of the fullest that an entry holds."""
    contents = _field(entry, "content") or []
    for part in [*contents, _field(entry, "summary_detail")]:
        value = told(_field(part, "value")) if isinstance(part, dict) else None
        if value and value.strip():
            return str(_field(part, "type") or ""), value
    return _PLAIN, None


def _byline(entry: Any) -> str | None:
    author = told(_field(entry, "author")) or ""
    if mailed := _MAILED_BY.match(author.strip()):
        return mailed[1].strip() or None
    authors = [a for a in _field(entry, "authors") or [] if isinstance(a, dict)]
    names = [" ".join(name.split()) for a in authors if (name := told(_field(a, "name")))]
    return " and ".join(names) or author or None


def _line(fields: Any, name: str) -> str | None:
    """A title as one line of words, whether the feed wrote it in markup or plainly."""
    words = told(_field(fields, name))
    if not words:
        return None
    detail = _field(fields, f"{name}_detail") or {}
    return (" ".join(words.split()) if _field(detail, "type") == _PLAIN else plain_words(words)) or None


def _field(fields: Any, name: str) -> Any:
    """What a feed says under this very name: feedparser's own look-up answers with a neighbour, and warns of it."""
    return dict.get(fields, name)
