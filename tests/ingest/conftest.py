"""A place for a store, and adding to it without weights."""

from __future__ import annotations

import pytest

from onrecord.ingest import Models, add

from .doubles import ScriptedEmbedder, ScriptedReader, rows


@pytest.fixture
def path(tmp_path):
    return tmp_path / "record.db"


@pytest.fixture
def models():
    return Models(reader=ScriptedReader(), embedder=ScriptedEmbedder())


@pytest.fixture
def put(path, models):
    """Adds what is named: ``put("a.txt")``."""

    def put(*names, **options):
        return add(
            options.pop("to", path), [str(name) for name in names], models=options.pop("models", models), **options
        )

    return put


@pytest.fixture
def crawl(tmp_path):
    """JSONL of a hundred articles."""
    place = tmp_path / "crawl.jsonl"
    place.write_text(rows(range(100)), encoding="utf-8")
    return place
