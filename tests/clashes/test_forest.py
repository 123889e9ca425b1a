"""Trees read at once by masks of bits give what going down each of them gives."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.clashes.forest import MOST_LEAVES, Forest
from onrecord.records import WeightsError


def grown(rng: random.Random, sizes: list[int], numbers: int) -> dict[str, np.ndarray]:
    """Trees of so many leaves, split at random."""
    nodes: list[list[float]] = []  # feature, threshold, left, right, missing left, value

    def grow(leaves: int) -> int:
        here = len(nodes)
        nodes.append([0, 0.0, here, here, False, rng.uniform(-1, 1)])
        if leaves > 1:
            first = rng.randint(1, leaves - 1)
            asked = [rng.randrange(numbers), rng.choice((-1.0, 0.0, 0.5, 1.0))]
            nodes[here] = [*asked, grow(first), grow(leaves - first), rng.random() < 0.5, 0.0]
        return here

    roots = [grow(size) for size in sizes]
    kinds = (np.int16, np.float32, np.int32, np.int32, np.bool_, np.float32)
    names = ("feature", "threshold", "left", "right", "missing_left", "value")
    columns = zip(*nodes, strict=True)
    parts = {f"x_{n}": np.array(c, k) for n, c, k in zip(names, columns, kinds, strict=True)}
    return parts | {"x_roots": np.array(roots, np.int32), "x_bias": np.array([0.25], np.float32)}


def gone_down(forest: Forest, row: np.ndarray) -> float:
    """The sum for one row, one node after the other."""
    found = []
    for node in forest.roots.tolist():
        while forest.left[node] != node:
            number = row[forest.feature[node]]
            left = forest.missing_left[node] if np.isnan(number) else number <= forest.threshold[node]
            node = int(forest.left[node] if left else forest.right[node])
        found.append(forest.value[node])
    return float(np.sum(np.array(found, np.float32)) + forest.bias[0])


@given(
    st.randoms(use_true_random=False),
    st.lists(st.integers(1, 20), min_size=1, max_size=5),
    st.lists(st.lists(st.sampled_from([-1.0, 0.0, 0.25, 0.5, 1.0, 2.0, np.nan]), min_size=3, max_size=3), max_size=300),
)
def test_masks_find_the_leaf_that_going_down_finds(rng, sizes, rows):
    forest = Forest.of(grown(rng, sizes, 3), "x")
    table = np.array(rows, np.float32).reshape(-1, 3)
    assert forest(table) == pytest.approx([gone_down(forest, row) for row in table], abs=1e-6)


def test_a_tree_of_too_many_leaves():
    forest = Forest.of(grown(random.Random(0), [MOST_LEAVES + 1], 2), "x")
    with pytest.raises(WeightsError, match="leaves"):
        forest(np.zeros((1, 2), np.float32))


def test_a_tree_of_as_many_leaves_as_there_are_bits():
    forest = Forest.of(grown(random.Random(0), [MOST_LEAVES], 2), "x")
    rows = np.array([[a, b] for a in (-2, 0, 0.7, 3) for b in (-2, 0, 0.7, 3)], np.float32)
    assert forest(rows) == pytest.approx([gone_down(forest, row) for row in rows], abs=1e-6)
