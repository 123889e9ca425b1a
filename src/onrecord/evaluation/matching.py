"""When is a predicted statement the gold one? Characters compared, and statements paired one to one.

Only letters and digits count, so that a quotation mark or a comma more or less at an edge makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.records import Span

RELAXED_F1 = 0.5  # contents that share this much are the same statement, by the relaxed rule
PAIRING_F1 = 0.2  # contents that share less are no candidates for a pair, unless their cues overlap
CUE_BONUS = 0.5  # an overlapping cue outweighs a content that fits a little better
_COMPLEMENTIZER = "that "


@dataclass(frozen=True, slots=True)
class Roles:
    """Where an attribution's source, cue and content stand, as they were marked (no order promised)."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class RoleLetters:
    """Letters and digits of each role, as bit sets over the text."""

    source: int
    cue: int
    content: int


class Letters:
    """The letters and digits of one text. Sets of them are integers with one bit a character: quick to intersect."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Base 2 keeps int() linear, and free of the digit limit of other bases.
        self._all = int("0" + "".join("1" if c.isalnum() else "0" for c in reversed(text)), 2)

    def of(self, spans: Iterable[Span]) -> int:
        """Letters and digits that the spans cover."""
        covered = 0
        for span in spans:
            covered |= ((1 << len(span)) - 1) << span.start
        return covered & self._all

    def of_roles(self, roles: Roles) -> RoleLetters:
        """Letters and digits of each role."""
        return RoleLetters(self.of(roles.source), self.of(roles.cue), self.of(roles.content))

    def trim(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Spans in text order, from their first to their last letter or digit and without a leading "that"."""
        text, trimmed = self.text, []
        for span in spans:
            end = min(span.end, len(text))
            start = self._skip(span.start, end)
            while end > start and not text[end - 1].isalnum():
                end -= 1
            if text[start : start + len(_COMPLEMENTIZER)].lower() == _COMPLEMENTIZER:
                start = self._skip(start + len(_COMPLEMENTIZER), end)
            if start < end:
                trimmed.append(Span(start, end))
        return tuple(sorted(trimmed))

    def _skip(self, start: int, end: int) -> int:
        """First letter or digit from `start` on."""
        while start < end and not self.text[start].isalnum():
            start += 1
        return start


def character_f1(a: int, b: int) -> float:
    """Harmonic mean of precision and recall of two sets of characters; 1 where both are empty."""
    total = a.bit_count() + b.bit_count()
    return 2 * (a & b).bit_count() / total if total else 1.0


def pair_up(predicted: Sequence[RoleLetters], gold: Sequence[RoleLetters]) -> dict[int, int]:
    """Gold number → predicted number, each at most once, best pairs first.

    A pair needs overlapping cues, or contents whose character F1 is at least .2. Ties go to the earlier gold statement,
    and then to the later predicted one.
    """
    candidates = []
    for p, mine in enumerate(predicted):
        for g, theirs in enumerate(gold):
            same_cue = bool(mine.cue & theirs.cue)
            alike = character_f1(mine.content, theirs.content)
            if same_cue or (mine.content & theirs.content and alike >= PAIRING_F1):
                candidates.append((-(alike + (CUE_BONUS if same_cue else 0)), g, -p))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, minus_p in sorted(candidates):
        if g not in pairs and -minus_p not in taken:
            pairs[g] = -minus_p
            taken.add(-minus_p)
    return pairs


def right_by_relaxed_rule(predicted: RoleLetters, gold: RoleLetters) -> bool:
    """Contents share half of their characters; sources overlap, or both are absent."""
    sources_agree = bool(predicted.source & gold.source) or not (predicted.source or gold.source)
    return sources_agree and character_f1(predicted.content, gold.content) >= RELAXED_F1


def right_by_exact_rule(letters: Letters, predicted: Roles, gold: Roles) -> bool:
    """Source and content cover the same characters, edges trimmed."""
    return letters.trim(predicted.source) == letters.trim(gold.source) and letters.trim(
        predicted.content
    ) == letters.trim(gold.content)
