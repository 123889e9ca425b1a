"""Any input by its name: which reader it needs, and its documents one after another."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from onrecord.records import InputError, MalformedError, NotFoundError, RawDocument, TooLargeError
from onrecord.sources import documents, jsonl
from onrecord.sources.address import fetch
from onrecord.sources.limits import CHUNK_BYTES, JSON_GROWTH, MAX_TEXT_BYTES, too_large

_HOST = re.compile(
    r"www\.[\w-]+\.|(?:[\w-]+\.)+(?:com|org|net|gov|edu|info|news|co|io|eu|uk|de|fr|ru|in|au|ca)(?:/|$)", re.I
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.I)
_TEXT, _PAGE, _ROWS = {".txt", ".text"}, {".html", ".htm", ".xhtml"}, {".jsonl", ".ndjson"}
_TABLES = {".csv", ".tsv"}
_PAGE_TYPES = {"text/html", "application/xhtml+xml"}
_ROW_TYPES = {"application/jsonl", "application/x-ndjson", "application/ndjson", "application/x-jsonlines"}


def open_source(
    name: str, *, stdin: BinaryIO | None = None, max_bytes: int = MAX_TEXT_BYTES
) -> Iterator[RawDocument | InputError]:
    """The documents of `name`: a path, an http(s) address, or ``-`` for `stdin`.

    What cannot be read comes out as an InputError value, named as the user would name it, so that the rest still is
    read; nothing is raised. The kind is told by the suffix; without a known one, by how the content begins.
    """
    try:
        if name == "-":
            yield from _stream(stdin, "stdin", max_bytes)
        elif scheme := _SCHEME.match(name):
            yield from _address(name, scheme[1].lower(), max_bytes)
        else:
            yield from _file(name, max_bytes)
    except InputError as error:
        yield error


def _stream(stream: BinaryIO | None, origin: str, max_bytes: int) -> Iterator[RawDocument | InputError]:
    if stream is None:
        raise NotFoundError(origin, "nothing is connected to it")
    try:
        yield from _unknown(stream, origin, None, max_bytes)
    except OSError as error:
        raise InputError(origin, error.strerror or str(error)) from error


def _address(name: str, scheme: str, max_bytes: int) -> Iterator[RawDocument | InputError]:
    if scheme not in {"http", "https"}:
        raise InputError(name, f"{scheme} addresses are not read, only http and https")
    got = fetch(name, max_bytes=max_bytes)
    if got.media_type in _ROW_TYPES or jsonl.is_row(got.data.partition(b"\n")[0]):
        yield from jsonl.rows([got.data], name, max_bytes=max_bytes)
    elif got.media_type in _PAGE_TYPES:
        yield documents.page(got.data, name, source_id=None, url=got.url, charset=got.charset)
    elif got.media_type == "text/plain":
        yield documents.plain(got.data, name, source_id=None, url=got.url, charset=got.charset)
    else:
        yield documents.sniffed(got.data, name, source_id=None, url=got.url)


def _file(name: str, max_bytes: int) -> Iterator[RawDocument | InputError]:
    path = Path(name)
    if not name.strip():
        raise InputError(f'"{name}"', "an empty name")
    if "\0" in name:
        raise NotFoundError(name.replace("\0", "\\0"), "no such file")
    try:
        if path.is_dir():
            raise InputError(name, "is a directory: name its files")
        with path.open("rb") as stream:
            yield from _opened(stream, name, path, max_bytes)
    except FileNotFoundError as error:
        hint = f"; for a page on the web write https://{name}" if _HOST.match(name) else ""
        raise NotFoundError(name, f"no such file{hint}") from error
    except PermissionError as error:
        raise InputError(name, "permission denied") from error
    except OSError as error:
        raise InputError(name, error.strerror or str(error)) from error


def _opened(stream: BinaryIO, name: str, path: Path, max_bytes: int) -> Iterator[RawDocument | InputError]:
    suffix = path.suffix.lower()
    if suffix in _ROWS:
        yield from jsonl.rows(_chunks(stream), name, max_bytes=max_bytes)
    elif suffix in _TEXT:
        yield documents.plain(_whole(stream, name, max_bytes), name, source_id=path.stem)
    elif suffix in _PAGE:
        yield documents.page(_whole(stream, name, max_bytes), name, source_id=path.stem)
    elif suffix in _TABLES:
        raise MalformedError(name, f"a table: {documents.EXPECTED}")
    else:
        yield from _unknown(stream, name, path.stem, max_bytes)


def _unknown(stream: BinaryIO, origin: str, stem: str | None, max_bytes: int) -> Iterator[RawDocument | InputError]:
    """What has no telling suffix: looked at as far as one text may go."""
    head = stream.read(max_bytes + 1)
    first = head.partition(b"\n")[0]
    if len(first) > max_bytes and first.lstrip().startswith(b"{"):  # a row's line may be longer than its text
        head += stream.read(max_bytes * JSON_GROWTH)
        first = head.partition(b"\n")[0]
    if jsonl.is_row(first):
        yield from jsonl.rows(chain([head], _chunks(stream)), origin, max_bytes=max_bytes)
    elif len(head) > max_bytes:
        raise TooLargeError(origin, too_large(_size(stream), max_bytes))
    else:
        yield documents.sniffed(head, origin, source_id=stem)


def _whole(stream: BinaryIO, name: str, max_bytes: int) -> bytes:
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise TooLargeError(name, too_large(_size(stream), max_bytes))
    return data


def _size(stream: BinaryIO) -> int | None:
    """Size of a real file; None for what has none (a pipe, a device, a test's buffer)."""
    try:
        return os.fstat(stream.fileno()).st_size or None
    except OSError:  # io.UnsupportedOperation is one
        return None


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: stream.read(CHUNK_BYTES), b"")
