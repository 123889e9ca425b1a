"""The tables are read back by those who will read them: csv, pyarrow, DuckDB, polars."""

from __future__ import annotations

import csv
import datetime
import json
import re
import sys

import duckdb
import polars
import pyarrow.parquet
import pytest
from tests.export import cases

from onrecord.export import TABLES, export, exported
from onrecord.export.parquet import ParquetTable
from onrecord.export.tables import IN_NO_VIEW
from onrecord.records import JOINT, OutputError


@pytest.fixture(scope="module")
def folders(db, tmp_path_factory):
    from onrecord.store import Store

    place = tmp_path_factory.mktemp("tables")
    with Store.open(db) as store:
        counts = [export(store, format, place / format) for format in ("csv", "parquet")]
    assert counts[0] == counts[1]
    assert min(counts[0].values()) > 0
    return place, counts[0]


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", TABLES)
def test_every_reader_finds_the_same_rows(folders, name):
    place, counts = folders
    parquet = place / "parquet" / f"{name}.parquet"
    rows = read_csv(place / "csv" / f"{name}.csv")
    table = pyarrow.parquet.read_table(parquet)
    frame = polars.read_parquet(parquet)
    duck = duckdb.sql(f"SELECT * FROM '{parquet}'")
    assert list(rows[0]) == table.column_names == frame.columns == duck.columns == list(TABLES[name].columns)
    assert len(rows) == table.num_rows == frame.height == len(duck.fetchall()) == counts[name]


def test_the_rows_are_those_of_the_views(store, folders):
    """Which Datasette and pandas read: a column of the same name has the same values."""
    place, _ = folders
    keys = {"articles": "article", "events": "event", "figures": "figure", "clashes": "clash"}
    for name in ("articles", "statements", "events", "figures", "predictions", "clashes"):
        key = keys.get(name, "statement")
        found = {r[key]: r for r in pyarrow.parquet.read_table(place / "parquet" / f"{name}.parquet").to_pylist()}
        cursor = store.connection.execute(f"SELECT * FROM v_{name}")
        columns = [c[0] for c in cursor.description]
        views = {r[key]: r for r in (dict(zip(columns, row, strict=True)) for row in cursor)}
        kept = {k: r for k, r in views.items() if name == "articles" or r["standing"] != "superseded"}
        if name == "clashes":  # the view has those of later printings, too
            assert found.keys() <= kept.keys()
            kept = {k: kept[k] for k in found}
            columns.remove("score")  # of one that is listed for several, the surest's
        assert found.keys() == kept.keys()
        shared = (set(columns) & set(TABLES[name].columns)) - {"statements"}
        assert len(shared) > 9
        for k, row in kept.items():
            # The view joins the identities' names; the export keeps those who have none as well.
            joint = {c for c in shared if c.endswith("speaker") and JOINT in (found[k][c] or "")}
            for column in shared - joint:
                assert _plain(found[k][column], TABLES[name].columns[column]) == _told(row[column]), (name, column)


@pytest.mark.parametrize("name", [name for name in TABLES if name != "entities"])
def test_a_query_for_a_table_fits_its_view(store, name):
    """Columns have the names that the views give them."""
    view = {column[0] for column in store.connection.execute(f"SELECT * FROM v_{name}").description}
    assert set(TABLES[name].columns) - view == IN_NO_VIEW.get(name, set())


def _plain(value, kind):
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return round(value, 5) if kind == "score" and value is not None else value


def _told(value):
    return json.loads(value) if isinstance(value, str) and value.startswith(("[[", "[]", '["')) else value


def test_columns_have_types(folders):
    place, _ = folders
    schema = pyarrow.parquet.read_schema(place / "parquet" / "statements.parquet")
    assert schema.field("published").type == pyarrow.date32()
    assert schema.field("content_spans").type == pyarrow.list_(pyarrow.list_(pyarrow.int32()))
    assert schema.field("speaker_entities").type == pyarrow.list_(pyarrow.string())
    assert pyarrow.parquet.read_schema(place / "parquet" / "articles.parquet").field(
        "updated"
    ).type == pyarrow.timestamp("ms", "UTC")
    assert pyarrow.parquet.read_schema(place / "parquet" / "articles.parquet").field("revision").type == pyarrow.int64()
    path = place / "parquet" / "statements.parquet"
    ((days,),) = duckdb.sql(f"SELECT max(published) - min(published) FROM '{path}'").fetchall()
    assert days > 1000
    late = polars.scan_parquet(path).filter(polars.col("published") >= datetime.date(2031, 2, 1)).collect()
    assert 0 < late.height < polars.read_parquet(path).height


def test_spans_in_tables_are_the_words(folders):
    """Proved in DuckDB, which counts code points from one."""
    place, _ = folders
    sql = f"""SELECT s.source, a.text[s.source_spans[1][1] + 1 : s.source_spans[1][2]]
        FROM '{place}/parquet/statements.parquet' s JOIN '{place}/parquet/articles.parquet' a USING (article)"""
    pairs = duckdb.sql(sql).fetchall()
    assert len(pairs) > 200 and all(words == sliced for words, sliced in pairs)
    sql = f"""SELECT f.words, a.text[f."start" + 1 : f."end"] FROM '{place}/parquet/figures.parquet' f
        JOIN '{place}/parquet/articles.parquet' a USING (article)"""
    assert all(words == sliced for words, sliced in duckdb.sql(sql).fetchall())


def test_no_cell_is_a_formula_and_every_one_comes_back(folders, store):
    place, _ = folders
    rows = {row["statement"]: row for row in read_csv(place / "csv" / "statements.csv")}
    dangerous = re.compile(r"[=+\-@\t\r\n]")
    cells = [cell for name in TABLES for row in read_csv(place / "csv" / f"{name}.csv") for cell in row.values()]
    assert not [c for c in cells if dangerous.match(c) and not re.fullmatch(r"-?[\d.]+", c)]
    # One apostrophe off whatever begins with apostrophes and such a character.
    undone = {k: re.sub(r"^'(?='*[=+\-@\t\r\n])", "", row["content"]) for k, row in rows.items()}
    said = {s["id"]: s["content"]["text"] for e in exported(store) for s in e.said()}
    assert undone == said
    assert any(row["content"].startswith("'=HYPERLINK") for row in rows.values())
    assert {row["byline"] for row in read_csv(place / "csv" / "articles.csv")} >= {"'=cmd|' /C calc'!A0"}


def test_an_apostrophe_of_the_article_itself_comes_back(store, tmp_path):
    from onrecord.export.sheets import cell

    words = ["=1", "'=1", "''-1", "'tis", "", "a=b", "\t1"]
    assert [cell(w) for w in words] == ["'=1", "''=1", "'''-1", "'tis", "", "a=b", "'\t1"]
    assert cell(-2.25) == -2.25
    assert cell(None) == ""


def test_duckdb_reads_the_csv(folders):
    place, counts = folders
    path = place / "csv" / "statements.csv"
    sql = f"SELECT count(*), count(DISTINCT speaker), min(published) FROM read_csv('{path}', all_varchar = true)"
    ((count, speakers, day),) = duckdb.sql(sql).fetchall()
    assert (count, day) == (counts["statements"], "2024-05-02")
    assert speakers > 5


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_one_table_is_a_file(store, tmp_path, format):
    path = tmp_path / "said"
    counts = export(store, format, path, table="statements", outlet=cases.OUTLET)
    assert counts == {"statements": 4}
    found = read_csv(path) if format == "csv" else pyarrow.parquet.read_table(path).to_pylist()
    assert {row["outlet"] for row in found} == {cases.OUTLET}


def test_many_rows_are_written_in_groups(store, tmp_path, monkeypatch):
    """Memory does not grow with the store: rows go to the file as they come."""
    monkeypatch.setattr("onrecord.export.parquet.GROUP_ROWS", 50)
    export(store, "parquet", tmp_path / "s.parquet", table="statements")
    file = pyarrow.parquet.ParquetFile(tmp_path / "s.parquet")
    groups = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
    assert len(groups) > 3 and max(groups) < 70
    assert sum(groups) == sum(len(e.statements) for e in exported(store))


def test_an_empty_answer_is_a_table_without_rows(store, tmp_path):
    export(store, "parquet", tmp_path / "none", since="2090")
    assert polars.read_parquet(tmp_path / "none" / "events.parquet").shape == (0, len(TABLES["events"].columns))
    export(store, "csv", tmp_path / "sheets", since="2090")
    assert read_csv(tmp_path / "sheets" / "events.csv") == []


def test_without_pyarrow_the_way_to_it_is_told(store, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(OutputError, match=r'pip install "onrecord\[parquet\]"'):
        export(store, "parquet", tmp_path / "tables")
    assert not list(tmp_path.iterdir())
    export(store, "csv", tmp_path / "tables")
    assert ParquetTable


def test_a_revision_of_eighteen_digits_is_held(tmp_path):
    from dataclasses import replace

    from onrecord.store import Store, Writer

    record = cases.records()[0]
    record = replace(record, article=replace(record.article, revision=10**18 - 1))
    with Store.open(tmp_path / "news.db", write=True) as store:
        Writer(store).add([record], origins=["a"], started="2031-05-04T00:00:00Z")
        export(store, "parquet", tmp_path / "articles", table="articles")
    assert pyarrow.parquet.read_table(tmp_path / "articles").to_pylist()[0]["revision"] == 10**18 - 1


def test_a_statement_has_the_agency_of_its_article(tmp_path):
    from dataclasses import replace

    from onrecord.store import Store, Writer

    record = cases.records()[0]
    record = replace(record, article=replace(record.article, agency="Meridian"))
    with Store.open(tmp_path / "news.db", write=True) as store:
        Writer(store).add([record], origins=["a"], started="2031-05-04T00:00:00Z")
        export(store, "parquet", tmp_path / "statements", table="statements")
    rows = pyarrow.parquet.read_table(tmp_path / "statements").to_pylist()
    assert [row["agency"] for row in rows] == ["Meridian"] * len(record.statements)
