"""A command line without weights: a reader that goes by a script, in place of the one that `Reader.load` gives."""

from __future__ import annotations

import json
import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from click.testing import CliRunner, Result

from onrecord.cli import cli
from onrecord.pipeline import ReadFailure
from onrecord.records import Article, Record, Run, Span, Speaker, Statement, check, statement_id

RUN = Run("run-scripted", "0.1.0", "sha256:0", "0")
# NAME said WORDS, up to the end of the sentence. "X said that Y said Z." is a statement inside a statement.
SAYING = re.compile(r"(?P<source>[A-Z]\w+|It) (?P<cue>said|was told) (?:that )?(?P<content>(?:\"[^\"]*\"|[^.\"])+\.)")


class ScriptedReader:
    """Finds "NAME said …" and nothing else. Texts that hold the word BREAKS break it."""

    run = RUN
    ahead = 3

    def __init__(self) -> None:
        self.taken = 0
        self.executor = ThreadPoolExecutor(2)

    def read(self, article: Article) -> Record:
        if "BREAKS" in article.text:
            raise ValueError("the model broke")
        if article.unread:
            return Record(RUN, article)
        record = Record(RUN, article, tuple(self._statements(article)))
        check(record)
        return record

    def read_many(self, articles: Iterable[Article]) -> Iterator[Record | ReadFailure]:
        """As the real one: lazy, in order, a few articles ahead, and a failure in its article's place."""
        started: deque[Article] = deque()
        for article in articles:
            self.taken += 1
            started.append(article)
            if len(started) > self.ahead:
                yield self._outcome(started.popleft())
        yield from map(self._outcome, started)

    def _outcome(self, article: Article) -> Record | ReadFailure:
        try:
            return self.read(article)
        except ValueError as error:
            return ReadFailure(article.id, article.source_id, f"ValueError: {error}")

    def _statements(self, article: Article) -> Iterator[Statement]:
        inside, within, place = None, 0, 0
        while match := SAYING.search(article.text, place):
            source, cue, content = (Span(*match.span(role)) for role in ("source", "cue", "content"))
            nobody = match["source"] == "It"
            yield Statement(
                id=(own := statement_id(article.id, [] if nobody else [source], [cue], [content])),
                form="direct" if match["content"].startswith('"') else "indirect",
                source=() if nobody else (source,),
                cue=(cue,),
                content=(content,),
                speaker=Speaker(None, reason="passive") if nobody else Speaker(match["source"]),
                inside=inside if source.start < within else None,
                score=0.9,
            )
            inside, within, place = own, content.end, content.start


@pytest.fixture
def scripted(monkeypatch):
    from onrecord.pipeline import Reader

    reader = ScriptedReader()
    monkeypatch.setattr(Reader, "load", classmethod(lambda cls, threads=None: reader))
    return reader


class ScriptedEmbedder:
    """Vectors that tell a text's length."""

    hash = "sha256:lengths"

    def embed(self, texts):
        return np.stack([np.roll(np.arange(1, 385) % 99 + 1, len(text)).astype(np.int8) for text in texts])


@pytest.fixture
def storing(scripted, monkeypatch):
    """Scripted models for commands that add to a store, and ask it by meaning."""
    from onrecord.analysis.sentences import Embedder

    monkeypatch.setattr(Embedder, "load", classmethod(lambda cls: ScriptedEmbedder()))
    return scripted


@pytest.fixture(autouse=True)
def priorities(monkeypatch):
    """What commands set their priority to: the tests after them are to keep theirs."""
    given = []
    monkeypatch.setattr(os, "setpriority", lambda *values: given.append(values), raising=False)
    return given


@pytest.fixture
def run():
    """Runs a command line: ``run("read", path)``. Standard input is empty unless given."""

    def run(*words: object, stdin: str | bytes = b"", env: dict[str, str | None] | None = None) -> Result:
        return CliRunner().invoke(cli, [str(word) for word in words], input=stdin, env=env, prog_name="onrecord")

    return run


@pytest.fixture
def terminal(monkeypatch):
    """Makes standard output look like a terminal to the program, without colours of its own choosing."""
    from click.testing import _NamedTextIOWrapper

    monkeypatch.setattr(_NamedTextIOWrapper, "isatty", lambda self: True)
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def dispatch(tmp_path):
    path = tmp_path / "dispatch.txt"
    path.write_text(
        "Bridge reopens after repairs\n\n"
        "The bridge over the river was opened again on Monday after a year of repairs by the city.\n\n"
        'Lane said that the bridge was safe. Ortiz said "We were never asked." It was told that nobody paid.\n\n'
        "Baker said that Marsh said the money was gone.\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def crawl(tmp_path):
    """JSONL of seventy articles."""
    path = tmp_path / "crawl.jsonl"
    rows = [
        {
            "id": f"n{n}",
            "text": f"The council met on Monday to talk about the budget. Speaker said that item {n} was agreed.\n",
        }
        for n in range(70)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
