"""From the second model's answers to events: what was done, by whom, to whom, where, when, and who says so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from onrecord.analysis import Analysis
from onrecord.analysis.cues import softmax
from onrecord.analysis.deeds import DoneScores
from onrecord.analysis.values import DEEDS
from onrecord.codebook.deedwords import deed_words, root
from onrecord.codebook.doers import doer_weights
from onrecord.extract.acting import AskedEvent, Cast, Course
from onrecord.extract.dating import Timeline, event_date
from onrecord.extract.doers import doers_of
from onrecord.extract.games import games_of
from onrecord.extract.happening import status_of
from onrecord.extract.holding import Contents, holder_of, span_at
from onrecord.extract.idioms import is_idle, is_mishap, is_outcome, is_test, is_walkout
from onrecord.extract.modes import mode_of
from onrecord.extract.scoring import Calibration, log_odds
from onrecord.extract.where import Scenery
from onrecord.records import NARRATION, Article, Entity, Event, Mention, Party, Span, Statement, event_id

_WORD = re.compile(r"[^\W\d_]+")
_QUARREL = re.compile(r"^(?:clash(?:e[sd]|ing)?|spar(?:s|red|ring)?|feud(?:s|ed|ing)?)$", re.IGNORECASE)
_OVER = re.compile(r"\s+(?:(?:again|anew|bitterly|openly|publicly|sharply)\s+)?over\b", re.IGNORECASE)
_SENTENCED = re.compile(r"\bguilty\b")
"""No court gives in by it."""
STRANGE = 0.6
"""Score from which an event stands though no label has its words for its type. Of 17 with such words in the demo corpus and two
stories four were right, two of them with less; of 14 in news of other kinds one.
"""
EVENT_FEATURES = ("trigger", "event", "type", "margin", "told")


@dataclass(frozen=True, slots=True)
class EventDraft:
    """A possible event: its trigger, its type, its score, and the number of the statement that tells of it."""

    done: DoneScores
    trigger: Span
    type: str
    witness: int | None
    score: float


def event_features(done: DoneScores, *, told: bool) -> tuple[float, ...]:
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


def event_drafts_of(
    analysis: Analysis, done: Sequence[DoneScores], statements: Sequence[Statement], calibration: Calibration
) -> list[EventDraft]:
    """The events that are likely enough."""
    out, contents = [], Contents.of(statements)
    for one in done:
        trigger = analysis.words.span(*one.words)
        witness = contents.innermost(trigger)
        score = calibration.score(event_features(one, told=witness is not None))
        if score >= calibration.least:
            out.append(EventDraft(one, trigger, DEEDS[int(one.types[:-1].argmax())], witness, score))
    return out


@dataclass(frozen=True, slots=True)
class EventContext:
    """What of an article its events are told with. `entities` by id; `metonyms`: see `lands.metonyms_of`."""

    article: Article
    line: Timeline
    statements: Sequence[Statement]
    mentions: Sequence[Mention]
    entities: Mapping[str, Entity]
    metonyms: Mapping[str, str]


def events_of(told: EventContext, drafts: Sequence[EventDraft]) -> tuple[Event, ...]:
    """Events in the order of their triggers. One told twice is kept once."""
    if not drafts:
        return ()
    cast = Cast.of(told.article, told.mentions, told.entities, told.metonyms)
    games, scenery = games_of(told.article), Scenery(told.article, told.mentions, told.entities)
    course, weights, attack = Course(), doer_weights(), None
    out: dict[str, Event] = {}
    for draft in (_tried(told.article.text, d) for d in sorted(drafts, key=lambda d: d.trigger)):
        if (
            _in_words(told.article.text, draft)
            or is_strange(told.article.text, draft)
            or is_idle(told.article.text, draft.trigger)
            or (draft.type == "ASSAULT" and is_outcome(told.article.text, draft.trigger, attack))
            or (draft.type == "ASSAULT" and is_mishap(told.article.text, draft.trigger))
            or (draft.type == "CONCEDE" and _SENTENCED.search(draft.trigger.of(told.article.text)))
            or holder_of(games, draft.trigger) is not None
        ):
            continue
        attack = draft.trigger if draft.type == "ASSAULT" else attack
        witness = None if draft.witness is None else told.statements[draft.witness]
        speakers = _speakers(told, witness)
        for actor, recipient in doers_of(
            cast, AskedEvent(draft.trigger, draft.type, witness, speakers), weights, course
        ):
            event = _event(told, scenery, draft, witness, cast.party(actor), cast.party(recipient))
            out.setdefault(event.id, event)
    return tuple(out.values())


_LEFT_OVER = re.compile(r"(?<=\w) (?:and|or|but|the|an?|its|his|her|their)$")


def _tried(text: str, draft: EventDraft) -> EventDraft:
    """Who tries a weapon shows it, and harms nobody; who walks out of talks does not meet. No trigger ends in "and" or "its"."""
    if over := _LEFT_OVER.search(draft.trigger.of(text)):
        draft = replace(draft, trigger=Span(draft.trigger.start, draft.trigger.end - len(over[0])))
    if draft.type == "CONSULT" and is_walkout(text, draft.trigger):
        return replace(draft, type="REJECT")
    return replace(draft, type="MOBILIZE") if draft.type == "ASSAULT" and is_test(text, draft.trigger) else draft


def is_strange(text: str, draft: EventDraft) -> bool:
    """Whether no word of a doubtful trigger is known to tell of its type."""
    if draft.score >= STRANGE:
        return False
    return deed_words()[draft.type].isdisjoint(map(root, _WORD.findall(draft.trigger.of(text))))


def _in_words(text: str, draft: EventDraft) -> bool:
    """Whether those who clash do it over something, with words: the record has that as statements."""
    after = text[draft.trigger.end : draft.trigger.end + 60]
    return draft.type == "ASSAULT" and bool(_QUARREL.search(draft.trigger.of(text)) and _OVER.match(after))


def _speakers(told: EventContext, witness: Statement | None) -> tuple[str, ...]:
    """Ids of whoever tells of an event, of a capital that of its country."""
    speaker = witness.speaker if witness else None
    return tuple(told.metonyms.get(e, e) for e in speaker.entities) if speaker else ()


def _event(
    told: EventContext,
    scenery: Scenery,
    draft: EventDraft,
    witness: Statement | None,
    who: Party | None,
    whom: Party | None,
) -> Event:
    article = told.article
    sentence = span_at(article.sentences, draft.trigger.start) or draft.trigger
    trigger = Span(draft.trigger.start - sentence.start, min(draft.trigger.end, sentence.end) - sentence.start)
    status = status_of(article, draft.trigger, witness)
    return Event(
        id=event_id(article.id, draft.trigger, draft.type, who.name if who else None, whom.name if whom else None),
        trigger=draft.trigger,
        type=draft.type,
        mode=mode_of(draft.type, sentence.of(article.text), trigger),
        actor=who,
        recipient=whom,
        place=scenery.place(draft.trigger, draft.type),
        date=event_date(told.line, draft.trigger, witness, said=witness.said_on if witness else None, status=status),
        status=status,
        asserted_by=witness.id if witness else NARRATION,
        score=draft.score,
    )
