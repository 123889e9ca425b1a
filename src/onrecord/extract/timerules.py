"""The rules by which words of time become days: each a pattern and what it means, seen from a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from onrecord.codebook.times import time_words
from onrecord.extract import calendar as cal
from onrecord.extract.calendar import DAY, Stretch, one_day
from onrecord.extract.timewords import month, number, ordinal, reach, unit, weekday

Tense = Literal["past", "present", "future"]


NEAR, FAR = 100, 265
"""Days. A day without a year that is near ahead is not meant to be far back, even in a sentence of the past."""


_SHIFTS = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}
"""By how many weeks, months or years from today's."""
NEARLY_OVER = 30
"""Days. "By spring", said in the last days of a spring, means the next."""


class NoAnchorError(Exception):
    """The words count from a day that nothing tells."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What words of time count from: the article's day, the day spoken of just before, and the tense of their clause."""

    anchor: date | None
    tense: Tense | None = None
    context: date | None = None

    @property
    def today(self) -> date:
        if self.anchor is None:
            raise NoAnchorError
        return self.anchor

    @property
    def then(self) -> date:
        """The day spoken of, or today."""
        return self.context or self.today

    @property
    def side(self) -> int:
        return 1 if self.tense == "future" else -1


Found: TypeAlias = re.Match[str]
Meaning = Callable[[Found, Frame], Stretch | None]


def weekday_day(found: Found, frame: Frame) -> Stretch:
    """The nearest on the tense's side; the anchor's own weekday is the anchor. Without a tense, news is of the past."""
    wanted, which = weekday(found["weekday"]), (found["which"] or found["after"] or "").lower()
    today = frame.then if which in ("following", "previous") else frame.today
    ahead = (wanted - today.weekday()) % 7
    if which == "next":  # of the next calendar week
        day = today + (7 - today.weekday() + wanted) * DAY
    elif which in ("last", "past", "previous"):
        day = today - (-ahead % 7 or 7) * DAY
    elif which in ("coming", "following"):
        day = today + (ahead or 7) * DAY
    elif which == "this" and frame.tense is None:
        day = today + (wanted - today.weekday()) * DAY
    else:
        day = today + ahead * DAY if frame.side > 0 else today - (-ahead % 7) * DAY
    if found["fortnight"]:
        ahead_day = today + (ahead or 7) * DAY
        day = ahead_day + (14 if "fortnight" in found["fortnight"].lower() else 7) * DAY
    return one_day(day)


def weekday_of_week(found: Found, frame: Frame) -> Stretch:
    """As in "Friday of next week", "Tuesday of the same week": weeks begin on Monday."""
    which = found["which"].lower().split()[-1]
    today = frame.then if which in ("following", "previous", "same") else frame.today
    return one_day(today + (7 * _SHIFTS.get(which, 0) - today.weekday() + weekday(found["weekday"])) * DAY)


def dated(found: Found, frame: Frame) -> Stretch | None:
    """A day of a month: of its year where it is printed, else of the year that anchor and tense give."""
    name, told = found["month"], found["day"]
    day = int(told) if told.isdigit() else ordinal(told)
    if found["year"]:
        return exact(int(found["year"]), month(name), day)
    return _of_some_year(frame, month(name), day, found["weekday"])


def _of_some_year(frame: Frame, month_: int, day: int, weekday_: str | None = None) -> Stretch | None:
    today = frame.today
    days = [d for year in range(today.year - 1, today.year + 2) if (d := _date(year, month_, day))]
    if weekday_ and (fitting := [d for d in days if d.weekday() == weekday(weekday_)]):
        days = fitting
    near, told = cal.nearest(days, today, None), cal.nearest(days, today, frame.tense)
    if (
        frame.tense == "past" and near and told and abs(near - today) <= NEAR * DAY and abs(told - today) > FAR * DAY
    ):  # "an election for 14 June"
        told = near
    day_ = told or near
    return one_day(day_) if day_ else None


def _date(year: int, month_: int, day: int) -> date | None:
    try:
        return date(year, month_, day)
    except ValueError:
        return None


def exact(year: int, month_: int, day: int) -> Stretch | None:
    """A day; None where the calendar has none such."""
    found = _date(year, month_, day)
    return one_day(found) if found else None


def iso_day(found: Found, frame: Frame) -> Stretch | None:
    """A day in ISO 8601."""
    return exact(*map(int, re.split(r"[-/]", found[0].split("T")[0])))


def slashed(found: Found, frame: Frame) -> Stretch | None:
    """Day and month in figures: in which order, only a number beyond twelve tells. Full stops stand after the day."""
    a, b, year = int(found["a"]), int(found["b"]), int(found["year"])
    year += 0 if year > 99 else 2000
    if found["dot"] == "." or a > 12 or a == b:
        return exact(year, b, a)
    return exact(year, a, b) if b > 12 else None


def day_number(found: Found, frame: Frame) -> Stretch | None:
    """As in "the 14th": of the month that the tense tells."""
    now, day = frame.today, ordinal(found["day"])
    months = (now.month + shift - 1 for shift in (-1, 0, 1))
    days = [d for m in months if (d := _date(now.year + m // 12, m % 12 + 1, day))]
    if found["weekday"] and (fitting := [d for d in days if d.weekday() == weekday(found["weekday"])]):
        days = fitting
    picked = cal.nearest(days, now, frame.tense)
    return one_day(picked) if picked else None


def of_month(found: Found, frame: Frame) -> Stretch | None:
    """As in "the 14th of this month"."""
    which = (found["which"] or "this").lower()
    other = _turn(frame.today, "month", {"last": -1, "next": 1}.get(which, 0)).first
    return exact(other.year, other.month, ordinal(found["day"])) if other else None


def this_day(found: Found, frame: Frame) -> Stretch:
    """Yesterday, today, tomorrow, and their parts."""
    shifts = {"yesterday": -1, "last": -1, "tomorrow": 1}
    return one_day(frame.today + shifts.get(found["core"].lower().split()[0], 0) * DAY)


def beyond(found: Found, frame: Frame) -> Stretch:
    """The day before yesterday, the day after tomorrow."""
    return one_day(frame.today + (-2 if found["which"].lower() == "yesterday" else 2) * DAY)


def overnight(found: Found, frame: Frame) -> Stretch:
    """The night that ends today; the one that begins today where it is to come."""
    today = frame.today
    return Stretch(today, today + DAY) if frame.side > 0 else Stretch(today - DAY, today)


def clock(found: Found, frame: Frame) -> Stretch:
    """A time of day fixes no more than the day: the one spoken of, or today. A morning to come is tomorrow's."""
    tomorrow = frame.tense == "future" and found[0].lower().endswith("morning")
    return one_day(frame.then + tomorrow * DAY)


def that_day(found: Found, frame: Frame) -> Stretch | None:
    """The day spoken of, where one is."""
    if frame.context is None:
        return None
    return one_day(frame.context)


def _turn(today: date, name: str, shift: int) -> Stretch:
    """The week, weekend, month, year … that is `shift` from today's."""
    if name in ("week", "weekend"):
        day = today + 7 * shift * DAY
        return cal.week_of(day) if name == "week" else cal.weekend_of(day)
    year, number_ = divmod(today.year * 12 + today.month - 1 + shift, 12)
    if name == "month":
        return cal.month_of(year, number_ + 1)
    if name == "quarter":
        year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 + shift, 4)
        return cal.months_of(year, quarter * 3 + 1, 3)
    if name == "decade":
        return cal.decade_of((today.year // 10 + shift) * 10)
    return cal.year_of(today.year + shift)


def period(found: Found, frame: Frame) -> Stretch | None:
    """As in "last week", "early next year", "later this month", "the end of the year", "the weekend"."""
    which = (found["which"] or "the").lower()
    shift = _SHIFTS.get(which, 0)
    name, today = found["period"].lower(), frame.today
    day = frame.then if name == "day" or which in ("that", "same", "previous", "following") else today
    if name == "weekend":
        shift = _weekend_shift(day, which, frame)
    if name in ("day", "month-end", "year-end", "weekend's"):
        name = name.split("-")[0]
        if name == "day":
            return one_day(day)
        return cal.part_of(_turn(day, name, shift), "late")
    whole = _turn(day, name, shift)
    if which in ("the", "this", "that", "same") and shift == 0 and found["rest"]:
        return _rest(found["rest"].lower(), whole, today)
    return cal.part_of(whole, _third(found["third"])) if found["third"] else whole


def _weekend_shift(day: date, which: str, frame: Frame) -> int:
    """On a weekday "the weekend" is the last or the next one by the tense; at a weekend it is this one."""
    if which in ("next", "coming", "following"):  # "next weekend" said on a weekday: of the next week
        return 1 if which == "next" or day.weekday() > 4 else 0
    if which in ("last", "past", "previous"):
        return -1
    return 0 if day.weekday() > 4 or frame.side > 0 else -1


def _rest(word: str, whole: Stretch, today: date) -> Stretch:
    """What is over of a period, or what is left of it."""
    if word.startswith("earlier"):
        return Stretch(whole.first, today)
    return Stretch(today, whole.last)


def _third(words: str) -> str:
    word = re.sub(r"^(?:the|very)\s+", "", words.lower())
    if word.startswith(("beginning", "start", "turn")):
        return "start"
    if word.startswith(("end", "close")):
        return "end"
    return word[:4] if word.startswith("late") else "mid" if word.startswith("mid") else "early"


def named_month(found: Found, frame: Frame) -> Stretch | None:
    """As in "in May", "early next March", "mid-June 2012", "the end of March"."""
    number_, which = month(found["month"]), (found["which"] or "").lower()
    year = int(found["year"]) if found["year"] else _year_for(number_, which, frame)
    whole = cal.month_of(year, number_)
    return cal.part_of(whole, _third(found["third"])) if found["third"] else whole


def _year_for(month_: int, which: str, frame: Frame) -> int:
    """The year of a month named without one. Without a tense the nearest."""
    today = frame.today
    passed = month_ < today.month
    if which == "last":
        return today.year - (month_ >= today.month)
    if which == "next":
        return today.year + (month_ <= today.month)
    if which == "this" or month_ == today.month:
        return today.year
    if frame.tense in ("past", "future"):
        return today.year + passed if frame.side > 0 else today.year - (not passed)
    return min(
        (today.year + shift for shift in (-1, 0, 1)), key=lambda y: abs(y * 12 + month_ - today.year * 12 - today.month)
    )


def named_year(found: Found, frame: Frame) -> Stretch:
    """A year, or a part of it."""
    whole = cal.year_of(int(found["year"]))
    return cal.part_of(whole, _third(found["third"])) if found["third"] else whole


def decade(found: Found, frame: Frame) -> Stretch:
    """A decade, of the twentieth century where the century is not printed."""
    told = int(re.sub(r"\D", "", found["decade"]))
    whole = cal.decade_of(told if told > 99 else 1900 + told)
    return cal.part_of(whole, _third(found["third"])) if found["third"] else whole


def fraction(found: Found, frame: Frame) -> Stretch | None:
    """A quarter or half of a year; of this year where none is told."""
    name = found["fraction"].lower()
    count = 3 if name.startswith("q") else 6
    told = found["order"] or name[1:]
    nth = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 12 // count, "final": 12 // count}.get(
        told.lower()
    )
    nth = nth or int(re.sub(r"\D", "", told) or 0)
    if not 1 <= nth <= 12 // count:
        return None
    year = found["year"]
    told_year = int(year) if year else frame.today.year + {"last": -1, "next": 1}.get((found["which"] or "").lower(), 0)
    return cal.months_of(told_year, (nth - 1) * count + 1, count)


def season(found: Found, frame: Frame) -> Stretch | None:
    """A season: of its year where it is printed, else as the tense tells; one that lasts is meant where none other is told."""
    name, which = found["season"].lower(), (found["which"] or "").lower()
    if found["year"]:
        whole = cal.season_of(int(found["year"]), name)
    else:
        today = frame.today
        some = [cal.season_of(today.year + shift, name) for shift in (-2, -1, 0, 1)]
        left = NEARLY_OVER * DAY if frame.tense == "future" and not which else 0 * DAY
        now = [s for s in some if s.first and s.last and s.first <= today <= s.last - left]
        past = [s for s in some if s.last and s.last < today]
        coming = [s for s in some if s.first and s.first > today]
        if which == "next" or (which != "last" and not now and (frame.side > 0 or which == "this")):
            whole = coming[0]
        else:
            whole = past[-1] if which == "last" or not now else now[0]
    return cal.part_of(whole, _third(found["third"])) if found["third"] else whole


def holiday(found: Found, frame: Frame) -> Stretch | None:
    """A holiday; around it is a week on both sides."""
    words, name = time_words(), " ".join(found["holiday"].lower().replace("’", "'").split())
    fixed, which = words.holidays.get(name), (found["which"] or "").lower()

    def day_in(year: int) -> date:
        return date(year, *fixed) if fixed else cal.easter_of(year) + words.easter[name] * DAY

    if found["year"]:
        day = day_in(int(found["year"]))
    else:
        days = [day_in(frame.today.year + shift) for shift in (-1, 0, 1)]
        tense = {"last": "past", "next": "future"}.get(which, frame.tense)
        day = cal.nearest(days, frame.today, tense) or days[1]
    about = (found["about"] or "").strip().lower()
    return Stretch(day - 7 * DAY, day + 7 * DAY, about=True) if about == "around" else one_day(day)


def away(found: Found, frame: Frame) -> Stretch | None:
    """As in "two days ago", "three weeks earlier", "a month later", "in two days' time"."""
    how = found["how"].lower() if found["how"] else "in"
    if how == "in" and frame.tense == "past":  # a span that something took
        return None
    back = how.startswith(("ago", "earlier", "before", "previously", "back", "prior"))
    start = frame.today if how.startswith(("ago", "in", "from", "back", "hence")) else frame.then
    return moved(start, -1 if back else 1, found)


def moved(start: date, side: int, found: Found) -> Stretch | None:
    """The counted units after a day, or before it."""
    name, counted = unit(found["unit"]), found["number"]
    if not counted:
        most = reach(found["count"])
        if name == "hour":
            return one_day(start)
        first, last = sorted(cal.same_day(start, side * n, name) for n in most)
        return Stretch(first, last, about=True)
    reached = cal.shifted(start, side * _whole(number(counted), name), "hour" if "." in counted else name)
    return Stretch(reached.first, reached.last, True, reached.edtf) if found["about"] else reached


def _whole(count: float, name: str) -> int:
    return int(count * 24) if name == "day" and count % 1 else int(count)


def neighbour(found: Found, frame: Frame) -> Stretch:
    """As in "the day before", "the next day": from the day spoken of."""
    back = found["which"].lower() in ("before", "previous", "earlier", "preceding")
    step = -1 if back else 1
    if found["unit"].lower() == "week":
        return cal.week_of(frame.then + 7 * step * DAY)
    if found["unit"].lower() in ("month", "year"):
        return _turn(frame.then, found["unit"].lower(), step)
    return one_day(frame.then + step * DAY)


def within(found: Found, frame: Frame) -> Stretch | None:
    """As in "within 48 hours", "in the next few days", "in the coming weeks": from today on, at the longest."""
    if unit(found["unit"]) == "hour" and frame.tense == "past":
        return one_day(frame.then)
    last, about = _reach(found, frame, 1)
    return Stretch(frame.today, last, about)


def lately(found: Found, frame: Frame) -> Stretch | None:
    """As in "in the past few days", "over the last 24 hours", "in recent weeks": up to today."""
    if frame.tense == "future":  # "stocks would last six weeks"
        return None
    first, about = _reach(found, frame, -1)
    return Stretch(first, frame.today, about)


def new_year(found: Found, frame: Frame) -> Stretch:
    """The first day of the year that begins, or of the one that began."""
    return one_day(date(frame.today.year + (frame.side > 0), 1, 1))


def _worked(today: date, count: int) -> date:
    """The day on which so many working days are over, of weeks that have five."""
    friday = today - max(0, today.weekday() - 4) * DAY  # a weekend is over with its Friday
    today = cal.same_day(friday, count // 5, "week")
    left = count % 5
    while left:
        today += DAY
        left -= today.weekday() < 5
    return today


def _reach(found: Found, frame: Frame, side: int) -> tuple[date, bool]:
    if found["number"]:
        name = unit(found["unit"])
        if side > 0 and name == "day" and found.groupdict().get("working"):
            return _worked(frame.today, int(number(found["number"]))), False
        if "." in found["number"]:
            return cal.same_day(frame.today, side * int(number(found["number"]) * 24), "hour"), False
        return cal.same_day(frame.today, side * int(number(found["number"])), name), False
    if found["count"]:
        most = reach(found["count"])[1]
        return cal.same_day(frame.today, side * most, unit(found["unit"])), True
    return frame.today + side * time_words().plurals[f"{unit(found['unit'])}s"] * DAY, True


def nth_day(found: Found, frame: Frame) -> Stretch:
    """As in "for a fourth day": today is the fourth, or this week."""
    name = found["unit"].lower()
    if name in ("day", "night", "evening", "morning"):
        return one_day(frame.today)
    return _turn(frame.today, name, 0)


def nothing(found: Found, frame: Frame) -> Stretch | None:
    """Words that tell a time, but no day."""
    return None


def week_on(found: Found, frame: Frame) -> Stretch:
    """As in "a week on Monday", "a week today": a week after that day."""
    days, core = (14 if found["how"].lower() == "fortnight" else 7), found["core"].lower()
    ahead = {"today": 0, "tomorrow": 1}.get(core)
    if ahead is None:
        ahead = (weekday(core) - frame.today.weekday()) % 7 or 7
    return one_day(frame.today + (ahead + days) * DAY)


def month_of_year(found: Found, frame: Frame) -> Stretch:
    """As in "in October last year"."""
    which = found["which"].lower()
    year = (
        frame.then.year if which in ("that", "the same") else frame.today.year + {"last": -1, "next": 1}.get(which, 0)
    )
    whole = cal.month_of(year, month(found["month"]))
    return cal.part_of(whole, _third(found["third"])) if found["third"] else whole


def least_to_most(found: Found, frame: Frame) -> Stretch | None:
    """As in "in 10 to 14 days", "within two or three weeks"."""
    if frame.tense == "past":
        return None
    least, most = (cal.same_day(frame.today, int(number(found[end])), unit(found["unit"])) for end in ("least", "most"))
    return Stretch(frame.today if found[0].lower().startswith("within") else least, most)
