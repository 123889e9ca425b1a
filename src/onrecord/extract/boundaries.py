"""From words to characters: where a source, a cue and a content begin and end.

The model finds words; marks and a leading "that" at the edges, over which corpora disagree, are settled here, by the rule of
the wire form: a content has its quotation marks and its leading "that", and no stray comma or full stop.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.analysis import Quotation, Words
from onrecord.analysis.quotes import DOUBLE, SINGLE
from onrecord.analysis.words import is_solid
from onrecord.records import Span

STOPS = frozenset(",.?!…;:—–-")
_MARKS = DOUBLE | SINGLE
_LEADING_THAT = re.compile(r"\bthat[ \t\u00a0]+$", re.IGNORECASE)
# Words whose full stop is their own, so that it stays with them.
_ABBREVIATED = re.compile(r"(?:\b[A-Z](?:\.[A-Z])*|\b(?:Jr|Sr|Inc|Corp|Co|Ltd|Bros|Gov|Sen|Rep|Gen|Mr|Mrs|Dr|St))$")
_ABBREVIATION_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Marks:
    """The quotations of an article, looked up by position."""

    quotations: tuple[Quotation, ...]
    opens: tuple[int, ...]

    def around(self, at: int) -> Quotation | None:
        """The innermost quotation that the character at `at` stands in, its marks included."""
        k = bisect_right(self.opens, at) - 1
        for q in self.quotations[max(0, k - 2) : k + 1][::-1]:
            if q.open is not None and q.open <= at and (q.close is None or at <= q.close):
                return q
        return None


def marks_of(words: Words, paragraph_ends: Sequence[int]) -> Marks:
    """The quotations that something opens; one that nothing closes ends with its paragraph."""
    opened = [q for q in words.quotations if q.open is not None]
    closed = [
        q if q.close is not None else Quotation(q.open, paragraph_ends[bisect_left(paragraph_ends, q.open + 1)] - 1)
        for q in opened
        if q.open is not None
    ]
    return Marks(tuple(closed), tuple(q.open for q in opened if q.open is not None))


def trimmed(words: Words, text: str, lo: int, hi: int) -> tuple[int, int] | None:
    """Words lo … hi - 1 without words of nothing but marks at the edges."""
    while lo < hi and not _solid(text, words, lo):
        lo += 1
    while hi > lo and not _solid(text, words, hi - 1):
        hi -= 1
    return (lo, hi) if lo < hi else None


def _solid(text: str, words: Words, k: int) -> bool:
    return is_solid(text[words.start[k] : words.end[k]])


def phrase(words: Words, text: str, lo: int, hi: int) -> Span:
    """A source or cue: its words, with the full stop of an abbreviation that they end in."""
    return Span(int(words.start[lo]), _with_own_stop(text, int(words.end[hi - 1])))


def fragment(words: Words, text: str, lo: int, hi: int, marks: Marks, *, first: bool) -> Span:
    """A fragment of a content: its words, its leading "that" if it is the first, its quotation marks."""
    start, end = int(words.start[lo]), _with_own_stop(text, int(words.end[hi - 1]))
    start = _with_opening_mark(text, start, marks)
    if first and (that := _LEADING_THAT.search(text, max(0, start - 8), start)):
        start = that.start()
    return Span(start, _with_closing_mark(text, end, marks))


def _with_own_stop(text: str, end: int) -> int:
    own = text[end : end + 1] == "." and _ABBREVIATED.search(text, max(0, end - _ABBREVIATION_LENGTH), end)
    return end + 1 if own else end


def _with_opening_mark(text: str, start: int, marks: Marks) -> int:
    at = start
    # French marks stand off their words by a space.
    while at and (text[at - 1] in "([…" or text[at - 1] in _MARKS or text[at - 1].isspace()):
        at -= 1
    quotation = marks.around(start)
    if quotation is not None and quotation.open is not None and at <= quotation.open < start:
        return quotation.open
    return start


def _with_closing_mark(text: str, end: int, marks: Marks) -> int:
    quotation = marks.around(end - 1)
    if quotation is None or quotation.close is None:
        return end
    at = end
    while at < quotation.close and (text[at] in STOPS or text[at] in ")]" or text[at] in _MARKS or text[at].isspace()):
        at += 1
    return min(quotation.close + 1, len(text)) if at >= quotation.close else end


def without(span: Span, taken: Iterable[Span]) -> Span | None:
    """What is left of `span` once what is taken at its edges is cut off; None where nothing is left."""
    start, end = span.start, span.end
    for other in sorted(taken):
        if other.start <= start < other.end:
            start = other.end
        if start < other.start < end:
            end = other.start
    return Span(start, end) if start < end else None


def quoted_share(text: str, spans: Iterable[Span], marks: Marks) -> float:
    """Share of the letters and digits of the spans that stand in quotation marks."""
    inside = total = 0
    for span in spans:
        at = span.start
        while at < span.end:
            quotation = marks.around(at)
            if quotation is not None and quotation.close is not None:
                stop = min(span.end, quotation.close + 1)
            else:
                k = bisect_right(marks.opens, at)
                stop = min(span.end, marks.opens[k]) if k < len(marks.opens) else span.end
            letters = sum(c.isalnum() for c in text[at:stop])
            total += letters
            inside += letters if quotation is not None else 0
            at = max(stop, at + 1)
    return inside / total if total else 0.0
