"""Parameters of the questions, named as the questions name them. One that no question knows is refused, not left out."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from onrecord.codebook import acts, event_types
from onrecord.query.clashes import KINDS as CLASH_KINDS
from onrecord.query.clashes import REVIEWS
from onrecord.query.entities import KINDS as ENTITY_KINDS
from onrecord.query.events import STATUSES
from onrecord.query.figures import WHAT
from onrecord.query.filters import FORMS, KINDS
from onrecord.query.predictions import KINDS as FORETOLD
from onrecord.store.tallying import BY

MOST = 200
"""Entries of one page: as many as are read in a tenth of a second."""


def _codes(*codes: str) -> Any:
    return Field(default=None, json_schema_extra={"enum": [*codes, None]})


def _text(description: str) -> Any:
    return Field(default=None, min_length=1, max_length=1_000, description=description)


Words = Annotated[str, Field(max_length=1_000, description="Words, as `onrecord search` takes them; none: all.")]
Day = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        description="A year, a month or a day: 2024, 2024-05, 2024-05-01.",
    ),
]
Withdrawn = Annotated[bool, Field(description="With what was withdrawn, which is left out otherwise.")]


class Paging(BaseModel):
    """A page of the answer. `cursor`: as the page before gave it."""

    model_config = ConfigDict(extra="forbid")

    size: Annotated[int, Field(ge=1, le=MOST)] = 20
    cursor: Annotated[str | None, Field(max_length=2_000)] = None


class NarrowingOptions(BaseModel):
    """What a question about statements is narrowed by."""

    model_config = ConfigDict(extra="forbid")

    target: str | None = _text("At whom it is aimed: a name, or an identity's id.")
    outlet: str | None = _text("The outlet, by its whole name.")
    since: Day | None = None
    until: Day | None = None
    published_since: Day | None = None
    published_until: Day | None = None
    act: str | None = _codes(*acts())
    form: str | None = _codes(*FORMS)
    kind: str | None = _codes(*KINDS)
    withdrawn: Withdrawn = False


class AskingOptions(NarrowingOptions):
    """The same where nobody is asked for already."""

    speaker: str | None = _text("Who says it: a name, or an identity's id.")


class WhoOptions(Paging, NarrowingOptions):
    """Who is asked for, and about what."""

    name: Annotated[str, Field(min_length=1, max_length=1_000, description="A name, or an identity's id.")]
    about: str | None = _text("Leaves what has these words or, with `meaning`, is near them.")
    meaning: bool = True


class SearchOptions(Paging, AskingOptions):
    """What is searched for."""

    q: Words = ""
    meaning: Annotated[bool, Field(description="Find what means something near the words, too.")] = True


class FacetOptions(AskingOptions):
    """What is counted."""

    q: Words = ""


class EntitiesOptions(Paging):
    """Whom a name may mean."""

    name: str | None = _text("A name, a part of one, or an id.")
    kind: str | None = _codes(*ENTITY_KINDS)


class StatsOptions(Paging, AskingOptions):
    """By what is counted."""

    by: Annotated[str, Field(json_schema_extra={"enum": [*BY]})]
    corrected: Annotated[
        bool,
        Field(
            description="Also what a perfect reader would have counted; by outlet, day, month and year, of no one speaker, act …"
        ),
    ] = False


class EventsOptions(Paging):
    """Who did what to whom."""

    actor: str | None = _text("A name, or an identity's id.")
    recipient: str | None = _text("A name, or an identity's id.")
    witness: str | None = _text('Whose statement asserts it, or "narration".')
    type: str | None = _codes(*event_types())
    mode: str | None = _text("A mode of the type.")
    status: str | None = _codes(*STATUSES)
    country: str | None = _text("Three letters, as ISO 3166-1 has them.")
    outlet: str | None = _text("The outlet, by its whole name.")
    since: Day | None = None
    until: Day | None = None
    withdrawn: Withdrawn = False


class FiguresOptions(Paging):
    """What was counted, by whom."""

    about: str | None = _text("Words that the article has.")
    what: str | None = _codes(*WHAT)
    place: str | None = _text("A place, as ledgers name it.")
    claimant: str | None = _text('Who gives the figure, or "narration".')
    outlet: str | None = _text("The outlet, by its whole name.")
    since: Day | None = None
    until: Day | None = None
    withdrawn: Withdrawn = False


class PredictionsOptions(Paging, AskingOptions):
    """What was foretold or promised."""

    due_before: Day | None = None
    due_after: Day | None = None
    what: str | None = _codes(*FORETOLD)
    bearing: Annotated[int, Field(ge=0, le=10, description="Later statements that bear on each, at most.")] = 3
    meaning: bool = True


class ClashNarrowing(BaseModel):
    """Between whom and what about accounts differ."""

    model_config = ConfigDict(extra="forbid")

    about: str | None = _text("Words of a topic.")
    between: Annotated[list[str] | None, Field(min_length=2, max_length=2)] = None
    speaker: str | None = _text("Who speaks one of the sides: a name, or an identity's id.")
    kind: str | None = _codes(*CLASH_KINDS)
    article: str | None = _text("In which one of the sides stands: an id, or an address.")
    since: Day | None = None
    until: Day | None = None
    reviewed: str | None = _codes(*REVIEWS)
    least: Annotated[float | None, Field(ge=0, le=1, description="A score.")] = None

    def chosen(self) -> dict[str, Any]:
        """As the question takes them."""
        told = self.model_dump()
        return told | {"between": self.between and tuple(self.between)}


class ClashesOptions(Paging, ClashNarrowing):
    """Where accounts differ."""

    meaning: bool = True
