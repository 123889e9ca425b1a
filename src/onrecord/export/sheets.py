"""CSV (RFC 4180, UTF-8, with a heading), safe to open in a spreadsheet.

A spreadsheet takes a cell that begins with ``= + - @``, a tab or a line's end for a formula, which may run a program (OWASP,
"CSV Injection"). Such a text has an apostrophe put before it, and so has one that begins with apostrophes and then such a
character: whoever takes one apostrophe off each text that begins so has the words as they were. Numbers stay as they are.
Lists are JSON, what is true or false is yes or no.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import Any, Protocol, TextIO

from onrecord.export.exported import Exported
from onrecord.export.tables import Table
from onrecord.store.rows import dump

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


class CsvTable:
    """A table of which one article's rows after the other's are written."""

    def __init__(self, table: Table, out: TextIO) -> None:
        self._table = table
        self._writer: _Rows = csv.writer(out)
        self._writer.writerow(table.columns)
        self.count = 0

    def add(self, article: Exported) -> None:
        for row in self._table.rows(article):
            self._writer.writerow([cell(value) for value in row])
            self.count += 1


class _Rows(Protocol):
    def writerow(self, row: Iterable[Any], /) -> Any: ...


def cell(value: object) -> object:
    """A value as it is written. Text comes back by the rule above."""
    if isinstance(value, str):
        return f"'{value}" if _FORMULA.match(value) else value
    if isinstance(value, list):
        return dump(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value
