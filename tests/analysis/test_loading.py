"""Models loaded beside an import: once, for the next that asks, and an error is told at once."""

from __future__ import annotations

import sys
import threading

import pytest

from onrecord.analysis import load_beside, load_models, loading
from onrecord.records import WeightsError


@pytest.fixture
def loaded(monkeypatch) -> list[str]:
    """The threads that loaded models, which are made-up ones."""
    told: list[str] = []

    def load(folder):
        told.append(threading.current_thread().name)
        return loading.LoadedWeights(None, None, folder)

    monkeypatch.setattr(loading, "_loaded", load)
    return told


@pytest.fixture
def module(tmp_path, monkeypatch) -> str:
    """A module that nobody has imported; it keeps the name of the thread that did."""
    (tmp_path / "beside_probe.py").write_text("import threading\nBY = threading.current_thread().name\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "beside_probe", raising=False)
    yield "beside_probe"
    sys.modules.pop("beside_probe", None)


def test_the_next_takes_what_was_loaded_beside(loaded, module, tmp_path):
    load_beside(module, tmp_path)
    here = threading.current_thread().name
    assert loaded == [here] and here != sys.modules[module].BY
    assert load_models(tmp_path).second == tmp_path and len(loaded) == 1
    load_models(tmp_path)
    assert len(loaded) == 2, "what was taken is not kept"


def test_what_is_imported_already_is_no_reason_to_load(loaded, tmp_path):
    load_beside("sys", tmp_path)
    assert not loaded


def test_a_module_that_fails_is_told_by_its_own_import(loaded, tmp_path):
    load_beside("beside_no_such_module", tmp_path)
    assert load_models(tmp_path).second == tmp_path


def test_a_missing_file_is_told_at_once(module, tmp_path):
    with pytest.raises(WeightsError, match="is missing"):
        load_beside(module, tmp_path)
    with pytest.raises(WeightsError, match="is missing"):
        load_models(tmp_path)
