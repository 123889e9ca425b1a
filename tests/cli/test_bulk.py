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
    assert told[10:] == [f"onrecord: 2 more failures told in {out}/manifest.json"]
    again = run("bulk", source, "--out", out)
    assert (again.exit_code, again.stdout) == (3, ended.stdout)


def test_what_was_left_out_or_passed_over_is_told_and_counted_as_add_does(tmp_path):
    """Days that are none (told by workers), columns that hold nothing (told where inputs are opened), files of no kind."""
    crawl, out = tmp_path / "crawl", tmp_path / "out"
    crawl.mkdir()
    days = ["2031-05-04", "04/05/2031", None, "sometime"]
    (crawl / "a.jsonl").write_text("".join(rows([n], published=day) for n, day in enumerate(days)))
    (crawl / "b.csv").write_text("id,text,Tone\nc1,Lane said that it rained.,grim\n")
    (crawl / "c.bin").write_bytes(bytes(range(256)) * 40)
    ended = run("bulk", crawl, "--out", out)
    assert ended.exit_code == 0
    assert ended.stdout == (f"5 records in {out}, 3 warnings, 1 file of no kind that is read passed over (c.bin)\n")
    told = ended.stderr.splitlines()
    assert [line.partition(" (")[0] for line in told] == [
        f"onrecord: {crawl}/a.jsonl:2: published '04/05/2031' names no day, and is left out",
        f"onrecord: {crawl}/a.jsonl:4: published 'sometime' names no day, and is left out",
        f"onrecord: {crawl}/b.csv: not taken: the columns Tone",
    ]
    kept = json.loads((out / "manifest.json").read_text())
    assert [f"onrecord: {one['warning']}" for one in kept["warnings"]] == told
    assert [one["input"] for one in kept["warnings"]] == [str(crawl / name) for name in ("a.jsonl", "a.jsonl", "b.csv")]
    assert [one["passed_over"] for one in kept["inputs"]] == [False, False, True]
    assert {name: kept["counts"][name] for name in ("failures", "warnings", "passed_over")} == {
        "failures": 0, "warnings": 3, "passed_over": 1,
    }  # fmt: skip
    again = run("bulk", crawl, "--out", out)
    assert (again.exit_code, again.stdout, again.stderr) == (0, ended.stdout, ended.stderr)


def test_many_warnings_are_told_in_few_lines(tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_text(rows(range(11), published="the other day"))
    ended = run("bulk", source, "--out", out)
    assert ended.stdout == f"11 records in {out}, 11 warnings\n"
    assert ended.stderr.splitlines()[10:] == [f"onrecord: 1 more warning told in {out}/manifest.json"]


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
