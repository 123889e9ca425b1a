"""One statement, and one article: what stands behind their addresses, in each of the forms that a client may ask for."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.export import Exported, exported, schemaorg
from onrecord.export import annotations as webannotations
from onrecord.export.filling import fill
from onrecord.query import Library, as_plain
from onrecord.query.pages import ArticleRef, Shown, Utterance
from onrecord.query.rows import tuples
from onrecord.query.show import find_statement
from onrecord.query.statements import utterances
from onrecord.records import NotFoundError, WireRecord
from onrecord.store.reading import article_number
from onrecord.web.api.answers import as_json_bytes
from onrecord.web.api.negotiation import ANNOTATION, JSON, JSON_LD


@dataclass(frozen=True, slots=True)
class ArticleInFull:
    """An article in the wire form, with the identities that the store knows; `copies` and `versions` as in an article's page."""

    article: ArticleRef
    record: WireRecord
    copies: tuple[ArticleRef, ...]
    versions: tuple[ArticleRef, ...]


def article(library: Library, id_: str) -> ArticleInFull:
    """The article with that id or beginning of an id. Raises UnclearError."""
    shown = library.show(id_)
    return ArticleInFull(shown.article, _filled(library, shown), shown.copies, shown.versions)


def statement(library: Library, id_: str) -> Utterance:
    """The statement with that id or beginning of an id, with its printings. Raises UnclearError."""
    sql = "SELECT s.n, p.origin FROM statements s LEFT JOIN appearances p ON p.statement = s.n WHERE s.id = ?"
    ((number, origin),) = tuples(library, sql, find_statement(library, id_))
    return utterances(library, [(number, origin)], withdrawn=True)[0]


def article_as(library: Library, id_: str, form: str, address: str) -> bytes:
    """The article in a form: JSON, schema.org's JSON-LD, or Web Annotations of all its statements."""
    if form == JSON:
        return as_json_bytes(as_plain(article(library, id_)))
    found = _exported(library, library.show(id_).article.id)
    if form == JSON_LD:
        return as_json_bytes({"@context": schemaorg.CONTEXT, "@graph": list(schemaorg.statements(found))})
    return as_json_bytes(_collection(list(webannotations.describe(found)), address))


def statement_as(library: Library, id_: str, form: str) -> bytes:
    """The statement in a form: JSON, schema.org's JSON-LD, or a Web Annotation."""
    if form == JSON:
        return as_json_bytes(as_plain(statement(library, id_)))
    shown = library.show(find_statement(library, id_))
    found = _exported(library, shown.article.id)
    alone = dataclasses.replace(found, statements=frozenset({shown.statement or ""}))
    describe, context = {
        JSON_LD: (schemaorg.statements, schemaorg.CONTEXT),
        ANNOTATION: (webannotations.describe, webannotations.CONTEXT),
    }[form]
    one = next(iter(describe(alone)), None)
    if one is None:  # superseded, or without words of its own
        raise NotFoundError(id_, "this statement has no such form")
    return as_json_bytes({"@context": context, **one})


def _filled(library: Library, shown: Shown) -> WireRecord:
    number = article_number(library.connection, shown.article.id)
    assert number is not None  # it was just shown
    return fill(library.connection, number, shown.record).wire


def _exported(library: Library, article_id: str) -> Exported:
    articles = exported(library, articles=[article_id])
    try:
        return next(articles)
    finally:
        articles.close()


def _collection(items: list[dict[str, Any]], address: str) -> Mapping[str, Any]:
    page = {"id": f"{address}#page", "type": "AnnotationPage", "startIndex": 0, "items": items}
    head = {"@context": webannotations.CONTEXT, "id": address, "type": "AnnotationCollection", "label": "Statements"}
    return {**head, "total": len(items), "first": page}
