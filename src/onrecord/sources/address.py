"""A page or text from an http or https address."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from onrecord.records import InputError, NotFoundError, TooLargeError
from onrecord.sources.limits import CHUNK_BYTES, CONNECT_SECONDS, FETCH_SECONDS, MAX_REDIRECTS, too_large

if TYPE_CHECKING:
    import httpx

_GONE = {404, 410}


class Fetched:
    """What an address gave: its bytes, what the server called them, and where they were found in the end."""

    __slots__ = ("charset", "data", "media_type", "url")

    def __init__(self, data: bytes, url: str, content_type: str) -> None:
        self.data = data
        self.url = url
        self.media_type = content_type.partition(";")[0].strip().lower()
        _, _, charset = content_type.partition("charset=")
        self.charset = charset.partition(";")[0].strip(" \"'") or None


def fetch(address: str, *, max_bytes: int, transport: httpx.BaseTransport | None = None) -> Fetched:
    """Get `address`, following few redirects, for a limited time and size. Raises InputError.

    `transport` stands in for the network in tests.
    """
    import httpx  # here: a tenth of a second that reading files should not pay

    try:
        with (
            httpx.Client(
                timeout=httpx.Timeout(FETCH_SECONDS / 3, connect=CONNECT_SECONDS),
                follow_redirects=True,
                max_redirects=MAX_REDIRECTS,
                headers={"User-Agent": "onrecord", "Accept": "text/html,application/xhtml+xml,text/plain,*/*;q=0.5"},
                transport=transport,
            ) as client,
            client.stream("GET", address) as response,
        ):
            _refuse(address, response, max_bytes)
            data = _body(address, response, max_bytes)
            return Fetched(data, str(response.url), response.headers.get("content-type", ""))
    except httpx.TimeoutException as error:
        raise InputError(address, "no answer in time") from error
    except httpx.TooManyRedirects as error:
        raise InputError(address, f"more than {MAX_REDIRECTS} redirects") from error
    except httpx.ConnectError as error:
        raise InputError(address, f"cannot be reached; is this machine online? ({error})") from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise InputError(address, f"cannot be fetched ({error})") from error


def _refuse(address: str, response: httpx.Response, max_bytes: int) -> None:
    if response.status_code in _GONE:
        raise NotFoundError(address, f"the server has no such page (HTTP {response.status_code})")
    if not response.is_success:
        raise InputError(address, f"the server answered HTTP {response.status_code}")
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length) > max_bytes:
        raise TooLargeError(address, too_large(int(length), max_bytes))


def _body(address: str, response: httpx.Response, max_bytes: int) -> bytes:
    deadline = time.monotonic() + FETCH_SECONDS
    parts, size = [], 0
    for chunk in response.iter_bytes(CHUNK_BYTES):
        size += len(chunk)
        if size > max_bytes:
            raise TooLargeError(address, too_large(None, max_bytes))
        if time.monotonic() > deadline:
            raise InputError(address, f"took more than {FETCH_SECONDS:.0f} seconds")
        parts.append(chunk)
    return b"".join(parts)
