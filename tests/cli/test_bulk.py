"""``onrecord bulk`` and ``onrecord link``, without Ray and without weights."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from tests.bulk.doubles import Crew
from tests.ingest.doubles import ScriptedEmbedder, ScriptedReader, rows

import onrecord.bulk.crew
from onrecord.cli import cli
from onrecord.ingest import Models


@pytest.fixture(autouse=True)
def scripted(monkeypatch):
    monkeypatch.setattr("onrecord.bulk.running.Crew", lambda **options: Crew(jobs=options["jobs"] or 2))
    monkeypatch.setattr(
        "onrecord.bulk.linking.Models", lambda: Models(reader=ScriptedReader(), embedder=ScriptedEmbedder())
    )


def run(*words):
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_records_failures_and_exit_codes(tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_text(rows(range(40)) + "no JSON\n" * 12)
    ended = run("bulk", source, "--out", out, "--jobs", 1)
    assert ended.exit_code == 3
    assert ended.stdout == f"40 records in {out}, 12 failures\n"
    told = ended.stderr.splitlines()
    assert told[0] == f"onrecord: {source}:41: not JSON (Expecting value at column 1)"
    assert told[10:] == [f"onrecord: 2 more failures are told in {out}/manifest.json"]
    again = run("bulk", source, "--out", out)
    assert (again.exit_code, again.stdout) == (3, ended.stdout)


def test_linked_and_asked(tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_text(rows(range(40), published="2031-05-04"))
    assert run("bulk", source, "--out", out).exit_code == 0
    linked = run("link", out)
    assert linked.exit_code == 0, linked.output
    assert linked.stdout.startswith(f"{out}/linked: 40 articles, ")
    assert "40 articles added" in linked.stderr
    assert json.loads(run("stats", "--db", out / "linked.db", "--format", "json").stdout)
    assert run("link", out).stdout == linked.stdout


def test_what_is_no_run_cannot_be_linked(tmp_path):
    ended = run("link", tmp_path)
    assert ended.exit_code == 1
    assert "none of `onrecord bulk`, or not finished" in ended.stderr


@pytest.mark.parametrize("words", [(), ("a.jsonl",), ("a.jsonl", "--out", "x", "--columns", "nonsense")])
def test_usage(words):
    assert run("bulk", *words).exit_code == 2


def test_without_ray_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("onrecord.bulk.running.Crew", onrecord.bulk.crew.Crew)
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    (tmp_path / "in.jsonl").write_text(rows([1]))
    ended = run("bulk", tmp_path / "in.jsonl", "--out", tmp_path / "out")
    assert ended.exit_code == 1
    assert ended.stderr == 'onrecord: bulk: needs Ray: pip install "onrecord[bulk]"\n'
