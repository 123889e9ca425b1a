"""What holds a place of a text, found without a look at all that an article has: a megabyte has thousands of everything."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from onrecord.records import Span, Statement


class Contents:
    """The contents of statements, by number. What is asked takes time by how many of them lie around a place, not by all."""

    def __init__(self, contents: Iterable[Sequence[Span]]) -> None:
        parts = sorted((part, n) for n, content in enumerate(contents) for part in content)
        self._parts = parts
        self._starts = [part.start for part, _ in parts]
        self._reach = list(accumulate((part.end for part, _ in parts), max))
        self._size: dict[int, int] = {}
        for part, n in parts:
            self._size[n] = self._size.get(n, 0) + len(part)

    @staticmethod
    def of(statements: Iterable[Statement]) -> Contents:
        return Contents(s.content for s in statements)

    def holding(self, place: Span) -> list[int]:
        """Those that hold a place, in the order of their numbers."""
        out = set()
        for k in range(bisect_right(self._starts, place.start) - 1, -1, -1):
            if self._reach[k] < place.end:
                break  # nothing before reaches so far
            if self._parts[k][0].end >= place.end:
                out.add(self._parts[k][1])
        return sorted(out)

    def innermost(self, place: Span, *, but: int | None = None) -> int | None:
        """The shortest of those that hold a place, and of such the first."""
        return min((n for n in self.holding(place) if n != but), key=lambda n: (self._size[n], n), default=None)


def span_at(spans: Sequence[Span], at: int) -> Span | None:
    """The one of `spans` (in text order, apart) in which a character stands."""
    k = bisect_right(spans, at, key=lambda s: s.start) - 1
    return spans[k] if k >= 0 and at < spans[k].end else None


def holder_of(spans: Sequence[Span], place: Span) -> Span | None:
    """The one of `spans` (in text order, apart) that holds all of a place."""
    found = span_at(spans, place.start)
    return found if found is not None and found.holds(place) else None
