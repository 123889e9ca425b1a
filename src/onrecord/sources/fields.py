"""Fields of a parsed row or item: what is a string in them, and what is not."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Sequence
from typing import Any

from onrecord.records import MalformedError, NotTextError

_log = logging.getLogger(__name__)
_SURROGATE = re.compile("[\ud800-\udfff]")
_DATE_CHARACTERS = 64
NAMES, NAME = 12, 40
"""Names of columns that are told in one line, and characters of one."""
DECLARE = "--columns title=… says which holds a field"
_DIGITS = 18  # of a number that a database can still hold


def told(value: object) -> str | None:
    """An optional field: a string with something in it that can be written down, else nothing."""
    return value if isinstance(value, str) and not _SURROGATE.search(value) else None


def told_date(value: object) -> str | None:
    """An optional field that holds a date, as it was written. What is no string is kept in JSON, so that it can be read as a day
    (20240506) or told to be none.
    """
    if value is None or isinstance(value, str):
        return told(value)
    return told(json.dumps(value, ensure_ascii=False)[:_DATE_CHARACTERS])


def required(fields: dict[str, Any], name: str, where: str) -> str:
    """A field that must be there. Raises MalformedError, and NotTextError for half a character."""
    if name not in fields:
        raise MalformedError(where, f'lacks "{name}"')
    value = fields[name]
    if not isinstance(value, str):
        raise MalformedError(where, f'"{name}" is {_kind(value)}, not a string')
    if _SURROGATE.search(value):
        raise NotTextError(where, f'"{name}" holds half a surrogate pair, which no encoding can write')
    return value


def tell_left(names: Sequence[str], what: str, origin: str, *, hint: str = DECLARE) -> None:
    """Warns of columns, or a row's fields, of which nothing is taken: "Headline" may have been meant for the title."""
    if names:
        more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
        told = ", ".join(" ".join(name.split())[:NAME] or "one without a name" for name in names[:NAMES])
        _log.warning("%s: not taken: the %s %s%s (%s)", origin, what, told, more, hint)


def tell_empty(origin: str) -> None:
    """Warns of a table or JSON Lines without a row, of which nothing else would tell that it was read."""
    _log.warning("%s: has no rows", origin)


def whole_number(value: object) -> int | None:
    """A version's number, as JSON has it or written out; None for anything else, and past what a database can hold."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= _DIGITS:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**_DIGITS else None


def _kind(value: object) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return "an object" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a number"
