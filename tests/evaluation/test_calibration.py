from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluation import article_folds, cross_fit, fit_logistic, reliability

# A busy machine is no failure.

PAIRS = st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.3, 0.3001, 0.8, 1.0]), st.booleans()), min_size=1, max_size=60)


def columns(pairs):
    return np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs], dtype=float)


def test_ten_bins_of_equal_mass():
    scores = np.linspace(0, 1, 1000)
    table = reliability(scores, scores > 0.5)
    assert [b.count for b in table.bins] == [100] * 10
    assert table.bins[0].right == 0 and table.bins[-1].right == 1
    assert table.brier == pytest.approx(np.mean((scores - (scores > 0.5)) ** 2))
    assert table.expected_calibration_error == pytest.approx(0.25, abs=0.01)


def test_perfect_scores_have_no_error():
    table = reliability([0, 0, 1, 1], [0, 0, 1, 1])
    assert table.expected_calibration_error == table.brier == 0


@given(PAIRS, st.randoms(use_true_random=False))
def test_order_does_not_matter(pairs, random):
    before = reliability(*columns(pairs))
    random.shuffle(pairs)
    after = reliability(*columns(pairs))
    assert after.expected_calibration_error == pytest.approx(before.expected_calibration_error, abs=1e-12)
    assert sum(b.count for b in after.bins) == len(pairs)
    assert 0 <= after.expected_calibration_error <= 1


def test_logistic_finds_the_weights_that_made_the_data():
    random = np.random.default_rng(3)
    x = random.normal(size=(20000, 2)) * [2.0, 0.1] + [5.0, -1.0]
    chance = 1 / (1 + np.exp(-(0.7 * x[:, 0] - 4 * x[:, 1] - 7)))
    fitted = fit_logistic(x, random.random(20000) < chance)
    assert fitted.weights == pytest.approx((0.7, -4), rel=0.1)
    assert fitted.intercept == pytest.approx(-7, rel=0.1)
    assert np.abs(fitted(x) - chance).mean() < 0.01


@given(PAIRS)
def test_logistic_meets_the_mean_and_stays_finite(pairs):
    scores, right = columns(pairs)
    chances = fit_logistic(np.column_stack([scores, scores * 0]), right)(np.column_stack([scores, scores]))
    assert np.isfinite(chances).all() and ((chances >= 0) & (chances <= 1)).all()
    assert chances.mean() == pytest.approx(right.mean(), abs=1e-3)


def test_folds_keep_articles_together_and_never_change():
    articles = ["b", "a", "b", "c", "a", "d"]
    folds = article_folds(articles, folds=2)
    assert folds.tolist() == [1, 0, 1, 0, 0, 1]


def test_cross_fitting_never_looks_at_the_articles_it_judges():
    x, y = np.arange(6.0), np.array([0.0, 1, 0, 1, 1, 0])
    seen = []

    def fit(features, right):
        seen.append(features[:, 0].tolist())
        return lambda held: np.full(len(held), right.mean())

    chances = cross_fit(x, y, ["a", "a", "b", "b", "c", "c"], fit, folds=3)
    assert seen == [[2, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 3]]
    assert chances.tolist() == [0.5] * 6


def test_cross_fitted_scores_are_calibrated():
    random = np.random.default_rng(7)
    raw = random.random(4000)
    right = random.random(4000) < raw**3  # the raw scores promise too much
    articles = [f"a{k // 40}" for k in range(4000)]
    assert reliability(raw, right).expected_calibration_error > 0.1
    features = np.log(raw / (1 - raw))
    assert reliability(cross_fit(features, right, articles), right).expected_calibration_error < 0.05


@pytest.mark.parametrize(
    "call",
    [
        lambda: reliability([], []),
        lambda: reliability([0.5], [1, 0]),
        lambda: reliability([float("nan")], [1]),
        lambda: fit_logistic([], []),
        lambda: cross_fit([1, 2], [0, 1], ["a", "a"]),
        lambda: cross_fit([1, 2], [0, 1], ["a"]),
    ],
)
def test_what_cannot_be_computed_is_refused(call):
    with pytest.raises(ValueError):
        call()
