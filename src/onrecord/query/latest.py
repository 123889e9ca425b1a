"""``latest``: articles, newest first, those without a day last; copies of one article under the first of them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from onrecord.query.cursors import page_size, read_cursor, write_cursor
from onrecord.query.pages import ArticleRef, Page, Utterance
from onrecord.query.rows import Readable, listed, rows, tuples
from onrecord.query.statements import ARTICLE, ARTICLE_COPIES, article_ref, utterances

_CURSOR = "latest"
# Copies follow their origin, which an article that stands alone or first has not.
_ARTICLES = f"""
    SELECT a.n, a.dateline_place, {ARTICLE} FROM articles a {ARTICLE_COPIES}
    WHERE {{bound}} AND a.standing = 'current' AND c.article IS NULL ORDER BY a.published DESC, a.n DESC LIMIT ?"""
_COUNTS = """SELECT article, count(*) FROM statements WHERE article IN (SELECT value FROM json_each(?)) AND standing = 'current'
             GROUP BY article"""
_COPIES = """SELECT origin, count(*) - 1 FROM copies WHERE origin IN (SELECT value FROM json_each(?)) GROUP BY origin"""
# The statement that an article is shown by: the surest of those whose speaker is named, those in quotation marks first.
_TELLING = """
    SELECT n, article FROM (SELECT n, article, row_number() OVER (PARTITION BY article
            ORDER BY form = 'indirect', score * coalesce(speaker_score, 0) DESC, n) AS place
        FROM statements WHERE article IN (SELECT value FROM json_each(?)) AND standing = 'current' AND inside IS NULL
            AND speaker IS NOT NULL AND content IS NOT NULL AND length(content) BETWEEN 40 AND 300) WHERE place = 1"""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """An article with how much it says: its `statements`, how many `copies` of it there are, and a statement to know it by."""

    article: ArticleRef
    place: str | None
    statements: int
    copies: int
    telling: Utterance | None


def latest(store: Readable, *, size: int = 20, cursor: str | None = None) -> Page[Dispatch]:
    """Articles that stand, those published last first; behind them those without a day, added last first."""
    page_size(size)
    day, n = read_cursor(_CURSOR, cursor, str | None, int) or ("", None)
    found = list[sqlite3.Row]()
    if n is None:
        found = rows(store, _ARTICLES.format(bound="a.published IS NOT NULL"), size + 1)
    elif day is not None:
        # The first part lets the index of days be entered at the place.
        bound = "a.published <= ? AND (a.published < ? OR a.n < ?)"
        found = rows(store, _ARTICLES.format(bound=bound), day, day, n, size + 1)
    if len(found) <= size:
        before = ("a.published IS NULL AND a.n < ?", [n]) if day is None else ("a.published IS NULL", [])
        found += rows(store, _ARTICLES.format(bound=before[0]), *before[1], size + 1 - len(found))
    last = found[size - 1] if len(found) > size else None
    return Page(
        _dispatches(store, found[:size]), cursor=write_cursor(_CURSOR, last["published"], last["n"]) if last else None
    )


def _dispatches(store: Readable, found: list[sqlite3.Row]) -> tuple[Dispatch, ...]:
    among = listed(row["n"] for row in found)
    counts, copies = dict(tuples(store, _COUNTS, among)), dict(tuples(store, _COPIES, among))
    telling = tuples(store, _TELLING, among)
    told = utterances(store, [(n, None) for n, _ in telling], withdrawn=False)
    by_article = {article: utterance for (_, article), utterance in zip(telling, told, strict=True)}
    return tuple(
        Dispatch(
            article_ref(row),
            row["dateline_place"],
            counts.get(row["n"], 0),
            copies.get(row["n"], 0),
            by_article.get(row["n"]),
        )
        for row in found
    )
