"""Who may have done what to whom: the thing named near an event that the second model points at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.values import Floats
from onrecord.extract.page import Page
from onrecord.records import Entity, Party, Span

Side = Literal["actor", "recipient"]
NEAR = 120
"""Words before and after a trigger in which a party is looked for."""


@dataclass(frozen=True, slots=True)
class PartyAsked:
    """One question: `side`; `words` lo … hi - 1 of the trigger, and their `span`; `ask` (V + 1,) of the second model, the last
    number the score of nobody; `chances` of types; `statement`: number of the statement that tells of the event.
    """

    side: Side
    words: tuple[int, int]
    span: Span
    ask: Floats
    chances: Floats
    statement: int | None


@dataclass(slots=True)
class PartyAsker:
    """Answers the questions of one page. `vectors`: (n, V) of its words by the second model."""

    page: Page
    vectors: NDArray[np.float16]
    _named: list[tuple[int, int, int]] = field(init=False)  # (lo, hi, thing) of every place, in text order

    def __post_init__(self) -> None:
        self._named = sorted((p.lo, p.hi, n) for n, t in enumerate(self.page.things) for p in t.places)

    def answer(self, asked: PartyAsked) -> int | None:
        """Number of the thing that is pointed at; None where nobody is likelier."""
        lo, hi = asked.words
        first, last = (bisect_left(self._named, (k, -1, -1)) for k in (lo - NEAR, hi + NEAR))
        best, top = None, float(asked.ask[-1])
        scale = float(len(asked.ask) - 1) ** -0.5
        for a, b, n in self._named[first:last]:
            points = float(self.vectors[a:b].mean(0, dtype=np.float32) @ asked.ask[:-1]) * scale
            if points > top and not (a < hi and lo < b):
                best, top = n, points
        return best


@dataclass(frozen=True, slots=True)
class PartyAnswer:
    """Who is likeliest (None: nobody)."""

    thing: int | None


def party_answers(asker: PartyAsker, asked: Sequence[PartyAsked]) -> list[PartyAnswer]:
    """An answer to each question."""
    return [PartyAnswer(asker.answer(a)) for a in asked]


def party_of(
    answer: PartyAnswer, page: Page, entities: Mapping[str, Entity], metonyms: Mapping[str, str]
) -> Party | None:
    """The party of an answer. A capital that stands for its country has the country's name."""
    if answer.thing is None:
        return None
    thing = page.things[answer.thing]
    if thing.entity is None:
        return Party(thing.name, None)
    entity = entities[metonyms.get(thing.entity, thing.entity)]
    return Party(entity.name, entity.id)
