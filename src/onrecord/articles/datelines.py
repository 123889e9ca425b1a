"""Datelines: "NAIROBI, May 4 (Reuters) - ...", "PARIS (AP) — ...", "MOSCOW, May 4. /TASS/. ..."."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord import codebook
from onrecord.articles import agencies
from onrecord.articles.dates import in_year_of, iso, month_day, month_day_pattern
from onrecord.records import Dateline, Span

_DASH = re.compile(r"(?<=\))\s*(?:--|[-–—])|(?<=\s)(?:--|[-–])(?=\s)|\s*—")
_SLASHED = re.compile(r"([^/\n]{3,80}?)\.?\s*/([^/\n\d]{2,30})/\.?(?=\s)")  # "MOSCOW, May 4. /TASS/."
_BRACKETS = re.compile(r"\(([^()\n]{2,40})\)$")
_NO_PLACE = re.compile(r"[\d()–:;?!\"“”‘]")
_PLACE_CHARACTERS = 60
_WITHIN = 160  # characters of a paragraph that are looked at
_SMALL = {"of", "the", "de", "del", "la", "el", "al", "da", "do", "dos", "di", "du", "en", "am", "an", "der", "le", "les",
          "sur", "and", "bin", "near", "on", "upon", "aboard"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a dispatch: place, day and agency, each where it is told, and where all this stands."""

    span: Span
    place: str | None
    month_day: tuple[int, int, int | None] | None
    agency: str | None

    def dateline(self, published: str | None) -> Dateline | None:
        """The dateline, its day in ISO 8601 where the year is printed or follows from the day of publication."""
        if self.place is None:
            return None
        day = None
        if self.month_day is not None:
            month, number, year = self.month_day
            if year is not None:
                day = iso(year, month, number)
            elif published is not None:
                day = in_year_of(month, number, published)
        return Dateline(self.place, day, self.span)


def opening(text: str, paragraph: Span) -> Opening | None:
    """How `paragraph` opens, where it opens as dispatches do: place, day, agency in brackets, and then a dash."""
    window = text[paragraph.start : min(paragraph.end, paragraph.start + _WITHIN)]
    head, end, signed = _head(window)
    place, told, sure, bracketed = _parts(head)
    if signed:  # "SOLLEN. 16 October. /Agency/"
        place = place.rstrip(".")
    agency = signed or bracketed
    known = agencies.signed(agency) if agency else None
    if agency and known is None and not _is_name(agency):
        return None
    if place and not _is_place(place, sure=sure or bool(agency)):
        return None
    if not place and known is None:
        return None
    return Opening(Span(paragraph.start, paragraph.start + end), place or None, told, known or agency or None)


def _head(window: str) -> tuple[str, int, str]:
    """What stands before the dash and where the dash ends; with the agency where it stands between slashes instead."""
    if slashed := _SLASHED.match(window):
        return slashed[1], slashed.end(), slashed[2].split(",")[0].strip()
    dash = _DASH.search(window)
    return (window[: dash.start()].rstrip(), dash.end(), "") if dash else ("", 0, "")


def _parts(head: str) -> tuple[str, tuple[int, int, int | None] | None, bool, str]:
    """Place, day, whether a day or weekday is told, and agency; taken off the end of `head` one after another."""
    day, agency = None, ""
    if (bracketed := _BRACKETS.search(head)) and not _day_at_end().fullmatch(bracketed[1]):
        agency, head = bracketed[1].strip(), head[: bracketed.start()].rstrip()
    elif bracketed:  # "HARBOUR TOWN (Feb. 5) —"
        head = f"{head[: bracketed.start()].rstrip()}, {bracketed[1]}"
    told = _day_at_end().search(head)
    if told:
        day = month_day(told, "") if told["month1"] or told["month2"] else None
        head = head[: told.start()].rstrip()
    return head.rstrip(",").rstrip(), day, told is not None, agency


def _is_place(place: str, *, sure: bool) -> bool:
    """Capitals all through the town's name are enough; with an agency or day beside it, capital letters at its words."""
    if len(place) > _PLACE_CHARACTERS or _NO_PLACE.search(place):
        return False
    town = place.split(",")[0].strip()
    if town.upper() in codebook.load().labels or re.sub(r"\W*\d+$", "", town).upper() in codebook.load().labels:
        return False
    if town == town.upper() and len(town) > 1:
        return sure or len(town) > 4 or town in codebook.load().short_places
    return sure and _is_name(town, most=5)


def _is_name(words: str, *, most: int = 3) -> bool:
    parts = [part for part in re.split(r"[\s/-]+", words) if part not in _SMALL]
    return 0 < len(parts) <= most and all(part[0].isupper() for part in parts if part)


@cache
def _day_at_end() -> re.Pattern[str]:
    weekday = rf"(?:{'|'.join(sorted(codebook.load().weekdays, key=len, reverse=True))})\b\.?"
    return re.compile(rf"(?:^|,\s*|\s)(?:(?:{weekday},?\s+)?{month_day_pattern('')}|(?<=,\s){weekday})$", re.IGNORECASE)
