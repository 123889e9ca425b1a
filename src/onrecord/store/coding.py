"""Days and standings as the numbers that columns have (onrecord.store.columns)."""

from __future__ import annotations

import re
from functools import lru_cache

UNDATED = -1
CURRENT, WITHDRAWN, SUPERSEDED = 1, 2, 3
STANDINGS = {"current": CURRENT, "withdrawn": WITHDRAWN, "superseded": SUPERSEDED}

_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@lru_cache(maxsize=1 << 16)
def day_code(day: str | None) -> int:
    """A day as a number that sorts as its text does: 20240501, of a month 20240500, of a year 20240000."""
    found = _DAY.match(day) if day is not None else None
    return UNDATED if found is None else int("".join(part or "00" for part in found.groups()))


def day_text(code: int) -> str | None:
    """What `day_code` was told."""
    if code == UNDATED:
        return None
    year, month, day = f"{code // 10_000:04}", code // 100 % 100, code % 100
    return year + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


_PART = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-[0-9]{2})?)?[?~%]?")
_MONTHS = 12
"""What stands in a month's place and is more is a season, or another part of a year (EDTF)."""


@lru_cache(maxsize=1 << 12)
def period_code(edtf: str) -> int:
    """The month or year that a time (EDTF) lies in which is longer than a day, as `day_code` has them; UNDATED where it is
    in no one year, as a decade is.
    """
    ends = [_PART.fullmatch(end) for end in edtf.split("/")]
    told = [(int(end[1]), int(end[2] or 0)) for end in ends if end is not None]
    if len(told) < len(ends) or len({year for year, _ in told}) != 1:
        return UNDATED
    months = {month for _, month in told}
    (year, month), *_ = told
    return year * 10_000 + (month * 100 if len(months) == 1 and month <= _MONTHS else 0)
