"""``cite``: what a statement is cited by, in forms that others take over."""

from __future__ import annotations

import hashlib
import html
from typing import Any

from onrecord.query.pages import Citation
from onrecord.query.rows import Readable, rows
from onrecord.query.show import find_statement
from onrecord.query.statements import said
from onrecord.records import words_of

STYLES = ("text", "csl-json", "html")


def cite(store: Readable, statement: str) -> Citation:
    """The statement with that id or beginning of an id. Raises UnclearError where none or several have it."""
    id_ = find_statement(store, statement)
    sql = """SELECT s.n, a.text, a.retrieved FROM statements s JOIN articles a ON a.n = s.article WHERE s.id = ?"""
    (row,) = rows(store, sql, id_)
    shown = said(store, [row["n"]])[row["n"]]
    article, text = shown.article, row["text"]
    return Citation(
        statement=id_,
        speaker=shown.speaker,
        words=words_of(text, shown.content_spans),
        outlet=article.outlet,
        title=article.title,
        byline=article.byline,
        published=article.published,
        url=article.url,
        retrieved=row["retrieved"],
        article=article.id,
        spans=shown.content_spans,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        standing=shown.standing,
    )


def as_text(citation: Citation) -> str:
    """In words: who, what, where; below, what proves it."""
    c = citation
    printed = ", ".join(filter(None, [_title(c), c.outlet, c.published]))
    lines = [f"{c.speaker or 'Speaker not told'}: {_words(c)}", f"{printed}."]
    lines += [c.url] if c.url else []
    return "\n".join([*lines, f"{c.statement}, {_where(c)}", *_standing(c)])


def as_html(citation: Citation) -> str:
    """A quotation with its source, everything escaped."""
    c = citation
    title = html.escape(c.title or c.article)
    # An address that is no web address is shown, never linked.
    url = html.escape(c.url) if c.url and c.url.lower().startswith(("https://", "http://")) else None
    linked = f'<a href="{url}">{title}</a>' if url else title
    about = "".join(f", {html.escape(p)}" for p in (c.outlet, c.published) if p)
    source = f' cite="{url}"' if url else ""
    proof = html.escape(f"{c.statement}, {_where(c)}")
    standing = "".join(f"<br><strong>{html.escape(s)}</strong>" for s in _standing(c))
    return (
        f"<blockquote{source}><p>{html.escape(_words(c))}</p>\n"
        f"<footer>{html.escape(c.speaker or 'Speaker not told')}, <cite>{linked}</cite>{about}"
        f"<br><small>{proof}</small>{standing}</footer></blockquote>"
    )


def as_csl(citation: Citation) -> dict[str, Any]:
    """An item of CSL-JSON: the article as a newspaper's, the words and what proves them in its note."""
    c = citation
    item: dict[str, Any] = {"id": c.statement, "type": "article-newspaper", "title": c.title or c.article}
    item |= {"container-title": c.outlet} if c.outlet else {}
    item |= {"author": [{"literal": c.byline}]} if c.byline else {}
    item |= {"URL": c.url} if c.url else {}
    item |= {"issued": _date(c.published)} if c.published else {}
    item |= {"accessed": _date(c.retrieved[:10])} if c.retrieved else {}
    speaker = c.speaker or "Speaker not told"
    return item | {"note": "; ".join([f"{speaker}: {_words(c)}", _where(c), *_standing(c)])}


def _date(day: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in day.split("-")]]}


def _title(c: Citation) -> str:
    return f"“{c.title}”" if c.title else c.article


def _words(c: Citation) -> str:
    """On one line, in quotation marks if the article set none."""
    words = " ".join(c.words.split())
    return words if words[:1] in "\"“'‘«„" else f"“{words}”"


def _where(c: Citation) -> str:
    places = ", ".join(f"{s.start}–{s.end}" for s in c.spans)
    return f"characters {places or 'none'} of {c.article} (sha256:{c.sha256})"


def _standing(c: Citation) -> list[str]:
    return {
        "current": list[str](),
        "superseded": ["Superseded: a later reading or version of the article does not have it."],
        "withdrawn": ["Withdrawn: the publisher took the article back."],
    }[c.standing]
