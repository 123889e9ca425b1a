"""Whom a question was put to that begins with its participle: "Asked whether she would run, Lane said she would not"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from onrecord.extract.page import Page, Thing

PUT = frozenset({"asked", "pressed", "questioned", "quizzed"})
"""Participles with which a question begins that nobody in sight puts. In the labels of PolNeAR 18 of 25 such questions are put to
whoever speaks next.
"""


def put_to(page: Page, speakers: Sequence[tuple[int, ...]]) -> list[Thing | None]:
    """Of each statement, whom it was put to if it is such a question: the one who speaks next in its paragraph.

    `speakers`: numbers of things, by statement as `page.said`.
    """
    text, out = page.article.text, list[Thing | None]([None] * len(page.said))
    for k, (said, after) in enumerate(pairwise(page.said)):
        cue, following = said.statement.cue, after.statement.cue
        if said.source or not cue or not following or cue[0].of(text).split()[0].lower() not in PUT:
            continue
        one = any(p.holds(cue[0]) and p.holds(following[0]) for p in page.article.paragraphs)
        if one and len(speakers[k + 1]) == 1:
            out[k] = page.things[speakers[k + 1][0]]
    return out
