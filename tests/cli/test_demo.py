"""``onrecord demo``: the sample articles in a store, and three questions."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from onrecord.cli.demo import QUESTIONS
from onrecord.store import Store, verify

REPOSITORY = Path(__file__).resolve().parents[2]


def test_articles_are_added_and_questions_asked(run, storing, dispatch, tmp_path):
    result = run("demo", dispatch.parent, "--db", tmp_path / "kept.db")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("1 article added with 5 statements in ")
    for question, words in QUESTIONS:
        assert f"{question}\n$ onrecord {words[0]} " in result.stdout
    assert f"$ onrecord show 08 --db {tmp_path}/kept.db" in result.stdout
    with Store.open(tmp_path / "kept.db") as store:
        assert len(list(store.articles())) == 1
    again = run("demo", dispatch.parent, "--db", tmp_path / "kept.db")
    assert again.stdout.startswith("0 articles added, 1 already there\n")


def test_without_a_name_the_store_goes_and_the_users_own_is_left_alone(run, storing, dispatch, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    result = run("demo", dispatch.parent, env={"ONRECORD_DB": str(tmp_path / "mine.db")})
    assert result.exit_code == 0, result.output
    assert "$ onrecord demo --db demo.db" in result.stdout
    assert not list(tmp_path.rglob("*.db"))


def test_invented_articles_do_not_go_among_others(run, storing, dispatch, tmp_path):
    mine, db = tmp_path / "mine" / "mine.txt", tmp_path / "mine" / "mine.db"
    mine.parent.mkdir()
    mine.write_text("Lane said that the dam would hold through the winter.\n", encoding="utf-8")
    assert run("add", mine, "--db", db).exit_code == 0
    result = run("demo", dispatch.parent, "--db", db)
    assert result.exit_code == 1 and "holds other articles" in result.stderr
    with Store.open(db) as store:
        assert len(list(store.articles())) == 1


def test_no_samples_there(run, storing, tmp_path):
    result = run("demo", tmp_path)
    assert result.exit_code == 1
    assert "no sample articles there" in result.stderr


def test_a_sample_that_cannot_be_read(run, storing, dispatch):
    (dispatch.parent / "broken.jsonl").write_text("no json\n")
    result = run("demo", dispatch.parent)
    assert result.exit_code == 3
    assert "broken.jsonl" in result.stderr
    (dispatch).unlink()
    assert run("demo", dispatch.parent).exit_code == 1


@pytest.mark.model
def test_the_real_thing(run, tmp_path):
    result = run("demo", "--db", tmp_path / "demo.db")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("18 articles added with ")
    assert "prints “may” for “will”" in result.stdout
    assert "Oksel Zharyv" in result.stdout
    with Store.open(tmp_path / "demo.db") as store:
        assert list(verify(store)) == []
        rows = store.connection.execute("SELECT source_id FROM articles ORDER BY source_id")
        assert [name for (name,) in rows] == [f"{n:02d}" for n in range(1, 19)]
        copies = """SELECT o.source_id, a.source_id FROM copies c JOIN articles a ON a.n = c.article
            JOIN articles o ON o.n = c.origin WHERE a.n != o.n ORDER BY 1"""
        assert store.connection.execute(copies).fetchall() == [("01", "02"), ("07", "08"), ("10", "11"), ("12", "13")]
        versions = "SELECT v.source_id, a.source_id FROM articles a JOIN articles v ON v.n = a.version_of"
        assert store.connection.execute(versions).fetchall() == [("05", "06")]


@pytest.mark.data
def test_the_examples_are_what_their_program_makes(data):
    spec = importlib.util.spec_from_file_location("make_examples", REPOSITORY / "tools" / "make_examples.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    for name, made in tool.made(tool.corpus(data)).items():
        assert (REPOSITORY / "examples" / name).read_bytes() == made, f"run tools/make_examples.py ({name})"
