"""Who may take part in an article's events, what is asked of one, and what the events before it told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from onrecord.extract.places import beside, place_of
from onrecord.extract.players import Player
from onrecord.extract.scenes import Scene, Stage, Voice
from onrecord.extract.sides import Sides
from onrecord.records import Article, Entity, Mention, Party, Span, Statement

DoerRole = Literal["actor", "recipient"]
MOST = 24
"""Parties that are weighed: those of the clause and the sentences before it, then the commonest."""
HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "ACCUSE", "PROTEST", "REJECT", "THREATEN", "MOBILIZE"})


@dataclass(slots=True)
class Cast:
    """The parties of an article: how often each is named, and how the countries of its persons are known."""

    stage: Stage
    sides: Sides
    lands: Mapping[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(init=False)
    common: list[str] = field(init=False)
    headline: set[str] = field(init=False)
    first: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.counts = Counter(n.party for n in self.stage.named)
        self.common = [party for party, _ in self.counts.most_common(10)]
        self.first = {n.party: n.span.start for n in reversed(self.stage.named)}
        end = self.stage.article.headline.end if self.stage.article.headline else 0
        self.headline = {n.party for n in self.stage.named if n.span.end <= end}

    @staticmethod
    def of(
        article: Article, mentions: Sequence[Mention], entities: Mapping[str, Entity], metonyms: Mapping[str, str]
    ) -> Cast:
        stage = Stage.of(article, mentions, entities, metonyms)
        return Cast(stage, Sides.of(stage, entities), _lands_of(stage.players, entities))

    def party(self, key: str | None) -> Party | None:
        """A party as an event has it."""
        if key is None:
            return None
        player = self.stage.players[key]
        return Party(player.name, player.entity)

    def candidates(self, scene: Scene) -> list[str]:
        known = [party for party in self.common if self.first[party] < scene.closed]
        return list(dict.fromkeys([*scene.standings, *known]))[:MOST]


def _lands_of(players: Mapping[str, Player], entities: Mapping[str, Entity]) -> dict[str, str]:
    """The country of each place that lies, by the gazetteer, in one that the article names."""
    by_code: dict[str, list[str]] = {}
    for entity in entities.values():
        if entity.kind == "country" and entity.country is not None:
            by_code.setdefault(entity.country, []).append(entity.id)
    if not by_code:
        return {}
    near = beside(entities.values())
    out = {}
    for key, player in players.items():
        code = place_of(player.name, beside=near).country if player.kind == "place" else None
        owners = by_code.get(code, []) if code else []
        if len(owners) == 1:
            out[key] = owners[0]
    return out


@dataclass(slots=True)
class Course:
    """What the events before one tell of its parties.

    `last`: actor and recipient of the last; `struck`: of the last assault; `at`: trigger and voice of the last; `actors` and
    `recipients`: all, each with whether its event was hostile.
    """

    last: tuple[str | None, str | None] = (None, None)
    struck: tuple[str | None, str | None] | None = None
    at: tuple[Span, Voice] | None = None
    actors: set[tuple[str, bool]] = field(default_factory=set)
    recipients: set[tuple[str, bool]] = field(default_factory=set)

    def add(self, type_: str, actor: str | None, recipient: str | None) -> None:
        self.last = (actor, recipient)
        if type_ == "ASSAULT":
            self.struck = (actor, recipient)
        if actor:
            self.actors.add((actor, type_ in HOSTILE))
        if recipient:
            self.recipients.add((recipient, type_ in HOSTILE))


@dataclass(frozen=True, slots=True)
class AskedEvent:
    """An event whose doers are asked for: its `trigger` and `type`, the statement that tells of it, and who speaks there."""

    trigger: Span
    type: str
    witness: Statement | None
    speaker: tuple[str, ...]
