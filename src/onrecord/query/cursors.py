"""Cursors: where the next page starts. Opaque to whoever hands them back; no state is kept for them.

A cursor names the last entry of a page by what the page is ordered by, so that pages neither repeat nor leave out an entry
when articles are added in between. Where what orders a list is counted anew for each page (`stats`, `figures`, all whom a name
may mean) it tells how many entries were given: what is added in between may move one of those over the edge of a page.
"""

from __future__ import annotations

import base64
import binascii
import json
from math import isfinite
from types import UnionType
from typing import Any

from onrecord.records import MalformedError

MOST = 1_000
"""Entries of one page at most: the work of a question is bounded by it."""


def write_cursor(question: str, *place: object) -> str:
    """The cursor of `question` (whose cursors no other takes) for the page after `place`."""
    packed = json.dumps([question, *place], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def read_cursor(question: str, cursor: str | None, *kinds: type | UnionType) -> list[Any] | None:
    """The values, of these `kinds`, that the cursor was written with; None without one. Raises MalformedError for other text."""
    if cursor is None:
        return None
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise MalformedError("cursor", "it is none that a page gave") from error
    if not isinstance(place, list) or len(place) != len(kinds) + 1 or place[0] != question:
        raise MalformedError("cursor", "it is none that a page of this question gave")
    values = place[1:]
    if not all(isinstance(value, kind) and _is_plain(value) for value, kind in zip(values, kinds, strict=True)):
        raise MalformedError("cursor", "it is none that a page gave")
    return values


def _is_plain(value: object) -> bool:
    """Whether SQLite takes the value: a row or an offset is a whole number from 0 on, and texts have no half of a character."""
    if isinstance(value, str):
        return not any("\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, int):
        return not isinstance(value, bool) and 0 <= value < 1 << 63
    return value is None or (isinstance(value, float) and isfinite(value))


def page_size(size: int) -> int:
    """Check how many entries are asked for. Raises MalformedError."""
    if not 1 <= size <= MOST:
        raise MalformedError("size", f"a page has 1 to {MOST:,} entries, not {size}")
    return size
