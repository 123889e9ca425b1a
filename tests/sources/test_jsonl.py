import io
import json
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import InputError, MalformedError, NotTextError, RawDocument, TooLargeError
from onrecord.sources import open_source
from onrecord.sources.jsonl import is_row, rows

CAP = 1000


def read(*lines, cap=CAP):
    return list(rows([b"\n".join(lines)], "f.jsonl", max_bytes=cap, columns={}))


def test_a_line_is_a_document_with_what_it_tells():
    fields = {
        "id": "a1",
        "text": " One.\r\nTwo. ",
        "title": "T",
        "url": "https://e.example/1",
        "outlet": "The Pier",
        "published": "2020-05-04",
        "byline": "Ada Brun",
        "unknown": [1],
    }
    assert read(json.dumps(fields).encode()) == [
        RawDocument(
            origin="f.jsonl:1",
            source_id="a1",
            text=" One.\nTwo. ",
            title="T",
            url="https://e.example/1",
            outlet="The Pier",
            published="2020-05-04",
            byline="Ada Brun",
        )
    ]


def test_an_exported_article_comes_back_with_all_it_told():
    fields = {
        "updated": "2020-05-05T10:00:00Z",
        "retrieved": "2020-05-06T10:00:00Z",
        "agency": "Harbour Wire",
        "status": "withheld",
        "revision": 3,
    }
    (document,) = read(json.dumps({"id": "1", "text": "x", **fields}).encode())
    assert document == RawDocument(origin="f.jsonl:1", source_id="1", text="x", **fields)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("status", "draft", "usable"),
        ("status", ["canceled"], "usable"),
        ("status", None, "usable"),
        ("revision", "12", 12),
        ("revision", True, None),
        ("revision", -1, None),
        ("revision", 1.5, None),
        ("revision", 10**40, None),
        ("revision", "9" * 5000, None),
        ("retrieved", 1588550400, None),
    ],
)
def test_a_field_of_an_export_that_is_of_another_kind_is_left_out(field, value, kept):
    (document,) = read(json.dumps({"id": "1", "text": "x", field: value}).encode(), cap=10_000)
    assert getattr(document, field) == kept


def test_a_number_serves_as_id_and_null_as_absence():
    (document,) = read(b'{"id": 7, "text": "", "title": null}')
    assert (document.source_id, document.text, document.title) == ("7", "", None)


def test_an_optional_field_of_another_kind_is_left_out_and_the_row_kept():
    line = b'{"id": "1", "text": "x", "retrieved": 1588550400, "title": ["T"], "byline": ["A", "B"], "url": {}, "outlet": "O"}'
    assert read(line) == [RawDocument(origin="f.jsonl:1", source_id="1", text="x", outlet="O")]
    (document,) = read(b'{"id": "1", "text": "x", "title": "a \\ud800 b"}')
    assert document.title is None


@pytest.mark.parametrize(
    ("value", "kept"), [("20240506", "20240506"), ("1588550400", "1588550400"), ('["May"]', '["May"]'), ("null", None)]
)
def test_a_day_of_publication_is_kept_as_it_is_written(value, kept):
    (document,) = read(b'{"id": "1", "text": "x", "published": %s}' % value.encode())
    assert document.published == kept


@pytest.mark.parametrize(
    ("line", "kind", "why"),
    [
        (b"{", MalformedError, "not JSON .*column 2"),
        (b"[]", MalformedError, "not a JSON object"),
        (b'{"text": "x"}', MalformedError, 'lacks "id"'),
        (b'{"id": "1"}', MalformedError, 'lacks "text"'),
        (b'{"id": null, "text": "x"}', MalformedError, '"id" is null'),
        (b'{"id": "", "text": "x"}', MalformedError, '"id" is empty'),
        (b'{"id": true, "text": "x"}', MalformedError, '"id" is true'),
        (b'{"id": 1.5, "text": "x"}', MalformedError, '"id" is a number'),
        (b'{"id": "1", "text": {}}', MalformedError, '"text" is an object'),
        (b'{"id": "1", "text": ["x"]}', MalformedError, '"text" is a list'),
        (b'{"id": "1", "text": "a \\ud800 b"}', NotTextError, "surrogate"),
        (b'{"id": "1", "text": "caf\xe9"}', NotTextError, "not UTF-8"),
        (b"[" * 100_000, MalformedError, "too deep"),
        (b'{"id": ' + b"9" * 5000 + b', "text": "x"}', MalformedError, "too long"),
        (b'{"id": "1", "text": "' + b"x" * 1001 + b'"}', TooLargeError, r"1,001 bytes; the cap on one text is 1,000"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line, kind, why):
    good = b'{"id": "ok", "text": "fine"}'
    first, error, last = read(good, line, good, cap=CAP if len(line) < 6000 or kind is TooLargeError else 200_000)
    assert isinstance(first, RawDocument)
    assert isinstance(last, RawDocument)
    assert type(error) is kind
    assert error.origin == "f.jsonl:2"
    with pytest.raises(kind, match=why):
        raise error


def test_blank_lines_count_as_lines_and_give_nothing():
    (document,) = read(b"", b"  \r", b'{"id": "1", "text": "x"}', b"")
    assert document.origin == "f.jsonl:3"


def test_marks_of_utf_8_and_utf_16_are_read_over():
    line = '{"id": "1", "text": "café"}\n{"id": "2", "text": "b"}'
    for encoding in ("utf-8-sig", "utf-16"):
        assert [d.text for d in rows([line.encode(encoding)], "f", max_bytes=CAP, columns={})] == ["café", "b"]


def test_a_binary_file_is_one_error_and_not_thousands():
    for data in (b"\x00\n\x01\n\x02\n", b"\x89PNG\n\x00\x01\n", '{"id": "1", "text": "a"}\n'.encode("utf-16-le")):
        (error,) = rows([data], "f.jsonl", max_bytes=CAP, columns={})
        assert isinstance(error, NotTextError)


def test_a_zero_byte_in_a_row_costs_that_row_alone():
    good = b'{"id": "1", "text": "caf\xc3\xa9"}'
    first, error, last = rows([good + b'\n{"id": "2", "text": "a\x00b"}\n' + good], "f", max_bytes=CAP, columns={})
    assert first.text == last.text == "café"
    assert isinstance(error, InputError) and error.origin == "f:2"
    error, last = rows([b'{"id": "2", "text": "a\x00b"}\n' + good], "f", max_bytes=CAP, columns={})
    assert isinstance(error, InputError) and error.origin == "f:1" and last.text == "café"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=5), st.integers(1, 9))
def test_however_the_stream_is_cut_the_rows_are_the_same(texts, size):
    data = b"\n".join(json.dumps({"id": str(n), "text": t}).encode() for n, t in enumerate(texts))
    chunks = [data[k : k + size] for k in range(0, len(data), size)]
    wanted = [t.replace("\r\n", "\n").replace("\r", "\n") for t in texts]
    assert [d.text for d in rows(chunks, "f", max_bytes=CAP, columns={})] == wanted


def test_an_endless_line_is_passed_over_without_being_held():
    chunk = b"x" * 65536
    stream = [b'{"id": "1", "text": "', *[chunk] * 200, b'"}\n{"id": "2", "text": "b"}\n']
    tracemalloc.start()
    started = time.perf_counter()
    error, document = rows(stream, "f", max_bytes=CAP, columns={})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(error, TooLargeError)
    assert document.text == "b"
    assert peak < 3_000_000
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b'{"text": "x"}', True),
        (b'\xef\xbb\xbf {"text": ""}', True),
        (b'{"id": "x"}', False),
        (b"[1]", False),
        (b"{broken", False),
        (b"{" * 100_000, False),
    ],
)
def test_a_row_is_told_from_plain_text(line, told):
    assert is_row(line, {}) is told


STORY = '{"ID": 7, "Story": "It held.", "text": "a label", "day": "2031-02-03", "desk": "north"}\n'


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a"])
def test_fields_may_be_declared_as_columns_are(tmp_path, name):
    path = tmp_path / name
    path.write_text(f"[{STORY}]" if name == "a.json" else STORY, encoding="utf-8")
    (document,) = open_source(str(path), columns="id=ID,text=Story,published=Day")
    assert (document.source_id, document.text, document.published) == ("7", "It held.", "2031-02-03")


def test_declared_fields_tell_rows_from_prose():
    (document,) = open_source("-", stdin=io.BytesIO(b'{"id": "1", "body": "It held."}\n'), columns="text=body")
    assert (document.origin, document.text) == ("stdin:1", "It held.")


def test_a_row_may_lack_what_is_declared(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "1", "text": "It held.", "title": "Dam"}\n{"id": "2", "head": "Mill"}\n', encoding="utf-8")
    first, second = open_source(path, columns="title=head")
    assert (first.title, second.reason) == (None, 'lacks "text"')


def test_what_a_row_lacks_is_named_as_it_is_declared():
    (error,) = rows([b'{"id": "1", "text": "It held."}'], "f", max_bytes=CAP, columns={"body": "text"})
    assert (error.origin, error.reason) == ("f:1", 'lacks "body", which is declared to hold "text"')


def test_fields_of_another_kind_are_told_once(caplog):
    row = b'{"id": 1, "text": "It held.", "title": null, "outlet": ["Pier"], "byline": {"name": "Ada"}, "published": 20310203}\n'
    assert len(list(rows([row * 2], "f", max_bytes=CAP, columns={}))) == 2
    told = "f: not taken: the fields outlet, byline (they hold no strings)"
    assert [record.getMessage() for record in caplog.records] == [told]


def test_fields_that_are_not_taken_are_told_once(tmp_path, caplog):
    path = tmp_path / "a.jsonl"
    path.write_text('3\n{"id": "1", "text": "One.", "Date": "2031-02-03"}\n' * 2, encoding="utf-8")
    assert len(list(open_source(str(path)))) == 4
    told = f"{path}: not taken: the fields Date (--columns title=… says which holds a field)"
    assert [record.getMessage() for record in caplog.records] == [told]


@pytest.mark.parametrize(
    ("name", "data"), [("a.jsonl", ""), ("a.ndjson", "\n\n"), ("a.csv", ""), ("b.csv", "id,text\n\n")]
)
def test_a_table_without_a_row_is_told(tmp_path, caplog, name, data):
    path = tmp_path / name
    path.write_text(data, encoding="utf-8")
    assert list(open_source(str(path))) == []
    assert [record.getMessage() for record in caplog.records] == [f"{path}: has no rows"]


def test_a_table_all_of_whose_rows_fail_is_not_empty(tmp_path, caplog):
    for name, data in (("a.jsonl", "{\n"), ("a.csv", "id,text\n1,2,3\n")):
        path = tmp_path / name
        path.write_text(data, encoding="utf-8")
        assert len(list(open_source(str(path)))) == 1
    assert "no rows" not in caplog.text
