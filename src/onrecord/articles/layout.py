"""How a text is laid out: which lines are paragraphs, headline, byline, time stamp, page furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord import codebook
from onrecord.articles import agencies
from onrecord.articles.dates import Stamp, stamp_of
from onrecord.articles.sentences import trimmed
from onrecord.records import Span

_LINE_END = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]+")
_TOP = 8  # lines among which byline and time stamp are looked for
_BOTTOM = 4
_BEFORE_STAMP = 2  # after headline and summary; a bare day further down is a diary's or a correction's

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


def lay_out(text: str, *, title: str | None, marked: bool) -> Layout:
    """Tell the lines of `text` apart. `marked`: the first line is the headline for certain (it was put there)."""
    lines = _lines(text)
    book = codebook.load()
    paragraphs: list[Span] = []
    furniture: list[Span] = []
    stamps: list[Stamp] = []
    byline = agency = None
    for number, span in enumerate(lines):
        line = span.of(text)
        near_edge = number < _TOP or number >= len(lines) - _BOTTOM
        signed = agencies.signed(line) if near_edge and len(line) <= 60 else None
        names = _byline(line) if byline is None and number < _TOP else None
        stamp = stamp_of(line) if near_edge else None
        if stamp is not None and not stamp.labelled and len(paragraphs) > _BEFORE_STAMP:
            stamp = None
        if marked and number == 0:
            paragraphs.append(span)
        elif book.is_furniture(line):
            furniture.append(span)
            agency = agency or agencies.in_copyright(line)
        elif names is not None or signed is not None or stamp is not None:
            furniture.append(span)
            byline, agency = byline or names, agency or signed
            stamps += [stamp] if stamp is not None else []
        else:
            paragraphs.append(span)
    headline = paragraphs[0] if marked and paragraphs else _headline(text, paragraphs, title)
    return Layout(tuple(paragraphs), tuple(furniture), headline, byline, agency, tuple(stamps))


def _lines(text: str) -> list[Span]:
    spans, start = [], 0
    for end in _LINE_END.finditer(text):
        spans.append(trimmed(text, start, end.start()))
        start = end.end()
    spans.append(trimmed(text, start, len(text)))
    return [span for span in spans if span is not None]


def _byline(line: str) -> str | None:
    """The names of a byline: capitals all through, no sentence."""
    found = _BYLINE.fullmatch(line)
    if found is None or line.endswith((".", "?", "!", ":", "”", '"')):
        return None
    words = re.findall(r"[^\s,|/()–—]+", found["names"])
    names = [word for word in words if word[0].isupper()]
    return found["names"].strip() if names and all(_BYLINE_WORD.fullmatch(word) for word in words) else None


def _headline(text: str, paragraphs: list[Span], title: str | None) -> Span | None:
    """The first paragraph, where it is the title or looks like one: short, no sentence, and body text after it."""
    if not paragraphs:
        return None
    first, *rest = paragraphs
    words = first.of(text)
    if title is not None and words == title.strip():
        return first
    if not rest or len(words) > _HEADLINE_CHARACTERS or not any(c.isalpha() for c in words):
        return None
    return None if words.rstrip("\"”’'») ").endswith(tuple(_NO_HEADLINE_END)) else first
