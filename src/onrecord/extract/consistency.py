"""One name, one reading: where a name of several words is found once, its other places in the article are read alike."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

from onrecord.extract.holding import holder_of
from onrecord.extract.linking import NAMED
from onrecord.records import Article, Mention, MentionKind, Span, mention_id

_WORD = re.compile(r"\w+")
MOST_NAMES = 50
"""Of names that begin with one word, so many are looked for, the commonest first: it bounds the time."""


def read_alike(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` (in text order, apart), with every other place of their longer names added.

    A place takes over what was found of it ("Lane" and "Bank" for "Lane Bank"), and is left as it is where something found
    there goes beyond it. The kind is the one that the name has most often.
    """
    text = article.text
    kinds: dict[str, Counter[MentionKind]] = defaultdict(Counter)
    scores: dict[str, float] = {}
    for m in mentions:
        name = m.span.of(text)
        if m.kind in NAMED and len(_WORD.findall(name)) > 1:
            kinds[name][m.kind] += 1
            scores[name] = max(scores.get(name, 0.0), m.score)
    if not kinds:
        return list(mentions)
    by_first: dict[str, list[str]] = defaultdict(list)
    for name in sorted(kinds, key=lambda n: (-len(n), n)):
        by_first[first.group() if (first := _WORD.match(name)) else ""].append(name)
    found: list[Span] = []
    for match in _WORD.finditer(text):
        names = by_first.get(match.group())
        if names and (not found or match.start() >= found[-1].end):
            end = next((match.start() + len(n) for n in names[:MOST_NAMES] if _stands(text, n, match.start())), None)
            if end is not None:
                found.append(Span(match.start(), end))
    return _merged(article, mentions, found, kinds, scores)


def _stands(text: str, name: str, at: int) -> bool:
    end = at + len(name)
    return text.startswith(name, at) and (end == len(text) or not (text[end].isalnum() and text[end - 1].isalnum()))


def _merged(
    article: Article,
    mentions: Sequence[Mention],
    found: Sequence[Span],
    kinds: dict[str, Counter[MentionKind]],
    scores: dict[str, float],
) -> list[Mention]:
    out = list(mentions)
    ends = [m.span.end for m in mentions]
    drop: set[int] = set()
    added: list[Mention] = []
    for span in found:
        lo = bisect_left(ends, span.start + 1)
        touched = []
        while lo < len(mentions) and mentions[lo].span.start < span.end:
            touched.append(lo)
            lo += 1
        if any(not span.holds(mentions[k].span) or mentions[k].span == span for k in touched):
            continue
        if holder_of(article.furniture, span) is not None:
            continue
        name = span.of(article.text)
        kind = kinds[name].most_common(1)[0][0]
        drop.update(touched)
        added.append(Mention(mention_id(article.id, span, kind), span, kind, None, None, scores[name]))
    return sorted([m for k, m in enumerate(out) if k not in drop] + added, key=lambda m: m.span)
