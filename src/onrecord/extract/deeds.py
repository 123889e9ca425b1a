"""What the second model is shown of an article's statements."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.analysis import Analysis
from onrecord.analysis.deeds import Parts
from onrecord.records import Span, Statement


def parts_of(analysis: Analysis, statements: Sequence[Statement]) -> tuple[Parts, ...]:
    """The words of each statement's source, cue and content."""
    starts, ends = analysis.words.start.tolist(), analysis.words.end.tolist()

    def runs(spans: Sequence[Span]) -> tuple[tuple[int, int], ...]:
        found = ((bisect_right(ends, s.start), bisect_left(starts, s.end)) for s in spans)
        return tuple((lo, hi) for lo, hi in found if lo < hi)

    return tuple(Parts(runs(s.source), runs(s.cue), runs(s.content)) for s in statements)
