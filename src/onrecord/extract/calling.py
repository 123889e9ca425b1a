"""Who is meant by a target that is called by office or kind alone: "accused the minister", "asked the commission"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.extract.players import FIRMS, Player, players_of
from onrecord.records import Article, Entity, Mention, Party, Span, Statement

_CALLED = re.compile(r"(?:[Tt]he )?(?:[a-z]+ )?(?P<noun>[a-z]+)")
_OBJECT = 60
"""Characters after a cue within which its object stands."""


@dataclass(frozen=True)
class Calling:
    """An article whose phrases are asked about; its parties are looked up when first asked for. `entities`: by id.

    `_printed`: where phrases asked about stand, since many a target of a long article is called the same.
    """

    article: Article
    mentions: Sequence[Mention]
    entities: Mapping[str, Entity]
    metonyms: Mapping[str, str]
    _printed: dict[str, list[Span]] = field(default_factory=dict, init=False)

    @cached_property
    def _parties(self) -> tuple[dict[int, str], dict[str, Player]]:
        """Which party is named up to a character, and the parties by key."""
        named, players = players_of(self.article, self.mentions, self.entities, self.metonyms)
        return {n.span.end: n.party for n in reversed(named)}, players

    def party(self, target: Party | None, statement: Statement) -> Party | None:
        """The entity for the phrase, where an office has one holder or a noun one body; else the target as it is."""
        called = _CALLED.fullmatch(target.name) if target and target.entity is None else None
        if target is None or called is None or called["noun"] in FIRMS:
            return target
        place = self._place(target.name, statement)
        meant = self._meant(place) if place else None
        if meant is None or meant.entity is None or meant.entity in statement.speaker.entities:
            return target
        return Party(self.entities[meant.entity].name, meant.entity)

    def _place(self, phrase: str, statement: Statement) -> Span | None:
        """Where a statement has the phrase: in its content, else the last time up to its cue's object."""
        places = self._printed.get(phrase)
        if places is None:
            found = re.finditer(rf"\b{re.escape(phrase)}\b", self.article.text)
            places = self._printed[phrase] = [Span(*m.span()) for m in found]
        for content in sorted(statement.content):
            at = bisect_left(places, content.start, key=lambda p: p.start)
            if at < len(places) and content.holds(places[at]):
                return places[at]
        before = bisect_left(places, statement.cue[-1].end + _OBJECT, key=lambda p: p.start)
        return places[before - 1] if before else None

    def _meant(self, place: Span) -> Player | None:
        """The party whose name, or place without one, ends with the phrase."""
        ending, players = self._parties
        return players[ending[place.end]] if place.end in ending else None
