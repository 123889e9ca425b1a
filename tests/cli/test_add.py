"""``onrecord add`` and the commands that keep a store, as a user meets them."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import termios
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.store import Store, Writer

OLD = Path(__file__).parents[1] / "store" / "old"


@pytest.fixture
def db(tmp_path):
    (tmp_path / "stores").mkdir()
    return tmp_path / "stores" / "record.db"


def test_a_summary_says_what_became_of_all(run, storing, crawl, dispatch, db):
    result = run("add", crawl, dispatch, "--db", db)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "71 articles added\n", "")
    result = run("add", crawl, "no-such-file.txt", env={"ONRECORD_DB": str(db)})
    assert result.exit_code == 3
    assert result.stdout == "0 articles added, 70 already there, 1 failed: see `onrecord doctor`\n"
    assert result.stderr == "onrecord: no-such-file.txt: no such file\n"


def test_nothing_but_failures(run, storing, db):
    result = run("add", "no-such-file.txt", "--db", db)
    assert result.exit_code == 1
    assert result.stdout == f"0 articles added, 1 failed: see `onrecord doctor --db {db}`\n", "it is kept in this store"
    assert run("add", "--retry-failed", "--db", db).exit_code == 1


def test_standard_input(run, storing, db):
    assert run("add", "-", "--db", db, stdin=b"Lane said that the bridge was safe on Monday morning.").exit_code == 0
    with Store.open(db) as store:
        assert store.connection.execute("SELECT origin FROM articles").fetchall() == [("stdin",)]


def test_retrying_clears_what_succeeds(run, storing, db, tmp_path):
    late = tmp_path / "late.txt"
    run("add", late, "--db", db)
    late.write_text("Lane said that the bridge was safe on Monday morning.")
    result = run("add", "--retry-failed", "--db", db)
    assert (result.exit_code, result.stdout) == (0, "1 article added\n")
    assert run("add", "--retry-failed", "--db", db).stdout == "0 articles added\n"


@pytest.mark.parametrize(("before", "given"), [(0, [5]), (5, []), (19, [])])
def test_whoever_reads_for_hours_gives_way(run, storing, crawl, db, monkeypatch, priorities, before, given):
    monkeypatch.setattr(os, "getpriority", lambda *_: before)
    assert run("add", crawl, "--db", db).exit_code == 0
    assert run("read", crawl).exit_code == 0, "who reads at a terminal waits for it"
    assert [nice for *_, nice in priorities] == given


def test_wrong_usage(run, storing, db, crawl, tmp_path):
    assert run("add", "--db", db).exit_code == 2
    assert run("add", crawl, "--published", "soon", "--db", db).exit_code == 2
    assert run("add", crawl, "--jobs", "0", "--db", db).exit_code == 2
    (tmp_path / "pins.csv").write_text("name,kind\nLane,person\n")
    result = run("add", crawl, "--authority", tmp_path / "pins.csv", "--db", db)
    assert result.exit_code == 1 and "no column aliases" in result.stderr
    result = run("add", crawl, "--authority", tmp_path / "none.csv", "--db", db)
    assert result.exit_code == 1 and "none.csv: cannot be read" in result.stderr
    result = run("add", crawl, "--db", tmp_path / "nowhere" / "r.db")
    assert result.exit_code == 1 and "there is no folder" in result.stderr


def test_a_file_that_is_no_store_is_left_as_it_is(run, storing, crawl, dispatch):
    before = dispatch.read_bytes()
    result = run("add", crawl, "--db", dispatch)
    assert result.exit_code == 1 and "not an SQLite file, so not a store" in result.stderr
    assert dispatch.read_bytes() == before


def test_a_second_one_says_who_writes(run, storing, crawl, db):
    with Store.open(db, write=True):
        result = run("add", crawl, "--db", db)
    assert result.exit_code == 1
    assert f"is being written by process {os.getpid()} on " in result.stderr


def test_a_full_disk_is_told_with_what_was_added_before(run, storing, crawl, db, monkeypatch):
    real = Writer.add
    calls = []

    def full(self, records, **options):
        calls.append(len(records))
        if len(calls) > 1:
            pages = self._store.connection.execute("PRAGMA page_count").fetchone()[0]
            self._store.connection.execute(f"PRAGMA max_page_count = {pages}")
        return real(self, records, **options)

    monkeypatch.setattr(Writer, "add", full)
    result = run("add", crawl, "--db", db)
    monkeypatch.undo()
    assert result.exit_code == 1
    assert f"broken off; {calls[0]} articles added before that" in result.stderr
    assert "the disk is full: nothing of the last batch was written" in result.stderr
    assert "Traceback" not in result.stderr
    assert run("verify", "--quick", "--db", db).exit_code == 0


# Root, whom no permission stops, becomes nobody once all is imported: what is root's cannot be read any more.
AS_NOBODY = """
import os, sys
import signal
import concurrent.futures.process, concurrent.futures.thread
import onrecord.bulk, onrecord.cli.add, onrecord.cli.warning, onrecord.ingest, onrecord.sources, onrecord.store
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
onrecord.cli.cli(prog_name="onrecord")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")
def test_a_read_only_store_is_told_and_left_intact(run, storing, crawl, dispatch, db):
    run("add", crawl, "--db", db)
    for folder in [db.parent, *db.parent.parents]:
        if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    dispatch.chmod(0o644)
    before = db.read_bytes()
    db.chmod(0o444)
    db.parent.chmod(0o555)
    try:
        command = [sys.executable, "-c", AS_NOBODY, "add", str(dispatch), "--db", str(db)]
        done = subprocess.run(command, capture_output=True, text=True)
    finally:
        db.parent.chmod(0o755)
    assert done.returncode == 1, done.stderr
    assert str(db) in done.stderr and "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert db.read_bytes() == before


# A driver with the tests' scripted models, which reads the tenth article until a signal comes.
SLOW = """
import sys, threading
sys.path.insert(0, sys.argv.pop(1))
import doubles
from onrecord.analysis.sentences import Embedder
from onrecord.pipeline import Reader
from onrecord.cli import cli
from onrecord.ingest import Stop
came, ask = threading.Event(), Stop.ask
Stop.ask = lambda stop: (came.set(), ask(stop))
def read(article):
    print(article.source_id, file=sys.stderr, flush=True)
    if article.source_id == "n9":
        came.wait(60)
reader = doubles.ScriptedReader()
reader.on_read = read
Reader.load = lambda threads=None: reader
Embedder.load = doubles.ScriptedEmbedder
cli(prog_name="onrecord")
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_well(run, crawl, db, number, code):
    doubles = Path(__file__).resolve().parents[1] / "ingest"
    command = [sys.executable, "-c", SLOW, str(doubles), "add", str(crawl), "--db", str(db)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        if line.startswith("n9"):
            break
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == code, err
    added = int(out.split()[0])
    assert 10 <= added < 70 and out == f"{added} articles added\n"
    assert "interrupted; the same command goes on from here" in err
    with Store.open(db) as store:
        assert len(list(store.articles())) == added


def test_a_signal_ends_waiting_for_standard_input(db):
    command = [sys.executable, "-m", "onrecord", "add", "-", "--db", str(db)]
    reading, writing = os.pipe()
    process = subprocess.Popen(command, stdin=reading, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    nothing = bytes(4)
    try:
        os.write(writing, b"Lane said")
        while fcntl.ioctl(reading, termios.FIONREAD, nothing) != nothing:  # it has not come to read
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
    finally:
        process.kill()
        process.communicate()
        os.close(reading)
        os.close(writing)


def test_on_a_terminal_a_bar_is_shown_and_goes(storing, crawl, db, monkeypatch, capsys):
    import io

    from rich.console import Console

    from onrecord.cli import adding

    out = io.StringIO()
    monkeypatch.setattr(adding.sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(adding, "_console", lambda: Console(file=out, force_terminal=True, width=100))
    from onrecord.ingest import ArticleTally

    # Who asks how many there are has been answered when the bar is there.
    at_once = SimpleNamespace(Thread=lambda target, daemon: SimpleNamespace(start=target))
    monkeypatch.setattr(adding, "threading", at_once)
    with adding.ProgressBar(lambda: 70) as bar:
        bar.told(ArticleTally(added=35, statements=1234))
        bar.complain("a.txt: not text")
    shown = out.getvalue()
    assert "35 of 70 articles" in shown and "1,234 statements" in shown
    assert "onrecord: a.txt: not text" in shown


def test_verify_tells_what_is_wrong(run, storing, crawl, db):
    run("add", crawl, "--db", db)
    assert run("verify", "--db", db).stdout == "70 articles: nothing is wrong\n", "through a pipe too"
    assert run("verify", "--db", db, "--format", "ndjson").stdout == ""
    with Store.open(db, write=True) as store:
        store.connection.execute("UPDATE statements SET content = 'something else' WHERE n = 3")
    result = run("verify", "--db", db, "--format", "ndjson")
    assert result.exit_code == 1
    findings = [json.loads(line) for line in result.stdout.splitlines()]
    assert {"part", "entry", "reason"} == findings[0].keys()
    assert run("verify", "--db", db, "--format", "json").exit_code == 1
    table = run("verify", "--db", db, "--format", "table")
    assert "what is wrong" in table.stdout and findings[0]["part"] in table.stdout


def test_the_index_of_words_is_made_anew_on_the_word_that_verify_gives(run, storing, crawl, db, tmp_path):
    run("add", crawl, "--db", db)
    with Store.open(db, write=True) as store:
        store.connection.execute("INSERT INTO articles_fts (rowid, title, text) VALUES (777, 'no', 'such')")
    result = run("verify", "--db", db, "--format", "ndjson")
    assert result.exit_code == 1 and "onrecord verify --reindex" in result.stdout
    assert run("verify", "--reindex", "--db", db).exit_code == 0
    assert run("verify", "--reindex", "--db", tmp_path / "none.db").exit_code == 1
    assert not (tmp_path / "none.db").exists()


def test_doctor_without_and_with_a_store(run, storing, crawl, db):
    for form in ("table", "ndjson", "json"):
        result = run("doctor", "--db", db, "--format", form)
        assert "only the installation was looked at" in result.stderr
        assert result.exit_code == 1, "somebody who names a store thinks that there is one"
    assert run("doctor", env={"ONRECORD_DB": None}).exit_code == 0
    assert not db.exists()
    run("add", crawl, "no-such-file.txt", "--db", db)
    result = run("doctor", "--db", db, "--format", "table")
    remedy = " ".join(result.stdout.replace("\n", " ").split()).replace("/ ", "/")
    assert f"`onrecord add --retry-failed --db {db}` tries them again" in remedy
    assert "no-such-file.txt" in result.stdout and "no such file" in result.stdout
    assert "1 input failed" in result.stdout
    found = json.loads(run("doctor", "--db", db, "--format", "json").stdout)
    checks = {check["name"]: check for check in found["checks"]}
    assert {"weights", "sentences", "parquet", "spacy"} <= checks.keys() and checks["spacy"]["ok"]
    assert found["failures"][0]["stage"] == "source"
    db.write_bytes(b"no store at all" * 100)
    result = run("doctor", "--db", db)
    assert result.exit_code == 1 and "not a store" in result.stdout


def test_a_backup_is_a_store_and_writes_over_nothing(run, storing, crawl, db, tmp_path):
    run("add", crawl, "--db", db)
    copy = tmp_path / "copy.db"
    assert run("backup", copy, "--db", db).exit_code == 0
    assert run("verify", "--db", copy).exit_code == 0
    result = run("backup", copy, "--db", db)
    assert result.exit_code == 1 and "is there already" in result.stderr
    assert run("backup", tmp_path, "--db", db).exit_code == 0 and (tmp_path / "record.db").exists()


def test_a_store_of_an_older_form_is_copied_and_then_brought_up_to_date_by_itself(run, db, tmp_path):
    shutil.copy(OLD / "v8.db", db)
    result = run("stats", "--db", db)
    assert result.exit_code == 1 and f"`onrecord backup --db {db}`" in result.stderr
    assert run("backup", tmp_path / "copy.db", "--db", db).exit_code == 0
    result = run("add", "--db", db)
    assert result.exit_code == 0 and f"{db}: brought from form 8 to " in result.stdout
    assert run("stats", "--db", db).exit_code == 0 and run("doctor", "--db", db).exit_code == 0
    assert run("add", "--db", db).exit_code == 2, "there is nothing left to do"
    assert run("doctor", "--db", tmp_path / "copy.db").exit_code == 1


def test_forgetting_asks_and_leaves_nothing(run, storing, crawl, db):
    run("add", crawl, "--db", db)
    result = run("forget", "n7", "--db", db)
    assert result.exit_code == 2 and "--yes" in result.stderr
    result = run("forget", "n7", "--reason", "asked by its writer", "--yes", "--db", db)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("1 article taken down: art-") or "articles taken down: art-" in result.stdout
    assert b"item 7 was agreed" not in db.read_bytes()
    again = run("add", crawl, "--db", db)
    assert again.exit_code == 0 and again.stdout.startswith("0 articles added")
    assert "left out, since taken down before" in again.stdout
    assert run("forget", "n7", "--yes", "--db", db).exit_code == 1
    assert run("forget", "--purge", "--db", db).exit_code == 0
    assert run("forget", "--db", db).exit_code == 2
    id_ = re.search("art-[0-9a-f]+", result.stdout)[0]
    for command in (("show", id_), ("show", id_[:12]), ("forget", id_, "--yes")):
        told = run(*command, "--db", db)
        assert told.exit_code == 1
        assert re.search(rf"{id_}: taken down on \d{{4}}-\d\d-\d\d: asked by its writer", told.stderr), told.stderr
    assert "taken down" not in run("show", "art-0123456789", "--db", db).stderr


def test_a_forgetting_that_had_no_room_to_finish_is_told_with_what_is_left_to_do(run, storing, crawl, db, monkeypatch):
    run("add", crawl, "--db", db)

    def full(connection):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("onrecord.store.writer.purge", full)
    result = run("forget", "n7", "--yes", "--db", db)
    monkeypatch.undo()
    assert result.exit_code == 1 and "taken down: art-" in result.stdout
    assert "database or disk is full" in result.stderr and "`onrecord forget --purge`" in result.stderr
    assert run("forget", "--purge", "--db", db).exit_code == 0
    assert b"item 7 was agreed" not in db.read_bytes()


def test_reading_again_tells_what_changes(run, storing, crawl, db, monkeypatch):
    run("add", crawl, "--db", db)
    assert run("reread", "--db", db, "--format", "table").stdout == "0 articles read again, 0 changed\n"
    from dataclasses import replace

    real = type(storing).read
    newer = replace(storing.run, id="run-newer", weights="sha256:1")

    def otherwise(self, article):
        record = real(self, article)
        if article.source_id == "n3":
            return replace(record, run=newer, statements=())
        said = tuple(replace(s, speaker=replace(s.speaker, name="council")) for s in record.statements)
        return replace(record, run=newer, statements=said if article.source_id == "n5" else record.statements)

    monkeypatch.setattr(type(storing), "read", otherwise)
    monkeypatch.setattr(type(storing), "run", newer)
    result = run("reread", "--show", "--db", db, "--format", "table")
    assert result.exit_code == 0, result.output
    last = result.stdout.splitlines()[-1]
    assert (
        last
        == "70 articles read again, 2 changed: 0 statements gained, 1 lost, 1 with another speaker, 0 with another act"
    )
    assert "- Speaker said: that item 3 was agreed." in result.stdout.replace("said: item", "said: that item")
    assert "~ speaker Speaker → council" in result.stdout
    assert run("reread", "--db", db, "--format", "table").stdout == "0 articles read again, 0 changed\n"
    piped = run("reread", "--db", db)
    assert (piped.stdout, piped.stderr) == ("", "onrecord: 0 articles read again, 0 changed\n")
    assert run("verify", "--db", db).exit_code == 0
    assert run("reread", "n1", "--all", "--db", db).exit_code == 2
    assert run("reread", "nobody", "--db", db).exit_code == 1


def test_watch_reads_its_list(run, storing, db, tmp_path):
    result = run("watch", tmp_path / "none.txt", "--once", "--db", db)
    assert result.exit_code == 1 and "cannot be read" in result.stderr
    feeds = tmp_path / "feeds.txt"
    feeds.write_text("# ours\nhttp://127.0.0.1:9/rss\n")
    assert run("watch", feeds, "--every", "soon", "--db", db).exit_code == 2
    result = run("watch", feeds, "--once", "--db", db)
    assert result.exit_code == 1
    assert result.stderr.count("is a private address (--allow-private reads it all the same)") == 1
    assert "asked again after" not in result.stderr, "whoever allows it then is not to wait"
    feeds.write_text("# ours\nno-address\nhttp://127.0.0.1:9/rss\n")
    result = run("watch", feeds, "--once", "--allow-private", "--db", db)
    assert result.exit_code == 1 and "feeds.txt:2: 'no-address' is no http" in result.stderr
    assert "asked again after" in result.stderr, "a line that names no feed keeps no other from being asked"
    feeds.write_text("http://127.0.0.1:9/rss\n")
    result = run("watch", feeds, "--once", "--allow-private", "--db", db)
    assert (result.exit_code, result.stdout) == (3, "0 articles added\n")
    assert "127.0.0.1:9/rss: left alone until 2" in result.stderr


def test_columns_are_declared(run, storing, db, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("No,Body\n7,Lane said that the bridge was safe on Monday morning.\n")
    assert run("add", table, "--db", db).exit_code == 1
    result = run("add", table, "--columns", "id=No,text=Body", "--db", db)
    assert (result.exit_code, result.stdout) == (0, "1 article added\n")
    for command in ("add", "read"):
        result = run(command, table, "--columns", "words=Body")
        assert result.exit_code == 2 and "'words' is none of the fields id, text, title" in result.stderr
    result = run("read", table, "--columns", "id=No,text=Body", "--format", "ndjson")
    assert json.loads(result.stdout)["article"]["source_id"] == "7"


def test_purging_makes_no_store(run, storing, tmp_path):
    result = run("forget", "--purge", "--db", tmp_path / "mistyped.db")
    assert result.exit_code == 1 and "mistyped.db" in result.stderr
    assert list(tmp_path.glob("mistyped*")) == []


def test_doctor_tells_what_helps_a_feed(run, storing, db, tmp_path):
    feeds = tmp_path / "feeds.txt"
    feeds.write_text("http://127.0.0.1:9/rss\n")
    run("watch", feeds, "--once", "--db", db)
    told = run("doctor", "--db", db, "--format", "table").stdout
    assert "`onrecord watch` asks a feed again" in told and "--retry-failed" not in told
    run("add", "no-such-file.txt", "--db", db)
    told = " ".join(run("doctor", "--db", db, "--format", "table").stdout.split())
    assert "2 inputs failed" in told and "--retry-failed" in told and "`onrecord watch`" in told


def test_doctor_misses_the_model_of_sentences(run, monkeypatch, db):
    from onrecord.analysis import sentences

    monkeypatch.setattr(sentences, "FILE", "none.onnx")
    result = run("doctor", "--db", db, "--format", "json")
    (check,) = [c for c in json.loads(result.stdout)["checks"] if c["name"] == "sentences"]
    assert not check["ok"] and "none.onnx" in check["what"] and result.exit_code == 1


def test_the_closing_line_names_what_was_passed_over(run, storing, db, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "story.txt").write_text("Lane said that the bridge was safe on Monday morning.")
    (folder / "blank.txt").write_text("\n")
    for name in ("a.png", "b.png", "c.png", "d.png"):
        (folder / name).write_bytes(b"\x89PNG\r\n\x00\x00" * 99)
    result = run("add", folder, "--db", db)
    skipped = "4 files of no kind that is read passed over (a.png, b.png, c.png and 1 more)"
    assert result.stdout == f"2 articles added, 1 of them without text, {skipped}\n"


def test_dates_that_cannot_be_read_are_told_with_their_line_and_words(run, storing, db, tmp_path):
    rows = tmp_path / "rows.csv"
    rows.write_text("id,text,published\n1,Lane said yes on Monday.,05/06/2024\n2,Lane said no on Monday.,20240506\n")
    result = run("add", rows, "--db", db)
    assert (result.exit_code, result.stdout) == (0, "2 articles added\n")
    assert f"onrecord: {rows}:2: published '05/06/2024' names no day" in result.stderr
    assert result.stderr.count("\n") == 1
    assert "rows.csv:2: published" in run("read", rows).stderr


def test_a_table_full_of_dates_that_cannot_be_read_does_not_flood_the_terminal(run, storing, db, tmp_path):
    rows = tmp_path / "rows.csv"
    rows.write_text("id,text,published\n" + "".join(f"{n},Lane said {n} on Monday.,05/06/2024\n" for n in range(25)))
    lines = run("add", rows, "--db", db).stderr.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "onrecord: and 5 more warnings like these"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no POSIX permissions")
def test_a_folder_that_may_not_be_read_is_a_failure_of_that_input(run, storing, db, tmp_path, monkeypatch):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o000)
    if os.geteuid() == 0:  # whom no mode keeps out
        refused = PermissionError(13, "Permission denied")
        scandir, stat = os.scandir, os.stat

        def guarded(call, path, *more, **options):
            if str(locked) in str(path) and (call is scandir or Path(path) != locked):
                raise refused
            return call(path, *more, **options)

        monkeypatch.setattr(os, "scandir", lambda path=".": guarded(scandir, path))
        monkeypatch.setattr(os, "stat", lambda path, *more, **options: guarded(stat, path, *more, **options))
    result = run("add", locked, "--db", db)
    assert result.exit_code == 1
    assert f"onrecord: {locked}: Permission denied" in result.stderr
    with Store.open(db) as store:
        assert [f.origin for f in store.failures()] == [str(locked)]


def test_a_folder_is_no_store(run, storing, crawl, tmp_path):
    result = run("add", crawl, "--db", tmp_path)
    assert result.exit_code == 2
    assert "is a directory" in result.stderr
