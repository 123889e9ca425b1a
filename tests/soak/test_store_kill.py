"""A writer killed a hundred times at random moments, on records that are ready: nothing that it reported is lost, and what it
leaves in the end is the store of a writer that was never killed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from onrecord.store import Store, Writer, differences, verify

TESTS = Path(__file__).resolve().parent.parent
ARTICLES, KILLS = 500, 100
BATCHES = 2
"""Batches of four articles that a writer may finish before it is killed: so most kills come while there is something to add."""

pytestmark = pytest.mark.soak


def test_a_hundred_kills(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(TESTS))
    from store import making, test_writing

    done = test_writing.kill_and_resume(tmp_path / "killed.db", ARTICLES, KILLS, batches=BATCHES)
    assert done, "some batches were done before a kill"
    records = making.records(9, ARTICLES, statements=4)
    with Store.open(tmp_path / "whole.db", write=True) as whole, Writer(whole) as writer:
        writer.add(records, origins=[r.article.id for r in records], started=making.STARTED)
        with Store.open(tmp_path / "killed.db") as killed:
            assert list(differences(whole.connection, killed.connection)) == []
            assert list(verify(killed)) == []
    sys.modules.pop("store", None)
