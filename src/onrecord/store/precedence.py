"""Which of several tellings of one thing counts: decided by what they say, never by which came first."""

from __future__ import annotations

from typing import Any

from onrecord.records import Article
from onrecord.store.rows import metadata_row

LAST = 1 << 62
"""Number of a notice that gives none: what a publisher takes back stays back until a numbered version comes after it."""

_BASES = {"given": 0, "metadata": 1, "text": 2}


def issue(revision: int | None, status: str, updated: str | None) -> tuple[int, str, bool]:
    """Order in which a publisher put out versions of an item, as far as it says so; the newest is the greatest.

    Of one version that was withheld and was not, the latter: an embargo is over, and none begins when all have read it.
    """
    number = revision if revision is not None else LAST if status != "usable" else 0
    return number, updated or "", status != "withheld"


def replaces(article: Article, stored: Article) -> bool:
    """Whether particulars of an article take the place of those stored for the same article (same outlet, address and text).

    The publisher's newest word counts (a notice that takes it back, a revision). Otherwise the better and earlier told: a date
    given before one in metadata, before one in the text; then the earliest day, moment of retrieval, and so on down to the
    alphabet, so that the same tellings give the same store in any order.
    """
    if metadata_row(article) == metadata_row(stored):
        return False
    new, old = (issue(a.revision, a.status, a.updated) for a in (article, stored))
    return new > old if new != old else _rank(article) < _rank(stored)


def _rank(a: Article) -> tuple[Any, ...]:
    published = a.published
    basis = _BASES[published.basis] if published else len(_BASES)
    dated = (published.date, published.time) if published else (None, None)
    values = (*dated, a.retrieved, *metadata_row(a))
    # What is told goes before what is not; None itself cannot be compared.
    return (basis, *((value is None, value if value is not None else "") for value in values))
