"""Where a place is: country and coordinates, if the gazetteer has one such place beyond doubt. Wrong is worse than unknown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from onrecord.codebook import countries
from onrecord.codebook.gazetteer import City, gazetteer, place_key
from onrecord.records import Entity, Place

DOMINANCE = 3
"""One city of a name is meant when it has so many times the inhabitants of the next. Below, both are spoken of (Valencia,
Cambridge, San Jose); above lie the pairs of which news means the larger unless it says so (Birmingham, Naples, Columbus)."""
CAPITAL_DOMINANCE = 2
"""The same for a national capital, which is in the news more than its size."""
FAME = 50
"""So many times larger than a namesake in the article's own countries, a city elsewhere is meant all the same: an American
article's Paris is the French one. Below lie pairs such as Alexandria in Virginia and in Egypt."""
OBSCURE = 100_000
"""A town with fewer inhabitants, in a country that the article does not speak of, is more often not the place that is meant."""

OBSCURE_BY_OTHER_NAMES = 250_000
"""The same for one of a city's other names: they are so many that a town of no land known may bear one by chance."""

# Associated Press abbreviations of American states, without their full stops and blanks; postal codes are known anyway.
_ABBREVIATED = dict(
    pair.split(":")
    for pair in "ala:AL ariz:AZ ark:AR calif:CA colo:CO conn:CT del:DE fla:FL ga:GA ill:IL ind:IN kan:KS ky:KY la:LA md:MD "
    "mass:MA mich:MI minn:MN miss:MS mo:MO mont:MT neb:NE nev:NV nh:NH nj:NJ nm:NM ny:NY nc:NC nd:ND okla:OK ore:OR pa:PA "
    "ri:RI sc:SC sd:SD tenn:TN tex:TX vt:VT va:VA wash:WA wva:WV wis:WI wyo:WY dc:DC".split()
)
_CITIES_RATHER = frozenset({"new york", "washington"})
"""States whose names mean the city of that name, in news, unless more is said."""
_OPENERS = ("the city of ", "city of ", "the town of ", "town of ", "the ")


def beside(entities: Iterable[Entity]) -> frozenset[str]:
    """The countries of an article, by which its places are told apart (ISO 3166-1 alpha-3)."""
    return frozenset(e.country for e in entities if e.country is not None)


def place_of(name: str, *, country: str | None = None, beside: Collection[str] = ()) -> Place:
    """The place that a printed name means.

    `country`: the one that the place is known to lie in; `beside`: those that the article speaks of otherwise (both ISO 3166-1
    alpha-3). A country has its code and no coordinates, as it is no point; so has an American state. A name that nothing
    bears, or two that neither size nor country tells apart, is a place of its name alone. Names of persons and organisations
    are the caller's to keep away: Lincoln and Victoria are cities too.
    """
    code, lat, lon = _where(" ".join(name.split()), country, tuple(sorted(beside)))
    return Place(name, code, lat, lon)


_Where = tuple[str | None, float | None, float | None]


@lru_cache(maxsize=4096)
def _where(name: str, country: str | None, beside: tuple[str, ...]) -> _Where:
    if not name.removeprefix("the ")[:1].isupper():
        return country, None, None  # "the valley" describes
    head, comma, tail = name.partition(",")
    if comma:
        return _qualified(head.strip(), tail.strip(), beside)
    land = _country(name, country, beside)
    if land is not None:
        return land, None, None
    if place_key(name) in gazetteer().regions:
        return None, None, None
    if _is_state(name, country, beside):
        return "USA", None, None
    city = _city(name, country, beside)
    return (city.country, city.lat, city.lon) if city else (country, None, None)


def _qualified(head: str, tail: str, beside: tuple[str, ...]) -> _Where:
    """A town with its state or country: "Portland, Maine", "Tripoli, Lebanon"."""
    state = _state(tail)
    if state is not None:
        city = _dominant([c for c in _called(head) if c.country == "USA" and c.division == state])
        return ("USA", city.lat, city.lon) if city else ("USA", None, None)
    land = _country(tail, None, beside)
    if land is None:
        return None, None, None
    city = _city(head, land, ())
    return (land, city.lat, city.lon) if city else (land, None, None)


def _is_state(name: str, country: str | None, beside: tuple[str, ...]) -> bool:
    """Whether a name that stands alone is an American state's, in full or short ("N.C.", where the article is American)."""
    american = country == "USA" or (country is None and "USA" in beside)
    if place_key(name) not in gazetteer().states:
        return american and _state(name) is not None
    if place_key(name) in _CITIES_RATHER or country not in (None, "USA"):
        return False
    return american or name not in countries().homonyms


def _state(words: str) -> str | None:
    states = gazetteer().states
    plain = words.replace(".", "").replace(" ", "")
    if plain.isupper() and plain in states.values():
        return plain
    return states.get(place_key(words)) or _ABBREVIATED.get(plain.lower())


def _country(name: str, country: str | None, beside: tuple[str, ...]) -> str | None:
    """The code of a country of this name, unless it may be the place of the same name ("Georgia")."""
    table = countries()
    word = name.removeprefix("the ").removeprefix("The ")
    codes = table.names.get(word, ())
    if len(codes) != 1:
        return None
    if word in table.homonyms:
        return codes[0] if country == codes[0] or (codes[0] in beside and "USA" not in beside) else None
    return codes[0]


def _city(name: str, country: str | None, beside: tuple[str, ...]) -> City | None:
    own, also = _called(name), _also_called(name)
    if country is not None:
        return _dominant([c for c in own if c.country == country] or [c for c in also if c.country == country])
    near = [c for c in own if c.country in beside] or [c for c in also if c.country in beside]
    if not near:
        return _far(own, also)
    here = _dominant(near)
    famous = max((c for c in own if c.country not in beside), key=lambda c: c.inhabitants, default=None)
    if here is None or famous is None or famous.inhabitants <= here.inhabitants:
        return here
    if famous.inhabitants >= FAME * here.inhabitants:
        return famous
    return None if famous.is_capital else here


def _far(own: Sequence[City], also: Sequence[City]) -> City | None:
    """The city that is meant in a country that the article does not speak of."""
    city = _dominant(own or also)
    least = OBSCURE if own else OBSCURE_BY_OTHER_NAMES
    if city is None or not (city.is_capital or city.inhabitants >= least):
        return None
    # The Odesa of Ukraine was long spelt as that of Texas is: by name alone, neither is told.
    return None if any(c.inhabitants >= DOMINANCE * city.inhabitants for c in also) else city


def _dominant(called: Sequence[City]) -> City | None:
    """The city that is meant when nothing but the name is known."""
    ranked = sorted(called, key=lambda c: c.inhabitants, reverse=True)
    if len(ranked) < 2:
        return ranked[0] if ranked else None
    least = CAPITAL_DOMINANCE if ranked[0].is_capital else DOMINANCE
    return ranked[0] if ranked[0].inhabitants >= least * ranked[1].inhabitants else None


def _called(name: str) -> tuple[City, ...]:
    return next(filter(None, map(gazetteer().called, _forms(name))), ())


def _also_called(name: str) -> tuple[City, ...]:
    return next(filter(None, map(gazetteer().also_called, _forms(name))), ())


def _forms(name: str) -> tuple[str, ...]:
    """A name, and without what may stand before it; "The Hague" keeps its article."""
    opener = next((o for o in _OPENERS if name.lower().startswith(o)), "")
    return (name, name[len(opener) :]) if opener else (name,)
