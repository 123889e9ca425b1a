"""The chain's best path, its chances and its score, against every path counted one by one."""

import itertools

import numpy as np
import pytest
from tests.scripted import flat_chain

from onrecord.analysis import Candidate, Chain
from onrecord.extract.decoding import decode, marginals, path_scores, viterbi


@pytest.fixture
def chain() -> Chain:
    rng = np.random.default_rng(3)
    flat = flat_chain()
    return Chain(flat.transition + rng.normal(size=(5, 5)).astype(np.float32), flat.start)


def test_against_every_path(chain: Chain) -> None:
    rng = np.random.default_rng(5)
    emissions = rng.normal(size=(2, 4, 5)) * 3
    sizes = np.array([4, 3])
    chances, partition = marginals(emissions, sizes, chain)
    best = viterbi(emissions, sizes, chain)
    for n, size in enumerate(sizes):
        paths = np.array(list(itertools.product(range(5), repeat=int(size))))
        row = np.repeat(emissions[n : n + 1, :size], len(paths), 0)
        scores = path_scores(row, np.full(len(paths), size), chain, paths)
        assert np.isclose(partition[n], np.logaddexp.reduce(scores))
        assert best[n, :size].tolist() == paths[scores.argmax()].tolist()
        weight = np.exp(scores - partition[n])
        expected = [[weight[paths[:, t] == tag].sum() for tag in range(5)] for t in range(size)]
        assert np.allclose(chances[n, :size], expected)


def test_one_source_and_joined_content() -> None:
    tags = [1, 0, 3, 4, 3, 0, 1, 2]  # two sources, a content with a beginning inside it
    emissions = np.zeros((8, 5), np.float32)
    emissions[np.arange(8), tags] = 9.0
    read = decode([Candidate((105, 106), (100, 108), emissions, 0.9, 2.0)], flat_chain())[0]
    assert read.source == (106, 108)  # the heavier one
    assert read.content == ((102, 105),)
    assert -0.1 < read.path <= 0 and read.content_chance > 0.9


def test_scores_so_large_that_powers_would_overflow() -> None:
    emissions = np.full((3, 5), -1e4, np.float32)
    emissions[:, 0] = 800.0
    read = decode([Candidate((0, 1), (0, 3), emissions, 0.9, 2.0)], flat_chain())[0]
    assert read.source is None and read.content == () and np.isfinite(read.path)


def test_nothing_to_decode() -> None:
    assert decode([], flat_chain()) == []
