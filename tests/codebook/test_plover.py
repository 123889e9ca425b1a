"""The words that tell of an event's mode, and their lint."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from onrecord import codebook
from onrecord.codebook import event_types, plover, tables


def test_every_mode_has_words_of_its_own() -> None:
    for kind in event_types().values():
        words = [word for mode in kind.modes.values() for word in mode.words]
        assert len(set(words)) == len(words)
        assert all(mode.words for mode in kind.modes.values())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "no word tells of AID asylum"),
        (("Asylum",), "'Asylum' is no word of AID asylum"),
        (("*lum",), "'*lum' is no word of AID asylum"),
        (("blanket*",), "'blanket*' tells of AID humanitarian and asylum"),
    ],
)
def test_the_lint_finds_words_that_do_not_serve(
    monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], says: str
) -> None:
    aid = event_types()["AID"]
    modes = MappingProxyType({**aid.modes, "asylum": replace(aid.modes["asylum"], words=words)})
    types = MappingProxyType({**event_types(), "AID": replace(aid, modes=modes)})
    monkeypatch.setattr(plover, "event_types", lambda: types)
    assert any(says in line for line in codebook.lint())


def test_the_lint_reads_the_table_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "lint_times", lambda: iter(["times: wrong"]))
    assert "times: wrong" in codebook.lint()
