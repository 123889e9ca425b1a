"""Adding: what is new, once; failures kept and tried again; batches; ends."""

from __future__ import annotations

import json
import random
import sqlite3
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from onrecord.ingest import ArticleTally, Models, Stop, add, batches
from onrecord.link import AuthorityRow
from onrecord.records import BusyError, Record, Span, StoreError
from onrecord.sources import ninjs
from onrecord.store import Store, Writer, differences, ready, verify

from .doubles import rows, sentences


def contents(path):
    with Store.open(path) as store:
        return list(store.records())


def same(one, other):
    with Store.open(one) as a, Store.open(other) as b:
        return list(differences(a.connection, b.connection))


def test_adds_all_with_vectors(path, put, crawl):
    assert put(crawl) == ArticleTally(added=100, statements=200)
    with Store.open(path) as store:
        assert not list(verify(store))
        assert not list(store.without_vectors())
        origins = store.connection.execute("SELECT origin FROM articles ORDER BY n LIMIT 2").fetchall()
    assert origins == [(f"{crawl}:1",), (f"{crawl}:2",)]


def test_the_same_twice_changes_nothing_and_reads_nothing(path, put, crawl, models, tmp_path):
    put(crawl)
    first = path.read_bytes()
    models.reader.read_ids.clear()
    assert put(crawl) == ArticleTally(known=100)
    assert models.reader.read_ids == []
    with sqlite3.connect(tmp_path / "before.db") as before:
        (tmp_path / "before.db").write_bytes(first)
    before.close()
    assert not same(path, tmp_path / "before.db")


def test_where_all_is_known_no_model_is_loaded(path, put, crawl, monkeypatch):
    from onrecord.pipeline import Reader

    put(crawl)
    monkeypatch.setattr(Reader, "load", lambda threads=None: pytest.fail("loaded"))
    assert put(crawl, models=Models()) == ArticleTally(known=100)


@pytest.mark.parametrize("seed", range(4))
def test_files_in_any_order_give_the_same_store(put, tmp_path, path, seed):
    files = []
    for n in range(24):
        # Copies under other names, versions at one address, and the same article in two files.
        text = sentences(n // 2) * 8 if n % 2 else sentences(n)
        files.append(tmp_path / f"{n}.jsonl")
        row = {"id": f"n{n}", "text": text, "outlet": f"Outlet {n % 3}", "url": f"https://news.example/{n % 10}"}
        files[-1].write_text(
            json.dumps(row | {"published": f"2031-05-{n + 1:02d}"}) + "\n" + (rows([3]) if n % 5 == 0 else "")
        )
    put(*files, to=tmp_path / "plain.db")
    random.Random(seed).shuffle(files)
    put(*files[:9], to=path)
    put(*files, to=path)
    assert not same(path, tmp_path / "plain.db")


def test_records_are_made_ready_while_others_are_read(put, crawl, path, models, monkeypatch):
    threads = set()

    def told(record):
        threads.add(threading.current_thread())
        return ready(record)

    monkeypatch.setattr(batches, "ready", told)
    put(crawl)
    assert threads and threading.main_thread() not in threads


def test_a_record_that_is_not_what_it_should_be_is_a_failure_of_its_own(put, crawl, path, models, monkeypatch):
    real = type(models.reader).read

    def careless(self, article):
        record = real(self, article)
        if article.source_id != "n7":
            return record
        far = (Span(len(article.text), len(article.text) + 5),)
        return replace(record, statements=(replace(record.statements[0], content=far),))

    monkeypatch.setattr(type(models.reader), "read", careless)
    models_ = Models(reader=models.reader, embedder=models.embedder)
    told = []
    assert put(crawl, models=models_, on_failure=told.append) == ArticleTally(added=99, failed=1, statements=198)
    assert [(f.origin, f.stage) for f in told] == [(f"{crawl}:8", "storing")]


def test_what_was_taken_down_is_told_apart_from_what_is_there(put, crawl, path):
    put(crawl)
    with Store.open(path, write=True) as store, Writer(store) as writer:
        down = len(writer.forget(store.find("n7")[0]).articles)
    assert put(crawl) == ArticleTally(known=100 - down, forgotten=down)


@pytest.mark.parametrize("version", [None, "4"])
@pytest.mark.parametrize("later", ["the same item", "sent again without its embargo"])
def test_an_embargo_is_lifted_when_its_item_is_added_after_it(put, path, tmp_path, monkeypatch, version, later):
    end = datetime(2031, 5, 4, 12, tzinfo=UTC)
    item = {"uri": "urn:wire:1", "headline": "Item 1", "body_text": sentences(1), "copyrightholder": "Wire"}
    item |= {"versioncreated": "2031-05-04T09:00:00Z", "version": version, "pubstatus": "usable"}
    place = tmp_path / "item.json"

    def at(hours, fields):
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return end + timedelta(hours=hours)

        monkeypatch.setattr(ninjs, "datetime", Clock)
        place.write_text(json.dumps(fields))
        tally = put(place)
        with Store.open(path) as store:
            return tally, store.connection.execute("SELECT status, standing FROM articles").fetchall()

    held = item | {"embargoed": end.isoformat()}
    assert at(-1, held) == (ArticleTally(added=1, statements=2), [("withheld", "withdrawn")])
    assert at(-1, held)[0] == ArticleTally(known=1)
    assert at(+1, held if later == "the same item" else item)[1] == [("usable", "current")]
    assert at(-1, held)[1] == [("usable", "current")]  # told in the other order, it ends the same
    notice = item | {"pubstatus": "withheld", "version": None}
    assert at(+2, notice)[1] == [("withheld", "withdrawn")]


def test_each_text_is_embedded_once(put, tmp_path, models):
    one = tmp_path / "copies.jsonl"
    row = {"text": sentences(1)}
    one.write_text("".join(json.dumps(row | {"id": f"c{n}", "outlet": f"Outlet {n}"}) + "\n" for n in range(70)))
    assert put(one).added == 70
    assert len(models.embedder.embedded) == 2


def test_what_fails_is_kept_with_file_stage_and_reason(path, put, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text(
        rows([1]) + "no json\n" + rows([2]) + rows([3]).replace("Monday", "BREAKS")
    )
    (tmp_path / "in" / "b.txt").write_bytes(b"\x00\x01\x02" * 50)
    told = []
    tally = put(tmp_path / "in", tmp_path / "gone.txt", on_failure=told.append)
    assert tally == ArticleTally(added=2, failed=4, statements=4)
    with Store.open(path) as store:
        failures = store.failures()
    folder = str(tmp_path / "in")
    assert {(f.input, f.origin, f.stage) for f in failures} == {
        (folder, f"{folder}/a.jsonl:2", "source"),
        (folder, f"{folder}/a.jsonl:4", "reading"),
        (folder, f"{folder}/b.txt", "source"),
        (str(tmp_path / "gone.txt"), str(tmp_path / "gone.txt"), "source"),
    }
    assert "the model broke" in next(f.reason for f in failures if f.stage == "reading")
    assert sorted(told, key=lambda f: f.origin) == sorted(failures, key=lambda f: f.origin)


def test_trying_again_takes_only_what_failed(path, put, tmp_path, models):
    place = tmp_path / "a.jsonl"
    broken = rows([3]).replace("Monday", "BREAKS")
    place.write_text(rows([1]) + "no json\n" + broken + "not this either\n")
    assert put(place).failed == 3
    # One row is mended, one is new, one still breaks; the new one was not what failed.
    place.write_text(rows([1]) + rows([2]) + broken + "not this either\n" + rows([4]))
    models.reader.read_ids.clear()
    assert put(again=True) == ArticleTally(added=1, failed=2, statements=2)
    assert models.reader.read_ids == ["n2", "n3"]
    with Store.open(path) as store:
        assert sorted(f.origin for f in store.failures()) == [f"{place}:3", f"{place}:4"]
    place.write_text(rows([1, 2, 3]))  # the fourth row is gone
    assert put(again=True).added == 1
    with Store.open(path) as store:
        assert store.failures() == ()


def test_a_file_that_was_missing_is_no_failure_once_it_is_there(path, put, tmp_path):
    place = tmp_path / "a.jsonl"
    assert put(place).failed == 1
    place.write_text(rows([1, 2]))
    assert put(place) == ArticleTally(added=2, statements=4)
    with Store.open(path) as store:
        assert store.failures() == ()


def test_a_table_is_tried_again_with_the_columns_that_were_declared(path, put, tmp_path):
    place = tmp_path / "t.csv"
    place.write_text("No,Body\n1,Lane said that it held.\n2,BREAKS\n")
    assert put(place, columns="id=No,text=Body").failed == 1
    place.write_text("No,Body\n1,Lane said that it held.\n2,Lane said that it broke.\n")
    assert put(again=True).added == 1
    with Store.open(path) as store:
        assert store.failures() == ()


def test_a_file_of_a_folder_that_is_added_by_itself_fails_no_longer(path, put, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    table = folder / "t.csv"
    table.write_text("No,Body\n1,Lane said that it held.\n")
    assert put(folder).failed == 1
    assert put(table, columns="id=No,text=Body").added == 1
    with Store.open(path) as store:
        assert store.failures() == ()


def test_failures_of_standard_input_stay(path, put, tmp_path):
    import io

    data = io.BytesIO((rows([1]) + "no json\n").encode())
    assert put("-", stdin=data) == ArticleTally(added=1, failed=1, statements=2)
    assert put(again=True) == ArticleTally()
    with Store.open(path) as store:
        assert [f.origin for f in store.failures()] == ["stdin:2"]


def test_an_article_that_the_store_refuses_is_a_failure_of_its_own(path, put, crawl, monkeypatch):
    real = Writer.add

    def picky(self, records, **options):
        if any(r.record.article.source_id == "n7" for r in records):
            raise ValueError("cannot be written")
        return real(self, records, **options)

    monkeypatch.setattr(Writer, "add", picky)
    told = []
    assert put(crawl, on_failure=told.append) == ArticleTally(added=99, failed=1, statements=198)
    assert [(f.origin, f.stage) for f in told] == [(f"{crawl}:8", "storing")]
    with Store.open(path) as store:
        assert store.failures() == tuple(told)


def test_what_is_told_is_in_the_store(path, put, crawl):
    seen = []

    def told(tally):
        with Store.open(path) as store:
            seen.append((tally.added, store.connection.execute("SELECT count(*) FROM articles").fetchone()[0]))

    put(crawl, on_progress=told)
    assert len(seen) >= 3 and all(added == stored for added, stored in seen)
    assert seen[-1] == (100, 100)


def test_a_store_in_the_folder_that_is_added_is_none_of_its_articles(put, crawl):
    store = crawl.parent / "record.db"
    put(crawl.parent, to=store)
    told = []
    assert put(crawl.parent, to=store, on_failure=told.append) == ArticleTally(known=100)
    assert told == []


def test_a_full_disk_ends_it_with_what_was_told_kept(path, put, crawl, models, monkeypatch):
    told = []
    real = Writer.add

    def full(self, records, **options):
        if told:
            pages = self._store.connection.execute("PRAGMA page_count").fetchone()[0]
            self._store.connection.execute(f"PRAGMA max_page_count = {pages}")
        return real(self, records, **options)

    monkeypatch.setattr(Writer, "add", full)
    with pytest.raises(StoreError, match="the disk is full"):
        put(crawl, on_progress=told.append)
    monkeypatch.undo()
    with Store.open(path) as store:
        assert len(list(store.articles())) == told[-1].added > 0
        assert not list(verify(store, quick=True))
    assert put(crawl) == ArticleTally(
        added=100 - told[-1].added, known=told[-1].added, statements=200 - told[-1].statements
    )


def test_a_second_one_is_told_who_writes(path, put, crawl):
    with Store.open(path, write=True), pytest.raises(BusyError, match=r"is being written by process \d+"):
        put(crawl)


def test_asked_to_stop_it_writes_what_it_has_begun_and_can_go_on(path, put, crawl, models, tmp_path):
    stop = Stop()
    models.reader.on_read = lambda article: stop.ask() if article.source_id == "n20" else None
    tally = put(crawl, stop=stop)
    assert 20 < tally.added < 40
    assert len(contents(path)) == tally.added
    models.reader.on_read = lambda article: None
    rest = put(crawl)
    assert rest.added == 100 - tally.added
    put(crawl, to=tmp_path / "plain.db")
    assert not same(path, tmp_path / "plain.db")


def test_asked_to_stop_while_it_waits_it_ends_at_once(put, crawl):
    stop = Stop()

    class Pipe:
        def read(self, size=-1):
            stop.ask()
            raise AssertionError("the wait goes on")

    assert put("-", crawl, stdin=Pipe(), stop=stop) == ArticleTally()


def test_long_articles_are_not_held_together(put, tmp_path, models):
    place = tmp_path / "long.jsonl"
    long = "The council of the town met on Monday to talk about the budget for the next year.\n\n" * 1200
    place.write_text("".join(json.dumps({"id": f"l{n}", "text": f"Part {n}.\n\n{long}"}) + "\n" for n in range(9)))
    assert put(place).added == 9
    assert len(long) < models.reader.most < 2 * len(long) + 300_000 and models.reader.most <= 200_000 + len(long)
    assert models.reader.read_ids == [f"l{n}" for n in range(9)]


def test_a_day_and_an_authority(path, put, crawl):
    row = AuthorityRow("Q1", "Lane", "person", (), None, None, None)
    put(crawl, published="2031-05-04", authority=[row])
    with Store.open(path) as store:
        assert store.connection.execute("SELECT DISTINCT published, published_basis FROM articles").fetchall() == [
            ("2031-05-04", "given")
        ]
        assert store.connection.execute("SELECT wikidata, name FROM authority").fetchall() == [("Q1", "Lane")]


@pytest.mark.model
def test_the_real_thing(path, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text('The harbour reopened on Monday.\n\n"We are ready," the harbour master, Ilse Varn, said.\n')
    assert add(path, [str(page)]).statements == 1
    (record,) = contents(path)
    assert isinstance(record, Record) and record.statements[0].speaker.name == "Ilse Varn"


def test_what_is_passed_over_is_told_and_what_is_empty_counted(put, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "story.txt").write_text(sentences(1))
    (folder / "blank.txt").write_text(" \n\n")
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\x00\x00" * 99)
    skipped = []
    tally = put(folder, on_skipped=skipped.append)
    assert (tally.added, tally.empty, tally.failed) == (2, 1, 0)
    assert skipped == [str(folder / "logo.png")]
