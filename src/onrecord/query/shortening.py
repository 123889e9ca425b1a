"""Ids short enough for a table, and still those of one entry alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from onrecord.query.rows import Readable, tuples

LEAST = 6
"""Digits of a short id at least: they stay unique for a while as a store grows."""

Table = Literal["articles", "statements", "entities", "identities", "events", "figures", "clashes"]


def short_ids(store: Readable, table: Table, ids: Iterable[str]) -> dict[str, str]:
    """For each id a beginning of it that no other id of the table has."""
    before = f"SELECT id FROM {table} WHERE id < ? ORDER BY id DESC LIMIT 1"
    after = f"SELECT id FROM {table} WHERE id > ? ORDER BY id LIMIT 1"
    return {id_: _short(id_, [n for sql in (before, after) for (n,) in tuples(store, sql, id_)]) for id_ in ids}


def _short(id_: str, neighbours: list[str]) -> str:
    shared = max((_shared(id_, other) for other in neighbours), default=0)
    return id_[: max(id_.find("-") + 1 + LEAST, shared + 1)]


def _shared(a: str, b: str) -> int:
    """Length of the beginning that both have."""
    for k, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return k
    return min(len(a), len(b))
