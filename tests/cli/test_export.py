"""``onrecord export``: where it writes, what it says, what it refuses."""

from __future__ import annotations

import json
import os

import pyarrow.parquet
import pytest
from click.testing import CliRunner
from tests.export import cases
from tests.store import making
from tests.store.judging import compare

from onrecord.cli import cli
from onrecord.cli.export import FOLDERS, FORMATS
from onrecord.cli.export import TABLES as NAMED
from onrecord.export import FORMATS as WRITTEN
from onrecord.export import TABLES
from onrecord.store import Stands, Store, Writer, clashing


@pytest.fixture
def export(tmp_path, monkeypatch):
    """A command line in an empty folder, beside a store of four articles."""
    monkeypatch.setattr(clashing, "_comparison", lambda: compare)
    (tmp_path / "store").mkdir()
    path = tmp_path / "store" / "news.db"
    with Store.open(path, write=True) as store:
        writer = Writer(store)
        writer.add(cases.records(), origins=list("abcd"), started=making.STARTED)
        corrected = next(r for r in store.records() if r.article.source_id == "siege-2")
        writer.correct(corrected.statements[0].id, Stands(True))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("ONRECORD_DB", str(path))
    return lambda *arguments: CliRunner().invoke(cli, ["export", *arguments], prog_name="onrecord")


def test_the_command_knows_the_formats_of_the_room():
    assert {f.name: f.about for f in WRITTEN.values()} == FORMATS
    assert tuple(TABLES) == NAMED
    assert {f.name for f in WRITTEN.values() if f.shape == "folder"} == set(FOLDERS)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_where_it_is_asked_for(export, form):
    result = export(form, "-o", "out")
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("onrecord: written to out: ")
    assert os.listdir() == ["out"]
    assert os.path.isdir("out") == (form in ("csv", "parquet", "brat"))


@pytest.mark.parametrize("form", [f for f in FORMATS if f not in ("brat", "csv", "parquet")])
def test_standard_output_has_the_same_bytes(export, form):
    export(form, "-o", "out")
    with open("out", "rb") as file:
        assert export(form).stdout_bytes == file.read() != b""


def test_a_table_goes_to_standard_output(export):
    result = export("csv", "--table", "figures")
    assert result.stderr == ""
    assert result.stdout.splitlines()[0].startswith("figure,article,")
    with open("figures.parquet", "wb") as file:
        file.write(export("parquet", "--table", "figures", "-o", "-").stdout_bytes)
    assert [f["value"] for f in pyarrow.parquet.read_table("figures.parquet").to_pylist()] == [40.0] * 3


def test_filters(export):
    found = [json.loads(line) for line in export("jsonl", "--outlet", cases.OUTLET, "--current").stdout.splitlines()]
    assert [wire["article"]["source_id"] for wire in found] == ["siege-2"]
    assert export("jsonl", "--article", "copy", "--article", "killed").stdout.count("\n") == 2
    rows = export("csv", "--table", "statements", "--quoted", "direct", "--speaker", "Siv Rondal").stdout.splitlines()
    assert len(rows) == 1 + 3


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("brat",), "writes a folder"),
        (("csv",), "or give a --table"),
        (("jsonl", "--table", "events"), "has no tables"),
        (("pdf",), "'pdf'"),
    ],
)
def test_wrong_usage(export, arguments, why):
    result = export(*arguments)
    assert result.exit_code == 2
    assert why in result.stderr
    assert os.listdir() == []


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("jsonl", "--article", "nowhere", "-o", "out"), "nowhere: no article"),
        (("jsonl", "--db", "none.db", "-o", "out"), "none.db: no such store"),
        (("jsonl", "-o", "no/out"), "no/out: No such file"),
    ],
)
def test_what_goes_wrong_is_told_in_a_line(export, arguments, why):
    result = export(*arguments)
    assert result.exit_code == 1
    assert why in result.stderr and result.stderr.count("\n") == 1
    assert os.listdir() == []


def test_an_option_that_is_none_is_wrong_usage(export):
    result = export("jsonl", "--since", "soon", "-o", "out")
    assert result.exit_code == 2
    assert "--since: 'soon'" in result.stderr
