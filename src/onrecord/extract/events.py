"""From the second model's answers to events: what was done, by whom, to whom, where, when, and who says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.analysis import Analysis
from onrecord.analysis.cues import softmax
from onrecord.analysis.deeds import DoneScores
from onrecord.analysis.values import DEEDS
from onrecord.extract.dating import Timeline, event_date
from onrecord.extract.deeds import deed_questions, witness_of
from onrecord.extract.happening import status_of
from onrecord.extract.modes import mode_of
from onrecord.extract.page import Page
from onrecord.extract.parties import PartyAnswer, PartyAsked, party_of
from onrecord.extract.scoring import Calibration, log_odds
from onrecord.extract.where import event_place
from onrecord.records import NARRATION, Article, Entity, Event, Mention, Span, Statement, event_id

EVENT_FEATURES = ("trigger", "event", "type", "margin", "told")


@dataclass(frozen=True, slots=True)
class Draft:
    """A possible event: its trigger, its type, its score, and the number of the statement that tells of it."""

    done: DoneScores
    trigger: Span
    type: str
    witness: int | None
    score: float


def event_features(done: DoneScores, told: bool) -> tuple[float, ...]:
    """In the order of EVENT_FEATURES: log odds of a trigger, of any event, of the likeliest type; margin; told by a statement."""
    chances = softmax(done.types)
    types = np.sort(chances[:-1])
    return (
        log_odds(done.chance),
        log_odds(float(1.0 - chances[-1])),
        log_odds(float(types[-1])),
        float(types[-1] - types[-2]),
        float(told),
    )


def drafts_of(
    analysis: Analysis, done: Sequence[DoneScores], statements: Sequence[Statement], calibration: Calibration
) -> list[Draft]:
    """The events that are likely enough."""
    out = []
    for one in done:
        trigger = analysis.words.span(*one.words)
        witness = witness_of(trigger, statements)
        score = calibration.score(event_features(one, witness is not None))
        if score >= calibration.least:
            out.append(Draft(one, trigger, DEEDS[int(one.types[:-1].argmax())], witness, score))
    return out


def questions_of(analysis: Analysis, drafts: Sequence[Draft], statements: Sequence[Statement]) -> list[PartyAsked]:
    """Actor and recipient of each, one after the other."""
    return [q for d in drafts for q in deed_questions(analysis, d.done, statements)]


@dataclass(frozen=True, slots=True)
class Told:
    """What of an article its events are told with. `entities` by id; `metonyms`: see `lands.metonyms_of`."""

    article: Article
    line: Timeline
    page: Page
    statements: Sequence[Statement]
    mentions: Sequence[Mention]
    entities: Mapping[str, Entity]
    metonyms: Mapping[str, str]


def events_of(told: Told, drafts: Sequence[Draft], answers: Sequence[PartyAnswer]) -> tuple[Event, ...]:
    """Events in the order of their triggers. `answers`: to `questions_of`, in their order. One told twice is kept once."""
    out: dict[str, Event] = {}
    for draft, actor, recipient in zip(drafts, answers[::2], answers[1::2], strict=True):
        event = _event(told, draft, actor, recipient)
        out.setdefault(event.id, event)
    return tuple(out.values())


def _event(told: Told, draft: Draft, actor: PartyAnswer, recipient: PartyAnswer) -> Event:
    article, witness = told.article, None if draft.witness is None else told.statements[draft.witness]
    who, whom = (party_of(a, told.page, told.entities, told.metonyms) for a in (actor, recipient))
    if whom is not None and who is not None and whom.name == who.name:
        whom = None  # nobody does it to themselves: the less sure of two answers is dropped
    sentence = next((s for s in article.sentences if s.start <= draft.trigger.start < s.end), draft.trigger)
    return Event(
        id=event_id(article.id, draft.trigger, draft.type, who.name if who else None, whom.name if whom else None),
        trigger=draft.trigger,
        type=draft.type,
        mode=mode_of(draft.type, draft.trigger.of(article.text), sentence.of(article.text)),
        actor=who,
        recipient=whom,
        place=event_place(article, draft.trigger, told.mentions, tuple(told.entities.values())),
        date=event_date(told.line, draft.trigger, witness, said=witness.said_on if witness else None),
        status=status_of(article, draft.trigger, witness),
        asserted_by=witness.id if witness else NARRATION,
        score=draft.score,
    )
