"""Adding 500 articles, killed at a hundred random moments, and a corpus that is larger than memory ought to notice."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.soak, pytest.mark.model]

ARTICLES, KILLS = 500, 100
PEAK_MB = 1500
MANY = 3_000

# As in test_soak: a process counts the size of the one that it was forked from as its own.
MEASURE = """
import os, subprocess, sys
command = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(command.pid, 0)
print(usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


@pytest.fixture(scope="module")
def killing():
    path = Path(__file__).resolve().parents[1] / "ingest" / "killing.py"
    spec = importlib.util.spec_from_file_location("killing", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_killed_a_hundred_times(killing, tmp_path):
    corpus = tmp_path / "corpus.jsonl"
    killing.write_corpus(corpus, ARTICLES, seed=2)
    after = killing.killed_again_and_again(tmp_path, corpus, KILLS, seed=3)
    killing.finish(tmp_path / "killed.db", corpus, tmp_path)
    killing.finish(tmp_path / "whole.db", corpus, tmp_path)
    killing.prove_same(tmp_path / "killed.db", tmp_path / "whole.db")
    assert len(set(after)) > KILLS / 3, f"the kills came when there was little to break: {after}"


def peak_mb(*words):
    command = [sys.executable, "-m", "onrecord", "add", *map(str, words)]
    done = subprocess.run([sys.executable, "-c", MEASURE, *command], stdout=subprocess.PIPE, text=True, check=True)
    return int(done.stdout) * (1 if sys.platform == "darwin" else 1024) / 1e6


def test_memory_does_not_grow_with_the_corpus(killing, tmp_path):
    peaks = {}
    for number in (MANY // 10, MANY):
        corpus = tmp_path / f"{number}.jsonl"
        killing.write_corpus(corpus, number, seed=4)
        peaks[number] = peak_mb(corpus, "--db", tmp_path / f"{number}.db")
    assert max(peaks.values()) < PEAK_MB
    assert peaks[MANY] < peaks[MANY // 10] + 150, peaks


def test_memory_is_bounded_for_the_longest_articles(killing, tmp_path):
    """As long as one text may be, one after another."""
    names = []
    for n in range(3):
        corpus = tmp_path / f"{n}.jsonl"
        killing.write_corpus(corpus, 3_000, seed=6 + n)
        with corpus.open(encoding="utf-8") as rows:
            text = "\n\n".join(json.loads(row)["text"] for row in rows)
        names.append(tmp_path / f"{n}.txt")
        names[-1].write_text(text[:1_900_000], encoding="utf-8")
    peak = peak_mb(*names, "--db", tmp_path / "long.db")
    assert peak < PEAK_MB, f"{peak:.0f} MB"
