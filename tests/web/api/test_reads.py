"""POST /api/read: what is read, what is refused, and that a crowd is told to come again."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest
from fastapi import HTTPException
from fastapi.testclient import TestClient
from tests.store import making

import onrecord
from onrecord.records import Record
from onrecord.web.api.desk import desk_of
from onrecord.web.api.reading import MOST_BYTES, Readings
from onrecord.web.app import create_app

TEXT = "The harbour will open in June, Ada Quill said."


@pytest.fixture
def scripted(monkeypatch):
    """Texts are read without weights: nothing is found in them."""
    monkeypatch.setattr(onrecord, "read", lambda article: Record(making.make_run(), article))


@pytest.fixture
def counted(store):
    return store.read_bytes()


def test_a_text_is_read_and_not_kept(client, scripted, store, counted):
    response = client.post("/api/read", json={"text": TEXT, "published": "2031-02-03", "outlet": "The Slate"})
    assert response.status_code == 200, response.text
    record = response.json()
    assert record["article"]["text"] == TEXT
    assert record["article"]["published"] == {"date": "2031-02-03", "basis": "given", "time": None, "hour": None}
    assert record["article"]["outlet"] == "The Slate"
    assert response.headers["cache-control"] == "no-store"
    assert store.read_bytes() == counted
    assert client.get(f"/api/articles/{record['article']['id']}").status_code == 404


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/plain", TEXT.encode()),
        ("text/plain; charset=utf-16", TEXT.encode("utf-16")),
        ('text/plain; charset="utf-16"; format=flowed', TEXT.encode("utf-16")),
        ("TEXT/HTML", f"<html><body><article><p>{TEXT} {TEXT}</p></article></body></html>".encode()),
    ],
)
def test_texts_and_pages_are_read_as_they_are(client, scripted, kind, body):
    response = client.post("/api/read", content=body, headers={"Content-Type": kind})
    assert response.status_code == 200, response.text
    assert TEXT in response.json()["article"]["text"]


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"{", 400),
        ("application/json", b"[1]", 400),
        ("application/json", b'{"text": ""}', 400),
        ("application/json", b'{"text": "x", "store": true}', 400),
        ("application/json", b'{"text": "x", "published": "yesterday"}', 400),
        ("application/json", b'{"text": "\\ud800"}', 400),
        ("application/json", b"[" * 100_000, 400),
        ("application/json", b'{"text": "' + b"a" * MOST_BYTES + b'"}', 413),
        ("text/plain", b"\x89PNG\r\n\x1a\n\0\0\0", 400),
        ("application/xml", b"<x/>", 415),
        ("", b"x", 415),
        ("text/plain", b"a" * (MOST_BYTES + 1), 413),
    ],
)
def test_what_is_not_read_is_refused(client, scripted, kind, body, status):
    response = client.post("/api/read", content=body, headers={"Content-Type": kind})
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"


def test_a_day_that_is_none_is_named(client, scripted):
    response = client.post("/api/read", json={"text": TEXT, "published": "May"})
    assert response.json()["detail"].startswith("body: published: 'May' is no ISO date")


def test_a_body_that_does_not_say_how_long_it_is_is_cut_off(client, scripted):
    sent = 0

    def endless():
        nonlocal sent
        while sent < 10 * MOST_BYTES:
            sent += 65536
            yield b"a" * 65536

    response = client.post("/api/read", content=endless(), headers={"Content-Type": "text/plain"})
    assert response.status_code == 413


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_pages_of_other_sites_may_not_ask(client, scripted, headers):
    assert client.post("/api/read", json={"text": TEXT}, headers=headers).status_code == 403


def test_this_sites_own_pages_may(client, scripted):
    headers = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/api/read", json={"text": TEXT}, headers=headers).status_code == 200


def test_a_client_that_has_many_texts_read_is_slowed(store, scripted):
    with TestClient(create_app(store, hosts=("testserver",))) as client:
        answers = [client.post("/api/read", json={"text": TEXT}) for _ in range(15)]
    assert {a.status_code for a in answers} == {200, 429}
    assert all(int(a.headers["retry-after"]) >= 1 for a in answers if a.status_code == 429)


def test_a_failure_inside_is_told_with_the_one_body(store, monkeypatch):
    def fails(_):
        raise ZeroDivisionError("a secret of the inside")

    monkeypatch.setattr(onrecord, "read", fails)
    with TestClient(create_app(store, hosts=("testserver",)), raise_server_exceptions=False) as client:
        response = client.post("/api/read", json={"text": TEXT})
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in response.text


def test_few_are_read_at_a_time_and_few_wait():
    readings, go, running, most = Readings(at_once=2, waiting=1), threading.Event(), 0, 0
    lock, begun = threading.Lock(), threading.Semaphore(0)

    def work():
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        begun.release()
        assert go.wait(5)
        with lock:
            running -= 1
        return "done"

    async def crowd():
        tasks = [asyncio.create_task(readings.do(work)) for _ in range(5)]
        assert await asyncio.to_thread(lambda: begun.acquire(timeout=5) and begun.acquire(timeout=5))
        go.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    outcomes = asyncio.run(crowd())
    refused = [o for o in outcomes if isinstance(o, HTTPException)]
    assert outcomes.count("done") == 3
    assert [(r.status_code, r.headers["retry-after"]) for r in refused] == [(503, "10")] * 2
    assert most == 2
    assert asyncio.run(readings.do(lambda: "free again")) == "free again"
    readings.close()


def test_what_takes_too_long_is_given_up_but_holds_its_place():
    readings, go = Readings(at_once=1, waiting=0, longest=0.05), threading.Event()
    with pytest.raises(HTTPException) as slow:
        asyncio.run(readings.do(lambda: go.wait(5)))
    with pytest.raises(HTTPException) as full:
        asyncio.run(readings.do(lambda: None))
    go.set()
    assert [e.value.status_code for e in (slow, full)] == [503, 503]
    readings.close()


def test_a_desk_is_closed_with_its_application(store):
    app = create_app(store, hosts=("testserver",))
    with TestClient(app) as client:
        client.get("/api/entities?size=1")
    assert desk_of(app).version._connection is None


@pytest.mark.model
def test_a_text_is_read_with_the_models(client):
    record = client.post("/api/read", json={"text": f'"{TEXT[:-15]}," said Ada Quill, the harbour master.'}).json()
    assert [s["speaker"]["name"] for s in record["statements"]] == ["Ada Quill"]
    assert json.dumps(record)
