"""Which entities of different articles are one person, within a block of surnames that sound alike.

Full names come first. Entities of one full name are one person unless their traces conflict. Persons whose names go together
(a middle name, an initial, a short forename) or are spellings of each other are then joined, the best pair first, and only if
nothing in the *whole* of both conflicts. A bare surname comes last, and goes to the one person for whom something speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from onrecord.extract.names import PersonName, families, paired
from onrecord.extract.people import compatible
from onrecord.link.blocks import read_name, surname
from onrecord.link.sounds import edits, is_spelling, is_vocalized, same_sound, skeleton, undoubled
from onrecord.link.traces import (
    ENOUGH,
    Linked,
    Trace,
    conflict,
    printed_together,
    support,
    tells,
    trace_of,
    trace_of_all,
)
from onrecord.link.values import IdentityMethod, KnownEntity

MOST_ALIKE = 40  # persons of one forename's beginning that are compared pair by pair
COMMON_SURNAME = 3  # forenames that a surname is borne with in a block from which a near spelling is another name
RIVAL = 0.05  # two joins of so near a score are equally likely
MARGIN = 0.4  # by how much the best person must be better supported than the next, for a bare surname
FAR = 5  # years from everything a person is named in, from which a bare surname is likelier another's
BARE = 0.5  # support that a bare surname needs with only one bearer; with several, ENOUGH


@dataclass(slots=True, eq=False)
class Person:
    """Entities that are taken for one person, with the names by which they are so."""

    linked: list[Linked] = field(default_factory=list)
    names: set[PersonName] = field(default_factory=set)
    trace: Trace = field(default_factory=Trace)

    first: str = ""  # the least id of its entities

    def add(self, one: Linked, trace: Trace) -> None:
        self.linked.append(one)
        self.trace.add(trace)
        self.first = min(self.first or one.known.id, one.known.id)

    @property
    def rank(self) -> tuple[int, str]:
        """An order that does not depend on how the person was put together: the largest first."""
        return -len(self.linked), self.first


def group_persons(block: Sequence[KnownEntity]) -> list[list[Linked]]:
    """One list for each person of a block."""
    full: dict[PersonName, list[KnownEntity]] = {}
    bare: list[KnownEntity] = []
    for known in sorted(block, key=lambda k: k.id):
        name = read_name(known.name)
        if len(name.words) > 1:
            full.setdefault(name, []).append(known)
        else:
            bare.append(known)
    persons = [person for name in sorted(full, key=_order) for person in _namesakes(name, full[name])]
    persons = _joined(persons)
    groups = _with_bare(persons, bare)
    return groups


def _order(name: PersonName) -> tuple[tuple[str, ...], str, str]:
    return name.words, name.generation or "", name.nickname or ""


# Of one full name.


def _namesakes(name: PersonName, members: Sequence[KnownEntity]) -> list[Person]:
    """The persons of one full name: one, unless what is told of them conflicts."""
    person = _one(name, members)
    if person is not None:
        return [person]
    traced = [(known, trace_of(known)) for known in members]
    parts = _companies(traced)
    parts.sort(key=lambda p: (not p.trace.described, *p.rank))
    persons: list[Person] = []
    for part in parts:
        part.names.add(name)
        fit = [p for p in persons if not conflict(p.trace, part.trace)]
        best = _best(part.trace, fit) if len(fit) > 1 else fit[0] if fit else None
        if best is None:
            persons.append(part)
        else:
            _take(best, part)
    return persons


def _one(name: PersonName, members: Sequence[KnownEntity]) -> Person | None:
    """The person that all bearers of a full name are where no two can conflict: at most one country, one kind of life, one entity
    an article. The usual case.
    """
    if len({known.article for known in members}) < len(members):
        return None
    if len({known.country for known in members if known.country is not None}) > 1:
        return None
    trace = trace_of_all(members)
    if len(trace.fields) > 1:
        return None
    linked = [_of_same_name(known, described=known.country is not None or tells(known.roles)) for known in members]
    return Person(linked, {name}, trace, min(known.id for known in members))


def _of_same_name(known: KnownEntity, *, described: bool) -> Linked:
    return Linked(known, "same-name", 0.95 if described else 0.85)


def _companies(members: Sequence[tuple[KnownEntity, Trace]]) -> list[Person]:
    """Parts of which each is held together by somebody named beside, or by a role, and by nothing that conflicts."""
    parts: list[Person] = []
    by_sign: dict[object, Person] = {}
    for known, trace in members:
        signs: list[object] = [*sorted(trace.friends), *sorted(trace.roles, key=repr), *sorted(trace.codes)]
        part = next((p for s in signs if (p := by_sign.get(s)) and not conflict(p.trace, trace)), None)
        if part is None:
            part = Person()
            parts.append(part)
        part.add(_of_same_name(known, described=trace.described), trace)
        for sign in signs:
            by_sign.setdefault(sign, part)
    return parts


def _best(trace: Trace, persons: Sequence[Person]) -> Person | None:
    """The one person for whom most speaks, by a margin."""
    ranked = sorted(((support(trace, p.trace), p) for p in persons), key=lambda pair: (-pair[0], pair[1].rank))
    return ranked[0][1] if ranked[0][0] >= ranked[1][0] + MARGIN else None


def _take(person: Person, other: Person, method: IdentityMethod | None = None, score: float = 1.0) -> None:
    for one in other.linked:
        person.linked.append(Linked(one.known, method or one.method, min(one.score, score)))
    person.names |= other.names
    person.first = min(person.first, other.first)
    person.trace.add(other.trace)


# Of different full names.


@dataclass(frozen=True, slots=True)
class _Pair:
    score: float
    method: IdentityMethod
    a: int
    b: int


def _joined(persons: list[Person]) -> list[Person]:
    """Join persons whose names go together, the surest pair first, as long as all of both goes together."""
    persons = sorted(persons, key=lambda p: p.rank)
    owner = list(range(len(persons)))
    held = {n: [n] for n in owner}
    pairs = sorted(_pairs(persons), key=lambda p: (-p.score, p.a, p.b))
    beside: dict[int, list[_Pair]] = {}
    for pair in pairs:
        for end in (pair.a, pair.b):
            beside.setdefault(end, []).append(pair)
    for pair in pairs:
        a, b = sorted((owner[pair.a], owner[pair.b]))
        if a == b or not _may_join(persons[a], persons[b]):
            continue
        near = [other for n in (*held[a], *held[b]) for other in beside[n] if other.score > pair.score - RIVAL]
        if any(_is_rival(a, b, owner[other.a], owner[other.b], persons) for other in near):
            continue
        _take(persons[a], persons[b], pair.method, pair.score)
        held[a] += held.pop(b)
        for n in held[a]:
            owner[n] = a
    return [persons[i] for i in sorted(held)]


def _is_rival(a: int, b: int, x: int, y: int, persons: Sequence[Person]) -> bool:
    """Whether a pair x, y joins one of a, b to a third who cannot be the other: "J. Lane" with John Lane and James Lane."""
    here, there = {a, b}, {x, y}
    if len(there) < 2 or len(here & there) != 1:
        return False
    (third,), (left,) = there - here, here - there
    return not _may_join(persons[third], persons[left])


def _pairs(persons: Sequence[Person]) -> Iterator[_Pair]:
    forenames: dict[str, set[str]] = {}
    drawers: dict[str, list[int]] = {}
    for number, person in enumerate(persons):
        for name in person.names:
            forenames.setdefault(name.last, set()).add(skeleton(name.first))
            for key in forename_keys(name):
                drawers.setdefault(key, []).append(number)
    seen: set[tuple[int, int]] = set()
    for _, drawer in sorted(drawers.items()):
        for a, b in combinations(sorted(set(drawer)), 2) if len(drawer) <= MOST_ALIKE else ():
            if (a, b) not in seen:
                seen.add((a, b))
                common = any(
                    len(forenames[n.last]) >= COMMON_SURNAME for p in (persons[a], persons[b]) for n in p.names
                )
                found = _relation(persons[a], persons[b], common=common)
                if found is not None:
                    yield _Pair(found[1], found[0], a, b)


@lru_cache(maxsize=65536)
def forename_keys(name: PersonName) -> frozenset[str]:
    """Keys of which full names that may be one person's share one at least, where their surnames are spellings of each other."""
    firsts = {name.first, name.nickname or name.first}
    keys = {f"initial {name.first[0]}"}
    for first in firsts:
        keys |= {f"sound {skeleton(first)[:2]}", f"letter {first[:2]}", *(f"family {f}" for f in families(first))}
        if len(first) == 1:
            keys.add(f"initial {first}")
    return frozenset(keys)


def _relation(a: Person, b: Person, *, common: bool) -> tuple[IdentityMethod, float] | None:
    """How two persons' names go together, and how sure that with their traces makes it."""
    if conflict(a.trace, b.trace):
        return None
    backed = support(a.trace, b.trace)
    best: tuple[IdentityMethod, float] | None = None
    for x in a.names:
        for y in b.names:
            found = _names_relation(x, y, backed, common=common)
            if found is not None and (best is None or found[1] > best[1]):
                best = found
    return best


def _names_relation(
    x: PersonName, y: PersonName, backed: float, *, common: bool
) -> tuple[IdentityMethod, float] | None:
    closeness = name_closeness(x, y)
    if closeness is None:
        return None
    bonus = min(backed, 2.0) / 2 * 0.15
    if x.last == y.last and compatible(x, y):
        initial = min(len(x.first), len(y.first)) == 1
        return "same-name", (0.7 if initial else 0.75) + bonus
    if backed >= ENOUGH:
        return "spelling", 0.75 * closeness + 0.1 + bonus
    if common:
        return None
    if x.last == y.last and undoubled(x.first) == undoubled(y.first):
        return "spelling", 0.7 * closeness
    if (
        x.first != y.first
        or not is_spelling(x.last, y.last)
        or (edits(x.last, y.last) > 1 and not same_sound(x.last, y.last))
    ):
        return None
    return "spelling", 0.7 * closeness


@lru_cache(maxsize=65536)
def name_closeness(x: PersonName, y: PersonName) -> float | None:
    """How near two full names are (0 to 1), None where they cannot be one person's."""
    if x.generation != y.generation:
        return None
    if compatible(x, y):
        return 1.0
    last = surname(" ".join(x.words)), surname(" ".join(y.words))
    if not (is_spelling(*last) or is_vocalized(*last)) or not _middles_agree(x.words[1:-1], y.words[1:-1]):
        return None
    firsts = [n.words[0] if n.words[0] != s else n.words[-1] for n, s in zip((x, y), last, strict=True)]
    if not _same_forename(*firsts):
        return None
    changed = sum(edits(a, b) for a, b in (last, (firsts[0], firsts[1])) if min(len(a), len(b)) > 1)
    return max(0.5, 1.0 - 0.1 * changed)


def _middles_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether middle names, where both have some, begin alike and are spellings of each other."""
    return all(x[0] == y[0] and (1 in (len(x), len(y)) or is_spelling(x, y)) for x, y in zip(a, b, strict=False))


def _same_forename(a: str, b: str) -> bool:
    if paired(a, b):
        return False
    if a == b or set(families(a)) & set(families(b)) or is_spelling(a, b):
        return True
    short, long = sorted((a, b), key=len)
    return len(short) == 1 and long.startswith(short)


def _may_join(a: Person, b: Person) -> bool:
    """Whether nothing in all of both conflicts, so that no chain of likeness leads past a difference."""
    return not conflict(a.trace, b.trace) and all(name_closeness(x, y) is not None for x in a.names for y in b.names)


# Bare surnames.


class _Bearers:
    """The persons of a block by their surnames, and by what may speak for them."""

    def __init__(self, persons: Iterable[Person]) -> None:
        # Bare surnames are given to persons as they are without them: else the order in which these come would matter.
        self.of: dict[str, list[Person]] = {}
        self._by_sign: dict[object, list[Person]] | None = None
        self._persons = sorted(persons, key=lambda p: p.rank)
        for person in self._persons:
            for last in sorted({w for name in person.names for w in _short_forms(name)}):
                self.of.setdefault(last, []).append(person)

    def rivals(self, word: str) -> list[Person]:
        """Who has this surname, or else one that this is a spelling of."""
        spelt = self.of.get(word) or [p for last, ps in self.of.items() if is_spelling(last, word) for p in ps]
        return list({id(p): p for p in spelt}.values())

    def backed(self, rivals: Sequence[Person], trace: Trace) -> list[Person]:
        """Those of the rivals for whom a name beside, a role or a land speaks: towns alone are never enough."""
        if self._by_sign is None:
            self._by_sign = {}
            for person in self._persons:
                for sign in _signs(person.trace):
                    self._by_sign.setdefault(sign, []).append(person)
        wanted = {id(p) for sign in _signs(trace) for p in self._by_sign.get(sign, ())}
        return [p for p in rivals if id(p) in wanted]


def _signs(trace: Trace) -> Iterator[object]:
    yield from trace.friends
    yield from (("role", role.head) for role in trace.roles)
    yield from (("land", land) for land in trace.lands)


def _with_bare(persons: Sequence[Person], bare: Sequence[KnownEntity]) -> list[list[Linked]]:
    bearers = _Bearers(persons)
    given: list[tuple[Person, Linked]] = []
    left: dict[str, list[KnownEntity]] = {}
    rivals_of: dict[str, list[Person]] = {}
    for known in bare:
        word = read_name(known.name).last
        if word not in rivals_of:
            rivals_of[word] = bearers.rivals(word)
        found = _bearer(known, rivals_of[word], bearers, exact=word in bearers.of)
        if found is not None:
            given.append((found[0], Linked(known, "part" if word in bearers.of else "spelling", found[1])))
        else:
            left.setdefault(f"{word} {known.id}" if rivals_of[word] else word, []).append(known)
    for person, linked in given:
        person.linked.append(linked)
    groups = [p.linked for p in persons]
    for _, members in sorted(left.items()):
        groups.extend(p.linked for p in _corroborated(members))
    return groups


def _short_forms(name: PersonName) -> set[str]:
    return {surname(" ".join(name.words)), name.last}


def _bearer(
    known: KnownEntity, rivals: Sequence[Person], bearers: _Bearers, *, exact: bool
) -> tuple[Person, float] | None:
    """The one of a surname's bearers whom a bare surname means, and how sure that is."""
    if not rivals:
        return None
    trace = trace_of(known)
    ranked = []
    for person in rivals if len(rivals) == 1 else bearers.backed(rivals, trace):
        whole = person.trace
        if not conflict(whole, trace):
            ranked.append((support(trace, whole) + _nearness(known.day, whole), person))
    ranked.sort(key=lambda pair: (-pair[0], pair[1].rank))
    need = BARE if len(rivals) == 1 and exact else ENOUGH
    if not ranked or ranked[0][0] < need or (len(ranked) > 1 and ranked[0][0] < ranked[1][0] + MARGIN):
        return None
    return ranked[0][1], min(0.9, 0.6 + 0.15 * ranked[0][0])


def _nearness(day: str | None, trace: Trace) -> float:
    """Whether a day lies among those of a person, or years away."""
    if day is None or trace.since is None or trace.until is None:
        return 0.0
    first, last, year = int(trace.since[:4]), int(trace.until[:4]), int(day[:4])
    gap = max(first - year, year - last, 0)
    return 0.1 if gap == 0 else -0.5 if gap >= FAR else 0.0


def _corroborated(members: Sequence[KnownEntity]) -> list[Person]:
    """Bearers of one bare name whom nobody is known by in full: one where role or company says so, each alone where not."""
    persons: list[Person] = []
    for known in members:
        trace = trace_of(known)
        fit = [p for p in persons if not conflict(p.trace, trace) and _is_backed(p.trace, trace)]
        if len(fit) == 1:
            person = fit[0]
        else:
            person = Person(names={read_name(known.name)})
            persons.append(person)
        person.add(Linked(known, "same-name", 0.7), trace)
    return persons


def _is_backed(a: Trace, b: Trace) -> bool:
    return support(a, b) >= ENOUGH or printed_together(a, b)
