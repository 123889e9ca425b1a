"""What a writer does with a batch: what is refused, what is kept as a failure, what a crash or a full disk leaves."""

from __future__ import annotations

import gc
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from onrecord.records import Span, StoreError
from onrecord.store import Failure, Store, Vectors, Writer, differences, verify

from . import making

WHEN = "2031-01-01T00:00:00Z"


def add(writer, records, **options):
    return writer.add(records, origins=[r.article.id for r in records], started=making.STARTED, **options)


@pytest.fixture
def store(path):
    with Store.open(path, write=True) as opened:
        yield opened


def moved(record):
    """A record whose first statement's content lies past the end of its text."""
    first, *rest = record.statements
    size = len(record.article.text)
    return replace(record, statements=(replace(first, content=(Span(size, size + 5),)), *rest))


def renamed(record):
    return replace(record, statements=(replace(record.statements[0], id="stm-0"), *record.statements[1:]))


def unnamed_article(record):
    return replace(record, article=replace(record.article, outlet="Another"))


def halved(record):
    article = making.Article(making.article_id(None, None, "a\ud800"), "a\ud800")
    return making.Record(record.run, article)


@pytest.mark.parametrize("spoil", [moved, renamed, unnamed_article, halved])
def test_a_record_that_is_not_verbatim_is_refused_and_the_others_are_added(store, spoil):
    good, bad = making.records(1, 2)
    bad = spoil(bad)
    added = Writer(store).add([bad, good], origins=["b.txt", "g.txt"], inputs=["folder", "folder"], started=WHEN)
    assert added.added == (good.article.id,)
    (failure,) = store.failures()
    assert added.failed == (failure,) and (failure.input, failure.origin, failure.stage) == (
        "folder",
        "b.txt",
        "storing",
    )
    assert not list(verify(store))


def test_failures_are_kept_until_the_same_document_succeeds(store):
    writer = Writer(store)
    one = Failure("folder", "a.txt", "reading", "ValueError: a", WHEN)
    writer.fail([one, Failure("folder", "b.txt", "source", "gone", WHEN)])
    writer.fail([replace(one, reason="ValueError: again")])
    assert [(f.origin, f.reason) for f in store.failures()] == [("b.txt", "gone"), ("a.txt", "ValueError: again")]
    writer.add(making.records(1, 1), origins=["a.txt"], started=WHEN)
    assert [f.origin for f in store.failures()] == ["b.txt"]
    writer.clear_failures(["b.txt"])
    assert store.failures() == ()


def test_vectors_are_written_with_their_statements(store):
    import numpy as np

    writer, records = Writer(store), making.records(1, 3)
    ids = [s.id for r in records for s in r.statements]
    vectors = Vectors("sha256:one", {id_: np.full(384, 1 + k % 100, np.int8) for k, id_ in enumerate(ids[:-1])})
    add(writer, records, vectors=vectors)
    assert [id_ for id_, _ in store.without_vectors()] == ids[-1:]
    assert [f.part for f in verify(store)] == ["vectors"]
    writer.add_vectors(Vectors("sha256:one", {ids[-1]: np.ones(384, np.int8), "stm-unknown": np.ones(384, np.int8)}))
    assert not list(store.without_vectors()) and not list(verify(store))
    with pytest.raises(StoreError, match="another model"):
        writer.add_vectors(Vectors("sha256:two", {ids[0]: np.ones(384, np.int8)}))
    writer.drop_vectors()
    writer.add_vectors(Vectors("sha256:two", {ids[0]: np.ones(384, np.int8)}))
    assert len(list(store.without_vectors())) == len(ids) - 1


def test_words_are_found_as_they_are_printed(store):
    records = making.records(1, 5)
    add(Writer(store), records)
    statement = records[0].statements[0]
    words = statement.content[0].of(records[0].article.text).strip("“”,").split()
    query = "SELECT s.id FROM statements_fts f JOIN statements s ON s.n = f.rowid WHERE statements_fts MATCH ?"
    found = store.connection.execute(query, (f'"{" ".join(words[2:6])}"',)).fetchall()
    assert (statement.id,) in found


def test_a_full_disk_is_told_and_leaves_what_was_done(path):
    records = making.records(1, 60)
    with Store.open(path, write=True) as store:
        writer = Writer(store)
        add(writer, records[:5])
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages + 3}")
        with pytest.raises(StoreError, match="disk is full"):
            add(writer, records[5:])
        assert len(list(store.articles())) == 5 and not list(verify(store))
        store.connection.execute("PRAGMA max_page_count = 1000000")
        assert len(add(writer, records[5:]).added) == 55, "and with room again it goes on"
        assert not list(verify(store))


def test_what_fails_after_a_failure_does_not_hide_it(store, monkeypatch):
    def failing(connection):
        raise sqlite3.OperationalError("the second")

    writer, records = Writer(store), making.records(1, 6)
    add(writer, records[:2])
    with monkeypatch.context() as patch:
        patch.setattr("onrecord.store.writer.Inserter", failing)
        with pytest.raises(StoreError, match="CHECK constraint failed"):
            writer.fail([Failure("a", "a", "no stage", "b", WHEN)])
        with pytest.raises(StoreError, match="the second"):
            add(writer, records[2:])
    assert len(add(writer, records[2:]).added) == 4
    assert not list(verify(store))


def test_only_where_articles_are_written_is_nothing_searched_for_cycles(store):
    searched = []

    class Told(list):
        def __iter__(self):
            searched.append(gc.isenabled())
            return super().__iter__()

    writer, records = Writer(store), making.records(1, 2)
    writer.add(Told(records), origins=["a", "b"], started=WHEN)
    assert set(searched) == {False} and gc.isenabled()
    searched.clear()
    writer.fail(Told([Failure("a", "a", "reading", "b", WHEN)]))
    assert set(searched) == {True}


def test_a_file_that_became_read_only_is_told(path, store):
    writer = Writer(store)
    add(writer, making.records(1, 2))
    store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="read-only"):
        add(writer, making.records(2, 2))
    assert len(list(store.articles())) == 2


def test_an_error_in_the_middle_leaves_nothing_of_the_batch(store, monkeypatch):
    writer = Writer(store)
    records = making.records(1, 10)
    add(writer, records[:4])
    before = list(store.connection.iterdump())
    monkeypatch.setattr("onrecord.store.uttering.Utterances.arrange", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add(writer, records[4:])
    assert list(store.connection.iterdump()) == before
    monkeypatch.undo()
    add(writer, records[4:])
    assert not list(verify(store))


def test_a_batch_that_waits_too_long_for_a_lock_says_who_has_it(path, store, monkeypatch):
    writer = Writer(store)
    store.connection.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked by"):
        add(writer, making.records(1, 1))
    other.close()
    assert add(writer, making.records(1, 1)).added


PAUSE = 0.1  # seconds: a batch of four articles takes about as long

KILLED = """
import sys
sys.path[:0] = [sys.argv[2]]
from store import making
from onrecord.store import Store, Writer
records = making.records(9, int(sys.argv[3]), statements=4)
with Store.open(sys.argv[1], write=True) as store, Writer(store) as writer:
    print("ready", flush=True)
    for k in range(0, len(records), 4):
        batch = [r for r in records[k : k + 4] if writer.wants(r.article)]
        added = writer.add(batch, origins=[r.article.id for r in batch], started=making.STARTED)
        print(*added.added, flush=True)
"""


def start(path, number):
    tests = os.path.dirname(os.path.dirname(__file__))
    command = [sys.executable, "-c", KILLED, str(path), tests, str(number)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def kill_and_resume(path, number, kills, *, batches, seed=0):
    """Add the same records again and again, each time killed after up to `batches` of them, at a random moment of the next."""
    r, done = random.Random(seed), set()
    for _ in range(kills):
        writer = start(path, number)
        told = "".join(writer.stdout.readline() for _ in range(1 + r.randint(0, batches)))
        time.sleep(r.uniform(0, PAUSE))
        writer.send_signal(signal.SIGKILL)
        told += writer.communicate()[0]
        assert told.startswith("ready\n")
        # What was cut off in the middle of a line was not told.
        done.update(told.rpartition("\n")[0].split()[1:])
        with Store.open(path) as store:
            assert done <= set(store.articles()), "what was reported done is there"
    writer = start(path, number)
    out = writer.communicate()[0]
    assert writer.returncode == 0 and out.startswith("ready")
    return done


def test_a_killed_writer_loses_nothing_that_it_reported(tmp_path):
    assert kill_and_resume(tmp_path / "killed.db", 40, kills=2, batches=4)
    records = making.records(9, 40, statements=4)
    with Store.open(tmp_path / "whole.db", write=True) as whole, Writer(whole) as writer:
        add(writer, records)
        with Store.open(tmp_path / "killed.db") as killed:
            assert list(differences(whole.connection, killed.connection)) == []
            assert list(verify(killed)) == []
