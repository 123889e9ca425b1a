"""Words in context: the piece of an article around what was found in it."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.query.pages import Said, Snippet
from onrecord.query.syntax import Query
from onrecord.records import Span

LENGTH = 280
"""Characters of a snippet: two or three lines of a terminal."""
BEFORE = 80
"""Of them, how many stand before what was found."""
WIDEN = 24
"""How far an edge moves to a space, so that no word is cut."""


def matches(query: Query, text: str, shown: Said) -> tuple[Span, ...]:
    """Where the words that a query wants stand in a statement, in text order."""
    said = query.matches(text, shown.content_spans, ("content",))
    told = query.matches(text, shown.source_spans, ("source", "speaker"))
    return tuple(sorted({*said, *told}))


def snippet(text: str, shown: Said, found: Sequence[Span]) -> Snippet:
    """A piece of the article around the first match in the content; else from the beginning of the statement."""
    everything = (*shown.source_spans, *shown.cue_spans, *shown.content_spans)
    begin, end = min(s.start for s in everything), max(s.end for s in everything)
    if end - begin > LENGTH:
        first = next((s for s in found if any(c.holds(s) for c in shown.content_spans)), None)
        begin = max(begin, first.start - BEFORE) if first else begin
        end = min(end, begin + LENGTH)
    span = Span(_back(text, begin), _on(text, end))
    return Snippet(span, span.of(text))


def _back(text: str, place: int) -> int:
    """The beginning of the word at a place."""
    least = max(0, place - WIDEN)
    while place > least and not text[place - 1].isspace():
        place -= 1
    return place


def _on(text: str, place: int) -> int:
    """The end of the word at a place, with its marks."""
    most = min(len(text), place + WIDEN)
    while place < most and not text[place].isspace():
        place += 1
    return place
