"""What the ways of linking share: a mention as it is printed, and groups of mentions that mean one thing."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar, get_args

from onrecord.extract.names import is_slip
from onrecord.records import EntityKind, LinkMethod, MentionKind, Span

_Key = TypeVar("_Key", bound=Hashable)
_Owner = TypeVar("_Owner")

NAMED = frozenset(get_args(EntityKind))
"""Kinds of mentions that mean an entity; the others are dates and numbers."""
MOST_ALIKE = 60
"""Names of one initial among which slips are looked for: more are a list, where similar names are real ones."""
_FULL = 2
"""Owners of a key that are kept: with two, it tells nobody."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A mention as printed. `number` is its place among the article's mentions, `words` are folded."""

    number: int
    span: Span
    kind: MentionKind
    text: str
    words: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Group:
    """Mentions that mean one thing, and how those that are not its name were linked. Grows while an article is linked."""

    members: list[Printed] = field(default_factory=list)
    methods: dict[int, LinkMethod] = field(default_factory=dict)
    country: str | None = None

    def add(self, printed: Printed, method: LinkMethod | None = None) -> None:
        self.members.append(printed)
        if method is not None:
            self.methods[printed.number] = method

    def absorb(self, other: Group, method: LinkMethod | None = None) -> None:
        for printed in other.members:
            self.add(printed, other.methods.get(printed.number, method))


class Owners(Generic[_Key, _Owner]):
    """Who goes by a key. Of a key that several go by, two are remembered: enough to know that it tells nobody."""

    def __init__(self) -> None:
        self._owners: dict[_Key, list[_Owner]] = {}

    def add(self, key: _Key, owner: _Owner) -> None:
        known = self._owners.setdefault(key, [])
        if len(known) < _FULL and all(owner is not k for k in known):
            known.append(owner)

    def of(self, key: _Key) -> list[_Owner]:
        return self._owners.get(key, [])

    def only(self, key: _Key) -> _Owner | None:
        """The one who goes by `key`; None where it is nobody or several."""
        known = self._owners.get(key, [])
        return known[0] if len(known) == 1 else None


class Alike(Generic[_Owner]):
    """Whose word another is a slip of, among words put into one drawer. A full drawer finds nobody, so that time is bounded."""

    def __init__(self) -> None:
        self._drawers: dict[Hashable, list[tuple[str, _Owner]]] = {}

    def add(self, drawer: Hashable, word: str, owner: _Owner) -> None:
        known = self._drawers.setdefault((drawer, word[:1]), [])
        if len(known) <= MOST_ALIKE and (word, owner) not in known:
            known.append((word, owner))

    def near(self, drawer: Hashable, word: str) -> list[_Owner]:
        known = self._drawers.get((drawer, word[:1]), [])
        if len(known) > MOST_ALIKE:
            return []
        return list({id(owner): owner for other, owner in known if is_slip(word, other)}.values())
