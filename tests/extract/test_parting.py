"""A second verb of the speaker's own is no part of what he says."""

from __future__ import annotations

import pytest
from tests.scripted import quoted_words, read_marked


def words(marked: str) -> list[tuple[str, str, str]]:
    return [(source, cue, content) for source, cue, content, _ in quoted_words(read_marked(marked))]


@pytest.mark.parametrize(
    ("marked", "content", "second"),
    [
        (
            "[Lane] {said} <that 40 ships were stuck and has asked for tugs>.",
            "that 40 ships were stuck",
            ("has asked", "for tugs"),
        ),
        (
            "[Lane] {has said} <that the wall leaked and has demanded a pump>.",
            "that the wall leaked",
            ("has demanded", "a pump"),
        ),
        (
            "[Lane] {said} <she was “appalled” by it and has ordered a review>.",
            "she was “appalled” by it",
            ("has ordered", "a review"),
        ),
        (
            "[The navy] {said} <it had aimed at a depot and denied hitting the clinic>.",
            "it had aimed at a depot",
            ("denied", "hitting the clinic"),
        ),
        (
            "[The navy] {said} <it had aimed at a depot> and denied hitting the clinic.",
            "it had aimed at a depot",
            ("denied", "hitting the clinic"),
        ),
        (
            "[Lane] {said} <the guild was stalling and challenged its leader to a debate>.",
            "the guild was stalling",
            ("challenged", "its leader to a debate"),
        ),
        ("[Lane] {said} <two halls were flooded and has bought pumps>.", "two halls were flooded", None),
    ],
)
def test_a_second_verb_of_the_speakers_ends_a_content(
    marked: str, content: str, second: tuple[str, str] | None
) -> None:
    first, *rest = words(marked)
    assert first[2] == content
    assert rest == ([(first[0], *second)] if second else [])


@pytest.mark.parametrize(
    "content",
    [
        "he was born in Oslo and has lived here since",
        "he was sacked and has two children",
        "the guild had met the board and accused its leader of greed",
        "Brandt rang him and told him to go",
        "the wall was mended and praised by the board",
        "two halls were flooded, that the mayor was away and has left no word",
        "“the halls were flooded and has anybody asked for help”",
        "the wall leaked and that nobody had asked",
        "her staff had visited the camp and counted 38 graves",
        "the wall leaked and has asked",
    ],
)
def test_a_verb_that_may_be_anothers_ends_none(content: str) -> None:
    assert words(f"[Lane] {{said}} <{content}>.") == [("Lane", "said", content)]
    assert words(f"[Lane] {{said}} <{content}> at noon.") == [("Lane", "said", content)]


def test_where_the_outer_verb_is_in_the_present_tenses_tell_nothing() -> None:
    content = "she was sacked and has asked for help"
    assert words(f"[Lane] {{says}} <{content}>.") == [("Lane", "says", content)]
