"""A file or folder is there as a whole or not at all."""

from __future__ import annotations

import os
import stat
import threading

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


def test_the_folder_that_one_stands_in(store, tmp_path, monkeypatch):
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    with pytest.raises(OutputError, match="is a folder"):
        export(store, "jsonl", ".")
    assert export(store, "csv", ".")["articles"] > 0
    assert "articles.csv" in os.listdir(".")  # by the shell's own eyes: it is the same folder still
    assert os.listdir(tmp_path) == ["here"]
    with pytest.raises(OutputError, match="not empty"):
        export(store, "brat", ".")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_pipes_and_devices_are_written_to_and_stay(store, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    count = export(store, "jsonl", pipe)["records"]
    reader.join(20)
    assert got[0].count(b"\n") == count and stat.S_ISFIFO(pipe.stat().st_mode)
    null = tmp_path / "null"
    null.symlink_to(os.devnull)
    export(store, "jsonl", null)
    assert null.is_symlink() and not stat.S_ISREG(null.stat().st_mode)
    assert sorted(os.listdir(tmp_path)) == ["null", "pipe"]


def test_a_link_stays_one(tmp_path):
    (tmp_path / "real").write_text("before")
    (tmp_path / "link").symlink_to("real")
    with new_file(tmp_path / "link") as out:
        out.write(b"after")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_text() == "after"


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
