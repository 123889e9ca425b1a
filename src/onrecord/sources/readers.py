"""Which reader a file's name, a server's word, or the content itself asks for."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePath

from onrecord.records import InputError, MalformedError, RawDocument, TooLargeError
from onrecord.sources import archives, documents, feeds, jsonl, tables
from onrecord.sources.decoding import decode
from onrecord.sources.limits import CHUNK_BYTES, CONTAINER_BYTES, JSON_GROWTH, too_large
from onrecord.sources.streams import GZIP, Inflated, Peeked, Source

Outcomes = Iterator[RawDocument | InputError]

_WARC = "WARC/"
_JSON = ".json"  # of articles, but of programs' settings too: that a file is called so does not make it an input


def sniffed(source: Source) -> Outcomes:
    """What has no telling name: looked at as far as one text may go. Raises InputError, OSError."""
    if source.stream.peek(len(GZIP)) == GZIP:
        return _inflated(source, sniffed)
    begins = _beginning(source)
    if begins.startswith(_WARC):
        return archives.pages(source)
    if begins.lstrip().startswith(("{", "[")):
        return _json(source)
    if documents.is_feed(begins):
        return _feed(source)
    if tables.is_header(begins.partition("\n")[0], source.columns):
        return tables.rows(source)
    return _text(source)


def named(name: str, source: Source) -> Outcomes:
    """A file by its name: its suffix, or the one before ``.gz``. Raises InputError, OSError."""
    path = PurePath(name)
    packed = path.suffix.lower() == ".gz"
    inner = PurePath(path.stem) if packed else path
    source = replace(source, stem=inner.stem)
    read = _BY_SUFFIX.get(inner.suffix.lower(), _json_file if inner.suffix.lower() == _JSON else sniffed)
    if packed and source.stream.peek(len(GZIP)) == GZIP:
        return _inflated(source, read)
    return read(source)


def served(source: Source, media_type: str) -> Outcomes:
    """What a server sent, by what it called it; by how it begins where that tells too little. Raises InputError."""
    head = source.stream.peek(CHUNK_BYTES)
    if head.startswith((GZIP, _WARC.encode())) or jsonl.is_row(_first_line(head), source.columns):
        return sniffed(source)
    if media_type != "text/plain" and documents.is_feed(_beginning(source)):
        return _feed(source)
    return _BY_TYPE.get(media_type, sniffed)(source)


def is_known(name: str) -> bool:
    """Whether a file's suffix says that it is an input of ours."""
    path = PurePath(name.lower().removesuffix(".gz"))
    return path.suffix in _BY_SUFFIX


def _plain(source: Source) -> Outcomes:
    data = source.text_bytes()
    yield documents.plain(data, source.origin, source_id=source.stem, url=source.url, charset=source.charset)


def _page(source: Source) -> Outcomes:
    data = source.text_bytes()
    yield documents.page(data, source.origin, source_id=source.stem, url=source.url, charset=source.charset)


def _rows(source: Source) -> Outcomes:
    return jsonl.rows(source.stream.chunks(), source.origin, max_bytes=source.max_bytes, columns=source.columns)


def _feed(source: Source) -> Outcomes:
    data = source.stream.whole(source.origin, CONTAINER_BYTES)
    return feeds.feed_entries(data, source.origin, url=source.url, charset=source.charset, max_bytes=source.max_bytes)


def _json(source: Source) -> Outcomes:
    """Rows, a file that is one JSON value, or a text that begins with a bracket."""
    first = _first_line(source.stream.peek(CHUNK_BYTES))
    if len(first) >= CHUNK_BYTES:  # a row's line may be longer than its text
        first = _first_line(source.stream.peek(source.max_bytes * JSON_GROWTH + CHUNK_BYTES))
    if jsonl.is_row(first, source.columns):
        yield from _rows(source)
        return
    data = source.stream.whole(source.origin, max(CONTAINER_BYTES, source.max_bytes))
    found = documents.json_documents(data, source.origin, max_bytes=source.max_bytes, columns=source.columns)
    if found is not None:
        yield from found
    elif len(data) > source.max_bytes:
        raise TooLargeError(source.origin, too_large(source.stream.size, source.max_bytes))
    else:
        yield documents.sniffed(data, source.origin, source_id=source.stem, url=source.url)


def _json_file(source: Source) -> Outcomes:
    """A file that is called JSON, and so is no prose: what does not parse is told to be broken."""
    head = _first_line(source.stream.peek(source.max_bytes * JSON_GROWTH + CHUNK_BYTES))
    if jsonl.is_row(head, source.columns):
        yield from _rows(source)
        return
    data = source.stream.whole(source.origin, max(CONTAINER_BYTES, source.max_bytes))
    yield from documents.json_file(data, source.origin, max_bytes=source.max_bytes, columns=source.columns)


def _text(source: Source) -> Outcomes:
    """A page or a plain text. What is too large is told to be no text, where it is none."""
    head = source.stream.peek(CHUNK_BYTES)
    try:
        data = source.text_bytes()
    except TooLargeError:
        decode(head, source.origin)
        raise
    yield documents.sniffed(data, source.origin, source_id=source.stem, url=source.url)


def _inflated(source: Source, read: Callable[[Source], Outcomes]) -> Outcomes:
    inside = Peeked(Inflated(source.stream, source.origin))
    if inside.peek(len(GZIP)) == GZIP:  # there are files that unpack to themselves, for ever
        raise MalformedError(source.origin, "compressed more than once")
    return read(replace(source, stream=inside))


def _first_line(head: bytes) -> bytes:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return head.partition(b"\n")[0]


def _beginning(source: Source) -> str:
    """How the content begins, roughly: enough to tell its kind."""
    head = source.stream.peek(CHUNK_BYTES)
    marked = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return head.decode("utf-16" if marked else "utf-8-sig", "replace")


_BY_SUFFIX: dict[str, Callable[[Source], Outcomes]] = {
    ".txt": _plain,
    ".text": _plain,
    ".html": _page,
    ".htm": _page,
    ".xhtml": _page,
    ".jsonl": _rows,
    ".ndjson": _rows,
    ".csv": tables.rows,
    ".tsv": tables.rows,
    ".rss": _feed,
    ".atom": _feed,
    ".warc": archives.pages,
}
_BY_TYPE: dict[str, Callable[[Source], Outcomes]] = {
    "text/html": _page,
    "application/xhtml+xml": _page,
    "text/plain": _plain,
    "application/jsonl": _rows,
    "application/x-ndjson": _rows,
    "application/ndjson": _rows,
    "application/x-jsonlines": _rows,
    "text/csv": tables.rows,
    "text/tab-separated-values": tables.rows,
    "application/rss+xml": _feed,
    "application/atom+xml": _feed,
}
