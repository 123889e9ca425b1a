"""Words for two people mean both of them, or neither by name."""

from __future__ import annotations

import numpy as np
import pytest
from tests.scripted import feature, read_marked

NAMES = {
    "person": ["Ada Lane", "Oto Brandt", "Ula Ferrin", "Ida Lane", "Edda Voss"],
    "country": ["Norway", "Denmark"],
    "organization": ["Quay Lines", "Tern Capital"],
}
BOTH, LANES = "Ada Lane + Oto Brandt", "Ada Lane + Ida Lane"


def told(marked: str) -> str | None:
    """The last speaker, where the head takes whoever was named last."""
    rule = lambda q: (90 * feature(q, "words before") + feature(q, "own words")).astype(np.float32)  # noqa: E731
    return read_marked(marked, NAMES, rule=rule).statements[-1].speaker.name


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("Ada Lane and Oto Brandt run the ferry.", "The couple", BOTH),
        ("Ada Lane and Oto Brandt run the ferry.", "the pair", BOTH),
        ("Ada Lane and Oto Brandt run the ferry. It was late.", "The married couple", BOTH),
        ("Ada Lane met Oto Brandt in Brell.", "The two ministers", BOTH),
        ("Ada Lane spoke first. Oto Brandt followed.", "Both leaders", BOTH),
        ("Ada Lane, 41, and skipper Oto Brandt sailed.", "Both", BOTH),
        ("Ada Lane and Oto Brandt sailed. Ula Ferrin stayed.", "The duo", BOTH),
        ("Ada Lane and her sister, Ida Lane, own it.", "The sisters", LANES),
        ("Norway and Denmark signed.", "Both countries", "Norway + Denmark"),
        ("Norway and Denmark signed.", "The two", "Norway + Denmark"),
        ("Norway and Denmark signed. The two lands smiled.", "Both governments", "Norway + Denmark"),
        ("Quay Lines and Tern Capital merged.", "both firms", "Quay Lines + Tern Capital"),
    ],
)
def test_two_who_are_named_before(before: str, source: str, name: str) -> None:
    assert told(f"{before} [{source}] {{said}} <so>.") == name


@pytest.mark.parametrize(
    ("before", "source"),
    [
        ("Ada Lane, Oto Brandt and Ula Ferrin sailed.", "The pair"),
        ("Ada Lane and her husband sailed. Oto Brandt stayed.", "The couple"),
        ("Ada Lane and another woman were held.", "Both women"),
        ("Ada Lane met Oto Brandt. Two men were held.", "Both men"),
        ("Ada Lane met Oto Brandt. A couple from Brell watched.", "The couple"),
        ("Mrs Ada Lane and Mr Oto Brandt sailed.", "Both men"),
        ("Ada Lane sailed.", "The couple"),
    ],
)
def test_two_who_are_not_named_are_told_by_their_description(before: str, source: str) -> None:
    assert told(f"{before} [{source}] {{said}} <so>.") == source


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("Ada Lane and Oto Brandt sailed.", "The harbour master", "Oto Brandt"),
        ("Ada Lane and Oto Brandt sailed.", "The couple’s lawyer", "The couple’s lawyer"),
        ("Ada Lane and Oto Brandt sailed.", "Both sides", "Oto Brandt"),
    ],
)
def test_other_words_are_left_to_the_head(before: str, source: str, name: str) -> None:
    assert told(f"{before} [{source}] {{said}} <so>.") == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Ada Lane wrote to Oto Brandt. [The latter] {said} <so>.", "Oto Brandt"),
        ("Ada Lane wrote to Oto Brandt. [The former] {said} <so>.", "Ada Lane"),
        ("Quay Lines sued Oto Brandt. [The former] {said} <so>.", "Quay Lines"),
        ("Ada Lane and Oto Brandt came, and [the former] {said} <so>.", "Ada Lane"),
        ("Ada Lane of Norway wrote to Oto Brandt. [The latter] {said} <so>.", "Oto Brandt"),
    ],
)
def test_one_of_two(marked: str, name: str) -> None:
    assert told(marked) == name
