from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluation import cofenet_documents, evaluate_cofenet
from onrecord.evaluation.cofenet import TagSpan, readable, tag_spans
from onrecord.records import MalformedError

# A busy machine is no failure.

TOKENS = ["``", "It", "'s", "open", ",", "''", "she", "said", "-LRB-", "again", "-RRB-", "."]
LABELS = ["B-content"] + ["I-content"] * 5 + ["B-source", "B-cue"] + ["O"] * 4


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "sequences.jsonl"
    path.write_text(json.dumps({"tokens": TOKENS, "labels": LABELS}) + "\n", encoding="utf-8")
    return path


def record(**roles):
    statement = {"id": "s0", **{role: {"spans": spans} for role, spans in roles.items()}}
    return {"article": {"id": "cofenet-0", "text": '"It\'s open," she said (again).'}, "statements": [statement]}


def test_readable():
    text, offsets = readable(TOKENS)
    assert text == '"It\'s open," she said (again).'
    assert [text[s:e] for s, e in offsets] == ['"', "It", "'s", "open", ",", '"', "she", "said", "(", "again", ")", "."]


@given(st.lists(st.sampled_from([*TOKENS, "”", "“", "$", "n't", "é", "U.S."])))
def test_each_token_stands_where_it_is_said_to(tokens):
    text, offsets = readable(tokens)
    assert len(offsets) == len(tokens) and "  " not in text
    assert "".join(text[s:e] for s, e in offsets) == text.replace(" ", "")


def test_tag_spans():
    labels = ["B-cue", "I-cue", "B-cue", "I-source", "O", "I-cue"]
    assert tag_spans(labels) == {
        TagSpan("cue", 0, 2),
        TagSpan("cue", 2, 3),
        TagSpan("source", 3, 4),
        TagSpan("cue", 5, 6),
    }


def test_a_right_answer(file):
    scores = evaluate_cofenet(file, [record(content=[[0, 12]], source=[[13, 16]], cue=[[17, 21]])])
    assert scores.roles.content.f1 == scores.roles.source.f1 == scores.roles.cue.f1 == 1


def test_a_cue_covers_what_overlaps_it(file):
    scores = evaluate_cofenet(file, [record(content=[[0, 12]], source=[[13, 21]], cue=[[17, 21]])])
    assert scores.roles.source.right == 1


def test_missing_records_are_counted(file):
    scores = evaluate_cofenet(file, [])
    assert (scores.sequences, scores.unread, scores.roles.cue.gold) == (1, 1, 1)


def test_documents(file):
    (document,) = cofenet_documents(file)
    assert document.source_id == "cofenet-0" and document.origin == f"{file}:1"


@pytest.mark.parametrize("line", ["{}", "nonsense", '{"tokens": ["a"], "labels": []}', "[]"])
def test_malformed_lines_are_named(file, line):
    file.write_text(json.dumps({"tokens": [], "labels": []}) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(MalformedError, match=r"sequences\.jsonl:2: "):
        list(cofenet_documents(file))
