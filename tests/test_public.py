"""What the package promises to those who import it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import onrecord
from onrecord.records import Article, Record, Run

REPOSITORY = Path(__file__).resolve().parent.parent


EMPTY = Record(Run("run-0", onrecord.__version__, "sha256:0", "0"), Article(id="art-0", text="One line."))


@pytest.fixture
def scripted(monkeypatch):
    """A reader that finds nothing, in place of the one with weights."""
    run = Run("run-0", onrecord.__version__, "sha256:0", "0")
    monkeypatch.setattr(onrecord, "_reader", lambda: SimpleNamespace(read=lambda article, **_: Record(run, article)))


def test_names_are_sorted_and_there():
    assert sorted(onrecord.__all__) == onrecord.__all__
    assert {"Article", "OnrecordError", "Reader", "Record", "build_article", "open_source", "read", "to_wire"} <= set(
        onrecord.__all__
    )
    assert onrecord.from_wire(onrecord.to_wire(EMPTY)) == EMPTY
    assert all(hasattr(onrecord, name) for name in onrecord.__all__)
    assert set(onrecord.__all__) <= set(dir(onrecord))
    assert not hasattr(onrecord, "Raeder")


def test_importing_is_cheap():
    heavy = "{'onnxruntime', 'tokenizers', 'numpy', 'trafilatura', 'lxml', 'httpx', 'rich'}"
    code = f"import sys, onrecord, onrecord.records; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_read_takes_a_text(scripted):
    record = onrecord.read("One line.\r\nAnother line.", published="2024-05-01")
    assert record.article.text == "One line.\nAnother line."
    assert record.article.published.date == "2024-05-01"
    assert record.article.published.basis == "given"


def test_read_takes_an_article(scripted):
    article = Article(id="art-0", text="One line.")
    assert onrecord.read(article).article is article


def test_an_article_carries_its_own_date(scripted):
    with pytest.raises(TypeError, match="own date"):
        onrecord.read(Article(id="art-0", text="One line."), published="2024-05-01")


@pytest.mark.parametrize("given", [None, b"One line.", 7, ["One line."]])
def test_what_is_no_text_is_told(scripted, given):
    with pytest.raises(TypeError, match=r"a text \(str\) or an Article is read, not"):
        onrecord.read(given)


def test_a_date_that_is_no_text_is_told(scripted):
    with pytest.raises(TypeError, match="published is a day as text"):
        onrecord.read("One line.", published=20240501)


def test_a_text_has_the_cap_of_all_inputs(scripted):
    assert onrecord.read("x" * 1000)
    with pytest.raises(onrecord.OnrecordError, match="the cap on one text is 2,000,000"):
        onrecord.read("é" * 1_000_001)


def test_a_bad_date_is_told_as_the_caller_gave_it(scripted):
    with pytest.raises(onrecord.OnrecordError, match=r"^published: 'soon' is no ISO date"):
        onrecord.read("One line.", published="soon")


def test_what_readme_shows_runs(scripted, monkeypatch, tmp_path, capsys):
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    monkeypatch.setattr(onrecord.Reader, "load", staticmethod(onrecord._reader))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "archive.jsonl").write_text('{"id": "1", "text": "One line."}\nno json\n')
    for example in (examples := re.findall(r"```python\n(.*?)```", readme, re.DOTALL)):
        exec(compile(example, "README.md", "exec"), {"text": "One line."})
    assert len(examples) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["article"]["source_id"] == "1"
    assert "archive.jsonl:2" in err


@pytest.mark.model
def test_read_with_the_real_model():
    record = onrecord.read(
        'Maria Lane told the council on Monday: "The bridge is safe." She said that repairs were done.'
    )
    assert record.statements[0].speaker.name == "Maria Lane"
