"""Events, figures and predictions: what was done, how many, what is to come, each with whoever says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.records.spans import Span
from onrecord.records.statement import Party
from onrecord.records.when import Due, When

EventStatus = Literal["happened", "ongoing", "planned", "denied", "hypothetical"]
Counted = Literal["killed", "wounded", "missing", "displaced", "detained", "other"]
PredictionKind = Literal["prediction", "promise"]
NARRATION = "narration"
"""Witness of what the article says in its own words."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a place as printed, and where the gazetteer has it (ISO 3166-1 alpha-3, degrees WGS 84) if beyond doubt."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom. `type` and `mode` are PLOVER's (codebook). `trigger`: the words that tell of it.

    `asserted_by`: NARRATION, or the id of the statement whose content holds it; None where that cannot be told.
    """

    id: str
    trigger: Span
    type: str
    mode: str | None
    actor: Party | None
    recipient: Party | None
    place: Place | None
    date: When | None
    status: EventStatus
    asserted_by: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that people dispute. `span`: its words with their hedge ("fewer than ten"); `counted`: what is counted.

    `value` None with the words kept where they give none ("dozens"); `low` and `high` are the least and most that they allow,
    None where they set no bound. `claimed_by`: as `asserted_by` of an event. `as_of`: the day it is true of (ISO 8601).
    """

    id: str
    span: Span
    value: float | None
    low: float | None
    high: float | None
    what: Counted
    counted: Span | None
    claimed_by: str | None
    as_of: str | None


@dataclass(frozen=True, slots=True)
class Prediction:
    """A statement about the future: when it is due, and `condition`, the words that make it depend on something."""

    statement: str
    kind: PredictionKind
    due: Due | None
    condition: Span | None
