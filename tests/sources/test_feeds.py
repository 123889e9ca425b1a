import time

import pytest
from tests.sources.samples import ATOM, RSS

from onrecord.articles import build_article
from onrecord.records import InputError, MalformedError, RawDocument, TooLargeError
from onrecord.sources import feed_entries, open_source


def entries(feed, **options):
    return list(feed_entries(feed if isinstance(feed, bytes) else feed.encode(), "f.xml", **options))


def test_an_entry_is_a_document_with_the_fullest_that_the_feed_holds():
    first, second, third, fourth = entries(RSS, url="https://pier.example/feed")
    assert "<p>The ferry will stay, Voss said.</p>" in first.html
    assert "<h1>Ferry stays &amp; waits</h1>" in first.html
    assert (first.origin, first.source_id, first.title) == ("f.xml:1", "tag:1", "Ferry stays & waits")
    assert (first.url, first.outlet, first.byline) == ("https://pier.example/a/1", "The Pier & Post", "Ada Brun")
    assert first.published == "Mon, 04 May 2020 23:30:00 -0500"
    assert "<p>Only a teaser.</p>" in second.html
    assert (second.byline, second.source_id) == ("Leo Stahl", "https://pier.example/2")
    assert third.text == third.title == "A title alone"
    assert isinstance(fourth, MalformedError) and fourth.origin == "f.xml:4"


def test_atom_is_read_with_its_own_names():
    first, second = entries(ATOM, url="https://pier.example/feed/")
    assert "<p>A body &lt; one</p>" in first.html
    assert (first.source_id, first.url, first.outlet) == ("urn:1", "https://pier.example/feed/x/1", "A & B")
    assert (first.byline, first.published, first.updated) == (
        "Ada Brun and Leo Stahl",
        "2020-05-03T10:00:00Z",
        "2020-05-04T10:00:00Z",
    )
    assert second.text == "Plain < text\non two lines"
    assert (second.published, second.updated, second.outlet) == ("2020-05-04T10:00:00Z", None, "Elsewhere")


def test_what_a_feed_holds_becomes_an_article():
    article = build_article(entries(RSS)[0])
    assert article.text == "Ferry stays & waits\n\nThe ferry will stay, Voss said.\n\n“It is not safe.”"
    assert (article.published.date, article.published.time) == ("2020-05-04", "2020-05-05T04:30:00Z")
    assert build_article(entries(RSS)[1]).text == "Two\n\nOnly a teaser."


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.1/x"> %a;]>',
        '<!-- <rss> --><!DOCTYPE rss SYSTEM "<!--" [<!ENTITY a "-->">]>',
        '<?xml version="1.0"?><!DOCTYPE rss [<!ELEMENT rss ANY><!ENTITY b "x">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_that_declares_entities_is_refused(prolog, encoding):
    (error,) = entries(f"{prolog}<rss><channel><item><title>&b;&a;</title></item></channel></rss>".encode(encoding))
    assert type(error) is MalformedError
    assert "entities" in error.reason


def test_an_external_document_type_is_not_fetched():
    feed = RSS.replace("<rss", '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd"><rss', 1)
    assert len(entries(feed)) == 4


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (RSS.replace("utf-8", "iso-8859-2").replace("Voss", "Řehoř").encode("iso8859_2", "replace"), None),
        (RSS.replace("Voss", "Řehoř").encode("utf-16"), None),
        (RSS.replace('encoding="utf-8"', "").replace("Voss", "Řehoř").encode("iso8859_2", "replace"), "iso-8859-2"),
        (RSS.replace("Voss", "Řehoř").encode(), "iso-8859-1"),
    ],
)
def test_encodings_are_told(data, charset):
    assert "Řehoř" in entries(data, charset=charset)[0].html


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes():
    first, *_ = entries(RSS.replace("</channel></rss>", "").replace("&amp; Post", "& Post"))
    assert isinstance(first, RawDocument)
    assert "The ferry will stay" in first.html
    large = RSS.encode() + b"<" * 600_000
    assert "too large to guess" in entries(large)[0].reason


@pytest.mark.parametrize("data", [b"", b"x", b"<html><p>x", b"<urlset/>", b"\x89PNG\0", b'{"a": 1}'])
def test_what_is_no_feed_is_one_error(data):
    (error,) = entries(data)
    assert isinstance(error, InputError)
    assert error.origin == "f.xml"


def test_the_caps_hold():
    assert isinstance(entries(RSS, max_bytes=20)[0], TooLargeError)
    (error,) = entries("<rss><channel>" + "<item/>" * 20_001 + "</channel></rss>")
    assert "more than 20,000 entries" in error.reason


@pytest.mark.parametrize(
    "filling", ["&a", "<x a='", "<item>", "<![CDATA[", "<!--", "<?", "<!", "<div>", "<item><description>"]
)
def test_broken_markup_takes_no_time_to_speak_of(filling):
    begun = time.process_time()
    entries("<rss><channel><item><description>" + filling * (100_000 // len(filling)))
    assert time.process_time() - begun < 10


def test_feeds_are_told_by_name_and_by_beginning(tmp_path):
    for name in ("a.rss", "a.atom", "a.xml", "feed"):
        (tmp_path / name).write_text(RSS)
        origins = [d.origin for d in open_source(str(tmp_path / name))]
        assert origins == [f"{tmp_path / name}:{n}" for n in (1, 2, 3, 4)]


def test_an_entry_that_the_feed_breaks_off_within_is_none():
    whole = (
        b"<rss version='2.0'><channel><item><title>One</title><description>The pier is closed.</description></item>"
        b"<item><title>Two</title><description>The harbour is open again, the mayor said.</description></item></channel></rss>"
    )
    cut = whole[: whole.index(b" again")]
    first, second = feed_entries(cut, "feed.xml")
    assert first.title == "One"
    assert (second.origin, second.reason) == ("feed.xml:2", "the feed breaks off within it")
    assert [entry.title for entry in feed_entries(whole, "feed.xml")] == ["One", "Two"]
