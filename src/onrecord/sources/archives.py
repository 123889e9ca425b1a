"""WARC archives of crawls: the pages that a crawler was given, each with the moment at which it was."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from onrecord.records import InputError, MalformedError, RawDocument, TooLargeError
from onrecord.sources import documents
from onrecord.sources.fields import told
from onrecord.sources.limits import too_large
from onrecord.sources.streams import GZIP, Inflated, Peeked, Source, media_type, unpacked

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_PAGE_TYPES = {"text/html", "application/xhtml+xml"}
_TEXT_TYPES = {"text/plain"}
_FOUND = 200  # HTTP: other answers are errors, redirects, and parts of something
_CUT = "the archive breaks off within this record"
_HEADER_BYTES = 1 << 16
_UNREAD = {b"\x28\xb5\x2f\xfd": "zstd", b"\x04\x22\x4d\x18": "lz4"}
"""What compressed streams begin with that the archive's reader would unpack as a whole, whatever they grow to."""
_CHUNK = re.compile(rb"[0-9A-Fa-f]{1,8}\s*(?:;[^\r\n]*)?\r?\n")
T = TypeVar("T")


def pages(source: Source) -> Iterator[RawDocument | InputError]:
    """A document for each page or plain text of an archive, plain or gzipped.

    They are named by their record's number, ``origin:3``. Responses other than HTTP 200 and of other kinds are passed
    over. A damaged record is an InputError; where the archive itself breaks off, what came before stays, and the InputError
    is the last. Nothing is raised.
    """
    number = 0
    try:
        for record in _records(source):
            number += 1
            outcome = _outcome(record, f"{source.origin}:{number}", source.max_bytes)
            if outcome is not None:
                yield outcome
            if isinstance(outcome, InputError) and outcome.origin == source.origin:
                return  # not of this record, but of the stream that all come from
    except InputError as error:
        yield error
    except (OSError, ValueError) as error:
        reason = f"damaged after record {number} ({error})" if number else f"no WARC archive ({error})"
        yield MalformedError(source.origin, reason)


def _records(source: Source) -> Iterator[WarcRecord]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # here: reading a text never needs it

    # Its own reading of gzip ends without a word where an archive was cut off.
    packed = source.stream.peek(len(GZIP)) == GZIP
    stream = Peeked(Inflated(source.stream, source.origin)) if packed else source.stream
    for magic, name in _UNREAD.items():
        if stream.peek(len(magic)) == magic:
            raise MalformedError(source.origin, f"compressed with {name}, which is not read: unpack it first")
    # All kinds, though few are wanted: so a record's number is the archive's own.
    archive = _guarded(
        lambda: ArchiveIterator(
            stream,  # type: ignore[arg-type]  # it only reads and asks where it stands
            record_types=WarcRecordType.any_type,
            parse_http=False,
            max_header_len=_HEADER_BYTES,
        )
    )
    while (record := _guarded(lambda: next(archive, None))) is not None:
        yield record


def _outcome(record: WarcRecord, where: str, max_bytes: int) -> RawDocument | InputError | None:
    """The document of a record; None for one that is no page."""
    try:
        return _guarded(lambda: _document(record, where, max_bytes))
    except InputError as error:
        return error
    except (OSError, ValueError) as error:
        return MalformedError(where, f"a damaged record ({error})")


def _document(record: WarcRecord, where: str, max_bytes: int) -> RawDocument | None:
    if record.headers.get("Content-Length") is None:
        raise MalformedError(where, _CUT)
    kind, charset, codings = _told(record)
    if kind not in _PAGE_TYPES | _TEXT_TYPES:
        if not kind and record.content_length and not record.reader.read(1):
            raise MalformedError(where, _CUT)
        return None
    length = record.content_length
    data = record.reader.read(max_bytes + 1)
    if len(data) < min(length, max_bytes + 1):
        raise MalformedError(where, _CUT)
    if "chunked" in codings[0]:
        data = _joined(data, max_bytes)
    data = unpacked(data, codings[1], where, cap=max_bytes)
    if len(data) > max_bytes:
        raise TooLargeError(where, too_large(max(length, len(data)), max_bytes))
    url = _header(record, "WARC-Target-URI")
    make = documents.page if kind in _PAGE_TYPES else documents.plain
    document = make(data, where, source_id=_header(record, "WARC-Record-ID"), url=url, charset=charset)
    return replace(document, retrieved=_header(record, "WARC-Date"))


def _told(record: WarcRecord) -> tuple[str, str | None, tuple[str, str]]:
    """Media type, charset and codings (of the transfer, of the content); no type for a record that is not wanted."""
    from fastwarc.warc import WarcRecordType

    nothing = "", None, ("", "")
    if record.record_type == WarcRecordType.resource and not record.is_http:
        kind, charset = media_type(record.headers.get("Content-Type") or "")
        return kind, charset, ("", "")
    if record.record_type not in (WarcRecordType.response, WarcRecordType.resource) or not record.is_http:
        return nothing
    record.parse_http(auto_decode="none")
    headers = record.http_headers
    if headers.status_code != _FOUND:
        return nothing
    kind, charset = media_type(headers.get("Content-Type") or "")
    codings = (headers.get("Transfer-Encoding") or "").lower(), headers.get("Content-Encoding") or ""
    return kind, charset, codings


def _joined(data: bytes, max_bytes: int) -> bytes:
    """A body sent in chunks; as it is where a crawler kept the header though it had joined them."""
    from fastwarc.stream_io import ChunkedReader

    if not _CHUNK.match(data):
        return data
    return ChunkedReader(io.BytesIO(data)).read(max_bytes + 1)


def _header(record: WarcRecord, name: str) -> str | None:
    value = (record.headers.get(name) or "").strip().removeprefix("<").removesuffix(">")
    return told(value) or None


def _guarded(call: Callable[[], T]) -> T:
    """`call`, with what the archive's reader panics at (it then raises what no other except clause meets) as ValueError."""
    try:
        return call()
    except Exception:
        raise
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ValueError("its reader gave up") from error
