"""Why two accounts are a clash: what both are about, and the words that collide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from onrecord.clashes.accounts import Account, FigureTally
from onrecord.clashes.readings import reading_of
from onrecord.clashes.turning import TIMES
from onrecord.clashes.weights import rarity_at_large
from onrecord.clashes.words import meaningful, spread, stem
from onrecord.codebook.clashes import clash_words
from onrecord.codebook.names import name_words
from onrecord.codebook.small import small_words
from onrecord.extract.names import fold, without_possessive
from onrecord.records import Span

MOST_WORDS = 4
"""Words that a clash is said to be about, and of each side that collide."""
_ORDINALS = "first second third fourth fifth".split()
_SCALES = "hundred thousand million billion trillion".split()

Words = tuple[tuple[Span, ...], tuple[Span, ...]]


def about_words(a: Account, b: Account) -> str:
    """The rarest words that both share, as the earlier prints them; whom both aim at, or one the other, where they share none."""
    shared = [w for w in reading_of(a).stems & reading_of(b).stems if not _tells_nothing(w)]
    rarest = sorted(shared, key=lambda w: (-rarity_at_large(w), w))[:MOST_WORDS]
    if words := list(_as_printed(a, frozenset(rarest))):
        return ", ".join(words)
    if a.speakers & b.speakers and (words := list(_as_printed(a, _of_matter(a, b)))):
        return ", ".join(words)
    if a.target & (b.target | b.names) and a.target_name:
        return a.target_name
    if b.target & a.names and b.target_name:
        return b.target_name
    if a.target & b.speakers and b.speaker:
        return b.speaker
    return a.speaker if b.target & a.speakers and a.speaker else ""


def _of_matter(a: Account, b: Account) -> frozenset[str]:
    """The rarest words of what somebody said that the article has for its matter in which he takes it back ("I never named a
    day", of a report).
    """
    told = [w for w in reading_of(a).stems & b.matter if not _tells_nothing(w)]
    return frozenset(sorted(told, key=lambda w: (-rarity_at_large(w), w))[:MOST_WORDS])


def _tells_nothing(root: str) -> bool:
    """Whether a word names no matter by itself: a number, a month, a title before a name, a small word."""
    return root[0].isdigit() or root in _idle()


@lru_cache(maxsize=1)
def _idle() -> frozenset[str]:
    # Of small words those alone that are their own stem: "reported" is none where a report is the matter.
    small = {word for word in small_words("hearer", "counted", "object", "group") if stem(word) in (word, word[:-1])}
    words = {*TIMES, *_ORDINALS, *_SCALES, *name_words().titles, *small}
    return frozenset(root for word in words if len(roots := meaningful(word)) == 1 for root in roots)


def _as_printed(account: Account, roots: frozenset[str]) -> Iterator[str]:
    """The words with these stems, each once; those of one name as one: "Phiri-Banda"."""
    told: dict[str, None] = {}
    for text in account.content:
        name, end = "", -1
        for _, start, stop in (*spread(text), ("", len(text) + 2, len(text) + 2)):
            word = text[start:stop]
            joins = bool(name) and name[0].isupper() and word[:1].isupper() and text[end:start] in (" ", "-")
            known = _stem(word) in roots if word else False
            if known and joins:
                name += text[end:start] + word
            elif name:
                told.setdefault(without_possessive(name))
            if known and not joins:
                name = word
            elif not known:
                name = ""
            end = stop
    seen = set[str]()
    for name in told:
        stems = meaningful(name)
        if not stems <= seen:
            seen |= stems
            yield name


def about_counts(a: FigureTally, b: FigureTally) -> str:
    """What is counted, as the earlier prints it, else words of both sentences; and the places that both are of."""
    what = a.what if a.what != "other" else a.counted or b.counted
    places = [name for name in a.place_names if fold(name) in a.places & b.places]
    if not what and a.sentence != b.sentence:
        common = sorted(a.about & b.about, key=lambda w: (-rarity_at_large(w), w))
        found = {root: word for _, s, e in spread(a.sentence) if (root := _stem(word := a.sentence[s:e]))}
        named = frozenset(fold(word) for name in places for word in name.split())
        told = [found[w] for w in common if w in found and not _tells_nothing(w) and fold(found[w]) not in named]
        what = ", ".join(told[:MOST_WORDS])
    return ", ".join(part for part in (what, *places) if part)


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
    """The stem of one word of `spread`; None where it carries no meaning."""
    return next(iter(meaningful(word)), None)
