"""Atom feeds, as a feed reader of others reads them."""

from __future__ import annotations

import re

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.atom import NEVER, AtomFeed, Entry, as_atom

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
HOSTILE = '<script>alert("x")</script> & ]]> javascript:alert(1) \u202egnol\x00\x1b\ud800'


def _parsed(content):
    feed = feedparser.parse(content, sanitize_html=False)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


@pytest.fixture(scope="module")
def person(client):
    return client.get("/api/entities?kind=person&size=1").json()["items"][0]


@pytest.fixture(params=["all", "words", "narrowed", "person", "clashes", "some clashes"])
def address(request, client, person):
    word = client.get("/api/search?size=1").json()["items"][0]["utterance"]["said"]["content"].split()[0]
    return {
        "all": "/feeds/search.atom",
        "words": f"/feeds/search.atom?q={word.strip('“”')}",
        "narrowed": f"/feeds/search.atom?speaker={person['identity']}&form=direct",
        "clashes": "/feeds/clashes.atom",
        "some clashes": "/feeds/clashes.atom?kind=figures&least=0.2",
        "person": f"/feeds/who/{person['identity']}.atom",
    }[request.param]


def test_a_feed_is_valid_and_newest_first(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("application/atom+xml")
    feed = _parsed(response.content)
    assert feed.feed.id.startswith("urn:onrecord:feed:")
    assert feed.feed.title
    assert feed.entries
    updates = [entry.updated for entry in feed.entries]
    assert all(MOMENT.fullmatch(moment) for moment in updates)
    assert updates == sorted(updates, reverse=True)
    assert feed.feed.updated == updates[0]
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [f"http://testserver{address}"]
    for entry in feed.entries:
        assert entry.id.startswith(("urn:onrecord:stm-", "urn:onrecord:cls-"))
        assert entry.title
        assert entry.content[0].value


def test_a_feed_stays_what_it_is(client, address):
    first, again = client.get(address), client.get(address)
    assert first.content == again.content
    assert client.get(address, headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_a_persons_feed_has_what_the_person_said(client, person):
    feed = _parsed(client.get(f"/feeds/who/{person['identity']}.atom").content)
    assert all(person["name"] in " + ".join(a.name for a in entry.authors) for entry in feed.entries)
    linked = client.get(f"/api/entities/{person['identity']}").headers["link"]
    assert f"/feeds/who/{person['identity']}.atom" in linked


def test_a_clash_has_both_sides(client):
    entry = _parsed(client.get("/feeds/clashes.atom").content).entries[0]
    clash = client.get(f"/api/clashes/{entry.id.removeprefix('urn:onrecord:')}").json()["clash"]
    assert entry.updated == clash["found"]
    assert entry.link == f"http://testserver/clashes/{clash['id']}"
    for side in (clash["a"], clash["b"]):
        assert " ".join(side["words"].split()) in " ".join(entry.content[0].value.split())


def _feed(*entries):
    return AtomFeed("urn:onrecord:feed:0", HOSTILE, "http://here.example/f?a=1&b=2", "http://here.example/", entries)


def test_hostile_words_are_only_text():
    entry = Entry(
        "urn:onrecord:stm-0", HOSTILE, HOSTILE, "2031-02-03", (HOSTILE,), "http://here.example/", "javascript:alert(1)"
    )
    feed = _parsed(as_atom(_feed(entry)))
    (read,) = feed.entries
    assert read.content[0].type == "text/plain"
    assert read.content[0].value == '<script>alert("x")</script> & ]]> javascript:alert(1) \u202egnol\ufffd\ufffd\ufffd'
    assert [link.href for link in read.links] == ["http://here.example/"]


def test_a_feed_without_entries_is_valid_too():
    feed = _parsed(as_atom(_feed()))
    assert (feed.feed.updated, feed.entries) == (NEVER, [])


@given(st.text(), st.text(), st.one_of(st.none(), st.text(max_size=12)))
def test_whatever_was_printed_makes_a_valid_feed(title, text, day):
    _parsed(as_atom(_feed(Entry("urn:onrecord:stm-0", title, text, day, (), "http://here.example/"))))
