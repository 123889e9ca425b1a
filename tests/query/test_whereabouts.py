"""Where a sentence says that something is, by its words."""

from __future__ import annotations

import pytest

from onrecord.query.whereabouts import place_named

KNOWN = {"velm": "Velm", "tel zahra": "Tel Zahra", "ilven": "Ilven", "velm bay": "Velm Bay"}


@pytest.mark.parametrize(
    ("words", "named", "place"),
    [
        ("Nine died in Velm on Monday.", True, "Velm"),
        ("In Velm, nine died.", True, "Velm"),
        ("A raid on Velm left nine dead.", True, "Velm"),
        ("Nine died near the port city of Velm.", True, "Velm"),
        ("Nine died near the capital, Velm, he said.", True, "Velm"),
        ("Nine died at Tel Zahra air base.", True, "Tel Zahra"),
        ("Nine drowned off Point Ilven.", True, "Ilven"),
        ("Nine drowned in Velm Bay.", True, "Velm Bay"),
        ("Nine died in an ambush in Orren.", True, None),
        ("Nine died on their side, she said.", True, None),
        ("Nobody died on the Norvian side.", True, None),
        ("Nine died on the other side of the river in Velm.", True, "Velm"),
        ("Nine died on the left side of the bus.", False, None),
        ("Nine died outside Orren, not in Velm.", True, "Velm"),
        ("Ann Lane, 29, from Velm, saw nine die.", False, None),
        ("Ann Lane, 29, from Velm, saw nine die at Ilven clinic.", True, "Ilven"),
        ("Nine fled from Velm.", True, "Velm"),
        ("Nine died in March.", False, None),
        ("Nine died on Monday, the clerk of Orren said.", False, None),
        ("The loss was put at P45 million.", False, None),
        ("Nine died in Marn's boat.", False, None),
        ("Nine died in a boat, Velm officials said.", False, None),
    ],
)
def test_places_stand_after_words_of_place(words, named, place):
    assert place_named(words, KNOWN, lambda at: False) == (named, place)


def test_what_was_read_as_something_else_is_no_place():
    words = "Nine died in Orren custody, in Velm."
    assert place_named(words, {}, lambda at: words[at:].startswith("Orren")) == (True, None)
    assert place_named(words, {}, lambda at: True) == (False, None)
