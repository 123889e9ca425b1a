"""What is waited for, told when it comes: on the terminal, to a program on this machine, in a feed's file."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from xml.etree import ElementTree

import pytest

from onrecord.ingest import Models
from onrecord.ingest.telling import send, write_atom
from onrecord.records import InputError
from onrecord.sources import private
from onrecord.store import Store, clashing

SAYS = "The council met on Monday to talk about the dam.\n\n{} said that {}.\n"


@pytest.fixture
def db(tmp_path, storing, run, monkeypatch):
    """A store with one article, named by ONRECORD_DB; `add` adds others."""
    path = tmp_path / "news.db"
    monkeypatch.setenv("ONRECORD_DB", str(path))
    monkeypatch.setattr(Models, "vectors_of", lambda self, records: None)
    monkeypatch.setattr(clashing, "_comparison", lambda: lambda known, shelf: ())

    def add(who, what, *options):
        file = tmp_path / f"{abs(hash((who, what)))}.txt"
        file.write_text(SAYS.format(who, what), encoding="utf-8")
        return run("add", file, *options)

    assert add("Lane", "the dam would hold through the winter").exit_code == 0
    return add


def test_a_topic_is_told_once_when_it_comes(db, run):
    done = run("alert", "add", "--topic", "reservoir")
    assert done.exit_code == 0, done.output
    assert "new on" not in db("Marsh", "the road would be closed to lorries").stdout
    told = db("Ortiz", "the reservoir was never as full as this").stdout
    assert "new on reservoir: 1 statement" in told
    assert "reservoir was never as full" in told
    assert "new on" not in db("Baker", "nobody had asked about the budget").stdout


def test_it_is_listed_and_removed(db, run):
    run("alert", "add", "--topic", "reservoir")
    run("alert", "add", "--topic", "reservoir")
    (listed,) = run("alert", "list").stdout.splitlines()
    alert = json.loads(listed)
    assert (alert["statements"], alert["clashes"]) == (0, 0)
    assert "told" not in alert
    assert alert["words"] == "reservoir"
    head, row = run("alert", "list", "--format", "table").stdout.splitlines()
    assert [*re.split(r" {2,}", head), *re.split(r" {2,}", row)] == [
        "alert", "waits for a", "words", "new statements", "new clashes", alert["id"], "topic", "reservoir", "0", "0",
    ]  # fmt: skip
    assert run("alert", "remove", alert["id"][:10]).exit_code == 0
    nothing = run("alert", "list")
    assert (nothing.stdout, nothing.stderr) == ("", "onrecord: nothing is waited for\n")
    assert run("alert", "remove", alert["id"]).exit_code == 1


def test_what_is_none_is_told(db, run):
    for words, code in ((("Nobody Known",), 1), ((), 2), (("Lane", "--topic", "dam"), 2), (("--topic", " "), 2)):
        assert run("alert", "add", *words).exit_code == code, words


def test_whoever_is_not_there_yet_can_be_waited_for_by_words(db, run, tmp_path):
    told = run("alert", "add", "Ilka Thorn").stderr
    way = "`onrecord alert add --topic 'Ilka Thorn'`"
    assert "nobody in the record is called so yet" in told and way in told
    path = tmp_path / "news.db"
    told = run("alert", "add", "Thorn", "--db", path).stderr
    assert f"`onrecord alert add --topic Thorn --db {path}`" in told
    assert run("alert", "add", "--topic", "Thorn").exit_code == 0
    assert "new on Thorn: 1 statement" in db("Thorn", "the weir had been neglected by all of them").stdout


def test_a_feed_is_kept(db, run, tmp_path):
    feed = tmp_path / "alerts.atom"
    with sqlite3.connect(tmp_path / "news.db") as connection:  # an alert of the same second takes it for later
        connection.execute("UPDATE articles SET added = '2024-01-01T00:00:00Z'")
    run("alert", "add", "--topic", "dam")
    assert db("Ortiz", "the dam was full to the brim again", "--alert-atom", feed).exit_code == 0
    root = ElementTree.fromstring(feed.read_bytes())
    titles = [e.findtext("{*}title") for e in root.findall("{*}entry")]
    assert any("full to the brim" in title for title in titles)
    assert str(tmp_path) not in feed.read_text(encoding="utf-8"), "whoever has it learns nothing of this machine"
    assert not any("through the winter" in title for title in titles), "it was there before anybody waited"
    assert db("Baker", "the dam was empty").exit_code == 0
    assert db("Marsh", "the dam was old", "--alert-atom", feed).exit_code == 0
    told = feed.read_text(encoding="utf-8")
    assert all(words in told for words in ("full to the brim", "was empty", "was old")), "all since the alert was made"


def test_a_feed_leads_to_what_was_printed_or_nowhere(db, run, tmp_path):
    feed, rows = tmp_path / "alerts.atom", tmp_path / "rows.jsonl"
    for topic in ("weir", "sluice", "lock"):
        run("alert", "add", "--topic", topic)
    printed = {"weir": "https://quay.example/weir", "sluice": None, "lock": "file:///etc/hosts"}
    lines = (
        json.dumps({"id": what, "text": SAYS.format(who, f"the {what} was shut for good"), "url": url})
        for who, (what, url) in zip(("Thorn", "Abney", "Vance"), printed.items(), strict=True)
    )
    rows.write_text("\n".join(lines), encoding="utf-8")
    assert run("add", rows, "--alert-atom", feed).exit_code == 0
    root = ElementTree.fromstring(feed.read_bytes())
    for what, url in printed.items():
        (entry,) = (e for e in root.findall("{*}entry") if what in e.findtext("{*}title"))
        links = {link.get("rel"): link.get("href") for link in entry.findall("{*}link")}
        assert links == ({"alternate": url, "via": url} if what == "weir" else {})
        assert entry.findtext("{*}content"), "an entry that leads nowhere has its text"


@pytest.fixture
def program():
    """A program of this machine that keeps what it is told."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(500 if "broken" in self.path else 204)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", got
    server.shutdown()
    server.server_close()


def test_a_program_is_told_and_told_again_where_it_failed(db, run, program):
    address, got = program
    run("alert", "add", "--topic", "reservoir")
    failed = db("Ortiz", "the reservoir was never as full as this", "--alert-post", f"{address}/broken")
    assert failed.exit_code == 0
    assert "HTTP 500" in failed.stderr
    db("Marsh", "the road would be closed to lorries", "--alert-post", address)
    assert len(got) == 2
    (alert,) = got[1]["alerts"]
    assert (alert["words"], alert["count"]["statements"]) == ("reservoir", 1)
    assert "reservoir was never as full" in alert["statements"][0]["content"]
    db("Baker", "nobody had asked about the budget", "--alert-post", address)
    assert len(got) == 2


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/x", "http://user:word@127.0.0.1/x", "nothing", "http:///x", "http://[::1"]
)
def test_an_address_is_a_program_s(url):
    with pytest.raises(InputError):
        send(url, [])


def test_an_address_that_is_none_is_told_before_anything_is_added(db, run):
    done = db("Marsh", "the road would be closed to lorries", "--alert-post", "http://[::1")
    assert done.exit_code == 2 and "--alert-post" in done.stderr
    assert run("stats", "--format", "json").exit_code == 0 and "lorries" not in run("search", "lorries").stdout


def test_what_comes_in_the_row_of_a_forgotten_article_is_news_too(db, run):
    assert db("Marsh", "the road would be closed to lorries").exit_code == 0
    run("alert", "add", "--topic", "reservoir")
    with Store.open(os.environ["ONRECORD_DB"]) as store:
        newest = store.connection.execute("SELECT id FROM articles ORDER BY n DESC").fetchone()[0]
    assert run("forget", newest, "--yes").exit_code == 0
    assert "new on reservoir: 1 statement" in db("Ortiz", "the reservoir was never as full as this").stdout


def test_nothing_is_sent_out_of_the_network(monkeypatch):
    monkeypatch.setattr(private.socket, "getaddrinfo", lambda *a, **k: [(0, 0, 0, "", ("93.184.215.14", 80))])
    with pytest.raises(InputError, match="its own network"):
        send("http://collector.example/hook", [])


def test_clashes_are_news_of_whoever_speaks(tmp_path):
    from tests.query.world import World

    from onrecord.link import EntityAnchor
    from onrecord.query.alerts import news
    from onrecord.store.alerting import read_alerts, write_alert

    world = World()
    for name in ("Ann Lane", "Bo Marsh", "Cy Roth"):
        world.identity(name)
    article, (a, b) = world.article(("Ann Lane", "said", "it held"), ("Bo Marsh", "said", "it broke"))
    anchors = [
        EntityAnchor(world.id_of("articles", article), "Ann Lane"),
        EntityAnchor(world.id_of("articles", article), "Cy Roth"),
    ]
    for anchor in anchors:
        write_alert(world.connection, anchor.name, anchor, "2024-06-01T00:00:00Z")
    for n, name in ((a, "Ann Lane"), (b, "Bo Marsh")):
        world.connection.execute("INSERT INTO account_keys VALUES (?, 1, 1, ?)", (world.identities[name], n))
    first = world.clash(a, b)
    lane, roth = read_alerts(world.connection)
    found = news(world.store, lane)
    assert [c.id for c in found.clashes] == [world.id_of("clashes", first)]
    assert found.count == (0, 1)
    world.clash(a, b, "contradict", score=0.2)
    surer = world.clash(a, b, "disagree", score=0.9)
    told = news(world.store, lane).clashes
    assert [c.id for c in told] == [world.id_of("clashes", surer), world.id_of("clashes", first)], "the surest first"
    assert news(world.store, roth).count == (0, 0)
    assert [s.content for s in news(world.store, lane, whole=True).statements] == ["it held"]
    write_atom(tmp_path / "a.atom", [found])
    entries = ElementTree.parse(tmp_path / "a.atom").findall("{*}entry")
    (entry,) = (e for e in entries if e.findtext("{*}id").startswith("urn:onrecord:cls-"))
    assert entry.findtext("{*}title").startswith("Ann Lane / Bo Marsh: ")
    assert entry.findtext("{*}content").endswith("deny: 0.80")
    world.connection.execute("UPDATE articles SET added = '2024-05-31T00:00:00Z'")
    world.connection.execute("UPDATE clashes SET found = '2024-05-31T00:00:00Z'")
    assert news(world.store, lane, whole=True).count == (0, 0), "what was there before the alert is no news"
    world.connection.close()
