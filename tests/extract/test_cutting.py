"""Contents that run into the main clause, or into another's side that has no verb of its own."""

from __future__ import annotations

import pytest
from tests.scripted import quoted_words, read_marked


def words(marked: str) -> list[tuple[str, str, str]]:
    return [(source, cue, content) for source, cue, content, _ in quoted_words(read_marked(marked))]


@pytest.mark.parametrize(
    ("marked", "content"),
    [
        ("After [Mayor Lane] {warned} <that the wall leaked, the pier was shut>.", "that the wall leaked"),
        ("If [the guild] {says} <that pay must rise, boats will stay in port>.", "that pay must rise"),
        ("While [Lane] has repeatedly {claimed} <the wall is sound, she moved her boat>.", "the wall is sound"),
        ("When [Brandt] {said} <he was ill, nobody believed him>.", "he was ill"),
        ("Warning <that the wall leaked, pilots left the port>.", None),
        ("{Warning} <that the wall leaked, pilots left the port>.", "that the wall leaked"),
        ("After {claiming} <the wall was sound, Lane moved her boat>.", "the wall was sound"),
        (
            "After [Lane] {said} <piers, walls and quays were shut, the pilots left>.",
            "piers, walls and quays were shut",
        ),
    ],
)
def test_a_clause_in_front_ends_at_its_comma(marked: str, content: str | None) -> None:
    assert [c for _, _, c in words(marked)] == ([] if content is None else [content])


@pytest.mark.parametrize(
    "marked",
    [
        "[Lane] {said} <the wall leaked, the pier was shut and the pilots had left>.",
        "After the flood, [Lane] {said} <the wall leaked, the pier was shut>.",
        "As [Lane] {said}, <the wall leaked, the pier was shut>.",
        "If [Lane] {says} <that the wall, which is old, leaks>, the pier will be shut.",
        "After [Lane] {said} <“it leaks, the pier is shut”>.",
        "On Monday [Lane] {said} <the wall leaked, the pier was shut>.",
        "[Lane] left, {saying} <the wall leaked, the pier was shut>.",
    ],
)
def test_other_commas_stay(marked: str) -> None:
    [(_, _, content)] = words(marked)
    assert content == marked[marked.index("<") + 1 : marked.index(">")]


@pytest.mark.parametrize(
    ("marked", "first", "second"),
    [
        ("[Lane] {said} <the wall was sound and Oto Brandt that it leaked>.", "the wall was sound", "that it leaked"),
        ("[Lane] {argued} <that it was sound>, but Oto Brandt that it leaked.", "that it was sound", "that it leaked"),
        ("[Lane] {says} <the wall is sound, Oto Brandt that it leaks>.", "the wall is sound", "that it leaks"),
        ("[Lane] {claimed} <the wall was sound>; Oto Brandt that <it leaked>.", "the wall was sound", "that it leaked"),
        ("[Lane] {said} <it fell in May and Oto Brandt that it fell in June>.", "it fell in May", "that it fell in June"),
    ],
)  # fmt: skip
def test_another_without_a_verb_says_his_side_by_the_verb_before(marked: str, first: str, second: str) -> None:
    verb = marked[marked.index("{") + 1 : marked.index("}")]
    assert words(marked) == [("Lane", verb, first), ("Oto Brandt", verb, second)]


@pytest.mark.parametrize(
    "marked",
    [
        "[Lane] {said} <she had told Ada Ferrin and Oto Brandt that it leaked>.",
        "[Lane] {said} <she had told the pilots and Oto Brandt that it leaked>.",
        "[Lane] {said} <it was clear to pilots and Oto Brandt that it leaked>.",
        "[Lane] {said} <the wall was sound and the quay that it held was old>.",
        "[Lane] {told} <Ada Ferrin and Oto Brandt that it leaked>.",
        "[Lane] {said} <it was “sound and Oto Brandt that knew it was late”>.",
    ],
)
def test_names_before_that_which_say_nothing(marked: str) -> None:
    [(_, _, content)] = words(marked)
    assert content == marked[marked.index("<") + 1 : marked.index(">")]


def test_a_cue_between_two_contents_parts_none() -> None:
    assert len(words("It was told that <the pier was shut> {and Brandt that} <it was early>.")) == 1
