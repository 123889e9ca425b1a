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
