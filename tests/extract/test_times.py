"""Words of time, and the days they mean."""

from __future__ import annotations

from onrecord.codebook.times import lint_times
from onrecord.extract.times import Anchor, resolve


def test_the_table_of_words_is_sound():
    assert list(lint_times()) == []


def test_a_weekday_lies_on_the_side_of_the_tense():
    tuesday = Anchor("2011-03-22", "dateline")
    assert resolve("Monday", tuesday, tense="past").date == "2011-03-21"
    assert resolve("Monday", tuesday, tense="future").date == "2011-03-28"
    assert resolve("on Tuesday", tuesday, tense="past").date == "2011-03-22"


def test_without_a_day_to_count_from_there_is_none():
    found = resolve("on Tuesday", Anchor(None, "none"), tense="past")
    assert (found.date, found.edtf, found.basis, found.reason) == (None, None, "none", "no-anchor")
