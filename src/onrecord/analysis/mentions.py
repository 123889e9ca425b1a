"""From mention scores to mentions: runs of words of one kind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.analysis.values import KINDS, Analysis, Floats, Spotted
from onrecord.analysis.words import Words
from onrecord.records import Article, Mention, Span, mention_id

INITIAL = 2
"""Letters of an initial or of what is shortened like one ("St", "Jr")."""


def spot(chances: Floats, solid: Sequence[bool], segments: Sequence[int], words: Sequence[int]) -> list[Spotted]:
    """The mentions of a window.

    `chances`: (n, 1 + 2 * kinds) of no mention, and of each kind's first word and later words; `solid`, `segments`, `words`:
    of each word of the window whether it holds a letter or digit, its segment, its place in the article. A mention goes on
    while its kind stays the likeliest and no new one begins; marks at its edges are no part.
    """
    of_kind = chances[:, 1::2] + chances[:, 2::2]
    best = of_kind.argmax(1)
    named = chances[:, 0] < of_kind.max(1)
    runs: list[list[int]] = []
    for k in np.flatnonzero(named).tolist():
        kind = best[k]
        begins = chances[k, 1 + 2 * kind] > chances[k, 2 + 2 * kind]
        if runs and runs[-1][-1] == k - 1 and best[k - 1] == kind and segments[k - 1] == segments[k] and not begins:
            runs[-1].append(k)
        else:
            runs.append([k])
    out = []
    for run in runs:
        inner = [k for k in run if solid[k]]
        if inner:
            lo, hi, kind = inner[0], inner[-1] + 1, int(best[run[0]])
            score = float(of_kind[lo:hi, kind].min())
            out.append(Spotted((words[lo], words[hi - 1] + 1), KINDS[kind], score))
    return out


def mentions_of(article: Article, analysis: Analysis) -> tuple[Mention, ...]:
    """The mentions of an article, in characters and not yet linked."""
    out = []
    dateline = article.dateline.span if article.dateline else None
    for found in _joined(article.text, analysis):
        span = _with_stop(article.text, analysis.words.span(*found.words))
        # A dateline names a place, whatever its capitals make it look like.
        named = found.kind not in ("date", "number", "country")
        kind = "place" if named and dateline is not None and dateline.holds(span) else found.kind
        out.append(Mention(mention_id(article.id, span, kind), span, kind, None, None, round(found.score, 4)))
    return tuple(out)


def _with_stop(text: str, span: Span) -> Span:
    """With the last full stop of what is shortened with several ("U.S."): marks at the edges were left out."""
    ends = text[span.end : span.end + 1] == "." and text[span.end - 2 : span.end - 1] == "." and len(span) > 2
    return Span(span.start, span.end + 1) if ends else span


def _joined(text: str, analysis: Analysis) -> list[Spotted]:
    """The mentions, two of one kind being one where nothing but the full stop of an initial parts them ("A" and "Lane")."""
    out: list[Spotted] = []
    for found in analysis.spotted:
        last = out[-1] if out else None
        if last and last.kind == found.kind and _is_initial(text, analysis.words, last, found):
            out[-1] = Spotted((last.words[0], found.words[1]), last.kind, min(last.score, found.score))
        else:
            out.append(found)
    return out


def _is_initial(text: str, words: Words, left: Spotted, right: Spotted) -> bool:
    end, start = int(words.end[left.words[1] - 1]), int(words.start[right.words[0]])
    length = end - int(words.start[left.words[1] - 1])
    return length <= INITIAL and text[end:start] in (".", ". ")
