"""``onrecord demo``: the sample articles."""

from __future__ import annotations

import pytest


def test_a_line_for_each_article_and_one_record(run, scripted, dispatch, crawl):
    result = run("demo", dispatch.parent)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["article", "outlet", "form", "statements"]
    assert lines[1].split() == ["n0", "JSONL", "1"]
    assert lines[71].split() == ["dispatch", "plain", "text", "5"]
    assert lines[72].startswith("71 articles, ")
    assert lines[74] == "n0"


def test_no_samples_there(run, scripted, tmp_path):
    result = run("demo", tmp_path)
    assert result.exit_code == 1
    assert "no sample articles there" in result.stderr


def test_a_sample_that_cannot_be_read(run, scripted, dispatch):
    (dispatch.parent / "broken.jsonl").write_text("no json\n")
    result = run("demo", dispatch.parent)
    assert result.exit_code == 3
    assert "broken.jsonl" in result.stderr


def test_nothing_but_samples_that_cannot_be_read(run, scripted, tmp_path):
    (tmp_path / "broken.jsonl").write_text("no json\n")
    assert run("demo", tmp_path).exit_code == 1


@pytest.mark.model
def test_the_real_thing(run):
    result = run("demo")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "statements in" in result.stdout
