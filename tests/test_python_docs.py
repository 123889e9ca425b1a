"""What docs/python.md shows runs, in its order, on a store and with a scripted reader."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
from tests.export import cases
from tests.store import making

import onrecord
from onrecord.records import Record, Run, Span, Speaker, Statement
from onrecord.store import Store, Writer

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "python.md").read_text(encoding="utf-8")


def scripted_read(article):
    """Of the page's own sentence, what it says."""
    if not article.text.startswith("Mayor Ann Lane"):
        return Record(Run("run-0", "0.1.0", "sha256:0", "0"), article)
    speaker = Speaker("Ann Lane", None, "person", "named", (), 0.9)
    spans = ((Span(0, 14),), (Span(15, 19),), (Span(20, 38),))
    statement = Statement("stm-0", "indirect", *spans, speaker, None, 0.9)
    return Record(Run("run-0", "0.1.0", "sha256:0", "0"), article, (statement,))


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
def test_what_the_page_shows_runs(tmp_path, monkeypatch, capsys):
    class Scripted:
        def read(self, article, **_):
            return scripted_read(article)

        def read_many(self, articles):
            return map(scripted_read, articles)

    monkeypatch.setattr(onrecord, "_reader", Scripted)
    monkeypatch.setattr(onrecord.Reader, "load", staticmethod(Scripted))
    monkeypatch.chdir(tmp_path)
    with Store.open("onrecord.db", write=True) as store:
        records = [*making.records(3, 6), *cases.records()]
        Writer(store).add(records, origins=[r.article.id for r in records], started=making.STARTED)
    known: dict = {}
    examples = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    left_out = [e for e in examples if "import pandas" in e and importlib.util.find_spec("pandas") is None]
    for example in examples:
        if example not in left_out:
            exec(compile(example, "python.md", "exec"), known)
    out = capsys.readouterr().out
    assert out.startswith("Ann Lane ['the dam would hold']\n")
    assert re.search(r"^Siv Rondal \d+$", out, re.MULTILINE)
    assert out.endswith("Ann Lane said the dam would hold indirect None\n")
    assert "Siv Rondal" in known["speakers"]
    assert known["denied"].height > 0 and known["figures"].height > 0
    assert len(examples) == 8
