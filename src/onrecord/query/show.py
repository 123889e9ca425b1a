"""``show``: one article as it was read, and what else the store knows of it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from onrecord.query.pages import ArticleRef, Shown
from onrecord.query.rows import Readable, rows, tuples
from onrecord.query.statements import ARTICLE, ARTICLE_COPIES, article_ref
from onrecord.records import UnclearError
from onrecord.store.connecting import translated
from onrecord.store.correcting import overruled_in
from onrecord.store.forgetting import refuse_taken_down
from onrecord.store.reading import ID_DIGITS_LEAST, find_articles, id_range, read_record

"""Digits of an id that are enough to name a statement by, where they fit only one."""
MOST_LISTED = 200
"""Copies and versions of an article that are listed."""


def show(store: Readable, name: str) -> Shown:
    """The article that `name` means: an id or its beginning, a source's own id, an address; or the id of a statement in it.

    Raises UnclearError where nothing or several things fit, TakenDownError where what fits is gone.
    """
    statement = find_statement(store, name) if name.startswith("stm-") else None
    number = _article_of(store, statement) if statement is not None else find_article(store, name)
    with translated(store.path):
        record = read_record(store.connection, number)
        amended = tuple(overruled_in(store.connection, number))
    ((item, origin),) = tuples(
        store, "SELECT a.item, c.origin FROM articles a LEFT JOIN copies c ON c.article = a.n WHERE a.n = ?", number
    )
    copies = _refs(store, "a.n IN (SELECT article FROM copies WHERE origin = ?)", origin, number)
    versions = _refs(store, "a.item = ?", item, number)
    (this,) = _refs(store, "a.n = ?", number, None)
    return Shown(this, record, statement, copies, versions, amended)


def find_statement(store: Readable, name: str) -> str:
    """The whole id of the statement that an id or its beginning means. Raises UnclearError."""
    begin = name if name.startswith("stm-") else f"stm-{name}"
    if len(begin) < ID_DIGITS_LEAST + 4 or set(begin[4:]) - set("0123456789abcdef"):
        raise UnclearError(name, f"no id of a statement (stm- and {ID_DIGITS_LEAST} hex digits or more)")
    found = tuples(store, "SELECT id FROM statements WHERE id >= ? AND id < ? LIMIT 9", *id_range(begin))
    return _only(name, [id_ for (id_,) in found], "statement")


def find_article(store: Readable, name: str) -> int:
    """The row of the article that `name` means. Raises UnclearError, TakenDownError."""
    with translated(store.path):
        if not (found := find_articles(store.connection, name)):
            refuse_taken_down(store.connection, name)
    if len(found) > 1 and len(found := _standing(store, found)) > 1:
        raise UnclearError(name, "several articles fit", articles(store, found), several=True)
    id_ = _only(name, found, "article")
    return int(tuples(store, "SELECT n FROM articles WHERE id = ?", id_)[0][0])


def _standing(store: Readable, ids: Sequence[str]) -> tuple[str, ...]:
    """Of versions of one item the newest alone; of other articles all."""
    sql = "SELECT id, item, standing FROM articles WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    found = tuples(store, sql, json.dumps(ids))
    left = tuple(id_ for id_, _, standing in found if standing != "superseded")
    one_item = len({item for _, item, _ in found}) == 1 and found[0][1] is not None
    return left if one_item and left else tuple(ids)


def articles(store: Readable, ids: Sequence[str]) -> tuple[ArticleRef, ...]:
    """The articles with these whole ids, in a line each; MOST_LISTED of them at most."""
    return _refs(store, "a.id IN (SELECT value FROM json_each(?))", json.dumps(ids), None)


def _article_of(store: Readable, statement: str) -> int:
    return int(tuples(store, "SELECT article FROM statements WHERE id = ?", statement)[0][0])


def _only(name: str, found: list[str] | tuple[str, ...], what: str) -> str:
    if not found:
        raise UnclearError(name, f"no {what} of the store is called so (an article by id, address or its source's id)")
    if len(found) > 1:
        raise UnclearError(name, f"several {what}s fit", tuple(found), several=True)
    return found[0]


def _refs(store: Readable, condition: str, value: object, but: int | None) -> tuple[ArticleRef, ...]:
    if value is None:
        return ()
    found = rows(
        store,
        f"""SELECT {ARTICLE} FROM articles a {ARTICLE_COPIES} WHERE {condition} AND a.n IS NOT ?
            ORDER BY a.published IS NULL, a.published, a.revision, a.n LIMIT {MOST_LISTED}""",
        value,
        but,
    )
    return tuple(article_ref(row) for row in found)
