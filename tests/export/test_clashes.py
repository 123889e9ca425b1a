"""Clashes in the formats of others: as lines, as rows, as JSON-LD by a vocabulary that is told."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pyarrow.parquet
import pytest

from onrecord.export import export
from onrecord.export.clashes import context
from onrecord.query.clashes import KINDS

STAND = """SELECT count(*) FROM clashes c LEFT JOIN statements s ON s.n = c.a LEFT JOIN statements t ON t.n = c.b
    LEFT JOIN figures f ON f.n = c.figure_a LEFT JOIN figures g ON g.n = c.figure_b
    WHERE 'superseded' NOT IN (ifnull(s.standing, ''), ifnull(t.standing, ''), ifnull(f.standing, ''), ifnull(g.standing, ''))"""
PAGE = Path(__file__).resolve().parents[2] / "docs" / "vocabulary.md"


@pytest.fixture
def lines(store, tmp_path):
    counts = export(store, "clashes", tmp_path / "clashes.jsonl")
    found = [json.loads(line) for line in (tmp_path / "clashes.jsonl").read_text(encoding="utf-8").splitlines()]
    assert counts == {"clashes": len(found)}
    return found


def test_every_clash_that_stands_is_a_line_or_counted_with_one(store, lines):
    (stand,) = store.connection.execute(STAND).fetchone()
    assert sum(1 + line["others"] for line in lines) == stand > 20
    assert len({line["id"] for line in lines}) == len(lines)
    for line in lines[:40]:
        for side in (line["a"], line["b"]):
            text = store.record(side["article_id"]).article.text
            assert side["words"] == " … ".join(text[start:end] for start, end in side["spans"])


def test_they_are_rows_of_tables(store, lines, tmp_path):
    export(store, "parquet", tmp_path / "clashes.parquet", table="clashes")
    rows = pyarrow.parquet.read_table(tmp_path / "clashes.parquet").to_pylist()
    assert {(r["clash"], r["kind"], r["a_words"]) for r in rows} == {
        (x["id"], x["kind"], x["a"]["words"]) for x in lines
    }


def test_whether_the_sides_are_independent_is_true_or_false(store, lines, tmp_path):
    export(store, "parquet", tmp_path / "clashes.parquet", table="clashes")
    rows = pyarrow.parquet.read_table(tmp_path / "clashes.parquet").to_pylist()
    assert {r["clash"]: r["independent"] for r in rows} == {x["id"]: x["independent"] for x in lines}
    export(store, "csv", tmp_path / "clashes.csv", table="clashes")
    with (tmp_path / "clashes.csv").open(encoding="utf-8", newline="") as file:
        assert {r["independent"] for r in csv.DictReader(file)} == {"yes" if x["independent"] else "no" for x in lines}


def test_statements_and_clashes_of_a_graph_are_counted_as_such(store, lines, tmp_path):
    (what,) = export(store, "schemaorg", tmp_path / "graph.jsonld")
    assert what == "statements and clashes"


def test_they_go_with_their_earlier_side(store, lines, tmp_path):
    kind = next(line for line in lines if line["a"]["statement"])
    speaker = kind["a"]["speaker"]
    export(store, "clashes", tmp_path / "some.jsonl", speaker=speaker)
    some = [json.loads(line) for line in (tmp_path / "some.jsonl").read_text(encoding="utf-8").splitlines()]
    assert some
    assert {line["a"]["speaker"] for line in some} == {speaker}
    assert len(some) == sum(line["a"]["speaker"] == speaker for line in lines)


def test_the_vocabulary_has_every_term_that_is_written(store, lines, tmp_path):
    export(store, "schemaorg", tmp_path / "graph.jsonld")
    graph = json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))["@graph"]
    nodes = [node for node in graph if node["@type"] == "Clash"]
    assert {node["@id"].removeprefix("urn:onrecord:") for node in nodes} == {line["id"] for line in lines}
    terms = context()
    for node in nodes:
        assert set(node) - {"@type", "@id"} <= set(terms)
        assert node["clashKind"] in terms
    assert set(KINDS) <= set(terms)


def test_every_term_is_documented():
    told = set(re.findall(r"^\| `([^`]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert told == set(context()) - {"onrecord"}
