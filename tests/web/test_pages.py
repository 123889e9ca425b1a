"""Every page is there, leads on, and shows what articles bring along as text."""

from __future__ import annotations

import re
import shutil
import sqlite3
from dataclasses import replace
from urllib.parse import parse_qsl, quote

import pytest
from lxml import html
from tests.ingest.doubles import ScriptedReader
from tests.store.making import records
from tests.web.conftest import client_of
from tests.web.hostile import ALL, SCRIPT, hostile_record

from onrecord.articles import build_article
from onrecord.query import Library
from onrecord.records import (
    NoStoreError,
    NotFoundError,
    NotTextError,
    RawDocument,
    Span,
    TakenDownError,
    WeightsError,
    figure_id,
)
from onrecord.store import AimedAt, Somebody, SpokenBy, Stands, Store, Writer
from onrecord.web.api.desk import desk_of
from onrecord.web.problems import problem_of

PAGES = ("/", "/search", "/who", "/matter", "/clashes", "/map", "/map?world=1", "/actors", "/events", "/read")
QUERIES = (
    "/search?q=bomb",
    "/search?q=boat&form=direct&since=2025-03",
    "/matter?q=killed",
    "/who?name=Zhariv&kind=person",
)
SAFE = re.compile(r"/(?!/)|#|https?://")


def links(page) -> list[str]:
    return [a for a in page.xpath("//a/@href") if a.startswith("/")]


def crawled(client, starts, most: int) -> dict[str, html.HtmlElement]:
    """Pages by address, from `starts` on wherever links lead; redirections are followed once."""
    found, waiting, shapes = {}, list(starts), {}
    while waiting and len(found) < most:
        address = waiting.pop(0).split("#")[0]
        shape = re.sub(r"[0-9a-f]{12,}|cursor=[^&]*", "…", address)
        if address in found or shapes.get(shape, 0) >= 12:
            continue
        shapes[shape] = shapes.get(shape, 0) + 1
        answer = client.get(address)
        if answer.is_redirect:
            waiting.insert(0, answer.headers["location"])
            continue
        assert answer.status_code == 200, (address, answer.text[-500:])
        assert_guarded(answer)
        found[address] = html.fromstring(answer.text)
        waiting += links(found[address])
    return found


def assert_guarded(answer) -> None:
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def assert_harmless(page, address: str) -> None:
    """Nothing runs, nothing is styled in place, nothing is loaded from elsewhere."""
    for script in page.xpath("//script"):
        assert script.get("src", "").startswith("/static/") and not (script.text or "").strip(), address
    assert not page.xpath("//style | //*[@style] | //img | //iframe | //object | //embed | //base"), address
    for element in page.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (address, name)
            if name in ("href", "src", "action", "data", "xlink:href"):
                assert SAFE.match(value), (address, name, value)
            if name == "src" or element.tag == "link":
                assert not value.startswith(("http", "//")), (address, value)


@pytest.mark.model
def test_every_page_that_the_demo_leads_to_is_there(demo):
    pages = crawled(demo, (*PAGES, *QUERIES), 160)
    assert len(pages) > 100
    kinds = {address.split("?")[0].split("/")[1] for address in pages}
    assert {"", "search", "articles", "who", "compare", "matter", "clashes", "map", "actors", "events", "read"} <= kinds
    for address, page in pages.items():
        assert_harmless(page, address)
        assert page.findtext(".//title"), address
        assert len(page.xpath("//h1")) == 1, address


def test_hostile_texts_are_only_shown(hostile):
    starts = (
        *PAGES,
        *(f"/search?q={quote(word)}" for word in ("number", SCRIPT, "{{ 7*7 }}")),
        f"/matter?q={quote(SCRIPT)}",
    )
    pages = crawled(hostile, starts, 80)
    assert len(pages) > 20
    for address, page in pages.items():
        assert_harmless(page, address)
        shown = html.tostring(page, encoding="unicode")
        assert "\u202e" not in shown and "\u2066" not in shown, address
        assert "alert(1)" not in "".join(page.xpath("//script/text()")), address
        # A clash tells the minute at which it was found.
        assert not re.search(r"(?<![:\w-])49(?![:\w-])", page.text_content()), address
    article = next(page for address, page in pages.items() if address.startswith("/articles/"))
    assert SCRIPT in article.text_content()
    assert "U+202E" in article.text_content()


@pytest.mark.parametrize(
    "address", ["/nowhere", "/articles/none", "/statements/stm-0000", "/who/nobody-at-all", "/compare/a/b"]
)
def test_what_is_not_there_is_told(hostile, address):
    answer = hostile.get(address)
    assert answer.status_code == 404
    assert_guarded(answer)
    assert_harmless(html.fromstring(answer.text), address)


@pytest.mark.parametrize(
    "address",
    ["/search?since=never", "/search?act=none", "/search?cursor=none", "/?cursor=none", "/events?type=none", "/map?until=x",
     "/articles/none?from=-1", f"/search?q={'a' * 2000}"],
)  # fmt: skip
def test_what_is_not_understood_is_told(hostile, address):
    assert hostile.get(address).status_code == 400


def test_a_hostile_address_is_shown_and_not_linked(hostile):
    page = html.fromstring(hostile.get(links(html.fromstring(hostile.get("/").text))[-1]).text)
    assert not [a for a in page.xpath("//a/@href") if "javascript" in a.lower()]


def test_only_this_machines_names_are_answered(hostile):
    for host in ("127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000", "127.0.0.1"):
        assert hostile.get("/read", headers={"host": host}).status_code == 200, host
    for host in ("news.example", "127.0.0.1.news.example", "", "localhost@news.example"):
        answer = hostile.get("/read", headers={"host": host})
        assert answer.status_code == 421, host
        assert_guarded(answer)


@pytest.mark.parametrize(
    "path", ["../app.py", "%2e%2e/app.py", "..%2fapp.py", "/etc/passwd", "onrecord.css/../../app.py"]
)
def test_static_files_are_those_of_their_folder(hostile, path):
    assert hostile.get(f"/static/{path}").status_code == 404


def test_an_error_is_told_without_particulars(hostile, monkeypatch):
    monkeypatch.setattr(Library, "latest", lambda *_, **__: 1 / 0)
    desk_of(hostile.app).answers.clear()
    answer = hostile.get("/")
    assert answer.status_code == 500
    assert_guarded(answer)
    assert "ZeroDivision" not in answer.text


def test_a_question_that_takes_too_long_is_broken_off(hostile, monkeypatch):
    from onrecord.web import lending

    monkeypatch.setattr(lending, "LONGEST_S", 0.05)
    monkeypatch.setattr(lending, "_STEPS", 1_000)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    from onrecord.query.rows import tuples

    monkeypatch.setattr(Library, "latest", lambda library, **_: tuples(library, endless))
    desk_of(hostile.app).answers.clear()
    answer = hostile.get("/")
    assert answer.status_code == 503
    assert "too long" in answer.text
    assert hostile.get("/read").status_code == 200


def test_of_very_many_events_the_map_tells_how_many_were_looked_at(hostile, monkeypatch):
    from onrecord.query import spots

    monkeypatch.setattr(spots, "EXAMINED", 1)
    desk_of(hostile.app).answers.clear()
    told = html.fromstring(hostile.get("/map").text).xpath("string(//p[@class='summary'])")
    desk_of(hostile.app).answers.clear()
    assert "newest 1 " in told


def test_the_store_cannot_be_written_by_a_page(hostile):
    libraries = hostile.app.state.libraries
    with libraries.lent() as library, pytest.raises(sqlite3.OperationalError, match="readonly"):
        library.connection.execute("DELETE FROM statements")


def test_a_store_without_articles_has_all_pages(tmp_path):

    with Store.open(tmp_path / "empty.db", write=True) as store, Writer(store):
        pass
    with client_of(tmp_path / "empty.db") as client:
        for address in (*PAGES, *QUERIES[:3]):
            assert client.get(address).status_code == 200, address
        assert "onrecord demo --db empty.db" in client.get("/").text
        assert "Nothing was said in this record yet" in client.get("/search").text
        assert "Nobody is in this record yet" in client.get("/who").text


def test_caches_are_told_that_an_address_has_several_forms(hostile):
    with hostile.app.state.libraries.lent() as library:
        said = library.search("", size=1).items[0].utterance.said
    assert hostile.get(f"/articles/{said.article.id}").headers["vary"] == "Accept"
    assert hostile.get(f"/statements/{said.id}").headers["vary"] == "Accept"


@pytest.mark.parametrize(
    "address", ["/search?q=north&form=direct", "/search", "/clashes?kind=deny&since=2031", "/clashes", "/who"]
)
def test_pages_name_their_feeds(hostile, address):
    if address == "/who":
        address = hostile.get("/who?name=Lane").headers["location"]
    (feed,) = html.fromstring(hostile.get(address).text).xpath(
        "//link[@rel='alternate'][@type='application/atom+xml']/@href"
    )
    answer = hostile.get(feed)
    assert answer.status_code == 200, feed
    assert answer.headers["content-type"].startswith("application/atom+xml")
    for name in ("form=direct", "q=north", "kind=deny", "since=2031"):
        assert (name in feed) == (name in address)


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (NotTextError("the file", "it is a picture"), 400, "Not a text"),
        (WeightsError("model.onnx is gone"), 503, "The model is not there"),
        (NotFoundError("dcs-0000", "no such decision"), 404, "Not in the record"),
        (TakenDownError("art-00aa", "taken down on 2026-01-02"), 410, "Taken down"),
        (NoStoreError("model.onnx", "no such store"), 503, "The store is not there"),
    ],
)
def test_errors_are_called_what_they_are(error, status, title):
    problem = problem_of(error)
    assert (problem.status, problem.title) == (status, title)
    assert "onnx" not in problem.detail


def test_what_was_taken_down_is_told_as_gone_with_the_reason(hostile_db, tmp_path):
    db = tmp_path / "h.db"
    shutil.copy(hostile_db, db)
    with Store.open(db, write=True) as store, Writer(store) as writer:
        (id_, *_) = writer.forget(hostile_record(0).article.id, reason="by order <b>of a court").articles
    with client_of(db) as client:
        for address in (f"/articles/{id_}", f"/articles/{id_[:12]}"):
            answer = client.get(address)
            assert answer.status_code == 410 and "by order &lt;b&gt;of a court" in answer.text
            told = client.get(f"/api{address}")
            assert told.status_code == 410 and told.json()["detail"].endswith("by order <b>of a court.")
        assert client.get("/articles/art-0123456789").status_code == 404


def test_a_corrected_store_is_as_harmless(hostile_db, tmp_path):
    """Whatever people write is shown as text, on the pages of those who correct as well."""
    path = tmp_path / "news.db"
    shutil.copy(hostile_db, path)
    with Store.open(path, write=True) as store, Writer(store) as writer:
        for k, record in enumerate(store.records()):
            said, *others = record.statements
            who = Somebody(record.entities[1].name, "person")
            writer.correct(said.id, SpokenBy((who,)), note=ALL, by=ALL)
            writer.correct(said.id, AimedAt(who), note=ALL, by=ALL)
            for other in others[: k % 2]:
                writer.correct(other.id, Stands(False), note=ALL, by=ALL)
    with client_of(path, write=True) as client:
        client.get(f"/enter?token={client.app.state.keys.token}")
        pages = crawled(client, ("/", "/review", "/search", "/clashes"), 90)
    assert {"correct", "review", "articles", "who"} <= {address.split("?")[0].split("/")[1] for address in pages}
    for address, page in pages.items():
        assert_harmless(page, address)
        assert len(page.xpath("//h1")) == 1, address
    assert any(page.xpath("//*[@class='amended']") for page in pages.values())


@pytest.mark.parametrize("address", ["/", "/search", "/who", "/clashes", "/nowhere"])
def test_a_head_has_all_of_a_page_but_its_body(hostile, address):
    whole, head = hostile.get(address), hostile.head(address)
    assert head.status_code == whole.status_code == (404 if address == "/nowhere" else 200)
    assert head.content == b""
    assert head.headers["content-type"] == whole.headers["content-type"]


def test_a_misspelt_name_is_answered_with_those_alike(hostile, hostile_db):
    known = hostile.get("/api/entities").json()["items"][0]
    assert "Several" not in hostile.get(f"/who/{quote(known['name'][:-1])}q").text, "nobody is called so"
    told = hostile.get("/who", params={"name": known["name"][:-1] + "q"})
    assert told.status_code == 200
    assert "alike are" in told.text
    assert f"/who/{known['identity']}" in told.text
    assert "Nobody in the record is called so." in hostile.get("/who?name=0123456789").text


def test_a_link_to_a_statement_leads_to_the_page_of_its_article_that_shows_it(tmp_path):
    # The second paragraph begins on the first page and goes on past it; what Lane said stands in that part.
    text = f"The council met.\n\n{'The rain went on and on. ' * 2500}Lane said that the pier would be shut.\n\nBrandt said no.\n"
    record = ScriptedReader().read(build_article(RawDocument(origin="long", text=text)))
    path = tmp_path / "long.db"
    with Store.open(path, write=True) as store, Writer(store) as writer:
        assert not writer.add([record], origins=["long"], started="2031-01-01T00:00:00Z").failed
    with client_of(path) as client:
        for said in record.statements:
            page = client.get(client.get(f"/statements/{said.id}").headers["location"])
            assert html.fromstring(page.text).xpath(f"//*[@id='{said.id}']"), said.content[0].of(text)


def test_a_matter_of_a_name_of_several_offers_them(tmp_path):
    path = tmp_path / "several.db"
    with Store.open(path, write=True) as store, Writer(store) as writer:
        some = records(1, 40)
        writer.add(some, origins=[r.article.id for r in some], started="2031-01-01T00:00:00Z")
    with Library.open(path) as library:
        known = library.entities(size=200).items
        words = [word for one in known for word in one.name.split()]
        name = next(word for word in words if words.count(word) > 1 and len(library.entities(word).items) > 1)
    with client_of(path) as client:
        answer = client.get(f"/matter?entity={quote(name)}")
        assert answer.status_code == 404
        offered = html.fromstring(answer.text).xpath("//ul[contains(@class, 'choices')]//a/@href")
        assert len(offered) > 1
        assert client.get(f"/matter?entity={known[0].identity}").status_code == 200
        answer = client.get(f"/search?form=direct&speaker={quote(name)}&q=")
        ways = html.fromstring(answer.text).xpath("//div[@role='alert']//a/@href")
        assert len(ways) == len(offered) and all("form=direct" in way and "speaker=who-" in way for way in ways)
        assert {client.get(way).status_code for way in ways} == {200}


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/search?q=north&speaker=Oto+Nobody&outlet=Pier", 404, "nobody in the record is called so"),
        ("/search?q=north&since=never", 400, "Since: 'never' is no year"),
        ("/events?recipient=Oto+Nobody&since=2031", 404, "nobody in the record is called so"),
        ("/events?since=2031-13", 400, "Since:"),
        ("/clashes?about=north&speaker=Oto+Nobody", 404, "nobody in the record is called so"),
        ("/clashes?until=soon", 400, "Until:"),
    ],
)
def test_a_question_without_an_answer_stays_in_its_form(hostile, address, status, told):
    answer = hostile.get(address)
    page = html.fromstring(answer.text)
    assert answer.status_code == status
    assert told in page.xpath("string(//div[@role='alert'])")
    (form,) = page.xpath("//main//form")
    typed = {name: value for name, value in form.form_values() if value}
    assert typed == dict(parse_qsl(address.partition("?")[2]))
    assert "found under these" not in answer.text


def test_events_that_a_filter_leaves_none_of_are_not_blamed_on_the_weights(hostile):
    assert "No events found under these conditions" in hostile.get("/events?since=2931").text
    assert "weights" not in hostile.get("/events?since=2931").text


def test_the_clashes_of_a_matter_are_asked_for_in_words_that_their_page_takes(hostile_db, monkeypatch):
    monkeypatch.setattr("onrecord.web.pages.matter.names_of", lambda *_: [f"{k} {'long ' * 60}" for k in range(4)])
    with Library.open(hostile_db) as library:
        identity = library.entities(size=1).items[0].identity
    with client_of(hostile_db) as client:
        page = html.fromstring(client.get(f"/matter?entity={identity}").text)
        (words,) = page.xpath("//main//input[@name='q']/@value")
        assert words.count(" OR ") == 3
        assert client.get(f"/clashes?about={quote(words)}").status_code == 200


def test_every_figure_of_a_chart_has_a_row(tmp_path):
    record = hostile_record(0)
    known, spans = (
        replace(record.figures[0], what="killed", counted=None, claimed_by="narration"),
        [Span(k, k + 1) for k in range(9)],
    )
    told = [
        replace(known, id=figure_id(record.article.id, s), span=s, value=k, low=k, high=k, as_of=f"2031-03-{k + 1:02}")
        for k, s in enumerate(spans)
    ]
    with Store.open(tmp_path / "s.db", write=True) as store, Writer(store) as writer:
        writer.add([replace(record, figures=tuple(told))], origins=["x"], started="2031-01-01T00:00:00Z")
    with client_of(tmp_path / "s.db") as client:
        page = html.fromstring(client.get("/matter").text)
    (ledger,) = page.xpath("//section[@class='ledger'][.//svg]")
    dots, rows = ledger.xpath(".//svg[@role='img']//title"), ledger.xpath(".//tbody/tr")
    assert len(rows) == len(dots) == 9
    assert ledger.xpath(".//details/summary/text()") == ["4 more"]
