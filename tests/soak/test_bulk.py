"""A run on Ray whose own process is killed again and again, with the real model, ends in the same folder."""

from __future__ import annotations

import importlib.util
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.bulk.test_crew import QUIET, contents
from tests.ingest.killing import write_corpus

pytestmark = [
    pytest.mark.soak,
    pytest.mark.model,
    pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason='needs Ray: pip install "onrecord[bulk]"'),
]
KILLS = 4


def start(source: Path, out: Path, jobs: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "onrecord", "bulk", str(source), "--out", str(out), "--jobs", str(jobs)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | QUIET)


def kept(out: Path) -> int:
    return sum(1 for _ in out.glob(".work/parts/*/*.parquet"))


def test_killed_again_and_again(tmp_path):
    source, r = tmp_path / "in.jsonl", random.Random(11)
    write_corpus(source, 600)  # nineteen parts
    for kill in range(KILLS):
        run = start(source, tmp_path / "killed", 2)
        goal, deadline = kept(tmp_path / "killed") + r.randint(1, 3), time.monotonic() + 600
        while kept(tmp_path / "killed") < goal and run.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(r.uniform(0, 0.5))
        assert run.poll() is None, f"kill {kill}: it ended by itself"
        run.send_signal(signal.SIGKILL)
        run.communicate()
        assert not (tmp_path / "killed" / "manifest.json").exists()
    for name, jobs in (("killed", 2), ("whole", 1)):
        run = start(source, tmp_path / name, jobs)
        out, errors = run.communicate(timeout=3600)
        assert run.returncode == 0, errors.decode()
        assert out.decode() == f"600 records in {tmp_path / name}\n"
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")
