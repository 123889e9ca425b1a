"""Sentences of a paragraph, exact to the character."""

from __future__ import annotations

import re

from sentencex import segment

from onrecord.codebook.tables import load
from onrecord.records import Span

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # no text of ours has one, but read() takes any string

_ASKED = re.compile(r"[?!][\"”’'»]+\s*$")
_NAMED_SPEAKER = re.compile(
    r"(?!(?:He|She|It|They|We|I|You|The|This|That|A|An)\b)(?:[A-Z][\w.'’-]*\s+){1,4}"
    r"(?:said|says|asked|asks|shouted|wrote|writes|added|replied|told|cried|demanded|wondered|tweeted|joked|exclaimed)\b"
)
"""What follows on "Is it over?" and belongs to it: "Tolvik asked." The splitter sees a capital letter and parts them."""

_TITLE = re.compile(
    r"(?:^|[\s(“\"‘'])(?:Abp|Adj|Ald|Alh|Amb|Asec|Asp|Atty|Barr|Bp|Bro?|Cde|Cdr|Clr|Cllrs?|Cmdt|Comr|Const|Coun|Crs?|Csp|Dep|Dir|Dra|Dy"
    r"|Engr|Er|Flt|Gens|Gnr|Govs|Kum|Lt-(?:Col|Gen|Gov)|Mohd|Ms|Mx|Pharm|Pte|Revd|Rfn|Shri|Sis|Smt|Spc|Sqn|Sra|Ssgt|Thiru"
    r"|Tmt|Usec|Ven|Wg|Wm|(?<!, )M[ad])\.\s+$"
)
_HOUR = re.compile(r"\d ?[ap]\.m\.\s+$")
_OF_HOUR = re.compile(
    rf"(?:(?:{'|'.join(load().weekday_names)}|[A-Z]{{2,4}}T|UTC)\b|(?:{'|'.join(m.capitalize() for m in load().months)})\.? \d"
    r"|(?:Eastern|Central|Mountain|Pacific|Atlantic|Greenwich)(?: (?:[Tt]ime|Standard|Daylight|Mean|on|in|at)\b|[.,;)]))"
)
"""What an hour goes on with, where the splitter takes its full stop for the end of a sentence: "at 9 a.m. Monday"."""
_NAME = re.compile(r"(?!(?:He|She|It|They|We|I|You|The|This|That|A|An|But|And)\b)[A-Z]")
"""After a title or forename whose full stop the splitter takes for the end of a sentence: "Ms. Tolvik", "Md. Tolvik"."""


def sentences(text: str, paragraph: Span) -> tuple[Span, ...]:
    """The sentences of `paragraph`, without white space at their edges. A quotation of several sentences stays whole."""
    words = paragraph.of(text)
    bounds: list[tuple[int, int]] = []
    start = 0
    for piece in _pieces(words):
        end = start + len(piece)
        before = words[max(bounds[-1][0], start - 12) : start] if bounds else ""
        asked = _ASKED.search(before) and _NAMED_SPEAKER.match(piece)
        timed = _HOUR.search(before) and _OF_HOUR.match(piece)
        if asked or timed or (_TITLE.search(before) and _NAME.match(piece)):
            bounds[-1] = (bounds[-1][0], end)
        else:
            bounds.append((start, end))
        start = end
    return tuple(span for low, high in bounds if (span := trimmed(text, paragraph.start + low, paragraph.start + high)))


def trimmed(text: str, start: int, end: int) -> Span | None:
    """``text[start:end]`` without white space (and marks that print nothing) at its edges; None where nothing is left."""
    words = text[start:end]
    left = len(words) - len(words.lstrip(_BLANK))
    right = len(words.rstrip(_BLANK))
    return Span(start + left, start + right) if left < right else None


_BLANK = "".join(map(chr, (*range(0x1C, 0x21), *range(0x09, 0x0E), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200C), 0x2028,
                           0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF)))  # fmt: skip


def _pieces(words: str) -> list[str]:
    # a newline within a paragraph is where it was wrapped, which the splitter would take for a sentence's end
    pieces: list[str] = segment("en", _LONE_SURROGATE.sub("\ufffd", words).replace("\n", " "))
    # Offsets are the sum of the pieces' lengths; that they are the whole paragraph is the splitter's promise, not ours.
    return pieces if sum(map(len, pieces)) == len(words) else [words]
