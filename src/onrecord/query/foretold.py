"""``foretold``: what was foretold or promised on a matter, with what came later that bears on it."""

from __future__ import annotations

from onrecord.query.bearing import bearing_on
from onrecord.query.filters import narrowed
from onrecord.query.firsts import uncopied
from onrecord.query.pages import Foretold
from onrecord.query.rows import Readable, rows
from onrecord.query.statements import utterances
from onrecord.query.syntax import read_query

EXAMINED = 5_000
"""Statements with the words, those stored last, among which predictions are looked for."""
TITLED = 500
"""Articles with the words in their title, those stored last, whose predictions are of the matter whatever words they have."""

# The words come first: predictions hang on their statements by an index.
_SAID = f"SELECT rowid AS n FROM statements_fts WHERE statements_fts MATCH ? ORDER BY rowid DESC LIMIT {EXAMINED}"
_TITLED = f"""
    SELECT s.n FROM (SELECT rowid AS n FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid DESC LIMIT {TITLED}) t
    CROSS JOIN statements s ON s.article = t.n"""
_ON = """
    SELECT s.n, o.origin, p.* FROM ({found}) f
    CROSS JOIN predictions p ON p.statement = f.n CROSS JOIN statements s ON s.n = f.n
    LEFT JOIN appearances o ON o.statement = s.n
    WHERE s.standing = 'current' AND (o.origin IS NULL OR o.origin = s.n)
    ORDER BY p.due_latest IS NULL, p.due_latest DESC, s.n DESC LIMIT ?"""


def foretold_on(store: Readable, words: str, *, size: int = 8, bearing: int = 2) -> tuple[Foretold, ...]:
    """Predictions and promises whose statements, or whose articles' titles, have the words of a search, those due last first,
    undated ones last. A title has no fields: what is searched for in one (speaker:) is looked for in statements alone.
    """
    query = read_query(words)
    if not query.clauses:
        return ()
    if query.binding:
        found = rows(store, _ON.format(found=_SAID), query.expression, size)
    else:
        both = f"SELECT n FROM ({_SAID}) UNION SELECT n FROM ({_TITLED})"
        found = rows(store, _ON.format(found=both), query.expression, f"title : ({query.expression})", size)
    shown = uncopied(store, narrowed(store), [(row["n"], row["origin"]) for row in found], same_words=True)
    told = utterances(store, shown, withdrawn=False)
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
