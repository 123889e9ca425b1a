"""The sides of an article: which country or body a person stands for, and who faces whom where there are two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from onrecord.extract.holding import span_at
from onrecord.extract.scenes import Stage
from onrecord.records import Entity

MOST_OF_TWO = 0.6
"""The two countries named most are two sides where so many of the places of countries are theirs, and each has its part."""
LEAST_OF_ONE = 0.2
LEAST_NAMED = 2
"""Times that the less named of two sides is named."""
LEAST_TURNS = 2
"""Times that a page goes over from one side to the other; once where one is done with before the other: news in brief."""
NEAR = 500
"""Characters before an official's first mention in which a country is named that is theirs, where the role names none."""


_ITS = re.compile(r"\b(?:Its|Their|its|their) [\w ]{3,40},? $")


@dataclass(frozen=True, slots=True)
class Sides:
    """`homes`: whoever stands for others, with the country or body that it is; `two`: the countries that face one another."""

    homes: Mapping[str, str]
    two: tuple[str, str] | None

    @staticmethod
    def of(stage: Stage, entities: Mapping[str, Entity]) -> Sides:
        counts = Counter(n.party for n in stage.named if stage.players[n.party].kind == "country")
        order = [party for party, _ in counts.most_common()]
        two = None
        if len(order) >= 2:
            first, second = counts[order[0]], counts[order[1]]
            total = sum(counts.values())
            facing = second >= LEAST_NAMED and _turns(stage, order[0], order[1]) >= LEAST_TURNS
            if facing and first + second >= MOST_OF_TWO * total and second >= LEAST_OF_ONE * total:
                two = (order[0], order[1])
        return Sides(_homes(stage, entities), two)

    def home(self, party: str) -> str | None:
        return self.homes.get(party)

    def rank(self, party: str) -> int | None:
        if self.two is not None and party in self.two:
            return self.two.index(party)
        return None

    def opponent(self, party: str) -> str | None:
        """The other of two sides."""
        own = self.home(party) if self.two and party not in self.two else party
        if self.two is None or own not in self.two:
            return None
        return self.two[1] if own == self.two[0] else self.two[0]


def _turns(stage: Stage, one: str, other: str) -> int:
    """How often the page goes over from one to the other."""
    named = [n.party for n in stage.named if n.party in (one, other)]
    return sum(a != b for a, b in pairwise(named))


def _homes(stage: Stage, entities: Mapping[str, Entity]) -> dict[str, str]:
    by_code = {e.country: e.id for e in entities.values() if e.kind == "country" and e.country}
    lands = {e.id for e in entities.values() if e.kind in ("country", "organization")}
    homes: dict[str, str] = {}
    for entity in entities.values():
        if entity.kind not in ("person", "organization"):
            continue
        own = _by_role(stage, entity, lands) if entity.kind == "person" else None
        own = own or (by_code.get(entity.country) if entity.country else None)
        if own is not None and own != entity.id:
            homes[entity.id] = own
    homes |= {key: player.land for key, player in stage.players.items() if player.land is not None}
    seen: set[str] = set()
    for n in stage.named:
        if n.party in seen or stage.players[n.party].kind != "person":
            continue
        seen.add(n.party)
        if n.party not in homes and entities[n.party].roles and (home := _before(stage, n.span.start)):
            homes[n.party] = home
    return homes


def _by_role(stage: Stage, person: Entity, lands: set[str]) -> str | None:
    """The last country or body that a role names: "the Velmarkish foreign minister", "head of the Harrow Guild"."""
    text = stage.article.text
    for role in person.roles:
        inside = [n.party for n in stage.within(role.span.start, role.span.end) if n.party in lands]
        if inside:
            return inside[-1]
        if _ITS.search(text, max(0, role.span.start - 8), role.span.end + 2) and not inside:
            return None
        before = stage.within(max(0, role.span.start - 30), role.span.start)
        if (
            before
            and before[-1].party in lands
            and before[-1].owns
            and len(text[before[-1].span.end : role.span.start].split()) <= 2
        ):
            return before[-1].party
    return None


def _before(stage: Stage, at: int) -> str | None:
    """The country named last before somebody is introduced, near enough ("Ushkaria denied it. Its foreign minister, …").

    Of another paragraph it is the first of its sentence: "Norvia shelled Sarland's port.", and then "General Lane said".
    """
    text = stage.article.text
    own = _ITS.search(text, max(0, at - 60), at)
    number = stage.sentence(at)
    if own is not None and number > 0:
        before = stage.article.sentences[number - 1]
        first = [
            n
            for n in stage.within(before.start, before.end)
            if stage.players[n.party].kind in ("country", "organization")
        ]
        if first:
            return first[0].party
    names = [n for n in stage.within(max(0, at - NEAR), at) if stage.players[n.party].kind == "country"]
    if not names:
        return None
    last, paragraph = names[-1], span_at(stage.article.paragraphs, at)
    if paragraph is not None and paragraph.holds(last.span):
        return last.party
    told = stage.article.sentences[stage.sentence(last.span.start)]
    return next(n.party for n in stage.within(told.start, at) if stage.players[n.party].kind == "country")
