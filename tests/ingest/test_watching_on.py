"""Two hours of watching feeds whose server misbehaves in every way, by a clock that runs fast: nothing is lost, nothing is there
twice, and nothing is left open or held. A slice of it belongs to every run, all of it to the long ones."""

from __future__ import annotations

import gc
import os
import socket
import struct
import threading
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.ingest import Stop, feeds, watching
from onrecord.ingest.feeds import Watched
from onrecord.ingest.watching import Watcher
from onrecord.sources import Fetcher, address
from onrecord.store import Store, verify

from .doubles import sentences

EVERY = 60.0
"""Seconds between two polls."""
CALM = 4 * 60.0
"""Seconds at the end in which the server behaves: longer than feeds are left alone that failed once."""
NEW, CHANGED = 5 * 60.0, 17 * 60.0
"""Seconds after which a feed has one entry more, and after which one that changes is told anew."""
LEAK_MB = 40
LONG = " ".join(["The town council met again to talk about the harbour."] * 15)


class Clock:
    """Seconds since the watch began, which pass while it sleeps."""

    def __init__(self):
        self.seconds = 0.0

    def monotonic(self):
        return self.seconds

    def now(self, zone):
        return datetime(2031, 5, 5, 10, tzinfo=zone) + timedelta(seconds=self.seconds)


class Sleeper(Stop):
    """Ends the watch after so many seconds of the clock."""

    def __init__(self, clock, end):
        super().__init__()
        self._clock, self._end = clock, end
        self.on_sleep = lambda: None

    def sleep(self, seconds):
        self._clock.seconds += max(seconds, 1.0)
        self.on_sleep()
        if self._clock.seconds >= self._end:
            self.ask()


class Newsroom(BaseHTTPRequestHandler):
    """Gives feeds that grow by the clock: each path's trouble comes the first of every three times that it is asked."""

    def do_GET(self):
        server = self.server
        server.asked[self.path] += 1
        if self.path == "/robots.txt":
            self.give(b"", 404)
        elif server.is_calm() or server.asked[self.path] % 3 != 1:
            self.answer()
        else:
            server.troubles[self.path] += 1
            getattr(self, self.path.split("/")[1], self.answer)()

    def answer(self):
        server, (_, name, *rest) = self.server, self.path.split("/")
        if rest:
            self.give(page(name, int(rest[0])), Content_Type="text/html")
            return
        data = feed(name, server.home, server.clock.seconds)
        tag = f'"{hash(data)}"'
        if name != "plain" and self.headers.get("If-None-Match") == tag:
            self.give(b"", 304)
        else:
            self.give(data, Content_Type="application/rss+xml", **({} if name == "plain" else {"ETag": tag}))

    def slow(self):
        data = feed("slow", self.server.home, self.server.clock.seconds)
        self.begin(len(data))
        for start in range(0, len(data), 1 + len(data) // 4):
            self.wfile.write(data[start : start + 1 + len(data) // 4])
            self.wfile.flush()
            time.sleep(0.01)

    def failing(self):
        self.give(b"out of order", 500)

    def busy(self):
        self.give(b"", 503, Retry_After="150")

    def broken(self):
        data = feed("broken", self.server.home, self.server.clock.seconds)
        self.give(data[: len(data) // 2] + b"<<&\xff", Content_Type="application/rss+xml")

    def killed(self):
        self.begin(100_000)
        self.wfile.write(b"<rss>")
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def circling(self):
        self.give(b"", 302, Location=self.server.home + self.path)

    def teasing(self):
        """The pages behind the entries go in a circle; the feed itself is in no trouble."""
        self.circling() if self.path.count("/") > 1 else self.answer()

    def begin(self, size, status=200, **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(size), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def give(self, data, status=200, **headers):
        self.begin(len(data), status, **headers)
        self.wfile.write(data)

    def log_message(self, *_):
        pass


NAMES = ("plain", "slow", "failing", "busy", "broken", "killed", "circling", "teasing", "changing")


def told(name, n, version=0):
    """An entry's words: no two say the same."""
    return f"{sentences(1000 * NAMES.index(name) + 100_000 * version + n)} {LONG}"


def published(seconds):
    """Numbers of the entries that there are by then."""
    return range(1 + int(seconds // NEW))


def version(seconds):
    return int(seconds // CHANGED)


def page(name, n):
    words = "".join(f"<p>{part}</p>" for part in told(name, n).split("\n\n"))
    return f"<html><body><article><h1>Entry {n}</h1>{words}</article></body></html>".encode()


def feed(name, home, seconds):
    items = []
    for n in reversed(published(seconds)):
        link = f"{home}/{name}/{n}"
        changes = version(seconds) if name == "changing" and n == 0 else 0
        words = "A short word on it." if name == "teasing" else told(name, n, changes)
        moment = datetime(2031, 5, 5, 10, tzinfo=UTC) + timedelta(seconds=n * NEW + changes * CHANGED)
        items.append(
            f"<item><guid isPermaLink='false'>{name}-{n}</guid><title>Entry {n}</title><link>{link}</link>"
            f"<pubDate>{moment:%a, %d %b %Y %H:%M:%S GMT}</pubDate><description>{words}</description></item>"
        )
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>The Pier Gazette</title>'
    return f"{head}{''.join(items)}</channel></rss>".encode()


@pytest.fixture
def newsroom(monkeypatch):
    monkeypatch.setattr(address, "POLITE_SECONDS", 0.0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Newsroom)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # the reader hangs up too
    server.home = f"http://127.0.0.1:{server.server_port}"
    server.asked, server.troubles, server.clock = Counter(), Counter(), Clock()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def resident_mb():
    pages = Path("/proc/self/statm")
    return int(pages.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if pages.exists() else 0.0


def held():
    """Open files, and threads, of this process."""
    open_files = Path("/proc/self/fd")
    return len(list(open_files.iterdir())) if open_files.exists() else 0, threading.active_count()


@pytest.mark.parametrize("minutes", [4, pytest.param(120, marks=pytest.mark.soak)])
def test_a_server_that_misbehaves(path, models, newsroom, monkeypatch, minutes):
    clock, trouble = newsroom.clock, minutes * 60.0
    stop = Sleeper(clock, trouble + CALM)
    newsroom.is_calm = lambda: clock.seconds >= trouble
    monkeypatch.setattr(watching, "time", SimpleNamespace(monotonic=clock.monotonic))
    monkeypatch.setattr(watching, "datetime", clock)
    monkeypatch.setattr(feeds, "datetime", clock)
    if minutes < 60:
        monkeypatch.setitem(globals(), "NEW", 2 * 60.0)
        monkeypatch.setitem(globals(), "CHANGED", 3 * 60.0)
    sizes = []

    def measure():
        gc.collect()
        sizes.append((clock.seconds, resident_mb(), *held()))

    stop.on_sleep = measure
    watched = [Watched(f"{newsroom.home}/{name}", f"The {name.title()} Post") for name in NAMES]
    fetcher = Fetcher(allow_private=True)
    tally = Watcher(path, watched, every=EVERY, models=models, fetcher=fetcher, stop=stop).watch()
    assert set(NAMES) - {"plain", "changing"} <= {path.split("/")[1] for path in newsroom.troubles}
    check(path, clock.seconds, tally)
    early = [row for row in sizes if row[0] < (trouble + CALM) / 3]
    assert sizes[-1][1] <= max(row[1] for row in early) + LEAK_MB, sizes[:: len(sizes) // 10]
    assert all(last <= most + 5 for last, most in zip(sizes[-1][2:], map(max, zip(*early, strict=True)), strict=False))


def check(path, seconds, tally):
    """All that was published is stored once, what changed in every version that was seen, and nothing is left as failed."""
    with Store.open(path) as store:
        assert not list(verify(store))
        assert store.failures() == ()
        found = defaultdict(list)
        for source, text, standing in store.connection.execute("SELECT source_id, text, standing FROM articles"):
            found[source].append((text, standing))
    expected = {f"{name}-{n}" for name in NAMES for n in published(seconds - 2 * EVERY)}
    assert expected <= found.keys() <= {f"{name}-{n}" for name in NAMES for n in published(seconds)}
    assert tally.added == sum(map(len, found.values()))
    changed = found.pop("changing-0")
    assert {source: len(several) for source, several in found.items() if len(several) > 1} == {}
    assert all(standing == "current" for several in found.values() for _, standing in several)
    for source, ((text, _),) in found.items():
        name, n = source.rsplit("-", 1)
        assert sentences(1000 * NAMES.index(name) + int(n)).split("\n\n")[0] in text
    texts = [text for text, _ in changed]
    versions = [told("changing", 0, k).split("\n\n")[0] for k in range(version(seconds - 2 * EVERY) + 1)]
    assert len(set(texts)) == len(texts) and all(any(words in text for text in texts) for words in versions)
    assert [standing for _, standing in changed].count("current") == 1
