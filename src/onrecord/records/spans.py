"""Spans: the only coordinate in onrecord."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.records.errors import VerbatimError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points of an article's text: ``text[start:end]``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise VerbatimError(f"no span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers. Raises VerbatimError where it leaves the text."""
        if self.end > len(text):
            raise VerbatimError(f"span [{self.start}, {self.end}) leaves a text of {len(text)} characters")
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


SAME = 0.5
"""Of characters, F1: spans of a later reading that share so much with what somebody judged are meant by it. As two statements
count as one where a reading is scored."""


def shared_f1(one: Sequence[Span], other: Sequence[Span]) -> float:
    """How much two lists of spans share: F1 of their characters; 0 where both are empty."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    total = sum(map(len, (*one, *other)))
    return 2 * shared / total if total else 0.0


def words_of(text: str, spans: Iterable[Span]) -> str:
    """The words of several spans in a row, fragments parted by " … "."""
    return " … ".join(span.of(text) for span in spans)
