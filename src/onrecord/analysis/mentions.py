"""From mention scores to mentions: runs of words of one kind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.analysis.values import KINDS, Analysis, Floats, Spotted
from onrecord.records import Article, Mention, mention_id


def spot(
    chances: Floats, vectors: Floats, solid: Sequence[bool], segments: Sequence[int], words: Sequence[int]
) -> list[Spotted]:
    """The mentions of a window.

    `chances`: (n, 1 + 2 * kinds) of no mention, and of each kind's first word and later words; `vectors`: (n, V); `solid`,
    `segments`, `words`: of each word of the window whether it holds a letter or digit, its segment, its place in the
    article. A mention goes on while its kind stays the likeliest and no new one begins; marks at its edges are no part.
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
            out.append(Spotted((words[lo], words[hi - 1] + 1), KINDS[kind], score, vectors[lo:hi].mean(0)))
    return out


def mentions_of(article: Article, analysis: Analysis) -> tuple[Mention, ...]:
    """The mentions of an article, in characters and not yet linked."""
    out = []
    for found in analysis.spotted:
        span = analysis.words.span(*found.words)
        out.append(
            Mention(mention_id(article.id, span, found.kind), span, found.kind, None, None, round(found.score, 4))
        )
    return tuple(out)
