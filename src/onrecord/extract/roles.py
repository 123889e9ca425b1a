"""What an article calls its persons: the words of office that stand with a name."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.records import Article, Role, Span


def roles_of(article: Article, spans: Sequence[Span]) -> tuple[Role, ...]:
    """The roles that stand with the mentions of one person."""
    return ()


def country_in(role: str) -> str | None:
    """The country that a role's words name."""
    return None
