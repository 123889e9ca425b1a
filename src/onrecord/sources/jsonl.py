"""JSON Lines: one article a line, read as a stream."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.records import InputError, MalformedError, NotTextError, RawDocument, Status, TooLargeError
from onrecord.sources import ninjs
from onrecord.sources.decoding import unify_newlines
from onrecord.sources.fields import required, tell_empty, tell_left, told, told_date, whole_number
from onrecord.sources.limits import JSON_GROWTH, too_large

FIELDS = (
    "id", "text", "title", "url", "outlet", "published", "byline", "updated", "retrieved", "agency", "status", "revision",
)  # fmt: skip
"""What a row may tell of its article."""
_STRINGS = tuple(field for field in FIELDS if field not in ("id", "text", "published", "revision"))
_SLACK = 1 << 16  # room for a line's other fields
_STATUSES: dict[str, Status] = {"usable": "usable", "withheld": "withheld", "canceled": "canceled"}


def rows(
    chunks: Iterable[bytes], origin: str, *, max_bytes: int, columns: Mapping[str, str]
) -> Iterator[RawDocument | InputError]:
    """A document for each line; an InputError, named ``origin:line``, for each that is none. Blank lines are passed over.

    `columns`: fields by what they are called here. What the first row has beside them is told once.
    """
    limit, told_of = max_bytes * JSON_GROWTH + _SLACK, False
    some = False
    try:
        for number, line in enumerate(lines(as_utf8(chunks, origin), limit), 1):
            where = f"{origin}:{number}"
            if line is None:
                yield TooLargeError(where, too_large(None, max_bytes))
            elif line.strip():
                some = True
                try:
                    fields = _fields(line, columns, where)
                    told_of = told_of or tell_others(fields, origin)
                    outcome: RawDocument | InputError = document(fields, where, max_bytes=max_bytes)
                except InputError as error:
                    outcome = error
                yield outcome
        if not some:
            tell_empty(origin)
    except InputError as error:  # binary; or, unpacked as it is read, damaged
        yield error
    except OSError as error:
        yield InputError(origin, error.strerror or str(error))


def document(fields: object, where: str, *, max_bytes: int) -> RawDocument:
    """The document of a parsed object, a row or an agency's item. Raises InputError."""
    if isinstance(fields, dict) and ninjs.is_item(fields):
        return ninjs.item(fields, where, max_bytes=max_bytes)
    return row(fields, where, max_bytes=max_bytes)


def row(fields: object, where: str, *, max_bytes: int) -> RawDocument:
    """The document of one parsed line. Raises InputError.

    An optional field of another kind than a string (a list of names) is left out: it is no reason to lose the text. The day of
    publication is kept as it was written, whatever it is: whether it names a day is told where the article is built.
    """
    if not isinstance(fields, dict):
        raise MalformedError(where, "not a JSON object")
    text = unify_newlines(required(fields, "text", where))
    size = len(text.encode("utf-8"))
    if size > max_bytes:
        raise TooLargeError(where, too_large(size, max_bytes))
    known = {name: told(value) for name, value in fields.items()}
    return RawDocument(
        origin=where,
        source_id=_identifier(fields, where),
        text=text,
        title=known.get("title"),
        url=known.get("url"),
        outlet=known.get("outlet"),
        published=told_date(fields.get("published")),
        byline=known.get("byline"),
        updated=known.get("updated"),
        retrieved=known.get("retrieved"),
        agency=known.get("agency"),
        status=_STATUSES.get(known.get("status") or "", "usable"),
        revision=whole_number(fields.get("revision")),
    )


def as_declared(value: object, columns: Mapping[str, str]) -> object:
    """A parsed object with its fields under our names; one named as a field that another is declared to hold is left out."""
    if not columns or not isinstance(value, dict):
        return value
    taken, fields = set(columns.values()), dict[str, Any]()
    for name, held in value.items():
        field = columns.get(name.strip().lower())
        if field or name not in taken:
            fields[field or name] = held
    return fields


def _check_declared(value: object, columns: Mapping[str, str], where: str) -> None:
    """Raises MalformedError where a row lacks what is declared to hold its text or id."""
    if isinstance(value, dict) and columns and not ninjs.is_item(value):
        names = {name.strip().lower() for name in value}
        for column, field in columns.items():
            if field in ("id", "text") and column not in names:
                raise MalformedError(where, f'lacks "{column}", which is declared to hold "{field}"')


def tell_others(fields: object, origin: str) -> bool:
    """Warns of what a row has that is none of our fields, or no string as it should be. Whether it was a row."""
    if not isinstance(fields, dict) or ninjs.is_item(fields):
        return False
    tell_left([name for name in fields if name not in FIELDS], "fields", origin)
    others = [name for name in _STRINGS if isinstance(fields.get(name), list | dict | int | float)]
    tell_left(others, "fields", origin, hint="they hold no strings")
    return True


def is_row(line: bytes, columns: Mapping[str, str]) -> bool:
    """Whether a line parses as a JSON object that is an article: how JSONL is told from plain text."""
    if not line.lstrip(codecs.BOM_UTF8 + b" \t").startswith(b"{"):
        return False
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return is_article(as_declared(fields, columns))


def is_article(fields: object) -> bool:
    """Whether a parsed object has a text, or is an agency's item."""
    return isinstance(fields, dict) and ("text" in fields or ninjs.is_item(fields))


def _fields(line: bytes, columns: Mapping[str, str], where: str) -> object:
    """What a line holds, under our names. Raises InputError."""
    value = _parsed(line, where)
    _check_declared(value, columns, where)
    return as_declared(value, columns)


def _parsed(line: bytes, where: str) -> object:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotTextError(where, "not UTF-8") from error
    except json.JSONDecodeError as error:
        what = f"{error.msg.removesuffix(' at')} at column {error.colno}"
        raise MalformedError(where, f"not JSON ({what})") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a thousand brackets
        raise MalformedError(where, "JSON too deep or with a number too long to read") from error


def _identifier(fields: dict[str, Any], where: str) -> str:
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    identifier = required(fields, "id", where)
    if not identifier:
        raise MalformedError(where, '"id" is empty')
    return identifier


def as_utf8(chunks: Iterable[bytes], origin: str) -> Iterator[bytes]:
    """The chunks as they are, or turned into UTF-8 where the stream opens with UTF-16's mark (PowerShell writes so).

    Raises NotTextError where it opens like a binary file, which else would give an error for each of its "lines".
    """
    decoder: codecs.IncrementalDecoder | None = None
    for count, chunk in enumerate(chunks):
        if not count and chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
        elif not count and _is_binary(chunk):
            raise NotTextError(origin, "binary, not text")
        yield decoder.decode(chunk).encode("utf-8") if decoder else chunk


def _is_binary(head: bytes) -> bool:
    """Whether it is no text at all. A zero byte in a row, of what else is UTF-8, is a fault of that row alone."""
    if b"\x00" not in head:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return True
    first = head.lstrip(codecs.BOM_UTF8 + b" \t\r\n").partition(b"\n")[0]
    return b"\x00" in (first[:4] if first.startswith(b"{") else first)  # UTF-16 without its mark has one at once


def lines(chunks: Iterable[bytes], limit: int) -> Iterator[bytes | None]:
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
