"""What the party head is asked, and its answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from onrecord.analysis.values import Floats
from onrecord.analysis.words import Ints


@dataclass(frozen=True, slots=True)
class PartyQuestions:
    """Q questions of one article with N candidates in all. `of`: (N,) the question of each; `features`: (N, F)."""

    of: Ints
    features: Floats


class AskParties(Protocol):
    """The party head. A pure function of the questions and the weights."""

    def parties(self, questions: PartyQuestions) -> Floats:
        """(N,) scores of the candidates, to be compared within a question."""
        ...
