"""Why two accounts are a clash: what both are about, and the words that collide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from onrecord.clashes.accounts import Account, Tally
from onrecord.clashes.readings import reading_of
from onrecord.clashes.weights import rarity_at_large
from onrecord.clashes.words import meaningful, spread
from onrecord.codebook.clashes import clash_words
from onrecord.records import Span

MOST_WORDS = 4
"""Words that a clash is said to be about, and of each side that collide."""

Words = tuple[tuple[Span, ...], tuple[Span, ...]]


def about_words(a: Account, b: Account) -> str:
    """The rarest words that both share, as the earlier prints them; whom both aim at, or one the other, where they share none."""
    shared = reading_of(a).stems & reading_of(b).stems
    rarest = sorted(shared, key=lambda w: (-rarity_at_large(w), w))[:MOST_WORDS]
    words: dict[str, str] = {}
    for word, *_ in _words(a):
        if (root := _stem(word)) in rarest:
            words.setdefault(root, word)
    if words:
        return ", ".join(words.values())
    if a.target & (b.target | b.names) and a.target_name:
        return a.target_name
    if b.target & a.names and b.target_name:
        return b.target_name
    if a.target & b.speakers and b.speaker:
        return b.speaker
    return a.speaker if b.target & a.speakers and a.speaker else ""


def about_counts(a: Tally, b: Tally) -> str:
    """What is counted."""
    what = a.what if a.what != "other" else (a.thing or b.thing or ", ".join(sorted(a.about & b.about)[:MOST_WORDS]))
    places = ", ".join(sorted(a.places & b.places))
    return f"{what}, {places}" if places else what


def colliding(a: Account, b: Account) -> Words:
    """Opposed words and words that turn round what is said; where there are none, the words that both share."""
    x, y = reading_of(a), reading_of(b)
    table = clash_words()
    turned: set[str] = set()
    for word, opposites in x.turning:
        if word in x.stems and word not in y.stems and (met := opposites & y.stems):
            turned |= {word, *met}
    shared = sorted(x.stems & y.stems, key=lambda w: (-rarity_at_large(w), w))[:2]
    first = tuple(_spans(a, {*turned, *shared}, table.negation))
    return first, tuple(_spans(b, {*turned, *shared}, table.negation))


def _spans(account: Account, stems: Iterable[str], negation: frozenset[str]) -> Iterator[Span]:
    wanted, count = set(stems), 0
    for word, small, start, end in _words(account):
        if count == MOST_WORDS:
            return
        if _stem(word) in wanted or small in negation or small.endswith("n't"):
            count += 1
            yield Span(start, end)


def _words(account: Account) -> Iterator[tuple[str, str, int, int]]:
    """The words of the content, as printed and as `spread` has them, and where each stands."""
    for text, span in zip(account.content, account.spans, strict=True):
        for small, start, end in spread(text):
            yield text[start:end], small, span.start + start, span.start + end


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str | None:
    return next(iter(meaningful(word)), None)
