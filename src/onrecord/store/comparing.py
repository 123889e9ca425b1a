"""Two stores held against each other: by ids, leaving out what may differ (row numbers, runs, moments of adding).

What follows from the articles is a function of their set, so a store is proved by making another of its own records.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord.records import OnrecordError, Record
from onrecord.store import rows
from onrecord.store.correcting import read_reading
from onrecord.store.deciding import copy_decisions
from onrecord.store.keying import fingerprints
from onrecord.store.reading import article_number
from onrecord.store.store import Store
from onrecord.store.tallying import is_tallied
from onrecord.store.values import Vectors

BATCH = 200
"""Articles that are added at once where a store is made again."""
ENOUGH = 20
"""Differences of one kind that are told: more say no more."""

_ARTICLE = "(SELECT id FROM articles WHERE n = {})"
_STATEMENT = "(SELECT id FROM statements WHERE n = {})"
_WORDING = "(SELECT hash FROM wordings WHERE n = {})"
_ITS_OWN = frozenset(("n", "run", "superseded_by"))
_REFERS = {
    **dict.fromkeys(("article",), "articles"),
    **dict.fromkeys(("entity", "target_entity", "addressee_entity", "actor_entity", "recipient_entity"), "entities"),
    **dict.fromkeys(("statement", "inside", "asserted_by", "claimed_by"), "statements"),
}


ACROSS = "clashes of two articles"
"""Where more accounts are near one than are compared with it, which ones these are hangs on what was there: so two stores of
the same articles may differ in some of them."""
_CLASHES = f"""SELECT x.id, x.kind, {_STATEMENT.format("x.a")}, {_STATEMENT.format("x.b")}, x.about, x.why_a, x.why_b, x.score,
    x.day, x.review FROM clashes x"""


def _told(columns: Sequence[str]) -> str:
    """Columns of a row `x`: ids in place of the numbers of rows, and nothing of what is a store's own."""
    told = [c for c in columns if c not in _ITS_OWN]
    return ", ".join(f'(SELECT id FROM {_REFERS[c]} WHERE n = x."{c}")' if c in _REFERS else f'x."{c}"' for c in told)


CONTENTS = {
    "articles": f"""SELECT {_told([c for c in rows.ARTICLES if c not in ("origin", "added")])}, x.item,
        {_ARTICLE.format("x.version_of")} FROM articles x ORDER BY 1""",
    "entities": f"SELECT {_told(rows.ENTITIES)} FROM entities x ORDER BY 1",
    "mentions": f"SELECT {_told(rows.MENTIONS)} FROM mentions x ORDER BY 1, 2",
    "statements": f"SELECT {_told(rows.STATEMENTS)} FROM statements x WHERE x.superseded_by IS NULL ORDER BY 1",
    "statement_speakers": f"SELECT {_told(rows.SPEAKERS)} FROM statement_speakers x ORDER BY 1, 2",
    "events": f"SELECT {_told(rows.EVENTS)} FROM events x WHERE x.superseded_by IS NULL ORDER BY 1",
    "figures": f"SELECT {_told(rows.FIGURES)} FROM figures x WHERE x.superseded_by IS NULL ORDER BY 1",
    "predictions": f"SELECT {_told(rows.PREDICTIONS)} FROM predictions x ORDER BY 1",
    "identities": """SELECT id, name, kind, country, code, aliases, roles, external FROM identities ORDER BY 1""",
    "identity_names": """SELECT i.id, x.folded FROM identity_names x JOIN identities i ON i.n = x.identity ORDER BY 1, 2""",
    "links": """SELECT e.id, i.id, x.method, x.score FROM links x JOIN entities e ON e.n = x.entity
        JOIN identities i ON i.n = x.identity ORDER BY 1""",
    "article_shingles": f"SELECT {_ARTICLE.format('article')}, hashes FROM article_shingles ORDER BY 1",
    "article_pairs": f"""SELECT min(one, other), max(one, other), similarity FROM (
        SELECT {_ARTICLE.format("a")} AS one, {_ARTICLE.format("b")} AS other, similarity FROM article_pairs)
        GROUP BY 1, 2 ORDER BY 1, 2""",
    "copies": f"SELECT {_ARTICLE.format('x.article')}, {_ARTICLE.format('x.origin')}, similarity FROM copies x ORDER BY 1",
    "statement_wordings": f"""SELECT {_STATEMENT.format("x.statement")}, w.hash
        FROM statement_wordings x JOIN wordings w ON w.n = x.wording ORDER BY 1""",
    "wording_pairs": f"""SELECT min(one, other), max(one, other), similarity FROM (
        SELECT {_WORDING.format("a")} AS one, {_WORDING.format("b")} AS other, similarity FROM wording_pairs)
        GROUP BY one, other ORDER BY 1, 2""",
    "statement_pairs": f"""SELECT min(one, other), max(one, other), similarity FROM (
        SELECT {_STATEMENT.format("a")} AS one, {_STATEMENT.format("b")} AS other, similarity FROM statement_pairs)
        GROUP BY one, other ORDER BY 1, 2""",
    "appearances": f"""SELECT {_STATEMENT.format("statement")}, {_STATEMENT.format("origin")}, similarity, altered
        FROM appearances ORDER BY 1""",
    "clashes": f"{_CLASHES} WHERE x.article_a = x.article_b ORDER BY 1",
    ACROSS: f"{_CLASHES} WHERE x.article_a != x.article_b ORDER BY 1",
    "account_days": f"SELECT {_STATEMENT.format('statement')}, day, draw FROM account_days ORDER BY 1",
    "account_keys": f"""SELECT {_STATEMENT.format("x.statement")}, i.id, day, draw FROM account_keys x
        JOIN identities i ON i.n = x.identity ORDER BY 1, 2""",
    "figure_keys": """SELECT f.id, x.what, x.day, x.draw FROM figure_keys x JOIN figures f ON f.n = x.figure ORDER BY 1""",
    "tallies": """SELECT "by" || ' ' || withdrawn, coalesce(identity, key), key, statements, utterances, articles, sources
        FROM tallies ORDER BY 1, 2""",
}
"""Every row that the newest readings and what follows from them make, by table; each by its first column or two. Keys that lie in
blobs are told by their fingerprints (onrecord.store.keying)."""


def differences(one: sqlite3.Connection, other: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Tables in which two stores differ, and how; nothing, where they are the same store."""
    uncounted = not (is_tallied(one) and is_tallied(other))
    for table, query in CONTENTS.items():
        if table == "tallies" and uncounted:
            continue
        found = _apart(one.execute(query), other.execute(query))
        yield from ((table, reason) for reason in islice(found, ENOUGH))
    for thing, id_ in (("article", "id"), ("wording", "hash")):
        told = (fingerprints(store, thing, id_) for store in (one, other))
        yield from ((f"{thing}_keys", reason) for reason in islice(_apart(*told), ENOUGH))


def _apart(ones: Iterator[tuple[Any, ...]], others: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    """Rows, in the same order, that only one side has."""
    left, right = next(ones, None), next(others, None)
    while left is not None or right is not None:
        if left == right:
            left, right = next(ones, None), next(others, None)
        elif right is None or (left is not None and _order(left) <= _order(right)):
            yield f"has {_short(left)}, which does not follow from its articles"
            left = next(ones, None)
        else:
            yield f"lacks {_short(right)}, which follows from its articles"
            right = next(others, None)


def _order(row: tuple[Any, ...]) -> tuple[tuple[int, Any], ...]:
    """As SQLite sorts the first two columns: nothing before numbers before texts."""
    return tuple((0, 0) if v is None else (2, v) if isinstance(v, str) else (1, v) for v in row[:2])


def _short(row: tuple[Any, ...] | None) -> str:
    return ", ".join(str(v)[:60] for v in row or ())


@contextmanager
def scratch(path: Path) -> Iterator[Path]:
    """A folder for a while, beside the store at `path`, where as much room was found before; else where temporary files go."""
    try:
        folder = tempfile.TemporaryDirectory(prefix=".onrecord-verify-", dir=Path(os.path.realpath(path)).parent)
    except OSError:
        folder = tempfile.TemporaryDirectory(prefix="onrecord-verify-")
    with folder as name:
        yield Path(name)


def check_derived(store: Store) -> Iterator[tuple[str, str]]:
    """Make a store of the records of `store`, for a while, and tell where the two differ."""
    from onrecord.store.writer import Writer

    with scratch(store.path) as folder, Store.open(folder / "again.db", write=True) as again:
        again.connection.execute("PRAGMA synchronous = OFF")
        copy_decisions(store.connection, again.connection)
        with Writer(again) as writer:
            records = _readable(store)
            while batch := list(islice(records, BATCH)):
                origins = [record.article.id for record in batch]
                writer.add(batch, origins=origins, started="", vectors=_vectors(store, batch))
        yield from differences(store.connection, again.connection)


def _vectors(store: Store, records: Sequence[Record]) -> Vectors | None:
    """The stored vectors of what is said in records: clashes hang on them."""
    embedder = store.connection.execute("SELECT value FROM meta WHERE key = 'embedder'").fetchone()
    if embedder is None:
        return None
    import numpy as np

    query = """SELECT s.id, v.vector FROM articles a JOIN statements s ON s.article = a.n JOIN vectors v ON v.statement = s.n
        WHERE a.id IN (SELECT value FROM json_each(?))"""
    found = store.connection.execute(query, (rows.dump([r.article.id for r in records]),))
    return Vectors(embedder[0], {id_: np.frombuffer(vector, np.int8) for id_, vector in found})


def _readable(store: Store) -> Iterator[Record]:
    """The records of a store as they were read, but those that cannot be made of its rows any more."""
    for id_ in store.articles():
        with suppress(OnrecordError, ValueError, KeyError, TypeError):
            number = article_number(store.connection, id_)
            if number is not None:
                yield read_reading(store.connection, number)
