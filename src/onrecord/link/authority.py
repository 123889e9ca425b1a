"""Authority files: names that somebody has pinned to identifiers."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.link.values import AuthorityRow


def read_authority(lines: Iterable[str], origin: str) -> tuple[AuthorityRow, ...]:
    """Rows of a CSV with the columns name, aliases (parted by "|"), kind, wikidata, role, from, to.

    Raises MalformedError, with the line, where a column or value is missing or not of its form.
    """
    raise NotImplementedError
