"""Contents that do not tell what they are about."""

from __future__ import annotations

import pytest

from onrecord.codebook.taking_up import is_bare
from onrecord.query.bare import cue_before


@pytest.mark.parametrize(
    "content", ["the claim", "which", "“the allegations,”", "both claims", "responsibility", "any wrongdoing"]
)
def test_what_is_shown_with_its_sentence(content):
    assert is_bare(content)


@pytest.mark.parametrize(
    "content", ["that the pier held", "arming the guild", "the pier", "", "the claim that the pier held firm"]
)
def test_what_tells_by_itself(content):
    assert not is_bare(content)


def test_the_sentence_is_given_where_the_content_is_bare():
    from tests.query.world import World

    from onrecord.query.statements import said

    world = World()
    _, (a, b) = world.article(("Ann Lane", "denied", "the claim"), ("Bo Marsh", "said", "it broke"))
    told = said(world.store, [a, b])
    assert told[a].sentence is not None and "denied the claim" in told[a].sentence
    assert told[b].sentence is None
    world.connection.close()


@pytest.mark.parametrize(
    ("form", "act", "cue", "content", "expected"),
    [
        ("indirect", "deny", "denied", "ever seeing the ledger", "denied"),
        ("indirect", "praise", "welcomed", "the new weir", "welcomed"),
        ("mixed", "state", "did not say", "whether the weir held", "did not say"),
        ("indirect", "state", "admitted", "opening the weir", "admitted"),
        ("indirect", "state", "said", "that the weir held", ""),
        ("direct", "deny", "said", "“That is a lie.”", ""),
        ("indirect", "deny", "denied", "", ""),
        ("indirect", "accuse", "according to", "The weir had been opened by night", ""),
        ("indirect", "accuse", "According to", "the keeper had opened the weir", ""),
    ],
)
def test_the_cue_stands_before_what_would_read_otherwise(form, act, cue, content, expected):
    assert cue_before(form, act, cue, content) == expected
