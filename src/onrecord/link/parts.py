"""Parts of a block: names that may be one, directly or through others.

A block holds whatever begins with the same few consonants, a part only names that linking may hold against each other: forms
and spellings of one full name, a surname with all its bearers where somebody is called by it alone, a word that is read now as a
person and now as a town. Nothing in linking looks from one part to another, so whoever comes into a block touches no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from onrecord.extract.lands import codes_of
from onrecord.link.blocks import body_words, is_acronym, read_name, surname, without_ending
from onrecord.link.bodies import LONG_NAME, body_form
from onrecord.link.people import forename_keys, name_closeness
from onrecord.link.sounds import (
    CLOSE_LETTERS,
    SHORTEST_VOCALIZED,
    edits,
    is_spelling,
    is_vocalized,
    latin,
    sounded,
)
from onrecord.link.values import KnownEntity
from onrecord.records import EntityKind

Name = tuple[EntityKind, str, str | None]
"""What the part of an entity depends on: its kind, its name as printed, and its country."""

_BODIES = ("organization", "group", "work")


def parts_of(block: Iterable[KnownEntity]) -> list[list[KnownEntity]]:
    """The entities of a block by parts, in the order of their first members."""
    bearers: dict[Name, list[KnownEntity]] = defaultdict(list)
    for known in block:
        bearers[known.kind, known.name, known.country].append(known)
    return [[known for name in part for known in bearers[name]] for part in parts_of_names(list(bearers))]


def parts_of_names(names: Sequence[Name]) -> list[list[Name]]:
    """The different names of one block by parts: a function of the set of names."""
    ties = _Ties()
    people: dict[str, list[str]] = defaultdict(list)  # names of persons in full, by surname
    alone: dict[str, bool] = {}  # words that are a whole name; whether one is a person's
    for kind, name, country in names:
        for sign in _signs(kind, name, country):
            ties.tie((kind, name), sign)
        for form in _surnames(name) if kind == "person" else ():
            people[form].append(name)
        for word in _whole(kind, name):
            alone[word] = alone.get(word, False) or kind == "person"
            ties.tie((kind, name), ("word", word))
    if any(kind in _BODIES and is_acronym(name) for kind, name, _ in names):
        # An acronym may mean any body of the block that an article calls so, or that has these initials.
        ties.tie(*((kind, name) for kind, name, _ in names if kind in _BODIES))
    _tie_persons(ties, people, alone)
    for kinds in (_BODIES, ("country", "place")):
        words = {word for kind, name, _ in names if kind in kinds for word in _spelt(kind, name)}
        for a, b in _spellings(sorted(words)):
            ties.tie((kinds[0], a), (kinds[0], b))
    parts: dict[Hashable, list[Name]] = {}
    for one in names:
        parts.setdefault(ties.root(one[:2]), []).append(one)
    return list(parts.values())


def may_part(new: Collection[Name], names: Iterable[Name]) -> bool:
    """Whether those of a block's `names` that are `new` may part what was one before: nothing else does that comes.

    A bare surname that nobody bore in full may have been a slip for another; then somebody comes who bears it.
    """
    bare, borne, coming = set[str](), set[str](), set[str]()
    for name in names:
        if name[0] == "person":
            bare.update(_whole("person", name[1]))
            (coming if name in new else borne).update(_surnames(name[1]))
    return not (coming & bare) <= borne


class _Ties:
    """Which things hang together."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def root(self, thing: Hashable) -> Hashable:
        parent = self._parent
        while (above := parent.setdefault(thing, thing)) != thing:
            parent[thing] = thing = parent[above]
        return thing

    def tie(self, first: Hashable, *others: Hashable) -> None:
        for other in others:
            self._parent[self.root(other)] = self.root(first)


@lru_cache(maxsize=65536)
def _signs(kind: EntityKind, name: str, country: str | None) -> tuple[Hashable, ...]:
    """What a name shares with others that may be of the same thing, whoever else is in the block."""
    if kind == "person":
        words = read_name(name).words
        # Names that begin alike or that differ by where words are cut; those of one word are seen to elsewhere.
        return (("whole", "".join(words)), ("front", words[:2])) if len(words) > 1 else ()
    if kind in _BODIES:
        return tuple((_BODIES[0], word) for word in _spelt(kind, name))
    words = body_words(name)
    codes = (country,) if kind == "country" and country is not None else codes_of(name)
    stem = " ".join((*words[:-1], without_ending(words[-1])))
    return *(("code", code) for code in codes), ("stem", stem), *(("country", word) for word in _spelt(kind, name))


@lru_cache(maxsize=65536)
def _surnames(name: str) -> tuple[str, ...]:
    """The words by which somebody who is named in full may be called."""
    read = read_name(name)
    if len(read.words) < 2:
        return ()
    return tuple(dict.fromkeys((surname(name), read.last, surname(" ".join(read.words)))))


@lru_cache(maxsize=65536)
def _whole(kind: EntityKind, name: str) -> tuple[str, ...]:
    """The word of a name of one, as a person's and as anything's."""
    words = body_words(name)
    found = [words[0]] if len(words) == 1 else []
    if kind == "person" and len(read_name(name).words) < 2:
        found += [read_name(name).last, surname(name)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=65536)
def _spelt(kind: EntityKind, name: str) -> tuple[str, ...]:
    """The name of a body or a place as one word, which may be spelt otherwise."""
    return ("".join(body_form(name)) if kind in _BODIES else " ".join(body_words(name)),)


def _tie_persons(ties: _Ties, people: Mapping[str, list[str]], alone: Mapping[str, bool]) -> None:
    keyed = {word: _by_forename(names) for word, names in people.items()}
    for word, by_key in keyed.items():
        if word in alone:
            ties.tie(("word", word), *(("person", name) for name in people[word]))
        else:
            _tie_close(ties, by_key, by_key)
    bare = {word for word, is_person in alone.items() if is_person and word not in people}
    for a, b in _spellings(sorted({*people, *bare})):
        if a in people and b in people:
            if _tie_close(ties, keyed[a], keyed[b]):
                # How many bear the surnames tells whether one is likely to be a slip for the other.
                ties.tie(*(("person", name) for word in (a, b) for name in people[word]))
        else:  # nobody is named in full with the word: it may mean whoever has one that is spelt like it
            ties.tie(
                *(("person", name) for word in (a, b) for name in people.get(word, ())),
                *(("word", w) for w in bare & {a, b}),
            )


def _by_forename(names: Iterable[str]) -> dict[str, list[str]]:
    drawers: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for key in forename_keys(read_name(name)):
            drawers[key].append(name)
    return drawers


def _tie_close(ties: _Ties, ones: Mapping[str, list[str]], others: Mapping[str, list[str]]) -> bool:
    """Tie full names that may be one person's; whether there are any."""
    found = False
    for key, several in ones.items():
        for a in several:
            for b in others.get(key, ()):
                if a != b and name_closeness(read_name(a), read_name(b)) is not None:
                    ties.tie(("person", a), ("person", b))
                    found = True
    return found


def _spellings(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of words that may be spellings of one."""
    drawers: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for key in _spelling_keys(word):
            drawers[key].append(word)
    seen: set[tuple[str, str]] = set()
    for drawer in drawers.values():
        for pair in combinations(drawer, 2) if len(drawer) > 1 else ():
            if pair not in seen:
                seen.add(pair)
                if (
                    is_spelling(*pair)
                    or is_vocalized(*pair)
                    or (min(map(len, pair)) >= LONG_NAME and edits(*pair) <= 1)
                ):
                    yield pair


@lru_cache(maxsize=65536)
def _spelling_keys(word: str) -> tuple[str, ...]:
    """Of two words that are spellings of one, one key at least is the same: words one edit apart have a letter less in common."""
    keys = {f"sound {sounded(word)}"}
    if len(word) >= CLOSE_LETTERS:
        letters = latin(word)
        keys |= {letters, *(letters[:k] + letters[k + 1 :] for k in range(len(letters)))}
    elif len(word) >= SHORTEST_VOCALIZED:
        keys.add(latin(word))  # with a vowel more it has letters enough
    return tuple(sorted(keys))
