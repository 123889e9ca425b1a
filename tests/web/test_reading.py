"""Texts that are pasted or dropped: read, shown, not kept."""

from __future__ import annotations

import time

import pytest
from lxml import html
from tests.store.making import make_run

import onrecord
from onrecord.query import Library
from onrecord.records import Record, WeightsError
from onrecord.web.pages import read as reading

TEXT = 'Maria Lane said that the bridge was safe. "It is not," Oto Brandt replied.'


@pytest.mark.model
def test_a_pasted_text_is_shown_with_its_statements(hostile, hostile_db):
    with Library.open(hostile_db) as library:
        before = library.connection.execute("SELECT count(*) FROM articles").fetchone()
    answer = hostile.post("/read", data={"text": TEXT, "published": "2031-05-01"}, files={"file": ("", b"")})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    page = html.fromstring(answer.text)
    assert (
        "".join(page.xpath("//div[@class='text']//p[@class='text']//bdi")[0].itertext())
        .replace("1", "")
        .replace("2", "")
        == TEXT
    )
    named = [n.text_content() for n in page.xpath("//div[@class='note']//*[@class='person']")]
    assert named == ["Maria Lane", "Oto Brandt", "Maria Lane"], "who says, who denies, and whom he is against"
    with Library.open(hostile_db) as library:
        assert library.connection.execute("SELECT count(*) FROM articles").fetchone() == before


@pytest.mark.model
def test_a_dropped_page_is_read_as_a_page(hostile):
    body = (
        b"<html><title>Bridge</title><body><article><p>Maria Lane said that the bridge was safe.</p></article></body>"
    )
    answer = hostile.post("/read", files={"file": ("bridge.html", body, "text/html")})
    assert answer.status_code == 200
    assert "Maria Lane" in html.fromstring(answer.text).text_content()


def test_nothing_is_nothing_to_read(hostile):
    assert hostile.post("/read", data={"text": "  "}, files={"file": ("", b"")}).status_code == 400


def test_a_text_of_ten_megabytes_is_refused(hostile):
    answer = hostile.post("/read", data={"text": "word " * 2_000_000}, files={"file": ("", b"")})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "headers", [{"origin": "https://news.example"}, {"origin": "http://["}, {"sec-fetch-site": "cross-site"}]
)
def test_forms_of_other_sites_are_refused(hostile, headers):
    assert hostile.post("/read", data={"text": TEXT}, headers=headers).status_code == 403


def test_forms_of_this_sites_own_pages_have_no_origin(hostile):
    """Browsers say "null" where the page, as all of these do, names no referrer."""
    headers = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert hostile.post("/read", data={"text": " "}, headers=headers).status_code == 400


LONG_TEXT = "\n\n".join(f"Maria Lane said that bridge number {k} was safe after the winter." for k in range(400))


class Slow:
    """A reading that takes a while, and tells how far it is."""

    def __init__(self, wrong: Exception | None = None) -> None:
        self.wrong = wrong

    def __call__(self, article, *, on_progress=None):
        for share in (0.25, 0.5):
            on_progress(share)
            time.sleep(0.15)
        if self.wrong:
            raise self.wrong
        return Record(make_run(), article)


@pytest.fixture
def steps(hostile, monkeypatch):
    """What comes of a long text, piece by piece."""
    monkeypatch.setattr(reading, "STEP_S", 0.05)

    def asked(reader):
        monkeypatch.setattr(onrecord, "read", reader)
        with hostile.stream("POST", "/read", data={"text": LONG_TEXT}, files={"file": ("", b"")}) as answer:
            assert answer.status_code == 200
            assert answer.headers["cache-control"] == "no-store"
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            return list(answer.iter_text())

    return asked


def test_of_a_long_text_it_is_told_how_far_it_is(steps):
    pieces = steps(Slow())
    page = html.fromstring("".join(pieces))
    shares = [int(value) for value in page.xpath("//div[@class='steps']//progress/@value")]
    assert {25, 50} <= set(shares) and shares == sorted(shares)
    assert len(page.xpath("//h1")) == 1
    assert "bridge number 399" in page.xpath("//main/article[@class='story']")[0].text_content()
    assert not page.xpath("//form[@class='pasting']")
    assert page.xpath("//footer")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [(WeightsError("gone"), "The model is not there"), (ValueError("secret"), "Something went wrong here")],
)
def test_what_goes_wrong_with_a_long_text_stands_in_its_place(steps, wrong, told):
    page = html.fromstring("".join(steps(Slow(wrong))))
    assert [h.text_content() for h in page.xpath("//h1")] == [told]
    assert "secret" not in page.text_content()
    assert page.xpath("//footer")


@pytest.mark.model
def test_a_long_text_is_read_like_a_short_one(hostile):
    text = "\n\n".join(f"Maria Lane said that bridge {k} was safe after the winter’s repairs." for k in range(320))
    answer = hostile.post("/read", data={"text": text}, files={"file": ("", b"")})
    page = html.fromstring(answer.text)
    assert len(page.xpath("//div[@class='note']")) > 300
