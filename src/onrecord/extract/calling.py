"""Who is meant by a target that is called by office or kind alone: "accused the minister", "asked the commission"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.extract.players import FIRMS, Named, Player, players_of
from onrecord.records import Article, Entity, Mention, Party, Span, Statement

_CALLED = re.compile(r"(?:[Tt]he )?(?:[a-z]+ )?(?P<noun>[a-z]+)")
_OBJECT = 60
"""Characters after a cue within which its object stands."""


@dataclass(frozen=True)
class Calling:
    """An article whose phrases are asked about; its parties are looked up when first asked for. `entities`: by id."""

    article: Article
    mentions: Sequence[Mention]
    entities: Mapping[str, Entity]
    metonyms: Mapping[str, str]

    @cached_property
    def _players(self) -> tuple[list[Named], dict[str, Player]]:
        return players_of(self.article, self.mentions, self.entities, self.metonyms)

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
        found = [Span(*m.span()) for m in re.finditer(rf"\b{re.escape(phrase)}\b", self.article.text)]
        told = [place for place in found if any(c.holds(place) for c in statement.content)]
        before = [place for place in found if place.start < statement.cue[-1].end + _OBJECT]
        return told[0] if told else before[-1] if before else None

    def _meant(self, place: Span) -> Player | None:
        named, players = self._players
        return next((players[n.party] for n in named if n.span.end == place.end and n.span.overlaps(place)), None)
