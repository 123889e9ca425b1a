"""Whom a target means that is called by office or kind alone."""

from __future__ import annotations

import numpy as np
import pytest
from tests.scripted import read_marked

NAMES = {
    "person": ["Ada Lane", "Olaf Brandt", "Brandt", "Bo Ferris"],
    "organization": ["Quell Bank", "Brell Port Commission", "Norvian Electoral Commission"],
}
SAYS = "[Ada Lane] {accused} "


def nobody(questions):
    return np.full(len(questions.features), -5.0, np.float32)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mayor Olaf Brandt came.\n\n" + SAYS + "the mayor <of theft>.", "Olaf Brandt"),
        (SAYS + "the mayor <of theft>.\n\nMayor Olaf Brandt denied it.", "Olaf Brandt"),
        ("Mayor Olaf Brandt met Mayor Bo Ferris.\n\n" + SAYS + "the governor <of theft>.", "the governor"),
        ("Brell Port Commission met.\n\n" + SAYS + "the commission <of theft>.", "Brell Port Commission"),
        (
            "Brell Port Commission met the Norvian Electoral Commission.\n\n" + SAYS + "the commission <of theft>.",
            "the commission",
        ),
        ("Quell Bank is old.\n\n" + SAYS + "the company <of theft>.", "the company"),
        ("Mayor Olaf Brandt came.\n\n" + SAYS + "the former mayor <of theft>.", "the former mayor"),
        ("Prime Minister Olaf Brandt came.\n\n" + SAYS + "the finance minister <of theft>.", "the finance minister"),
        ("Finance Minister Olaf Brandt came.\n\n" + SAYS + "the finance minister <of theft>.", "Olaf Brandt"),
    ],
)
def test_an_office_of_one_and_a_body_so_called_are_known(text, name):
    found = read_marked(text, NAMES, parties_by=nobody).statements[0].target
    assert found is not None and found.name == name
    assert (found.entity is None) == name.islower()


def test_nobody_is_aimed_at_himself_by_his_office():
    text = "Mayor Ada Lane came.\n\n" + SAYS + "the mayor <of theft>."
    assert read_marked(text, NAMES, parties_by=nobody).statements[0].target.entity is None
