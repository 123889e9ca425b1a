"""With ``--write``: who may change the store, what they can, and how it is undone."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3

import pytest
from lxml import html
from tests.web.conftest import client_of

from onrecord.query import Library

FORMS = ("/review/clash", "/review/people", "/review/undo", "/add")


@pytest.fixture
def db(hostile_db, tmp_path):
    """A store with a clash in it."""
    path = tmp_path / "news.db"
    shutil.copy(hostile_db, path)
    with sqlite3.connect(path) as connection:
        query = (
            """SELECT n, article, json_extract(content_spans, '$[0]') FROM statements WHERE act = 'accuse' ORDER BY n"""
        )
        (a, in_a, span_a), (b, in_b, span_b), *_ = connection.execute(query).fetchall()
        why = [json.dumps([[json.loads(s)[0], json.loads(s)[0] + 9]]) for s in (span_a, span_b)]
        connection.execute("DELETE FROM clashes")
        connection.execute(
            """INSERT INTO clashes (id, kind, article_a, article_b, a, b, about, why_a, why_b, score, day, found)
               VALUES ('cls-00000000000000000001', 'deny', ?, ?, ?, ?, '<script>boat', ?, ?, 0.8, '2031-05-02', '2031-05-03')""",
            (in_a, in_b, a, b, *why),
        )
    connection.close()
    return path


@pytest.fixture
def client(db):
    with client_of(db, write=True) as client:
        yield client


@pytest.fixture
def editor(client):
    """Somebody who opened the address that the server printed."""
    answer = client.get(f"/enter?token={client.app.state.keys.token}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    assert re.search(r"HttpOnly.*SameSite=strict", answer.headers["set-cookie"], re.I)
    return client


def send(client, address: str, /, **fields: str):
    return client.post(address, data={"key": client.app.state.keys.form, **fields})


def test_nothing_is_changed_without_write(hostile):
    assert "/add" not in html.fromstring(hostile.get("/").text).xpath("//nav//a/@href")
    for address in ("/add", "/review", "/enter?token=x"):
        assert hostile.get(address).status_code == 404
    for address in FORMS:
        assert hostile.post(address).status_code in (404, 405)


def test_whoever_did_not_enter_changes_nothing(client):
    for address in ("/add", "/review", "/enter?token=", "/enter?token=x"):
        assert client.get(address).status_code == 403, address
    for address in FORMS:
        assert send(client, address).status_code == 403, address


def test_forms_of_others_change_nothing(editor):
    key = editor.app.state.keys.form
    fields = {"clash": "cls-0000", "verdict": "rejected"}
    for address in FORMS:
        assert editor.post(address, data=fields).status_code == 403
        assert editor.post(address, data=fields | {"key": "0" * 64}).status_code == 403
        for headers in ({"origin": "https://news.example"}, {"sec-fetch-site": "same-site"}):
            assert editor.post(address, data=fields | {"key": key}, headers=headers).status_code == 403


def test_a_verdict_is_kept_and_undone(editor, db):
    page = html.fromstring(editor.get("/clashes/cls-0000").text)
    assert {"accepted", "rejected"} <= set(page.xpath("//button/@value"))
    answer = send(editor, "/review/clash", clash="cls-0000", verdict="rejected", note="<b>not the same boat")
    assert answer.headers["location"] == "/clashes/cls-00000000000000000001"
    assert "No clashes found" in editor.get("/clashes").text
    log = html.fromstring(editor.get("/review").text)
    assert "<b>not the same boat" in log.text_content()
    (decision,) = log.xpath("//table//input[@name='decision']/@value")
    assert send(editor, "/review/undo", decision=decision).headers["location"] == "/review"
    assert len(html.fromstring(editor.get("/clashes").text).xpath("//article[@class='clash']")) == 1
    assert send(editor, "/review/undo", decision=decision).status_code in (404, 503)
    assert send(editor, "/review/clash", clash="cls-0000", verdict="maybe").status_code == 400


def test_people_are_parted_joined_and_put_back(editor, db):
    with Library.open(db) as library:
        who = library.entities("Lane").items[0]
        entity = library.entity(who.identity).items[1].entity
    page = html.fromstring(editor.get(f"/who/{who.identity}").text)
    assert entity in page.xpath("//input[@name='a']/@value")
    assert send(editor, "/review/people", kind="split", a=entity, b=who.identity).status_code == 303
    with Library.open(db) as library:
        assert len(library.entities("Lane").items) == 2
    (decision,) = html.fromstring(editor.get("/review").text).xpath("//table//input[@name='decision']/@value")
    assert send(editor, "/review/undo", decision=decision).status_code == 303
    with Library.open(db) as library:
        assert len(library.entities("Lane").items) == 1
    assert send(editor, "/review/people", kind="merge", a="Lane", b="Brandt").status_code == 303
    with Library.open(db) as library:
        assert len(library.entities("Brandt").items) == 1
        assert library.entities("Brandt").items == library.entities("Lane").items
    assert send(editor, "/review/people", kind="merge", a="nobody", b="Lane").status_code == 404
    assert send(editor, "/review/people", kind="merge", a="Lane", b="Lane").status_code == 400


@pytest.mark.parametrize(
    "address", ["/etc/passwd", "file:///etc/passwd", "javascript:alert(1)", "http://", "//news.example/x"]
)
def test_only_addresses_of_the_web_are_added(editor, address):
    assert send(editor, "/add", address=address).status_code == 400


def test_addresses_of_this_machine_are_not_fetched(editor):
    answer = send(editor, "/add", address="http://127.0.0.1:9/x")
    assert answer.status_code == 200
    assert "1 failed" in html.fromstring(answer.text).text_content()


@pytest.mark.model
def test_a_pasted_text_is_added_and_found(editor):
    text = "Maria Lindqvist said that the harbour bridge was safe again after a winter of repairs by the town."
    answer = send(editor, "/add", text=text, title="Bridge <safe>", outlet="The Harbour Post", published="2031-06-01")
    assert answer.status_code == 200
    (link,) = html.fromstring(answer.text).xpath("//div[@role='status']//a/@href")
    assert "Maria Lindqvist" in editor.get(link).text
    assert len(html.fromstring(editor.get("/search?q=harbour+bridge").text).xpath("//li[@class='hit']")) == 1
    assert (
        "1 already there"
        in send(
            editor, "/add", text=text, title="Bridge <safe>", outlet="The Harbour Post", published="2031-06-01"
        ).text
    )
