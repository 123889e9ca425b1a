import io
import time

import pytest
from tests.sources.samples import CSV

from onrecord.records import InputError, MalformedError, NotTextError, RawDocument, TooLargeError
from onrecord.sources import open_source


def read(tmp_path, data, name="t.csv", **options):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(open_source(str(path), **options)), str(path)


def test_a_row_is_a_document_with_what_its_columns_tell(tmp_path):
    (first, second), path = read(tmp_path, CSV)
    assert first == RawDocument(
        origin=f"{path}:2",
        source_id="1",
        text="It is so,\nhe said.",
        title="T",
        url="https://e.example/1",
        outlet="The Pier",
        published="2020-05-04",
        byline="Ada",
    )
    assert second == RawDocument(origin=f"{path}:4", source_id="2", text="Two")  # an empty cell tells nothing


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t.tsv", b"id\ttext\n1\tIt is, so.\n"),
        ("t.csv", b'text;id\r\n"It is, so.";1\r\n'),
        ("t.csv", b'\n\nid,text\n\n1,"It is, so."\n\n'),
        ("t.csv", '\ufeffid,text,other\n1,"It is, so.",x'.encode()),
        ("t.csv", 'id,text\n1,"It is, so."'.encode("utf-16")),
        ("t.csv", b'"id","TEXT "\n1,"It is, so."'),
        ("table", b'id,text\n1,"It is, so."'),
    ],
)
def test_delimiters_marks_and_names_as_programs_write_them(tmp_path, name, data):
    (document,), _ = read(tmp_path, data, name)
    assert (document.source_id, document.text) == ("1", "It is, so.")


def test_a_table_in_an_old_encoding_is_read(tmp_path):
    (document,), _ = read(tmp_path, "id,text\n1,“Café”, ".replace(", ", "").encode("cp1252"))
    assert document.text == "“Café”"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1,a,b", "has 3 fields where the first row names 2 columns"),
        ("1", "has 1 fields"),
        (",x", '"id" is empty'),
        ('1,"a"b', "not a row"),
        ("1," + "x" * 1001, "1,001 bytes"),
        ("1," + "x" * 200_000, "more than 1,000 bytes"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_read(tmp_path, row, why):
    (first, error, last), path = read(tmp_path, f"id,text\n1,ok\n{row}\n2,ok\n", max_bytes=1000)
    assert isinstance(first, RawDocument) and isinstance(last, RawDocument)
    assert error.origin == f"{path}:3"
    assert why in error.reason


def test_bytes_that_are_no_utf_8_spoil_one_row(tmp_path):
    rows = b"id,text\n" + b"1,ok ok ok ok\n" * 10_000 + b"2,caf\xe9\n3,ok\n"
    documents, path = read(tmp_path, rows)
    assert isinstance(documents[-2], NotTextError) and documents[-2].origin == f"{path}:10002"
    assert documents[-1].text == "ok"


def test_a_mark_left_open_is_told(tmp_path):
    (first, error), _ = read(tmp_path, 'id,text\n1,ok\n2,"open\nand on\n')
    assert isinstance(first, RawDocument)
    assert "never closed" in error.reason
    begun = time.process_time()
    outcomes, _ = read(tmp_path, 'id,text\n1,"open\n' + "a line of words\n" * 130_000)
    assert "left open" in outcomes[0].reason
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    ("header", "kind", "why"),
    [
        ("a,b", MalformedError, 'no column is named "id"'),
        ("id,body", MalformedError, 'no column is named "text"'),
        ("id,text,Text", MalformedError, 'two columns are named "text"'),
        ('id,"text', MalformedError, "does not name columns"),
        ("\x00\x01", NotTextError, "binary"),
    ],
)
def test_a_table_without_its_columns_is_one_error(tmp_path, header, kind, why):
    (error,), _ = read(tmp_path, f"{header}\n1,2\n")
    assert type(error) is kind
    assert why in error.reason


def test_a_zero_byte_in_a_row_costs_that_row_alone(tmp_path):
    (first, error, last), path = read(tmp_path, "id,text\n1,one\n2,a\x00b\n3,three\n")
    assert (first.text, last.text) == ("one", "three")
    assert isinstance(error, NotTextError) and error.origin == f"{path}:3" and "zero byte" in error.reason


def test_a_field_may_be_as_large_as_a_text(tmp_path):
    words = "word " * 100_000
    (document,), _ = read(tmp_path, f'id,text\n1,"{words}"\n')
    assert document.text == words
    (error,), _ = read(tmp_path, f"id,text\n1,{words}\n", max_bytes=1000)
    assert isinstance(error, TooLargeError)


def test_an_empty_table_gives_nothing_and_prose_is_no_table(tmp_path):
    assert read(tmp_path, "")[0] == []
    assert read(tmp_path, "id,text\n")[0] == []
    (prose,) = open_source("-", stdin=io.BytesIO(b"The id, he wrote, is in the text.\n"))
    assert not isinstance(prose, InputError) and prose.text.startswith("The id")


NAMED = "ID;Body;Headline;text\n1;It is so.;T;a label\n"


@pytest.mark.parametrize("columns", ["id=ID,text=Body,title=Headline", ' text = body ,ID=id,"title=headline"'])
def test_columns_may_be_declared(tmp_path, columns):
    (document,), path = read(tmp_path, NAMED, columns=columns)
    assert document == RawDocument(origin=f"{path}:2", source_id="1", text="It is so.", title="T")
    (document,) = open_source("-", stdin=io.BytesIO(NAMED.encode()), columns=columns)
    assert (document.origin, document.text) == ("stdin:2", "It is so.")


def test_a_declared_column_may_have_a_comma_in_its_name(tmp_path):
    (document,), _ = read(tmp_path, 'id,"Text, full"\n1,It is so.\n', columns='"text=Text, full"')
    assert document.text == "It is so."


def test_a_declared_column_must_be_there(tmp_path):
    (error,), path = read(tmp_path, NAMED, columns="id=ID,text=Story")
    assert type(error) is MalformedError and error.origin == f"{path}:1"
    told = 'no column is named "story", in any letter case, which is declared to hold "text"'
    assert error.reason == f"{told}; there are ID, Body, Headline, text"


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ("txt=Body", "'txt' is none of the fields id, text, title"),
        ("Body", "'Body' is no pair such as text=Body"),
        ("text=", "is no pair"),
        ("text=Body,text=Story", "one field a column"),
        ("text=Body,title=body", "one column a field"),
        ("", "names no column"),
        ('"text=Body', "not a list of pairs"),
    ],
)
def test_a_declaration_that_is_none_is_told(tmp_path, columns, why):
    (error,), _ = read(tmp_path, NAMED, columns=columns)
    assert error.origin == "columns" and why in error.reason


def test_columns_that_are_not_taken_and_rows_without_a_text_are_told(tmp_path, caplog):
    path = tmp_path / "rows.csv"
    path.write_text("id,Headline,text,Desk,\n1,The dam,It held.,north,x\n2,The mill,,south,\n", encoding="utf-8")
    assert [d.source_id for d in open_source(str(path))] == ["1", "2"]
    told = [record.getMessage() for record in caplog.records]
    assert told == [
        f"{path}: not taken: the columns Headline, Desk, one without a name (--columns title=… says which holds a field)",
        f"{path}:3: has no text",
    ]
    caplog.clear()
    assert [d.title for d in open_source(str(path), columns="title=Headline")] == ["The dam", "The mill"]
    assert "not taken: the columns Desk," in caplog.text
    assert "Headline" not in caplog.text
