"""Whom a question was put to that begins with its participle: "Asked whether she would run, Lane said she would not"."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.agents import is_put
from onrecord.extract.holding import holder_of
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
    for k, said in enumerate(page.said):
        cue, content = said.statement.cue, said.statement.content
        if said.source or not cue:
            continue
        if cue[0].of(text).split()[0].lower() not in PUT and not is_put(page.article, cue[0], content):
            continue
        after = next(
            (n for n in range(k + 1, len(page.said)) if page.said[n].statement.cue[0].start >= content[-1].end), None
        )
        following = page.said[after].statement.cue[0] if after is not None else cue[0]
        paragraph = holder_of(page.article.paragraphs, cue[0])
        one = paragraph is not None and paragraph.holds(following)
        if after is not None and one and len(speakers[after]) == 1:
            out[k] = page.things[speakers[after][0]]
    return out
