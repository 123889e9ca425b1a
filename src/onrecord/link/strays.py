"""One-word names that were read as different kinds in different articles, and mean one thing all the same.

Of a bare "Dravets" the page alone does not tell whether it is a person, a town or a body; other articles do.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.link.blocks import body_words, is_acronym, read_name, surname
from onrecord.link.traces import Linked, role_words
from onrecord.link.values import KnownEntity
from onrecord.records import EntityKind

SCORE = 0.6
LEAST_ARTICLES = 2  # articles that must read a word as what it is taken for elsewhere

_Group = list[Linked]


def with_strays(groups: Sequence[_Group]) -> list[_Group]:
    """Take one-word names that are of the wrong kind to where they belong; `groups` are all of one block."""
    groups = [list(group) for group in groups]
    for group in groups:
        group.sort(key=lambda one: one.known.id)
    groups = _to_persons(groups)
    return _to_most(groups)


def kind_of(group: _Group) -> EntityKind:
    """What most of a group's entities are read as."""
    counts: dict[EntityKind, int] = {}
    for one in group:
        if one.method != "other-kind":
            counts[one.known.kind] = counts.get(one.known.kind, 0) + 1
    return max(counts, key=lambda kind: (counts[kind], kind)) if counts else group[0].known.kind


def _word(known: KnownEntity) -> str | None:
    """The word of an entity that may be of another kind: it has one, no role that tells who it is, and no country's code."""
    words = body_words(known.name)
    if len(words) != 1 or known.country is not None or is_acronym(known.name) or known.kind in ("group", "work"):
        return None
    return None if any(role_words(role) for role in known.roles) else words[0]


def _to_persons(groups: list[_Group]) -> list[_Group]:
    """Whatever the article that names a person in full calls by the bare surname is that person."""
    owners: dict[tuple[str, str], set[int]] = {}
    for number, group in enumerate(groups):
        for one in group:
            if one.known.kind == "person" and len(read_name(one.known.name).words) > 1:
                owners.setdefault((one.known.article, surname(one.known.name)), set()).add(number)
    out: list[_Group] = [[] for _ in groups]
    for number, group in enumerate(groups):
        for one in group:
            word = _word(one.known) if one.known.kind != "person" else None
            owner = owners.get((one.known.article, word)) if word else None
            if owner and len(owner) == 1:
                out[next(iter(owner))].append(Linked(one.known, "other-kind", SCORE))
            else:
                out[number].append(one)
    return [group for group in out if group]


def _to_most(groups: list[_Group]) -> list[_Group]:
    """Join groups of one word to the one that most articles read it as. A word that is somebody's surname stays."""
    surnames = {
        surname(one.known.name)
        for group in groups
        for one in group
        if one.known.kind == "person" and len(read_name(one.known.name).words) > 1
    }
    by_word: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        for word in sorted({w for one in group if (w := _word(one.known)) and w not in surnames}):
            by_word.setdefault(word, []).append(number)
    gone: dict[int, int] = {}
    for word, numbers in sorted(by_word.items()):
        home = _home(word, [groups[n] for n in numbers if n not in gone])
        if home is None:
            continue
        target = next(n for n in numbers if n not in gone and groups[n] is home)
        kind = kind_of(home)
        for n in numbers:
            if n != target and n not in gone and kind_of(groups[n]) != kind and all(_word(o.known) for o in groups[n]):
                gone[n] = target
    out = [list(group) for group in groups]
    for n, target in gone.items():
        out[target].extend(Linked(one.known, "other-kind", SCORE) for one in groups[n])
        out[n] = []
    return [group for group in out if group]


def _home(word: str, groups: Sequence[_Group]) -> _Group | None:
    """The one group that more articles read the word as than any other."""
    if len(groups) < 2:
        return None
    counts = [(len({o.known.article for o in g if word in body_words(o.known.name)}), len(g)) for g in groups]
    best = max(counts)
    if best[0] < LEAST_ARTICLES or counts.count(best) > 1:
        return None
    return groups[counts.index(best)]
