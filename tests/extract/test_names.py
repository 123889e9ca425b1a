"""Persons' names as read."""

from __future__ import annotations

import pytest

from onrecord.extract.names import person_name


@pytest.mark.parametrize("printed", ["(“Bo”)", "@“Bo”", "“Bo”"])
def test_a_name_that_is_but_a_nickname_is_read_as_printed(printed: str) -> None:
    assert person_name(printed).words == ("bo",)


def test_a_nickname_is_no_word_of_the_name() -> None:
    read = person_name("Ada “Bo” Lane")
    assert (read.words, read.nickname) == (("ada", "lane"), "bo")
