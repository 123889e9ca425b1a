"""schema.org: who said it, and where it is printed."""

from __future__ import annotations

import json

import pytest
from tests.export import cases

from onrecord.export import export
from onrecord.export.clashes import context

# schema.org (release 29): properties of Quotation, Claim, and of what both are, CreativeWork and Thing, that are written.
WORK = {
    "@type",
    "@id",
    "text",
    "creator",
    "dateCreated",
    "inLanguage",
    "keywords",
    "creativeWorkStatus",
    "isPartOf",
    "citation",
}
PROPERTIES = {"Quotation": {"spokenByCharacter"}, "Claim": {"appearance", "firstAppearance"}}


@pytest.fixture
def graph(store, tmp_path):
    export(store, "schemaorg", tmp_path / "out.json")
    whole = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert whole["@context"] == ["https://schema.org", context()]
    return {node["@id"].removeprefix("urn:onrecord:"): node for node in whole["@graph"] if node["@type"] != "Clash"}


def types(node):
    return [node["@type"]] if isinstance(node["@type"], str) else node["@type"]


def test_every_property_is_one_of_its_types(graph):
    assert len(graph) > 200
    for node in graph.values():
        assert set(node) <= WORK | {p for t in types(node) for p in PROPERTIES[t]}


def of(graph, store, source_id):
    (article,) = [store.record(a) for a in store.articles() if store.record(a).article.source_id == source_id]
    return [graph[s.id] for s in article.statements], article


def test_what_is_quoted_and_what_is_reported(graph, store):
    (accused, denied, claimed, vowed), article = of(graph, store, "siege-2")
    assert types(accused) == ["Claim"]
    assert types(vowed) == ["Quotation", "Claim"]  # printed by several
    assert accused["creator"]["name"] == "Siv Rondal"
    assert accused["creator"]["@type"] == "Person"
    assert accused["creator"]["@id"] == vowed["spokenByCharacter"]["@id"]
    blank = claimed["@id"].replace("urn:onrecord:", "_:") + "-0"
    assert claimed["creator"] == {"@type": "Thing", "@id": blank, "name": "relatives"}
    assert accused["appearance"] == accused["isPartOf"]
    assert accused["isPartOf"]["url"] == cases.URL
    assert accused["isPartOf"]["publisher"]["name"] == cases.OUTLET
    assert accused["citation"] == f"Siege, {cases.OUTLET}, 2024-05-04, {cases.URL}"
    assert denied["text"].startswith("=HYPERLINK(1) that")
    assert article.article.id in accused["isPartOf"]["@id"]


def test_whatever_is_written_more_than_once_is_one_node(graph):
    """A reader of RDF makes a node of its own of each that has no id: an article would have as many publishers as statements."""
    names, publishers = {}, {}

    def walk(value):
        if isinstance(value, list):
            [walk(one) for one in value]
        elif isinstance(value, dict):
            if "name" in value:
                assert names.setdefault(value["@id"], value["name"]) == value["name"]
            if "publisher" in value:
                publishers.setdefault(value["@id"], set()).add(value["publisher"]["@id"])
            [walk(one) for one in value.values()]

    walk(list(graph.values()))
    assert len(names) > 9 and publishers and all(len(ids) == 1 for ids in publishers.values())


def test_an_utterance_tells_its_first_printing(graph, store):
    query = "SELECT statement, utterance FROM v_statements WHERE utterance IS NOT NULL"
    firsts = dict(store.connection.execute(query))
    articles = dict(store.connection.execute("SELECT statement, article FROM v_statements"))
    known = {s: node for s, node in graph.items() if s in firsts}
    assert len(known) > 4
    for s, node in known.items():
        assert node["firstAppearance"]["@id"] == f"urn:onrecord:{articles[firsts[s]]}"
    assert all("firstAppearance" not in node for s, node in graph.items() if s not in firsts)


def test_what_was_withdrawn_says_so(graph, store):
    nodes, _ = of(graph, store, "killed")
    assert {node["creativeWorkStatus"] for node in nodes} == {"withdrawn"}
