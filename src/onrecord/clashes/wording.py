"""Quotations compared: the same words of the same speaker, printed otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.clashes.accounts import Account
from onrecord.clashes.words import stem
from onrecord.link import Change, alike, utterances_of
from onrecord.records import Span

_PLAIN = frozenset("a an the that which who and but or said says mr mrs ms dr sen rep gov".split())
_BRITISH = tuple(
    tuple(pair.split(":")) for pair in "our:or ise:ize isa:iza yse:yze tre:ter ence:ense ogue:og ll:l".split()
)
_SAME = frozenset(
    frozenset(pair.split())
    for pair in (
        "cannot cant", "isnt is", "per percent", "okay ok", "gonna going", "towards toward", "grey gray", "nobody none",
        "till until", "program programme", "1 one", "2 two", "3 three", "4 four", "5 five", "6 six",
        "7 seven", "8 eight", "9 nine",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Altered:
    """Two printings of one quotation that differ, the earlier first, and the words that do."""

    a: Account
    b: Account
    changes: tuple[Change, ...]

    def why(self) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """The words that differ, in either article."""
        before = tuple(c.before_span for c in self.changes if c.before_span)
        return before, tuple(c.after_span for c in self.changes if c.after_span)


def altered(a: Account, b: Account) -> Altered | None:
    """Whether `b` prints the quotation of `a` with other words. What it leaves out, and another spelling, is no change.

    What is not quoted word by word is never altered. Speakers that are known must be the same.
    """
    x, y = a.saying, b.saying
    if x is None or y is None or a.article == b.article or "indirect" in (a.form, b.form):
        return None
    if a.speakers and b.speakers and not a.speakers & b.speakers and a.origin != b.origin:
        return None
    if alike(x, y) is None:
        return None
    changes = changes_of(a, b)
    return Altered(a, b, changes) if changes else None


def changes_of(a: Account, b: Account) -> tuple[Change, ...]:
    """The words of two printings that differ in more than their spelling."""
    assert a.saying is not None and b.saying is not None
    found = utterances_of([a.saying, b.saying], [(a.statement, b.statement)])
    told = {p.statement: p for u in found for p in u.appearances}
    if a.statement not in told or b.statement not in told:
        return ()
    changes = told[b.statement].changes
    if found[0].origin != a.statement:
        changes = tuple(Change(c.after, c.before, c.after_span, c.before_span) for c in told[a.statement].changes)
    return tuple(c for c in changes if _matters(c))


def _matters(change: Change) -> bool:
    before, after = change.before.split(), change.after.split()
    if not set(before) ^ set(after) or frozenset((change.before, change.after)) in _SAME:
        return False
    if set(before) | set(after) <= _PLAIN:
        return False
    if "".join(before) == "".join(after):
        return False
    return [_spelling(w) for w in before] != [_spelling(w) for w in after]


def _spelling(word: str) -> str:
    for british, american in _BRITISH:
        word = word.replace(british, american)
    return stem(word) if len(word) > 5 else word
