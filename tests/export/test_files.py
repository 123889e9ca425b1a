"""A file or folder is there as a whole or not at all."""

from __future__ import annotations

import os
import stat

import pytest

from onrecord.export import export
from onrecord.export.files import new_file, new_folder
from onrecord.records import OutputError


def test_what_was_there_stays_when_writing_fails(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError), new_file(path) as out:
        out.write(b"half of")
        raise ZeroDivisionError
    assert path.read_text() == "before"
    assert os.listdir(tmp_path) == ["out.jsonl"]
    with new_file(path) as out:
        out.write(b"after")
        assert path.read_text() == "before"
    assert path.read_text() == "after"
    assert os.listdir(tmp_path) == ["out.jsonl"]


def test_a_new_file_has_the_rights_of_any_other(tmp_path):
    before = os.umask(0o027)
    try:
        with new_file(tmp_path / "out") as out:
            out.write(b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o640


def test_a_folder_comes_whole(tmp_path):
    path = tmp_path / "out"
    with pytest.raises(ZeroDivisionError), new_folder(path) as place:
        (place / "a").write_text("a")
        raise ZeroDivisionError
    assert not list(tmp_path.iterdir())
    path.mkdir()
    with new_folder(path) as place:
        (place / "a").write_text("a")
        assert not list(path.iterdir())
    assert [p.name for p in path.iterdir()] == ["a"]
    with pytest.raises(OutputError, match="not empty"), new_folder(path):
        raise AssertionError("nothing is written")
    assert [p.name for p in path.iterdir()] == ["a"]


def test_where_nothing_can_be_written_is_told(store, tmp_path):
    (tmp_path / "file").write_text("")
    for place, why in (("no/such/out", "No such file"), (".", "is a folder"), ("file/out", "Not a directory")):
        with pytest.raises(OutputError, match=why):
            export(store, "jsonl", tmp_path / place)
    for place, why in (("no/such/out", "No such file"), ("file", "is a file"), ("file/out", "Not a directory")):
        with pytest.raises(OutputError, match=why):
            export(store, "brat", tmp_path / place)
    with pytest.raises(OutputError, match="writes a folder"):
        export(store, "csv", None)
    assert os.listdir(tmp_path) == ["file"]
