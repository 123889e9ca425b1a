"""``cite``: what a statement is cited by, in forms that others take over."""

from __future__ import annotations

import hashlib
import html
from typing import Any

from onrecord.query.days import in_words
from onrecord.query.pages import Citation
from onrecord.query.rows import Readable, rows
from onrecord.query.show import find_statement
from onrecord.query.statements import said
from onrecord.records import words_of
from onrecord.store.correcting import Overruled

_TOLD = ("stated", "dateline")
"""Bases of a day of saying that say more than when it was printed."""
_FORMS = {"indirect": "in other words", "mixed": "partly in other words"}
"""What is said of words that are not, or not all, the speaker's own."""
_OPENING, _CLOSING = "\"“'‘«„", '"”’»'


def cite(store: Readable, statement: str) -> Citation:
    """The statement with that id or beginning of an id. Raises UnclearError where none or several have it."""
    id_ = find_statement(store, statement)
    sql = """SELECT s.n, s.superseded_by, a.text, a.retrieved FROM statements s JOIN articles a ON a.n = s.article
        WHERE s.id = ?"""
    (row,) = rows(store, sql, id_)
    shown = said(store, [row["n"]])[row["n"]]
    article, text = shown.article, row["text"]
    return Citation(
        statement=id_,
        speaker=shown.speaker,
        speaker_score=shown.speaker_score if shown.speaker and shown.speaker_basis != "corrected" else None,
        form=shown.form,
        cue=" ".join(shown.cue.split()),
        day=shown.told_day if shown.said_basis in _TOLD else None,
        told_by=shown.told_by,
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
        corrected=shown.corrected,
        # What is accepted stands; what is said of a reading before the last is not kept here.
        rejected=row["superseded_by"] is not None and any(one.field == "statement" for one in shown.corrected),
    )


def as_text(citation: Citation) -> str:
    """In words: who, what, where; below, what proves it."""
    c = citation
    printed = ", ".join(filter(None, [_title(c), c.outlet, c.published]))
    lines = [f"{_who(c)}: {_words(c)}", f"{printed}."]
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
    # Only a speaker's own words are a quotation; those of the article about them are a passage of it.
    tag, source = ("div", "") if c.form == "indirect" else ("blockquote", source)
    return (
        f"<{tag}{source}><p>{html.escape(_words(c))}</p>\n"
        f"<footer>{html.escape(_who(c))}, <cite>{linked}</cite>{about}"
        f"<br><small>{proof}</small>{standing}</footer></{tag}>"
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
    return item | {"note": "; ".join([f"{_who(c)}: {_words(c)}", _where(c), *_standing(c)])}


def _date(day: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in day.split("-")]]}


def _title(c: Citation) -> str:
    return f"“{c.title}”" if c.title else c.article


def _who(c: Citation) -> str:
    """The speaker, and how it came: "Ann Lane (had said, 2024-05, in other words; as told by Bo Marsh; chance of the speaker
    0.87)". Of a speaker whom a human gave, who that was and what was read: who cites it is to know that no reading found it.
    """
    how = ", ".join(filter(None, [c.cue, c.day and in_words(c.day), _FORMS.get(c.form)]))
    sure = None if c.speaker_score is None else f"chance of the speaker {c.speaker_score:.2f}"
    corrected = [f"speaker corrected{_by(o)}, read as {o.was or 'nobody'}" for o in c.corrected if o.field == "speaker"]
    how = "; ".join(filter(None, [how, *(f"as told by {who}" for who in c.told_by), sure, *corrected]))
    return f"{c.speaker or 'Speaker not told'}{f' ({how})' if how else ''}"


def _words(c: Citation) -> str:
    """On one line. What was quoted stands in quotation marks, set here if the piece that is cited has lost them; what the
    article tells in words of its own stands without.
    """
    words = " ".join(c.words.split())
    if c.form != "direct" or not words or words[0] in _OPENING:
        return words
    if words[-1] in _CLOSING and not any(mark in words[:-1] for mark in _OPENING):
        words = words.rstrip(_CLOSING)  # a quotation's end without its beginning
    return f"“{words}”"


def _where(c: Citation) -> str:
    places = ", ".join(f"{s.start}–{s.end}" for s in c.spans)
    return f"characters {places or 'none'} of {c.article} (sha256:{c.sha256})"


def _by(overruled: Overruled) -> str:
    return f" by {' '.join(overruled.by.split())}" if overruled.by else " by hand"


def _standing(c: Citation) -> list[str]:
    if c.rejected:
        return [f"Rejected{_by(o)}: it is no statement." for o in c.corrected if o.field == "statement"]
    return {
        "current": list[str](),
        "superseded": ["Superseded: a later reading or version of the article does not have it."],
        "withdrawn": ["Withdrawn: the publisher took the article back."],
    }[c.standing]
