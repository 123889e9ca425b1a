"""A human's word on clashes: accepted or rejected, anchored to two articles and the words and spans in them.

It holds for whatever later readings find there: a clash of the same words has the verdict, and one that was accepted stands even
where nothing finds it any more.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.records import NotFoundError, Span, tagged_hash, words_of
from onrecord.records.spans import SAME, shared_f1
from onrecord.store.deciding import keep_decision
from onrecord.store.reading import spans_of
from onrecord.store.rows import dump

Verdict = Literal["accepted", "rejected"]

_KINDS: dict[Verdict, str] = {"accepted": "accept", "rejected": "reject"}
VERDICTS: dict[str, Verdict] = {kind: verdict for verdict, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class QuotedSide:
    """One side of a clash as a verdict names it: an article's id, and the words that stand there at `spans`.

    They are a statement's content or, where `figure`, a number.
    """

    article: str
    words: str
    spans: tuple[Span, ...]
    figure: bool


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A verdict as it is kept: which two accounts, how and by which words they clash, why, by whom, and when it was undone."""

    id: str
    verdict: Verdict
    a: QuotedSide
    b: QuotedSide
    kind: str
    about: str
    why: tuple[tuple[Span, ...], tuple[Span, ...]]
    note: str | None
    made: str
    undone: str | None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """A clash with rows and spans of its sides."""

    number: int
    kind: str
    about: str
    why: tuple[str, str]
    articles: tuple[str, str]
    spans: tuple[tuple[Span, ...], tuple[Span, ...]]
    figures: tuple[bool, bool]


def read_reviews(connection: sqlite3.Connection) -> tuple[Reviewed, ...]:
    """Every verdict, in the order in which they were given, those undone too."""
    return tuple(_reviews(connection))


def _reviews(connection: sqlite3.Connection, where: str = "1", *values: object) -> list[Reviewed]:
    """Those of a condition. To find them SQLite goes through all of them: no more are made values than are meant."""
    query = f"""SELECT id, kind, subject, note, made, undone, "by" FROM decisions WHERE kind IN ('accept', 'reject')
        AND {where} ORDER BY made, n"""
    return [_reviewed(*row) for row in connection.execute(query, values)]


def write_review(
    connection: sqlite3.Connection, clash: str, verdict: Verdict, note: str | None, by: str | None, made: str
) -> str:
    """Keep a verdict on a clash, by its whole id, and let it take effect; the decision's id. Raises NotFoundError."""
    found = _rows(connection, "c.id = ?", clash)
    if not found:
        raise NotFoundError(clash, "no such clash in the store")
    (row,) = found
    sides = []
    for article, spans, figure in zip(row.articles, row.spans, row.figures, strict=True):
        (text,) = connection.execute("SELECT text FROM articles WHERE id = ?", (article,)).fetchone()
        sides.append([article, words_of(text, spans), [[s.start, s.end] for s in spans], figure])
    subject = dump([*sides, [row.kind, row.about, *map(json.loads, row.why)]])
    kind = _KINDS[verdict]
    id_ = keep_decision(connection, kind, subject, note, by, made)
    _apply(connection, _reviews(connection, "id = ?", id_), made)
    return id_


def undo_review(connection: sqlite3.Connection, review: Reviewed, undone: str) -> None:
    """Let a verdict hold no longer. One that was given before on the same words holds again."""
    connection.execute("UPDATE decisions SET undone = ? WHERE id = ?", (undone, review.id))
    held = "decision = (SELECT n FROM decisions WHERE id = ?)"
    connection.execute(f"DELETE FROM clashes WHERE {held} AND score IS NULL", (review.id,))
    connection.execute(f"UPDATE clashes SET review = NULL, decision = NULL WHERE {held}", (review.id,))
    same = f"undone IS NULL AND {_A} = ? AND {_B} = ?"
    _apply(connection, _reviews(connection, same, review.a.article, review.b.article), undone)


def apply_reviews(connection: sqlite3.Connection, articles: Iterable[int], found: str) -> None:
    """Give the clashes of articles in rows the verdicts that hold of them; put those back that stand by a verdict alone."""
    meant = "SELECT id FROM articles WHERE n IN (SELECT value FROM json_each(?1))"
    of_them = f"undone IS NULL AND ({_A} IN ({meant}) OR {_B} IN ({meant}))"
    _apply(connection, _reviews(connection, of_them, dump(sorted(set(articles)))), found)


def _apply(connection: sqlite3.Connection, reviews: Sequence[Reviewed], found: str) -> None:
    for review in reviews:
        decision = connection.execute("SELECT n FROM decisions WHERE id = ?", (review.id,)).fetchone()[0]
        where = "x.id IN (?1, ?2) AND y.id IN (?1, ?2)"
        rows = _rows(connection, where, review.a.article, review.b.article)
        meant = [row.number for row in rows if _is_meant(review, row)]
        change = "UPDATE clashes SET review = ?, decision = ? WHERE n = ?"
        connection.executemany(change, [(review.verdict, decision, n) for n in meant])
        if not meant and review.verdict == "accepted":
            _stand(connection, review, decision, found)


def _is_meant(review: Reviewed, row: _Row) -> bool:
    """Whether a verdict is of the words of a clash, whichever of them is the first."""
    sides = [QuotedSide(a, "", s, f) for a, s, f in zip(row.articles, row.spans, row.figures, strict=True)]

    def same(told: QuotedSide, side: QuotedSide) -> bool:
        return (told.article, told.figure) == (side.article, side.figure) and shared_f1(told.spans, side.spans) >= SAME

    return any(all(map(same, told, sides)) for told in ((review.a, review.b), (review.b, review.a)))


def _stand(connection: sqlite3.Connection, review: Reviewed, decision: int, found: str) -> None:
    """Put an accepted clash back that nothing finds, where both of its sides are still read."""
    sides = [_entry(connection, quoted) for quoted in (review.a, review.b)]
    if any(side is None for side in sides):
        return
    (a, statement_a, figure_a, day_a), (b, statement_b, figure_b, day_b) = (side for side in sides if side is not None)
    day = max((d for d in (day_a, day_b) if d is not None), default=None)
    id_ = tagged_hash("cls", "reviewed", review.id)
    why = [dump([[s.start, s.end] for s in spans]) for spans in review.why]
    values = (
        id_, review.kind, a, b, statement_a, statement_b, figure_a, figure_b, review.about, *why, day, found,
        review.verdict, decision,
    )  # fmt: skip
    connection.execute(_STAND, values)


def _entry(connection: sqlite3.Connection, quoted: QuotedSide) -> tuple[int, int | None, int | None, str | None] | None:
    """Rows of the article, statement and figure that a side's words are read as now, and the day of it."""
    query = _FIGURES if quoted.figure else _STATEMENTS
    best, found = SAME, None
    for spans, *rest in connection.execute(query, (quoted.article,)):
        alike = shared_f1(quoted.spans, spans_of(spans))
        if alike >= best:
            best, found = alike, rest
    return None if found is None else (found[0], found[1], found[2], found[3])


def _reviewed(
    id_: str, kind: str, subject: str, note: str | None, made: str, undone: str | None, by: str | None
) -> Reviewed:
    a, b, (clash, about, *why) = json.loads(subject)
    one, other = (QuotedSide(article, words, _spans(spans), figure) for article, words, spans, figure in (a, b))
    words = (_spans(why[0]), _spans(why[1]))
    return Reviewed(id_, VERDICTS[kind], one, other, clash, about, words, note, made, undone, by)


def _spans(listed: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in listed)


def _rows(connection: sqlite3.Connection, where: str, *values: object) -> list[_Row]:
    found = []
    for n, kind, about, why_a, why_b, a, b, *sides in connection.execute(f"{_CLASHES} WHERE {where}", values):
        figures = (sides[1] is not None, sides[3] is not None)
        spans = tuple(spans_of(s or "[]") for s in (sides[1] or sides[0], sides[3] or sides[2]))
        found.append(_Row(n, kind, about, (why_a, why_b), (a, b), (spans[0], spans[1]), figures))
    return found


_A, _B = (f"json_extract(subject, '$[{side}][0]')" for side in (0, 1))
"""The article of each side of a verdict."""
_SAID = "CASE {0}.content_spans WHEN '[]' THEN {0}.cue_spans ELSE {0}.content_spans END"
_COUNTED = """CASE WHEN {0}.n IS NOT NULL THEN json_array(json_array({0}."start", {0}."end")) END"""
_CLASHES = f"""SELECT c.n, c.kind, c.about, c.why_a, c.why_b, x.id, y.id, {_SAID.format("s")}, {_COUNTED.format("f")},
        {_SAID.format("t")}, {_COUNTED.format("g")}
    FROM articles x JOIN clashes c ON c.article_a = x.n JOIN articles y ON y.n = c.article_b
    LEFT JOIN statements s ON s.n = c.a LEFT JOIN statements t ON t.n = c.b
    LEFT JOIN figures f ON f.n = c.figure_a LEFT JOIN figures g ON g.n = c.figure_b"""
_STATEMENTS = f"""SELECT {_SAID.format("s")}, a.n, s.n, NULL, s.day FROM articles a JOIN statements s ON s.article = a.n
    WHERE a.id = ? AND s.superseded_by IS NULL ORDER BY s.id"""
_FIGURES = f"""SELECT {_COUNTED.format("f")}, a.n, f.claimed_by, f.n, coalesce(f.as_of, a.published)
    FROM articles a JOIN figures f ON f.article = a.n WHERE a.id = ? AND f.superseded_by IS NULL ORDER BY f.id"""
_STAND = """INSERT INTO clashes
    (id, kind, article_a, article_b, a, b, figure_a, figure_b, about, why_a, why_b, day, found, review, decision)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"""
