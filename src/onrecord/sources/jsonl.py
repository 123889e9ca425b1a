"""JSON Lines: one article a line, read as a stream."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.records import InputError, MalformedError, NotTextError, RawDocument, Status, TooLargeError
from onrecord.sources.decoding import unify_newlines
from onrecord.sources.limits import JSON_GROWTH, too_large

_SLACK = 1 << 16  # room for a line's other fields
_DIGITS = 18
_SURROGATE = re.compile("[\ud800-\udfff]")
_STATUSES: dict[str, Status] = {"usable": "usable", "withheld": "withheld", "canceled": "canceled"}


def rows(chunks: Iterable[bytes], origin: str, *, max_bytes: int) -> Iterator[RawDocument | InputError]:
    """A document for each line; an InputError, named ``origin:line``, for each that is none. Blank lines are passed over."""
    limit = max_bytes * JSON_GROWTH + _SLACK
    try:
        for number, line in enumerate(_lines(_as_utf8(chunks, origin), limit), 1):
            where = f"{origin}:{number}"
            if line is None:
                yield TooLargeError(where, too_large(None, max_bytes))
            elif line.strip():
                yield _row(line, where, max_bytes)
    except NotTextError as error:
        yield error
    except OSError as error:
        yield InputError(origin, error.strerror or str(error))


def row(fields: object, where: str, *, max_bytes: int) -> RawDocument:
    """The document of one parsed line. Raises InputError.

    An optional field of another kind than a string (a time in seconds, a list of names) is left out: it is no reason to
    lose the text.
    """
    if not isinstance(fields, dict):
        raise MalformedError(where, "not a JSON object")
    text = unify_newlines(_string(fields, "text", where))
    size = len(text.encode("utf-8"))
    if size > max_bytes:
        raise TooLargeError(where, too_large(size, max_bytes))
    told = {name: _told(value) for name, value in fields.items()}
    return RawDocument(
        origin=where,
        source_id=_identifier(fields, where),
        text=text,
        title=told.get("title"),
        url=told.get("url"),
        outlet=told.get("outlet"),
        published=told.get("published"),
        byline=told.get("byline"),
        updated=told.get("updated"),
        retrieved=told.get("retrieved"),
        agency=told.get("agency"),
        status=_STATUSES.get(told.get("status") or "", "usable"),
        revision=whole_number(fields.get("revision")),
    )


def whole_number(value: object) -> int | None:
    """A version's number, as JSON has it or written out; None for anything else, and past what a database can hold."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < _DIGITS:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**_DIGITS else None


def is_row(line: bytes) -> bool:
    """Whether a line parses as a JSON object with a text in it: how JSONL is told from plain text."""
    if not line.lstrip(codecs.BOM_UTF8 + b" \t").startswith(b"{"):
        return False
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(fields, dict) and "text" in fields


def _row(line: bytes, where: str, max_bytes: int) -> RawDocument | InputError:
    try:
        return row(json.loads(line.decode("utf-8-sig")), where, max_bytes=max_bytes)
    except UnicodeDecodeError:
        return NotTextError(where, "not UTF-8")
    except json.JSONDecodeError as error:
        return MalformedError(where, f"not JSON ({error.msg} at column {error.colno})")
    except (ValueError, RecursionError):  # a number of thousands of digits, a thousand brackets
        return MalformedError(where, "JSON too deep or with a number too long to read")
    except InputError as error:
        return error


def _identifier(fields: dict[str, Any], where: str) -> str:
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    identifier = _string(fields, "id", where)
    if not identifier:
        raise MalformedError(where, '"id" is empty')
    return identifier


def _told(value: object) -> str | None:
    return value if isinstance(value, str) and not _SURROGATE.search(value) else None


def _string(fields: dict[str, Any], name: str, where: str) -> str:
    if name not in fields:
        raise MalformedError(where, f'lacks "{name}"')
    value = fields[name]
    if not isinstance(value, str):
        raise MalformedError(where, f'"{name}" is {_kind(value)}, not a string')
    if _SURROGATE.search(value):
        raise NotTextError(where, f'"{name}" holds half a surrogate pair, which no encoding can write')
    return value


def _kind(value: object) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return "an object" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a number"


def _as_utf8(chunks: Iterable[bytes], origin: str) -> Iterator[bytes]:
    """The chunks as they are, or turned into UTF-8 where the stream opens with UTF-16's mark (PowerShell writes so).

    Raises NotTextError where it opens like a binary file, which else would give an error for each of its "lines".
    """
    decoder: codecs.IncrementalDecoder | None = None
    for count, chunk in enumerate(chunks):
        if not count and chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
        elif not count and b"\x00" in chunk:
            raise NotTextError(origin, "binary, not text")
        yield decoder.decode(chunk).encode("utf-8") if decoder else chunk


def _lines(chunks: Iterable[bytes], limit: int) -> Iterator[bytes | None]:
    """Lines without their ends; None for one that is longer than `limit`, of which no more than that is ever held."""
    parts: list[bytes] = []
    held = 0
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for end in ended:
            yield b"".join([*parts, end]) if held + len(end) <= limit else None
            parts, held = [], 0
        held += len(rest)
        if held <= limit:
            parts.append(rest)
        else:
            parts = []
    if held:
        yield b"".join(parts) if held <= limit else None
