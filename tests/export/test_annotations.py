"""The Web Annotation that others will read: by its model's schema, and by selectors that find their words."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from tests.export import cases

from onrecord.export import export, exported

SCHEMA = json.loads((Path(__file__).parent / "webannotation.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def collection(store, tmp_path):
    export(store, "webannotation", tmp_path / "out.json")
    return json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))


def test_it_is_valid(collection):
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.check_schema(SCHEMA)
    assert [e.message for e in validator.iter_errors(collection)] == []
    assert collection["total"] == len(collection["first"]["items"]) > 200


def test_the_schema_refuses_what_is_none(collection):
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for change in ({"motivation": "guessing"}, {"target": []}, {"id": "no iri"}):
        first = collection["first"]["items"][0] | change
        assert list(validator.iter_errors(collection | {"first": collection["first"] | {"items": [first]}}))


def test_both_selectors_find_the_words(store, collection):
    texts = {f"urn:onrecord:{a}": store.record(a).article.text for a in store.articles()}
    roles = set()
    for annotation in collection["first"]["items"]:
        for target in annotation["target"]:
            text, (position, quote) = texts[target["source"]["id"]], target["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text.find(quote["prefix"] + quote["exact"] + quote["suffix"]) + len(quote["prefix"]) == start
            roles.add(target["styleClass"])
    assert roles == {"content", "cue", "source"}


def test_the_words_of_a_statement_are_its_targets(store, collection):
    told = {a["id"].removeprefix("urn:onrecord:"): a for a in collection["first"]["items"]}
    for article in exported(store):
        for statement in article.said():
            annotation = told.pop(statement["id"])
            contents = [t["selector"][1]["exact"] for t in annotation["target"] if t["styleClass"] == "content"]
            assert " … ".join(contents) == statement["content"]["text"]
            bodies = [b.get("value") for b in annotation["body"] if b["purpose"] == "identifying"]
            assert statement["speaker"]["name"] in bodies
            assert {f"act:{statement['act']['code']}", f"standing:{statement['standing']}"} <= {
                b["value"] for b in annotation["body"] if b["purpose"] == "tagging"
            }
    assert not told


def test_a_page_is_the_scope_and_a_text_the_source(collection):
    scopes = [t.get("scope") for a in collection["first"]["items"] for t in a["target"]]
    assert cases.URL in scopes
    assert None in scopes  # of an article without an address


def test_none_is_a_collection_too(store, tmp_path):
    export(store, "webannotation", tmp_path / "none.json", since="2090")
    empty = json.loads((tmp_path / "none.json").read_text(encoding="utf-8"))
    jsonschema.validate(empty, SCHEMA)
    assert empty["total"] == 0
