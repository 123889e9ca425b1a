"""Who says what by which word: the value that the modules which find statements hand on, before it is a record's."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.records import Span

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content of a statement in the making; the source is empty where the words name nobody."""

    source: Spans
    cue: Spans
    content: Spans

    @property
    def spans(self) -> Spans:
        """All of them, of source, cue and content in turn."""
        return (*self.source, *self.cue, *self.content)
