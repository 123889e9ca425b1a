from __future__ import annotations

import pytest

from onrecord.query.printed import as_printed
from onrecord.query.who import who


@pytest.mark.parametrize(
    ("folded", "content", "printed"),
    [
        ("monday", "I will go on Monday, and stay", "Monday"),
        ("the ministry of works", "“The Ministry  of\nWorks”", "The Ministry of Works"),
        ("ete", "in Été.", "Été"),
        ("friday", "on Monday", "friday"),
        ("friday", None, "friday"),
        ("", "on Monday", ""),
    ],
)
def test_altered_words_are_those_of_the_page(folded, content, printed):
    assert as_printed(folded, content) == printed


def test_an_answer_has_altered_words_as_they_are_printed(world):
    world.identity("Ann Lane")
    _, (first,) = world.article(("Ann Lane", "said", '"I go on Friday for the Ministry"'))
    _, (other,) = world.article(("Ann Lane", "said", '"I go on Monday for the Ministry"'), outlet="Courier")
    world.printed_again(first, other, altered=[["friday", "monday"]])
    (utterance,) = who(world.store, "Ann Lane").items
    assert [a.altered for a in utterance.appearances] == [(), (("Friday", "Monday"),)]
