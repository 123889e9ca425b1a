"""What the speaker head is asked, and its answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from onrecord.analysis.values import Floats
from onrecord.analysis.words import Ints

PLACES = 3
"""Places of a candidate that the head compares with the words asked about."""


@dataclass(frozen=True, slots=True)
class Questions:
    """Q statements of one article with N candidates in all.

    `asked`: (Q, V) vector of each statement's source, or of its cue; `of`: (N,) the statement of each candidate, in order;
    `features`: (N, F); `places`: (N, PLACES, V) vectors of the candidate's places; `there`: (N, PLACES) 1 where there is one.
    """

    asked: Floats
    of: Ints
    features: Floats
    places: Floats
    there: Floats


class AskSpeakers(Protocol):
    """The speaker head. A pure function of the questions and the weights."""

    def speakers(self, questions: Questions) -> Floats:
        """(N,) scores of the candidates, to be compared within a statement."""
        ...
