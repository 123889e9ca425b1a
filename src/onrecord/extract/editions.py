"""Of which day a paper tells: the one it comes out on, or the day before, by its hour of publication and its opening."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import islice

from onrecord.extract.times import Anchor, TimeMention, stretch_of
from onrecord.records import Article, Span

DAY = timedelta(days=1)
MORNING = 10
"""Hour of publication before which a paper that tells of the day before means it by all that was said: in the invented stories
1,412 of 1,475 statements, and 49 of 386 of those that come out later.
"""
DAWN = range(4, 8)
"""Hours of publication at which nothing of that day can have been said yet: 302 of 357 statements are of the day before."""
OPENING = 2
"""Sentences of the body in which a paper says of which day it tells."""
RELATIVE = re.compile(r"\b(?:who|whom|whose|which|where)\b", re.IGNORECASE)


def opening_of(article: Article) -> list[Span]:
    """The first sentences below the headline."""
    body = (s for s in article.sentences if not (article.headline and article.headline.overlaps(s)))
    return list(islice(body, OPENING))


def _is_main(text: str, sentence: Span, place: Span) -> bool:
    """Whether a place is in no clause that "who" and the like open."""
    start = max(text.rfind(",", sentence.start, place.start), sentence.start)
    return RELATIVE.search(text, start, place.start) is None


def told_of_eve(article: Article, anchor: Anchor, mentions: Sequence[TimeMention]) -> TimeMention | None:
    """The latest day of the opening, where it is the eve of publication."""
    if anchor.basis != "published" or anchor.date is None:
        return None
    opening = opening_of(article)
    if not opening:
        return None
    days = [
        (found.day, mention)
        for mention in mentions
        if mention.kind == "day"
        and any(s.holds(mention.span) and _is_main(article.text, s, mention.span) for s in opening)
        if (found := stretch_of(mention, anchor, "past")) and found.day
    ]
    latest, mention = max(days, key=lambda d: d[0], default=(None, None))
    return mention if latest == anchor.date - DAY else None
