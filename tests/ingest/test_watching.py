"""Watching feeds of a server that does all that servers do."""

from __future__ import annotations

import socket
import struct
import threading
from datetime import UTC, datetime, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onrecord.ingest import ArticleTally, Stop, add
from onrecord.ingest.feeds import TEASER_WORDS, Watched, read_feed_list
from onrecord.ingest.watching import Watcher
from onrecord.records import MalformedError
from onrecord.sources import Fetcher, address
from onrecord.store import Store, Writer, verify
from onrecord.store.locking import WriterLock

from .doubles import sentences

LONG = " ".join(["The town council met again to talk about the harbour."] * (TEASER_WORDS // 9))

STORY = f"<html><body><article><h1>Item 1</h1><p>{sentences(5)}</p><p>{LONG}</p></article></body></html>".encode()


class Site(BaseHTTPRequestHandler):
    """Answers each path by the function that a test gave for it; 404 for others."""

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.pages.get(self.path, lambda site: site.give(b"", 404))(self)

    def give(self, data, status=200, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setattr(address, "POLITE_SECONDS", 0.0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.pages, server.asked = {}, []
    server.home = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def rss(*items, title="Pier Gazette"):
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'.encode()


def item(n, text=None, link=None, when="Mon, 05 May 2031 10:00:00 GMT"):
    words = escape(text if text is not None else f"{sentences(n)} {LONG}")
    link = f"<link>{link}</link>" if link else ""
    return (
        f"<item><guid isPermaLink='false'>n{n}</guid><title>Item {n}</title>{link}<pubDate>{when}</pubDate>"
        f"<description>{words}</description></item>"
    )


def serve(site, path, data, **headers):
    """As it is, with a 304 for whoever has its ETag."""

    def answer(request):
        if headers.get("ETag") and request.headers.get("If-None-Match") == headers["ETag"]:
            request.give(b"", 304)
        else:
            request.give(data, Content_Type="application/rss+xml", **headers)

    site.pages[path] = answer
    return Watched(site.home + path)


@pytest.fixture
def watcher(path, models):
    def watcher(*feeds, every=600.0, **options):
        return Watcher(path, feeds, every=every, models=models, fetcher=Fetcher(allow_private=True), **options)

    return watcher


def stored(path, column="source_id"):
    with Store.open(path) as store:
        return [value for (value,) in store.connection.execute(f"SELECT {column} FROM articles ORDER BY n")]


def failures(path):
    with Store.open(path) as store:
        return store.failures()


def test_what_is_new_is_added_once(path, site, watcher, models):
    feed = serve(site, "/feed", rss(item(1), item(2)), ETag='"a"')
    told = []
    assert watcher(feed, on_poll=told.append).poll() == ArticleTally(added=2, statements=4)
    assert watcher(feed, on_poll=told.append).poll() == ArticleTally()  # 304
    assert len(told) == 1 and site.asked[-1][1]["If-None-Match"] == '"a"'
    serve(site, "/feed", rss(item(3), item(2), item(1)), ETag='"b"')
    models.reader.read_ids.clear()
    assert watcher(feed).poll().added == 1
    assert models.reader.read_ids == ["n3"]
    assert stored(path, "outlet") == ["Pier Gazette"] * 3
    with Store.open(path) as store:
        assert not list(verify(store))


def test_no_address_of_what_is_taken_down_is_kept_with_its_feed(path, site, watcher):
    words = f"{sentences(1)} {LONG}"
    entry = f"<item><title>Item</title><link>{site.home}/zyxo</link><description>{words}</description></item>"
    feed = serve(site, "/feed", rss(entry))
    watcher(feed).poll()
    with Store.open(path, write=True) as store, Writer(store) as writer:
        writer.forget(store.find(f"{site.home}/zyxo")[0])
    watcher(feed).poll()
    assert stored(path) == []
    assert b"zyxo" not in b"".join(p.read_bytes() for p in path.parent.iterdir() if p.name.startswith(path.name))


def test_without_an_etag_nothing_is_added_twice(path, site, watcher, models):
    feed = serve(site, "/feed", rss(item(1), item(2)))
    watcher(feed).poll()
    models.reader.read_ids.clear()
    assert watcher(feed).poll() == ArticleTally()
    assert models.reader.read_ids == []


def test_a_changed_article_is_a_new_version(path, site, watcher):
    link = site.home + "/story"
    feed = serve(site, "/feed", rss(item(1, link=link)))
    watcher(feed).poll()
    serve(site, "/feed", rss(item(1, sentences(9) + LONG, link=link, when="Mon, 05 May 2031 12:00:00 GMT")))
    assert watcher(feed).poll().added == 1
    assert stored(path, "standing") == ["superseded", "current"]
    assert stored(path, "url") == [link, link]


def test_the_page_behind_a_teaser_is_read(path, site, watcher):
    site.pages["/story"] = lambda request: request.give(STORY, Content_Type="text/html")
    feed = serve(site, "/feed", rss(item(1, "A short word on it.", link=site.home + "/story")), ETag='"a"')
    assert watcher(Watched(feed.url, "The Named Outlet")).poll() == ArticleTally(added=1, statements=2)
    with Store.open(path) as store:
        (record,) = store.records()
    article = record.article
    assert "would close" in article.text and "A short word" not in article.text
    assert (article.source_id, article.url, article.outlet) == ("n1", site.home + "/story", "The Named Outlet")
    assert article.published.date == "2031-05-05"
    assert watcher(feed).poll() == ArticleTally()
    assert [p for p, _ in site.asked].count("/story") == 1


def test_a_page_that_may_not_be_read_leaves_the_teaser(path, site, watcher, models):
    site.pages["/robots.txt"] = lambda request: request.give(
        b"User-agent: *\nDisallow: /closed\n", Content_Type="text/plain"
    )
    entries = [
        item(1, "A short word on it.", link=site.home + "/closed"),
        item(2, "Another.", link=site.home + "/gone"),
    ]
    feed = serve(site, "/feed", rss(*entries))
    assert watcher(feed).poll() == ArticleTally(added=2, failed=1)
    assert [f.origin for f in failures(path)] == [site.home + "/gone"], "a page that is closed to all is no failure"
    assert watcher(feed).poll() == ArticleTally()
    site.pages["/gone"] = lambda request: request.give(STORY, Content_Type="text/html")
    assert add(path, again=True, models=models, fetcher=Fetcher(allow_private=True)).written == 1
    assert failures(path) == ()
    assert "/closed" not in [p for p, _ in site.asked]


def test_a_page_that_says_less_than_its_entry_is_not_taken_for_it(path, site, watcher):
    notice = b"<html><body><article><p>This article is for subscribers. Log in to go on.</p></article></body></html>"
    site.pages["/story"] = lambda request: request.give(notice, Content_Type="text/html")
    entry = sentences(4)
    feed = serve(site, "/feed", rss(item(4, text=entry, link=site.home + "/story")))
    assert watcher(feed).poll().added == 1
    (text,) = stored(path, "text")
    assert " ".join(entry.split()) in " ".join(text.split()) and "subscribers" not in text


def test_a_page_in_trouble_is_asked_for_again(path, site, watcher):
    site.pages["/story"] = lambda request: request.give(b"", 500)
    feed = serve(site, "/feed", rss(item(1, "A short word.", link=site.home + "/story"), item(2)), ETag='"a"')
    assert watcher(feed).poll() == ArticleTally(added=1, failed=1, statements=2)
    assert [(f.input, f.origin, f.stage) for f in failures(path)] == [(feed.url, site.home + "/story", "source")]
    site.pages["/story"] = lambda request: request.give(STORY, Content_Type="text/html")
    assert watcher(feed).poll() == ArticleTally(added=1, statements=2)
    assert failures(path) == ()


def test_such_a_page_can_be_retried_by_add(path, site, watcher, models):
    site.pages["/story"] = lambda request: request.give(b"", 500)
    feed = serve(site, "/feed", rss(item(1, "A short word.", link=site.home + "/story")), ETag='"a"')
    watcher(feed).poll()
    site.pages["/story"] = lambda request: request.give(STORY, Content_Type="text/html")
    assert add(path, again=True, models=models, fetcher=Fetcher(allow_private=True)).added == 1
    assert failures(path) == ()


def hang_up(request):
    """Closes the connection in the middle, with a reset."""
    request.send_response(200)
    request.send_header("Content-Length", "100000")
    request.end_headers()
    request.wfile.write(b"<rss>")
    request.wfile.flush()
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.connection.close()


BROKEN = {
    "error": lambda request: request.give(b"", 500),
    "busy": lambda request: request.give(b"", 503, Retry_After="7200"),
    "broken": lambda request: request.give(b"<rs" + b"\xff<<&&" * 9, Content_Type="application/rss+xml"),
    "picture": lambda request: request.give(b"\x89PNG\r\n\x00\x00" * 99, Content_Type="image/png"),
    "bomb": lambda request: request.give(
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>'
    ),
    "closed": hang_up,
    "gone": lambda request: request.give(b"", 410),
}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_broken_feeds_never_stop_the_others(path, site, watcher):
    site.pages |= {f"/{name}": answer for name, answer in BROKEN.items()}
    site.handle_error = lambda *_: None
    feeds = [Watched(f"{site.home}/{name}") for name in BROKEN]
    good = serve(site, "/feed", rss(item(1)))
    told = []
    tally = watcher(*feeds[:4], good, *feeds[4:], on_poll=told.append).poll()
    assert (tally.added, tally.failed) == (1, len(BROKEN))
    assert {f.origin for f in failures(path)} == {feed.url for feed in feeds}
    assert {polled.url for polled in told if polled.error} == {feed.url for feed in feeds}
    # They are left alone for a while: only the good one is asked.
    site.asked.clear()
    watcher(*feeds, good).poll()
    assert [p for p, _ in site.asked if p != "/robots.txt"] == ["/feed"]


def test_waits_grow_with_failures_and_are_as_long_as_asked_for(path, site, watcher):
    site.pages |= {"/error": BROKEN["error"], "/busy": BROKEN["busy"]}
    error, busy = Watched(site.home + "/error"), Watched(site.home + "/busy")

    def wait(feed):
        with Store.open(path) as store:
            state = store.feed(feed.url)
        return (datetime.fromisoformat(state.due) - datetime.now(UTC)).total_seconds(), state.failed

    watcher(error, busy, every=60).poll()
    assert 90 < wait(error)[0] < 150 and wait(busy)[0] > 7100
    with Store.open(path, write=True) as store:
        store.connection.execute("UPDATE feeds SET due = NULL")
    watcher(error, busy, every=60).poll()
    seconds, failed = wait(error)
    assert 180 < seconds < 300 and failed == 2
    serve(site, "/error", rss(item(1)))
    with Store.open(path, write=True) as store:
        store.connection.execute("UPDATE feeds SET due = ?", ((datetime.now(UTC) - timedelta(1)).isoformat(),))
    assert watcher(error, every=60).poll().added == 1
    with Store.open(path) as store:
        assert (store.feed(error.url).failed, store.feed(error.url).due) == (0, None)
    assert error.url not in {f.origin for f in failures(path)}


def test_a_slow_feed_holds_up_no_other(path, site, watcher):
    over = threading.Event()
    site.pages["/slow"] = lambda request: (over.wait(20), request.give(rss(item(1))))
    good = serve(site, "/feed", rss(item(2)))
    polled = []

    def told(poll):
        polled.append((poll.url, over.is_set()))
        over.set()  # the slow feed answers only after another has been polled

    slow = Watched(site.home + "/slow")
    assert watcher(slow, good, on_poll=told).poll().added == 2
    assert polled == [(good.url, False), (slow.url, True)]
    assert stored(path) == ["n2", "n1"]


def test_asked_to_stop_it_ends_between_polls(path, site, watcher):
    feed = serve(site, "/feed", rss(item(1)))
    stop = Stop()
    sleeps = []

    def sleep(seconds):
        sleeps.append(seconds)
        if len(sleeps) == 3:
            stop.ask()

    stop.sleep = sleep
    assert watcher(feed, every=0.001, stop=stop).watch() == ArticleTally(added=1, statements=2)
    assert [p for p, _ in site.asked].count("/feed") == 3


def test_a_busy_store_is_tried_again_with_the_next_poll(path, site, watcher):
    feed = serve(site, "/feed", rss(item(1)), ETag='"a"')
    told = []
    one = watcher(feed, on_poll=told.append)
    real = one._answers

    def while_another_writes(asked):
        with Store.open(path, write=True):
            yield from real(asked)

    one._answers = while_another_writes
    assert one.poll() == ArticleTally()
    assert "is being written by" in told[0].error
    one._answers = real
    assert one.poll().added == 1


def test_a_store_that_is_busy_before_it_is_made_is_polled_with_the_next_round(path, site, watcher):
    feed = serve(site, "/feed", rss(item(1)))
    told = []
    one = watcher(feed, on_poll=told.append)
    lock = WriterLock(path)
    assert one.poll() == ArticleTally()
    lock.release()
    assert "is being written by" in told[0].error
    assert one.poll().added == 1
    with Store.open(path, write=True):  # there is nothing new: nobody needs to write
        assert one.poll() == ArticleTally()


def test_watching_goes_on_while_another_writes(path, site, watcher):
    feed = serve(site, "/feed", rss(item(1)))
    stop = Stop()
    lock = WriterLock(path)

    def sleep(seconds):
        lock.release() if not rounds else stop.ask()
        rounds.append(seconds)

    rounds = []
    stop.sleep = sleep
    assert watcher(feed, every=0.001, stop=stop).watch().added == 1


def test_others_may_write_while_a_page_is_waited_for(path, site, watcher):
    seen = []

    def slow(request):
        with Store.open(path, write=True):
            seen.append("written")
        request.give(STORY, Content_Type="text/html")

    site.pages["/story"] = slow
    feed = serve(site, "/feed", rss(item(1, "A short word.", link=site.home + "/story")))
    assert watcher(feed).poll().added == 1
    assert seen == ["written"]


def test_pages_in_trouble_keep_no_others_waiting_for_ever(path, site, watcher):
    links = [f"{site.home}/story{n}" for n in range(6)]
    for n in range(6):
        answer = (lambda request: request.give(b"", 500)) if n < 4 else (lambda request: request.give(STORY))
        site.pages[f"/story{n}"] = answer
    feed = serve(site, "/feed", rss(*(item(n, "A short word.", link=link) for n, link in enumerate(links))))
    assert watcher(feed).poll() == ArticleTally(failed=3)
    assert watcher(feed).poll() == ArticleTally(failed=3) + ArticleTally(added=2, statements=4) + ArticleTally(failed=1)
    assert {f.origin for f in failures(path)} == set(links[:4])


def test_an_entry_that_fails_is_found_again_wherever_it_stands_by_then(path, site, watcher, models):
    feed = serve(site, "/feed", rss(item(1, f"{sentences(1)} {LONG} BREAKS"), item(2)))
    assert watcher(feed).poll() == ArticleTally(added=1, failed=1, statements=2)
    assert [f.origin for f in failures(path)] == [f"{feed.url}#n1"]
    # What comes to stand in its place does not pass for it.
    serve(site, "/feed", rss(item(3), item(1, f"{sentences(1)} {LONG} BREAKS"), item(2)))
    assert watcher(feed).poll().added == 1
    assert [f.origin for f in failures(path)] == [f"{feed.url}#n1"]
    serve(site, "/feed", rss(item(4), item(3), item(2), item(1)))
    assert add(path, again=True, models=models, fetcher=Fetcher(allow_private=True)).added == 1
    assert failures(path) == () and "n4" not in stored(path)


def test_an_entry_without_a_name_is_looked_for_in_the_whole_feed(path, site, watcher, models):
    nameless = "<item><guid>n9</guid></item>"  # neither title nor text
    feed = serve(site, "/feed", rss(nameless, item(2)))
    assert add(path, [feed.url], models=models, fetcher=Fetcher(allow_private=True)).failed == 1
    assert [f.origin for f in failures(path)] == [f"{feed.url}:1"]
    serve(site, "/feed", rss(item(3), item(2), item(9)))
    assert add(path, again=True, models=models, fetcher=Fetcher(allow_private=True)).added == 2
    assert failures(path) == ()
    serve(site, "/feed", rss(nameless, item(2)))
    watcher(feed).poll()
    serve(site, "/feed", rss(item(2), nameless))
    watcher(feed).poll()
    assert [f.origin for f in failures(path)] == [f"{feed.url}:2"]


def test_a_list_of_feeds():
    text = "\ufeff# ours\nhttps://pier.example/rss\n\n  http://quay.example/atom \tThe Quay\r\nhttps://pier.example/rss\tAgain\n"
    feeds = Watched("https://pier.example/rss"), Watched("http://quay.example/atom", "The Quay")
    assert read_feed_list(text.splitlines(keepends=True), "feeds.txt") == (feeds, ())
    found, wrong = read_feed_list(
        ["pier.example/rss\n", *text.splitlines(), "ftp://quay.example\tThe Quay"], "feeds.txt"
    )
    assert found == feeds
    assert [str(error).partition(" is no")[0] for error in wrong] == [
        "feeds.txt:1: 'pier.example/rss'",
        "feeds.txt:7: 'ftp://quay.example'",
    ]
    with pytest.raises(MalformedError, match=r"feeds.txt:2: 'pier.example/rss' is no http"):
        read_feed_list(["# x\n", "pier.example/rss\n"], "feeds.txt")
    with pytest.raises(MalformedError, match="without a feed"):
        read_feed_list(["# none\n"], "feeds.txt")


def test_a_password_is_asked_with_and_kept_nowhere(path, site, watcher, models):
    serve(site, "/feed", rss(item(1)))
    serve(site, "/other", rss(item(2)))
    secret = site.home.replace("//", "//ann:s3cr3t@")
    (watched,), _ = read_feed_list([f"{secret}/feed\n"], "feeds.txt")
    assert watcher(watched).poll().added == 1
    names = [f"{secret}/other", f"{secret}/none"]
    tally = add(path, names, models=models, fetcher=Fetcher(allow_private=True))
    assert (tally.added, tally.failed) == (1, 1)
    assert all("Authorization" in headers for asked, headers in site.asked if asked != "/robots.txt")
    assert {f.input for f in failures(path)} >= {f"{site.home}/none"}
    assert b"s3cr3t" not in b"".join(p.read_bytes() for p in path.parent.iterdir() if p.name.startswith(path.name))


def test_who_allows_a_private_address_need_not_wait_out_that_it_was_refused(path, site, models):
    feed = serve(site, "/feed", rss(item(1)))
    refused = Watcher(path, [feed], every=600.0, models=models, fetcher=Fetcher())
    assert refused.poll().failed == 1
    with Store.open(path) as store:
        assert store.feed(feed.url).due is None
    allowed = Watcher(path, [feed], every=600.0, models=models, fetcher=Fetcher(allow_private=True))
    assert allowed.poll().added == 1
