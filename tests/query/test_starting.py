"""Asking a store waits for nothing that only reading articles needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "numpy",
    "onnxruntime",
    "tokenizers",
    "rapidfuzz",
    "rich",
    "onrecord.analysis",
    "onrecord.extract",
    "onrecord.store.writer",
}


@pytest.mark.parametrize("imported", ["onrecord.query", "onrecord.store", "onrecord.link, onrecord.cli.who"])
def test_nothing_heavy_is_imported(imported):
    code = f"import sys, {imported}; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert HEAVY.isdisjoint(told), HEAVY.intersection(told)


@pytest.mark.parametrize("room", ["link", "store"])
def test_all_that_a_room_offers_can_be_had(room):
    code = f"""
import onrecord.{room} as room
for name in room.__all__:
    assert not hasattr(getattr(room, name), "__path__") and type(getattr(room, name)).__name__ != "module", name
from onrecord.{room} import *
"""
    subprocess.run([sys.executable, "-c", code], check=True)
