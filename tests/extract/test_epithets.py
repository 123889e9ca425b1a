"""Words that tell of a seat, a nation or children mean whoever was told of, and no nation."""

from __future__ import annotations

import numpy as np
import pytest
from tests.scripted import feature, read_marked

NAMES = {
    "person": ["Ada Lane", "Oto Brandt", "Mary Voss", "John Hale", "Frank Dane"],
    "country": ["Denmark", "Dane", "Norwegian", "Norway", "British"],
    "group": ["Scot"],
}


def told(marked: str, *features: str) -> str | None:
    """The last speaker, where the head goes by some features alone."""
    rule = lambda q: sum((9 - n) * feature(q, f) for n, f in enumerate(features)).astype(np.float32)  # noqa: E731
    return read_marked(marked, NAMES, rule=rule).statements[-1].speaker.name


@pytest.mark.parametrize("head", [("in source",), ("own words",)])
@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("Ada Lane won in Brell.", "the Dane", "Ada Lane"),
        ("Ada Lane won in Brell.", "the 31-year-old Dane", "Ada Lane"),
        ("Ada Lane won in Brell.", "The Scot", "Ada Lane"),
        ("Ada Lane beat Oto Brandt.", "The Dane", "The Dane"),
        ("Ada Lane beat a Dane.", "The Dane", "The Dane"),
        ("It rained.", "The Dane", "The Dane"),
    ],
)
def test_one_of_a_nation(head: tuple[str, ...], before: str, source: str, name: str) -> None:
    assert told(f"{before} [{source}] {{said}} <so>.", *head) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Ada Lane won. [The British] {said} <so>.", "The British"),
        ("Ada Lane won. [Dane] {said} <so>.", "Dane"),
        ("Ada Lane won. [Norway] {said} <so>.", "Norway"),
        ("Ada Lane won. [Mr Frank Dane] {said} <so>.", "Frank Dane"),
    ],
)
def test_nations_and_names_are_none(marked: str, name: str) -> None:
    assert told(marked, "in source", "own words") == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The mother-of-two", "Mary Voss"),
        ("The mum of three", "Mary Voss"),
        ("The proud father-of-one", "John Hale"),
        ("The dad-of-4", "John Hale"),
        ("The parent of two", "The parent of two"),
    ],
)
def test_a_parent_is_told_by_sex(source: str, name: str) -> None:
    assert told(f"John Hale has left Mary Voss. [{source}] {{said}} <so>.", "own words") == name


@pytest.mark.parametrize("source", ["The mother-of-two", "The actress", "The policewoman"])
def test_nobody_of_the_other_sex_is_meant(source: str) -> None:
    assert told(f"John Hale has left. [{source}] {{said}} <so>.", "before") == source


@pytest.mark.parametrize("source", ["The spokesman", "The chairman"])
def test_a_woman_may_be_called_like_a_man(source: str) -> None:
    assert told(f"Mary Voss has left. [{source}] {{said}} <so>.", "before") == "Mary Voss"
