"""Stores that an earlier onrecord wrote: opened, brought up to date, and as good as new."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from onrecord.query import Library
from onrecord.store import Store, Writer, backup, check_store, verify
from onrecord.store.migrations import STEPS

OLD = Path(__file__).parent / "old"


@pytest.fixture(params=range(1, len(STEPS) + 1), ids=lambda number: f"v{number}")
def old(request, path):
    """A copy of a store in an old form; it is read without leaving anything beside the one that is kept."""
    shutil.copy(OLD / f"v{request.param}.db", path)
    return path


def tables(path):
    with closing(sqlite3.connect(path)) as connection:
        names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*_fts_*' AND name NOT GLOB 'sqlite_*'"
        return {
            n: connection.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for (n,) in connection.execute(names)
        }


def form(path):
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'"))


def test_an_old_store_is_brought_up_to_date_and_holds(old):
    before = tables(old)
    assert sum(1 for rows in before.values() if rows) > 25, "something of nearly everything is in it"
    with Store.open(old, write=True) as store, Writer(store) as writer:
        writer.settle()  # what the form before did not compare
        assert list(verify(store)) == []
        records = list(store.records())
        assert len(records) == before["articles"] > 10
        assert not any(writer.wants(r.article) for r in records)
        added = writer.add(records, origins=["again"] * len(records), started="2032-01-01T00:00:00Z")
        assert len(added.known) == len(records)
        assert [d.decision.kind for d in store.decisions()] == ["split"]
    with Library.open(old) as library:
        speaker = library.stats("speaker").items[0]
        assert library.who(speaker.identity).statements == speaker.statements
        said = records[0].statements[0].content[0]
        longest = max(re.findall(r"[a-z]+", records[0].article.text[said.start : said.end]), key=len)
        assert library.search(longest).items
        assert library.figures().items


def test_an_old_store_is_copied_as_it_is_and_is_told_how_it_comes_up_to_date(old, tmp_path):
    with Store.open(old, older=True) as store:
        form = store.form
        backup(store, tmp_path / "copy.db")
    with Store.open(tmp_path / "copy.db", older=True) as copy:
        assert copy.form == form
    check = {check.name: check for check in check_store(old)}["opens"]
    assert check.ok == (form == len(STEPS)) and ("onrecord add" in (check.remedy or "")) == (not check.ok)


def test_the_old_store_of_the_newest_form_has_it(old, tmp_path):
    """Where this fails: before a release make the file anew (tests/store/old/make.py), after it write a migration."""
    with Store.open(tmp_path / "new.db", write=True), Store.open(old, write=True):
        pass
    assert form(old) == form(tmp_path / "new.db")


def test_what_waited_in_an_old_store_is_linked_in_the_new_one(tmp_path):
    path = tmp_path / "old.db"
    shutil.copy(OLD / "v3.db", path)
    with closing(sqlite3.connect(path)) as connection, connection:
        block, size = connection.execute(
            "SELECT block, count(*) FROM entities GROUP BY block ORDER BY 2 DESC LIMIT 1"
        ).fetchone()
        connection.execute("INSERT INTO unsettled VALUES (?, 1)", (block,))
    with Store.open(path, write=True) as store:
        waiting = store.connection.execute("SELECT block, count(*) FROM unsettled GROUP BY block").fetchall()
        assert [tuple(row) for row in waiting] == [(block, size)] and size > 1
        with Writer(store):
            pass
        assert list(verify(store)) == []


def test_names_of_an_old_store_are_folded_as_those_of_a_new_one(tmp_path):
    path = tmp_path / "old.db"
    shutil.copy(OLD / "v2.db", path)
    with closing(sqlite3.connect(path)) as connection, connection:
        (identity,) = connection.execute("SELECT min(n) FROM identities").fetchone()
        connection.execute("INSERT INTO identity_names VALUES ('tomas røndal', ?)", (identity,))
    with Store.open(path, write=True) as store:
        names = {name for (name,) in store.connection.execute("SELECT folded FROM identity_names")}
    assert "tomas rondal" in names
    assert "tomas røndal" not in names
