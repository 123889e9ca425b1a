"""A run that is killed and taken up again ends in the same store."""

from __future__ import annotations

import pytest

from . import killing


@pytest.mark.model
def test_killed_three_times(tmp_path):
    corpus = tmp_path / "corpus.jsonl"
    killing.write_corpus(corpus, 40)
    after = killing.killed_again_and_again(tmp_path, corpus, 3, seed=5)
    assert after[-1] > 0
    added, known, failed = killing.finish(tmp_path / "killed.db", corpus, tmp_path)
    assert (added, known, failed) == (40 - after[-1], after[-1], 0)
    killing.finish(tmp_path / "whole.db", corpus, tmp_path)
    killing.prove_same(tmp_path / "killed.db", tmp_path / "whole.db")
