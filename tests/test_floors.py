"""The accuracy floors: what holds, what is tightened, and that nothing is skipped in silence."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.records import WeightsError

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def floors():
    spec = importlib.util.spec_from_file_location("floors", REPOSITORY / "tools" / "floors.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["floors"] = module  # dataclasses look their own module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules["floors"]


@pytest.fixture
def corpus(floors, tmp_path, monkeypatch):
    """A folder with one corpus, pinned, whose figures are set by the test: ``corpus(f1=0.8)`` gives the exit code."""
    (tmp_path / "gold.jsonl").write_text("a row\n")
    pins = tmp_path / "floors.json"
    sides = {"source.f1": {"min": 0.75}, "weights.crossfit.error": {"max": 0.05}, "unread": {"max": 0}}
    pins.write_text(
        json.dumps({"gold.jsonl": {"sha256": floors.fingerprint(tmp_path / "gold.jsonl"), "bounds": sides}})
    )
    monkeypatch.setattr(floors, "FLOORS", pins)
    monkeypatch.setattr(floors, "WEIGHTS", tmp_path)
    monkeypatch.setattr(floors, "Reader", SimpleNamespace(load=lambda: None))

    def run(*words: str, f1: float = 0.8, error: float | None = 0.02, unread: int = 0) -> int:
        figures = {"source": {"f1": f1}, "unread": unread}
        (tmp_path / "model.json").write_text(json.dumps({"crossfit": {"error": error}}))
        monkeypatch.setattr(floors, "measure", lambda reader, path: figures)
        monkeypatch.setattr(sys, "argv", ["floors", "--data", str(tmp_path), *words])
        return floors.main()

    def pin(figure: str, side: str, limit: float | None) -> None:
        pinned = json.loads(pins.read_text())
        pinned["gold.jsonl"]["bounds"][figure] = {side: limit}
        pins.write_text(json.dumps(pinned))

    run.pin = pin
    run.bounds = lambda: json.loads(pins.read_text())["gold.jsonl"]["bounds"]
    run.gold = tmp_path / "gold.jsonl"
    return run


@pytest.mark.parametrize(
    "figures, code", [({}, 0), ({"f1": 0.75}, 0), ({"f1": 0.749}, 1), ({"error": 0.051}, 1), ({"unread": 1}, 1)]
)
def test_every_bound_must_hold(corpus, capsys, figures, code):
    assert corpus(**figures) == code
    assert ("FAILED" in capsys.readouterr().out) == bool(code)


def test_a_figure_that_is_not_there_fails(corpus, capsys):
    assert corpus(error=None) == 1
    assert "there is no figure weights.crossfit.error" in capsys.readouterr().out


def test_another_corpus_is_not_measured(corpus, capsys):
    corpus.gold.write_text("another row\n")
    assert corpus() == 1
    assert "not the corpus" in capsys.readouterr().out


def test_update_tightens_and_never_loosens(corpus):
    assert corpus("--update", f1=0.9, error=0.2) == 1
    assert corpus.bounds() == {
        "source.f1": {"min": 0.89},
        "weights.crossfit.error": {"max": 0.05},
        "unread": {"max": 0},
    }
    assert corpus("--update", "--allow-lower", f1=0.7, error=0.2) == 0
    assert corpus.bounds() == {
        "source.f1": {"min": 0.69},
        "weights.crossfit.error": {"max": 0.21},
        "unread": {"max": 0},
    }


@pytest.mark.parametrize("side, limit", [("min", 0.89), ("max", 0.91)])
def test_a_figure_without_a_limit_is_told_and_bound_by_the_next_update(corpus, capsys, side, limit):
    corpus.pin("source.f1", side, None)
    assert corpus(f1=0.9) == 0
    assert f"ok     gold.jsonl: source.f1 0.9000 (no {side} yet: --update sets it)" in capsys.readouterr().out
    assert corpus("--update", f1=0.9) == 0
    assert corpus.bounds()["source.f1"] == {side: limit}


def test_a_figure_with_nothing_right_gets_no_floor(corpus):
    corpus.pin("source.f1", "min", None)
    assert corpus("--update", f1=0.0) == corpus("--update", f1=0.01) == 0
    assert corpus.bounds()["source.f1"] == {"min": None}


@pytest.mark.parametrize("ci, code", [(None, 0), ("true", 1)])
def test_skipping_is_loud_and_fails_where_changes_are_judged(corpus, capsys, monkeypatch, ci, code):
    monkeypatch.delenv("CI", raising=False)
    if ci:
        monkeypatch.setenv("CI", ci)
    corpus.gold.unlink()
    assert corpus() == code
    assert "ACCURACY FLOORS SKIPPED" in capsys.readouterr().err


def test_where_changes_are_judged_nothing_is_left_out_whoever_starts_it(tmp_path):
    """Each program that `.ci/run` calls is told that changes are judged."""
    places = [tmp_path / name for name in ("make", "chromium", ".venv/bin/python", ".ci/run")]
    for place in places:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text('#!/bin/sh\necho "$CI $*" >> told\n')
        place.chmod(0o755)
    shutil.copy(REPOSITORY / ".ci" / "run", places[-1])
    plain = {name: value for name, value in os.environ.items() if name != "CI"}
    subprocess.run([places[-1]], env=plain | {"PATH": f"{tmp_path}{os.pathsep}{plain['PATH']}"}, check=True)
    told = (tmp_path / "told").read_text().splitlines()
    assert [line for line in told if not line.startswith("true ")] == []
    assert {"true lint types", "true site", "true floors", "true test"} <= set(told)


def test_missing_weights_are_one_clear_line(floors, corpus, capsys, monkeypatch):
    def load():
        raise WeightsError("model.json: the model's file is missing")

    monkeypatch.setattr(floors, "Reader", SimpleNamespace(load=load))
    assert corpus() == 1
    assert capsys.readouterr().err == "FAILED: model.json: the model's file is missing\n"


def test_the_pinned_figures_are_ones_that_evaluation_gives(floors):
    from onrecord.evaluation import CofenetScores, CorpusScores, PolnearScores, as_dict, reliability
    from onrecord.evaluation.scores import (
        ActScores,
        ClashScores,
        Counts,
        LabelScores,
        RoleScores,
        Share,
        SpeakerScores,
    )

    forms = dict.fromkeys(("all", "named", "pronoun", "nominal", "absent"), Share())
    acts, clashes = ActScores(Share(), {}), ClashScores(Counts(), 0.0, Share(), Share(), Share())
    labels = LabelScores(SpeakerScores(forms, forms, Share()), acts, Counts(), clashes)
    table = reliability([0.5] * 20, [True, False] * 10)
    polnear = as_dict(PolnearScores(1, 0, RoleScores(), Counts(), Counts(), table, labels))
    cofenet, corpus = as_dict(CofenetScores(1, 0, RoleScores())), as_dict(CorpusScores())
    for name, pinned in json.loads((REPOSITORY / "eval_floors.json").read_text()).items():
        for bound in floors.bounds(pinned):
            if not bound.figure.startswith("weights."):
                figures = cofenet if name.endswith(".jsonl") else polnear if name.startswith("polnear") else corpus
                assert floors.figure(figures, bound.figure) is not None
