"""What the model says of an article, before anything is decided: scores, in one place for all of its windows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.words import Words
from onrecord.records import MentionKind

Floats = NDArray[np.float32]

ROLE_TAGS = ("O", "B-source", "I-source", "B-content", "I-content")
"""What a word is to a cue, in the order of the head's scores: what the weights are trained to."""
KINDS: tuple[MentionKind, ...] = ("person", "organization", "country", "place", "group", "work", "date", "number")
"""Kinds of mentions in the order of the head's scores."""


ACTS = (
    "state", "predict", "deny", "admit", "believe", "praise", "criticize", "accuse", "apologize", "demand", "ask", "warn",
    "threaten", "promise", "refuse", "agree", "decide",
)  # fmt: skip
"""Speech acts in the order of the head's scores; the codebook says what they are."""
DEEDS = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
"""PLOVER's types of events in the order of the head's scores."""
MARKS = ("none", "source", "cue", "content", "trigger")
"""What the second model sees marked: the parts of statements throughout, and for one statement or event what it is asked of."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Scores of role tags following one another: `transition` (5, 5), from a row's tag to a column's; `start` (5,)."""

    transition: Floats
    start: Floats


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible cue: words lo … hi - 1 of the article, and what the model says of it.

    `segment`: the words (lo, hi) that its source and content are looked for in. `emissions`: (S, 5) scores of role tags over
    them. `chance`: of its likeliest word to be in a cue at all. `valid`: log odds that it attributes.
    """

    cue: tuple[int, int]
    segment: tuple[int, int]
    emissions: Floats
    chance: float
    valid: float


@dataclass(frozen=True, slots=True)
class Spotted:
    """A name, date or number: words lo … hi - 1 of the article, and the model's chance of its least likely word."""

    words: tuple[int, int]
    kind: MentionKind
    score: float


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that extraction needs. Candidates and mentions stand in text order.

    `vectors`: (n, V) of each word, as half-precision numbers: what the model knows of whom it means. `segments`: ranges of
    words, each within one paragraph; no window of either model parts one.
    """

    words: Words
    candidates: tuple[Candidate, ...]
    chain: Chain
    spotted: tuple[Spotted, ...]
    vectors: NDArray[np.float16]
    segments: tuple[tuple[int, int], ...]
