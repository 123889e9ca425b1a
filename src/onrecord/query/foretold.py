"""``foretold``: what was foretold or promised on a matter, with what came later that bears on it."""

from __future__ import annotations

from onrecord.query.bearing import bearing_on
from onrecord.query.pages import Foretold
from onrecord.query.rows import Readable, rows
from onrecord.query.statements import utterances
from onrecord.query.syntax import read_query

EXAMINED = 5_000
"""Statements with the words, those stored last, among which predictions are looked for."""

# The words come first: predictions hang on their statements by an index.
_ON = f"""
    SELECT s.n, o.origin, p.* FROM
        (SELECT rowid AS n FROM statements_fts WHERE statements_fts MATCH ? ORDER BY rowid DESC LIMIT {EXAMINED}) f
    CROSS JOIN predictions p ON p.statement = f.n CROSS JOIN statements s ON s.n = f.n
    LEFT JOIN appearances o ON o.statement = s.n
    WHERE s.standing = 'current' AND (o.origin IS NULL OR o.origin = s.n)
    ORDER BY p.due_latest IS NULL, p.due_latest DESC, s.n DESC LIMIT ?"""


def foretold_on(store: Readable, words: str, *, size: int = 8, bearing: int = 2) -> tuple[Foretold, ...]:
    """Predictions and promises whose statements have the words of a search, those due last at the top, undated ones last."""
    query = read_query(words)
    if not query.clauses:
        return ()
    found = rows(store, _ON, query.expression, size)
    told = utterances(store, [(row["n"], row["origin"]) for row in found], withdrawn=False)
    return tuple(
        Foretold(
            utterance,
            row["kind"],
            row["due_earliest"],
            row["due_latest"],
            row["due_basis"],
            row["condition"],
            bearing_on(store, row["n"], count=bearing),
        )
        for row, utterance in zip(found, told, strict=True)
    )
