"""Bytes as they come: looked at before they are read, unpacked as they are read, never more of them than a cap."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from onrecord.records import InputError, MalformedError, TooLargeError
from onrecord.sources.limits import CHUNK_BYTES, GROWTH, GROWTH_FREE_BYTES, too_large

GZIP = b"\x1f\x8b"
_GZIP_BITS, _ZLIB_BITS, _RAW_BITS = 31, 15, -15  # what zlib calls its three wrappings


class ByteStream(Protocol):
    """What bytes are read from: a file, a pipe, or another stream's inside."""

    def read(self, size: int = -1, /) -> bytes: ...


class Peeked:
    """A stream whose beginning can be looked at and is still read afterwards."""

    __slots__ = ("_at", "_held", "_read", "_size", "_stream")

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self._held = b""
        self._at = 0  # of what is held, what was read
        self._read = 0
        self._size = _size(stream)

    @property
    def size(self) -> int | None:
        """Size of a real file; None for what has none (a pipe, an unpacked file)."""
        return self._size

    def peek(self, size: int) -> bytes:
        """The first `size` bytes of what is left, or all where there are fewer."""
        while (left := len(self._held) - self._at) < size:
            try:
                part = self._stream.read(size - left)
            except InputError:
                if not left:
                    raise
                break  # what came before the damage is not lost; the same comes again with the next call
            if not part:
                break
            self._held += part
        return self._held[self._at : self._at + size]

    def read(self, size: int = -1, /) -> bytes:
        """The next `size` bytes or fewer, none only at the end."""
        data = self._held[self._at : self._at + size] if size >= 0 else self._held[self._at :] + self._stream.read()
        self._at += len(data)
        if self._at >= len(self._held):
            self._held, self._at = b"", 0
            data = data or self._stream.read(size)
        self._read += len(data)
        return data

    def tell(self) -> int:
        """How many bytes were read."""
        return self._read

    def chunks(self) -> Iterator[bytes]:
        return iter(lambda: self.read(CHUNK_BYTES), b"")

    def whole(self, origin: str, cap: int) -> bytes:
        """All of it. Raises TooLargeError past `cap`."""
        data = _exactly(self, cap + 1)
        if len(data) > cap:
            raise TooLargeError(origin, too_large(self._size, cap))
        return data


@dataclass(frozen=True, slots=True)
class Source:
    """A stream with what is known of it: its name in messages, the cap on one text, and what it was called elsewhere.

    `stem`: a file's name without its suffix, an article's id where the file is one article. `url`: where a fetched one was
    found in the end. `charset`: what the server declared. `columns`: of a table, fields by their columns.
    """

    stream: Peeked
    origin: str
    max_bytes: int
    stem: str | None = None
    url: str | None = None
    charset: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    def text_bytes(self) -> bytes:
        """All of it, where it is one text. Raises TooLargeError."""
        return self.stream.whole(self.origin, self.max_bytes)


class Inflated:
    """What lies in a gzip (of one or several members) or zlib stream, unpacked only as far as it is asked for.

    Reading raises MalformedError where the data are damaged or end too early, but only after all that came before was
    read; TooLargeError where they grow as no text does.
    """

    __slots__ = ("_bits", "_ended", "_engine", "_grown", "_origin", "_pending", "_stream", "_taken")

    def __init__(self, stream: ByteStream, origin: str, *, bits: int = _GZIP_BITS) -> None:
        self._stream, self._origin, self._bits = stream, origin, bits
        self._engine: zlib._Decompress | None = None
        self._pending = b""
        self._taken = self._grown = 0
        self._ended = False

    def read(self, size: int = -1, /) -> bytes:
        parts: list[bytes] = []
        left = size
        while left:
            try:
                piece = self._piece(left if left > 0 else CHUNK_BYTES)
            except InputError:
                if not parts:
                    raise
                break  # the same comes again with the next call
            if not piece:
                break
            parts.append(piece)
            left -= len(piece) if left > 0 else 0
        return b"".join(parts)

    def _piece(self, most: int) -> bytes:
        while not self._ended:
            if self._engine is None and not self._begins():
                break
            piece = self._unpacked(most)
            if piece:
                return piece
            if self._engine is not None and not self._pending and not self._fill():
                raise MalformedError(self._origin, "compressed data that end before their time")
        self._ended = True
        return b""

    def _begins(self) -> bool:
        """Whether another member begins here. What follows the last one is padding, as gzip itself holds it."""
        while len(self._pending) < len(GZIP) and self._fill():
            pass
        if not self._pending or (self._taken > len(self._pending) and not self._pending.startswith(GZIP)):
            return False
        self._engine = zlib.decompressobj(self._bits)
        return True

    def _unpacked(self, most: int) -> bytes:
        engine = self._engine
        assert engine is not None
        try:
            piece = engine.decompress(self._pending, most)
        except zlib.error as error:
            raise MalformedError(self._origin, "damaged compressed data") from error
        self._pending = engine.unconsumed_tail
        if engine.eof:
            self._pending, self._engine = engine.unused_data, None
        self._grown += len(piece)
        if self._grown > GROWTH_FREE_BYTES and self._grown > self._taken * GROWTH:
            raise TooLargeError(self._origin, f"unpacks to more than {GROWTH} times its size, as no text does")
        return piece

    def _fill(self) -> bool:
        chunk = self._stream.read(CHUNK_BYTES)
        self._pending += chunk
        self._taken += len(chunk)
        return bool(chunk)


def media_type(content_type: str) -> tuple[str, str | None]:
    """Kind and charset of a Content-Type header: ("text/html", "latin-2")."""
    _, _, charset = content_type.lower().partition("charset=")
    return content_type.partition(";")[0].strip().lower(), charset.partition(";")[0].strip(" \"'") or None


def unpacked(data: bytes, codings: str, origin: str, *, cap: int) -> bytes:
    """A body freed of its HTTP content codings ("gzip", "br, gzip"). Raises InputError; TooLargeError past `cap`."""
    for coding in reversed([name.strip().lower() for name in codings.split(",") if name.strip()]):
        if coding not in {"identity", "none"}:
            data = _unpacked(data, coding, origin, cap)
    return data


def _unpacked(data: bytes, coding: str, origin: str, cap: int) -> bytes:
    if coding in {"gzip", "x-gzip"}:
        packed: ByteStream = Inflated(io.BytesIO(data), origin)
    elif coding == "deflate":  # meant as zlib, and sent without its wrapping by some
        wrapped = len(data) > 1 and data[0] & 15 == 8 and (data[0] << 8 | data[1]) % 31 == 0
        packed = Inflated(io.BytesIO(data), origin, bits=_ZLIB_BITS if wrapped else _RAW_BITS)
    elif coding == "br":
        from fastwarc.stream_io import BrotliReader  # here: an archive's library, which a text never needs

        packed = BrotliReader(io.BytesIO(data))
    else:
        raise InputError(origin, f"sent in a coding that is not read ({coding[:40]})")
    try:
        text = _exactly(packed, cap + 1)
    except OSError as error:
        raise MalformedError(origin, "damaged compressed data") from error
    if len(text) > cap:
        raise TooLargeError(origin, too_large(None, cap))
    return text


def _exactly(stream: ByteStream, size: int) -> bytes:
    """`size` bytes, fewer only at the end: a pipe may give less than it is asked for."""
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _size(stream: object) -> int | None:
    try:
        return os.fstat(stream.fileno()).st_size or None  # type: ignore[attr-defined]
    except (AttributeError, OSError):  # io.UnsupportedOperation is an OSError
        return None
