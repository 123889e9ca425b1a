"""A run without Ray: whatever ends it and whoever reads, the same bytes."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import replace

import pytest
from tests.bulk.doubles import Crew, Killed, ScriptedWorker, warc, write_inputs
from tests.ingest.doubles import RUN, rows, sentences

from onrecord.bulk import bulk, finishing, is_bulk, parquet, running, values
from onrecord.bulk.running import WORK
from onrecord.cli.reading import read_all
from onrecord.export.jsonl import line
from onrecord.ingest import Stop
from onrecord.records import InputError, NotFoundError, OutputError, to_wire
from onrecord.store.locking import WriterLock

COLUMNS = "text=body"


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    return write_inputs(tmp_path_factory.mktemp("bulk") / "crawl")


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(values, "PART_DOCUMENTS", 7)


def run(names, out, **options):
    crew = options.pop("crew", None) or Crew()
    return bulk(names, out, jobs=1, crew=lambda: crew, columns=options.pop("columns", None), **options)


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def done(names, tmp_path_factory):
    out = tmp_path_factory.mktemp("done") / "out"
    assert run(names, out) is not None
    return out


def lines_of(out):
    return sorted(record for path in out.glob("records/*/*.parquet") for _, record in parquet.records(path))


def test_records_are_those_that_read_gives(names, done):
    """Byte for byte, and the same failures; those of Parquet, which `read` does not know, from the same rows in JSON Lines."""
    sources = [name for name in names if not name.endswith(".parquet")]
    outcomes = list(read_all(ScriptedWorker()._reader, sources))
    records = [line(to_wire(o)).rstrip("\n") for o in outcomes if hasattr(o, "article")]
    told = json.loads((done / "manifest.json").read_text())
    assert lines_of(done) == sorted(records)
    assert len(records) == told["counts"]["records"] == 40 + 90 + 5
    failures = {(o.origin, o.reason) for o in outcomes if not hasattr(o, "article")}
    found = {(f["origin"], f["reason"]) for f in told["failures"]}
    assert failures <= found
    assert {origin for origin, _ in found - failures} == {f"{names[0]}/c.parquet"}  # no column is named "text"


def test_rows_of_parquet_are_those_of_json_lines(tmp_path, names, done):
    out = tmp_path / "out"
    assert run([f"{names[0]}/c.parquet"], out, columns=COLUMNS).records == 3
    same = tmp_path / "c.jsonl"
    same.write_text("".join(rows([n], published="2031-05-02").replace(f"n{n}", f"p{n - 300}") for n in (301, 302, 303)))
    run([str(same)], tmp_path / "other")
    assert lines_of(out) == lines_of(tmp_path / "other")


def test_the_manifest_tells_all(names, done):
    told = json.loads((done / "manifest.json").read_text())
    assert (told["bulk"], told["run"]["weights"]) == (1, RUN.weights)
    assert [one["name"].rpartition("/")[2] for one in told["inputs"]] == [
        "a.warc.gz", "b.jsonl", "c.parquet", "d.bin", "gone.jsonl",
    ]  # fmt: skip
    hashes = [one["sha256"] for one in told["inputs"]]
    assert all(h.startswith("sha256:") for h in hashes[:4])
    assert hashes[4] is None
    stages = {(f["origin"].rpartition("/")[2], f["stage"]) for f in told["failures"]}
    assert stages == {
        ("b.jsonl:91", "source"), ("b.jsonl:92", "source"), ("b.jsonl:93", "reading"), ("c.parquet", "source"),
        ("gone.jsonl", "source"),
    }  # fmt: skip
    assert [
        (w["input"].rpartition("/")[2], w["warning"].partition(" (")[0].rpartition("/")[2]) for w in told["warnings"]
    ] == [("b.jsonl", f"b.jsonl:{line}: published 'sometime' names no day, and is left out") for line in range(94, 99)]
    assert [one["passed_over"] for one in told["inputs"]] == [False, False, False, True, False]
    files = {path for path in contents(done) if path != "manifest.json"}
    assert files == set(told["files"])
    assert {path.split("/")[1] for path in files} == {
        "published_day=2031-05-01", "published_day=2031-05-02", "published_day=2031-05-03", "published_day=none",
    }  # fmt: skip
    assert is_bulk(done)
    assert not (done / WORK).exists()


@pytest.mark.parametrize("jobs", [1, 5])
def test_the_number_of_workers_and_their_order_change_nothing(names, done, tmp_path, jobs):
    crew = Crew(jobs=jobs, seed=jobs)
    run(names, tmp_path / "out", crew=crew)
    assert contents(tmp_path / "out") == contents(done)
    assert crew.most <= jobs


def test_the_size_of_parts_changes_nothing(names, done, tmp_path, monkeypatch):
    monkeypatch.setattr(values, "PART_DOCUMENTS", 50)
    run(names, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(done)


def test_killed_anywhere_and_run_again(names, done, tmp_path):
    out, read = tmp_path / "out", list[str]()
    for after in (0, 1, 4, 9, 30):
        crew = Crew(jobs=3, seed=after, kill_after=after)
        try:
            run(names, out, crew=crew)
        except Killed:
            assert not is_bulk(out)
        assert not set(crew.read) & set(read), "what is kept is not read again"
        read += crew.read
    run(names, out, crew=Crew(jobs=2, seed=9))
    assert contents(out) == contents(done)


@pytest.mark.parametrize("name", ["write_day", "_written", "ParquetTable", "_prune"])
def test_killed_while_tables_are_written(names, done, tmp_path, monkeypatch, name):
    out = tmp_path / "out"
    calls = []

    def killing(*arguments):
        calls.append(arguments)
        if len(calls) == 3 or name == "_prune":
            raise Killed
        return original(*arguments)

    with monkeypatch.context() as patch:
        original = getattr(finishing, name)
        patch.setattr(f"onrecord.bulk.finishing.{name}", killing)
        with pytest.raises(Killed):
            run(names, out)
    assert not is_bulk(out)
    crew = Crew()
    run(names, out, crew=crew)
    assert crew.read == []
    assert contents(out) == contents(done)


def test_run_twice_reads_nothing_and_changes_nothing(names, done, tmp_path):
    before = contents(done)

    def never():
        raise AssertionError("workers were asked for")

    assert bulk(names, done, crew=never).records == 135
    assert contents(done) == before


def test_another_run_needs_another_folder(names, done, tmp_path):
    with pytest.raises(OutputError, match="other inputs or options"):
        run(names[:1], done)
    with pytest.raises(OutputError, match="other inputs or options"):
        run(names, done, published="2031-05-04")
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="not empty"):
        run(names, tmp_path)


def test_an_input_that_changed_since(tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_text(rows(range(20), published="2031-05-04"))
    with pytest.raises(Killed):
        run([str(source)], out, crew=Crew(jobs=1, kill_after=2))
    source.write_text(rows(range(7)) + rows(range(7, 21), published="2031-05-05"))
    crew = Crew(jobs=1)
    run([str(source)], out, crew=crew)
    assert len(crew.read) == 3
    shutil.rmtree(tmp_path / "again", ignore_errors=True)
    run([str(source)], tmp_path / "again")
    assert contents(out) == contents(tmp_path / "again")
    source.write_text(rows([1]))
    with pytest.raises(OutputError, match="before it changed"):
        run([str(source)], out)


def test_what_changed_in_size_is_told_before_anything_is_fetched_again(tmp_path, monkeypatch):
    import fsspec

    names, out = [f"memory://sizes/{n}.jsonl" for n in range(3)], tmp_path / "out"
    for n, name in enumerate(names):
        with fsspec.open(name, "wb") as file:
            file.write(rows([n]).encode())
    run(names, out)
    assert run(names, out).records == 3
    with fsspec.open(names[2], "wb") as file:
        file.write(rows([7, 8]).encode())
    monkeypatch.setattr(running, "hash_of", lambda one: pytest.fail(f"{one.name} was fetched"))
    with pytest.raises(OutputError, match=r"2\.jsonl as it was before it changed"):
        run(names, out)


def test_a_foreign_file_beside_tables_of_before_ends_no_run(tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_text(rows(range(3), published="2031-05-04"))
    with pytest.raises(Killed), pytest.MonkeyPatch.context() as patch:
        patch.setattr("onrecord.bulk.running.manifest.write", _killed)
        run([str(source)], out)
    for folder in list(out.glob("*/published_day=2031-05-04")):
        (folder / ".DS_Store").write_bytes(b"mine")
    source.write_text(rows(range(3), published="2031-05-05"))
    assert run([str(source)], out).records == 3
    assert not list(out.glob("*/published_day=2031-05-04/*.parquet"))


def _killed(*_):
    raise Killed


def test_other_weights_read_anew(tmp_path, names):
    out = tmp_path / "out"
    with pytest.raises(Killed):
        run(names, out, crew=Crew(kill_after=3))
    crew = Crew(run=replace(RUN, id="run-other", weights="sha256:1"))
    assert run(names, out, crew=crew).run.weights == "sha256:1"
    assert all('"weights":"sha256:1"' in record for record in lines_of(out))


def test_asked_to_stop_it_keeps_what_was_begun(names, done, tmp_path):
    out, stop, crew = tmp_path / "out", Stop(), Crew()

    def progress(so_far):
        if so_far.documents >= 14:
            stop.ask()

    assert run(names, out, stop=stop, on_progress=progress, crew=crew) is None
    assert not is_bulk(out)
    again = Crew()
    run(names, out, crew=again)
    assert not set(again.read) & set(crew.read)
    assert contents(out) == contents(done)


def test_nothing_to_read(tmp_path):
    (tmp_path / "empty.jsonl").write_bytes(b"")
    out = tmp_path / "out"
    made = run([str(tmp_path / "empty.jsonl")], out)
    assert (made.records, made.failures) == (0, ())
    assert {path.split("/")[0] for path in made.files} >= {"records", "statements", "events"}
    assert all(written.rows == 0 for written in made.files.values())


def test_an_empty_folder_is_no_run(tmp_path):
    (tmp_path / "crawl").mkdir()
    with pytest.raises(NotFoundError, match="a folder with nothing in it that can be read"):
        run([str(tmp_path / "crawl")], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_archive_that_breaks_off(tmp_path):
    whole = warc([(f"https://pier.example/{n}", sentences(n)) for n in range(9)])
    (tmp_path / "cut.warc").write_bytes(whole[: len(whole) * 3 // 5])
    (tmp_path / "next.jsonl").write_text(rows(range(3)))
    made = run([str(tmp_path / "cut.warc"), str(tmp_path / "next.jsonl")], tmp_path / "out")
    assert made.inputs[0].records >= 5
    assert made.inputs[1].records == 3
    assert [f.stage for f in made.failures] == ["source"]
    assert made.inputs[0].bytes == len(whole) * 3 // 5


def test_addresses_are_read_through_fsspec(tmp_path):
    import fsspec

    with fsspec.open("memory://crawl/in.jsonl", "wb") as out:
        out.write(rows(range(5)).encode())
    made = run(["memory://crawl/*.jsonl", "memory://crawl/none.warc"], tmp_path / "out")
    assert [one.records for one in made.inputs] == [5, 0]
    assert made.failures[0].reason == "no such file"
    with pytest.raises(InputError, match="no such kind of address"):
        run(["nowhere://a/*"], tmp_path / "other")


@pytest.mark.parametrize("name", ["-", " ", "memory://ann:word@crawl/in.jsonl", "https://token@a.example/x"])
def test_what_cannot_be_taken_up_again_is_refused(tmp_path, name):
    with pytest.raises(InputError):
        run([name], tmp_path / "out")


def test_duckdb_reads_it_straight(done):
    import duckdb

    ask = duckdb.connect().execute
    records = f"read_parquet('{done}/records/*/*.parquet', hive_partitioning = true)"
    days = ask(f"SELECT published_day, count(*) FROM {records} GROUP BY ALL ORDER BY published_day").fetchall()
    assert days == [("2031-05-01", 30), ("2031-05-02", 30), ("2031-05-03", 30), ("none", 45)]
    said = f"read_parquet('{done}/statements/*/*.parquet', hive_partitioning = true)"
    sql = f"SELECT count(*), any_value(published_day) FROM {said} WHERE published = DATE '2031-05-02'"
    assert ask(f"{sql} AND standing = 'current'").fetchone() == (60, "2031-05-02")
    text = ask(f"SELECT record ->> '$.article.text' FROM {records} WHERE origin LIKE '%b.jsonl:1'").fetchone()[0]
    assert text == sentences(100)


def test_no_table_has_a_column_that_the_partition_would_replace():
    assert {"records", *(table.name for table in finishing.FLAT)} == {
        "records", "articles", "statements", "mentions", "entities", "events", "figures", "predictions",
    }  # fmt: skip
    assert not [table.name for table in finishing.FLAT if finishing.PARTITION in table.columns]
    assert finishing.PARTITION not in parquet._RECORD


def by_pandas(folder):
    import pandas

    return pandas.read_parquet(folder).astype(object).to_dict("records")


def by_polars(folder):
    import polars

    return polars.read_parquet(folder).to_dicts()


def by_pyarrow(folder):
    from pyarrow import dataset

    return dataset.dataset(folder, partitioning="hive").to_table().to_pylist()


def by_duckdb(folder):
    import duckdb

    found = duckdb.connect().execute(f"SELECT * FROM '{folder}/*/*.parquet'")
    return [dict(zip([column[0] for column in found.description], row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("library", [by_pandas, by_polars, by_pyarrow, by_duckdb])
@pytest.mark.parametrize("table", ["records", "articles", "statements", "events"])
def test_whoever_reads_a_table_whole_has_its_own_days_and_those_without(done, library, table):
    """As each library reads by itself, with articles of three days and of none."""
    found = library(str(done / table))
    days = Counter(str(row["published_day"]) for row in found)
    lines = {"records": 1, "articles": 1, "statements": 2, "events": 0}[table]
    assert days == Counter({f"2031-05-0{n}": 30 * lines for n in (1, 2, 3)} | {"none": 45 * lines})
    if table != "records":
        alone = sorted((row["article"], str(row["published"])) for row in one_by_one(done / table))
        assert sorted((row["article"], str(row["published"])) for row in found) == alone


def one_by_one(folder):
    from pyarrow.parquet import ParquetFile

    return [row for path in folder.glob("*/*.parquet") for row in ParquetFile(path).read().to_pylist()]


def test_one_run_at_a_time(names, tmp_path):
    out, refused = tmp_path / "out", []

    def progress(so_far):
        with pytest.raises(OutputError, match="is being written by process"):
            run(names, out)
        refused.append(so_far)

    run(names, out, on_progress=progress)
    assert refused


def test_two_runs_never_write_where_one_comes_as_another_goes(names, tmp_path, monkeypatch):
    out, came = tmp_path / "out", []

    class Lock(WriterLock):
        def release(self):
            super().release()
            came.append(WriterLock(out / WORK))

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(running, "WriterLock", Lock)
        run(names, out, crew=Crew(kill_after=2))
    with pytest.raises(OutputError, match="is being written by"):
        run(names, out)
    came.pop().release()
    assert run(names, out) is not None


def test_what_another_run_finished_meanwhile_is_not_read_again(names, done, tmp_path, monkeypatch):
    out, late = tmp_path / "out", Crew()

    def waited_for(path):
        monkeypatch.undo()
        monkeypatch.setattr(values, "PART_DOCUMENTS", 7)
        run(names, out)
        return WriterLock(path)

    monkeypatch.setattr(running, "WriterLock", waited_for)
    assert run(names, out, crew=late) == run(names, done)
    assert late.read == [] and contents(out) == contents(done)
