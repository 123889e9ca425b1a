"""What the package promises to those who import it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import onrecord
from onrecord.records import Article, Record, Run

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture
def scripted(monkeypatch):
    """A reader that finds nothing, in place of the one with weights."""
    run = Run("run-0", onrecord.__version__, "sha256:0", "0")
    monkeypatch.setattr(onrecord, "_reader", lambda: SimpleNamespace(read=lambda article: Record(run, article)))


def test_names_are_sorted_and_there():
    assert sorted(onrecord.__all__) == onrecord.__all__
    assert {"Article", "Record", "Span", "Statement", "__version__", "read"} == set(onrecord.__all__)
    assert all(hasattr(onrecord, name) for name in onrecord.__all__)


def test_importing_is_cheap():
    heavy = "{'onnxruntime', 'tokenizers', 'numpy', 'trafilatura', 'lxml', 'httpx', 'rich'}"
    code = f"import sys, onrecord, onrecord.records; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_changelog_knows_this_version():
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    latest = re.search(r"^## \[(\d[^]]*)]", changelog, re.MULTILINE)
    assert latest and latest[1] == onrecord.__version__


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


@pytest.mark.model
def test_read_with_the_real_model():
    record = onrecord.read(
        'Maria Lane told the council on Monday: "The bridge is safe." She said that repairs were done.'
    )
    assert record.statements[0].speaker.name == "Maria Lane"
