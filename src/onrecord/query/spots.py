"""``spots``: where events happened, as far as a place is known, with how many and of which types."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from onrecord.codebook import event_types
from onrecord.query.days import within
from onrecord.query.filters import check_code
from onrecord.query.rows import Readable, tuples

MOST = 400
"""Places that are listed, those with most events first: more would lie over one another on any map."""
EXAMINED = 50_000
"""Events that are looked at, the newest: so many are read in some 200 ms, however large a store is."""

# Copies of an article tell nothing new, as in the question for events.
_NEWEST = """SELECT v.lat, v.lon, v.place, v.place_country, v.type, v.date,
        EXISTS (SELECT 1 FROM copies x WHERE x.article = v.article AND x.origin != v.article) AS copied
    FROM events v WHERE v.standing = 'current' {bounds} ORDER BY {order} LIMIT ?"""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place (degrees WGS 84) with its events. `types`: by code, most first. `first` and `last`: days of those that have one."""

    name: str
    country: str | None
    lat: float
    lon: float
    events: int
    types: tuple[tuple[str, int], ...]
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A place that is named but has no coordinates, with its events."""

    name: str
    country: str | None
    events: int


@dataclass(frozen=True, slots=True)
class Spots:
    """Places with events. `placed`: events that they have; `unplaced`: events whose place is not known, or not beyond doubt;
    `named`: places of these that are told, but stand nowhere on a map: countries, and what the gazetteer does not have.
    `whole`: whether all events were looked at, or the newest EXAMINED alone.
    """

    items: tuple[Spot, ...]
    placed: int
    unplaced: int
    named: tuple[Unmapped, ...] = ()
    whole: bool = True


def spots(store: Readable, *, type: str | None = None, since: str | None = None, until: str | None = None) -> Spots:
    """Places of the events that the options fit: a type's code, and bounds of the events' own days.

    Of very many the newest: those of the last days where days or a type are asked for, else those that were stored last.
    """
    check_code("type", type, tuple(event_types()))
    bounds, values = within("v.date", since, until)
    told = "".join(f" AND {bound}" for bound in (*bounds, *(["v.type = ?"] if type else [])))
    newest = _NEWEST.format(bounds=told, order="v.date DESC" if told else "v.n DESC")
    found = tuples(
        store,
        f"""SELECT lat, lon, place, place_country, type, copied, count(*), min(date), max(date) FROM ({newest})
            GROUP BY lat, lon, place, place_country, type, copied""",
        *values,
        *([type] if type else []),
        EXAMINED,
    )
    placed, named = defaultdict[tuple[float, float], list[_Row]](list), Counter[tuple[str, str | None]]()
    unplaced = 0
    for lat, lon, place, country, kind, copied, count, first, last in found:
        if copied:
            continue
        if lat is not None and lon is not None:
            placed[lat, lon].append((place, country, kind, count, first, last))
        else:
            unplaced += count
            if place is not None:
                named[place, country] += count
    items = sorted((_spot(*at, of) for at, of in placed.items()), key=lambda s: (-s.events, s.name))
    return Spots(
        tuple(items[:MOST]),
        sum(spot.events for spot in items),
        unplaced,
        tuple(Unmapped(*of, n) for of, n in sorted(named.items(), key=lambda one: (-one[1], one[0][0]))[:MOST]),
        whole=sum(row[6] for row in found) < EXAMINED,
    )


_Row = tuple[str, str | None, str, int, str | None, str | None]
"""Name and country of a place, and of its events of one type the type, how many, first and last day."""


def _spot(lat: float, lon: float, rows: list[_Row]) -> Spot:
    """A place by the name that most of its events have."""
    types, names = Counter[str](), Counter[tuple[str, str | None]]()
    for name, country, kind, count, *_ in rows:
        types[kind] += count
        names[name, country] += count
    name, country = min(names, key=lambda of: (-names[of], of[0]))
    days = [day for row in rows for day in row[4:] if day is not None]
    return Spot(
        name,
        country,
        lat,
        lon,
        types.total(),
        tuple(sorted(types.items(), key=lambda t: (-t[1], t[0]))),
        min(days, default=None),
        max(days, default=None),
    )
