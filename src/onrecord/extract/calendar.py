"""Stretches of days, and how Extended Date/Time Format (ISO 8601-2, level 1) writes them."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.codebook.times import time_words
from onrecord.records import Due, Span, When, WhenBasis

DAY = timedelta(days=1)
EARLY, LATE = 10, 21
"""Early in a month is up to its tenth day, late from its twenty-first; the rest is the middle. Thirds, to the nearest day."""
_MONTHS = {"month": 1, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `first` to `last`; None where it is open. `about`: its ends are no exact days. `edtf`: its own notation."""

    first: date | None
    last: date | None
    about: bool = False
    edtf: str | None = None

    @property
    def day(self) -> date | None:
        """The one day that it is, where it is one."""
        return self.first if self.first == self.last and not self.about else None

    def notation(self) -> str:
        """In Extended Date/Time Format."""
        mark = "~" if self.about else ""
        if self.edtf is not None:
            return self.edtf + mark
        first, last = (f"{end.isoformat()}{mark}" if end else ".." for end in (self.first, self.last))
        return first if first == last else f"{first}/{last}"

    def when(self, basis: WhenBasis, span: Span | None = None) -> When:
        """As a value of the record."""
        day = self.day
        return When(day.isoformat() if day else None, self.notation(), basis, span)

    def due(self, basis: WhenBasis) -> Due | None:
        """As the days by which something is to come about; None where it has no last day."""
        if self.last is None:
            return None
        return Due(self.first.isoformat() if self.first else None, self.last.isoformat(), basis)


def one_day(day: date) -> Stretch:
    """A stretch of one day."""
    return Stretch(day, day)


def month_of(year: int, month: int) -> Stretch:
    """The stretch from the first to the last day of a month."""
    last = calendar.monthrange(year, month)[1]
    return Stretch(date(year, month, 1), date(year, month, last), edtf=f"{year:04}-{month:02}")


def year_of(year: int) -> Stretch:
    """A year."""
    return Stretch(date(year, 1, 1), date(year, 12, 31), edtf=f"{year:04}")


def decade_of(year: int) -> Stretch:
    """The ten years from `year` on, which ends in 0."""
    return Stretch(date(year, 1, 1), date(year + 9, 12, 31), edtf=f"{year // 10:03}X")


def months_of(year: int, first: int, count: int) -> Stretch:
    """`count` months from the `first` on: a quarter, a half."""
    start, end = month_of(year, first), month_of(year, first + count - 1)
    return Stretch(start.first, end.last, edtf=f"{year:04}-{first:02}/{year:04}-{first + count - 1:02}")


def season_of(year: int, name: str) -> Stretch:
    """A season that begins in `year`."""
    starts = sorted((month, day) for month, day, _ in set(time_words().seasons.values()))
    month, day, number = time_words().seasons[name]
    after = (starts.index((month, day)) + 1) % len(starts)
    end = date(year + (after == 0), *starts[after]) - DAY
    return Stretch(date(year, month, day), end, edtf=f"{year:04}-{number}")


def week_of(day: date) -> Stretch:
    """The week of `day`, Monday to Sunday as in ISO 8601."""
    monday = day - day.weekday() * DAY
    return Stretch(monday, monday + 6 * DAY)


def weekend_of(day: date) -> Stretch:
    """Saturday and Sunday of the week of `day`."""
    monday = day - day.weekday() * DAY
    return Stretch(monday + 5 * DAY, monday + 6 * DAY)


def easter_of(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computus, Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    lunar = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * lunar) // 451
    month, day = divmod(h + lunar - 7 * m + 114, 31)
    return date(year, month, day + 1)


def shifted(day: date, count: int, unit: str) -> Stretch:
    """`count` units after `day` (before it, where negative): a day for days and weeks, else the month or year it falls in."""
    if unit in _MONTHS:
        months = count * _MONTHS[unit]
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return replace(month_of(year, month + 1) if unit == "month" else year_of(year), about=True)
    if unit == "hour":  # less than a day is the same day
        return one_day(day + int(count / 24) * DAY)
    return one_day(day + count * time_words().units[unit] * DAY)


def same_day(day: date, count: int, unit: str) -> date:
    """`count` units after `day` at the most, to the day: the last of a month where it has no such day."""
    if unit == "hour":  # a part of a day reaches into the next
        return day + (-(-abs(count) // 24)) * (DAY if count > 0 else -DAY)
    if unit not in _MONTHS:
        reached = shifted(day, count, unit).first
        assert reached is not None  # days and weeks are counted to the day
        return reached
    months = count * _MONTHS[unit]
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def part_of(whole: Stretch, part: str) -> Stretch:
    """Roughly the early, middle or late third of a stretch; of a year its first or last month is its start or end."""
    first, last = whole.first, whole.last
    if first is None or last is None:
        return whole
    if first.day == 1 and (last + DAY).day == 1 and first.month == last.month:
        edges = (first, first.replace(day=EARLY), first.replace(day=LATE - 1), last)
    elif (first.month, first.day, last.month, last.day, last.year) == (1, 1, 12, 31, first.year):
        edges = (first, first.replace(month=4, day=30), first.replace(month=8, day=31), last)
        if part in ("start", "end"):
            return replace(month_of(first.year, 1 if part == "start" else 12), about=True, edtf=None)
    elif last.year - first.year == 9:  # a decade: four years, three and three
        edges = (first, date(first.year + 3, 12, 31), date(first.year + 6, 12, 31), last)
    else:
        third = (last - first).days // 3
        edges = (first, first + third * DAY, last - third * DAY, last)
    part = {"start": "early", "end": "late"}.get(part, part)
    pick = {"early": (edges[0], edges[1]), "mid": (edges[1] + DAY, edges[2]), "late": (edges[2] + DAY, edges[3])}
    if (last - first).days < 7 and part == "mid":  # of a week: Tuesday to Thursday
        pick["mid"] = (first + DAY, first + 3 * DAY)
    return Stretch(*pick[part], about=True)


def joined(first: Stretch, last: Stretch) -> Stretch | None:
    """From the beginning of one to the end of another; None where they do not follow."""
    if first.first is None or last.last is None or first.first > last.last:
        return None
    written = None
    if all(s.edtf and "/" not in s.edtf for s in (first, last)):
        written = f"{first.edtf}/{last.edtf}"
    return Stretch(first.first, last.last, first.about or last.about, written)


def nearest(days: Sequence[date], anchor: date, tense: str | None) -> date | None:
    """Of several days the nearest to the anchor on the side that the tense tells; of either side where it tells none."""
    side = [d for d in days if (tense != "past" or d <= anchor) and (tense != "future" or d >= anchor)]
    return min(side, key=lambda d: abs(d - anchor), default=None)
