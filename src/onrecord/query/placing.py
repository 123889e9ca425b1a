"""To which matter a figure belongs: what is counted, and where.

The place is that of an event which the figure's own sentence tells, else one that the sentence names. Where it names none, it is
the only place that the title names, else the only one of the first sentence, else the dateline's: who writes from Manila of a
ferry that sank off Masbate counts the dead of Masbate.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.codebook.countries import countries
from onrecord.query.rows import Readable, listed, tuples
from onrecord.query.statements import speakers
from onrecord.store.folding import fold

SHARES = ("%", "per cent", "percent", "percentage points", "points")
"""Things counted that do not tell what is measured: such figures stand by themselves."""
COINS = frozenset(
    "dollars euros crowns francs rubles roubles pesos yen yuan rupees dinars riyals lira liras zlotys marks shillings rand krona "
    "kroner pounds sterling".split()
)
"""The same of money. The reader's own list is not asked: it would load all that reads."""
ANYBODY = frozenset("people persons person others".split())
SUM = 1_000_000
"""So large a number of nothing is a sum of money."""
_COIN = re.compile(r"[$£€¥₦₹₱₵₩₽₺฿]|\b(?:Rs\.?|K?Shs?|USD|EUR|GBP)\s?(?=\d|$)")
_SMALL = frozenset("of the de del la el al da do di du en am an der le les sur and bin on upon au aux es".split())


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure's row, with the matter that it belongs to but for its time, and where its sentence begins."""

    row: sqlite3.Row
    thing: str | None
    place: str | None
    claimant: str | None
    sentence: int
    town: str = ""

    @property
    def stands_alone(self) -> bool:
        """Whether it tells how much, and not of what: growth and a vote are both per cent, a loss and a fine both money."""
        if self.row["what"] != "other":
            return False
        if self.thing is None:
            return (self.row["value"] or 0) >= SUM or _COIN.search(self.row["words"]) is not None or self._after_coin
        return self.thing in SHARES or self.thing.split()[-1].lower() in COINS

    @property
    def is_comparable(self) -> bool:
        """Whether counts of its matter are of one quantity: of "people" nothing tells whether they marched or were rescued."""
        return not (self.stands_alone or (self.row["what"] == "other" and self.thing in ANYBODY))

    @property
    def _after_coin(self) -> bool:
        return _COIN.search(self.row["before"][-4:]) is not None

    @property
    def matter(self) -> tuple[str, str, str]:
        """What is counted and where; of what names neither thing nor place, in which article and whereabouts."""
        article = f"article {self.row['cluster']}"
        if self.stands_alone:
            return self.row["what"], fold(self.thing or ""), f"{article} {self.row['article']} {self.sentence}"
        return self.row["what"], fold(self.thing or ""), self.town or article

    @property
    def same(self) -> tuple[object, ...]:
        """Equal of two printings of one count: in copies, with the same words and the same claimant."""
        row = self.row
        return row["cluster"], fold(row["words"]), row["low"], row["value"], row["high"], self.claimant, row["narrated"]


def placed(store: Readable, found: Sequence[sqlite3.Row]) -> list[Placed]:
    """Figures with their matters, in the order given."""
    among = {row["article"] for row in found}
    places, layouts = _places(store, among), _layouts(store, among)
    claimants = speakers(store, [row["claimed_by"] for row in found if row["claimed_by"] is not None])
    known = _Known.of(name for names in places.values() for _, _, name in names)
    lent = dict[int, str | None]()
    one_by_one = list[Placed]()
    for row in found:
        article = row["article"]
        layout, named = layouts[article], places.get(article, ())
        sentence = layout.around(row["start"], row["end"])
        begin = max(sentence[0], layout.dateline)
        near = [(rank, abs(at - row["start"]), name) for rank, at, name in named if begin <= at < sentence[1]]
        # An event's place tells where it was; a place that is only named may tell where somebody comes from.
        if near:
            place: str | None = min(near)[2]
        else:
            if article not in lent:
                lent[article] = _lent(row, layout, named, known)
            place = lent[article]
        thing = row["counted"] if row["what"] == "other" else None
        one_by_one.append(Placed(row, thing, place, claimants.get(row["claimed_by"]), sentence[0]))
    return _in_towns(one_by_one)


def town_of(place: str) -> tuple[str, str]:
    """A place's town and what is told of where that lies, folded: "EL OBEID, Sudan" is El Obeid, "Legazpi City" Legazpi."""
    head, _, region = place.partition(",")
    town = fold(head)
    short = town.removeprefix("the city of ").removeprefix("city of ").removesuffix(" city")
    return (town if short.title() in countries().names else short) or town, fold(region)


def readable(place: str) -> str:
    """A place as it is written in a sentence: without its country, and not in capitals all through as a dateline has it."""
    town = place.partition(",")[0].strip() or place
    if not (town.isupper() and len(town) > 3):
        return town if place.isupper() or town.isupper() else place
    words = re.split(r"([\s/-]+)", town.lower())
    return "".join(w if k and w in _SMALL else w.title() for k, w in enumerate(words))


def _in_towns(some: Sequence[Placed]) -> list[Placed]:
    """The same with their towns; those of one name that are told to lie in several regions are kept apart."""
    told = {p.place: town_of(p.place) for p in some if p.place}
    regions = defaultdict[str, set[str]](set)
    for town, region in told.values():
        regions[town] |= {region} if region else set()
    towns = {
        place: f"{town} {region}".strip() if len(regions[town]) > 1 else town for place, (town, region) in told.items()
    }
    return [replace(p, town=towns[p.place]) if p.place else p for p in some]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where sentences lie, as the JSON that is stored, and where headline and dateline end; 0 where there is none."""

    sentences: str
    headline: int
    dateline: int

    def first(self) -> tuple[int, int]:
        """The first sentence after the headline."""
        lie = ((int(m[1]), int(m[2])) for m in _PAIR.finditer(self.sentences))
        return next((s for s in lie if s[0] >= self.headline), (0, 0))

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The sentence that a span begins in; the span itself where it is in none.

        Looked for by halves: of long articles, to read the whole list would take most of the time of a question.
        """
        low, high = 0, len(self.sentences)
        while (pair := _PAIR.search(self.sentences, (low + high) // 2, high)) is not None:
            if int(pair[1]) <= start:
                low = pair.start()
            else:
                high = pair.start()
        for pair in _PAIR.finditer(self.sentences, low, high):
            if int(pair[1]) <= start < int(pair[2]):
                return int(pair[1]), int(pair[2])
        return start, end


_PAIR = re.compile(r"\[(\d+),\s*(\d+)\]")


def _layouts(store: Readable, articles: Iterable[int]) -> dict[int, Layout]:
    sql = """SELECT n, json_extract(layout, '$.sentences'), json_extract(layout, '$.headline[1]'),
             json_extract(layout, '$.dateline[1]') FROM articles WHERE n IN (SELECT value FROM json_each(?))"""
    return {
        n: Layout(sentences or "", headline or 0, dateline or 0)
        for n, sentences, headline, dateline in tuples(store, sql, listed(articles))
    }


@dataclass(frozen=True, slots=True)
class _Known:
    """Places that are no countries, by their folded names, and what words these begin with."""

    names: Mapping[str, str]
    openers: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str]) -> _Known:
        lands = countries().names
        told = {fold(name): name for name in set(names) if name not in lands}
        return cls(told, frozenset(name.partition(" ")[0] for name in told))


def _lent(row: sqlite3.Row, layout: Layout, named: Sequence[tuple[int, int, str]], known: _Known) -> str | None:
    """The place that an article is of as a whole, for figures whose own sentence names none."""
    first = layout.first()
    begin = max(first[0], layout.dateline)
    told = {fold(name): name for _, at, name in named if begin <= at < first[1] and fold(name) in known.names}
    for names in (_in_title(row["title"] or "", known), told):
        if len(names) == 1:
            return next(iter(names.values()))
    place: str | None = row["dateline_place"]
    return place


def _in_title(title: str, known: _Known) -> dict[str, str]:
    """The places of the articles at hand that a title names, the longest at each word."""
    words, found, at = _TITLE_WORD.findall(title), dict[str, str](), 0
    folded = [fold(word) for word in words]
    while at < len(words):
        run = None
        if words[at][0].isupper() and folded[at] in known.openers:
            runs = (" ".join(folded[at:end]) for end in range(min(at + _LONGEST_NAME, len(words)), at, -1))
            run = next((r for r in runs if r in known.names), None)
        if run is not None:
            found[run] = known.names[run]
        at += len(run.split()) if run else 1
    return found


_TITLE_WORD = re.compile(r"\w[\w.-]*(?<![.-])")
_LONGEST_NAME = 4
"""Words of a place's name."""


def _places(store: Readable, articles: Iterable[int]) -> Mapping[int, list[tuple[int, int, str]]]:
    """Of each article the places that it names: 0 of events and 1 of mentions, where they stand, and their names."""
    among = listed(articles)
    found = defaultdict[int, list[tuple[int, int, str]]](list)
    happened = """SELECT article, "start", place FROM events WHERE article IN (SELECT value FROM json_each(?))
                  AND place IS NOT NULL AND standing != 'superseded'"""
    named = """SELECT m.article, m."start", coalesce(i.name, e.name) FROM mentions m JOIN entities e ON e.n = m.entity
               LEFT JOIN links l ON l.entity = e.n LEFT JOIN identities i ON i.n = l.identity
               WHERE m.article IN (SELECT value FROM json_each(?)) AND e.kind = 'place'"""
    for rank, sql in enumerate((happened, named)):
        for article, at, name in tuples(store, sql, among):
            found[article].append((rank, at, name))
    return found
