"""Whom an accusation or a demand is aimed at that is told as a fact or a duty."""

from __future__ import annotations

import numpy as np
import pytest
from tests.scripted import read_marked

from onrecord.extract import aims

NAMES = {
    "person": ["Ola Ness", "Ada Lane", "Olaf Brandt", "Brandt", "Bo Ferris"],
    "organization": ["Quell Bank"],
    "country": ["Norvia", "Norvian"],
}
BEFORE = "Olaf Brandt came. Bo Ferris came.\n\n[Ola Ness] {said} <it rained>.\n\n"


def target(text: str, act: str, *, named: str) -> str | None:
    """The target where the head names somebody: who spoke before, or the first in the content."""

    def head(questions):
        likely = questions.features[:, aims.FEATURES.index(named)]
        return np.asarray(np.where(likely == 1.0, 5.0, -5.0), np.float32)

    found = read_marked(BEFORE + text, NAMES, acts={"said": "state", "added": act}, parties_by=head)
    aimed = found.statements[1].target
    return aimed.name if aimed else None


@pytest.mark.parametrize(
    ("text", "act", "name"),
    [
        ("[Ada Lane] {added} <that gunmen had shot at the ferry>.", "accuse", "gunmen"),
        ("[Ada Lane] {added} <that the judges hid a letter>.", "accuse", "the judges"),
        ("[Ada Lane] {added} <that Quell Bank had hidden a letter>.", "accuse", "Quell Bank"),
        ("[Ada Lane] {added} <that the army must withdraw>.", "demand", "the army"),
        ("[Ada Lane] {added} <that Quell Bank should pay>.", "demand", "Quell Bank"),
        ("[Ada Lane] {added} <that a bomb had wrecked the ferry>.", "accuse", "Ola Ness"),
        ("[Ada Lane] {added} <that the villagers fled>.", "accuse", "Ola Ness"),
        ("[Ada Lane] {added} <that the nurses had waited for weeks>.", "accuse", "Ola Ness"),
        ("[Ada Lane] {added} <that the nurses had fought for their pay>.", "accuse", "Ola Ness"),
        ("[Ada Lane] {added} <that the captives must be freed>.", "demand", "Ola Ness"),
        ("[Ada Lane] {added} <that they had hidden a letter>.", "accuse", "Ola Ness"),
        ("[Ada Lane] {added} <that the mayor had hidden a letter>.", "accuse", "Ola Ness"),  # who may be the mayor
        ("[Ada Lane] {added} <that gunmen had shot at the ferry>.", "state", "Ola Ness"),
    ],
)
def test_who_is_the_subject_of_what_is_told_is_aimed_at(text: str, act: str, name: str) -> None:
    assert target(text, act, named="spoke before") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[Ada Lane] {added} <that the guards had beaten Bo Ferris>.", "the guards"),
        ("[Ada Lane] {added} <that the guards had robbed Bo Ferris>.", "the guards"),
        ("[Ada Lane] {added} <that the guards had freed Bo Ferris>.", "Bo Ferris"),
    ],
)
def test_who_is_harmed_is_not_accused(text: str, name: str) -> None:
    assert target(text, "accuse", named="in content") == name
