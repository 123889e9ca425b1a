"""Which mentions of persons mean the same one: by full names first, then surnames, forenames, initials, slips."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from onrecord.codebook.names import name_words
from onrecord.extract.holding import span_at
from onrecord.extract.linking import Alike, Group, Owners, Printed
from onrecord.extract.names import PersonName, families, paired, person_name, titles_before
from onrecord.records import Article, Span

SHORTEST_STEM = 3  # letters of a short forename that a longer one begins with: "Tim", "Dan", "Chris"
WINDOW = 160  # characters after a name in which a pronoun is likely to mean it
MOST_LOOKS = 8  # mentions of one name whose surroundings are looked at: more tell nothing new
MOST_RIVALS = 12  # persons of one surname that are weighed against each other; with more, a bare surname means nobody

ACTIVE = 1  # paragraphs back in which a person named in full is still spoken of
FORENAME_WEIGHT = 3  # a forename tells more than the pronouns near it, which may mean somebody else
SURE_GENDER = 2  # weight of what speaks for a man or a woman from which a title on the other side is somebody else's

_ANYBODYS = frozenset({"mr", "mrs", "ms", "miss"})
"""Titles that tell nobody from another."""

_HE = re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)
_BORN = re.compile(r" was born\b")
_DIED = re.compile(r"\b(?:died|has died|dies|passed away|was found dead)\b")
_KIN = re.compile(
    r"\b(?:(wife|mother|daughter|sister|widow|niece|aunt|actress)|(husband|father|son|brother|nephew|uncle)),?\s+$"
)


@dataclass(slots=True, eq=False)
class _Form:
    """One way of writing a person, and where it is printed."""

    name: PersonName
    printed: list[Printed] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.printed[0].span.start


@dataclass(slots=True, eq=False)
class _Person:
    """A person in the making."""

    group: Group = field(default_factory=Group)
    forms: list[_Form] = field(default_factory=list)
    start: int = 0
    starts: list[int] = field(default_factory=list)  # of full names, in text order
    titles: set[str] = field(default_factory=set)
    gender: int = 0  # above nought a man, below a woman, by titles and pronouns near the full name


class _People:
    """The persons of one article, and the keys that find them. Full names come first, longest first."""

    def __init__(self) -> None:
        self.persons: list[_Person] = []
        self.exact: Owners[tuple[object, ...], _Person] = Owners()
        self.near: Owners[tuple[object, ...], _Person] = Owners()
        self.slips: Alike[_Person] = Alike()
        self.by_last: dict[str, list[_Person]] = {}
        self.by_first: dict[str, list[_Person]] = {}
        self.by_middle: dict[str, list[_Person]] = {}

    def add(self, form: _Form, person: _Person, *, slip: bool = False) -> None:
        if not person.forms:
            self.persons.append(person)
        person.forms.append(form)
        for printed in form.printed:
            person.group.add(printed, "slip" if slip else None)
        for key in _own_keys(form.name):
            self.exact.add(key, person)
        self.exact.add(("initials", _initials(form.name)), person)
        for key in _near_keys(form.name):
            self.near.add(key, person)
        for drawer, word in _slip_places(form.name):
            self.slips.add(drawer, word, person)
        if not slip:
            _put(self.by_last, form.name.last, person)
        for first in {form.name.first, form.name.nickname or form.name.first}:
            _put(self.by_first, first, person)
        for middle in form.name.words[1:-1]:
            if len(middle) > 1:
                _put(self.by_middle, middle, person)
        if any(_are_surnames(form.name.words, other.name.words) for other in person.forms[:-1]):
            _put(self.by_last, form.name.first, person)

    def owner(self, form: _Form) -> tuple[_Person | None, bool]:
        """Whose full name this is, and whether by a slip."""
        name = form.name
        for keys, index in ((_own_keys(name), self.exact), (_near_keys(name), self.near)):
            found = {id(p): p for key in keys for p in index.of(key) if _agree(name, p)}
            if found:
                return (next(iter(found.values())), False) if len(found) == 1 else (None, False)
        slipped = {id(p): p for drawer, word in _slip_places(name) for p in self.slips.near(drawer, word)}
        return (next(iter(slipped.values())), True) if len(slipped) == 1 else (None, False)


def group_people(article: Article, printed: Sequence[Printed]) -> list[Group]:
    """One group for each person that the mentions of kind person name."""
    forms = _forms(printed)
    people = _People()
    full = sorted((f for f in forms if len(f.name.words) > 1), key=lambda f: (-len(f.name.words), f.start))
    born = {form for form in full if all(_BORN.match(article.text, one.span.end) for one in form.printed)}
    for form in (form for form in full if form not in born):
        owner, slip = people.owner(form)
        people.add(form, owner or _Person(), slip=slip)
    for form in (form for form in full if form in born):
        owner, slip = people.owner(form)
        dead = None if owner else _dead_of(article, form, people)
        people.add(form, owner or dead or _Person(), slip=slip)
        if dead is not None:
            dead.group.methods.update((one.number, "part") for one in form.printed)
    _observe(article, printed, people.persons)
    groups = [person.group for person in people.persons]
    groups.extend(_link_short(article, [f for f in forms if len(f.name.words) == 1], people))
    return groups


def _dead_of(article: Article, form: _Form, people: _People) -> _Person | None:
    """Whose name at birth this is: the only one of that forename, of whose death the article tells where it names her first.

    "Edith Lane, a chemist, died on Monday. Edith Ilona Varga was born in Brell."
    """
    bearers = people.by_first.get(form.name.first, ())
    if len(bearers) != 1:
        return None
    first = min(one.span.start for one in bearers[0].group.members)
    paragraph = span_at(article.paragraphs, first)
    told = paragraph is not None and _DIED.search(article.text, first, paragraph.end) is not None
    return bearers[0] if told and first < form.start else None


def _forms(printed: Iterable[Printed]) -> list[_Form]:
    """The different names, in the order in which they first stand in the text."""
    forms: dict[PersonName, _Form] = {}
    for one in printed:
        name = person_name(one.text)
        forms.setdefault(name, _Form(name)).printed.append(one)
    return list(forms.values())


def _put(index: dict[str, list[_Person]], key: str, person: _Person) -> None:
    known = index.setdefault(key, [])
    if len(known) <= MOST_RIVALS and all(person is not p for p in known):
        known.append(person)


# Keys of a full name. Each begins with what sort of key it is; the generation belongs to all, since a junior is not his father.


def _own_keys(name: PersonName) -> Iterator[tuple[object, ...]]:
    yield ("joined", "".join(name.words), name.generation)
    yield ("ends", name.first, name.last, name.generation)
    if name.nickname:
        yield ("ends", name.nickname, name.last, name.generation)


def _near_keys(name: PersonName) -> Iterator[tuple[object, ...]]:
    """Parts of the name and related forenames. Two names are near when they share one and nothing else speaks against it."""
    words = name.words
    for k in range(2, len(words) + 1):
        yield ("part", words[-k:], name.generation)
        yield ("part", words[:k], name.generation)
        for start in range(1, len(words) - k):
            yield ("part", words[start : start + k], name.generation)
    for first in {name.first, name.nickname or name.first}:
        yield ("initial", first[0], name.last, name.generation)
        for family in families(first):
            yield ("family", family, name.last, name.generation)
        for k in range(SHORTEST_STEM, min(len(first), 8) + 1):
            yield ("stem", first[:k], name.last, name.generation)


def _slip_places(name: PersonName) -> Iterator[tuple[tuple[object, ...], str]]:
    """Where a slip may be, and what must be right beside it: the surname or the forename, not both."""
    yield ("last", name.first, name.generation), name.last
    yield ("first", name.last, name.generation), name.first


def _agree(name: PersonName, person: _Person) -> bool:
    return any(compatible(name, form.name) for form in islice(person.forms, MOST_RIVALS))


def compatible(a: PersonName, b: PersonName) -> bool:
    """Whether both may be full names of one person: one a part of the other, or surname and forenames that go together."""
    if a.generation != b.generation:
        return False
    if "".join(a.words) == "".join(b.words):
        return True
    short, long = sorted((a.words, b.words), key=len)
    if long[-len(short) :] == short or long[: len(short)] == short:
        return len(short) > 1
    if _is_within(short, long):
        return True
    if a.last != b.last:
        return False
    firsts = [{n.first, n.nickname or n.first} for n in (a, b)]
    if not any(_same_forename(x, y) for x in firsts[0] for y in firsts[1]):
        return False
    return _middles_agree(a.words[1:-1], b.words[1:-1])


def _is_within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a name is the surnames of a longer one, which goes on: "Brandt Ruiz" of "Oto Brandt Ruiz Lane"."""
    ends = range(1 + len(short), len(long))
    return len(short) > 1 and not _is_forename(short[0]) and any(long[k - len(short) : k] == short for k in ends)


def _are_surnames(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a name is the two surnames of a longer one: "Brandt Ruiz" of "Oto Brandt Ruiz", who goes by the first as well."""
    first = short[0]
    if len(short) != 2 or len(long) < 3 or len(long[0]) == 1 or len(first) == 1:
        return False
    return long[-2:] == short and not _is_forename(first) and first not in name_words().particles


def _is_forename(word: str) -> bool:
    return word in name_words().his_names or word in name_words().her_names


def _same_forename(a: str, b: str) -> bool:
    if paired(a, b):
        return False
    if a == b or set(families(a)) & set(families(b)):
        return True
    short, long = sorted((a, b), key=len)
    return long.startswith(short) and (len(short) == 1 or len(short) >= SHORTEST_STEM)


def _middles_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Middle names agree unless both are printed and differ: George W. Bush is not George H. W. Bush."""
    if not a or not b:
        return True
    short, long = sorted((a, b), key=len)
    return all(any(x[0] == y[0] and (x == y or 1 in (len(x), len(y))) for y in long) for x in short) and (
        len(a) == len(b) or all(len(w) > 1 for w in long)
    )


# What the text around full names tells of a person.


def _observe(article: Article, printed: Sequence[Printed], persons: Sequence[_Person]) -> None:
    starts = sorted(p.span.start for p in printed)
    for person in persons:
        members = sorted(person.group.members, key=lambda p: p.span)
        person.start = members[0].span.start
        person.gender += FORENAME_WEIGHT * _forename_gender(person.forms[0].name.first)
        person.starts = [one.span.start for one in members]
        for one in members[:MOST_LOOKS]:
            titles = titles_before(article.text, one.span.start)
            person.titles.update(titles)
            person.gender += SURE_GENDER * _title_gender(titles)
            person.gender += _pronoun_gender(article.text, one.span, starts)


def _title_gender(titles: Iterable[str]) -> int:
    table = name_words()
    return sum((t in table.his_titles) - (t in table.her_titles) for t in titles)


def _forename_gender(forename: str) -> int:
    table = name_words()
    return (forename in table.his_names) - (forename in table.her_names)


def _pronoun_gender(text: str, span: Span, starts: Sequence[int]) -> int:
    """Pronouns between a name and the next one, and a word of kinship before it ("her husband, X")."""
    following = bisect_right(starts, span.start)
    stop = min(span.end + WINDOW, starts[following] if following < len(starts) else len(text), len(text))
    he, she = len(_HE.findall(text, span.end, stop)), len(_SHE.findall(text, span.end, stop))
    kin = _KIN.search(text, max(0, span.start - 20), span.start)
    return (he > she) - (he < she) + (2 * ((kin[2] is not None) - (kin[1] is not None)) if kin else 0)


# Short forms: a surname, a forename, initials.


@dataclass(frozen=True, slots=True)
class _Short:
    """A short name, where it is printed (starts, in text order), and where the article's paragraphs start."""

    name: PersonName
    starts: tuple[int, ...]
    paragraphs: tuple[int, ...]


def _link_short(article: Article, forms: Sequence[_Form], people: _People) -> list[Group]:
    """Give short names to persons; returns the groups of those that fit nobody, or several."""
    lone: dict[str, _Form] = {}
    paragraphs = tuple(p.start for p in article.paragraphs)
    for form in forms:
        short = _Short(form.name, tuple(p.span.start for p in form.printed), paragraphs)
        rivals: dict[tuple[str, ...], list[_Person]] = {}
        left = []
        titled = [titles_before(article.text, one.span.start) for one in form.printed]
        bearers = _bearers(article, short, people)
        for titles in set(titled):
            rivals[titles] = _rivals(form.name, titles, bearers)
        # "Mr. Lane" where only Mary Lane is named in full: then the bare surname may be either's.
        another = any(_title_gender(titles) and not rivals[titles] for titles in rivals)
        for one, titles in zip(form.printed, titled, strict=True):
            person = None if another and not _title_gender(titles) else _chosen(rivals[titles], short, one.span.start)
            if person is None:
                left.append(one)
            else:
                person.group.add(one, "acronym" if _is_initials(one.text, person) else None)
        if left:
            lone.setdefault(form.name.first, _Form(form.name)).printed.extend(left)
    return _lone_groups(lone, people)


def _bearers(article: Article, short: _Short, people: _People) -> Sequence[_Person]:
    """Who may be called by a short name: by surname, else by forename, by a name in the middle, or by initials.

    Surnames come before forenames: where somebody is called Paul by surname, "Paul" is not Paul Somebody-Else. Of two
    surnames ("Oto Brandt Ruiz") people go by the first: where nobody else is called so yet, he is.
    """
    name = short.name.last
    last = people.by_last.get(name, ())
    if not last:
        return people.by_first.get(name) or people.by_middle.get(name) or people.exact.of(("initials", name))
    told = article.headline.end if article.headline else 0
    first = next((start for start in short.starts if start >= told), None)
    if first is None or first > min(p.start for p in last):
        return last
    return [*last, *(p for p in people.by_middle.get(name, ()) if p.start < first and p not in last)]


def _rivals(name: PersonName, titles: tuple[str, ...], bearers: Sequence[_Person]) -> list[_Person]:
    """Of those who may be called by a short name, whom it may mean with these titles, in the order of their introduction."""
    rivals = [p for p in bearers if _may_be(p, name, titles)]
    ranked = [p for p in rivals if p.titles & (set(titles) - _ANYBODYS)]
    return sorted(ranked if len(ranked) == 1 else rivals, key=lambda p: p.start)


def _may_be(person: _Person, name: PersonName, titles: tuple[str, ...]) -> bool:
    if name.generation and all(f.name.generation != name.generation for f in person.forms):
        return False
    gender = _title_gender(titles)
    return gender * person.gender >= 0 or abs(person.gender) < SURE_GENDER


def _chosen(rivals: Sequence[_Person], short: _Short, at: int) -> _Person | None:
    """The one of `rivals` (in order of introduction) whom a short name at `at` means, if it can be told.

    News introduces everybody in full, and keeps the bare surname for whom it is about: the relative who comes later is
    named in full each time. So the surname belongs to the first person if it was used before the second came in, and
    otherwise where the article is not just speaking of the other.
    """
    if len(rivals) < 2:
        return rivals[0] if rivals else None
    if len(rivals) > MOST_RIVALS:
        return None
    if at < rivals[1].start or bisect_left(short.starts, rivals[1].start) > 0:
        return rivals[0]
    return rivals[0] if _named_last(rivals, short, at) in (rivals[0], None) else None


def _named_last(rivals: Sequence[_Person], short: _Short, at: int) -> _Person | None:
    """Who of `rivals` was named in full last before `at`, in this paragraph or the one before."""
    named = [(starts[k - 1], person) for person in rivals if (k := bisect_left(starts := person.starts, at))]
    last, person = max(named, key=lambda pair: pair[0])
    here, there = (bisect_right(short.paragraphs, place) for place in (at, last))
    return person if here - there <= ACTIVE else None


def _is_initials(text: str, person: _Person) -> bool:
    return text.isupper() and 2 <= len(text) <= 4 and any(_initials(f.name) == text.casefold() for f in person.forms)


def _initials(name: PersonName) -> str:
    return "".join(word[0] for word in name.words)


def _lone_groups(lone: dict[str, _Form], people: _People) -> list[Group]:
    """Short names that fit nobody as they stand: a slip of somebody's surname, or somebody of whom no more is printed."""
    slips: Alike[Group] = Alike()
    for person in people.persons:
        for form in person.forms[:MOST_RIVALS]:
            slips.add(None, form.name.last, person.group)
    groups: list[Group] = []
    # The commonest spelling first: rarer ones are slips of it.
    for word, form in sorted(lone.items(), key=lambda item: (-len(item[1].printed), item[1].start)):
        known = word in people.by_last or word in people.by_first
        fit = [] if known else [group for group in slips.near(None, word) if _rarer(form, group)]
        group = fit[0] if len(fit) == 1 else Group()
        for one in form.printed:
            group.add(one, "slip" if len(fit) == 1 else None)
        if len(fit) != 1:
            groups.append(group)
            slips.add(None, word, group)
    return groups


def _rarer(form: _Form, group: Group) -> bool:
    """Whether a spelling may be the slip: no commoner than the person, or the only short one that the article has."""
    return len(form.printed) <= len(group.members) or all(len(p.words) > 1 for p in group.members)
