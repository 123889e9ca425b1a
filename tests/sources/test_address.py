import gzip
import socket
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from onrecord.records import (
    InputError,
    MalformedError,
    NotFoundError,
    PrivateError,
    RawDocument,
    RefusedError,
    TooLargeError,
)
from onrecord.sources import Fetched, Fetcher, NotModified, address, open_source
from onrecord.sources.address import without_password
from onrecord.sources.private import is_public, resolved
from onrecord.sources.turns import Turns

PAGE = b"<!doctype html><p>It is so.</p>"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("https://ann:word@news.example/a?b=c@d#e", "https://news.example/a?b=c@d#e"),
        ("https://ann@x:word@news.example", "https://news.example"),
        ("https://news.example/@ann", "https://news.example/@ann"),
        ("news/ann@example.txt", "news/ann@example.txt"),
    ],
)
def test_an_address_is_told_without_its_password(name, told):
    assert without_password(name) == told


def test_nor_is_the_password_told_where_it_cannot_be_fetched():
    (error,) = open_source("http://ann:s3cr3t@127.0.0.1:9/x")
    assert error.origin == "http://127.0.0.1:9/x" and "s3cr3t" not in str(error)


class Site(BaseHTTPRequestHandler):
    """Answers each path by the function that a test gave for it."""

    protocol_version = "HTTP/1.1"
    pages: dict
    asked: list

    def do_GET(self):
        self.asked.append((self.path, dict(self.headers)))
        make = self.pages.get(self.path)
        if make is None:
            self.give(404)
        else:
            make(self)

    def give(self, status, data=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


class Server:
    def __init__(self):
        self.pages, self.asked = {}, []
        handler = type("Handler", (Site,), {"pages": self.pages, "asked": self.asked})
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.http.daemon_threads = True
        self.home = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def page(self, path, data=PAGE, status=200, **headers):
        self.pages[path] = lambda site: site.give(status, data, **headers)
        return self.home + path

    def paths(self):
        return [path for path, _ in self.asked]


@pytest.fixture
def server():
    made = Server()
    yield made
    made.http.shutdown()
    made.http.server_close()


@pytest.fixture
def fetcher(monkeypatch):
    monkeypatch.setattr(address, "POLITE_SECONDS", 0.0)
    return Fetcher(allow_private=True)


def refused(fetcher, url, kind=InputError, **options):
    with pytest.raises(kind) as caught:
        fetcher.get(url, **options)
    assert type(caught.value) in {kind, RefusedError, PrivateError}
    assert caught.value.origin == url
    return caught.value.reason


def test_a_page_comes_with_its_kind_charset_and_moment(server, fetcher):
    url = server.page(
        "/a?b=1", Content_Type='Text/HTML; charset="Latin-2"', ETag='"v1"', Last_Modified="Mon, 04 May 2020"
    )
    got = fetcher.get(url + "#part")
    assert (got.data, got.url, got.media_type, got.charset) == (PAGE, url, "text/html", "latin-2")
    assert (got.etag, got.modified) == ('"v1"', "Mon, 04 May 2020")
    assert got.retrieved[-1] == "Z" and len(got.retrieved) == 20
    _, headers = server.asked[-1]
    assert headers["Host"] == server.home.removeprefix("http://")
    assert headers["User-Agent"].startswith("onrecord/")


def test_what_has_not_changed_is_not_sent_again(server, fetcher):
    def answer(site):
        same = site.headers.get("If-None-Match") == '"v1"' or site.headers.get("If-Modified-Since") == "yesterday"
        site.give(304) if same else site.give(200, PAGE, ETag='"v1"')

    server.pages["/feed"] = answer
    url = server.home + "/feed"
    first = fetcher.get(url)
    assert fetcher.get(url, etag=first.etag) == NotModified(url)
    assert fetcher.get(url, modified="yesterday") == NotModified(url)
    assert isinstance(fetcher.get(url, etag='"v0"'), Fetched)
    assert "HTTP 304" in refused(fetcher, server.page("/odd", b"", 304))


def test_redirects_are_followed_but_not_for_ever(server, fetcher):
    server.page("/a", b"", 301, Location="/b")
    there = server.page("/b")
    assert fetcher.get(server.home + "/a").url == there
    assert "more than 5 redirects" in refused(fetcher, server.page("/loop", b"", 302, Location="/loop"))
    assert server.paths().count("/loop") == 6
    assert "file addresses" in refused(fetcher, server.page("/file", b"", 302, Location="file:///etc/passwd"))
    assert "HTTP 302" in refused(fetcher, server.page("/nowhere", b"", 302))


def test_a_private_address_is_refused_before_anything_is_sent(server):
    for url in (server.page("/a"), server.home.replace("127.0.0.1", "localhost"), "http://[::1]/", "http://0x7f.1/"):
        assert "private address" in refused(Fetcher(), url)
    assert server.asked == []


def test_a_redirect_to_a_private_address_is_refused(server, monkeypatch):
    """The first host passes for a public one; what it leads to does not."""
    monkeypatch.setattr(address, "POLITE_SECONDS", 0.0)
    port = server.http.server_port

    def look_up(host, port, origin, *, allow_private):
        return ["127.0.0.1"] if host == "pier.example" else resolved(host, port, origin, allow_private=allow_private)

    monkeypatch.setattr(address, "resolved", look_up)
    server.page("/a", b"", 302, Location=server.home + "/secret")
    server.page("/secret")
    assert "private address" in refused(Fetcher(), f"http://pier.example:{port}/a")
    assert "/secret" not in server.paths()


def test_a_name_is_looked_up_once_a_request_and_the_checked_address_is_the_one_connected_to(
    server, monkeypatch, fetcher
):
    """So a name that is public when it is checked and private when it is connected to gains nothing."""
    looked_up, real = [], socket.getaddrinfo

    def look_up(host, port, *args, **options):
        looked_up.append(host)
        return real("127.0.0.1" if host == "pier.example" else host, port, *args, **options)

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    server.page("/a")
    host = f"pier.example:{server.http.server_port}"
    assert fetcher.get(f"http://{host}/a").url == f"http://{host}/a"
    assert (
        looked_up == ["pier.example", "127.0.0.1"] * 2
    )  # for robots.txt and for the page; its number needs no look-up
    assert [headers["Host"] for _, headers in server.asked] == [host, host]


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("::ffff:93.184.216.34", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::127.0.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:169.254.169.254", False),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("not an address", False),
    ],
)
def test_which_addresses_are_public(ip, public):
    assert is_public(ip) is public


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    found = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    with pytest.raises(InputError, match="private"):
        resolved("e.example", 80, "x", allow_private=False)
    assert resolved("e.example", 80, "x", allow_private=True) == ["93.184.216.34", "10.0.0.1"]


def test_what_the_server_will_not_give_is_told(server, fetcher):
    assert "HTTP 404" in refused(fetcher, server.home + "/none", NotFoundError)
    assert "HTTP 410" in refused(fetcher, server.page("/gone", b"", 410), NotFoundError)
    assert "HTTP 500" in refused(fetcher, server.page("/broken", b"", 500))
    server.http.shutdown()
    server.http.server_close()
    assert "cannot be reached" in refused(Fetcher(allow_private=True), server.home)


def test_the_cap_holds_for_announced_unannounced_and_unpacked_sizes(server, fetcher, monkeypatch):
    monkeypatch.setattr(address, "MAX_BODY_BYTES", 1000)
    assert len(fetcher.get(server.page("/just", b"x" * 1000)).data) == 1000
    assert "1,001 bytes" in refused(fetcher, server.page("/announced", b"x" * 1001), TooLargeError)

    def endless(site):
        site.send_response(200)
        site.end_headers()
        for _ in range(100):
            site.wfile.write(b"x" * 100)
        site.close_connection = True

    server.pages["/endless"] = endless
    assert "more than 1,000" in refused(fetcher, server.home + "/endless", TooLargeError)
    bomb = gzip.compress(b"x" * 100_000)
    assert len(bomb) < 1000
    assert "more than 1,000" in refused(fetcher, server.page("/bomb", bomb, Content_Encoding="gzip"), TooLargeError)
    twice = server.page("/twice", gzip.compress(gzip.compress(b"x" * 100_000)), Content_Encoding="gzip, gzip")
    assert "more than 1,000" in refused(fetcher, twice, TooLargeError)


def test_a_bomb_of_ten_megabytes_is_not_unpacked_in_memory(server, fetcher):
    import tracemalloc

    url = server.page("/bomb", gzip.compress(b"\0" * 60_000_000, 1), Content_Encoding="gzip")
    tracemalloc.start()
    assert "10,000,000" in refused(fetcher, url, TooLargeError)
    assert tracemalloc.get_traced_memory()[1] < 40_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("identity", bytes),
    ],
)
def test_bodies_are_unpacked(server, fetcher, coding, pack):
    assert fetcher.get(server.page("/a", pack(PAGE), Content_Encoding=coding)).data == PAGE


def test_a_body_that_is_not_what_its_coding_says_is_told(server, fetcher):
    assert "damaged" in refused(fetcher, server.page("/a", b"no gzip at all", Content_Encoding="gzip"), MalformedError)
    assert "end before" in refused(
        fetcher, server.page("/b", gzip.compress(PAGE)[:-9], Content_Encoding="gzip"), MalformedError
    )
    assert "not read (zstd)" in refused(fetcher, server.page("/c", b"x", Content_Encoding="zstd"))


@pytest.mark.parametrize("part", ["header", "body"])
def test_a_server_that_drips_is_left_when_its_time_is_over(server, fetcher, monkeypatch, part):
    def drip(site):
        if part == "body":
            site.send_response(200)
            site.end_headers()
        else:
            site.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        try:
            for _ in range(400):
                site.wfile.write(b"x")
                site.wfile.flush()
                time.sleep(0.02)
        except OSError:
            return

    server.page("/robots.txt", b"")
    fetcher.get(server.page("/first"))
    monkeypatch.setattr(address, "FETCH_SECONDS", 0.5)
    server.pages["/slow"] = drip
    assert "no answer in time" in refused(fetcher, server.home + "/slow")


def test_a_server_that_says_nothing_is_left(server, fetcher, monkeypatch):
    fetcher.get(server.page("/first"))
    monkeypatch.setattr(address, "READ_SECONDS", 0.3)
    server.pages["/mute"] = lambda site: time.sleep(1)
    assert "no answer in time" in refused(fetcher, server.home + "/mute")


def test_robots_are_respected_and_asked_for_once(server, fetcher):
    server.page("/robots.txt", b"User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nDisallow: /private\n")
    assert fetcher.get(server.page("/open")).data == PAGE
    assert "robots.txt" in refused(fetcher, server.page("/private/a"))
    assert "robots.txt" in refused(fetcher, server.page("/lead", b"", 302, Location="/private/a"))
    assert server.paths().count("/robots.txt") == 1
    assert "/private/a" not in server.paths()


def test_what_is_remembered_of_sites_is_bounded(fetcher, monkeypatch):
    servers = [Server() for _ in range(4)]
    try:
        monkeypatch.setattr(address, "REMEMBERED_SITES", 3)
        for server in [*servers, *reversed(servers)]:
            assert fetcher.get(server.page("/a")).data == PAGE
        # Of the first, which was asked for longest ago when the fourth came, it is asked again; of the others it is known.
        assert [server.paths().count("/robots.txt") for server in servers] == [2, 1, 1, 1]
    finally:
        for server in servers:
            server.http.shutdown()
            server.http.server_close()


def test_a_host_whose_turn_has_come_is_no_longer_remembered(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("onrecord.sources.turns.SWEPT", 4)
    turns = Turns(lambda: now[0])
    assert turns.take("slow.example", 30.0) == 0.0
    for n in range(50):
        assert turns.take(f"{n}.example", 1.0) == 0.0
        now[0] += 0.5
        assert len(turns) <= 4
    assert turns.take("slow.example", 30.0) == 5.0
    assert turns.take("slow.example", 30.0) == 35.0


@pytest.mark.parametrize(
    ("status", "data", "allowed"),
    [(404, b"", True), (403, b"", True), (500, b"", False), (200, b"\x89PNG\r\n", True), (200, b"\xff\x00", True)],
)
def test_a_site_without_rules_allows_all_and_one_in_trouble_nothing(server, fetcher, status, data, allowed):
    server.page("/robots.txt", data, status)
    url = server.page("/a")
    if allowed:
        assert fetcher.get(url).data == PAGE
    else:
        assert "robots.txt" in refused(fetcher, url)


@pytest.fixture
def patient(monkeypatch):
    """A fetcher by whose clock only waiting takes time, and how long it waited each time."""
    waited: list[float] = []
    clock = SimpleNamespace(monotonic=lambda: 1000.0 + sum(waited), sleep=waited.append)
    monkeypatch.setattr(address, "time", clock)
    fetcher = Fetcher(allow_private=True)
    fetcher._turns = Turns(clock.monotonic)
    return fetcher, waited


def test_one_host_is_not_asked_twice_at_once(server, patient):
    fetcher, waited = patient
    for name in "abc":
        fetcher.get(server.page(f"/{name}"))
    assert waited == [pytest.approx(seconds) for seconds in (0, address.POLITE_SECONDS, address.POLITE_SECONDS)]


def test_redirects_wait_for_their_host_and_that_is_not_the_servers_time(server, patient, monkeypatch):
    monkeypatch.setattr(address, "POLITE_SECONDS", 40.0)
    fetcher, waited = patient
    for number in range(3):
        server.page(f"/{number}", b"", 302, Location=f"/{number + 1}")
    server.page("/3")
    assert fetcher.get(server.home + "/0").data == PAGE
    assert waited == [pytest.approx(seconds) for seconds in (0, 40, 40, 40)] and sum(waited) > address.FETCH_SECONDS


def test_a_delay_that_a_site_asks_for_is_kept(server, fetcher):
    server.page("/robots.txt", b"User-agent: *\nCrawl-delay: 0.4\n")
    fetcher.get(server.page("/a"))
    begun = time.monotonic()
    fetcher.get(server.page("/b"))
    assert time.monotonic() - begun >= 0.3


@pytest.mark.parametrize(
    "url", ["http://[broken", "http://", "https:///x", "http://e.example:99999/", "http://\udc80/"]
)
def test_an_address_that_is_none_is_an_error_value(url):
    (error,) = open_source(url)
    assert isinstance(error, InputError)
    assert error.origin == url


@pytest.mark.parametrize(
    ("content_type", "data", "field"),
    [
        ("text/html; charset=utf-8", b"anything", "html"),
        ("text/plain", b"<html>", "text"),
        ("", b"<!doctype html><p>x", "html"),
        ("application/octet-stream", b"plain", "text"),
        ("application/x-ndjson", b'{"id": "1", "text": "x"}', "text"),
        ("application/json", b'{"id": "1", "text": "x"}', "text"),
        ("text/csv", b"id,text\n1,x\n", "text"),
        ("application/gzip", gzip.compress(b"plain"), "text"),
        ("text/html", b"<rss><channel><item><description>&lt;p>x</description></item></channel></rss>", "html"),
        (
            "application/rss+xml",
            b"<rss><channel><item><description>&lt;p>x</description></item></channel></rss>",
            "html",
        ),
    ],
)
def test_the_kind_is_what_the_server_says_or_how_it_begins(server, fetcher, content_type, data, field):
    (document,) = open_source(server.page("/a", data, Content_Type=content_type), fetcher=fetcher)
    assert getattr(document, field) is not None
    assert document.retrieved


def test_a_page_in_another_charset_than_it_says_is_read_all_the_same(server, fetcher):
    url = server.page("/a", "<p>Café Größe</p>".encode(), Content_Type="text/html; charset=iso-8859-2")
    assert next(open_source(url, fetcher=fetcher)).html == "<p>Café Größe</p>"
    url = server.page("/b", "<p>Řekl to</p>".encode("iso8859_2"), Content_Type="text/html; charset=iso-8859-2")
    (document,) = open_source(url, fetcher=fetcher)
    assert isinstance(document, RawDocument)
    assert (document.html, document.url) == ("<p>Řekl to</p>", url)


@pytest.mark.parametrize(
    ("status", "told", "temporary", "seconds"),
    [
        (429, "120", True, 120),
        (503, "Fri, 31 Dec 1999 23:59:59 GMT", True, 0),
        (503, "soon", True, None),
        (500, None, True, None),
        (403, None, False, None),
    ],
)
def test_a_refusal_says_whether_and_when_to_ask_again(server, fetcher, status, told, temporary, seconds):
    url = server.page("/a", b"", status, **({"Retry_After": told} if told else {}))
    with pytest.raises(RefusedError) as caught:
        fetcher.get(url)
    assert (caught.value.temporary, caught.value.retry_after) == (temporary, seconds)
