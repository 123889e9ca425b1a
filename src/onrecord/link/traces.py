"""What speaks for and against two entities being one person: their roles, their lands, and in whose company they are named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.codebook.names import name_words
from onrecord.extract.names import fold, without_possessive
from onrecord.link.blocks import is_generic, without_ending
from onrecord.link.values import IdentityMethod, KnownEntity

# What each sign weighs. One of ENOUGH is corroboration. Set by hand on the invented stories; see docs/decisions/0009.
SAME_ROLE, SAME_HEAD, SAME_LAND = 1.0, 0.6, 0.5
FRIEND, MOST_FRIENDS = 0.5, 1.0  # another name of several words that both are named beside, and the most these weigh
PLACE, MOST_PLACES = 0.1, 0.4  # one of one word: countries and towns, which half of the news shares
SURNAME = 0.5  # a name of one word beside one of both, and of several words that ends in it beside the other
COPIED, LEAST_COPIED = 0.8, 4  # share and number of all names beside that two printings of one dispatch have in common
ENOUGH = 0.9

# What kind of life a role tells of. One person may go from one to another, but a namesake is likelier.
_FIELDS = {
    "sport": "footballer striker goalkeeper midfielder defender quarterback pitcher coach athlete player cyclist boxer sprinter"
    " swimmer golfer skier hurler batsman bowler jockey wrestler runner marathoner winger",
    "arts": "actor actress singer rapper playwright filmmaker novelist poet musician painter comedian dancer artist",
    "office": "minister president senator congressman congresswoman governor mayor premier chancellor ambassador secretary"
    " councillor legislator lawmaker deputy envoy taoiseach tanaiste",
    "arms": "colonel general admiral major lieutenant sergeant marshal commander soldier sailor gunner corporal",
    "private": "fisherman driver carpenter builder miner voter nurse farmer resident shopkeeper baker waiter teacher student"
    " plumber electrician mechanic neighbour neighbor refugee",
    "science": "professor scientist biologist physicist economist historian researcher epidemiologist statistician",
}
_FIELD_OF = {word: name for name, words in _FIELDS.items() for word in words.split()}
_ALONE = {frozenset(pair) for pair in (("sport", "office"), ("sport", "science"), ("sport", "private"), ("arts", "office"),
          ("arts", "arms"), ("private", "office"), ("private", "arms"), ("private", "science"), ("arts", "science"))}  # fmt: skip
_SAME = {
    "defense": "defence", "labor": "labour", "spokeswoman": "spokesperson", "spokesman": "spokesperson", "chairwoman": "chair",
    "chairman": "chair", "chairperson": "chair", "sen": "senator", "gov": "governor", "rep": "representative", "gen": "general",
    "col": "colonel", "capt": "captain", "lt": "lieutenant", "adm": "admiral", "pres": "president", "premier": "prime minister",
    "councilor": "councillor", "advisor": "adviser", "neighbor": "neighbour",
}  # fmt: skip
_PASSED_OVER = frozenset("the a an his her its their our my then former ex late mr mrs ms".split())
_TELL_NOTHING = frozenset(
    "colleague counterpart ally host guest son daughter mother father wife husband brother sister".split()
)
_WORD = re.compile(r"[^\s,;()\"“”]+")


@dataclass(frozen=True, slots=True)
class RoleWords:
    """A role as read: what somebody is ("minister"), of what ("defence"), and words that may name a land or a body."""

    head: str
    kind: frozenset[str]
    owners: frozenset[str]


@lru_cache(maxsize=32768)
def role_words(text: str) -> RoleWords | None:
    """Read a role. None for one that does not tell who somebody is ("colleague")."""
    table = name_words()
    front = re.split(r" (?:of|for|at|to|in|from) ", text, maxsplit=1)
    words = [w for piece in _WORD.findall(front[0]) for w in _usual(piece).split()]
    words = [w for w in words if w not in _PASSED_OVER]
    if not words or words[-1] in _TELL_NOTHING:
        return None
    kind = frozenset(w for w in words[:-1] if w in table.role_modifiers or w in table.titles)
    owners = {w for w in words[:-1] if w not in kind}
    for piece in _WORD.findall(front[1]) if len(front) > 1 else ():
        if piece[:1].isupper():
            owners.add(_usual(piece))
        elif len(piece) > 3:
            kind |= {_usual(piece)}
    return RoleWords(words[-1], kind, frozenset(owners))


@lru_cache(maxsize=65536)
def _is_telling(name: str) -> bool:
    """Whether a folded name is of somebody in particular: every country has its "defence ministry"."""
    return " " in name and not is_generic(name.split())


@lru_cache(maxsize=32768)
def _owners_in(role: str) -> frozenset[str]:
    """Words of a role that may name a land."""
    read = role_words(role)
    # "Ostranian counterpart" tells nobody's office, and whose it is all the same.
    return read.owners if read else frozenset(_usual(w) for w in _WORD.findall(role)[:1])


def _usual(piece: str) -> str:
    word = fold(without_possessive(piece))
    return _SAME.get(word, word)


@dataclass(frozen=True, slots=True)
class Linked:
    """An entity, and how it came to the identity that it is part of."""

    known: KnownEntity
    method: IdentityMethod
    score: float


@dataclass(slots=True)
class Trace:
    """What is known of one or more entities that are taken for one."""

    roles: set[RoleWords] = field(default_factory=set)
    lands: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    friends: set[str] = field(default_factory=set)
    surnames: set[str] = field(default_factory=set)  # last words of friends
    places: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)  # the kinds of life that the roles tell of
    since: str | None = None
    until: str | None = None

    def add(self, other: Trace) -> None:
        self.roles |= other.roles
        self.lands |= other.lands
        self.codes |= other.codes
        self.friends |= other.friends
        self.surnames |= other.surnames
        self.places |= other.places
        self.articles |= other.articles
        self.fields |= other.fields
        if other.since is not None and (self.since is None or other.since < self.since):
            self.since = other.since
        if other.until is not None and (self.until is None or other.until > self.until):
            self.until = other.until

    @property
    def described(self) -> bool:
        return bool(self.roles or self.codes)


def trace_of(known: KnownEntity) -> Trace:
    """Of one entity."""
    trace = Trace(articles={known.article}, since=known.day, until=known.day)
    trace.roles = {words for role in known.roles if (words := role_words(role))}
    trace.fields = {_FIELD_OF[words.head] for words in trace.roles if words.head in _FIELD_OF}
    trace.friends = {name for name in known.beside if _is_telling(name)}
    trace.surnames = _last_words(trace.friends)
    trace.places = {name for name in known.beside if " " not in name}
    owners = {w for role in known.roles for w in _owners_in(role)}
    if owners:
        trace.lands = _lands_of(owners, trace.places)
    if known.country is not None:
        trace.codes.add(known.country)
        trace.lands.add(known.country)
    return trace


def _last_words(names: Iterable[str]) -> set[str]:
    return {name.rsplit(" ", 1)[-1] for name in names}


@lru_cache(maxsize=32768)
def tells(roles: tuple[str, ...]) -> bool:
    """Whether any of the roles tells who somebody is."""
    return any(role_words(role) for role in roles)


def trace_of_all(several: Sequence[KnownEntity]) -> Trace:
    """What is known of entities together: as if the trace of each were added to that of those before it."""
    days = [known.day for known in several if known.day is not None]
    trace = Trace(since=min(days, default=None), until=max(days, default=None))
    trace.articles = {known.article for known in several}
    beside = set[str]().union(*(known.beside for known in several))
    trace.friends = {name for name in beside if _is_telling(name)}
    trace.surnames = _last_words(trace.friends)
    trace.places = {name for name in beside if " " not in name}
    for roles in {known.roles for known in several}:
        trace.roles.update(words for role in roles if (words := role_words(role)))
    trace.fields = {_FIELD_OF[words.head] for words in trace.roles if words.head in _FIELD_OF}
    trace.codes = {known.country for known in several if known.country is not None}
    trace.lands = set[str](trace.codes)
    for known in several:
        if owners := {w for role in known.roles for w in _owners_in(role)}:
            trace.lands |= _lands_of(owners, (name for name in known.beside if " " not in name))
    return trace


def _lands_of(owners: Iterable[str], places: Iterable[str]) -> set[str]:
    """Whose they are, as far as the article names a land like it ("Velmark's minister"): no table has invented countries."""
    stems = {without_ending(p) for p in places}
    return {stem for w in owners if (stem := without_ending(w)) in stems}


def support(a: Trace, b: Trace) -> float:
    """How much speaks for two traces being of one person. See the weights above."""
    total = _roles_in_common(a.roles, b.roles)
    if a.lands & b.lands:
        total += SAME_LAND
    total += min(MOST_FRIENDS, FRIEND * len(a.friends & b.friends))
    total += min(SURNAME, SURNAME * len(a.places & b.surnames | b.places & a.surnames))
    return total + min(MOST_PLACES, PLACE * len(a.places & b.places))


def printed_together(a: Trace, b: Trace) -> bool:
    """Whether two traces name so much the same company that one dispatch was printed twice."""
    left, right = a.friends | a.places, b.friends | b.places
    shared = len(left & right)
    return shared >= LEAST_COPIED and shared >= COPIED * len(left | right)


def _roles_in_common(a: Iterable[RoleWords], b: Iterable[RoleWords]) -> float:
    best = 0.0
    for x in a:
        for y in b:
            if x.head == y.head:
                if x.kind == y.kind or (x.kind and y.kind and (x.kind <= y.kind or y.kind <= x.kind)):
                    return SAME_ROLE
                if not x.kind or not y.kind:
                    best = max(best, SAME_HEAD)
    return best


def conflict(a: Trace, b: Trace) -> bool:
    """Whether two traces cannot be of one person: named apart in one article, of different countries, or of different lives."""
    if not a.articles.isdisjoint(b.articles):
        return True
    if _roles_in_common(a.roles, b.roles) >= SAME_ROLE:
        return False
    if a.codes and b.codes and a.codes.isdisjoint(b.codes):
        return True
    if a.lands & b.lands:
        return False
    return lives_apart(a, b)


def lives_apart(a: Trace, b: Trace) -> bool:
    """Whether their roles are of kinds of life that seldom meet in one person, and nobody is named beside both."""
    left, right = a.fields, b.fields
    if not left or not right or left & right or a.friends & b.friends:
        return False
    return all(frozenset((x, y)) in _ALONE for x in left for y in right)
