"""Days as outlets print them, as ISO days. What names no whole day gives None: nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import cache

from onrecord import codebook
from onrecord.records import MalformedError

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:$|[T\s,])")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:$|T)")
_NEAR_DAYS = 60
"""A dateline's day without a year lies this near to the day of publication, or its year cannot be told."""

_CLOCK = (
    r"\d{1,2}(?:[:.]\d{2}){1,2}\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?|(?:noon|midnight)|\d{4}(?=\s*(?:GMT|UTC)\b)"
)
_ZONE = r"(?:\s*\(?(?:GMT|UTC|BST|CES?T|EES?T|[ECMP][SD]?T|IST|JST|HKT|AES?T|Z)(?:[+-]\d{1,2}(?::?\d{2})?)?\)?)?"
_ZONE += r"(?:\s*\(\d{4}\s+[A-Z]{3,4}\))?"  # "1230 GMT (2030 HKT)"


EARLIEST = 1500
"""No year of publication: machines write 0001-01-01, or the first year of their calendar, where they know no day."""


def month_day_pattern(prefix: str) -> str:
    """A pattern of "March 3", "3 March", "Mar. 3, 2025": groups are `prefix` with ``month``, ``day`` or ``year`` and a number."""
    months = "|".join(sorted(codebook.load().months, key=len, reverse=True))
    year = r"(?:,?\s+(?P<{0}year{1}>\d{{4}})\b)?"
    return (
        rf"(?:(?P<{prefix}month1>{months})\b\.?\s+(?P<{prefix}day1>\d{{1,2}})(?:st|nd|rd|th)?\b{year.format(prefix, 1)}"
        rf"|(?P<{prefix}day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<{prefix}month2>{months})\b\.?{year.format(prefix, 2)})"
    )


def month_day(found: re.Match[str], prefix: str) -> tuple[int, int, int | None]:
    """Month, day and year (where printed) of a match of `month_day_pattern`."""
    part = {name: found[f"{prefix}{name}1"] or found[f"{prefix}{name}2"] for name in ("month", "day", "year")}
    return codebook.load().months[part["month"].lower()], int(part["day"]), int(part["year"]) if part["year"] else None


def iso(year: int, month: int, day: int) -> str | None:
    """The day in ISO 8601; None where the calendar has none such, and where nothing was published yet."""
    try:
        return date(year, month, day).isoformat() if year >= EARLIEST else None
    except ValueError:
        return None


def given_day(published: str) -> str:
    """The day that the user gave, in ISO 8601 with or without a time. Raises MalformedError, TypeError for what is no text."""
    if not isinstance(published, str):
        raise TypeError(f"published is a day as text, such as '2024-05-01', not {type(published).__name__}")
    try:
        found = datetime.fromisoformat(published.strip())
    except ValueError:
        found = None
    day = iso(found.year, found.month, found.day) if found else None
    if day is None:
        raise MalformedError("--published", f"{published!r} is no ISO date such as 2011-03-22")
    return day


def metadata_day(told: str) -> str | None:
    """The day of a metadata field: ISO 8601, RFC 2822, or as printed; None where it cannot be told."""
    told = told.strip()[:64]
    for pattern in (_ISO, _COMPACT):
        if found := pattern.match(told):
            return iso(int(found[1]), int(found[2]), int(found[3]))
    if found := _date_line().fullmatch(told):
        return _day_of(found)
    try:
        found_day = parsedate_to_datetime(told)
        return iso(found_day.year, found_day.month, found_day.day)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def moment(told: str | None) -> str | None:
    """The moment that a metadata field tells, in UTC ("2020-05-04T08:30:00Z"): ISO 8601 or RFC 2822 with an offset.

    None where no offset is told: a clock of nobody knows which place names no moment.
    """
    told = (told or "").strip()[:64]
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = parse(told)
            if found.tzinfo is not None:
                return found.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def clock_hour(told: str | None) -> int | None:
    """The hour of the outlet's own clock (0 to 23) that a metadata field tells.

    None for midnight to the second, which stands for no hour, and for UTC, by which many sites stamp wherever they are.
    """
    told = (told or "").strip()[:64]
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = parse(told)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return None if found.time() == time() or found.utcoffset() == timedelta() else found.hour
    return None


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp: its day (where the year is printed), whether it is labelled as publication or as an update, and
    whether a weekday or a clock stands beside the day (which a day in history or in a title has not).
    """

    day: str | None
    labelled: bool
    update: bool
    exact: bool


def stamp_of(line: str) -> Stamp | None:
    """The time stamp that `line` is, where it is nothing else."""
    found = _date_line().fullmatch(line) if len(line) <= 120 else None
    if found is None:
        return None
    label = (found["label"] or "").lower()
    exact = any(found[group] for group in ("before", "weekday", "after"))
    return Stamp(_day_of(found), bool(label), "updated" in label or "modified" in label, exact)


def in_year_of(month: int, day: int, published: str) -> str | None:
    """The day nearest to the day of publication, where it is near enough that its year is beyond doubt."""
    anchor = date.fromisoformat(published)
    near = timedelta(days=_NEAR_DAYS)
    days = [iso(year, month, day) for year in (anchor.year - 1, anchor.year, anchor.year + 1) if 0 < year < 10_000]
    return next((d for d in days if d and abs(date.fromisoformat(d) - anchor) <= near), None)


@cache
def _date_line() -> re.Pattern[str]:
    weekdays = "|".join(sorted(codebook.load().weekdays, key=len, reverse=True))
    clock = rf"(?:{_CLOCK}){_ZONE}"
    label = r"(?:(?:first |originally |last )?(?:published|posted|updated|modified)(?: on| at)?|date)\s*:?"
    return re.compile(
        rf"(?P<label>{label})?\s*(?P<before>{clock}\s*[,|•·–-]?\s*(?:on )?)?(?P<weekday>(?:{weekdays})\b\.?,?\s+)?"
        rf"(?:{month_day_pattern('')}|(?P<isoyear>\d{{4}})-(?P<isomonth>\d{{2}})-(?P<isoday>\d{{2}}))"
        rf"(?P<after>T\S{{1,20}}|\s*[,|•·–-]?\s*(?:at )?{clock})?\.?",
        re.IGNORECASE,
    )


def _day_of(found: re.Match[str]) -> str | None:
    if found["isoyear"]:
        return iso(int(found["isoyear"]), int(found["isomonth"]), int(found["isoday"]))
    month, day, year = month_day(found, "")
    return iso(year, month, day) if year else None
