"""Datelines: "NAIROBI, May 4 (Reuters) - ...", "PARIS (AP) — ...", "MOSCOW, May 4. /TASS/. ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord import codebook
from onrecord.articles import agencies
from onrecord.articles.dates import in_year_of, iso, month_day, month_day_pattern
from onrecord.articles.lines import unwrapped
from onrecord.codebook.countries import countries
from onrecord.codebook.gazetteer import gazetteer
from onrecord.records import Dateline, Span

_DASH = re.compile(r"(?<=\))\s*(?:--|[-–—_:]|\.\s?[-–—])|(?<=\s)(?:--|[-–])(?=\s)|\s*—|--(?=\s)")
_SLASHED = re.compile(r"([^/\n]{3,80}?)\.?\s*/([^/\n\d]{2,30})/\.?(?=\s)")  # "MOSCOW, May 4. /TASS/."
_UNDASHED = re.compile(
    r"[^()\n]{0,80}\(([^()\n]{2,40})\)(?=\s*[\"“‘'A-Z\d])"
)  # "New Delhi, March 3 (PTI) The minister"
_BRACKETS = re.compile(r"\(([^()\n]{2,40})\)$")
_COUNTRY = re.compile(r"\s*\[([^\[\]]{2,40})\]")  # "New Delhi [India]"
_NO_PLACE = re.compile(r"[\d()–:;?!\"“”‘]")
_PLACE_CHARACTERS = 60
_WITHIN = 160  # characters of a paragraph that are looked at
_SMALL = {"of", "the", "de", "del", "la", "el", "al", "da", "do", "dos", "di", "du", "en", "am", "an", "der", "le", "les",
          "sur", "and", "bin", "near", "on", "upon", "aboard", "au", "aux", "es", "ez", "as", "ash", "ad", "ar", "im",
          "bei", "das", "sous", "y"}  # fmt: skip
_TITLES = {"the", "on", "in", "at", "mr", "mrs", "ms", "dr", "sir", "lord", "sen", "rep", "gov", "gen", "president"}
"""No place opens so, but for THE HAGUE and its like."""


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
    """How `paragraph` opens, where it opens as dispatches do: place, day, agency in brackets, and then a dash.

    An apposition looks much the same ("Marine Le Pen (RN) – the candidate –"). So a place needs capitals all through or
    a known agency or a day, and what follows on the dash must then open like a sentence.
    """
    window = unwrapped(text[paragraph.start : min(paragraph.end, paragraph.start + _WITHIN)])
    head, end, slashed = _head(window)
    place, told, sure, bracketed = _parts(head)
    if slashed:  # "SOLLEN. 16 October. /Agency/"
        place = place.rstrip(".")
    agency = slashed or bracketed
    known = _known(agency)
    capitals = _town(place).isupper()
    # "Khartoum, Oct. 15 (SUNA) -": where place and day stand, what is in brackets is an agency, known or not.
    told_so = capitals or (sure and agency.isupper())
    if known is None and (not place or (agency and not (told_so and _is_name(agency)))):
        return None
    if not (capitals and known) and window[end:].lstrip()[:1].islower():
        return None
    if place and not _is_place(place, sure=sure or known is not None, signed=bool(agency)):
        return None
    return Opening(Span(paragraph.start, paragraph.start + end), place or None, told, known or agency or None)


def _head(window: str) -> tuple[str, int, str]:
    """What stands before the dash and where the dash ends; with the agency where it stands between slashes instead."""
    if slashed := _SLASHED.match(window):
        return slashed[1], slashed.end(), slashed[2].split(",")[0].strip()
    undashed = _UNDASHED.match(window)
    if undashed and _known(undashed[1]):
        place, _, told, _ = _parts(undashed[0])
        if told or not place or _town(place).isupper():
            return undashed[0], undashed.end(), ""
    dash = _DASH.search(window)
    return (window[: dash.start()].rstrip(), dash.end(), "") if dash else ("", 0, "")


def _known(agency: str) -> str | None:
    """The agency of the table that signs so, or the first of several: "dpa/tca"."""
    return next((name for part in (agency, *re.split(r"[/,&]", agency)) if (name := agencies.signed(part))), None)


def _town(place: str) -> str:
    return place.split(",")[0].strip()


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
        if "," not in head:  # "MOSCOW. March 3", but "FLINT, Mich., Oct. 4"
            head = head.rstrip(".")
    return _COUNTRY.sub(r", \1", head).rstrip(",").rstrip(), day, told is not None, agency


def _is_place(place: str, *, sure: bool, signed: bool) -> bool:
    """Whether `place` may be one. `sure`: a known agency or a day stands beside it; `signed`: any agency does.

    Capitals all through the town's name are enough for one word; several may be somebody's name.
    """
    town, *regions = (part.strip() for part in place.split(","))
    if len(place) > _PLACE_CHARACTERS or _NO_PLACE.search(place) or _is_no_town(town):
        return False
    if any(not region[:1].isupper() or len(region.split()) > 3 for region in regions):
        return False
    if not (town.isupper() and len(town) > 1):
        return (sure or _is_known(town, regions)) and _is_name(town, most=5)
    book = codebook.load()
    words = town.split()
    if len(words) > 1:
        town_like = words[0] in book.town_openers or words[-1] in book.town_ends
        return len(words) <= 4 and (sure or signed or bool(regions) or town_like)
    return sure or signed or len(town) > 4 or town in book.short_places


def _is_known(town: str, regions: Sequence[str]) -> bool:
    """Whether a town and its country are known: of "Omdurman, Sudan –" no capitals tell that it is nobody's name."""
    lands = countries().names.get(regions[0], ()) if len(regions) == 1 else ()
    return len(lands) == 1 and any(city.country == lands[0] for city in gazetteer().called(town))


def _is_no_town(town: str) -> bool:
    """A label, an organisation, a title before a name, a day, an agency: what opens a sentence as a place does."""
    book = codebook.load()
    first, _, rest = town.partition(" ")
    if first.rstrip(".").lower() in _TITLES and rest.upper() not in book.the_places:
        return True
    if first.capitalize() in book.weekdays or town.lower() in book.months:
        return True
    return agencies.signs(town) or not book.labels.isdisjoint({town.upper(), re.sub(r"\W*\d+$", "", town).upper()})


def _is_name(words: str, *, most: int = 3) -> bool:
    parts = [part for part in re.split(r"[\s/-]+", words) if part not in _SMALL]
    return 0 < len(parts) <= most and all(part[0].isupper() for part in parts if part)


@cache
def _day_at_end() -> re.Pattern[str]:
    weekday = rf"(?:{'|'.join(sorted(codebook.load().weekdays, key=len, reverse=True))})\b\.?"
    return re.compile(rf"(?:^|,\s*|\s)(?:(?:{weekday},?\s+)?{month_day_pattern('')}|(?<=,\s){weekday})$", re.IGNORECASE)
