"""Valid inputs bent in many ways, and what must hold of everything that is read from them."""

from __future__ import annotations

import faulthandler
import gzip
import io
import time

from hypothesis import strategies as st
from tests.sources.samples import ALL

from onrecord.articles import build_article
from onrecord.records import Article, InputError, MalformedError, RawDocument
from onrecord.sources import feed_entries, open_source

HANGS = 120.0  # by the clock: what does not come back is never measured, so the run is ended, and hangs.txt beside it says where
SECONDS = 10.0  # of this process's own time: a busy machine is no fault of an input's
MAX_BYTES = 100_000

PIECES = [
    b"\0", b"\xff", b"\x80" * 9, b'"', b"'", b"<", b">", b"]]>", b"<![CDATA[", b"<!--", b"&amp;", b"&#x0;",
    b"&#xD800;", b"\\u0000", b"\\ud800", b"[" * 300, b"{" * 300, b"<div>" * 300, b"9" * 5000, b"-1", b"1e999",
    b"null", b"\r", b"\n", b"\r\n\r\n", b"\t", b",", b";", b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"<?xml version='1.0' encoding='utf-7'?>", b"encoding='undefined'", b"WARC/1.0\r\n",
    b"Content-Length: 99999999999999999999\r\n", b"Content-Length: -5\r\n", b"HTTP/1.1 200 OK\r\n", b"\x1f\x8b",
    b"\xef\xbb\xbf", b"\xff\xfe", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: br\r\n", b"ffffffffff\r\n",
    b"\xe2\x80\xae", b"charset=x\r\n",
]  # fmt: skip
"""What breaks readers: marks of each format in the wrong place, sizes that lie, depth, halves of characters."""


@st.composite
def bent(draw):
    """A name (the kind) and the bytes of a sample with pieces cut out, put in, doubled, or turned over."""
    name = draw(st.sampled_from(sorted(ALL)))
    data = ALL[name]
    # Bent bytes of a packed file are hardly ever a packed file: its inside is bent, too, and packed again.
    packed = data.startswith(b"\x1f\x8b") and draw(st.booleans())
    data = gzip.decompress(data) if packed else data
    for _ in range(draw(st.integers(1, 6))):
        data = draw(st.sampled_from(BENDS))(draw, data)
    return name, gzip.compress(data, 1, mtime=0) if packed else data


def _at(draw, data):
    return draw(st.integers(0, len(data)))


def _cut(draw, data):
    begin = _at(draw, data)
    return data[:begin] + data[begin + draw(st.integers(1, 200)) :]


def _end(draw, data):
    return data[: _at(draw, data)]


def _put(draw, data):
    at = _at(draw, data)
    return data[:at] + draw(st.sampled_from(PIECES)) + data[at:]


def _over(draw, data):
    at, piece = _at(draw, data), draw(st.sampled_from(PIECES) | st.binary(min_size=1, max_size=8))
    return data[:at] + piece + data[at + len(piece) :]


def _twice(draw, data):
    begin = _at(draw, data)
    part = data[begin : begin + draw(st.integers(1, 400))]
    return data[:begin] + part * draw(st.integers(2, 20)) + data[begin:]


def _in_utf_16(draw, data):
    return data.decode("utf-8", "replace").encode("utf-16")


BENDS = [_cut, _end, _put, _put, _over, _over, _twice, _in_utf_16]


def prove(name, data, folder):
    """Nothing is raised, nothing takes long, and each outcome is a document or an error that names where it is from.

    Each document makes an article; a page may break its parser, as MalformedError.
    """
    path = folder / name
    path.write_bytes(data)
    begun = time.process_time()
    with (folder / "hangs.txt").open("w") as trace:
        faulthandler.dump_traceback_later(HANGS, exit=True, file=trace)
        try:
            _hold(str(path), open_source(str(path), max_bytes=MAX_BYTES))
            _hold("stdin", open_source("-", stdin=io.BytesIO(data), max_bytes=MAX_BYTES))
            _hold("feed", feed_entries(data, "feed", max_bytes=MAX_BYTES))
        finally:
            faulthandler.cancel_dump_traceback_later()
    taken = time.process_time() - begun
    assert taken < SECONDS, f"{taken:.1f} s"


def _hold(origin, outcomes):
    for outcome in outcomes:
        assert isinstance(outcome, RawDocument | InputError)
        assert outcome.origin == origin or outcome.origin.removeprefix(f"{origin}:").isdecimal()
        if isinstance(outcome, InputError):
            assert outcome.reason
            continue
        assert (outcome.text is None) != (outcome.html is None)
        assert len((outcome.text if outcome.html is None else outcome.html).encode()) <= MAX_BYTES * 3 + 1000
        for told in (outcome.source_id, outcome.title, outcome.url, outcome.outlet, outcome.byline, outcome.published):
            assert told is None or told.encode() is not None  # it can be written down
        assert outcome.status in {"usable", "withheld", "canceled"}
        _build(outcome)


def _build(document):
    try:
        article = build_article(document)
    except MalformedError as error:
        assert document.html is not None and error.origin == document.origin and error.reason
        return
    assert isinstance(article, Article)
    for spans in (article.paragraphs, article.sentences, article.furniture):
        assert all(0 <= span.start < span.end <= len(article.text) for span in spans)
    assert document.html is not None or article.text == document.text
