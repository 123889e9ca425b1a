"""Texts that are pasted or dropped: read, shown, not kept."""

from __future__ import annotations

import pytest
from lxml import html

from onrecord.query import Library

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


@pytest.mark.parametrize("headers", [{"origin": "https://news.example"}, {"sec-fetch-site": "cross-site"}])
def test_forms_of_other_sites_are_refused(hostile, headers):
    assert hostile.post("/read", data={"text": TEXT}, headers=headers).status_code == 403
