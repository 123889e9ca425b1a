"""What is added by the page, and whom that keeps waiting."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import html
from tests.ingest.doubles import ScriptedEmbedder, ScriptedReader, rows, sentences
from tests.web.conftest import client_of

from onrecord.ingest import Models, add, taking
from onrecord.query.show import articles
from onrecord.sources import documents, open_source
from onrecord.web.pages import add as page
from onrecord.web.pages import review

ADDRESS = "https://news.example/feed"


def models():
    return Models(reader=ScriptedReader(), embedder=ScriptedEmbedder())


@pytest.fixture
def editor(hostile_db, tmp_path):
    path = tmp_path / "news.db"
    shutil.copy(hostile_db, path)
    with client_of(path, write=True) as client:
        client.app.state.models = models()
        assert client.get(f"/enter?token={client.app.state.keys.token}").status_code == 303
        yield client


def send(client, to: str, /, **fields: str):
    return client.post(to, data={"key": client.app.state.keys.form, **fields})


@pytest.fixture
def feed(monkeypatch, tmp_path):
    """What stands at ADDRESS: articles by number. `after` is called when they are added."""

    def stands(*numbers, after=lambda path: None, **more):
        file = tmp_path / "feed.jsonl"
        file.write_text(rows(numbers, **more))

        def opened(source, **_):
            return open_source(str(file) if source == ADDRESS else source)

        def listed(library, ids):
            after(library.path)
            return articles(library, ids)

        monkeypatch.setattr(taking, "open_source", opened)
        monkeypatch.setattr(page, "articles", listed)

    return stands


def things(number: int) -> str:
    """Words that the article of that number has alone."""
    return re.findall(r"(?:\w+ and the )+\w+", sentences(number))[0]


def links(answer) -> list[str]:
    return html.fromstring(answer.text).xpath("//div[@role='status']//a/@href")


def test_what_was_added_is_named_and_nothing_that_others_added(editor, feed, tmp_path):
    (tmp_path / "other.jsonl").write_text(rows([7]))
    feed(1, 2, after=lambda path: add(path, [str(tmp_path / "other.jsonl")], models=models()))
    answer = send(editor, "/add", address=ADDRESS)
    assert "2 articles added" in answer.text
    shown = [editor.get(link).text for link in links(answer)]
    assert [sum(things(number) in text for text in shown) for number in (1, 2, 7)] == [1, 1, 0]
    feed(1, 2, published="2031-06-01")
    answer = send(editor, "/add", address=ADDRESS)
    assert "2 updated" in answer.text
    assert len(links(answer)) == 2, "what is newer is named too"


def test_of_very_many_articles_no_more_are_taken_after_a_while(editor, feed, monkeypatch):
    monkeypatch.setattr(page, "LONGEST_S", -1.0)
    feed(*range(50))
    answer = send(editor, "/add", address=ADDRESS)
    assert 1 <= len(links(answer)) < 50
    assert "onrecord add" in html.fromstring(answer.text).xpath("string(//div[@role='status'])")


def test_whoever_waits_for_what_is_added_keeps_nobody_from_reading(editor, feed, monkeypatch):
    monkeypatch.setattr(review, "PATIENCE_S", 0.1)
    adding, may = threading.Event(), threading.Event()

    def slowly(_):
        adding.set()
        assert may.wait(30)

    feed(1, after=slowly)
    with ThreadPoolExecutor(9) as others:
        added = others.submit(send, editor, "/add", address=ADDRESS)
        assert adding.wait(30)
        forms = [others.submit(send, editor, "/review/undo", decision="dcs-0") for _ in range(8)]
        answers = [form.result(30) for form in forms]
        assert editor.get("/search").status_code == 200
        may.set()
        assert added.result(30).status_code == 200
    assert {(a.status_code, a.headers["retry-after"]) for a in answers} == {(503, "5")}
    assert "is being added" in answers[0].text
    assert send(editor, "/review/undo", decision="dcs-0").status_code == 404


def test_whoever_changes_the_store_waits_for_no_server(editor, feed, monkeypatch):
    feed(1)
    fetching, may, stands = threading.Event(), threading.Event(), taking.open_source

    def slowly(source, **options):
        fetching.set()
        assert may.wait(30)
        return stands(source, **options)

    monkeypatch.setattr(taking, "open_source", slowly)
    with ThreadPoolExecutor(1) as others:
        added = others.submit(send, editor, "/add", address=ADDRESS)
        assert fetching.wait(30)
        assert send(editor, "/review/undo", decision="dcs-0").status_code == 404, "nobody writes yet"
        may.set()
        assert "1 article added" in added.result(30).text


@pytest.mark.parametrize("address", ["/add", "/read"])
def test_bytes_are_made_text_where_nobody_waits(editor, monkeypatch, address):
    kind, seen = documents.plain, list[bool]()

    def plain(*args, **options):
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        seen.append(True)
        return kind(*args, **options)

    monkeypatch.setattr(documents, "plain", plain)
    monkeypatch.setattr("onrecord.read", lambda article, **_: ScriptedReader().read(article))
    body = sentences(3).encode()
    fields = {"key": editor.app.state.keys.form}
    answer = editor.post(address, data=fields, files={"file": ("a.txt", body, "text/plain")})
    assert answer.status_code == 200
    assert seen


ROWS = [
    {"id": f"q{k}", "title": f"Quay {k}", "outlet": "The Quay", "published": f"2031-05-0{k}", "text": sentences(k)}
    for k in range(1, 4)
]
JSONL = "\n".join(map(json.dumps, ROWS)).encode()
CSV = b"id,title,text\n" + "".join(f'{r["id"]},{r["title"]},"{r["text"]}"\n' for r in ROWS).encode()
ITEM = {"uri": "urn:quay:1", "type": "text", "version": "1", "headline": "Quay 1", "body_text": sentences(1)}


def sent(editor, to, name, body, **fields):
    fields = {"key": editor.app.state.keys.form, **fields}
    return editor.post(to, data=fields, files={"file": (name, body, "application/octet-stream")})


def of_the_quay(editor):
    with editor.app.state.libraries.lent() as library:
        query = "SELECT title, published, text FROM articles WHERE title LIKE 'Quay%' ORDER BY title"
        return [tuple(row) for row in library.connection.execute(query)]


@pytest.mark.parametrize(
    ("name", "body", "titles"),
    [
        ("quay.jsonl", JSONL, ["Quay 1", "Quay 2", "Quay 3"]),
        ("quay.jsonl.gz", gzip.compress(JSONL), ["Quay 1", "Quay 2", "Quay 3"]),
        ("QUAY.CSV", CSV, ["Quay 1", "Quay 2", "Quay 3"]),
        ("quay.json", json.dumps(ITEM).encode(), ["Quay 1"]),
        ("quay", json.dumps(ROWS).encode(), ["Quay 1", "Quay 2", "Quay 3"]),
    ],
)
def test_a_file_is_added_as_its_name_and_beginning_tell(editor, name, body, titles):
    answer = sent(editor, "/add", name, body)
    assert answer.status_code == 200
    assert f"{len(titles)} article{'s' if len(titles) > 1 else ''} added" in answer.text
    found = of_the_quay(editor)
    assert [title for title, _, _ in found] == titles
    assert not any("{" in text or "," in text.partition(" ")[0] for _, _, text in found), (
        "no text is made of JSON or a table"
    )
    if "jsonl" in name:
        assert [day for _, day, _ in found] == [row["published"] for row in ROWS]


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("pier.csv", b"name,price\nrope,4\n", "pier.csv"),
        ("pier.json", b'{"id": "a", "text": "Lane sa', "pier.json"),
        ("pier.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "pier.png"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_the_reason(editor, name, body, told):
    with editor.app.state.libraries.lent() as library:
        before = library.connection.execute("SELECT count(*), (SELECT count(*) FROM failures) FROM articles").fetchone()
    answer = sent(editor, "/add", name, body)
    assert "0 articles added" in answer.text
    assert "1 failed" in answer.text
    assert told in answer.text
    assert sent(editor, "/read", name, body).status_code == 400
    with editor.app.state.libraries.lent() as library:
        after = library.connection.execute("SELECT count(*), (SELECT count(*) FROM failures) FROM articles").fetchone()
    assert tuple(after) == tuple(before)


def test_rows_that_cannot_be_read_are_told_beside_those_that_can(editor):
    answer = sent(editor, "/add", "quay.jsonl", JSONL + b'\n{"id": "q9"}\n')
    assert "3 articles added" in answer.text
    assert "1 failed" in answer.text
    assert "quay.jsonl:4" in answer.text


def test_what_is_of_one_article_is_given_to_one_alone(editor):
    assert sent(editor, "/add", "quay.jsonl", JSONL, title="Quay 9").status_code == 400
    assert sent(editor, "/add", "quay.jsonl", JSONL, url="https://quay.example/9").status_code == 400
    assert of_the_quay(editor) == []
    assert "1 article added" in sent(editor, "/add", "quay.txt", sentences(7).encode(), title="Quay 9").text
    assert [title for title, _, _ in of_the_quay(editor)] == ["Quay 9"]


def test_of_a_file_one_article_is_read_and_several_are_refused(editor, monkeypatch):
    monkeypatch.setattr("onrecord.read", lambda article, **_: ScriptedReader().read(article))
    answer = sent(editor, "/read", "quay.json", json.dumps(ITEM).encode())
    assert answer.status_code == 200
    assert "body_text" not in answer.text
    answer = sent(editor, "/read", "quay.jsonl", JSONL)
    assert answer.status_code == 400
    assert "several articles" in answer.text


def test_what_is_pasted_is_told_by_how_it_begins(editor):
    assert "3 articles added" in send(editor, "/add", text=JSONL.decode()).text
    assert "1 article added" in send(editor, "/add", text=f"[Quay] {sentences(8)}", title="Quay 4").text
    assert [title for title, _, _ in of_the_quay(editor)] == ["Quay 1", "Quay 2", "Quay 3", "Quay 4"]


TYPED = {
    "text": "\n  The quay, said \u202eLane, <held>.\n\n",
    "title": "Quay & \u201cpier\u201d",
    "outlet": "The Quay",
    "url": "",
}


def form_in(answer):
    """What the form of a page holds, by names."""
    (form,) = html.fromstring(answer.text).xpath("//form[@class='pasting']")
    return {name: form.fields[name] or "" for name in form.fields if name not in ("key", "file")}


@pytest.mark.parametrize(
    ("more", "status", "told"),
    [
        ({"published": "yesterday"}, 400, "Published on: \u201cyesterday\u201d is no day"),
        ({"published": "05/06/2031"}, 400, "Published on"),
        ({"address": "https://quay.example/9"}, 400, "one of them at a time"),
        ({"text": " ", "address": ""}, 400, "no text to read"),
        ({"text": "", "address": "file:///etc/passwd"}, 400, "begins with http"),
    ],
)
def test_what_was_typed_stays_in_the_form_where_nothing_is_added(editor, more, status, told):
    typed = {**TYPED, **more}
    answer = send(editor, "/add", **typed)
    assert answer.status_code == status
    assert told in html.fromstring(answer.text).xpath("string(//div[@role='alert'])")
    assert "--published" not in answer.text, "which is no field of the page"
    # A browser passes over a line's end right after the tag; lxml does not.
    assert form_in(answer) == {"address": "", "published": "", **typed, "text": "\n" + typed["text"]}
    assert of_the_quay(editor) == []


def test_a_text_and_a_file_are_not_taken_at_once(editor):
    answer = sent(editor, "/add", "quay.jsonl", JSONL, text=sentences(4))
    assert answer.status_code == 400
    assert sentences(4) in form_in(answer)["text"]
    assert of_the_quay(editor) == []


def test_what_is_too_long_is_told_beside_the_form(editor):
    answer = sent(editor, "/add", "quay.txt", b"word " * 300_000)
    assert answer.status_code == 413
    assert "a file may have 1,000,000 bytes" in html.fromstring(answer.text).xpath("string(//div[@role='alert'])")
    assert form_in(answer)["text"].strip() == ""


def test_nothing_that_was_sent_is_kept_as_a_failure(editor, monkeypatch):
    def failing(document, **_):
        raise ValueError("a flood in the harbour")

    monkeypatch.setattr("onrecord.articles.build_article", failing)
    answer = send(editor, "/add", text=sentences(5), title="Quay 5")
    assert "1 failed" in answer.text and "a flood" in answer.text
    assert form_in(answer)["title"] == "Quay 5"
    with editor.app.state.libraries.lent() as library:
        assert library.connection.execute("SELECT count(*) FROM failures").fetchone()[0] == 0


def test_what_is_there_is_linked_and_what_is_left_unread_is_told(editor):
    added = send(editor, "/add", text=sentences(6))
    again = send(editor, "/add", text=sentences(6))
    assert "1 already there" in again.text
    assert links(again) == links(added) != []
    (name,) = html.fromstring(again.text).xpath("//div[@role='status']//a//text()")
    assert sentences(6).startswith(name.removesuffix(" \u2026")) and len(name) > 20, (
        "its first words, as it has no title"
    )
    french = (
        "Le maire a dit que le port serait rouvert au printemps, et que les habitants de la ville devraient attendre."
    )
    told = send(editor, "/add", text=french, title="Le port", published="2931-01-01").text
    assert "1 article not in English" in told
    assert "dated 1 January 2931, which is still to come" in told
