import gzip
import os

import pytest
from tests.sources.samples import ALL, ROWS

from onrecord.records import InputError, MalformedError, NotTextError, RawDocument, TooLargeError
from onrecord.sources import open_source


def lay(folder, **files):
    for name, data in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def names(root, outcomes):
    return [o.origin.removeprefix(f"{root}/") for o in outcomes]


def test_a_folder_is_read_to_its_depth_in_order(tmp_path):
    lay(tmp_path, b_txt=b"b", a__z_txt=b"z", a__a_html=b"<p>a", c_jsonl=ROWS, _hidden_txt=b"x", _git__a_txt=b"x")
    outcomes = list(open_source(str(tmp_path)))
    assert names(tmp_path, outcomes) == ["a/a.html", "a/z.txt", "b.txt", "c.jsonl:1", "c.jsonl:2"]


def test_what_nobody_named_and_is_no_text_is_passed_over(tmp_path):
    lay(
        tmp_path,
        photo_jpg=b"\xff\xd8\xff\xe0",
        film_mp4=b"\0\x01" * 4000,
        settings_json=b'{"a": 1}',
        commented_json=b'{"a": 1, // of a program\n}',
        map_xml=b"<?xml version='1.0'?><urlset/>",
        notes_md=b"He said so.",
        broken_txt=b"\0\x01",
        rows_json=b'[{"id": "1", "text": "x"}, {"id": "2"}]',
        torn_json=b'[{"id": "1", "text": "x"}, {"id": "2", "te',
    )
    outcomes = list(open_source(str(tmp_path), max_bytes=5000))
    assert names(tmp_path, outcomes) == ["broken.txt", "notes.md", "rows.json:1", "rows.json:2", "torn.json:1"]
    assert [type(o) for o in outcomes] == [NotTextError, RawDocument, RawDocument, MalformedError, MalformedError]
    (named,) = open_source(str(tmp_path / "photo.jpg"))
    assert isinstance(named, NotTextError)
    lay(tmp_path, long_md=b"word " * 2000)
    assert any(isinstance(o, TooLargeError) for o in open_source(str(tmp_path), max_bytes=5000))


def test_links_in_a_circle_and_pipes_do_no_harm(tmp_path):
    lay(tmp_path, a__b_txt=b"b")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    os.mkfifo(tmp_path / "pipe.txt")
    assert names(tmp_path, open_source(str(tmp_path))) == ["a/b.txt"]


def test_an_empty_folder_is_told(tmp_path):
    (error,) = open_source(str(tmp_path))
    assert isinstance(error, InputError)
    assert "nothing in it" in error.reason


def test_patterns_name_files_and_folders(tmp_path):
    lay(tmp_path, a_html=b"<p>a", b_html=b"<p>b", c_txt=b"c", d__e_html=b"<p>e")
    assert names(tmp_path, open_source(f"{tmp_path}/*.html")) == ["a.html", "b.html"]
    assert names(tmp_path, open_source(f"{tmp_path}/**/*.html")) == ["a.html", "b.html", "d/e.html"]
    assert names(tmp_path, open_source(f"{tmp_path}/[cd]*")) == ["c.txt", "d/e.html"]
    assert names(tmp_path, open_source(f"{tmp_path}/**/*")) == ["a.html", "b.html", "c.txt", "d/e.html"], "each once"
    assert names(tmp_path, open_source(f"{tmp_path}/**")) == ["a.html", "b.html", "c.txt", "d/e.html"]
    lay(tmp_path, **{"x[1]_txt": b"x"})
    assert names(tmp_path, open_source(f"{tmp_path}/x[1].txt")) == ["x[1].txt"]


@pytest.mark.parametrize("name", ALL)
def test_every_kind_is_read_by_name_and_from_standard_input(tmp_path, name):
    (tmp_path / name).write_bytes(ALL[name])
    by_name = [o for o in open_source(str(tmp_path / name)) if isinstance(o, RawDocument)]
    with (tmp_path / name).open("rb") as stream:
        by_beginning = [o for o in open_source("-", stdin=stream) if isinstance(o, RawDocument)]
    assert by_name
    assert [(d.text, d.html) for d in by_name] == [(d.text, d.html) for d in by_beginning]


def test_a_compressed_file_is_named_as_what_is_in_it(tmp_path):
    lay(tmp_path, a_txt_gz=gzip.compress(b"one") + gzip.compress(b" two") + b"\0" * 20, b_txt_gz=b"not packed at all")
    a, b = open_source(str(tmp_path))
    assert (a.source_id, a.text) == ("a", "one two")
    assert b.text == "not packed at all"


def test_a_compressed_file_that_breaks_off_gives_what_came_before(tmp_path):
    rows = b"".join(b'{"id": "%d", "text": "%s"}\n' % (n, os.urandom(40).hex().encode()) for n in range(100))
    lay(tmp_path, a_jsonl_gz=gzip.compress(rows)[:-2000], b_txt_gz=gzip.compress(b"It is so.")[:-4])
    *documents, cut, text = open_source(str(tmp_path))
    assert 10 < len([d for d in documents if isinstance(d, RawDocument)]) < 100
    assert "end before their time" in cut.reason
    assert isinstance(text, MalformedError)


def test_bombs_and_files_packed_in_themselves_are_refused(tmp_path):
    lay(tmp_path, a_txt_gz=gzip.compress(b"x" * 3_000_000), b_gz=gzip.compress(gzip.compress(b"x")))
    large, twice = open_source(str(tmp_path / "a.txt.gz")), open_source(str(tmp_path / "b.gz"))
    assert isinstance(next(large), TooLargeError)
    assert "more than once" in next(twice).reason
    lay(tmp_path, c_jsonl_gz=gzip.compress(b'{"id": "1", "text": "x"}\n' + b"\n" * 40_000_000, 1))
    first, bomb = open_source(str(tmp_path / "c.jsonl.gz"))
    assert isinstance(first, RawDocument)
    assert "more than 200 times" in bomb.reason
