"""When something was said, happened or falls due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from onrecord.records.spans import Span

WhenBasis = Literal["stated", "context", "dateline", "published", "none"]
NoDay = Literal["no-anchor", "vague"]
"""Why a time has no day: nothing tells which day the words count from, or the words name no day or interval."""


@dataclass(frozen=True, slots=True)
class When:
    """A time: a day where it is one (ISO 8601), and in Extended Date/Time Format (ISO 8601-2; level 1) whatever it is.

    `date` is None where the time is longer than a day (`edtf` then has the interval, "2011-03-22/2011-03-27") or not known
    (with a `reason`). `basis`: the words at `span` state it; those at `span` tell it of something else of the article, and it is
    taken to hold here; it is the dateline's day; that of publication, or the one before in a paper that comes out at
    dawn; or there is none.
    """

    date: str | None
    edtf: str | None
    basis: WhenBasis
    span: Span | None = None
    reason: NoDay | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """When what was foretold or promised is to have come about: days (ISO 8601), the last of them always known."""

    earliest: str | None
    latest: str
    basis: WhenBasis


_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def is_day(text: str) -> bool:
    """Whether a text is a year, a month or a day of the calendar: "2011", "2011-03", "2011-03-22"."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


_FIRST = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")


def first_day(edtf: str) -> str | None:
    """The first day that a time allows ("2011-03" and "2011-03/2011-05": "2011-03-01"): where it stands among others.

    None of one that begins nowhere.
    """
    found = _FIRST.match(edtf)
    return "-".join((found[1], found[2] or "01", found[3] or "01")) if found else None


def day_said(when: When | None) -> str | None:
    """The day of a time, of a longer one its first: by which statements are put in order. None where nothing is known."""
    if when is None:
        return None
    return when.date or (first_day(when.edtf) if when.edtf else None)


def utc(moment: datetime) -> str:
    """A moment as all rooms write it, "2011-03-22T09:30:00Z": to be compared as text. `moment` knows its zone."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def now_utc() -> str:
    """This moment, as `utc` writes it."""
    return utc(datetime.now(UTC))
