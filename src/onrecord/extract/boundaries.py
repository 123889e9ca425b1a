"""From words to characters: where a source, a cue and a content begin and end.

The model finds words; marks and a leading "that" at the edges, over which corpora disagree, are settled here, by the rule of
the wire form: a content has its quotation marks and its leading "that", and no stray comma or full stop.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.analysis import Quotation, Words
from onrecord.analysis.quotes import DOUBLE, SINGLE
from onrecord.records import Span

STOPS = frozenset(",.?!…;:—–-")
_MARKS = DOUBLE | SINGLE
_LEADING_THAT = re.compile(r"\bthat[ \t\u00a0]+$", re.IGNORECASE)
# Training leaves a leading "that" out, and so the model leaves out that of "That's": its apostrophe parts words.
_CUT_WORD = re.compile(r"\b(?:that|it|he|she|they|we|you|i|there|here|what|who|let)['’]$", re.IGNORECASE)
# Words whose full stop is their own, so that it stays with them.
_ABBREVIATED = re.compile(r"(?:\b[A-Z](?:\.[A-Z])+|\b(?:Jr|Sr|Inc|Corp|Co|Ltd|Bros|Gov|Sen|Rep|Gen|Mr|Mrs|Dr|St))$")
_ABBREVIATION_LENGTH = 12
_SIGNS_BEFORE = frozenset("$€£¥#@")
_SIGNS_AFTER = frozenset("%‰°")
_BRACKETS = {")": "(", "]": "["}
# French marks stand off their words by one of these. No line break: a mark in the next paragraph is another's.
_SPACES = frozenset(" \u00a0\u2009\u202f")
_STAMP = re.compile(
    r"[ \t]*\d{1,2}[:.]\d{2} ?(?:[ap]\.?m\.?|GMT|BST|UTC|CES?T|E[SD]?T|P[SD]?T|IST|AE[SD]T)?(?:[ \t]*[:|–—-])?[ \t]+",
    re.IGNORECASE,
)
STAMP = 24
"""Characters of a line within which a time of day opens it."""
NEAR = 8
"""A mark that stands further from the words than this is not theirs."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The quotations of an article, looked up by position.

    `above`: index of the quotation around each, or None. `unopened`: closing marks of quotations that nothing opens.
    """

    quotations: tuple[Quotation, ...]
    opens: tuple[int, ...]
    above: tuple[int | None, ...]
    unopened: frozenset[int]

    def around(self, at: int) -> Quotation | None:
        """The innermost quotation that the character at `at` stands in, its marks included."""
        k: int | None = bisect_right(self.opens, at) - 1
        while k is not None and k >= 0:
            close = self.quotations[k].close
            if close is None or at <= close:
                return self.quotations[k]
            k = self.above[k]
        return None


def marks_of(words: Words, paragraph_ends: Sequence[int]) -> Marks:
    """The quotations that something opens; one that nothing closes ends with its paragraph."""
    opened: list[tuple[int, int]] = []
    for q in words.quotations:
        if q.open is not None:
            end = paragraph_ends[bisect_right(paragraph_ends, q.open)] - 1 if q.close is None else q.close
            opened.append((q.open, end))
    above: list[int | None] = []
    stack: list[int] = []
    for n, (start, _) in enumerate(opened):
        while stack and opened[stack[-1]][1] < start:
            stack.pop()
        above.append(stack[-1] if stack else None)
        stack.append(n)
    unopened = frozenset(q.close for q in words.quotations if q.open is None and q.close is not None)
    return Marks(
        tuple(Quotation(*pair) for pair in opened), tuple(start for start, _ in opened), tuple(above), unopened
    )


def trimmed(words: Words, lo: int, hi: int) -> tuple[int, int] | None:
    """Words lo … hi - 1 without words of nothing but marks at the edges."""
    while lo < hi and not words.solid[lo]:
        lo += 1
    while hi > lo and not words.solid[hi - 1]:
        hi -= 1
    return (lo, hi) if lo < hi else None


def phrase(words: Words, text: str, lo: int, hi: int) -> Span:
    """A source or cue: its words, with the signs that belong to them."""
    return _with_signs(text, int(words.start[lo]), int(words.end[hi - 1]))


def unstamped(text: str, span: Span) -> Span:
    """A source without the time of day that its line opens with: "Police chief" in "09:14 Police chief says"."""
    line = text.rfind("\n", max(0, span.start - STAMP), span.start) + 1
    stamp = _STAMP.match(text, line) if line or span.start < STAMP else None
    return Span(stamp.end(), span.end) if stamp and span.start < stamp.end() < span.end else span


def fragment(words: Words, text: str, lo: int, hi: int, marks: Marks, *, first: bool) -> Span:
    """A fragment of a content: its words with their signs, its leading "that" if it is the first, its quotation marks."""
    span = _with_signs(text, int(words.start[lo]), int(words.end[hi - 1]))
    cut = _CUT_WORD.search(text, max(0, span.start - 8), span.start)
    start = _with_opening_mark(text, cut.start() if cut else span.start, marks)
    if first and (that := _LEADING_THAT.search(text, max(0, start - 8), start)):
        start = _with_opening_mark(text, that.start(), marks)
    around = marks.around(span.end - 1)
    if first and around is not None and around.open is not None and around.open < start:
        return Span(start, span.end)  # within somebody else's quotation, whose closing mark it is
    return Span(start, _with_closing_mark(text, span.end, marks))


def _with_signs(text: str, start: int, end: int) -> Span:
    """Take back what is no letter but belongs to a word: "$5m", "@name", "5%", "(AFP)", "U.S."."""
    while start and text[start - 1] in _SIGNS_BEFORE:
        start -= 1
    if text[end : end + 1] == "." and _ABBREVIATED.search(text, max(0, end - _ABBREVIATION_LENGTH), end):
        end += 1
    while end < len(text) and (text[end] in _SIGNS_AFTER or _closes_bracket(text, start, end)):
        end += 1
    return Span(start, end)


def _closes_bracket(text: str, start: int, end: int) -> bool:
    opening = _BRACKETS.get(text[end])
    return opening is not None and text.count(opening, start, end) > text.count(text[end], start, end)


def _with_opening_mark(text: str, start: int, marks: Marks) -> int:
    quotation = marks.around(start)
    if quotation is None or quotation.open is None or quotation.open >= start:
        return start
    between = text[quotation.open + 1 : start] if start - quotation.open <= NEAR else "far"
    return quotation.open if all(c in "([…" or c in _MARKS or c in _SPACES for c in between) else start


def _with_closing_mark(text: str, end: int, marks: Marks) -> int:
    quotation = marks.around(end - 1)
    close = quotation.close if quotation else next((k for k in range(end, end + NEAR) if k in marks.unopened), None)
    if close is None or close < end:
        return end
    between = text[end:close] if close - end <= NEAR else "far"
    return close + 1 if all(c in STOPS or c in ")]" or c in _MARKS or c in _SPACES for c in between) else end


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
            letters = len(list(filter(str.isalnum, text[at:stop])))
            total += letters
            inside += letters if quotation is not None else 0
            at = max(stop, at + 1)
    return inside / total if total else 0.0
