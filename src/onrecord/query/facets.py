"""``facets``: by what a search can be narrowed further, with how many of what it found each value has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Unpack

from onrecord.query.filters import Asking, Where, narrowed
from onrecord.query.fitting import fitting
from onrecord.query.options import strict
from onrecord.query.pages import Facet, Facets
from onrecord.query.rows import Readable, listed, tuples
from onrecord.query.syntax import read_search
from onrecord.store.coding import day_text, period_code

COUNTED = 5_000
"""Statements that are counted, those stored last: enough to tell by what to narrow, in some 50 ms whatever the words."""
LISTED = 20
"""Values of one facet."""

_OF = "FROM statements s WHERE s.n IN (SELECT value FROM json_each(?))"
_SPEAKERS = f"""
    SELECT i.name, count(*), i.id FROM statement_speakers p JOIN links l ON l.entity = p.entity
    JOIN identities i ON i.n = l.identity
    WHERE p.statement IN (SELECT value FROM json_each(?)) GROUP BY i.n ORDER BY 2 DESC, 1 LIMIT {LISTED}"""
_OUTLETS = f"""
    SELECT a.outlet, count(*) FROM statements s CROSS JOIN articles a ON a.n = s.article
    WHERE s.n IN (SELECT value FROM json_each(?)) AND a.outlet IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {LISTED}"""
_ACTS = f"SELECT s.act, count(*) {_OF} AND s.act IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
_FORMS = f"SELECT s.form, count(*) {_OF} GROUP BY 1 ORDER BY 2 DESC, 1"
_MONTHS = f"""
    SELECT substr(s.day, 1, 7), CASE WHEN s.said_date IS NULL THEN s.said_edtf END, count(*) {_OF} AND s.day IS NOT NULL
    GROUP BY 1, 2"""


def months(store: Readable, query: str) -> tuple[Facet, ...]:
    """The same of months alone."""
    found, _ = _found(store, query, narrowed(store))
    return _months(store, found)


def _months(store: Readable, found: Sequence[int]) -> tuple[Facet, ...]:
    """How many were said in each month; what is only told to be of a year or season counts for its year, which is no month."""
    told = Counter[str]()
    for month, period, statements in tuples(store, _MONTHS, listed(found)):
        if (value := day_text(period_code(period)) if period else month) is not None:
            told[value] += statements
    return tuple(Facet(value, told[value]) for value in sorted(told))


@strict(Asking)
def facets(store: Readable, query: str = "", **options: Unpack[Asking]) -> Facets:
    """Of the statements with the words of `query` that the options fit, the newest in the store, by what they differ."""
    found, complete = _found(store, query, narrowed(store, **options))
    among = listed(found)

    def of(sql: str) -> tuple[Facet, ...]:
        return tuple(Facet(*row) for row in tuples(store, sql, among))

    return Facets(of(_SPEAKERS), of(_OUTLETS), of(_ACTS), of(_FORMS), _months(store, found), len(found), complete)


def _found(store: Readable, query: str, where: Where) -> tuple[list[int], bool]:
    asked = read_search(query)
    if not asked.clauses and not where.in_order:
        numbers = fitting(store, where).numbers[::-1]
        return numbers[:COUNTED].tolist(), len(numbers) <= COUNTED
    sql, values = where.sql("+f.rowid" if asked.clauses else "s.n")
    begin, words = "statements s", list[object]()
    if asked.clauses:
        begin = "statements_fts f CROSS JOIN statements s ON s.n = f.rowid"
        sql, words = f" AND statements_fts MATCH ?{sql}", [asked.expression]
    order = "f.rowid" if asked.clauses else "s.n"
    question = f"""SELECT s.n FROM {begin}{where.join} WHERE {where.standing}{sql} ORDER BY {order} DESC LIMIT ?"""
    found = [n for (n,) in tuples(store, question, *words, *values, COUNTED + 1)]
    return found[:COUNTED], len(found) <= COUNTED
