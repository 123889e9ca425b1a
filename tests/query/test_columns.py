"""What is counted and ordered of columns is what a plain look at all rows gives."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from typing import get_args

import pytest

from onrecord.query import fitting
from onrecord.query.browse import browse
from onrecord.query.entities import entities, entity
from onrecord.query.filters import narrowed
from onrecord.query.stats import By, stats
from onrecord.query.who import who
from onrecord.store import Store, Writer, verify
from onrecord.store.coding import day_code, day_text
from onrecord.store.columns import differing

from ..store import making

FEW = making.records(6, 40, statements=4, world=making.World(3, people=12))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Something of everything: joint speakers, some unknown, undated, withdrawn, copies, printings."""
    with Store.open(tmp_path_factory.mktemp("columns") / "record.db", write=True) as opened:
        with Writer(opened) as writer:
            writer.add(FEW, origins=["o"] * len(FEW), started=making.STARTED)
        for command in (
            "UPDATE statements SET standing = 'withdrawn' WHERE n % 9 = 0",
            "UPDATE statements SET form = 'mixed', day = NULL WHERE n % 5 = 0",
            "UPDATE statements SET day = substr(day, 1, 7) WHERE n % 13 = 0",
            "UPDATE statements SET day = substr(day, 1, 4), speaker_kind = 'group' WHERE n % 17 = 0",
            "DELETE FROM links WHERE entity % 13 = 0",
            "UPDATE statements SET speaker = NULL WHERE n % 11 = 0",
            "DELETE FROM statement_speakers WHERE statement % 11 = 0 OR statement % 7 = 0",
            "INSERT INTO statement_speakers SELECT p.statement, 1, max(e.n) FROM statement_speakers p JOIN statements s "
            "ON s.n = p.statement JOIN entities e ON e.article = s.article WHERE p.statement % 4 = 0 GROUP BY p.statement",
            "UPDATE statements SET target_entity = (SELECT max(n) FROM entities e WHERE e.article = statements.article), "
            "target = 'somebody' WHERE n % 3 = 0",
            "UPDATE statements SET target = 'the board', target_entity = NULL WHERE n % 10 = 0",
        ):
            opened.connection.execute(command)
        opened.connection.execute("DELETE FROM meta WHERE key = 'tallied'")
        yield opened


@pytest.fixture(params=["few", "all"])
def way(request, monkeypatch):
    """A few statements are looked up, of more the columns are read: both ways give the same."""
    monkeypatch.setattr(fitting, "FEW", 10**9 if request.param == "few" else 0)


def people(store):
    sql = """SELECT i.id FROM identities i JOIN links l ON l.identity = i.n JOIN statement_speakers p ON p.entity = l.entity
        GROUP BY i.id ORDER BY count(*) DESC LIMIT 2"""
    return [id_ for (id_,) in store.connection.execute(sql)]


def options_of(store):
    one, other = people(store)
    ways = {
        "speaker": [None, one],
        "target": [None, other],
        "act": [None, "deny"],
        "kind": [None, "group"],
        "since": [None, "2031-01"],
        "outlet": [None, making.OUTLETS[1]],
    }
    for values in itertools.product(*ways.values()):
        yield dict(zip(ways, values, strict=True))
    yield {"form": "mixed", "withdrawn": True}
    yield {"until": "2031-01"}
    yield {"published_since": "2030-06", "published_until": "2031-01"}


KEYS = {
    "outlet": "a.outlet", "day": "s.day", "month": "substr(s.day, 1, 7)", "year": "substr(s.day, 1, 4)", "act": "s.act",
    "form": "s.form",
}  # fmt: skip


def counted(store, by, where):
    """The counts by one plain question."""
    sql, values = where.sql()
    speaker = by == "speaker"
    key, identity = ("coalesce(i.name, s.speaker)", "i.id") if speaker else (KEYS[by], "NULL")
    speakers = """LEFT JOIN statement_speakers q ON q.statement = s.n LEFT JOIN links l ON l.entity = q.entity
        LEFT JOIN identities i ON i.n = l.identity"""
    question = f"""SELECT {key}, {identity}, count(*), count(DISTINCT coalesce(p.origin, s.n)), count(DISTINCT s.article),
            count(DISTINCT coalesce(c.origin, s.article))
        FROM statements s JOIN articles a ON a.n = s.article {speakers if speaker else ""}
        LEFT JOIN appearances p ON p.statement = s.n LEFT JOIN copies c ON c.article = s.article
        WHERE {where.standing}{sql} GROUP BY {"coalesce(i.id, s.speaker)" if speaker else key}"""
    rows = [tuple(r) for r in store.connection.execute(question, values) if r[0] is not None or not speaker]
    if by in ("day", "month", "year"):
        return sorted(rows, key=lambda r: (r[0] is None, r[0]))
    return sorted(rows, key=lambda r: (-r[2], r[0] or "", r[1] or r[0] or ""))


def test_counts_of_names_that_are_printed_for_one_who_is_not_known(store):
    """An entity without an identity may be printed under several names."""
    execute = store.connection.execute
    execute("SAVEPOINT before")
    try:
        execute("DELETE FROM links WHERE entity % 3 = 0")
        execute("DELETE FROM statement_speakers WHERE position > 0")
        execute("UPDATE statements SET speaker = 'somebody ' || (n % 2) WHERE n % 3 = 0")
        right = counted(store, "speaker", narrowed(store))
        told = stats(store, "speaker", size=500).items
        assert [(t.key, t.identity, t.statements, t.utterances, t.articles, t.sources) for t in told] == right
        assert sum(t.identity is None for t in told) > 1
    finally:
        execute("ROLLBACK TO before")
        execute("RELEASE before")


@pytest.mark.parametrize("by", get_args(By))
def test_counts_are_those_of_a_plain_question(store, way, by):
    several = 0
    for options in options_of(store):
        right = counted(store, by, narrowed(store, **options))
        several += len(right) > 1
        pages, cursor = [], None
        while True:
            page = stats(store, by, size=7, cursor=cursor, **options)
            assert page.total == len(right)
            pages += page.items
            if (cursor := page.cursor) is None:
                break
        told = [(t.key, t.identity, t.statements, t.utterances, t.articles, t.sources) for t in pages]
        assert told == right, options
    assert several > 10


def rows_of(store, where):
    sql, values = where.sql()
    question = f"""SELECT s.n, s.day, s.standing, p.origin FROM statements s JOIN articles a ON a.n = s.article
        LEFT JOIN appearances p ON p.statement = s.n WHERE s.standing != 'superseded'{sql}"""
    return [tuple(r) for r in store.connection.execute(question, values)]


def first_of(rows, key):
    """The row of each utterance that comes first by a key, in its order."""
    best = {}
    for row in sorted(rows, key=key):
        best.setdefault(row[0] if row[3] is None else row[3], row)
    return sorted(best.values(), key=key)


def test_newest_first_is_the_order_of_all_rows(store, way):
    for options in options_of(store):
        where = narrowed(store, **options)
        stands = ("current", "withdrawn") if where.withdrawn else ("current",)
        rows = [r for r in rows_of(store, where) if r[2] in stands]
        right = [(n, origin) for n, _, _, origin in reversed(last_of(rows))]
        found, cursor = [], None
        while True:
            page, cursor = browse(store, where, 3, cursor)
            found += page
            if cursor is None:
                break
        assert found == right, options


def last_of(rows):
    best = {}
    for row in sorted(rows, key=lambda r: (r[1] or "", r[0])):
        best[row[0] if row[3] is None else row[3]] = row
    return sorted(best.values(), key=lambda r: (r[1] or "", r[0]))


def test_who_is_told_in_the_order_of_all_rows(store, way):
    told = 0
    for person in people(store):
        for options in ({}, {"withdrawn": True}, {"since": "2031"}, {"act": "deny"}, {"outlet": making.OUTLETS[1]}):
            where = narrowed(store, speaker=person, **options)
            rows = rows_of(store, where)
            left = [r for r in rows if r[2] == "current" or where.withdrawn]
            right = first_of(left, lambda r: (r[1] is None, r[1] or "", r[0]))
            found, cursor = [], None
            while True:
                page = who(store, person, size=2, cursor=cursor, **options)
                assert (page.total, page.statements) == (len(right), len(left))
                assert page.withdrawn == len(rows) - len(left)
                found += [u.said.id for u in page.items]
                if (cursor := page.cursor) is None:
                    break
            ids = dict(store.connection.execute("SELECT n, id FROM statements").fetchall())
            assert found == [ids[r[0]] for r in right]
            told += len(found)
    assert told > 40


def test_identities_come_by_how_many_articles_name_them(store):
    rows = store.connection.execute(
        """SELECT i.n, i.id, i.kind, a.standing, coalesce(c.origin, a.n) FROM links l JOIN identities i ON i.n = l.identity
        JOIN entities e ON e.n = l.entity JOIN articles a ON a.n = e.article LEFT JOIN copies c ON c.article = a.n"""
    ).fetchall()
    for kind in (None, "person"):
        naming = defaultdict(set)
        for n, id_, k, standing, printing in rows:
            if kind in (None, k):
                naming[n, id_] |= {printing} if standing == "current" else set()
        right = [id_ for n, id_ in sorted(naming, key=lambda x: (-len(naming[x]), x[0]))]
        found, cursor = [], None
        while True:
            page = entities(store, kind=kind, size=3, cursor=cursor)
            found += [c.identity for c in page.items]
            if (cursor := page.cursor) is None:
                break
        assert found == right and len(found) > 5


SAID = """SELECT DISTINCT s.n, s.day, s.act, s.target, t.identity FROM links l JOIN statement_speakers p ON p.entity = l.entity
    JOIN statements s ON s.n = p.statement LEFT JOIN links t ON t.entity = s.target_entity
    LEFT JOIN appearances o ON o.statement = s.n JOIN identities i ON i.n = l.identity
    WHERE i.id = ? AND s.standing = 'current' AND (o.origin IS NULL OR o.origin = s.n)"""
OF = """SELECT s.act, s.speaker, t.identity FROM links l JOIN statements s ON s.target_entity = l.entity
    LEFT JOIN statement_speakers p ON p.statement = s.n LEFT JOIN links t ON t.entity = p.entity
    LEFT JOIN appearances o ON o.statement = s.n JOIN identities i ON i.n = l.identity
    WHERE i.id = ? AND (s.speaker IS NOT NULL OR t.identity IS NOT NULL) AND s.standing = 'current'
        AND (o.origin IS NULL OR o.origin = s.n)"""


def test_one_of_them_is_told_as_the_rows_have_it(store, way):
    ids = dict(store.connection.execute("SELECT n, id FROM identities").fetchall())
    for person in people(store):
        whole = entity(store, person)
        said = store.connection.execute(SAID, (person,)).fetchall()
        assert dict(whole.days) == Counter(day for _, day, *_ in said if day is not None)
        of = store.connection.execute(OF, (person,)).fetchall()
        for told, rows in ((whole.speaks_of, [row[2:] for row in said if row[3]]), (whole.spoken_of_by, of)):
            right = defaultdict(int)
            for act, name, identity in rows:
                right[act, None if identity else name, ids.get(identity)] += 1
            found = {(a.act, None if a.party.identity else a.party.name, a.party.identity): a.statements for a in told}
            assert found.items() <= right.items() and len(found) == min(len(right), 20)


@pytest.mark.parametrize("day", [None, "2031", "2031-05", "2031-05-09", "0999-12-31"])
def test_a_day_is_told_by_its_number(day):
    assert day_text(day_code(day)) == day


def test_days_sort_as_their_texts_do():
    days = ["1999-12-31", "2031", "2031-01", "2031-01-01", "2031-01-31", "2031-02", "2032"]
    assert sorted(days, key=day_code) == days


def test_columns_follow_every_change_and_verify_tells_where_not(tmp_path):
    with Store.open(tmp_path / "record.db", write=True) as store, Writer(store) as writer:
        writer.add(FEW, origins=["o"] * len(FEW), started=making.STARTED)
        assert list(differing(store.connection)) == []
        writer.close()
        assert store.connection.execute("SELECT count(*) FROM stale_statements").fetchone()[0] == 0
        assert list(differing(store.connection)) == []
        writer.forget(FEW[0].article.id)
        assert list(differing(store.connection)) == []
        for change in (
            "UPDATE statements SET day = NULL WHERE n % 3 = 0",
            "DELETE FROM appearances WHERE statement % 2 = 0",
            "UPDATE OR REPLACE links SET identity = (SELECT max(n) FROM identities) WHERE entity % 5 = 0",
            "DELETE FROM links WHERE entity % 7 = 0",
            "DELETE FROM statement_speakers WHERE statement % 4 = 0",
        ):
            store.connection.execute(change)
            assert list(differing(store.connection)) == []
        writer.reindex()
        store.connection.execute("UPDATE statement_columns SET rows = zeroblob(length(rows))")
        store.connection.execute("UPDATE entity_columns SET rows = zeroblob(length(rows))")
        assert {f.entry for f in verify(store)} >= {"statement_columns", "entity_columns"}
        writer.reindex()
        assert not {f.entry for f in verify(store)} & {"statement_columns", "entity_columns"}
