"""The model's files: each of them is needed, all of them make the hash, and damage is told by name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.scripted import flat_chain

from onrecord.analysis import WEIGHTS, OnnxHeads, load_weights
from onrecord.analysis.heads import FILES, FIRST_FILES, SECOND_FILES
from onrecord.records import WeightsError

GRAPHS = (*FIRST_FILES, *SECOND_FILES)
SETTINGS = {
    "distance": 64,
    "transition": flat_chain().transition.tolist(),
    "start": flat_chain().start.tolist(),
    "calibration": {"least": 0.5},
    "speaker_calibration": {"least": 0.3},
    "act_calibration": {"least": 0.0},
    "event_calibration": {"least": 0.4},
}


@pytest.fixture
def folder(tmp_path) -> Path:
    """Files of the right names; only the tokenizer and the settings are what they say."""
    for name in GRAPHS:
        (tmp_path / name).write_bytes(b"no graph")
    shutil.copy(WEIGHTS / "tokenizer.json", tmp_path)
    (tmp_path / "model.json").write_text(json.dumps(SETTINGS), encoding="utf8")
    return tmp_path


def test_settings_are_read(folder) -> None:
    weights = load_weights(folder)
    assert weights.hash.startswith("sha256:")
    assert weights.settings.distance == 64 and weights.settings.speaker_calibration == {"least": 0.3}
    assert np.array_equal(weights.settings.chain.transition, flat_chain().transition)


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_needed(folder, name) -> None:
    (folder / name).unlink()
    with pytest.raises(WeightsError, match=name):
        load_weights(folder)


@pytest.mark.parametrize("name", GRAPHS)
def test_every_graph_is_in_the_hash(folder, name) -> None:
    before = load_weights(folder).hash
    (folder / name).write_bytes(b"another graph")
    assert load_weights(folder).hash != before


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_needed(folder, name) -> None:
    some = {key: value for key, value in SETTINGS.items() if key != name}
    (folder / "model.json").write_text(json.dumps(some), encoding="utf8")
    with pytest.raises(WeightsError, match="settings are damaged"):
        load_weights(folder)


@pytest.mark.parametrize("text", ["", "no json", "[]", '{"distance": "far"}'])
def test_damaged_settings(folder, text) -> None:
    (folder / "model.json").write_text(text, encoding="utf8")
    with pytest.raises(WeightsError, match="settings are damaged"):
        load_weights(folder)


def test_a_damaged_tokenizer(folder) -> None:
    (folder / "tokenizer.json").write_text("{}", encoding="utf8")
    with pytest.raises(WeightsError, match="tokenizer is damaged"):
        load_weights(folder)


def test_damaged_graphs(folder) -> None:
    with pytest.raises(WeightsError, match="cannot be loaded"):
        OnnxHeads(folder)
