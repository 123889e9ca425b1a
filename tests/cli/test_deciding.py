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


def said_in(run, article):
    return json.loads(run("show", article, "--format", "ndjson").stdout)["statements"]


def test_a_statement_is_corrected_listed_and_put_back(db, run):
    with Store.open(db) as store:
        record = next(r for r in store.records() if len(r.statements) > 2 and len(r.entities) > 1)
    said, _, none = record.statements[:3]
    name = record.entities[1].name
    result = run(
        "correct", said.id[:14], "--speaker", name, "--act", "warn", "--no-target", "--note", "par. 3", "--by", "Ida"
    )
    assert result.exit_code == 0, result.stderr
    first, second, third = re.findall(r"--undo (dec-[0-9a-f]+)", result.stdout)
    assert run("correct", none.id, "--reject").exit_code == 0
    now = {s["id"]: s for s in said_in(run, record.article.id)}
    assert (now[said.id]["speaker"]["name"], now[said.id]["act"]["code"], now[said.id]["target"]) == (
        name,
        "warn",
        None,
    )
    assert none.id not in now
    table = run("show", record.article.id, "--format", "table", "--list").stdout
    assert f"read as {said.speaker.name}" in table and "rejected" in table
    log = [json.loads(line) for line in run("decisions", "--of", "statements").stdout.splitlines()]
    assert {(d["kind"], d["value"], d["by"], d["note"]) for d in log} == {
        ("speaker", name, "Ida", "par. 3"),
        ("act", "warn", "Ida", "par. 3"),
        ("target", None, "Ida", "par. 3"),
        ("rejected", None, None, None),
    }
    assert name in run("decisions", "--format", "table").stdout
    assert run("decisions", "--of", "clashes").stdout == ""
    for decision in (first, second, third, next(d["id"] for d in log if d["kind"] == "rejected")):
        assert run("correct", "--undo", decision).exit_code == 0
    with Store.open(db) as store:
        assert store.record(record.article.id) == record
    assert run("correct", "--undo", first).exit_code == 1


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "Give STATEMENT"),
        (("{}",), 2, "Give STATEMENT"),
        (("{}", "--undo", "dec-0"), 2, "Give STATEMENT"),
        (("{}", "--writer", "--nobody", "passive"), 2, "Give STATEMENT"),
        (("{}", "--act", "shout"), 1, "none of"),
        (("{}", "--speaker", "Siv Rondal"), 1, "does not print"),
        (("{}", "--speaker", "said"), 1, "say what they name"),
        (("stm-0000", "--reject"), 1, "no statement"),
    ],
)
def test_a_correction_that_is_none_is_told_so(db, run, words, code, told):
    with Store.open(db) as store:
        said = next(store.records()).statements[0].id
    result = run("correct", *(word.format(said) for word in words))
    assert result.exit_code == code
    assert told in result.stderr


def test_words_that_are_no_name_may_be_who_speaks(db, run):
    with Store.open(db) as store:
        record = next(store.records())
    said = record.statements[0]
    word = said.content[0].of(record.article.text).split()[1].strip("“”,.")
    assert run("correct", said.id, "--speaker", word, "--is", "description").exit_code == 0
    (one,) = [s for s in said_in(run, record.article.id) if s["id"] == said.id]
    assert (one["speaker"]["name"], one["speaker"]["kind"], one["speaker"]["basis"]) == (word, "unnamed", "corrected")


def test_what_the_command_offers_is_what_the_store_takes():
    from onrecord.cli import correct, stats
    from onrecord.cli import decisions as listed
    from onrecord.query import decisions
    from onrecord.store.tallying import BY

    assert correct.KINDS == decisions.KINDS
    for command, values in ((stats.stats_cmd, BY), (listed.decisions_cmd, decisions.WHAT)):
        assert tuple(command.params[0].type.choices) == values
