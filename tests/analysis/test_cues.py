"""Candidate cues from chances, and the arrays that the argument head is asked with."""

import numpy as np

from onrecord.analysis.cues import MOST, candidate_runs, questions, softmax
from onrecord.analysis.words import Window


def chances(*rows: tuple[float, float]) -> np.ndarray:
    """(B, I) of each word; O is the rest."""
    return np.array([(1 - b - i, b, i) for b, i in rows], np.float32)


def runs(table: np.ndarray, solid: list[bool], segments: list[int] | None = None) -> list[tuple[int, int]]:
    return candidate_runs(table, solid, segments or [0] * len(solid))


def test_no_cue_runs_over_a_paragraph() -> None:
    table = chances((0.9, 0), (0, 0), (0.0, 0.9))
    assert runs(table, [True, False, True], [0, 0, 1]) == [(0, 1), (2, 3)]


def test_a_text_of_cues_has_no_more_candidates_than_most() -> None:
    table = chances(*[(0.9, 0.0)] * 200)
    assert len(runs(table, [True] * 200)) == MOST


def test_a_run_of_likely_words_is_one_candidate() -> None:
    assert runs(chances((0, 0), (0.9, 0), (0.1, 0.8), (0, 0)), [True] * 4) == [(1, 3)]


def test_a_clear_beginning_starts_another() -> None:
    assert runs(chances((0.9, 0), (0.8, 0.1)), [True] * 2) == [(0, 1), (1, 2)]


def test_marks_within_a_word_do_not_part_it() -> None:
    assert runs(chances((0.9, 0), (0, 0), (0.0, 0.9)), [True, False, True]) == [(0, 3)]


def test_unlikely_edges_are_left_out_and_unlikely_runs_kept() -> None:
    assert runs(chances((0.2, 0), (0.1, 0.8)), [True] * 2) == [(1, 2)]
    assert runs(chances((0.25, 0), (0.0, 0.05)), [True] * 2) == [(0, 1)]


def test_softmax_of_large_scores_stays_finite() -> None:
    assert np.allclose(softmax(np.array([[1e4, 0.0, 0.0]], np.float32)), [[1, 0, 0]])


def test_questions_see_the_segment_of_their_cue() -> None:
    at = np.array([1, 2, 3, 5, 6])  # a [SEP] stands at 4
    seven = np.zeros(7, np.int64)
    window = Window(((10, 13), (13, 15)), seven, seven, seven, at, np.arange(10, 15))
    [question] = questions(window, [(1, 2), (3, 5)], [True] * 5, limit=64)
    asked = question.asked
    assert question.numbers == (1, 0) and question.segments == ((3, 5), (0, 3))
    assert asked.at.tolist() == [[5, 6, 0], [1, 2, 3]]
    assert asked.mask.tolist() == [[1, 1, 0], [1, 1, 1]]
    assert asked.cue.tolist() == [[1, 1, 0], [0, 1, 0]]
    assert asked.distance.tolist() == [[64, 65, 0], [63, 64, 65]]


def test_cues_of_long_and_short_paragraphs_are_asked_apart() -> None:
    sizes = [100, 30, 10, 20, 140]
    edges = np.cumsum([0, *sizes])
    total = int(edges[-1])
    nothing = np.zeros(total + 2, np.int64)
    window = Window(
        tuple((int(a), int(b)) for a, b in zip(edges, edges[1:], strict=False)),
        nothing, nothing, nothing, np.arange(1, total + 1), np.arange(total),
    )  # fmt: skip
    cues = [(int(lo), int(lo) + 1) for lo in edges[:-1]]
    asked = list(questions(window, cues, [True] * total, limit=64))
    assert [q.numbers for q in asked] == [(2, 3), (1,), (0, 4)]
    assert [q.asked.mask.sum(1).tolist() for q in asked] == [[10, 20], [30], [100, 140]]
