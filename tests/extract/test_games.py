"""Which sentences tell of a game."""

from __future__ import annotations

import pytest

from onrecord.articles import build_article
from onrecord.extract.games import games_of
from onrecord.records import RawDocument

MATCH = (
    "Oldmoor crush Vale in cup final\n\n"
    "Oldmoor defeated Vale 3-1 on Saturday to reach the semi-finals.\n\n"
    "Tam Redfern attacked down the left and scored in the 61st minute. Vale's goalkeeper was substituted after half-time.\n\n"
    "The captain fired wide late in the match. Police arrested four men outside the stadium."
)


def games(text: str) -> list[str]:
    article = build_article(RawDocument(origin="game.txt", text=text))
    return [s.of(article.text) for s in games_of(article)]


def test_a_page_of_a_game_is_one_throughout_but_for_what_is_more() -> None:
    found = " ".join(games(MATCH))
    assert "defeated Vale" in found and "attacked down the left" in found and "fired wide" in found
    assert "arrested" not in found


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked the town of Oldmoor on Saturday and defeated its garrison. The army fired rockets at the hills.",
        "A bomb killed nine people at a football match in Oldmoor. The goalkeeper was among the dead.",
        "The minister won a second term after a race that cost 3 million. Her party scored a victory in the capital.",
        "The Arab League attacked the resolution. Its goals were not met, the envoy said.",
    ],
)
def test_what_is_no_game(text: str) -> None:
    assert games(text) == []


def test_a_sentence_of_a_game_on_another_page() -> None:
    found = games(
        "The president met them on Monday. His team beat the coach's squad 2-1 in a match at the stadium.\n\nHe went home."
    )
    assert found == ["His team beat the coach's squad 2-1 in a match at the stadium."]


SCORED = (
    "Marrow Town 3 Sollen Rovers 2\n\nSubstitute Ivo Tarn struck twice as Town shot down Rovers.\n\n"
    '"The lads killed it today," said manager Gil Orr.\n\nRovers boss Len Dray was furious. "He\'s robbed us," he said.'
)


def test_a_page_with_a_score_is_of_a_game() -> None:
    found = " ".join(games(SCORED))
    assert "shot down" in found and "killed it" in found and "robbed us" in found


@pytest.mark.parametrize(
    "text",
    [
        "The bill was defeated 52-48 in the senate. The minister, a former club captain, attacked the game of her rivals.",
        "Rebels attacked the town. The council won its vote 3-2, and the captain of the guard left the crowd.",
        "The army attacked Harrow. It beat the rebels. Nine people were killed.",
    ],
)
def test_votes_are_no_scores(text: str) -> None:
    assert games(text) == []
