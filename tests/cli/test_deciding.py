"""``onrecord entities --merge``, ``--split`` and ``--undo``."""

from __future__ import annotations

import json
import re

import pytest
from tests.store import making

from onrecord.store import Store, Writer


@pytest.fixture
def db(tmp_path, monkeypatch):
    path = tmp_path / "news.db"
    records = making.records(3, 12)
    with Store.open(path, write=True) as store, Writer(store) as writer:
        writer.add(records, origins=[r.article.id for r in records], started=making.STARTED)
    monkeypatch.setenv("ONRECORD_DB", str(path))
    return path


def test_a_decision_joins_two_and_is_undone(db, run):
    listed = [json.loads(line) for line in run("entities", "--kind", "person").stdout.splitlines()]
    a, b = listed[0]["identity"], listed[-1]["identity"]
    result = run("entities", "--merge", a, b, "--note", "the same office")
    assert result.exit_code == 0, result.stderr
    decision = re.search(r"dec-[0-9a-f]+", result.stdout)[0]
    assert len(run("entities", "--kind", "person").stdout.splitlines()) == len(listed) - 1
    assert run("entities", "--undo", decision).exit_code == 0
    assert [json.loads(line) for line in run("entities", "--kind", "person").stdout.splitlines()] == listed
    assert run("entities", "--undo", decision).exit_code == 1


def test_a_decision_parts_two_entities_by_their_ids(db, run):
    most = json.loads(run("entities", "--kind", "person").stdout.splitlines()[0])
    whole = json.loads(run("entities", most["identity"]).stdout)
    a, b = whole["items"][0]["entity"], whole["items"][-1]["entity"]
    result = run("entities", "--split", a[:14], b)
    assert "are two" in result.stdout, result.stderr
    found = {
        e["entity"]: who["identity"]
        for who in map(json.loads, run("entities", "--kind", "person").stdout.splitlines())
        for e in json.loads(run("entities", who["identity"]).stdout)["items"]
    }
    assert found[a] != found[b]


def test_a_decision_is_not_looked_for_where_there_is_no_store(db, run):
    other = db.with_name("new.db")
    assert "no such store" in run("entities", "--undo", "dec-0", "--db", str(other)).stderr
    assert not other.exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--merge", "nobody at all", "ent-0000"), 1),
        (("--undo", "dec-0"), 1),
        (("--undo", "dec-0", "--merge", "a", "b"), 2),
        (("somebody", "--undo", "dec-0"), 2),
    ],
)
def test_what_cannot_be_decided_is_told(db, run, words, code):
    assert run("entities", *words).exit_code == code
