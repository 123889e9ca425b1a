"""How a text is laid out: which lines are paragraphs, headline, byline, time stamp, page furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord import codebook
from onrecord.articles import agencies
from onrecord.articles.dates import Stamp, stamp_of
from onrecord.articles.lines import lines as lines_of
from onrecord.articles.lines import unwrapped
from onrecord.records import Span

_TOP = 8  # lines among which byline and time stamp are looked for
_BOTTOM = 4
_BEFORE_STAMP = 2  # after headline and summary; a bare day further down is a diary's or a correction's

_BAR = re.compile(r"\s*[|•·]\s*")

_HEADLINE_CHARACTERS = 160
_NO_HEADLINE_END = ".…;:,-–—"

_BYLINE = re.compile(r"(?:By|BY|by)\s+(?P<names>\S.{1,110})")
_BYLINE_WORD = re.compile(r"[^\W\d_a-z][\w.'’-]*|and|of|for|the|in|at|de|da|van|von|der|den|la|le|di|al|el|bin|ibn|&"
                          r"|staff|writers?|reporters?|correspondents?|editors?|our|agenc(?:y|ies)")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a text, told apart."""

    paragraphs: tuple[Span, ...]
    furniture: tuple[Span, ...]
    headline: Span | None
    byline: str | None
    agency: str | None
    stamps: tuple[Stamp, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a line tells about the article, where it tells nothing in it."""

    byline: str | None = None
    agency: str | None = None
    stamp: Stamp | None = None


def lay_out(text: str, *, title: str | None, marked: bool) -> Layout:
    """Tell the lines of `text` apart. `marked`: the first line is the headline for certain (it was put there)."""
    lines = lines_of(text)
    book = codebook.load()
    whole = [unwrapped(span.of(text)) for span in lines]
    marks = _marks(whole, headed=title is not None)
    paragraphs: list[Span] = []
    furniture: list[Span] = []
    stamps: list[Stamp] = []
    byline = agency = None
    for number, (span, line) in enumerate(zip(lines, whole, strict=True)):
        mark = marks.get(number)
        if mark and mark.stamp and not mark.stamp.labelled and len(paragraphs) > _BEFORE_STAMP:
            mark = None
        if marked and number == 0:
            paragraphs.append(span)
        elif mark is not None and not (mark.byline and byline):
            furniture.append(span)
            byline, agency = byline or mark.byline, agency or mark.agency
            stamps += [mark.stamp] if mark.stamp else []
        elif book.is_furniture(line):
            furniture.append(span)
            agency = agency or agencies.in_copyright(line)
        else:
            paragraphs.append(span)
    headline = paragraphs[0] if marked and paragraphs else _headline(text, paragraphs, title)
    return Layout(tuple(paragraphs), tuple(furniture), headline, byline, agency, tuple(stamps))


def _marks(lines: list[str], *, headed: bool) -> dict[int, _Mark]:
    """Bylines, signatures and time stamps near the edges of a text, by the numbers of their lines.

    A title may look like a byline ("By Design") or be a day ("Sept. 11, 2001"), and so may a line in a chronicle: so
    none stands first in a text without another headline, and a bare day needs a byline above or below.
    """
    edges = [n for n in range(len(lines)) if n < _TOP or n >= len(lines) - _BOTTOM]
    marks = {n: mark for n in edges if (mark := _mark(lines[n], top=n < _TOP))}
    if 0 in marks and marks[0].byline and not headed:
        below = next((n for n in range(1, len(lines)) if n not in marks), len(lines))
        if below + 1 >= len(lines) or not _is_headline(lines[below]):
            del marks[0]
    signed = {n for n, mark in marks.items() if mark.byline}
    return {
        n: mark
        for n, mark in marks.items()
        if mark.stamp is None
        or mark.stamp.labelled
        or (n > 0 and (mark.stamp.exact or not signed.isdisjoint({n - 1, n, n + 1})))
    }


def _mark(line: str, *, top: bool) -> _Mark | None:
    """What `line` tells as a whole, or in parts between bars: "By Jane Smith | March 3, 2016"."""
    if found := _single(line, top=top):
        return found
    parts = [part for part in _BAR.split(line) if part] if len(line) <= codebook.MAX_FURNITURE else []
    told = [_single(part, top=top) for part in parts]
    if not any(told) or not all(
        mark or codebook.load().is_furniture(part) for mark, part in zip(told, parts, strict=True)
    ):
        return None
    marks = [mark for mark in told if mark]
    return _Mark(
        next((mark.byline for mark in marks if mark.byline), None),
        next((mark.agency for mark in marks if mark.agency), None),
        next((mark.stamp for mark in marks if mark.stamp), None),
    )


def _single(words: str, *, top: bool) -> _Mark | None:
    names = _byline(words) if top else None
    agency = agencies.signed(words) if len(words) <= 60 else None
    stamp = stamp_of(words)
    return _Mark(names, agency, stamp) if names or agency or stamp else None


def _byline(line: str) -> str | None:
    """The names of a byline: capitals all through, no sentence."""
    found = _BYLINE.fullmatch(line)
    if found is None or line.endswith((".", "?", "!", ":", "”", '"')):
        return None
    words = re.findall(r"[^\s,|/()–—]+", found["names"])
    if not words or words[0].capitalize() in {"The", "All"} | codebook.load().weekdays:
        return None
    if len(words) == 1 and agencies.signed(words[0]) is None:  # "By Design"
        return None
    names = [word for word in words if word[0].isupper()]
    return found["names"].strip() if names and all(_BYLINE_WORD.fullmatch(word) for word in words) else None


def _headline(text: str, paragraphs: list[Span], title: str | None) -> Span | None:
    """The first paragraph, where it is the title or looks like one: short, no sentence, and body text after it."""
    if not paragraphs:
        return None
    first, *rest = paragraphs
    words = unwrapped(first.of(text))
    if title is not None and words == title.strip():
        return first
    return first if rest and _is_headline(words) else None


def _is_headline(words: str) -> bool:
    if len(words) > _HEADLINE_CHARACTERS or not any(c.isalpha() for c in words):
        return False
    return not words.rstrip("\"”’'») ").endswith(tuple(_NO_HEADLINE_END))
