"""Opening a store: whose file it is, which form it has, who may write, and what is told where it cannot be opened."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest

from onrecord.records import BusyError, ForeignFileError, NotFoundError, StoreError
from onrecord.store import Store, Writer
from onrecord.store.locking import in_the_way, lock_path
from onrecord.store.migrations import APPLICATION_ID, STEPS, migrate, pragma, run_script

from . import making

NOBODY = 65534


def fill(path, number=3):
    with Store.open(path, write=True) as store, Writer(store) as writer:
        writer.add(making.records(1, number), origins=[f"o{k}" for k in range(number)], started=making.STARTED)


def test_a_reader_asks_for_a_store_that_is_there(path):
    with pytest.raises(NotFoundError, match="no such store"):
        Store.open(path)
    assert not path.exists()


def test_a_folder_is_told_to_be_one(tmp_path):
    with pytest.raises(NotFoundError, match="a folder, and no store's file"):
        Store.open(tmp_path)


def test_a_writer_makes_a_store_but_no_folder(path):
    with Store.open(path, write=True):
        pass
    with Store.open(path) as store:
        assert list(store.articles()) == []
    with pytest.raises(StoreError, match="no folder"):
        Store.open(path.parent / "missing" / "record.db", write=True)


@pytest.mark.parametrize("write", [False, True])
def test_a_file_that_is_no_database_is_left_as_it_is(path, write):
    path.write_bytes(b"Dear sir, " * 500)
    with pytest.raises(ForeignFileError, match="not an SQLite file"):
        Store.open(path, write=write)
    assert path.read_bytes() == b"Dear sir, " * 500


@pytest.mark.parametrize("write", [False, True])
def test_somebody_elses_database_is_left_as_it_is(path, write):
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE articles (n)")
    before = path.read_bytes()
    with pytest.raises(ForeignFileError, match="none of onrecord's"):
        Store.open(path, write=write)
    assert path.read_bytes() == before


@pytest.mark.parametrize("write", [False, True])
def test_a_newer_onrecords_store_is_refused(path, write):
    fill(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    with pytest.raises(ForeignFileError, match="upgrade onrecord"):
        Store.open(path, write=write)


def test_an_empty_file_becomes_a_store_for_a_writer_only(path):
    path.touch()
    with pytest.raises(StoreError, match="empty file"):
        Store.open(path)
    fill(path)
    with Store.open(path) as store:
        assert len(list(store.articles())) == 3


def a_later_step(connection):
    run_script(connection, "ALTER TABLE articles ADD COLUMN mood TEXT;\nCREATE TABLE moods (n INTEGER) STRICT;")


def a_failing_step(connection):
    a_later_step(connection)
    connection.execute("SELECT no_such_column FROM articles")


def columns(connection):
    return {row[1] for row in connection.execute("PRAGMA table_info(articles)")}


def test_an_old_file_is_brought_to_the_newest_form_with_all_that_is_in_it(path):
    fill(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        assert migrate(connection, path, steps=(*STEPS, a_later_step)) == len(STEPS)
        assert pragma(connection, "user_version") == len(STEPS) + 1
        assert "mood" in columns(connection)
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (3,)
        assert migrate(connection, path, steps=(*STEPS, a_later_step)) == len(STEPS) + 1, "and once only"


def test_a_step_that_fails_leaves_the_form_before(path):
    fill(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, path, steps=(*STEPS, a_failing_step))
        assert pragma(connection, "user_version") == len(STEPS)
        assert "mood" not in columns(connection)
        assert pragma(connection, "application_id") == APPLICATION_ID


def test_a_reader_leaves_an_old_form_to_a_writer(path, monkeypatch):
    fill(path)
    monkeypatch.setattr("onrecord.store.store.STEPS", (*STEPS, a_later_step))
    with pytest.raises(StoreError, match="older form"):
        Store.open(path)


def test_the_second_writer_is_told_who_the_first_is(path):
    with Store.open(path, write=True), pytest.raises(BusyError, match=f"process {os.getpid()} on .*, since 20"):
        Store.open(path, write=True)
    with Store.open(path, write=True):
        pass


def test_a_link_leads_to_the_same_lock(path):
    fill(path)
    link = path.parent / "elsewhere" / "linked.db"
    link.parent.mkdir()
    link.symlink_to(path)
    with Store.open(path, write=True), pytest.raises(BusyError):
        Store.open(link, write=True)
    with Store.open(link, write=True), pytest.raises(BusyError):
        Store.open(path, write=True)
    assert [p.name for p in link.parent.iterdir()] == ["linked.db"]


def test_only_who_writes_now_is_named(path):
    """A program without our lock stands in the way: neither this writer nor the one before it is blamed."""
    fill(path)
    with Store.open(path, write=True) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        store.connection.execute("PRAGMA busy_timeout = 50")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError, match="is locked by another program"):
            Writer(store).clear_failures(["x"])
        other.execute("ROLLBACK")
    assert in_the_way(path) == "another program", "the last writer is gone"


def test_another_process_is_told_so_too_and_a_dead_one_holds_nothing(path):
    script = (
        "import sys, time; from onrecord.store import Store; Store.open(sys.argv[1], write=True); print(1, flush=True)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", f"{script}; time.sleep(60)", str(path)], stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout.readline() == "1\n"
        with pytest.raises(BusyError, match=f"process {holder.pid} "):
            Store.open(path, write=True)
        assert in_the_way(path).startswith(f"process {holder.pid} ")
        holder.kill()
        holder.wait()
        with Store.open(path, write=True):
            pass


def test_many_read_while_one_writes(path):
    fill(path)
    with Store.open(path, write=True) as store, Writer(store) as writer, Store.open(path) as before:
        assert len(list(before.articles())) == 3
        writer.add(making.records(2, 4), origins=["a", "b", "c", "d"], started=making.STARTED)
        with Store.open(path) as after:
            assert len(list(after.articles())) == 7
        assert len(list(before.articles())) == 7


def test_what_a_reader_began_to_read_does_not_change_under_it(path):
    fill(path)
    with Store.open(path) as reader, Store.open(path, write=True) as store, Writer(store) as writer:
        reader.connection.execute("BEGIN")
        assert len(list(reader.articles())) == 3
        writer.add(making.records(2, 4), origins=["a", "b", "c", "d"], started=making.STARTED)
        assert len(list(reader.articles())) == 3


def test_a_reader_cannot_write(path):
    fill(path)
    with Store.open(path) as store:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            store.connection.execute("DELETE FROM articles")
        with pytest.raises(StoreError, match="opened to read"):
            Writer(store)


def test_a_connection_may_be_handed_to_another_thread(path):
    fill(path)
    found = []
    with Store.open(path) as store:
        thread = threading.Thread(target=lambda: found.extend(store.articles()))
        thread.start()
        thread.join()
    assert len(found) == 3


READ = """
import os, sys
sys.path[:0] = sys.argv[2:]
import onrecord.store
if os.getuid() == 0:
    os.setuid(65534)
from onrecord.records import OnrecordError
try:
    with onrecord.store.Store.open(sys.argv[1], write="--write" in sys.argv) as store:
        print(len(list(store.articles())))
except OnrecordError as error:
    print(type(error).__name__, error)
"""


def as_somebody_else(path, *arguments):
    """What a reader without the right to write finds; a test that runs as root gives that right up first."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path), *arguments], capture_output=True, text=True, check=False
    )
    assert not done.stderr, done.stderr
    return done.stdout.strip()


@pytest.fixture
def locked_folder(tmp_path):
    """A folder, reachable by all, that is made read-only when the test has filled it."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        yield (folder := tmp_path.__class__(name))
        os.chmod(folder, 0o755)


def lock(folder):
    for file in folder.iterdir():
        os.chmod(file, 0o444)
    os.chmod(folder, 0o555)


def test_a_store_in_a_read_only_folder_is_read(locked_folder):
    path = locked_folder / "record.db"
    fill(path)
    lock(locked_folder)
    assert as_somebody_else(path) == "3"
    assert as_somebody_else(path, "--write").startswith("StoreError"), "and its writer is told that it cannot write"


def test_a_store_whose_log_was_left_in_a_read_only_folder_says_what_to_do(locked_folder):
    path = locked_folder / "record.db"
    fill(path)
    with Store.open(path, write=True) as store:
        Writer(store).add(making.records(2, 1), origins=["x"], started=making.STARTED)
        log = path.with_name("record.db-wal").read_bytes()
        main = path.read_bytes()
    path.write_bytes(main)
    path.with_name("record.db-wal").write_bytes(log)
    path.with_name("record.db-shm").unlink(missing_ok=True)
    lock(locked_folder)
    found = as_somebody_else(path)
    assert found == "4" or ("StoreError" in found and "copy it" in found), found


def test_the_lock_may_be_deleted_while_nobody_writes(path):
    fill(path)
    lock_path(path).unlink()
    fill(path)
