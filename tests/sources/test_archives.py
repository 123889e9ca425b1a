import gzip
import zlib

import pytest
from tests.sources.samples import ALL, PAGE, WARC, http, record

from onrecord.records import MalformedError, RawDocument, TooLargeError
from onrecord.sources import open_source


def read(tmp_path, data, name="a.warc", **options):
    (tmp_path / name).write_bytes(data)
    return list(open_source(str(tmp_path / name), **options))


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "crawl"])
def test_pages_are_read_with_address_and_moment_and_the_rest_is_passed_over(tmp_path, name):
    data = ALL["a.warc"] if name == "a.warc" else ALL["a.warc.gz"]
    documents = read(tmp_path, data, name)
    assert [d.origin for d in documents] == [f"{tmp_path / name}:{n}" for n in (2, 3, 4)]
    assert documents[0] == RawDocument(
        origin=f"{tmp_path / name}:2",
        source_id="urn:uuid:2",
        html=PAGE,
        url="https://pier.example/2",
        retrieved="2020-05-04T10:00:00Z",
    )
    assert documents[1].html == PAGE
    assert documents[2].text == "plain words"


def test_only_what_was_found_is_read(tmp_path):
    archive = (
        record(http(b"moved", "301 Moved"), 1)
        + record(http(b"none", "404 Not Found"), 2)
        + record(http(b"\x89PNG", content_type="image/png"), 3)
        + record(b"GET / HTTP/1.1\r\n\r\n", 4, "request", "application/http; msgtype=request")
        + record(http(b"seen before"), 5, "revisit")
        + record(b"no http at all", 6)
        + record(http(PAGE.encode()), 7)
    )
    outcomes = read(tmp_path, archive)
    assert [o.origin[-2:] for o in outcomes if isinstance(o, RawDocument)] == [":7"]


@pytest.mark.parametrize(
    ("coding", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", lambda d: zlib.compress(d)[2:-4]), ("br", None)],
)
def test_bodies_are_unpacked(tmp_path, coding, pack):
    if pack is None:
        pack = pytest.importorskip("brotli").compress
    (document,) = read(tmp_path, record(http(pack(PAGE.encode()), Content_Encoding=coding)))
    assert document.html == PAGE


def test_a_body_in_chunks_is_joined_and_one_joined_already_is_left(tmp_path):
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE.encode())
    for body in (chunked, PAGE.encode()):
        (document,) = read(tmp_path, record(http(body, Transfer_Encoding="chunked")))
        assert document.html == PAGE


def test_the_charset_that_the_server_declared_is_used(tmp_path):
    (document,) = read(tmp_path, record(http("<p>Řekl</p>".encode("iso8859_2"))))
    assert document.html == "<p>Řekl</p>"


def test_a_damaged_body_is_one_error_and_the_next_record_is_read(tmp_path):
    bad = record(http(b"no gzip", Content_Encoding="gzip"), 1)
    bomb = record(http(gzip.compress(b"x" * 5_000_000), Content_Encoding="gzip"), 2)
    large = record(http(b"x" * 2000), 3)
    outcomes = read(tmp_path, bad + bomb + large + record(http(b"<p>x"), 4), max_bytes=1000)
    assert [type(o) for o in outcomes] == [MalformedError, TooLargeError, TooLargeError, RawDocument]
    assert [o.origin[-2:] for o in outcomes] == [":1", ":2", ":3", ":4"]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_of_a_truncated_archive_what_was_read_before_stays(tmp_path, name):
    for cut in range(20, 700, 37):
        *documents, last = read(tmp_path, ALL[name][:-cut], name)
        assert all(d.html == PAGE or d.text == "plain words" for d in documents)
        assert isinstance(last, MalformedError)
        assert cut > 600 or documents


def test_junk_ends_an_archive_with_an_error(tmp_path):
    first, *_, error = read(tmp_path, WARC + b"junk " * 20)
    assert isinstance(first, RawDocument)
    assert type(error) is MalformedError
    assert "damaged after record 4" in error.reason
    (error,) = read(tmp_path, b"junk " * 20)
    assert "no WARC archive" in error.reason


@pytest.mark.parametrize(("magic", "name"), [(b"\x28\xb5\x2f\xfd", "zstd"), (b"\x04\x22\x4d\x18", "lz4")])
def test_other_compressions_are_refused_by_name(tmp_path, magic, name):
    for inside in (magic + b"\x00" * 50, gzip.compress(magic + b"\x00" * 50)):
        (error,) = read(tmp_path, inside)
        assert type(error) is MalformedError and f"compressed with {name}" in error.reason
