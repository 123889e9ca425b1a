"""Which clashes a list has: of all that tell the same two utterances one, by the printings that came first.

What many print collides as often as it is printed, and a copy's reading may differ a little from its origin's. All of these stay,
each to be shown by its id.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.query.rows import Readable, listed, rows, tuples
from onrecord.store.folding import fold

RANK = "coalesce(c.score, 1.0)"
"""What a list is ordered by: what a human keeps, though nothing finds it, goes first."""
OWN_MATTER = ("altered-quotation", "figures")
"""Kinds of which two utterances may have several: each is of its own change or count, which `about` tells."""
ALIKE = 500
"""Statements of an article and its copies that are looked at for the same words."""


@dataclass(frozen=True, slots=True)
class Told:
    """A clash that is listed. `rank`, `n`: of the surest that it stands for, which order the list. `others`: how many more."""

    row: sqlite3.Row
    rank: float
    n: int
    others: int


def told_once(
    store: Readable, found: Sequence[sqlite3.Row], condition: str, values: Sequence[object], reviewed: str | None
) -> Iterator[Told]:
    """Of rows of ``clashes c`` those that are listed, at the place of the surest of all that tell the same.

    `found`: with `rank`, surest first, of those that fit the condition and `reviewed`; `condition`: without the latter, for a
    verdict on one holds for all that tell the same. What stands no longer is left out.
    """
    for row in found:
        if not _stands(store, row):
            continue
        same = _left(_same(store, row, condition, values), reviewed)
        if same and all((-other["rank"], other["n"]) >= (-row["rank"], row["n"]) for other in same):
            yield Told(min(same, key=_first), row["rank"], row["n"], len(same) - 1)


def told_as_found(
    store: Readable, found: Sequence[sqlite3.Row], condition: str, values: Sequence[object], reviewed: str | None
) -> Iterator[Told]:
    """The same, each at its own place among the rows, in whatever order these are."""
    for row in found:
        same = _left(_same(store, row, condition, values), reviewed) if _stands(store, row) else []
        if same and min(same, key=_first)["n"] == row["n"]:
            yield Told(row, max(other["rank"] for other in same), row["n"], len(same) - 1)


def told_first(store: Readable, found: Sequence[sqlite3.Row]) -> Iterator[Told]:
    """Of rows, with `rank`, those of the first printings of all that tell the same, whatever a human said of them.

    What stands no longer tells for itself.
    """
    for row in found:
        same = _same(store, row, "", ()) if _stands(store, row) else [row]
        if len(same) == 1 or min(same, key=_first)["n"] == row["n"]:
            yield Told(row, max(other["rank"] for other in same), row["n"], len(same) - 1)


def _left(same: list[sqlite3.Row], reviewed: str | None) -> list[sqlite3.Row]:
    """Those of all that tell the same that are asked for, by the verdicts on them; none, where the verdict on one is another."""
    verdicts = {row["review"] for row in same}
    match reviewed:
        case "accepted" | "rejected":
            return [row for row in same if row["review"] == reviewed]
        case "none":
            return same if verdicts == {None} else []
        case None:
            return [] if verdicts - {None, "accepted"} else same
        case _:
            return same


def _first(row: sqlite3.Row) -> tuple[object, ...]:
    """What a human has judged, then by the printings that came first."""
    return row["review"] is None, row["copied"], row["printed"], -row["rank"], row["n"]


def _stands(store: Readable, row: sqlite3.Row) -> bool:
    """Whether both sides stand; what no statement gives is told by the origin of the copies."""
    sides = [tuples(store, _STANDS, row[f"figure_{s}"], row[s], row[f"article_{s}"])[0] for s in "ab"]
    return all(
        standing == "current" and not (row[s] is None and copied)
        for s, (standing, copied) in zip("ab", sides, strict=True)
    )


_STANDS = """SELECT coalesce(nullif(s.standing, 'current'), (SELECT standing FROM figures WHERE n = ?1), s.standing),
        EXISTS (SELECT 1 FROM copies c WHERE c.article = ?3 AND c.origin != c.article)
    FROM (SELECT 1) LEFT JOIN statements s ON s.n = ?2"""


def _same(store: Readable, row: sqlite3.Row, condition: str, values: Sequence[object]) -> list[sqlite3.Row]:
    """All that tell the same as a row and fit the condition, itself among them."""
    if row["a"] is None or row["b"] is None:
        among = [listed([])] * 2
    else:
        among = [listed(_printings(store, row[s], row[f"article_{s}"])) for s in "ab"]
    kind, about = (row["kind"], row["about"]) if row["kind"] in OWN_MATTER else (None, None)
    return rows(store, _SAME.format(condition), row["n"], *among, *among, kind, kind, about, *values)


_LISTED = "SELECT value FROM json_each(?)"
_COPIED = "EXISTS (SELECT 1 FROM copies o WHERE o.article = c.article_{0} AND o.origin != o.article)"
_SAME = f"""SELECT c.*, {RANK} AS rank, {_COPIED.format("a")} + {_COPIED.format("b")} AS copied,
        max(coalesce(x.published, ''), coalesce(y.published, '')) AS printed
    FROM clashes c JOIN articles x ON x.n = c.article_a JOIN articles y ON y.n = c.article_b
        LEFT JOIN statements s ON s.n = c.a LEFT JOIN statements t ON t.n = c.b
    WHERE (c.n = ? OR (c.n IN (
            SELECT n FROM clashes WHERE a IN ({_LISTED}) AND b IN ({_LISTED})
            UNION SELECT n FROM clashes WHERE b IN ({_LISTED}) AND a IN ({_LISTED}))
        AND CASE WHEN ? IS NULL THEN c.kind NOT IN {OWN_MATTER} ELSE c.kind = ? AND c.about = ? END
        AND s.standing = 'current' AND t.standing = 'current')){{}}"""


def _printings(store: Readable, statement: int, article: int) -> set[int]:
    """A statement with the others that print its utterance: by appearances, and in copies the short ones by their words."""
    sql = "SELECT statement FROM appearances WHERE origin = (SELECT origin FROM appearances WHERE statement = ?)"
    found = {n for (n,) in tuples(store, sql, statement)}
    return found | {statement} if found else {statement, *_alike(store, statement, article)}


def _alike(store: Readable, statement: int, article: int) -> Iterator[int]:
    ((content, speaker),) = tuples(store, "SELECT content, speaker FROM statements WHERE n = ?", statement)
    words = fold(content or "")
    for n, other in tuples(store, _IN_COPIES, article, speaker):
        if words and fold(other or "") == words:
            yield n


_IN_COPIES = f"""SELECT s.n, s.content FROM copies o JOIN statements s ON s.article = o.article
    WHERE o.origin = (SELECT origin FROM copies WHERE article = ?) AND s.standing = 'current' AND s.speaker IS ?
        AND NOT EXISTS (SELECT 1 FROM appearances p WHERE p.statement = s.n) LIMIT {ALIKE}"""
