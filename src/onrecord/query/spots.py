"""``spots``: where events happened, as far as a place is known, with how many and of which types."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from onrecord.codebook import event_types
from onrecord.query.days import within
from onrecord.query.filters import check_code
from onrecord.query.rows import Readable, number, tuples

MOST = 400
"""Places that are listed, those with most events first: more would lie over one another on any map."""

# Copies of an article tell nothing new, as in the question for events.
_STANDING = """v.standing = 'current'
    AND NOT EXISTS (SELECT 1 FROM copies x WHERE x.article = v.article AND x.origin != v.article)"""


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
    """

    items: tuple[Spot, ...]
    placed: int
    unplaced: int
    named: tuple[Unmapped, ...] = ()


def spots(store: Readable, *, type: str | None = None, since: str | None = None, until: str | None = None) -> Spots:
    """Places of the events that the options fit: a type's code, and bounds of the events' own days."""
    check_code("type", type, tuple(event_types()))
    bounds, values = within("v.date", since, until)
    sql = "".join(f" AND {bound}" for bound in (*bounds, *(["v.type = ?"] if type else [])))
    values = [*values, *([type] if type else [])]
    found = tuples(
        store,
        f"""SELECT v.lat, v.lon, v.place, v.place_country, v.type, count(*), min(v.date), max(v.date) FROM events v
            WHERE v.lat IS NOT NULL AND v.lon IS NOT NULL AND {_STANDING}{sql} GROUP BY v.lat, v.lon, v.type""",
        *values,
    )
    unplaced = number(store, f"SELECT count(*) FROM events v WHERE v.lat IS NULL AND {_STANDING}{sql}", *values)
    rows = defaultdict[tuple[float, float], list[tuple[object, ...]]](list)
    for row in found:
        rows[row[0], row[1]].append(row)
    items = sorted((_spot(of) for of in rows.values()), key=lambda s: (-s.events, s.name))
    named = tuples(
        store,
        f"""SELECT v.place, v.place_country, count(*) FROM events v WHERE v.lat IS NULL AND v.place IS NOT NULL
            AND {_STANDING}{sql} GROUP BY v.place, v.place_country ORDER BY 3 DESC, 1 LIMIT {MOST}""",
        *values,
    )
    return Spots(tuple(items[:MOST]), sum(row[5] for row in found), unplaced, tuple(Unmapped(*row) for row in named))


def _spot(rows: list[tuple[object, ...]]) -> Spot:
    lat, lon, name, country, *_ = rows[0]
    types = sorted(((str(row[4]), int(str(row[5]))) for row in rows), key=lambda t: (-t[1], t[0]))
    days = [str(day) for row in rows for day in row[6:8] if day is not None]
    return Spot(
        str(name),
        None if country is None else str(country),
        float(str(lat)),
        float(str(lon)),
        sum(n for _, n in types),
        tuple(types),
        min(days, default=None),
        max(days, default=None),
    )
