"""Reading stored articles again: vectors for what has none, and articles that were left unread."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from onrecord.articles import building
from onrecord.ingest import Models
from onrecord.ingest.rereading import reread
from onrecord.store import Store

from .doubles import ScriptedEmbedder, rows


class Zero(ScriptedEmbedder):
    """Finds no direction in the texts that `aimless` names."""

    def __init__(self, aimless):
        super().__init__()
        self.aimless = aimless

    def embed(self, texts):
        vectors = super().embed(texts)
        return np.stack([v * (not self.aimless(text)) for text, v in zip(texts, vectors, strict=True)])


def missing(path):
    with Store.open(path) as store:
        return dict(store.without_vectors())


def test_a_text_without_a_direction_keeps_none_of_the_others_from_their_vectors(path, put, crawl, models, monkeypatch):
    monkeypatch.setattr("onrecord.ingest.rereading.EMBEDDED", 7)
    put(crawl, models=Models(reader=models.reader, embedder=Zero(lambda text: True)))
    assert len(missing(path)) == 200
    aimless = {text for k, text in enumerate(missing(path).values()) if k % 7 == 3}
    embedder = Zero(lambda text: text in aimless)
    reread(path, models=Models(reader=models.reader, embedder=embedder))
    assert set(missing(path).values()) == aimless
    assert len(embedder.embedded) == 200  # each was looked at once


def test_what_was_left_unread_is_read_again_with_all(path, put, models, tmp_path, monkeypatch):
    place = tmp_path / "a.jsonl"
    place.write_text(rows(range(3)))
    with monkeypatch.context() as patch:  # a program that took them for Danish
        patch.setattr(building, "language_of", lambda text, spans: "da")
        put(place)
    with Store.open(path) as store:
        assert {record.article.unread.detail for record in store.records()} == {"da"}
    models.reader.run = replace(models.reader.run, id="run-newer")
    models.reader.read_ids.clear()
    assert reread(path, models=models) == 0
    assert reread(path, everything=True, models=models) == 3
    with Store.open(path) as store:
        found = list(store.records())
    assert [r.article.unread for r in found] == [None] * 3
    assert all(r.statements and r.article.sentences and r.article.language == "en" for r in found)
    assert put(place).known == 3


@pytest.mark.parametrize("everything", [False, True])
def test_asked_by_name_an_unread_article_is_looked_at_again(path, put, models, tmp_path, everything):
    place = tmp_path / "a.jsonl"
    place.write_text(rows([1]).replace("council", "") + '{"id": "empty", "text": " "}\n')
    put(place)
    with Store.open(path) as store:
        (id_,) = store.find("empty")
    assert reread(path, () if everything else [id_], everything=everything, models=models) == 1 + everything
    with Store.open(path) as store:
        assert store.record(id_).article.unread.reason == "empty"


def test_a_reading_that_cannot_be_proved_fails_alone(path, put, models, tmp_path):
    place = tmp_path / "a.jsonl"
    place.write_text(rows(range(3)))
    put(place)
    read = models.reader.read

    def wrong(article):
        record = read(article)
        if article.source_id != "n1":
            return replace(record, run=replace(record.run, id="run-newer"))
        return replace(record, statements=tuple(replace(s, id="stm-0000000000000000") for s in record.statements))

    models.reader.read = wrong
    failures = []
    assert reread(path, everything=True, models=models, on_failure=failures.append) == 3
    assert [f.source_id for f in failures] == ["n1"]
    assert "two statements share an id" in failures[0].reason
    with Store.open(path) as store:
        assert sorted(r.run.id for r in store.records()) == ["run-newer", "run-newer", "run-scripted"]
