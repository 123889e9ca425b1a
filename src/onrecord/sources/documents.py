"""Bytes already in memory: a page, a plain text, or a JSON file."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections.abc import Mapping

from onrecord.records import InputError, MalformedError, RawDocument
from onrecord.sources import jsonl
from onrecord.sources.decoding import decode

# Each piece ends in one place only and gives nothing back: a row of comments could be cut in two to the power of its length ways.
_COMMENT = r"<!--(?:(?!-->).){0,2000}+-->"
_INSTRUCTION = r"<\?(?:(?!\?>).){0,1000}+\?>"
_DOCTYPE = r"<!doctype\b[^>\[]{0,500}+(?:\[(?:(?!\]\s*>).){0,20000}+\]\s*+)?+>"
_HTML_START = re.compile(
    rf"\s*+(?:(?:<\?[^>]{{0,200}}+>|{_COMMENT})\s*+)*+"
    r"<(?:!doctype\s+html|html|head|meta|title|body|main|section|article|div|h1|p)(?=[\s/>])",
    re.I | re.S,
)
_XML_START = re.compile(r"\s*+<(?:\?xml|rss|feed|rdf:RDF)\b", re.I)
_XML_ROOT = re.compile(
    rf"\s*+(?:(?:{_INSTRUCTION}|{_COMMENT}|{_DOCTYPE})\s*+){{0,20}}+<([\w:.-]{{1,40}})",
    re.I | re.S,
)
_FEED_ROOTS = {"rss", "feed", "rdf:rdf", "atom:feed"}
_META_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_META_WITHIN = 4096  # browsers look no further than the first kilobyte; some pages put a comment before

_JSON_START = re.compile(r'\s*\[?\s*\{\s*"[\w:.-]{1,60}"\s*:\s*["\d\[{tfn-]')
_OF_ARTICLES = re.compile(rb'"(?:text|headline|versioncreated|body_\w{1,10}|bodies)"\s*:')
_JSON_WITHIN = 1 << 16

EXPECTED = 'expected a text, a page, a feed, or JSON with "id" and "text" (or ninjs items) in it'
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
    if document.html is not None and is_page(document.html):
        return document
    document = plain(data, origin, source_id=source_id, url=url)
    kind = _data_format(document.text or "")
    if kind is not None:
        raise MalformedError(origin, f"{kind}: {EXPECTED}")
    return document


def is_page(text: str) -> bool:
    """Whether a text begins as an HTML page does."""
    return _HTML_START.match(text) is not None


def is_feed(text: str) -> bool:
    """Whether a text begins as a feed does, or as XML whose root is one."""
    root = _XML_ROOT.match(text)
    return root is not None and root[1].lower() in _FEED_ROOTS


def json_documents(
    data: bytes, origin: str, *, max_bytes: int, columns: Mapping[str, str]
) -> list[RawDocument | InputError] | None:
    """The documents of a JSON file that is one article or item, or a list of them; None for anything else.

    Those of a list are named ``origin:1`` and so on. `columns`: fields by what they are called here.
    """
    try:
        return _of_json(_parsed(data), origin, max_bytes, columns)
    except (ValueError, RecursionError):
        return None


def _parsed(data: bytes) -> object:
    return json.loads(data.decode("utf-8-sig") if data.startswith(BOM_UTF8) else data)


def _of_json(
    value: object, origin: str, max_bytes: int, columns: Mapping[str, str]
) -> list[RawDocument | InputError] | None:
    several = value if isinstance(value, list) else None
    items = [jsonl.as_declared(item, columns) for item in (several if several is not None else [value])]
    first = next(filter(jsonl.is_article, items), None)
    if first is None:
        return None
    jsonl.tell_others(first, origin)
    if several is None:
        return [_json_document(first, origin, max_bytes)]
    return [_json_document(item, f"{origin}:{number}", max_bytes) for number, item in enumerate(items, 1)]


def json_file(
    data: bytes, origin: str, *, max_bytes: int, columns: Mapping[str, str]
) -> list[RawDocument | InputError]:
    """The same of a file that is called JSON. Raises MalformedError where it is none, or holds no article.

    One that breaks off within articles is named with the line, and so is no file of another kind that a folder may hold.
    """
    try:
        value = _parsed(data)
    except json.JSONDecodeError as error:
        where = f"{origin}:{error.lineno}" if _OF_ARTICLES.search(data[:_JSON_WITHIN]) else origin
        what = error.msg.removesuffix(" at")
        raise MalformedError(where, f"not JSON ({what} at line {error.lineno}, column {error.colno})") from error
    except (ValueError, RecursionError) as error:
        raise MalformedError(origin, "not JSON, or too deep, or with a number too long to read") from error
    if (found := _of_json(value, origin, max_bytes, columns)) is not None:
        return found
    raise MalformedError(origin, f"{'a JSON list' if isinstance(value, list) else 'JSON'}: {EXPECTED}")


def _json_document(value: object, where: str, max_bytes: int) -> RawDocument | InputError:
    try:
        return jsonl.document(value, where, max_bytes=max_bytes)
    except InputError as error:
        return error


def _data_format(text: str) -> str | None:
    """What a text is called that is data and no prose."""
    if _XML_START.match(text):
        return "XML"
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        value, end = json.JSONDecoder().raw_decode(text.lstrip())
    except (ValueError, RecursionError):
        return "JSON that breaks off or is damaged" if _JSON_START.match(text) else None
    rest = text.lstrip()[end:].lstrip(" \t")
    if isinstance(value, dict):
        return "JSON" if not rest or rest.startswith("\n") else None
    return "a JSON list" if not rest.strip() and all(isinstance(item, dict) for item in value) else None
