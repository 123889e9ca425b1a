import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import InputError, MalformedError, NotFoundError, NotTextError, RawDocument, TooLargeError
from onrecord.sources import MAX_TEXT_BYTES, open_source
from onrecord.sources.streams import Peeked

ROW = b'{"id": "r1", "text": "It is so."}\n'


def write(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return str(path)


def one(name, **options):
    (document,) = open_source(name, **options)
    return document


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"<html><p>Kept as it is", "text"),
        ("a.TXT", b"plain", "text"),
        ("a.html", b"no tags at all", "html"),
        ("a.htm", b"<p>x", "html"),
        ("a.page", b"\n <!DOCTYPE html><p>x", "html"),
        ("a", b"<?xml version='1.0'?>\n<!-- made by hand -->\n<HTML><p>x", "html"),
        ("a.md", b"The <p> is a tag", "text"),
        ("a.md", b"<p-values are small", "text"),
        ("a", b"<head><title>x</title>", "html"),
        ("a", b"<body class='x'>x", "html"),
        ("a", b"\n<div>x", "html"),
        ("a", b"<article>x", "html"),
        ("a", b"<p>x", "html"),
        ("a", b"[1] A note", "text"),
        ("a", b"[Update] It is so.", "text"),
        ("a", b"{curly} It is so.", "text"),
        ("a", b"[" * 100_000, "text"),
        ("a.jsonl", ROW, "row"),
        ("a.ndjson", ROW, "row"),
        ("a.json", ROW, "row"),
    ],
)
def test_the_suffix_tells_the_kind_and_else_the_content(tmp_path, name, data, kind):
    document = one(write(tmp_path, name, data))
    assert isinstance(document, RawDocument)
    assert document.source_id == ("r1" if kind == "row" else "a")
    assert (document.html is not None) == (kind == "html")
    if kind != "row":
        assert (document.text or document.html) == data.decode()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.log", b'{"level": "info"}\n', "JSON: expected"),
        ("a", b'{"level": "info"}\n{"level": "warn"}\n', "JSON: expected"),
        ("a.json", b'[\n {"id": "1", "title": "x"}\n]\n', "a JSON list: expected"),
        ("a.json", b'{\n "title": "x"\n}\n', "JSON: expected"),
        ("a.xml", b"<?xml version='1.0'?>\n<urlset><url><loc>x</loc></url></urlset>", "XML: expected"),
    ],
)
def test_data_of_another_format_is_not_read_as_prose(tmp_path, name, data, why):
    error = one(write(tmp_path, name, data))
    assert type(error) is MalformedError
    assert error.reason.startswith(why)
    assert 'JSON with "id" and "text"' in error.reason


CUT = b'[{"id": "1", "text": "Lane said yes."}, {"id": "2", "te'


@pytest.mark.parametrize(
    ("name", "data", "where"),
    [
        ("a.json", CUT, ":1"),
        ("a.json", CUT.replace(b", ", b",\n"), ":4"),
        ("a.json", b'{"uri": "u", "body_text": "x', ":1"),
        ("a.json", b"", ""),
        ("a.json", b"{curly} It is so.", ""),
        ("a.json", b'{"x": ' + b"9" * 5000 + b"}", ""),
    ],
)
def test_a_file_that_is_called_json_and_breaks_off_is_no_prose(tmp_path, name, data, where):
    path = write(tmp_path, name, data)
    error = one(path)
    assert type(error) is MalformedError
    assert error.origin == f"{path}{where}"
    assert error.reason.startswith("not JSON")


def test_json_that_breaks_off_is_no_prose_whatever_it_is_called():
    (error,) = open_source("-", stdin=io.BytesIO(CUT))
    assert isinstance(error, MalformedError)
    assert error.reason.startswith("JSON that breaks off or is damaged")


def test_an_empty_file_is_an_empty_document(tmp_path):
    assert one(write(tmp_path, "e.txt", b"")).text == ""
    assert one(write(tmp_path, "e", b"")).text == ""
    assert one(write(tmp_path, "e.html", b"")).html == ""
    assert list(open_source(write(tmp_path, "e.jsonl", b""))) == []


def test_what_cannot_be_read_comes_out_as_a_value(tmp_path):
    secret = tmp_path / "big.txt"
    secret.write_bytes(b"x" * 11)
    cases = {
        str(tmp_path / "none.txt"): (NotFoundError, "no such file"),
        str(tmp_path / "*.none"): (NotFoundError, "no file matches it"),
        "zero\0byte": (NotFoundError, "no such file"),
        "": (InputError, "an empty name"),
        " ": (InputError, "an empty name"),
        "www.example.com/x": (NotFoundError, "write https://www.example.com/x"),
        "news.example.org/x": (NotFoundError, "write https://news.example.org/x"),
        "x" * 5000: (InputError, "name too long"),
        str(secret): (TooLargeError, "11 bytes; the cap on one text is 10 bytes"),
        write(tmp_path, "b.txt", b"\x00\x01\x02"): (NotTextError, "binary"),
        "ftp://e.example/x": (InputError, "ftp addresses are not read"),
    }
    for name, (kind, why) in cases.items():
        error = one(name, max_bytes=10)
        assert type(error) is kind
        assert why in error.reason.lower() or why in error.reason
        assert error.origin == {"zero\0byte": "zero\\0byte", "": '""', " ": '" "'}.get(name, name)


def test_the_cap_is_exact_and_holds_for_unknown_kinds_too(tmp_path):
    assert isinstance(one(write(tmp_path, "a.txt", b"x" * 10), max_bytes=10), RawDocument)
    assert isinstance(one(write(tmp_path, "a", b"x" * 10), max_bytes=10), RawDocument)
    assert isinstance(one(write(tmp_path, "a", b"x" * 11), max_bytes=10), TooLargeError)
    assert isinstance(one(write(tmp_path, "a.html", b"x" * 11), max_bytes=10), TooLargeError)
    assert MAX_TEXT_BYTES == 2_000_000


def test_a_file_of_rows_may_be_longer_than_one_text(tmp_path):
    rows = b"".join(b'{"id": "%d", "text": "0123456789"}\n' % n for n in range(50))
    for name in ("many.jsonl", "many"):
        assert len([d for d in open_source(write(tmp_path, name, rows), max_bytes=40) if d.text]) == 50


def test_standard_input_is_any_kind():
    assert one("-", stdin=io.BytesIO(b"plain")).text == "plain"
    assert one("-", stdin=io.BytesIO(b"<!doctype html><p>x")).html is not None
    row = one("-", stdin=io.BytesIO(ROW))
    assert (row.origin, row.source_id) == ("stdin:1", "r1")
    assert one("-", stdin=io.BytesIO(b"plain")).source_id is None
    assert isinstance(one("-", stdin=io.BytesIO(b"x" * 11), max_bytes=10), TooLargeError)
    assert isinstance(one("-"), NotFoundError)


def test_a_megabyte_on_one_line_is_read(tmp_path):
    line = "word " * 200_000
    assert one(write(tmp_path, "long.txt", line.encode())).text == line
    assert one("-", stdin=io.BytesIO(json.dumps({"id": "1", "text": line}).encode())).text == line


def test_the_charset_that_a_page_declares_is_used(tmp_path):
    page = "<html><head><meta charset='iso-8859-2'></head><p>Řekl to starosta</p>"
    assert one(write(tmp_path, "cz.html", page.encode("iso8859_2"))).html == page


def test_a_stream_that_breaks_is_an_error():
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise OSError(5, "Input/output error")

    assert one("-", stdin=Broken()).reason == "Input/output error"


@pytest.mark.parametrize("end", ["", "\n"])  # an odd number of bytes would be refused as UTF-16 in any case
def test_a_page_that_calls_itself_utf_16_in_ascii_is_not(tmp_path, end):
    page = f"<html><head><meta charset='utf-16'></head><p>“Café”, she said</p>{end}"
    assert one(write(tmp_path, "p.html", page.encode("cp1252"))).html == page


@given(st.binary(max_size=60), st.lists(st.tuples(st.booleans(), st.integers(-1, 20)), max_size=20))
def test_what_was_peeked_at_is_read_once(data, steps):
    stream, rest = Peeked(io.BytesIO(data)), data
    for peeks, size in steps:
        if peeks:
            assert stream.peek(max(size, 0)) == rest[: max(size, 0)]
        else:
            part = stream.read(size)
            assert rest.startswith(part) and (part or not rest or not size)
            assert size >= 0 or part == rest
            rest = rest[len(part) :]
    assert (stream.read(), stream.tell()) == (rest, len(data))
