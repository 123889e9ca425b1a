"""The lines of a text; where it was wrapped to a width (mail, database exports), its blocks between blank lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.articles.sentences import trimmed
from onrecord.records import Span

_LINE_END = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]+")
_STOPS = (".", "?", "!", ":", '"', "”", "’", "»", ")")
_LISTED = re.compile(r"[-*•·>|#]|\(?\d{1,2}[.)]\s")
_FIRST_WORD = re.compile(r"\S+")

# Guessed from mail and exports, and checked on 900 articles of a paragraph a line: none of them is taken for wrapped.
_MIN_WIDTH, _MAX_WIDTH = 50, 120
_MIN_WRAPPED = 3  # lines that go on in the next one; fewer tell nothing
_MOST = 0.6  # of the lines that others follow on: heads, lists and addresses are not wrapped, and may be many
_STOPPED = 0.4  # share of wrapped lines that may end with a stop by chance; of whole paragraphs nearly all do


def lines(text: str) -> list[Span]:
    """The lines of `text` that hold anything, without white space at their edges.

    In a text that was wrapped, a block of wrapped lines counts as one line: a newline there is but a space.
    """
    single = _single(text)
    blocks = _blocks(text, single)
    width = _wrapped_width(text, blocks)
    if width is None:
        return single
    return [
        span
        for block in blocks
        for span in ([Span(block[0].start, block[-1].end)] if _is_wrapped(text, block, width) else block)
    ]


def unwrapped(words: str) -> str:
    """`words` with spaces for newlines, each in its place."""
    return words.replace("\n", " ")


def _single(text: str) -> list[Span]:
    spans, start = [], 0
    for end in _LINE_END.finditer(text):
        spans.append(trimmed(text, start, end.start()))
        start = end.end()
    spans.append(trimmed(text, start, len(text)))
    return [span for span in spans if span is not None]


def _blocks(text: str, single: Sequence[Span]) -> list[list[Span]]:
    """Lines that a single newline parts, together."""
    blocks: list[list[Span]] = []
    for span in single:
        last = blocks[-1][-1] if blocks else None
        if last is not None and text[last.end : span.start].strip(" \t\xa0") == "\n":
            blocks[-1].append(span)
        else:
            blocks.append([span])
    return blocks


def _wrapped_width(text: str, blocks: Sequence[Sequence[Span]]) -> int | None:
    """The width to which a text was wrapped; None where it was not."""
    inner = [span for block in blocks for span in block[:-1]]
    if len(blocks) < 2 or len(inner) < _MIN_WRAPPED:
        return None
    width = sorted(_column(text, span) for span in inner)[len(inner) * 9 // 10]  # a long address may stick out
    full = sum(_is_full(text, a, b, width) for block in blocks for a, b in zip(block, block[1:], strict=False))
    stopped = sum(span.of(text).endswith(_STOPS) for span in inner)
    wrapped = full >= _MOST * len(inner) and stopped <= _STOPPED * len(inner)
    return width if wrapped and _MIN_WIDTH <= width <= _MAX_WIDTH else None


def _column(text: str, line: Span) -> int:
    """How far to the right a line reaches, its indentation with it."""
    return line.end - text.rfind("\n", 0, line.start) - 1


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the first word of the following line found no room on this one."""
    word = _FIRST_WORD.match(text, following.start)
    return _column(text, line) + 1 + (len(word[0]) if word else 0) > width


def _is_wrapped(text: str, block: Sequence[Span], width: int) -> bool:
    """Whether a block is one paragraph: not the lines of a head, a list or an address."""
    return all(_is_full(text, a, b, width) for a, b in zip(block, block[1:], strict=False)) and not any(
        _LISTED.match(text, span.start) for span in block
    )
