"""A run's directory as a store, and linked: the same as if its inputs had been added."""

from __future__ import annotations

import json
import sqlite3

import pyarrow
import pytest
from pyarrow import parquet
from tests.bulk.doubles import Crew
from tests.ingest.doubles import ScriptedEmbedder, ScriptedReader, rows
from tests.ingest.killing import write_corpus

from onrecord import ingest
from onrecord.bulk import STORE, add, bulk, link, take_in
from onrecord.ingest import Models, Stop
from onrecord.records import InputError, OutputError, StoreError
from onrecord.store import Store, Writer, differences, verify


def models():
    return Models(reader=ScriptedReader(), embedder=ScriptedEmbedder())


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    write_corpus(folder / "a.jsonl", 90)
    (folder / "b.jsonl").write_text(
        rows(range(40)) + "no JSON\n" + rows([3]).replace("n3", "BREAKS").replace("The", "BREAKS")
    )
    return [str(folder / "a.jsonl"), str(folder / "b.jsonl")]


@pytest.fixture(scope="module")
def added(sources, tmp_path_factory):
    path = tmp_path_factory.mktemp("added") / "record.db"
    tally = ingest.add(path, sources, models=models())
    return path, tally


@pytest.fixture
def folder(sources, tmp_path):
    out = tmp_path / "out"
    bulk(sources, out, jobs=1, crew=Crew)
    return out


def prove_same(one, other):
    with Store.open(one) as a, Store.open(other) as b:
        assert not list(differences(a.connection, b.connection))
        assert not list(verify(b))
        assert list(b.without_vectors()) == []
        told = [[(f.input, f.origin, f.stage, f.reason) for f in s.failures()] for s in (a, b)]
        assert told[0] == told[1] != []


def test_a_directory_added_is_the_store_that_its_inputs_make(added, folder, tmp_path):
    path, tally = added
    assert take_in(folder, tmp_path / "store.db", models=models()) == tally
    prove_same(path, tmp_path / "store.db")


def test_added_twice_changes_nothing(added, folder, tmp_path):
    take_in(folder, tmp_path / "store.db", models=models())
    again = take_in(folder, tmp_path / "store.db", models=models())
    assert (again.added, again.updated, again.known) == (0, 0, added[1].added)
    prove_same(added[0], tmp_path / "store.db")


def test_broken_off_and_taken_up(added, folder, tmp_path):
    stop = Stop()
    first = take_in(folder, tmp_path / "store.db", models=models(), stop=stop, on_progress=lambda tally: stop.ask())
    assert 0 < first.added < added[1].added
    second = take_in(folder, tmp_path / "store.db", models=models())
    assert first.added + second.added == added[1].added
    prove_same(added[0], tmp_path / "store.db")


def test_add_takes_both_kinds_of_inputs(folder, tmp_path):
    (tmp_path / "more.jsonl").write_text(rows(range(500, 510)))
    told = []
    tally = add(
        tmp_path / "store.db", [str(folder), str(tmp_path / "more.jsonl")], models=models(), on_progress=told.append
    )
    with Store.open(tmp_path / "store.db") as store:
        assert len(list(store.articles())) == tally.added
        assert tally.added >= 130
    assert told[-1].added == tally.added


def test_what_failed_in_a_run_is_told_like_other_inputs_failures(sources, folder, tmp_path):
    told = []
    tally = add(tmp_path / "store.db", [str(folder)], models=models(), on_failure=told.append)
    assert tally.failed == len(told) == 2
    assert [(one.input, one.origin, one.stage) for one in told] == [
        (sources[1], f"{sources[1]}:41", "source"),
        (sources[1], f"{sources[1]}:42", "reading"),
    ]


DAMAGE = {
    "a record of nothing": lambda wire: wire.clear(),
    "a statement whose id is another's": lambda wire: wire["statements"][0].update(id=f"stm-{0:020}"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_record_that_is_none_is_a_failure_of_its_own(folder, tmp_path, damage):
    file = max((folder / "records").rglob("*.parquet"), key=_rows)
    table = parquet.read_table(file)
    rows = table.to_pylist()
    row, wire = next((row, wire) for row in rows if (wire := json.loads(row["record"]))["statements"])
    DAMAGE[damage](wire)
    row["record"] = json.dumps(wire)
    parquet.write_table(pyarrow.Table.from_pylist(rows, table.schema), file)
    total, told, store = sum(map(_rows, (folder / "records").rglob("*.parquet"))), [], tmp_path / "store.db"
    tally = take_in(folder, store, models=models(), on_failure=told.append)
    assert (tally.added, tally.known, tally.failed) == (total - 1, 0, 3)
    assert (told[0].input, told[0].origin, told[0].stage) == (str(folder), row["origin"], "storing")
    with Store.open(store) as opened:
        assert not list(verify(opened))
        assert {(f.origin, f.stage) for f in opened.failures()} == {(f.origin, f.stage) for f in told}


def test_what_the_store_refuses_of_a_run_is_a_failure_of_its_own(folder, tmp_path, monkeypatch):
    add_all = Writer.add

    def refusing(self, records, **options):
        if any(refused in origin for origin in options["origins"]):
            raise StoreError(tmp_path, "refused") from sqlite3.IntegrityError("twice")
        return add_all(self, records, **options)

    refused = parquet.read_table(min((folder / "records").rglob("*.parquet")))["origin"][1].as_py()
    monkeypatch.setattr(Writer, "add", refusing)
    told = []
    take_in(folder, tmp_path / "store.db", models=models(), on_failure=told.append)
    assert [f.origin for f in told if f.stage == "storing"] == [refused]


def _rows(file):
    return parquet.read_metadata(file).num_rows


@pytest.mark.parametrize("option", [{"published": "2031-05-04"}, {"columns": "text=body"}])
def test_what_was_read_is_not_told_how_to_be_read(folder, sources, tmp_path, option):
    with pytest.raises(InputError, match=rf"out: is taken as .* has read it: `{next(iter(option))}` is for other"):
        add(tmp_path / "store.db", [sources[0], str(folder)], models=models(), **option)
    assert not (tmp_path / "store.db").exists()


def test_linked_tables_are_those_that_the_store_exports(added, folder, tmp_path):
    import duckdb

    counts = link(folder, models=models())
    prove_same(added[0], folder / STORE)
    ask = duckdb.connect().execute
    copies = ask(f"SELECT count(*) FROM '{folder}/linked/articles.parquet' WHERE copy_of IS NOT NULL").fetchone()[0]
    with Store.open(added[0]) as store:
        assert (
            copies == store.connection.execute("SELECT count(*) FROM copies WHERE origin != article").fetchone()[0] > 0
        )
        assert counts["articles"] == len(list(store.articles()))
    never = Models(reader=None, embedder=None)
    assert link(folder, models=never) == counts, "what is linked is not linked again"


def test_only_what_a_run_has_finished_is_taken(tmp_path):
    with pytest.raises(OutputError, match="none of `onrecord bulk`, or not finished"):
        link(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"bulk": 99}))
    with pytest.raises(Exception, match="of form 99"):
        take_in(tmp_path, tmp_path / "store.db")
