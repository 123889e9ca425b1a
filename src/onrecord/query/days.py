"""Days that a question is bounded by: a year, a month or a day (ISO 8601)."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.records import MalformedError
from onrecord.records.when import is_day

_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
"""Months by which EDTF (ISO 8601-2) tells seasons."""
_AFTER_ALL = "~"  # sorts after the hyphen and the digits of any day within the year or month


def check_day(name: str, day: object) -> str:
    """The day itself. Raises MalformedError where it is no year, month or day; `name` is the option that gave it. TypeError for
    what is no text: of a date nobody could tell that it means less than a day.
    """
    if not isinstance(day, str):
        option = name.replace("-", "_")
        raise TypeError(f"{option} is a day as text, such as '2024-05-01', not {type(day).__name__}")
    day = day.strip()
    if not is_day(day):
        raise MalformedError(name, f"{day!r} is no year, month or day (2024, 2024-05, 2024-05-01)")
    return day


def first_of(name: str, day: str) -> str:
    """A text that sorts before or with every day of the year, month or day."""
    return check_day(name, day)


def within(
    column: str, since: str | None, until: str | None, *, names: tuple[str, str] = ("since", "until")
) -> tuple[list[str], list[object]]:
    """Conditions that a column's day lies between two that may be told, and their values. `names`: the options' own."""
    if since is not None and until is not None and last_of(names[1], until) < first_of(names[0], since):
        raise MalformedError(
            names[1], f"{until.strip()!r} lies before {since.strip()!r}, so that no day is between them"
        )
    told = [(">=", first_of(names[0], since))] if since is not None else []
    told += [("<=", last_of(names[1], until))] if until is not None else []
    return [f"{column} {sign} ?" for sign, _ in told], [day for _, day in told]


def last_of(name: str, day: str) -> str:
    """A text that sorts after every day of the year, month or day, and before the next."""
    return check_day(name, day) + _AFTER_ALL


def in_words(edtf: str, *, day: Callable[[str], str] = str) -> str:
    """A time in Extended Date/Time Format, with what stands for words in it told in words: "2024-22" is "summer 2024",
    "2024-05~" "about 2024-05", "2024-05-01/2024-05-03" "2024-05-01 to 2024-05-03", "2024-05-01/.." "from 2024-05-01 on".

    `day` words each year, month or day.
    """
    first, parted, last = edtf.partition("/")
    if not parted:
        return _one(edtf, day)
    if last in ("", ".."):
        return f"from {_one(first, day)} on"
    if first in ("", ".."):
        return f"until {_one(last, day)}"
    if first.endswith("~") and last.endswith("~"):
        return f"about {_one(first[:-1], day)} to {_one(last[:-1], day)}"
    return f"{_one(first, day)} to {_one(last, day)}"


def _one(edtf: str, day: Callable[[str], str]) -> str:
    told = edtf.rstrip("~?%")
    year, _, month = told.partition("-")
    worded = f"{_SEASONS[month]} {year}" if month in _SEASONS else day(told)
    return f"about {worded}" if edtf.endswith("~") else f"perhaps {worded}" if edtf.endswith(("?", "%")) else worded
