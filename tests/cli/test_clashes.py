"""Clashes on the command line: listed, shown with what collides, reviewed."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.cli.test_questions import db, plain, seen  # noqa: F401

from onrecord.cli.clashes import KINDS, REVIEWS
from onrecord.query import clashes as asking


@pytest.fixture
def clash(db):  # noqa: F811
    """The id of a clash: one denies what the other says."""
    ask = db.connection.execute
    a, b = (
        ask("SELECT n FROM statements WHERE content LIKE ?", (f"%{words}%",)).fetchone()[0]
        for words in ("will hold", "broke")
    )
    number = db.clash(a, b, why_a="hold", why_b="broke", day="2024-05-01")
    db.connection.commit()
    return db.id_of("clashes", number)


def test_the_choices_are_those_of_the_question():
    assert KINDS == asking.KINDS
    assert REVIEWS == asking.REVIEWS


@pytest.mark.usefixtures("plain")
def test_both_sides_are_listed_with_what_collides(run, clash):
    out = seen(run("clashes"))
    for words in ("deny the dam 0.80", "Ann Lane", "⟦hold⟧", "Bo Marsh denies", "⟦broke⟧", clash[:10]):
        assert words in out
    assert "no accounts that differ" in seen(run("clashes", "--kind", "figures"))


@pytest.mark.usefixtures("plain")
def test_of_an_altered_quotation_each_side_is_printed_by_its_own_paper_alone(run, db):  # noqa: F811
    ask = db.connection.execute
    a, b = (
        ask("SELECT n FROM statements WHERE content LIKE ?", (f"%{word} hold%",)).fetchone()[0]
        for word in ("will", "shall")
    )
    db.clash(a, b, "altered-quotation", why_a="will", why_b="shall")
    db.connection.commit()
    out = seen(run("clashes", "--kind", "altered-quotation"))
    assert "Meridian Wire" in out and "Courier" in out
    assert "source)" not in out


@pytest.mark.usefixtures("plain")
def test_one_is_shown_in_its_paragraphs(run, clash):
    out = seen(run("show", clash))
    assert '"We will ⟦hold⟧ the dam"' in out
    assert "no copies of one another" not in out
    assert "Dam holds" in out
    assert run("show", "cls-0000").exit_code == 1


def test_it_is_written_in_every_form(run, clash):
    (line,) = run("clashes", "--format", "ndjson").stdout.splitlines()
    told = json.loads(line)
    assert (told["id"], told["kind"], told["a"]["article"], told["score"]) == (clash, "deny", "wire-1", 0.8)
    assert json.loads(run("show", clash, "--format", "ndjson").stdout) == told
    assert json.loads(run("show", clash, "--format", "json").stdout)["clash"]["id"] == clash
    (row,) = csv.DictReader(io.StringIO(run("clashes", "--format", "csv").stdout))
    assert (row["a_speaker"], row["b_collides"], row["clash"]) == ("Ann Lane", "broke", clash)
    assert run("clashes", "--format", "md").stdout.count("\n") == 3
    assert json.loads(run("clashes", "--format", "json").stdout)["items"][0]["a"]["colliding"] == ["hold"]


@pytest.mark.usefixtures("db")
def test_a_verdict_is_kept_and_undone(run, clash):
    done = run("review", clash[:10], "--reject", "--note", "another dam")
    assert done.exit_code == 0, done.output
    decision = done.stdout.split("is rejected: ")[1].split()[0]
    assert run("clashes").stdout == ""
    told = json.loads(run("clashes", "--reviewed", "rejected").stdout)
    assert told["review"]["verdict"] == "rejected"
    assert told["review"]["note"] == "another dam"
    assert run("review", "--undo", decision).exit_code == 0
    assert json.loads(run("clashes").stdout)["review"] is None
    assert run("review", "--undo", decision).exit_code == 1
    for words in (
        (),
        (clash,),
        (clash, "--accept", "--undo", decision),
        ("--accept",),
        (clash, "--accept", "--reject"),
    ):
        assert run("review", *words).exit_code == 2
    assert json.loads(run("clashes").stdout)["review"] is None


@pytest.mark.usefixtures("db")
def test_a_verdict_that_takes_the_place_of_another_says_so(run, clash):
    first = run("review", clash, "--reject", "--note", "another dam")
    decision = first.stdout.split("is rejected: ")[1].split()[0]
    assert first.stderr == ""
    again = run("review", clash, "--accept")
    assert "it was rejected on " in again.stderr
    assert f"another dam ({decision})" in again.stderr


@pytest.mark.usefixtures("plain")
def test_what_stands_against_an_entry_has_its_score(run, db, clash):  # noqa: F811
    db.change("clashes", 1, kind="self-reversal")
    ask = db.connection.execute
    (a,), (b,) = ask("SELECT n FROM statements WHERE speaker = 'Ann Lane' ORDER BY n LIMIT 2").fetchall()
    db.clash(a, b, "broken-prediction", score=0.67)
    db.connection.commit()
    assert f"0.67 · {db.id_of('clashes', 2)}" in seen(run("predictions"))


@pytest.mark.usefixtures("clash")
def test_clashes_are_judged_one_by_one_or_in_a_file(run, tmp_path):
    shown = run("evaluate", "--audit", 3, stdin="y\n")
    assert shown.exit_code == 0, shown.output
    assert "We will" in shown.stdout
    assert "precision 1.000 (95% interval 0.207 to 1.000): 1 of 1 judged" in shown.stdout
    file = tmp_path / "audit.jsonl"
    assert run("evaluate", "--audit", 1, "-o", file).exit_code == 0
    file.write_text(file.read_text(encoding="utf-8").replace('"verdict": null', '"verdict": false'), encoding="utf-8")
    assert run("evaluate", "--judged", file).stdout.startswith("precision 0.000")
    assert run("evaluate", "--judged", tmp_path / "none").exit_code == 1
    assert run("evaluate").exit_code == 2


@pytest.mark.usefixtures("clash")
def test_an_audit_writes_over_nothing(run, tmp_path):
    judged, other, empty = (tmp_path / name for name in ("judged.jsonl", "notes.txt", "empty.jsonl"))
    assert run("evaluate", "--audit", 1, "-o", judged).exit_code == 0
    judged.write_text(judged.read_text().replace('"verdict": null', '"verdict": true'))
    other.write_text("mine\n")
    empty.touch()
    for file, held in ((judged, "holds 1 verdict"), (other, "is there already")):
        before = file.read_bytes()
        result = run("evaluate", "--audit", 1, "--seed", 2, "-o", file)
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"{held}, and would be written over" in result.stderr
        assert file.read_bytes() == before
    assert run("evaluate", "--audit", 1, "-o", empty).exit_code == 0
    assert empty.read_text()


@pytest.mark.usefixtures("db")
def test_counts_are_corrected_and_it_is_told_by_what(run):
    found = run("stats", "--by", "outlet", "--corrected", "--format", "ndjson")
    told = [json.loads(line) for line in found.stdout.splitlines()]
    assert all(t["corrected_low"] <= t["corrected"] <= t["corrected_high"] for t in told)
    assert "corrected by precision" in found.stderr
    assert "other weights" in found.stderr
    assert run("stats", "--corrected").exit_code == 2
    refused = run("stats", "--by", "month", "--corrected", "--quoted", "direct")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--corrected: cannot be told of one form of quoting" in refused.stderr
