import httpx
import pytest

from onrecord.records import InputError, NotFoundError, TooLargeError
from onrecord.sources import open_source
from onrecord.sources.address import Fetched, fetch

HOME = "https://e.example/"


def get(answer, address=HOME, max_bytes=100):
    return fetch(address, max_bytes=max_bytes, transport=httpx.MockTransport(answer))


def refuses(answer, kind, why, **options):
    with pytest.raises(kind, match=why) as caught:
        get(answer, **options)
    assert caught.value.origin == HOME


def test_a_page_comes_with_its_kind_and_charset():
    got = get(
        lambda request: httpx.Response(200, content=b"x", headers={"content-type": 'Text/HTML; charset="latin-2"'})
    )
    assert (got.data, got.url, got.media_type, got.charset) == (b"x", HOME, "text/html", "latin-2")
    assert get(lambda request: httpx.Response(200, content=b"x")).charset is None


def test_redirects_are_followed_but_not_for_ever():
    def answer(request):
        if request.url.path == "/":
            return httpx.Response(301, headers={"location": "/there"})
        return httpx.Response(200, content=b"x")

    assert get(answer).url == HOME + "there"
    refuses(lambda request: httpx.Response(302, headers={"location": HOME}), InputError, "more than 5 redirects")


def test_what_the_server_will_not_give_is_told():
    refuses(lambda request: httpx.Response(404), NotFoundError, "HTTP 404")
    refuses(lambda request: httpx.Response(503), InputError, "HTTP 503")


def test_the_cap_holds_for_announced_and_for_unannounced_sizes():
    refuses(lambda request: httpx.Response(200, content=b"x" * 101), TooLargeError, "101 bytes")
    refuses(lambda request: httpx.Response(200, content=iter([b"x" * 60] * 9)), TooLargeError, "more than 100 bytes")


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (httpx.ConnectError("no route"), "cannot be reached; is this machine online"),
        (httpx.ReadTimeout("slow"), "no answer in time"),
        (httpx.RemoteProtocolError("odd"), "cannot be fetched"),
    ],
)
def test_a_network_that_fails_is_told_in_plain_words(error, why):
    def answer(request):
        raise error

    refuses(answer, InputError, why)


def test_an_address_that_is_none_is_an_error_value():
    (error,) = open_source("http://[broken")
    assert isinstance(error, InputError)


@pytest.mark.parametrize(
    ("content_type", "data", "field"),
    [
        ("text/html; charset=utf-8", b"anything", "html"),
        ("text/plain", b"<html>", "text"),
        ("", b"<!doctype html><p>x", "html"),
        ("application/octet-stream", b"plain", "text"),
        ("application/x-ndjson", b'{"id": "1", "text": "x"}', "text"),
        ("application/json", b'{"id": "1", "text": "x"}', "text"),
    ],
)
def test_the_kind_is_what_the_server_says_or_how_it_begins(monkeypatch, content_type, data, field):
    monkeypatch.setattr("onrecord.sources.opening.fetch", lambda name, max_bytes: Fetched(data, HOME, content_type))
    (document,) = open_source(HOME)
    assert getattr(document, field) is not None
