from __future__ import annotations

import json

import pytest

from onrecord.evaluation import read_records
from onrecord.evaluation.predicted import predicted_articles
from onrecord.records import Article, MalformedError, Record, Run, Span, Speaker, Statement

ARTICLE = {"id": "art-1", "source_id": "one", "text": "Rain fell, she said."}


def test_values_and_wire_form_are_taken_alike():
    statement = Statement(
        "stm-1", "indirect", (Span(11, 14),), (Span(15, 19),), (Span(0, 9),), Speaker("she"), None, 0.75
    )
    record = Record(Run("run-1", "0", "sha256:", "1"), Article("art-1", ARTICLE["text"]), (statement,))
    found = predicted_articles([record])["art-1"].statements[0]
    assert found.roles.content == (Span(0, 9),) and found.speaker == "she" and found.score == 0.75
    assert found.act is found.target is found.inside is None


def test_source_id_goes_before_id():
    assert list(predicted_articles([{"article": ARTICLE}])) == ["one"]


def test_shared_ids_are_refused():
    with pytest.raises(MalformedError, match="record 2: shares the id one"):
        predicted_articles([{"article": ARTICLE}, {"article": ARTICLE}])


@pytest.mark.parametrize(
    "row",
    [
        {"article": "text"},
        {"article": {"text": "no id"}},
        {"article": ARTICLE, "statements": [{"cue": None}]},
        {"article": ARTICLE, "statements": [{"id": "s", "cue": {"spans": [[5, 5]]}}]},
        {"article": ARTICLE, "statements": [{"id": "s", "cue": {"spans": [[5, 99]]}}]},
        {"article": ARTICLE, "statements": [{"id": "s", "cue": {"spans": [[5]]}}]},
        {"article": ARTICLE, "clashes": [{"a": "s"}]},
        {"article": ARTICLE, "events": [{"type": "ASSAULT", "trigger": [5, 99]}]},
        {"article": ARTICLE, "events": [{"trigger": [5, 9]}]},
        {"article": ARTICLE, "figures": [{"span": [5, 9], "value": "nine"}]},
        {"article": ARTICLE, "figures": [{"span": None, "value": 9}]},
        {"article": ARTICLE, "predictions": [{"due": None}]},
    ],
)
def test_malformed_records_are_named_with_their_line(tmp_path, row):
    path = tmp_path / "records.ndjson"
    path.write_text(json.dumps({"article": ARTICLE}) + "\n" + json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(MalformedError, match=r"records\.ndjson:2: not a record"):
        list(read_records(path))


def test_lines_that_are_no_json(tmp_path):
    path = tmp_path / "records.ndjson"
    path.write_text('\n{"error": "x", "article": null}\nnonsense\n', encoding="utf-8")
    with pytest.raises(MalformedError, match=r"records\.ndjson:3: not JSON"):
        list(read_records(path))
    path.write_text("[1]\n", encoding="utf-8")
    with pytest.raises(MalformedError, match=r"records\.ndjson:1: not a record"):
        list(read_records(path))


def test_what_stands_around_the_gold_s_text_is_cut_off():
    text = "Menu. Rain fell, she said. Share"
    spans = {"source": [0, 3], "cue": [21, 25], "content": [4, 15]}
    statement = {"id": "s", **{role: {"spans": [span]} for role, span in spans.items()}}
    events = [{"type": "AID", "trigger": span} for span in ([6, 10], [4, 10], [20, 32], [27, 32])]
    figures = [{"span": span, "value": 1} for span in ([4, 10], [27, 32])]
    row = {"article": {"id": "a", "text": text}, "statements": [statement], "events": events, "figures": figures}
    found = predicted_articles([row])["a"].within(ARTICLE["text"])
    assert found.text == ARTICLE["text"]
    roles = found.statements[0].roles
    assert (roles.source, roles.cue, roles.content) == ((), (Span(15, 19),), (Span(0, 9),))
    assert [e.trigger for e in found.events] == [Span(0, 4), None, Span(14, 20), None]
    assert [f.span for f in found.figures] == [Span(0, 4), None]


def test_a_record_of_another_text_has_no_place_in_the_gold_s():
    assert predicted_articles([{"article": ARTICLE}])["one"].within("Snow fell, she said.") is None
    untold = predicted_articles([{"article": {"id": "a"}}])["a"]
    assert untold.within("Snow fell, she said.") is untold
