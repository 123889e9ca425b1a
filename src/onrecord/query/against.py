"""What stands against statements: the other sides of clashes that they are in."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Literal

from onrecord.query.bare import cue_before
from onrecord.query.pages import Against
from onrecord.query.rows import Readable, listed, rows, tuples
from onrecord.query.statements import ARTICLE, ARTICLE_COPIES, article_ref, speakers

LIKELY = 0.5
"""The chance from which other answers and pages tell of a clash. What is less likely one than not is left to `clashes`."""
MOST = 5
"""Accounts that are told against one utterance, the surest first."""


def against(
    store: Readable, shown: Sequence[tuple[int, int | None]], kinds: Sequence[str], *, side: Literal["a", "b"]
) -> list[tuple[Against, ...]]:
    """What stands against utterances (a statement's row, and the origin that it is a printing of) in clashes of some kinds.

    `side`: which one the utterance is, "a" the earlier, "b" the later. What a human rejected, what stands no longer, and what is
    less likely a clash than not, unless a human accepted it, is left out.
    """
    if not tuples(store, "SELECT 1 FROM clashes LIMIT 1"):
        return [()] * len(shown)
    return [_against(store, n, origin, kinds, side) for n, origin in shown]


def _against(
    store: Readable, statement: int, origin: int | None, kinds: Sequence[str], side: str
) -> tuple[Against, ...]:
    numbers = [statement]
    if origin is not None:
        numbers += [n for (n,) in tuples(store, "SELECT statement FROM appearances WHERE origin = ?", origin)]
    other = "b" if side == "a" else "a"
    marks = ", ".join("?" * len(kinds))
    sql = f"""
        SELECT x.id AS clash, x.kind, x.score, x.review, s.n, s.id AS statement, s.content, s.cue, s.act, s.form, f.id AS figure,
            substr(a.text, f."start" + 1, f."end" - f."start") AS number, coalesce(f.as_of, s.day, a.published) AS day, {ARTICLE}
        FROM clashes x JOIN articles a ON a.n = x.article_{other} {ARTICLE_COPIES}
        LEFT JOIN statements s ON s.n = x.{other} LEFT JOIN figures f ON f.n = x.figure_{other}
        WHERE x.{side} IN (SELECT value FROM json_each(?)) AND x.kind IN ({marks}) AND x.review IS NOT 'rejected'
            AND (x.review = 'accepted' OR coalesce(x.score, 1.0) >= {LIKELY}) AND coalesce(f.standing, s.standing) = 'current'
        ORDER BY coalesce(x.score, 1.0) DESC, x.n LIMIT {MOST}"""
    found = rows(store, sql, listed(numbers), *kinds)
    names = speakers(store, [row["n"] for row in found if row["n"] is not None])
    return tuple(_made(row, names.get(row["n"])) for row in found)


def _made(row: sqlite3.Row, speaker: str | None) -> Against:
    words = row["content"] or row["number"] or ""
    cue = cue_before(row["form"], row["act"], row["cue"], row["content"]) if row["content"] else ""
    return Against(
        row["clash"], row["kind"], article_ref(row), row["statement"], row["figure"], speaker, words, row["day"],
        row["score"], row["review"] == "accepted", cue,
    )  # fmt: skip
