"""Rows as values: the record of an article as it was written, and the ways to find an article."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from onrecord.records import (
    NARRATION,
    Act,
    Article,
    Clash,
    Dateline,
    Due,
    Entity,
    Event,
    Figure,
    Mention,
    Party,
    Place,
    Prediction,
    Published,
    Record,
    Role,
    Run,
    Side,
    Span,
    Speaker,
    Statement,
    Unread,
    When,
    mention_id,
)
from onrecord.store.rows import EVENTS, FIGURES, STATEMENTS

_Row = sqlite3.Row | Mapping[str, Any]

ID_DIGITS_LEAST = 4
"""Of an id's digits, so many name an article where they fit only one: fewer are more likely a slip."""


def article_number(connection: sqlite3.Connection, article: str) -> int | None:
    """The row of an article, by its whole id."""
    row = connection.execute("SELECT n FROM articles WHERE id = ?", (article,)).fetchone()
    return None if row is None else int(row[0])


def read_article(connection: sqlite3.Connection, article: str) -> Article | None:
    """An article, by its whole id."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    row = cursor.execute("SELECT * FROM articles WHERE id = ?", (article,)).fetchone()
    return None if row is None else _article(row)


def read_article_at(connection: sqlite3.Connection, number: int) -> Article:
    """The article in a row."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return _article(cursor.execute("SELECT * FROM articles WHERE n = ?", (number,)).fetchone())


def statement_numbers(connection: sqlite3.Connection, article: int) -> dict[str, int]:
    """The rows of what the newest reading of an article found said, by id."""
    query = "SELECT id, n FROM statements WHERE article = ? AND superseded_by IS NULL"
    return dict(connection.execute(query, (article,)).fetchall())


def read_statements(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[tuple[int, Article, Statement]]:
    """Statements in rows with their articles; whom they are by and about is left out."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    listed = json.dumps(list(numbers))
    query = "SELECT * FROM statements WHERE n IN (SELECT value FROM json_each(?))"
    rows = cursor.execute(query, (listed,)).fetchall()
    articles = {n: read_article_at(connection, n) for n in {row["article"] for row in rows}}
    bare = {"target_entity": None, "addressee_entity": None, "inside": None}
    return [(r["n"], articles[r["article"]], statement_of({**dict(r), **bare}, {}, {}, ())) for r in rows]


def id_range(begin: str) -> tuple[str, str]:
    """Every id that begins so is at least the first and less than the second: no hex digit comes after "f"."""
    return begin, f"{begin}g"


def find_articles(connection: sqlite3.Connection, name: str) -> tuple[str, ...]:
    """Ids of the articles that `name` means: a whole id, else all that have it as an id's beginning, a source's id or an address.

    An id of four digits, as rows of tables have them, may begin another article's id too: then both are told.
    """
    if article_number(connection, name) is not None:
        return (name,)
    digits = name.removeprefix("art-")
    is_begin = len(digits) >= ID_DIGITS_LEAST and not set(digits) - set("0123456789abcdef")
    first, end = id_range(f"art-{digits}") if is_begin else (None, None)
    query = """SELECT id FROM articles WHERE source_id = ?1 UNION SELECT id FROM articles WHERE url = ?1
        UNION SELECT id FROM articles WHERE id >= ?2 AND id < ?3 ORDER BY id"""
    return tuple(row[0] for row in connection.execute(query, (name, first, end)))


def article_ids(connection: sqlite3.Connection) -> Iterator[str]:
    """Every article's id, in order. Each step is a question of its own, so that no long reading holds up the log."""
    last = ""
    while rows := connection.execute("SELECT id FROM articles WHERE id > ? ORDER BY id LIMIT 500", (last,)).fetchall():
        yield from (row[0] for row in rows)
        last = rows[-1][0]


def read_record(connection: sqlite3.Connection, number: int) -> Record:
    """The record of the article in a row, as its newest reading wrote it."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    row = cursor.execute("SELECT * FROM articles WHERE n = ?", (number,)).fetchone()
    run = cursor.execute("SELECT id, onrecord, weights, codebook FROM runs WHERE n = ?", (row["run"],)).fetchone()
    entities = cursor.execute("SELECT * FROM entities WHERE article = ? ORDER BY position", (number,)).fetchall()
    statements = _rows(cursor, "statements", STATEMENTS, number, "position")
    ids = {e["n"]: e["id"] for e in entities}
    said = {s["n"]: s["id"] for s in statements}
    speakers = _speakers(cursor, number, ids)
    return Record(
        Run(*run),
        _article(row),
        tuple(statement_of(s, ids, said, speakers.get(s["n"], ())) for s in statements),
        _mentions(cursor, number, row["id"], ids),
        tuple(_entity(e) for e in entities),
        tuple(_event(e, ids, said) for e in _rows(cursor, "events", EVENTS, number, "position")),
        tuple(figure_of(f, said) for f in _rows(cursor, "figures", FIGURES, number, '"start", "end"')),
        tuple(_prediction(p, said) for p in _predictions(cursor, number)),
        read_clashes(connection, number),
    )


def _rows(cursor: sqlite3.Cursor, table: str, columns: tuple[str, ...], number: int, order: str) -> list[sqlite3.Row]:
    names = ", ".join(f'"{c}"' for c in columns)
    where = f"article = ? AND superseded_by IS NULL ORDER BY {order}"
    return cursor.execute(f"SELECT {names} FROM {table} WHERE {where}", (number,)).fetchall()


def _speakers(cursor: sqlite3.Cursor, number: int, ids: dict[int, str]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    query = "SELECT p.statement, p.entity FROM statements s JOIN statement_speakers p ON p.statement = s.n WHERE s.article = ?"
    for statement, entity in cursor.execute(f"{query} ORDER BY p.statement, p.position", (number,)):
        found[statement] = (*found.get(statement, ()), ids[entity])
    return found


def _predictions(cursor: sqlite3.Cursor, number: int) -> list[sqlite3.Row]:
    query = "SELECT p.* FROM statements s JOIN predictions p ON p.statement = s.n"
    where = "WHERE s.article = ? AND s.superseded_by IS NULL ORDER BY s.position"
    return cursor.execute(f"{query} {where}", (number,)).fetchall()


def span_of(pair: str | None) -> Span | None:
    """A span from its column."""
    return None if pair is None else Span(*json.loads(pair))


def spans_of(pairs: str) -> tuple[Span, ...]:
    """Spans from their column."""
    return tuple(Span(start, end) for start, end in json.loads(pairs))


def _article(r: sqlite3.Row) -> Article:
    layout = json.loads(r["layout"])
    listed = {name: tuple(Span(*p) for p in layout[name]) for name in ("paragraphs", "sentences", "furniture")}
    headline, dateline, published = layout["headline"], layout["dateline"], r["published"]
    return Article(
        id=r["id"],
        text=r["text"],
        source_id=r["source_id"],
        url=r["url"],
        outlet=r["outlet"],
        title=r["title"],
        byline=r["byline"],
        agency=r["agency"],
        published=None
        if published is None
        else Published(published, r["published_basis"], r["published_time"], r["published_hour"]),
        dateline=Dateline(r["dateline_place"], r["dateline_date"], Span(*dateline)) if dateline else None,
        language=r["language"],
        headline=Span(*headline) if headline else None,
        unread=Unread(r["unread"], r["unread_detail"]) if r["unread"] else None,
        updated=r["updated"],
        retrieved=r["retrieved"],
        status=r["status"],
        revision=r["revision"],
        **listed,
    )


def _entity(r: sqlite3.Row) -> Entity:
    roles = tuple(Role(Span(*role["span"]), role["as_of"]) for role in json.loads(r["roles"]))
    return Entity(r["id"], r["name"], r["kind"], tuple(json.loads(r["aliases"])), roles, r["country"], r["code"])


def _mentions(cursor: sqlite3.Cursor, number: int, article: str, ids: dict[int, str]) -> tuple[Mention, ...]:
    found = []
    for r in cursor.execute('SELECT * FROM mentions WHERE article = ? ORDER BY "start"', (number,)):
        span = Span(r["start"], r["end"])
        entity = None if r["entity"] is None else ids[r["entity"]]
        found.append(Mention(mention_id(article, span, r["kind"]), span, r["kind"], entity, r["method"], r["score"]))
    return tuple(found)


def statement_of(r: _Row, ids: dict[int, str], said: dict[int, str], speakers: tuple[str, ...]) -> Statement:
    """A row of `statements`; `ids` of the entities and `said` of the statements that it refers to, by their rows."""
    return Statement(
        id=r["id"],
        form=r["form"],
        source=spans_of(r["source_spans"]),
        cue=spans_of(r["cue_spans"]),
        content=spans_of(r["content_spans"]),
        speaker=Speaker(
            r["speaker"], r["speaker_reason"], r["speaker_kind"], r["speaker_basis"], speakers, r["speaker_score"]
        ),
        inside=_named(r["inside"], said),
        score=r["score"],
        act=Act(r["act"], r["act_class"], r["act_plover"], r["act_score"]) if r["act"] else None,
        target=_party(r, "target", ids),
        addressee=_party(r, "addressee", ids),
        said_on=_when(r, "said"),
    )


def _event(r: sqlite3.Row, ids: dict[int, str], said: dict[int, str]) -> Event:
    return Event(
        id=r["id"],
        trigger=Span(r["start"], r["end"]),
        type=r["type"],
        mode=r["mode"],
        actor=_party(r, "actor", ids),
        recipient=_party(r, "recipient", ids),
        place=Place(r["place"], r["place_country"], r["lat"], r["lon"]) if r["place"] is not None else None,
        date=_when(r, "date"),
        status=r["status"],
        asserted_by=NARRATION if r["narrated"] else _named(r["asserted_by"], said),
        score=r["score"],
    )


def figure_of(r: sqlite3.Row, said: dict[int, str]) -> Figure:
    """A row of `figures`; `said`: the id of the statement that claims it, by its row."""
    witness = NARRATION if r["narrated"] else _named(r["claimed_by"], said)
    span, counted = Span(r["start"], r["end"]), span_of(r["counted_span"])
    return Figure(r["id"], span, r["value"], r["low"], r["high"], r["what"], counted, witness, r["as_of"])


def _prediction(r: sqlite3.Row, said: dict[int, str]) -> Prediction:
    due = Due(r["due_earliest"], r["due_latest"], r["due_basis"]) if r["due_latest"] is not None else None
    return Prediction(said[r["statement"]], r["kind"], due, span_of(r["condition_span"]))


def _party(r: _Row, role: str, ids: dict[int, str]) -> Party | None:
    return None if r[role] is None else Party(r[role], _named(r[f"{role}_entity"], ids))


def _when(r: _Row, role: str) -> When | None:
    if r[f"{role}_basis"] is None:
        return None
    # A day said of a statement stands in `said_date`, an event's in `date` itself.
    day, span = r["said_date" if role == "said" else "date"], span_of(r[f"{role}_span"])
    return When(day, r[f"{role}_edtf"], r[f"{role}_basis"], span, cast(Any, r[f"{role}_reason"]))


def _named(number: int | None, ids: dict[int, str]) -> str | None:
    return None if number is None else ids[number]


def read_clashes(connection: sqlite3.Connection, article: int) -> tuple[Clash, ...]:
    """The clashes of an article's own record, best first."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return tuple(_clash(row) for row in cursor.execute(_OWN, (article,)))


def _clash(r: sqlite3.Row) -> Clash:
    a, b = (Side(r["article"], r[f"statement_{s}"], r[f"figure_{s}_id"], _spans(r, s)) for s in "ab")
    return Clash(r["id"], a, b, r["kind"], r["about"], (spans_of(r["why_a"]), spans_of(r["why_b"])), r["score"])


def _spans(r: sqlite3.Row, side: str) -> tuple[Span, ...]:
    """As `Side` has them: the content, else the cue, of the statement; the figure's own where the narration gives it."""
    if r[f"statement_{side}"] is not None:
        return spans_of(r[f"content_{side}"]) or spans_of(r[f"cue_{side}"])
    return (Span(r[f"start_{side}"], r[f"end_{side}"]),)


_OWN = """SELECT c.id, x.id AS article, c.kind, c.about, c.why_a, c.why_b, c.score, s.id AS statement_a, t.id AS statement_b,
        f.id AS figure_a_id, g.id AS figure_b_id, s.content_spans AS content_a, s.cue_spans AS cue_a,
        t.content_spans AS content_b, t.cue_spans AS cue_b, f."start" AS start_a, f."end" AS end_a,
        g."start" AS start_b, g."end" AS end_b
    FROM clashes c JOIN articles x ON x.n = c.article_a
    LEFT JOIN statements s ON s.n = c.a LEFT JOIN statements t ON t.n = c.b
    LEFT JOIN figures f ON f.n = c.figure_a LEFT JOIN figures g ON g.n = c.figure_b
    WHERE c.article_a = ?1 AND c.article_b = ?1 AND c.score IS NOT NULL ORDER BY c.score DESC, c.id"""
