"""To which matter a figure belongs: what is counted, and where.

The place is that of an event which the figure's own sentence tells, else one that the sentence names. Where it names none, a bare
number ("the rebels said seven") is of the place of the one before it in its paragraph; any other of the only place that the title
names, else the only one of the first sentence, else the dateline's: who writes from Manila of a ferry that sank off Masbate
counts the dead of Masbate. A sentence that says "in" somewhere unknown has no place lent.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from onrecord.codebook.coins import COINS
from onrecord.codebook.countries import countries
from onrecord.query.rows import Readable, each, listed, tuples
from onrecord.query.statements import speakers
from onrecord.query.whereabouts import ORIGIN, is_home, place_named
from onrecord.store.folding import fold

SHARES = ("%", "per cent", "percent", "percentage points", "points")
"""Things counted that do not tell what is measured, as coins do not: such figures stand by themselves."""
MONEY = "money"
"""The thing of a sum that names none but its coin: "$250,000"."""
_COIN = re.compile(r"[$£€¥₦₹₱₵₩₽₺฿]|(?<![^\W_])(?:[KUT]?[Ss]hs?|R[smp]|Tk|GHS|KES|NGN|ZAR|INR|PHP|[NRP](?=\d))\.?\s?\d")
ANYBODY = frozenset("people persons person others".split())
_SMALL = frozenset("of the de del la el al da do di du en am an der le les sur and bin on upon au aux es".split())


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure's row, with the matter that it belongs to but for its time, and where its sentence begins."""

    row: sqlite3.Row
    thing: str | None
    place: str | None
    claimant: str | None
    sentence: int
    happened: str | None = None
    """The day that its sentence tells of what happened, where it tells one."""
    town: str = ""

    @property
    def stands_alone(self) -> bool:
        """Whether it tells how much, and not of what: growth and a vote are both per cent, a loss and a fine both money."""
        if self.row["what"] != "other":
            return False
        return self.thing is None or self.thing in SHARES or self.thing.split()[-1].lower() in COINS | {MONEY}

    @property
    def is_comparable(self) -> bool:
        """Whether counts of its matter are of one quantity: of "people" nothing tells whether they marched or were rescued."""
        return not (self.stands_alone or (self.row["what"] == "other" and self.thing in ANYBODY))

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


def placed(store: Readable, found: Sequence[sqlite3.Row]) -> list[PlacedFigure]:
    """Figures with their matters, in the order given; without those of articles that were taken down meanwhile."""
    claimants = speakers(store, [row["claimed_by"] for row in found if row["claimed_by"] is not None])
    of_article = defaultdict[int, list[sqlite3.Row]](list)
    for row in found:
        of_article[row["article"]].append(row)
    figured = dict[int, PlacedFigure]()
    for article, story in _stories(store, of_article):
        for row in of_article[article]:
            figured[row["n"]] = _placed(story, row, claimants.get(row["claimed_by"]))
    return _in_towns([figured[row["n"]] for row in found if row["n"] in figured])


def _placed(story: _Story, row: sqlite3.Row, claimant: str | None) -> PlacedFigure:
    thing = _thing(row["counted"]) if row["what"] == "other" else None
    thing = MONEY if row["what"] == "other" and thing is None and _COIN.search(row["words"]) else thing
    sentence, _ = story.sentence(row["start"])
    return PlacedFigure(row, thing, story.place(row), claimant, sentence, story.happened(row["start"]))


_PART = re.compile(
    r"(?:out\s+)?of\s+(?:(?:the|these|those|its|his|her|their|our|my)\b\s*)?(?:\d[\d,]*\s+)?", re.IGNORECASE
)
_TAKEN_UP = frozenset(("", "them", "us", "whom", "which"))


def _thing(counted: str | None) -> str | None:
    """What is counted, of which a number is a part or not ("of its engineers"); None where it is only taken up ("of them")."""
    named = _PART.sub("", counted, count=1) if counted and _PART.match(counted) else counted
    return None if named is None or named.lower() in _TAKEN_UP else named


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


def _in_towns(some: Sequence[PlacedFigure]) -> list[PlacedFigure]:
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
class SentenceLayout:
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


@dataclass(frozen=True, slots=True)
class _KnownPlaces:
    """Places that are no countries, by their folded names, and what words these begin with."""

    names: Mapping[str, str]
    openers: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str]) -> _KnownPlaces:
        lands = countries().names
        told = {fold(name): name for name in set(names) if name and name not in lands}
        return cls(told, frozenset(name.partition(" ")[0] for name in told))


@dataclass
class _Story:
    """What of one article its figures are placed by.

    `places`: that it names; `others`: where it names what is no place and no person; `figures`: where those that it tells stand,
    and of what.
    """

    text: str
    layout: SentenceLayout
    title: str
    dateline_place: str | None
    known: _KnownPlaces
    places: Sequence[_NamedPlace]
    others: frozenset[int]
    figures: Sequence[tuple[int, str]]

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence around a place."""
        return self.layout.around(at, at + 1)

    def happened(self, at: int) -> str | None:
        """The day of the event in the sentence around a place that is told nearest to it."""
        days = [(abs(one.at - at), one.day) for one in self._near(at) if one.day]
        return min(days)[1] if days else None

    def place(self, row: sqlite3.Row) -> str | None:
        """Where what a figure counts is."""
        for at in (row["start"], self._before(row) if row["counted"] is None else None):
            named, place = self._in_sentence(at) if at is not None else (False, None)
            if named:
                return place
        return self._lent

    def _told(self, at: int) -> tuple[int, int]:
        """The sentence around a place, without the dateline."""
        first, after = self.sentence(at)
        return max(first, self.layout.dateline), after

    def _near(self, at: int) -> list[_NamedPlace]:
        first, after = self._told(at)
        return [one for one in self.places if first <= one.at < after]

    def _in_sentence(self, at: int) -> tuple[bool, str | None]:
        """Whether the sentence around a place tells where, and the place if it is known."""
        # An event's place tells where it was; a place that is only named may tell where somebody comes from.
        near = ((one.rank, abs(one.at - at), one) for one in self._near(at) if one.name)
        for rank, _, one in sorted(near, key=lambda told: told[:2]):
            if not (rank and self._is_home(one)):
                return True, one.name
        return self._by_words(*self._told(at))

    def _is_home(self, one: _NamedPlace) -> bool:
        return is_home(self.text[max(0, one.at - ORIGIN) : one.at])

    def _by_words(self, start: int, end: int) -> tuple[bool, str | None]:
        """The same of words by the names that are places elsewhere."""
        own = self.dateline_place
        known = {town_of(own)[0]: own, **self.known.names} if own else self.known.names
        return place_named(self.text[start:end], known, lambda k: start + k in self.others)

    def _before(self, row: sqlite3.Row) -> int | None:
        """Where the figure of the same sort before one stands, in its paragraph."""
        start = row["start"]
        last = max((at for at, what in self.figures if at < start and what == row["what"]), default=None)
        if last is None or start - last > _PARAGRAPH or "\n" in self.text[last:start]:
            return None
        return last

    @cached_property
    def _lent(self) -> str | None:
        """The place that the article is of as a whole, for figures whose own sentence names none."""
        first = self.layout.first()
        begin = max(first[0], self.layout.dateline)
        told = {
            fold(one.name): one.name
            for one in self.places
            if begin <= one.at < first[1] and fold(one.name) in self.known.names and not self._is_home(one)
        }
        for names in (_in_title(self.title, self.known), told):
            if len(names) == 1:
                return next(iter(names.values()))
        _, place = self._by_words(begin, first[1]) if not told else (False, None)
        return place or self.dateline_place


def _stories(store: Readable, articles: Iterable[int]) -> Iterator[tuple[int, _Story]]:
    """Each of the articles, in one question and one after the other: a text may be large."""
    among = listed(articles)
    places, others, figures = _places(store, among), _others(store, among), _figures(store, among)
    known = _KnownPlaces.of(one.name for names in places.values() for one in names if one.rank)
    sql = """SELECT n, text, title, dateline_place, json_extract(layout, '$.sentences'), json_extract(layout, '$.headline[1]'),
             json_extract(layout, '$.dateline[1]') FROM articles WHERE n IN (SELECT value FROM json_each(?))"""
    for n, text, title, town, sentences, headline, dateline in each(store, sql, among):
        layout = SentenceLayout(sentences or "", headline or 0, dateline or 0)
        yield (
            n,
            _Story(text, layout, title or "", town, known, places.get(n, ()), others.get(n, frozenset()), figures[n]),
        )


_PARAGRAPH = 600
"""Characters between two figures of one paragraph."""


def _in_title(title: str, known: _KnownPlaces) -> dict[str, str]:
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


@dataclass(frozen=True, slots=True)
class _NamedPlace:
    """A place that an article names, empty where an event has none; rank 0 of an event, with its day, 1 of a mention."""

    rank: int
    at: int
    name: str
    day: str | None = None


_AMONG = "article IN (SELECT value FROM json_each(?))"


def _places(store: Readable, among: str) -> Mapping[int, list[_NamedPlace]]:
    """Of each article (of a `listed` number) the places that it names."""
    found = defaultdict[int, list[_NamedPlace]](list)
    happened = f"""SELECT article, "start", coalesce(place, ''), CASE WHEN date_basis = 'stated' THEN date END FROM events
                   WHERE {_AMONG} AND standing != 'superseded'"""
    named = f"""SELECT m.article, m."start", coalesce(i.name, e.name), NULL FROM mentions m JOIN entities e ON e.n = m.entity
               LEFT JOIN links l ON l.entity = e.n LEFT JOIN identities i ON i.n = l.identity
               WHERE m.{_AMONG} AND coalesce(i.kind, e.kind) = 'place'"""
    for rank, sql in enumerate((happened, named)):
        for article, at, name, day in tuples(store, sql, among):
            found[article].append(_NamedPlace(rank, at, name, day))
    return found


def _others(store: Readable, among: str) -> Mapping[int, frozenset[int]]:
    """Where each article names what is neither a place nor anybody, and so no place that was taken for somebody."""
    found = defaultdict[int, set[int]](set)
    sql = f"""SELECT m.article, m."start" FROM mentions m LEFT JOIN entities e ON e.n = m.entity
              LEFT JOIN links l ON l.entity = e.n LEFT JOIN identities i ON i.n = l.identity
              WHERE m.{_AMONG} AND coalesce(i.kind, e.kind, m.kind) NOT IN ('place', 'person')"""
    for article, at in tuples(store, sql, among):
        found[article].add(at)
    return {article: frozenset(spots) for article, spots in found.items()}


def _figures(store: Readable, among: str) -> Mapping[int, list[tuple[int, str]]]:
    """Where each article tells figures, and of what: of all, whichever were asked for."""
    found = defaultdict[int, list[tuple[int, str]]](list)
    for article, at, what in tuples(store, f"""SELECT article, "start", what FROM figures WHERE {_AMONG}""", among):
        found[article].append((at, what))
    return found
