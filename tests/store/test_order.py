"""A store is a function of the set of its articles: of no order, no batch, no repetition, no kill."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.articles import build_article
from onrecord.records import Published
from onrecord.sources import open_source
from onrecord.store import Store, Writer, differences, verify
from onrecord.store.inserting import _COLUMNS

from . import making

FEW = making.records(6, 40, statements=4, world=making.World(3, people=12))


def build(path, records, size=7):
    with Store.open(path, write=True) as store, Writer(store) as writer:
        for k in range(0, len(records), size):
            batch = records[k : k + size]
            added = writer.add(batch, origins=[r.article.id for r in batch], started=making.STARTED)
            assert not added.failed
    return path


def apart(one, other):
    with Store.open(one) as a, Store.open(other) as b:
        return list(differences(a.connection, b.connection))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return build(tmp_path_factory.mktemp("whole") / "whole.db", FEW)


def count(path, query):
    with Store.open(path) as store:
        return store.connection.execute(query).fetchone()[0]


def test_the_articles_have_what_could_depend_on_their_order(whole):
    assert count(whole, "SELECT count(*) FROM copies") >= 4
    assert count(whole, "SELECT count(*) FROM appearances") >= 8
    assert count(whole, "SELECT count(*) FROM articles WHERE standing = 'superseded'") >= 2
    assert count(whole, "SELECT max(c) FROM (SELECT count(*) AS c FROM links GROUP BY identity)") >= 5


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6), st.sampled_from([1, 3, 11, 40]))
def test_any_order_in_any_batches_gives_the_same_store(whole, tmp_path_factory, seed, size):
    shuffled = random.Random(seed).sample(FEW, len(FEW))
    other = build(tmp_path_factory.mktemp("other") / "other.db", shuffled, size)
    assert apart(whole, other) == []


def test_stores_whose_copies_are_of_others_are_told_apart(whole, path):
    """Articles have a column `origin` of their own, which is no article."""
    shutil.copy(whole, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE copies SET origin = article WHERE origin != article")
    assert {difference[0] for difference in apart(whole, path)} == {"copies"}


@pytest.mark.model
def test_what_was_printed_first_by_an_article_that_proves_to_be_a_copy_is_compared_in_the_next_printing(reader, path):
    """13 prints a sentence, 18 prints it too; then comes 12, of which 13 is a copy that has a sentence more."""
    folder = Path(__file__).resolve().parents[2] / "examples"
    documents = chain.from_iterable(
        open_source(str(folder / name)) for name in ("13.html", "gazette.jsonl", "halyard-12.json")
    )
    records = {r.article.source_id: r for r in map(reader.read, map(build_article, documents))}
    build(path, [records[name] for name in ("13", "18", "14", "12")], size=1)
    assert count(path, "SELECT count(*) FROM copies WHERE origin != article") == 1
    with Store.open(path) as store:
        assert list(verify(store)) == []


_KEYS = {("statement_speakers", "statement"), ("mentions", "article")}
"""Parts of keys that another row has with every other value; their other parts show that the rows are compared."""
COLUMNS = [
    (table, column)
    for table, columns in _COLUMNS.items()
    for column in columns
    if column not in {"n", "run", "origin", "added", "superseded_by"} and (table, column) not in _KEYS
]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[f"{t}.{c}" for t, c in COLUMNS])
def test_stores_that_differ_in_any_column_are_told_apart(whole, path, table, column):
    shutil.copy(whole, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        parents = {row[3]: row[2] for row in connection.execute(f"PRAGMA foreign_key_list({table})")}
        kinds = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({table})")}
        if (table, column) == ("predictions", "statement"):
            value = "(SELECT min(n) FROM statements WHERE n NOT IN (SELECT statement FROM predictions))"
        elif column in parents:
            value = f'(SELECT min(n) FROM {parents[column]} WHERE n IS NOT x."{column}")'
        else:
            value = "'other'" if kinds[column] == "TEXT" else f'coalesce("{column}", 0) + 1000'
        key = ", ".join(f'"{c}"' for c in _COLUMNS[table][:2])
        first = f"SELECT {key} FROM {table} ORDER BY 1, 2 LIMIT 1"
        command = f'UPDATE {table} AS x SET "{column}" = {value} WHERE ({key}) = ({first})'
        assert connection.execute(command).rowcount == 1
    assert table in {found for found, _ in apart(whole, path)}


def test_adding_again_changes_nothing(whole, path):
    build(path, FEW)
    with Store.open(path, write=True) as store, Writer(store) as writer:
        before = list(store.connection.iterdump())
        added = writer.add(FEW, origins=["again"] * len(FEW), started="2032-01-01T00:00:00Z")
        assert set(added.known) == {r.article.id for r in FEW} and not added.added
        assert not any(writer.wants(r.article) for r in FEW)
        assert list(store.connection.iterdump()) == before
    assert apart(whole, path) == []


def test_large_blocks_are_settled_in_the_end(whole, path, monkeypatch):
    monkeypatch.setattr("onrecord.store.identities.SMALL_BLOCK", 2)
    with Store.open(path, write=True) as store:
        writer = Writer(store)
        for record in FEW:
            writer.add([record], origins=["o"], started=making.STARTED)
        waiting = store.connection.execute("SELECT count(*) FROM unsettled").fetchone()[0]
        linked = "SELECT count(*) FROM entities WHERE n NOT IN (SELECT entity FROM links)"
        assert waiting > 0 and store.connection.execute(linked).fetchone()[0] == 0
        assert {f.entry for f in verify(store)} == {"unsettled"}
    with Store.open(path, write=True) as store, Writer(store):
        pass
    assert apart(whole, path) == []


def test_a_wrong_store_is_told_from_a_right_one(whole, path):
    build(path, FEW[:-1])
    assert {table for table, _ in apart(whole, path)} >= {"articles", "statements", "entities", "mentions"}


def test_of_two_tellings_of_one_article_the_same_counts_in_any_order(tmp_path):
    record = FEW[0]
    tellings = [
        replace(record, article=replace(record.article, **change))
        for change in (
            {"source_id": "b"}, {"source_id": "a"}, {"title": "T"}, {"published": None}, {"retrieved": "2031-09-09T00:00:00Z"},
            {"published": Published("2031-01-01", "text")}, {"revision": 2}, {"revision": 2, "updated": "2031-07-01T00:00:00Z"},
            {"retrieved": "2031-09-08T00:00:00Z"},
        )
    ]  # fmt: skip
    stores = []
    for seed in range(4):
        shuffled = random.Random(seed).sample(tellings, len(tellings))
        stores.append(build(tmp_path / f"{seed}.db", shuffled, 1 + seed))
    assert all(apart(stores[0], other) == [] for other in stores[1:])
    with Store.open(stores[0]) as store:
        assert store.record(record.article.id).article.updated == "2031-07-01T00:00:00Z"


def test_articles_taken_out_leave_the_store_as_if_they_had_never_come(tmp_path):
    """Forgetting is adding the others: clusters, identities and versions fall back to what these alone make."""
    some = random.Random(1).sample(FEW, 8)
    path = build(tmp_path / "all.db", FEW)
    with Store.open(path, write=True) as store, Writer(store) as writer:
        gone = set()
        for record in some:
            if record.article.id not in gone:
                gone.update(writer.forget(record.article.id).articles)
    left = [r for r in FEW if r.article.id not in gone]
    assert len(FEW) - len(left) >= len(some)
    assert apart(path, build(tmp_path / "left.db", left)) == []


@pytest.mark.parametrize("kept", [0, 1_000, 1 << 20])
def test_keys_of_many_runs_and_parts_are_found_as_before(whole, path, monkeypatch, kept):
    small = (("PART", 64), ("RUNS", 3), ("LARGEST", 1 << 12), ("AT_ONCE", 3), ("MOST_GONE", 20), ("MOST_KEPT", kept))
    for name, value in small:
        monkeypatch.setattr(f"onrecord.store.keying.{name}", value)
    build(path, FEW, size=5)
    for thing in ("article", "wording"):
        assert count(path, f"SELECT count(DISTINCT run) FROM {thing}_keys") > 1
        parts = f"SELECT count(*) FROM {thing}_keys"
        assert count(path, parts) > 2 * count(whole, parts)
    assert apart(whole, path) == []
    gone = set()
    with Store.open(path, write=True) as store, Writer(store) as writer:
        for record in FEW[::3]:
            if record.article.id not in gone:
                gone.update(writer.forget(record.article.id).articles)
    left = [r for r in FEW if r.article.id not in gone]
    assert apart(path, build(path.with_name("left.db"), left)) == []
