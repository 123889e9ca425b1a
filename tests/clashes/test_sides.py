"""Who speaks for whom, by the words of an article."""

from __future__ import annotations

import pytest

from onrecord.clashes.sides import principals

TEXT = (
    "The mayor, Orla Kemp, left the hall at noon. Her lawyer, Bo Tasker, said the divers of Dray had found nothing.\n\n"
    "Tevin Marsh, a spokesman for Halden Mills, would not be drawn.\n\nKemp's agent Lou Varr wrote a letter. "
    "A spokeswoman for the minister, Pia Stroud, rang back: Nils Ostrem, the minister, was abroad."
)


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("Bo Tasker", {"orla", "kemp"}),
        ("Tevin Marsh", {"halden", "mill"}),
        ("Lou Varr", {"kemp"}),
        ("Orla Kemp", set()),
        ("the divers of Dray", set()),
    ],
)
def test_whose_lawyer_and_spokesman(who, whom):
    start = TEXT.index(who)
    assert principals(TEXT, who, ((start, start + len(who)),)) == whom


def test_nobody_is_told():
    assert principals(TEXT, None, ()) == frozenset()
