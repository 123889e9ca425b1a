"""One address, several forms: what each client gets, and that all tell the same."""

from __future__ import annotations

import json

import pytest

from onrecord.export import schemaorg
from onrecord.records import words_of
from onrecord.web.api.desk import desk_of
from onrecord.web.api.negotiation import ANNOTATION, JSON, JSON_LD

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def current(client):
    """A statement that stands, as the search tells it."""
    return next(
        hit["utterance"]["said"]
        for hit in client.get("/api/search?size=50").json()["items"]
        if hit["utterance"]["said"]["content"] and hit["utterance"]["said"]["form"] == "direct"
    )


@pytest.mark.parametrize("accept", [BROWSER, "*/*", "image/png"])
def test_a_browser_gets_the_page(client, current, accept):
    response = client.get(f"/articles/{current['article']['id']}", headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("accept", [JSON, JSON_LD, ANNOTATION])
@pytest.mark.parametrize("kind", ["articles", "statements"])
def test_a_program_gets_the_form_that_it_asks_for(client, current, kind, accept):
    address = f"/{kind}/{current['id'] if kind == 'statements' else current['article']['id']}"
    response = client.get(address, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"] == accept
    assert response.headers["vary"] == "Accept"
    assert address in response.headers["link"]
    assert response.json() == client.get(f"/api{address}", headers={"Accept": accept}).json()
    head = client.head(address, headers={"Accept": accept})
    assert (head.content, head.headers["etag"]) == (b"", response.headers["etag"])


def test_each_form_has_a_tag_of_its_own(client, current):
    address = f"/statements/{current['id']}"
    tags = {form: client.get(address, headers={"Accept": form}).headers["etag"] for form in (JSON, JSON_LD, ANNOTATION)}
    assert len(set(tags.values())) == 3
    again = client.get(address, headers={"Accept": JSON_LD, "If-None-Match": tags[JSON_LD]})
    assert (again.status_code, again.headers["vary"]) == (304, "Accept")
    other = client.get(address, headers={"Accept": JSON, "If-None-Match": tags[JSON_LD]})
    assert other.status_code == 200


def test_an_annotation_quotes_the_article(client, current):
    annotation = client.get(f"/statements/{current['id']}", headers={"Accept": ANNOTATION}).json()
    text = client.get(f"/api/articles/{current['article']['id']}").json()["record"]["article"]["text"]
    assert annotation["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert annotation["type"] == "Annotation"
    contents = [t for t in annotation["target"] if t["styleClass"] == "content"]
    assert [[t["selector"][0]["start"], t["selector"][0]["end"]] for t in contents] == current["content_spans"]
    for target in annotation["target"]:
        place, quotation = target["selector"]
        assert quotation["exact"] == text[place["start"] : place["end"]]


def test_an_articles_annotations_are_a_collection(client, records):
    record = max(records, key=lambda r: len(r.statements))
    found = client.get(f"/articles/{record.article.id}", headers={"Accept": ANNOTATION}).json()
    assert found["type"] == "AnnotationCollection"
    assert found["id"].endswith(f"/articles/{record.article.id}")
    assert found["total"] == len(found["first"]["items"]) > 0
    assert {a["id"].removeprefix("urn:onrecord:") for a in found["first"]["items"]} <= {s.id for s in record.statements}


def test_schema_org_has_the_words_and_the_speaker(client, current, records):
    quotation = client.get(f"/statements/{current['id']}", headers={"Accept": JSON_LD}).json()
    record = next(r for r in records if r.article.id == current["article"]["id"])
    statement = next(s for s in record.statements if s.id == current["id"])
    assert quotation["@context"] == "https://schema.org"
    assert "Quotation" in json.dumps(quotation["@type"])
    assert quotation["text"] == words_of(record.article.text, statement.content)


def test_errors_at_a_permalink_are_told_in_the_clients_form(client):
    response = client.get("/articles/art-00000000", headers={"Accept": JSON})
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert (
        client.get("/articles/art-00000000", headers={"Accept": BROWSER})
        .headers["content-type"]
        .startswith("text/html")
    )


def test_a_form_that_a_statement_does_not_have_is_not_found(client, current, monkeypatch):
    monkeypatch.setattr(schemaorg, "statements", lambda _: iter(()))  # as of one without words of its own
    desk_of(client.app).answers.clear()
    response = client.get(f"/statements/{current['id']}", headers={"Accept": JSON_LD})
    assert response.status_code == 404
    assert "no such form" in response.json()["detail"]


def test_what_changes_things_is_not_answered_here(client, current):
    assert client.post(f"/articles/{current['article']['id']}", headers={"Accept": JSON}).status_code == 405
