"""With ``--write``: who may change the store, what they can, and how it is undone."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import sqlite3
import threading
from types import SimpleNamespace

import pytest
from lxml import html
from tests.web.conftest import client_of

from onrecord.query import Library
from onrecord.web.pages.review import alone

FORMS = ("/review/clash", "/review/people", "/review/undo", "/correct", "/add")


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
    for address in ("/add", "/review", "/correct/stm-0000", "/enter?token=x"):
        assert hostile.get(address).status_code == 404
    for address in FORMS:
        assert hostile.post(address).status_code == 404


def test_whoever_did_not_enter_changes_nothing(client):
    for address in ("/add", "/review", "/correct/stm-0000", "/enter?token=", "/enter?token=x"):
        assert client.get(address).status_code == 403, address
    for address in FORMS:
        assert send(client, address).status_code == 403, address


def test_one_may_change_two_stores_of_one_machine_at_a_time(editor, db):
    with client_of(db, write=True) as other:  # on another port, of which cookies know nothing
        other.cookies = editor.cookies
        assert other.get(f"/enter?token={other.app.state.keys.token}").status_code == 303
        for client in (other, editor):
            client.cookies = other.cookies
            assert client.get("/add").status_code == 200


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
    answer = send(editor, "/review/undo", decision=decision)
    assert answer.status_code == 404
    assert "undone already" in answer.text and str(db) not in answer.text
    assert send(editor, "/review/clash", clash="cls-0000", verdict="maybe").status_code == 400


def test_people_are_parted_joined_and_put_back(editor, db):
    with Library.open(db) as library:
        who = library.entities("Lane").items[0]
        entity = library.entity(who.identity).items[1].entity
    page = html.fromstring(editor.get(f"/who/{who.identity}").text)
    assert entity in page.xpath("//input[@name='a']/@value")
    answer = send(editor, "/review/people", kind="split", a=entity, b=who.identity)
    assert answer.status_code == 303
    told = html.fromstring(editor.get(answer.headers["location"]).text)
    assert "are two now" in told.xpath("string(//div[@role='status'])")
    with Library.open(db) as library:
        assert len(library.entities("Lane").items) == 2
    (decision,) = html.fromstring(editor.get("/review").text).xpath("//table//input[@name='decision']/@value")
    assert told.xpath("//div[@role='status']//input[@name='decision']/@value") == [decision]
    assert send(editor, "/review/undo", decision=decision).status_code == 303
    assert "are two now" not in editor.get(f"/who/{who.identity}?decided={decision}").text
    with Library.open(db) as library:
        assert len(library.entities("Lane").items) == 1
    asked = send(editor, "/review/people", kind="merge", a="Lane", b="Brandt", note="<i>one", by="Ida")
    assert asked.status_code == 200
    with Library.open(db) as library:
        assert library.entities("Brandt").items != library.entities("Lane").items, "it is asked first"
    (form,) = html.fromstring(asked.text).xpath("//main//form")
    assert "names both" in form.text_content(), "one article names the two"
    assert {"note": "<i>one", "by": "Ida"}.items() <= dict(form.form_values()).items()
    answer = editor.post("/review/people", data=dict(form.form_values()))
    assert "are one now" in editor.get(answer.headers["location"]).text
    with Library.open(db) as library:
        assert len(library.entities("Brandt").items) == 1
        assert library.entities("Brandt").items == library.entities("Lane").items
    assert send(editor, "/review/people", kind="merge", a="nobody", b="Lane").status_code == 404
    for sure in ({}, {"sure": "yes"}):
        assert send(editor, "/review/people", kind="merge", a="Lane", b="Lane", **sure).status_code == 400


def test_which_of_several_is_one_with_somebody_is_asked(editor, db):
    with Library.open(db) as library:
        who = library.entities("Lane").items[0]
        entity = library.entity(who.identity).items[1].entity
    send(editor, "/review/people", kind="split", a=entity, b=who.identity)
    page = html.fromstring(send(editor, "/review/people", kind="merge", a="Lane", b="Brandt").text)
    offered = page.xpath("//input[@type='radio'][@name='a']/@value")
    assert not page.xpath("//input[@name='sure']"), "what speaks against it is told of the one who is chosen"
    with Library.open(db) as library:
        assert sorted(offered) == sorted(one.identity for one in library.entities("Lane").items)
        assert page.xpath("//input[@type='hidden'][@name='b']/@value") == [library.entities("Brandt").items[0].identity]


def a_statement(db):
    """The first article's first statement and whom else it names."""
    with Library.open(db) as library:
        record = library.show(library.latest().items[0].article.id).record
    return record, record.statements[0], record.entities[1]


def test_a_speaker_is_corrected_and_put_back(editor, db):
    record, said, other = a_statement(db)
    article = f"/articles/{record.article.id}"
    assert f"/correct/{said.id}" in html.fromstring(editor.get(article).text).xpath("//a/@href")
    page = html.fromstring(editor.get(f"/correct/{said.id}").text)
    assert other.id in page.xpath("//select[@name='speaker']/option/@value")
    fields = {"statement": said.id, "speaker": other.id, "act": "warn", "note": "<b>par. 3", "by": "Ida <i>"}
    answer = send(editor, "/correct", **fields)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/correct/{said.id}")
    page = html.fromstring(editor.get(f"/correct/{said.id}").text)
    (name,) = page.xpath("//input[@name='by']/@value")
    assert name == "Ida <i>", "the name is remembered"
    told = " ".join(page.xpath("//ul[contains(@class, 'holding')]")[0].text_content().split())
    assert "<b>par. 3" in told and "by Ida <i>" in told and "read as" in told
    for address in (article, f"/who/{identity_of(db, other.id)}", "/search"):
        assert html.fromstring(editor.get(address).text).xpath("//*[@class='amended']"), address
    log = html.fromstring(editor.get("/review").text)
    assert "<b>par. 3" in log.text_content()
    assert f"/correct/{said.id}" in log.xpath("//table//a/@href")
    for decision in page.xpath("//ul[contains(@class, 'holding')]//input[@name='decision']/@value"):
        answer = send(editor, "/review/undo", decision=decision, statement=said.id)
        assert answer.headers["location"] == f"/correct/{said.id}"
    with Library.open(db) as library:
        assert library.show(record.article.id).record == record


def test_nobody_overrules_what_he_has_not_seen(editor, db):
    _, said, other = a_statement(db)
    (held,) = html.fromstring(editor.get(f"/correct/{said.id}").text).xpath("//input[@name='held']/@value")
    mine = {"statement": said.id, "held": held}
    assert send(editor, "/correct", **mine, act="warn", by="Ida").headers["location"] == f"/correct/{said.id}"
    late = send(editor, "/correct", **mine, speaker=other.id, by="Oto").headers["location"]
    page = html.fromstring(editor.get(late).text)
    assert "nothing of yours was kept" in page.xpath("//*[@role='alert']")[0].text_content()
    told = page.xpath("//ul[contains(@class, 'holding')]")[0].text_content()
    assert "by Ida" in " ".join(told.split()) and "by Oto" not in told
    (seen,) = page.xpath("//input[@name='held']/@value")
    again = send(editor, "/correct", statement=said.id, held=seen, speaker=other.id, by="Oto")
    assert again.headers["location"] == f"/correct/{said.id}"
    page = html.fromstring(editor.get(f"/correct/{said.id}").text)
    for decision in page.xpath("//ul[contains(@class, 'holding')]//input[@name='decision']/@value"):
        send(editor, "/review/undo", decision=decision, statement=said.id)


def identity_of(db, entity):
    with Library.open(db) as library:
        query = "SELECT i.id FROM identities i JOIN links l ON l.identity = i.n JOIN entities e ON e.n = l.entity WHERE e.id = ?"
        return library.connection.execute(query, (entity,)).fetchone()[0]


def test_a_statement_is_rejected_and_put_back(editor, db):
    record, said, _ = a_statement(db)
    assert send(editor, "/correct", statement=said.id, verdict="rejected", note="a heading").status_code == 303
    page = html.fromstring(editor.get(f"/articles/{record.article.id}?statement={said.id}").text)
    assert said.id not in page.xpath("//@id")
    assert "somebody says that this is no statement" in page.text_content()
    assert "somebody says that this is no statement" not in editor.get(f"/articles/{record.article.id}").text
    assert (
        editor.get(f"/statements/{said.id}")
        .headers["location"]
        .startswith(f"/articles/{record.article.id}?statement={said.id}")
    )
    page = html.fromstring(editor.get(f"/correct/{said.id}").text)
    assert not page.xpath("//select")
    (decision,) = page.xpath("//ul[contains(@class, 'holding')]//input[@name='decision']/@value")
    assert send(editor, "/review/undo", decision=decision).headers["location"] == "/review"
    with Library.open(db) as library:
        assert library.show(record.article.id).record == record


def test_words_of_the_article_may_be_who_speaks(editor, db):
    _, said, _ = a_statement(db)
    fields = {"statement": said.id, "speaker": "other", "other": "people", "kind": "group", "target": "none"}
    assert send(editor, "/correct", **fields).status_code == 303
    with Library.open(db) as library:
        assert "people" in {c.name for c in library.entities("people").items}
        corrected = library.show(said.id).record.statements[0]
    assert (corrected.speaker.name, corrected.speaker.kind, corrected.target) == ("people", "group", None)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 400),
        ({"verdict": "maybe"}, 400),
        ({"act": "shout"}, 400),
        ({"speaker": "other", "kind": "person"}, 400),
        ({"speaker": "other", "other": "Siv Rondal", "kind": "person"}, 404),
        ({"speaker": "ent-0000"}, 404),
        ({"statement": "stm-0000", "verdict": "rejected"}, 404),
        ({"statement": "/etc/passwd", "verdict": "rejected"}, 404),
    ],
)
def test_what_cannot_be_so_is_told(editor, db, fields, status):
    _, said, _ = a_statement(db)
    assert send(editor, "/correct", **{"statement": said.id, **fields}).status_code == status


def test_an_undo_leads_nowhere_else(editor, db):
    _, said, _ = a_statement(db)
    send(editor, "/correct", statement=said.id, verdict="accepted")
    page = html.fromstring(editor.get("/review").text)
    (decision,) = page.xpath("//table//input[@name='decision']/@value")
    assert send(editor, "/review/undo", decision=decision, statement="//news.example").headers["location"] == "/review"


@pytest.mark.parametrize(
    "address",
    [
        "/etc/passwd",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "//news.example/x",
        "ht\ttp://news.example/x",
    ],
)
def test_only_addresses_of_the_web_are_added(editor, address):
    assert send(editor, "/add", address=address).status_code == 400


def test_addresses_of_this_machine_are_not_fetched(editor):
    answer = send(editor, "/add", address="http://127.0.0.1:9/x")
    assert answer.status_code == 200
    told = html.fromstring(answer.text).text_content()
    assert "1 failed" in told and "is a private address" in told
    assert "--allow-private" not in told, "which is no option of the server"


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


def test_a_change_goes_on_alone_though_whoever_sent_it_leaves():
    going, may = threading.Event(), threading.Event()

    def work():
        going.set()
        assert may.wait(10)

    async def sent():
        writing = asyncio.Lock()
        request = SimpleNamespace(app=SimpleNamespace(state=SimpleNamespace(writing=writing)))
        first = asyncio.create_task(alone(request, work))
        await asyncio.to_thread(going.wait, 10)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        assert writing.locked()
        may.set()
        assert await alone(request, lambda: "next") == "next"
        await asyncio.sleep(0)
        assert not writing.locked()

    asyncio.run(sent())
