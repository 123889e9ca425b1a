"""Who says each statement: the speaker head's answers as values of the record."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from onrecord.analysis.speakers import AskSpeakers
from onrecord.analysis.values import Floats
from onrecord.analysis.words import Ints
from onrecord.codebook.nouns import one_of
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.asking import AUTHOR, Answer, Asker
from onrecord.extract.page import Page, PageStatement, Thing
from onrecord.extract.phrases import is_work
from onrecord.extract.scoring import Calibration, log_odds
from onrecord.extract.wording import by_wording
from onrecord.records import (
    JOINT,
    Entity,
    Mention,
    NoSpeaker,
    Speaker,
    SpeakerBasis,
    SpeakerKind,
    Statement,
    words_of,
)

TOGETHER = 0.2
"""Of several that a source names or "they" means, each has at least this chance: the head shares a joint answer out."""
AT_ONCE = 256
"""Statements that the head is asked of at once: few articles have more, and a text of nothing else is not to fill memory."""
LEAST_LEFT = 0.1
"""Where one is likeliest who cannot be meant, the others are weighed by what is left to them, if it is so much."""
SPEAKER_FEATURES = ("chance", "margin", "absent", "pronoun", "nominal", "own words")
"""What a speaker's calibrated score is a logistic map over."""
_KINDS: Mapping[str, SpeakerKind] = {
    "person": "person", "organization": "group", "country": "group", "place": "group", "group": "group", "work": "work",
    "phrase": "unnamed",
}  # fmt: skip
_SEVERAL = frozenset("they them their theirs we our".split())
_COUNTED = frozenset("two three both either neither".split())
# A cue in the passive: a form of "be" and a participle ("was reported", "is being told").
_BE = re.compile(r"\b(?:am|is|are|was|were|be|been|being)\b|['’]re\b", re.IGNORECASE)
_PARTICIPLE = re.compile(rf"\b(?:\w+ed|{one_of(verb_forms().participle)})\b", re.IGNORECASE)
_GENERIC = frozenset(
    "one you anyone everyone everybody someone somebody nobody none people many some others most we".split()
)
_NOBODY = (("no",), ("nobody",), ("none",))
"""With which a source begins that names nobody: "no group claimed responsibility"."""


def answers_of(page: Page, head: AskSpeakers) -> list[Answer]:
    """The likeliest speakers of a page's statements."""
    if not page.said:
        return []
    asker, out = Asker(page), []
    asked: list[tuple[Sequence[int], Floats]] = []
    for lo in range(0, len(page.said), AT_ONCE):
        some = range(lo, min(lo + AT_ONCE, len(page.said)))
        questions, numbers = asker.questions(some)
        chances = _shares(head.speakers(questions), questions.of)
        edges = np.cumsum([0, *map(len, numbers)])
        for k, own, first, last in zip(some, numbers, edges, edges[1:], strict=False):
            asked.append((own, chances[first:last]))
            out.append(_answer(page, page.said[k], *asked[-1]))

    def again(number: int, none: frozenset[int]) -> Answer:
        numbers, chances = asked[number]
        left = np.where(np.isin(numbers, list(none)), np.float32(0), chances)
        scale = left.sum() if left.sum() >= LEAST_LEFT else 1.0
        return _answer(page, page.said[number], numbers, np.asarray(left / scale, np.float32))

    return by_wording(page, out, again)


def _shares(scores: Floats, of: Ints) -> Floats:
    """Softmax over each statement's answers."""
    edges = np.flatnonzero(np.diff(of, prepend=-1))
    powers = np.exp(scores - np.maximum.reduceat(scores, edges)[of])
    return np.asarray(powers / np.add.reduceat(powers, edges)[of], np.float32)


def _answer(page: Page, said: PageStatement, numbers: Sequence[int], chances: Floats) -> Answer:
    order = np.argsort(-chances, kind="stable").tolist()
    best = numbers[order[0]]
    things = (
        ()
        if best < 0
        else tuple(sorted(_together(page, said, numbers, chances, order), key=lambda n: _at(page, said, n)))
    )
    top = float(sum(chances[numbers.index(n)] for n in things)) if things else float(chances[order[0]])
    rest = max((float(chances[k]) for k in order if numbers[k] not in things and numbers[k] != best), default=0.0)
    values = (
        log_odds(top), top - rest, said.form == "absent", said.form == "pronoun", said.form == "nominal", said.own == best,
    )  # fmt: skip
    return Answer(things, best == AUTHOR, tuple(map(float, values)))


def _at(page: Page, said: PageStatement, number: int) -> int:
    """Where a thing stands in the source, or first in the article."""
    thing = page.things[number]
    inside = thing.within(said.source) if said.source else None
    return (inside or thing.places[0]).span.start


def _together(
    page: Page, said: PageStatement, numbers: Sequence[int], chances: Floats, order: Sequence[int]
) -> list[int]:
    """The best thing, and those that speak with it: listed in one source, or meant by "they"."""
    if said.joined:
        return list(said.joined)
    best = numbers[order[0]]
    others = [numbers[k] for k in order[1:4] if numbers[k] >= 0 and chances[k] >= TOGETHER]
    if not others or said.source is None:
        return [best]
    kind = page.things[best].kind
    if (said.pronoun in _SEVERAL or not _COUNTED.isdisjoint(said.words[:2])) and kind in (
        "person",
        "country",
        "organization",
    ):
        return [best, *(n for n in others if page.things[n].kind == kind)]
    return [best]


def speakers_of(
    page: Page,
    answers: Sequence[Answer],
    calibration: Calibration,
    entities: Sequence[Entity],
    metonyms: Mapping[str, str],
) -> tuple[Speaker, ...]:
    """The speakers of a page's statements, in their order. A name is given from the calibration's least score on."""
    by_id = {e.id: e for e in entities}
    out: list[Speaker] = []
    for number, (said, answer) in enumerate(zip(page.said, answers, strict=True)):
        score = calibration.score(answer.features)
        if said.words[:1] in _NOBODY:
            out.append(Speaker(None, reason="generic"))
        elif answer.author and answer.features[0] > 0.0:  # likelier than everybody else together
            out.append(Speaker(None, kind="author"))
        elif not answer.things or score < calibration.least:
            out.append(Speaker(None, reason=_reason(page, said)))
        else:
            before = answers[number - 1].things if number else ()
            basis = _basis(page, number, answer.things, before)
            things = [page.things[n] for n in answer.things]
            shown = [by_id[metonyms.get(t.entity, t.entity)] if t.entity else t for t in things]
            names = tuple(dict.fromkeys(x.name if isinstance(x, Entity) else x.shown for x in shown))
            ids = tuple(dict.fromkeys(x.id for x in shown if isinstance(x, Entity)))
            out.append(Speaker(JOINT.join(names), None, _kind(things), basis, ids, score))
    return tuple(out)


def _kind(things: Sequence[Thing]) -> SpeakerKind:
    kinds = {_KINDS[t.kind] for t in things}
    if kinds == {"unnamed"} and all(is_work(t.name) for t in things):
        return "work"
    return kinds.pop() if len(kinds) == 1 else "group"


def _basis(page: Page, number: int, things: Sequence[int], before: Sequence[int]) -> SpeakerBasis:
    """By what the speaker is known."""
    said = page.said[number]
    if said.source is not None:
        if any(n in said.inner for n in things):
            return "named"
        return "pronoun" if said.pronoun else "nominal"
    last = page.said[number - 1] if number else None
    near = last is not None and said.held.paragraph - last.held.paragraph <= 1
    return "continued" if near and tuple(things) == tuple(before) else "context"


def _reason(page: Page, said: PageStatement) -> NoSpeaker:
    """Why nobody is named: nobody is said to (passive), nobody in particular is meant (generic), or it cannot be told."""
    if said.source is not None:
        return "generic" if said.words and said.words[0] in _GENERIC and len(said.words) <= 2 else "unclear"
    cue = words_of(page.article.text, said.statement.cue)
    be = _BE.search(cue)
    return "passive" if be is not None and _PARTICIPLE.search(cue, be.end()) is not None else "unclear"


def with_metonyms(
    mentions: Sequence[Mention], statements: Sequence[Statement], metonyms: Mapping[str, str]
) -> tuple[Mention, ...]:
    """The mentions, a capital or seat that speaks for its country being linked to that: "Moscow denied it" is Russia's denial.

    Elsewhere in the article it stays the place that it is.
    """
    speaking = [(span, s.speaker.entities) for s in statements for span in s.source]
    spans = sorted((span.start, span.end, entities) for span, entities in speaking if entities)
    starts = [start for start, _, _ in spans]
    out = []
    for mention in mentions:
        country = metonyms.get(mention.entity or "")
        at = bisect_right(starts, mention.span.start) - 1
        if country and at >= 0 and mention.span.end <= spans[at][1] and country in spans[at][2]:
            out.append(replace(mention, entity=country, method="metonym"))
        else:
            out.append(mention)
    return tuple(out)
