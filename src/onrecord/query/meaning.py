"""Statements that mean something near a text, by their vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.query.rows import Readable
from onrecord.store.connecting import translated

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from onrecord.analysis.sentences import EmbedTexts

    Numbers = NDArray[np.int64]

FAR = 0.30
"""Cosine below which a search takes nothing to be near. On the statements of examples/ the nearest to a question that they have
nothing on ("interest rates and inflation", "football match result") has at most .24, to one that they answer .42 and more."""
ABOUT = 0.40
"""The same for whether a statement is about a topic, where nothing ranks what is found: of those between, many are not."""
WORDED = 0.33
"""The same of those that have one of the words, in whatever form. Of the 48 questions of benchmarks/paraphrases.tsv, asked of all
285 statements of the demo corpus, 28 are answered by ABOUT alone and 34 with this, for 1.5 more wrong statements each."""


def near(
    store: Readable, embedder: EmbedTexts, text: str, *, count: int, among: Sequence[int] | Numbers | None, least: float
) -> list[tuple[int, float]]:
    """Up to `count` statements (by row) that mean something near `text`, nearest first, with their cosine.

    `among`: only these, by row. Statements that have no vector are not found.
    """
    if count < 1 or (among is not None and not len(among)):
        return []
    return close(store, embedder.embed([text])[0], count=count, among=among, least=least)


def close(
    store: Readable,
    vector: NDArray[np.int8],
    *,
    count: int,
    among: Sequence[int] | Numbers | None,
    least: float | None = None,
) -> list[tuple[int, float]]:
    """The same of a vector (384,). Without `least` the cosine is told however far a statement is."""
    from onrecord.store.vectors import nearest

    with translated(store.path):
        return nearest(store.connection, vector, count=count, among=among, least=-1.0 if least is None else least)
