"""Every question under /api/: the answer is the query layer's, fits OpenAPI, and its errors are problem details."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from tests.store import making

import onrecord
from onrecord.query import as_plain
from onrecord.store import Store, Writer
from onrecord.web.api.desk import desk_of
from onrecord.web.api.limits import Buckets
from onrecord.web.app import create_app


@pytest.fixture(scope="module")
def library(store):
    with onrecord.open(store) as library:
        yield library


@pytest.fixture(scope="module")
def openapi(client):
    return client.get("/api/openapi.json").json()


@pytest.fixture(scope="module")
def ids(library):
    statement = library.search("", size=1).items[0].utterance.said
    return {
        "statement": statement.id,
        "article": statement.article.id,
        "entity": library.entities().items[0].identity,
        "clash": library.clashes(size=1).items[0].id,
    }


ADDRESSES = {
    "/api/who": lambda ids: f"/api/who?name={ids['entity']}",
    "/api/search": lambda ids: "/api/search?size=5",
    "/api/facets": lambda ids: "/api/facets",
    "/api/statements/{id}": lambda ids: f"/api/statements/{ids['statement']}",
    "/api/statements/{id}/citation": lambda ids: f"/api/statements/{ids['statement']}/citation",
    "/api/articles/{id}": lambda ids: f"/api/articles/{ids['article']}",
    "/api/entities": lambda ids: "/api/entities",
    "/api/entities/{id}": lambda ids: f"/api/entities/{ids['entity']}",
    "/api/stats": lambda ids: "/api/stats?by=outlet",
    "/api/events": lambda ids: "/api/events",
    "/api/figures": lambda ids: "/api/figures",
    "/api/clashes": lambda ids: "/api/clashes",
    "/api/clashes/{id}": lambda ids: f"/api/clashes/{ids['clash']}",
    "/api/predictions": lambda ids: "/api/predictions",
}


def _closed(schema):
    """A schema that takes no field but those it names."""
    if isinstance(schema, dict):
        more = {"additionalProperties": False} if "properties" in schema else {}
        return {key: _closed(value) for key, value in schema.items()} | more
    return [_closed(one) for one in schema] if isinstance(schema, list) else schema


def test_errors_are_told_as_problems(openapi):
    told = {p["title"] for ways in openapi["paths"].values() for way in ways.values() for p in _problems(way)}
    assert told == {"Problem"}


def _problems(way):
    for status, answer in way["responses"].items():
        if status in ("4XX", "5XX"):
            yield answer["content"]["application/problem+json"]["schema"]


def test_every_question_is_tried_here(openapi):
    assert {path for path, ways in openapi["paths"].items() if path.startswith("/api/") and "get" in ways} == set(
        ADDRESSES
    )


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_answer_is_what_openapi_tells(client, openapi, ids, path):
    response = client.get(ADDRESSES[path](ids))
    assert response.status_code == 200, response.text
    schema = openapi["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    whole = _closed({**schema, "components": openapi["components"]})
    Draft202012Validator(whole).validate(response.json())
    assert response.json().get("items", True), "an empty page proves nothing"


@pytest.mark.parametrize(
    ("address", "ask"),
    [
        ("/api/search?q=the&size=7", lambda x: x.search("the", size=7)),
        ("/api/search?act=deny&since=2031-01", lambda x: x.search("", act="deny", since="2031-01")),
        ("/api/stats?by=act&form=direct", lambda x: x.stats("act", form="direct", size=20)),
        ("/api/stats?by=month&corrected=1", lambda x: x.stats("month", corrected=True, size=20)),
        ("/api/entities?kind=person&size=3", lambda x: x.entities(kind="person", size=3)),
        ("/api/events?status=happened", lambda x: x.events(status="happened", size=20)),
        ("/api/figures?what=killed", lambda x: x.figures(what="killed", size=20)),
        ("/api/predictions?what=promise&bearing=0", lambda x: x.predictions(what="promise", bearing=0)),
        ("/api/clashes?kind=figures&least=0.2", lambda x: x.clashes(kind="figures", least=0.2)),
        ("/api/facets?form=direct", lambda x: x.facets("", form="direct")),
    ],
)
def test_an_answer_is_the_query_layers(client, library, address, ask):
    assert client.get(address).json() == json.loads(json.dumps(as_plain(ask(library))))


def test_cursors_go_through_everything_once(client, library):
    found, address = [], "/api/search?size=37&form=direct"
    while address:
        response = client.get(address)
        found += [hit["utterance"]["id"] for hit in response.json()["items"]]
        address = response.links.get("next", {}).get("url")
    assert len(found) == len(set(found)) > 37
    assert found == [h.utterance.id for h in library.search("", form="direct", size=1000).items]


def test_clashes_between_two(client, library):
    sides = next(c for c in library.clashes(kind="self-reversal").items if c.a.statement.speakers[0].identity)
    who = sides.a.statement.speakers[0].identity
    found = client.get("/api/clashes", params={"between": [who, who], "size": 50}).json()
    assert sides.id in {clash["id"] for clash in found["items"]}
    assert client.get("/api/clashes", params={"between": [who]}).status_code == 400


def test_a_list_names_the_feed_of_the_same(client):
    links = client.get("/api/search?q=the&form=direct&size=1&meaning=false").headers["link"]
    assert '</feeds/search.atom?form=direct&q=the>; rel="alternate"; type="application/atom+xml"' in links
    assert "/feeds/clashes.atom" in client.get("/api/clashes").headers["link"]


def test_an_article_is_in_the_wire_form_with_identities(client, ids, records):
    record = next(r for r in records if r.article.id == ids["article"])
    shown = client.get(f"/api/articles/{ids['article']}").json()
    assert shown["record"]["article"]["text"] == record.article.text
    assert [s["id"] for s in shown["record"]["statements"]] == [s.id for s in record.statements]
    assert any(e["identity"] for e in shown["record"]["entities"])


def test_who_has_the_answer_already_is_not_told_again(client, ids):
    first = client.get(f"/api/entities/{ids['entity']}")
    again = client.get(f"/api/entities/{ids['entity']}", headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get("/api/entities", headers={"If-None-Match": 'W/"other"'}).status_code == 200


def test_what_is_written_changes_the_tag(tmp_path):
    path = tmp_path / "grows.db"
    records = making.records(3, 4)

    def add(record):
        with Store.open(path, write=True) as store, Writer(store) as writer:
            writer.add([record], origins=[record.article.id], started=making.STARTED)

    add(records[0])
    with TestClient(create_app(path, hosts=("testserver",))) as client:
        tags = [client.get("/api/stats?by=outlet").headers["etag"] for _ in range(2)]
        counted = client.get("/api/stats?by=outlet").json()
        add(records[1])
        after = client.get("/api/stats?by=outlet", headers={"If-None-Match": tags[0]})
    assert tags[0] == tags[1] != after.headers["etag"]
    assert after.status_code == 200
    assert after.json() != counted


def test_head_has_all_but_the_body(client):
    head, get = client.head("/api/entities?size=3"), client.get("/api/entities?size=3")
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(get.headers)
    assert int(head.headers["content-length"]) == len(get.content)


WRONG = {
    "/api/search?sise=3": 400,
    "/api/search?size=0": 400,
    "/api/search?size=100000": 400,
    "/api/search?cursor=none": 400,
    "/api/search?act=shout": 400,
    "/api/search?since=May": 400,
    "/api/search?speaker=Nobody+Whatsoever": 404,
    "/api/who": 400,
    "/api/who?name=Nobody+Whatsoever": 404,
    "/api/stats?by=colour": 400,
    "/api/stats?by=speaker&corrected=1": 400,
    "/api/stats?by=month&corrected=1&act=deny": 400,
    "/api/events?type=DANCE": 400,
    "/api/statements/stm-00000000": 404,
    "/api/statements/..%2F..%2Fetc%2Fpasswd": 404,
    "/api/articles/..%5C..%5Cwindows": 400,
    "/api/articles/%00": 400,
    "/api/articles/art-0000": 404,
    "/api/nothing": 404,
    "/api/nothing/": 404,
    "/feeds/who/Q0.atom": 400,
    "/feeds/search.atom?speaker=Nobody+Whatsoever": 404,
}


@pytest.mark.parametrize("address", WRONG)
def test_errors_have_one_body(client, address):
    response = client.get(address, follow_redirects=False)
    assert response.status_code == WRONG[address], response.text
    if address.startswith("/api/") or "Nobody" in address:
        assert response.headers["content-type"] == "application/problem+json"
        assert {"type", "title", "status", "detail"} <= set(response.json())
        assert response.json()["status"] == response.status_code


def test_a_parameter_that_there_is_not_is_told_as_one_with_the_one_meant(client):
    told = client.get("/api/clashes?limit=1").json()["detail"]
    assert told.startswith("limit: no such parameter here; size tells how many")
    assert "size tells" not in client.get("/api/clashes?colour=1").json()["detail"]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/api/search?since=May", "since: 'May' is no year, month or day (2024, 2024-05, 2024-05-01)"),
        ("/api/articles/xx", "id: 'xx' is no id of an article (art- and 4 hex digits or more)"),
        ("/api/statements/stm-1", "id: 'stm-1' is no id of a statement (stm- and 4 hex digits or more)"),
        ("/api/who", "name: it is needed"),
        ("/api/nothing", "Nothing has this address. /api/openapi.json lists those of the API."),
        ("/api", "Nothing has this address. /api/openapi.json lists those of the API."),
    ],
)
def test_errors_tell_what_is_wrong_in_words(client, address, told):
    response = client.get(address)
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"] == told


def test_a_name_that_several_bear_is_told_with_whom_it_may_mean(store, tmp_path):
    path = tmp_path / "alike.db"
    path.write_bytes(store.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO identity_names SELECT 'ambrose', n FROM identities ORDER BY n LIMIT 2")
        connection.commit()
        both = {id_ for (id_,) in connection.execute("SELECT id FROM identities ORDER BY n LIMIT 2")}
    with TestClient(create_app(path, hosts=("testserver",))) as client:
        response = client.get("/api/events?actor=Ambrose")
    assert response.status_code == 404
    assert {choice["identity"] for choice in response.json()["choices"]} == both


def test_a_client_that_asks_too_fast_is_told_when_to_come_back(store):
    app = create_app(store, hosts=("testserver",))
    desk_of(app).buckets = Buckets(0.5, 3)
    with TestClient(app) as client:
        answers = [client.get("/api/entities?size=1") for _ in range(4)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 3
    assert answers[-1].headers["content-type"] == "application/problem+json"
