"""Tables, CSV and TSV: one article a row, under a first row that names the columns.

They are named as JSON Lines names its fields, or it is declared which column holds which.
"""

from __future__ import annotations

import codecs
import csv
import logging
import re
from collections.abc import Iterator, Mapping

from onrecord.records import InputError, MalformedError, NotTextError, RawDocument, TooLargeError
from onrecord.sources import jsonl
from onrecord.sources.decoding import decode
from onrecord.sources.fields import NAME, NAMES, tell_empty, tell_left
from onrecord.sources.limits import CHUNK_BYTES, CONTAINER_BYTES, too_large
from onrecord.sources.streams import Source

_log = logging.getLogger(__name__)
_REQUIRED = ("id", "text")
_BYTES_AS_WERE = re.compile("[\udc80-\udcff]")  # as "surrogateescape" keeps what is no UTF-8
_DELIMITERS = (",", "\t", ";")  # the last as spreadsheets write it where the comma parts decimals


def rows(source: Source) -> Iterator[RawDocument | InputError]:
    """A document for each row; an InputError, named ``origin:line``, for each that is none. Blank lines are passed over.

    Sets csv's process-wide limit on a field to the cap on one text, where it is lower.
    """
    csv.field_size_limit(max(csv.field_size_limit(), source.max_bytes))
    try:
        yield from _rows(source)
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(source.origin, error.strerror or str(error))


def declared(told: str) -> dict[str, str]:
    """Fields by the names of their columns, of "id=ID,text=Body,title=Headline". Raises MalformedError.

    A pair that holds a comma stands in quotation marks, as in a table.
    """
    columns: dict[str, str] = {}
    try:
        pairs = next(csv.reader([told], strict=True, skipinitialspace=True), [])
    except csv.Error as error:
        raise MalformedError("columns", f"not a list of pairs such as text=Body ({error})") from error
    for pair in pairs:
        name, equals, column = pair.partition("=")
        name, column = name.strip().lower(), _plain(column)
        if not equals or not column:
            raise MalformedError("columns", f"{pair!r} is no pair such as text=Body")
        if name not in jsonl.FIELDS:
            raise MalformedError("columns", f"{name!r} is none of the fields {', '.join(jsonl.FIELDS)}")
        if column in columns or name in columns.values():
            raise MalformedError("columns", f"{pair!r}: one column a field, and one field a column")
        columns[column] = name
    if not columns:
        raise MalformedError("columns", "names no column")
    return columns


def is_header(line: str, columns: Mapping[str, str]) -> bool:
    """Whether a line names the columns that a table must have: how one is told from prose."""
    try:
        names = _fields(list(map(_plain, _cells(line))), columns)
    except csv.Error:
        return False
    return set(_REQUIRED) <= set(names)


def _rows(source: Source) -> Iterator[RawDocument | InputError]:
    lines = _CappedLines(source)
    first = next(lines, "")
    while first.isspace():
        first = next(lines, "")
    if not first:
        tell_empty(source.origin)
        return
    delimiter = _delimiter(first)
    names = _columns(first, f"{source.origin}:{lines.number}", source.columns)
    left = [cell for cell, name in zip(_cells(first), names, strict=True) if name not in jsonl.FIELDS]
    tell_left(left, "columns", source.origin)
    begun, before, some = lines.number, 0, False
    reader = csv.reader(lines, delimiter=delimiter, strict=True)  # a garbled row is told rather than guessed at
    while True:
        before = reader.line_num
        where = f"{source.origin}:{begun + before + 1}"
        try:
            cells = next(reader, None)
            some = some or any(cells or ())
        except csv.Error as error:
            some = True
            yield MalformedError(where, _broken(str(error), source.max_bytes))
            continue
        if cells is None:
            if not some:
                tell_empty(source.origin)
            return
        if lines.too_long:
            lines.too_long = False
            yield TooLargeError(where, too_large(None, source.max_bytes))
        elif any(cells):
            yield _row(dict(_paired(names, cells)), len(cells), len(names), where, source.max_bytes)


def _row(fields: dict[str, str], count: int, columns: int, where: str, cap: int) -> RawDocument | InputError:
    if count != columns:
        return MalformedError(where, f"has {count} fields where the first row names {columns} columns")
    if any(_BYTES_AS_WERE.search(value) for value in fields.values()):
        return NotTextError(where, "not UTF-8")
    if any("\x00" in value for value in fields.values()):
        return NotTextError(where, "holds a zero byte")
    if not fields.get("text", "").strip():
        _log.warning("%s: has no text", where)
    try:
        return jsonl.row(fields, where, max_bytes=cap)
    except InputError as error:
        return error


def _paired(names: list[str], cells: list[str]) -> Iterator[tuple[str, str]]:
    """Fields with something in them; the text even without, since an empty article is one."""
    return ((name, cell) for name, cell in zip(names, cells, strict=False) if cell or name in _REQUIRED)


def _columns(line: str, where: str, columns: Mapping[str, str]) -> list[str]:
    try:
        headings = [_plain(cell) for cell in _cells(line)]
    except csv.Error as error:
        raise MalformedError(where, "the first row does not name columns") from error
    for column, field in columns.items():
        if column not in headings:
            told = f'no column is named "{column}", in any letter case, which is declared to hold "{field}"'
            raise MalformedError(where, f"{told}; {_there(line)}")
    names = _fields(headings, columns)
    for name in _REQUIRED:
        if name not in names:
            told = f'no column is named "{name}"; a table needs "id" and "text", or --columns {name}=…'
            raise MalformedError(where, f"{told}; {_there(line)}")
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice is not None:
        raise MalformedError(where, f'two columns are named "{twice[:40]}"')
    return names


def _there(line: str) -> str:
    """The columns that there are, as they are written."""
    names = [" ".join(cell.strip("\ufeff").split())[:NAME] for cell in _cells(line)]
    more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
    return f"there are {', '.join(names[:NAMES])}{more}"


def _fields(headings: list[str], columns: Mapping[str, str]) -> list[str]:
    """The field of each column; "" for one that is named as a field which another column is declared to hold."""
    taken = set(columns.values())
    return [columns.get(heading, "" if heading in taken else heading) for heading in headings]


def _plain(name: str) -> str:
    return name.strip().strip("\ufeff").strip().lower()


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def _cells(line: str) -> list[str]:
    return next(csv.reader([line], delimiter=_delimiter(line), strict=True), [])


def _broken(reason: str, cap: int) -> str:
    if "field limit" in reason:
        return f"a field of more than {cap:,} characters; is a quotation mark left open?"
    if "unexpected end" in reason:
        return "a quotation mark that is never closed"
    if "new-line" in reason:
        return "a line end of old Macs inside a row"
    return f"not a row of a table ({reason})"


class _CappedLines:
    """The lines of a table as text, with their ends; one that is longer than the cap comes empty, and `too_long` tells."""

    __slots__ = ("_lines", "number", "too_long")

    def __init__(self, source: Source) -> None:
        # A row may hold more than its text; a field of bare quotation marks is written in twice its size.
        self._lines = jsonl.lines(_utf_8(source), source.max_bytes * 2 + CHUNK_BYTES)
        self.number = 0
        self.too_long = False

    def __iter__(self) -> _CappedLines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self.too_long |= line is None
        return (line or b"").decode("utf-8", "surrogateescape").removeprefix(
            "\ufeff" if self.number == 1 else ""
        ) + "\n"


def _utf_8(source: Source) -> Iterator[bytes]:
    """The bytes in UTF-8. A table in another encoding is taken whole, to tell which. Raises InputError."""
    head = source.stream.peek(CHUNK_BYTES)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        if not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            data = source.stream.whole(source.origin, CONTAINER_BYTES)
            return iter([decode(data, source.origin, declared=source.charset).encode("utf-8")])
    return jsonl.as_utf8(source.stream.chunks(), source.origin)
