"""What became of documents that were to be added."""

from __future__ import annotations

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class ArticleTally:
    """Counts of articles, by what became of them; all of it is in the store for good.

    `added`: new; `updated`: stored before, now with newer particulars; `known`: stored before, nothing changed; `forgotten`:
    taken down once, and left out; `failed`: kept as failures. `statements`: of those added and updated. `empty` and `foreign`:
    how many of these were kept unread, since they have no text or are in a language other than English.
    """

    added: int = 0
    updated: int = 0
    known: int = 0
    forgotten: int = 0
    failed: int = 0
    statements: int = 0
    empty: int = 0
    foreign: int = 0

    def __add__(self, other: ArticleTally) -> ArticleTally:
        return ArticleTally(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def written(self) -> int:
        """Articles that changed the store."""
        return self.added + self.updated

    @property
    def seen(self) -> int:
        """Documents that were dealt with, one way or another."""
        return self.written + self.known + self.forgotten + self.failed
