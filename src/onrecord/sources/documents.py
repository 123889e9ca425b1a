"""One document of bytes already in memory: a page, or a plain text."""

from __future__ import annotations

import json
import re

from onrecord.records import MalformedError, RawDocument
from onrecord.sources.decoding import decode

_HTML_START = re.compile(
    r"\s*(?:<\?[^>]{0,200}>\s*)*(?:<!--.{0,2000}?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|meta|title|body|main|section|article|div|h1|p)(?=[\s/>])",
    re.I | re.S,
)
_XML_START = re.compile(r"\s*<(?:\?xml|rss|feed|rdf:RDF)\b", re.I)
_META_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_META_WITHIN = 4096  # browsers look no further than the first kilobyte; some pages put a comment before

EXPECTED = 'expected a text, an HTML page, or lines of JSON with "id" and "text" in each'
"""What a MalformedError says beside what the content is."""


def page(
    data: bytes, origin: str, *, source_id: str | None, url: str | None = None, charset: str | None = None
) -> RawDocument:
    """An HTML page. `charset` is what the server declared. Raises NotTextError."""
    declared = _META_CHARSET.search(data[:_META_WITHIN])
    text = decode(data, origin, declared=charset or (declared[1].decode("ascii", "replace") if declared else None))
    return RawDocument(origin=origin, source_id=source_id, html=text, url=url)


def plain(
    data: bytes, origin: str, *, source_id: str | None, url: str | None = None, charset: str | None = None
) -> RawDocument:
    """A plain text, kept to the character. Raises NotTextError."""
    return RawDocument(origin=origin, source_id=source_id, text=decode(data, origin, declared=charset), url=url)


def sniffed(data: bytes, origin: str, *, source_id: str | None, url: str | None = None) -> RawDocument:
    """A page where the bytes begin like one, else a plain text. Raises NotTextError, and MalformedError for data formats."""
    document = page(data, origin, source_id=source_id, url=url)
    if document.html is not None and _HTML_START.match(document.html):
        return document
    document = plain(data, origin, source_id=source_id, url=url)
    kind = _data_format(document.text or "")
    if kind is not None:
        raise MalformedError(origin, f"{kind}: {EXPECTED}")
    return document


def _data_format(text: str) -> str | None:
    """What a text is called that is data and no prose."""
    if _XML_START.match(text):
        return "XML or a feed"
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        value, end = json.JSONDecoder().raw_decode(text.lstrip())
    except (ValueError, RecursionError):
        return None
    rest = text.lstrip()[end:].lstrip(" \t")
    if isinstance(value, dict):
        return "JSON" if not rest or rest.startswith("\n") else None
    return "a JSON list" if not rest.strip() and all(isinstance(item, dict) for item in value) else None
