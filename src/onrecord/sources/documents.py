"""One document of bytes already in memory: a page, or a plain text."""

from __future__ import annotations

import re

from onrecord.records import RawDocument
from onrecord.sources.decoding import decode

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_META_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_META_WITHIN = 4096  # browsers look no further than the first kilobyte; some pages put a comment before


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
    """A page where the bytes begin like one, else a plain text. Raises NotTextError."""
    document = page(data, origin, source_id=source_id, url=url)
    if document.html is not None and _HTML_START.match(document.html):
        return document
    return plain(data, origin, source_id=source_id, url=url)
