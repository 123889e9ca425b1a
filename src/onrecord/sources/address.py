"""What lies at an http or https address, asked for politely, within limits, and nowhere inside the reader's own network."""

from __future__ import annotations

import re
import socket
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from onrecord.records import InputError, NotFoundError, RefusedError, TooLargeError, now_utc
from onrecord.sources import robots
from onrecord.sources.limits import (
    CHUNK_BYTES,
    CONNECT_SECONDS,
    FETCH_SECONDS,
    MAX_BODY_BYTES,
    MAX_REDIRECTS,
    POLITE_SECONDS,
    READ_SECONDS,
    ROBOTS_SECONDS,
    too_large,
)
from onrecord.sources.private import resolved
from onrecord.sources.streams import media_type, unpacked
from onrecord.sources.turns import Turns

if TYPE_CHECKING:
    import ssl

    import httpx

AGENT = "onrecord"
"""The name that a robots.txt may give rules for."""

REMEMBERED_SITES = 2_000
"""Sites whose robots.txt is kept at hand, those asked for last: more than any list of feeds leads to in a round."""

_USERINFO = re.compile(r"^([a-z][a-z0-9+.-]*://)[^/?#]*@", re.I)
_GONE = {404, 410}
_REDIRECTS = {301, 302, 303, 307, 308}
_NOT_MODIFIED = 304
_LATER = {408, 425, 429}
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,text/plain,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: its bytes unpacked, what the server called them, and where they were found in the end.

    `etag` and `modified` are what a later request may ask with whether anything has changed. `retrieved`: when, in UTC.
    """

    data: bytes
    url: str
    media_type: str
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    retrieved: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that nothing has changed since the time, or the version, that it was asked with."""

    url: str


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx.Headers
    data: bytes
    url: httpx.URL


def without_password(name: str) -> str:
    """An address as it is told and kept: without the name and the password that may stand before its host. Others as they are."""
    return _USERINFO.sub(r"\1", name)


class Fetcher:
    """Fetches addresses. Keep one for all of a run: it remembers when a host was last asked, and the robots.txt of as many
    sites as REMEMBERED_SITES tells.

    Private, loopback, link-local and reserved addresses are refused unless `allow_private`; the connection goes to the very
    address that was checked, so that a name which answers otherwise the second time gains nothing. Proxies that the
    environment names are not used: they would resolve the name themselves. May be shared by threads.
    """

    def __init__(self, *, allow_private: bool = False) -> None:
        self._allow_private = allow_private
        self._robots: dict[tuple[str, bytes], tuple[float, robots.Robots]] = {}
        self._turns = Turns()
        self._lock = threading.Lock()
        self._context: ssl.SSLContext | None = None

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched | NotModified:
        """What lies at `url`; NotModified where the server says so of `etag` or `modified`. Raises InputError.

        Follows few redirects, each checked as the first was; waits, before each, where its host was asked less than a second (or
        what its robots.txt says) ago. A password in the address is sent, and told nowhere.
        """
        import httpx  # here: a tenth of a second that reading files should not pay

        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        conditions = {name: value for name, value in asked.items() if value}
        address, url = url, without_password(url)
        try:
            answer = self._followed(httpx.URL(address), url, conditions, mannerly=True)
        except httpx.TimeoutException as error:
            raise InputError(url, "no answer in time") from error
        except httpx.ConnectError as error:
            raise InputError(url, f"cannot be reached; is this machine online? ({error})") from error
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise InputError(url, f"cannot be fetched ({error})") from error
        found = str(answer.url.copy_with(userinfo=b"", fragment=None))
        if answer.status == _NOT_MODIFIED and conditions:
            return NotModified(found)
        if answer.status in _GONE:
            raise NotFoundError(url, f"the server has no such page (HTTP {answer.status})")
        if not 200 <= answer.status < 300:
            reason = f"the server answered HTTP {answer.status}"
            temporary = answer.status in _LATER or answer.status >= 500
            raise RefusedError(url, reason, temporary=temporary, retry_after=_retry_after(answer))
        kind, charset = media_type(answer.headers.get("content-type", ""))
        return Fetched(
            answer.data,
            found,
            kind,
            charset,
            _header(answer, "etag"),
            _header(answer, "last-modified"),
            now_utc(),
        )

    def _followed(self, url: httpx.URL, origin: str, headers: dict[str, str], *, mannerly: bool) -> _Answer:
        """The answer at the end of the redirects. `mannerly`: as robots.txt asks, which it itself is not asked by."""
        deadline: float | None = None
        for _ in range(MAX_REDIRECTS + 1):
            _check(url, origin)
            if mannerly:
                rules = self._rules(url, origin)
                if not rules.allows(str(url), AGENT):
                    reason = "the site's robots.txt asks programs not to read it"
                    if rules.closed:
                        reason = "the site's robots.txt cannot be had, so nothing else is asked for"
                    raise RefusedError(origin, reason, temporary=rules.closed)
                waited = self._wait(url.host, max(POLITE_SECONDS, rules.delay(AGENT)))
                deadline = deadline and deadline + waited  # no fault of the server's
            deadline = deadline or time.monotonic() + (FETCH_SECONDS if mannerly else ROBOTS_SECONDS)
            answer = self._asked(url, origin, headers, deadline)
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                return answer
            url = url.join(location)
        raise InputError(origin, f"more than {MAX_REDIRECTS} redirects")

    def _asked(self, url: httpx.URL, origin: str, headers: dict[str, str], deadline: float) -> _Answer:
        """The answer of the first of a host's addresses that can be connected to."""
        import httpx

        port = url.port or (443 if url.scheme == "https" else 80)
        *others, last = resolved(url.host, port, origin, allow_private=self._allow_private)
        for address in others:
            try:
                return self._sent(url, address, origin, headers, deadline)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return self._sent(url, last, origin, headers, deadline)

    def _sent(self, url: httpx.URL, address: str, origin: str, headers: dict[str, str], deadline: float) -> _Answer:
        import httpx

        left = max(deadline - time.monotonic(), 0.01)
        timeout = httpx.Timeout(min(READ_SECONDS, left), connect=min(CONNECT_SECONDS, left))
        with (
            _Watch(left) as watch,
            # Of its own for each request: a connection kept open would be one to an address, whatever the site.
            httpx.Client(
                timeout=timeout,
                verify=self._tls() if url.scheme == "https" else False,
                trust_env=False,
                headers=_own_headers(),
            ) as client,
        ):
            request = client.build_request(
                "GET",
                url.copy_with(host=address, fragment=None),
                headers={**headers, "Host": url.netloc.decode("ascii")},
                extensions={"sni_hostname": url.raw_host.decode("ascii"), "trace": watch.trace},
            )
            try:
                response = client.send(request, stream=True)
                try:
                    data = _body(response, origin) if response.is_success else b""
                finally:
                    response.close()
            except httpx.TransportError:
                watch.check(origin)
                raise
            watch.check(origin)
        return _Answer(response.status_code, response.headers, data, url)

    def _rules(self, url: httpx.URL, origin: str) -> robots.Robots:
        """What the site of `url` asks of programs. What cannot be reached allows nothing, as RFC 9309 has it."""
        site = url.scheme, url.netloc
        with self._lock:
            asked, rules = self._robots.get(site, (0.0, None))
        if rules is None or time.monotonic() - asked > robots.VALID_SECONDS:
            answer = self._followed(url.copy_with(raw_path=b"/robots.txt", fragment=None), origin, {}, mannerly=False)
            if 200 <= answer.status < 300:
                rules = robots.parsed(answer.data, origin)
            else:
                rules = robots.Robots(closed=answer.status >= 500)
            if not rules.closed:  # a server in trouble is asked again
                with self._lock:
                    self._robots.pop(site, None)
                    self._robots[site] = time.monotonic(), rules
                    while len(self._robots) > REMEMBERED_SITES:
                        del self._robots[next(iter(self._robots))]
        return rules

    def _wait(self, host: str, seconds: float) -> float:
        """Wait for a host's turn, which keeps it free for `seconds`; return for how long that was."""
        waiting = self._turns.take(host, seconds)
        time.sleep(waiting)
        return waiting

    def _tls(self) -> ssl.SSLContext:
        """Made once, and only where it is needed: it takes longer than many an answer."""
        import httpx

        if self._context is None:
            self._context = httpx.create_ssl_context()
        return self._context


class _Watch:
    """Ends a connection when its time is over, however slowly the other side drips."""

    def __init__(self, seconds: float) -> None:
        self._socket: socket.socket | None = None
        self._over = False
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> _Watch:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Told by httpx what the connection does."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._socket = info["return_value"].get_extra_info("socket")
            if self._over:
                self._end()

    def check(self, origin: str) -> None:
        if self._over:
            raise InputError(origin, "no answer in time: it took too long as a whole")

    def _end(self) -> None:
        self._over = True
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:  # already closed
                return


def _check(url: httpx.URL, origin: str) -> None:
    if url.scheme not in {"http", "https"}:
        raise InputError(origin, f"{url.scheme or 'such'} addresses are not read, only http and https")
    if not url.host:
        raise InputError(origin, "an address without a host")


def _body(response: httpx.Response, origin: str) -> bytes:
    """The body, unpacked; neither what comes over the wire nor what it unpacks to is ever more than the cap."""
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length[:18]) > MAX_BODY_BYTES:
        raise TooLargeError(origin, too_large(int(length[:18]), MAX_BODY_BYTES))
    parts, size = [], 0
    for chunk in response.iter_raw(CHUNK_BYTES):
        size += len(chunk)
        if size > MAX_BODY_BYTES:
            raise TooLargeError(origin, too_large(None, MAX_BODY_BYTES))
        parts.append(chunk)
    return unpacked(b"".join(parts), response.headers.get("content-encoding", ""), origin, cap=MAX_BODY_BYTES)


def _header(answer: _Answer, name: str) -> str | None:
    """A header that can be sent back."""
    value: str = answer.headers.get(name, "")
    return value if value and value.isascii() and value.isprintable() else None


def _retry_after(answer: _Answer) -> float | None:
    """Seconds after which a server wants to be asked again: it tells them, or a moment (RFC 9110)."""
    told = answer.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdecimal():
        return float(told[:9])
    try:
        return max((parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, TypeError, OverflowError):  # none, or no moment; TypeError: one without its zone
        return None


def _own_headers() -> dict[str, str]:
    from onrecord import __version__

    return {"User-Agent": f"{AGENT}/{__version__}", "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"}
