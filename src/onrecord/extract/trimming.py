"""What of a mention's span is the name: titles, possessives and the words that a headline's capitals glue to it are not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.codebook.names import name_words
from onrecord.extract.consistency import read_alike
from onrecord.extract.names import fold, trimmed_name, trimmed_person, words_in
from onrecord.records import Article, Mention, MentionKind, Span, mention_id

_WORD = re.compile(r"\S+")
_SMALL_WORD = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])")
_INNER_POSSESSIVE = re.compile(r"['’]s?(?=\s)")
_OPENED = re.compile(r"\s['‘][A-Z][\w -]*$")
_OF = re.compile(r"\s(?:of|from|for|at|in)\s")
_BREAK = re.compile(r"\n\s*\n")

LONG_WORD = 4
"""Letters of a word that a headline in title case does not leave small."""
HEADLINE_CAPITALS = 0.8
"""Share of the long words that have a capital from which a first paragraph is set like a headline."""
LOUD = 0.5
"""Share above which a capital tells nothing of a name: a headline, a caption, a list."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What an article's persons are called in its body, and which words it has in small letters."""

    headline: Span | None
    names: Counter[tuple[str, ...]]
    lasts: frozenset[str]
    words: Counter[str]
    common: frozenset[str]


def trim(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, unlinked, with spans that hold the name alone; a changed span changes the id."""
    out = []
    mentions = read_alike(article, mentions)
    for number, mention in enumerate(mentions):
        following = mentions[number + 1].span.start if number + 1 < len(mentions) else len(article.text)
        span = mention.span
        if mention.kind == "person":
            span = trimmed_person(article.text, _one_name(article.text, span), following)
        elif mention.kind not in ("date", "number"):
            span = trimmed_name(article.text, span)
        out.append(changed(article, replace(mention, entity=None, method=None), span))
    seen = _seen(article, out)
    return [changed(article, m, _known(article, m.span, seen)) if m.kind == "person" else m for m in out]


def changed(
    article: Article, mention: Mention, span: Span, kind: MentionKind | None = None, score: float | None = None
) -> Mention:
    """A mention of another span, and of another kind and score where they are given: its id follows."""
    kind, score = kind or mention.kind, mention.score if score is None else score
    return replace(mention, id=mention_id(article.id, span, kind), span=span, kind=kind, score=score)


def with_wholes(mentions: Sequence[Mention], wholes: Sequence[tuple[int, int, Mention]]) -> list[Mention]:
    """`mentions` with one in the place of some: each whole comes with the numbers of the first and of the next after the last."""
    out: list[Mention] = []
    at = 0
    for first, end, whole in wholes:
        out += mentions[at:first]
        out.append(whole)
        at = end
    return [*out, *mentions[at:]]


def _one_name(text: str, span: Span) -> Span:
    """The name alone where more was taken: what follows a possessive ("Lane's son") or "of", what stands before a blank line."""
    start, stop = span.start, span.end
    for match in _BREAK.finditer(text, start, stop):
        start = match.end() if match.end() < stop else start
    for cut in _INNER_POSSESSIVE.finditer(text, start + 1, stop):
        if not _OPENED.search(text, start, cut.start()):  # "Oto 'Bo' Brandt" has no possessive
            stop = cut.start()
            break
    of = _OF.search(text, start, stop)
    # "Joan of Arc" keeps hers.
    if of is not None and len(text[start : of.start()].split()) > 1:
        stop = of.start()
    return Span(start, stop)


def _seen(article: Article, mentions: Sequence[Mention]) -> _Seen:
    headline = _headline(article)
    body = [m for m in mentions if m.kind == "person" and not (headline and headline.holds(m.span))]
    names = Counter(words_in(m.span.of(article.text)) for m in body)
    words = Counter[str]()
    for name, count in names.items():
        words.update(dict.fromkeys(name, count))
    return _Seen(
        headline=headline,
        names=names,
        lasts=frozenset(name[-1] for name in names if len(name) > 1),
        words=words,
        common=frozenset(_SMALL_WORD.findall(article.text)),
    )


def _headline(article: Article) -> Span | None:
    """The headline, or a first paragraph that is set like one: nearly every longer word with a capital."""
    if article.headline is not None or not article.paragraphs:
        return article.headline
    first = article.paragraphs[0]
    return first if capitals_in(first.of(article.text)) >= HEADLINE_CAPITALS else None


def capitals_in(text: str) -> float:
    """The share of a text's long words that have a capital. (Large letters throughout are told by `initials`.)"""
    words = [w for w in text.split() if len(w) >= LONG_WORD]
    return sum(w.lstrip("\"“‘'(")[:1].isupper() for w in words) / len(words) if words else 0.0


def _known(article: Article, span: Span, seen: _Seen) -> Span:
    """`span` without the words before and after a name that the article's body has by itself.

    In a headline every word has a capital, and so has the first of a sentence: "Ted Lane Refuses", "Endorsed Lane".
    """
    pieces = [(m.start(), m.end()) for m in _WORD.finditer(article.text, span.start, span.end)]
    words = [fold(article.text[a:b]) for a, b in pieces]
    if len(words) < 2 or not all(words):
        return span
    headline = seen.headline is not None and seen.headline.holds(span)
    table = name_words()
    own = 0 if headline else 1  # the mention itself is among those seen in the body

    def droppable(word: str) -> bool:
        if word in table.his_names or word in table.her_names:
            return False
        return seen.words[word] <= own and (headline or word in seen.common)

    def known(name: Sequence[str]) -> bool:
        return tuple(name) in seen.names or (len(name) == 1 and name[0] in seen.lasts)

    first, last = 0, len(words)
    for k in range(1, last):
        if known(words[k:last]) and all(droppable(w) for w in words[:k]):
            first = k
            break
    for k in range(last - 1, first, -1):
        if droppable(words[k]) and known(words[first:k]):
            last = k
            break
    return Span(pieces[first][0], pieces[last - 1][1])
