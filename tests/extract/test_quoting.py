"""Whose words somebody passes on."""

from __future__ import annotations

import numpy as np
import pytest
from tests.scripted import quoted_words, read_marked

from onrecord.extract import aims

NAMES = {"person": ["Ada Lane", "Oto Brandt"], "organization": ["Quell Radio", "Tide Board"]}


def words(marked: str) -> list[tuple[str, str, str]]:
    return [(source, cue, content) for source, cue, content, _ in quoted_words(read_marked(marked))]


@pytest.mark.parametrize(
    ("marked", "inner"),
    [
        (
            "[Quell Radio] {quoted} <Captain Ada Lane as saying that the wall held>.",
            ("Captain Ada Lane", "saying", "that the wall held"),
        ),
        (
            "[Quell Radio] {has cited} <an unnamed pilot as saying it leaked>.",
            ("an unnamed pilot", "saying", "it leaked"),
        ),
        ("<Ada Lane> {was quoted} by [Quell Radio] <as saying it leaked>.", ("Ada Lane", "saying", "it leaked")),
        ("<Ada Lane> {was quoted by} [the radio] <as warning of a storm>.", ("Ada Lane", "warning", "of a storm")),
        (
            "<Oto Brandt> {was reported} by [Quell Radio] <to have said that he would go>.",
            ("Oto Brandt", "to have said", "that he would go"),
        ),
        (
            "[The paper] {quoted} <Ada Lane, the pilot, as having said it leaked>.",
            ("Ada Lane, the pilot", "having said", "it leaked"),
        ),
    ],
)
def test_who_is_quoted_says_it(marked: str, inner: tuple[str, str, str]) -> None:
    found = words(marked)
    assert len(found) == 2 and inner in found
    outer, within = read_marked(marked).statements
    assert within.inside == outer.id


@pytest.mark.parametrize(
    "marked",
    [
        "[Quell Radio] {quoted} <a letter of the board>.",
        "[Ada Lane] {cited} <the storm as a reason for leaving>.",
        "[Ada Lane] {praised} <the board as saying what it thought>.",
        "[Quell Radio] {reported} <the wall as leaking>.",
        "[Quell Radio] {quoted} <Ada Lane. The storm, as saying goes, came late>.",
    ],
)
def test_nobody_else_is_made_to_speak(marked: str) -> None:
    assert len(words(marked)) == 1


def test_to_quote_somebody_reports_and_is_aimed_at_nobody() -> None:
    def by(name: str):
        at, own = aims.FEATURES.index(name), aims.FEATURES.index("speaks")
        return lambda q: np.where((q.features[:, at] == 1.0) & (q.features[:, own] != 1.0), 5.0, -5.0)

    marked = "[Quell Radio] {quoted} <Ada Lane as saying Oto Brandt lied>."
    acts = {"quoted": "criticize", "saying": "accuse"}
    outer, inner = read_marked(marked, NAMES, acts=acts, parties_by=by("is person")).statements
    assert outer.act is not None and (outer.act.code, outer.target) == ("state", None)
    assert inner.act is not None and inner.act.code == "accuse" and inner.target is not None
    _, inner = read_marked(marked, NAMES, acts=acts, parties_by=by("is organization")).statements
    assert inner.target is not None and inner.target.name == "Oto Brandt"  # who is said to have lied, not who quotes


@pytest.mark.parametrize(
    "marked",
    [
        "Ada Lane {was quoted} <as saying that the wall held>.",
        "The radio {quoted} <as saying that the wall held>.",
        "[The radio] {quoted} Ada Lane <as saying>, and went on.",
        "[The radio] {reported} Ada Lane <to have said>, and went on.",
    ],
)
def test_nobody_is_quoted_where_who_or_what_is_left_out(marked: str) -> None:
    assert len(words(marked)) == 1


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        ("“It is late,” <he> {was cited as saying} by [Quell Radio].", ("he", "“It is late,”")),
        ("<“It is late,” Ada Lane> {was quoted as saying by} [Quell Radio].", ("Ada Lane", "“It is late,”")),
        ("A boat sank. <He> {was cited as saying} by [Quell Radio].", ("Quell Radio", "He")),
    ],
)
def test_who_is_quoted_behind_his_words_says_them(marked: str, found: tuple[str, str]) -> None:
    assert [(source, content) for source, _, content in words(marked)] == [found]
