"""Counts corrected for what the reader misses and makes up, and how far they may be trusted."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from onrecord.query.correcting import Quality, corrected, quality
from onrecord.query.stats import MEASURED, UNMEASURED, stats
from onrecord.records import MalformedError


def _measured(*articles):
    return Quality("made up", "", "sha256:0", articles)


def test_a_count_is_what_a_perfect_reader_would_have_counted():
    """Where 80 of 100 found are right and 80 of 160 that are there are found, 100 found stand for 160."""
    measured = _measured(*[(k % 3 + 7, 10, 16) for k in range(1, 11)])
    assert (measured.precision, measured.recall) == (0.8, 0.5)
    found = corrected(100, measured)
    assert found.value == pytest.approx(100 * measured.precision / measured.recall) == pytest.approx(160)
    assert found.low == pytest.approx(160) == found.high  # each article has the same ratio
    perfect = corrected(7, _measured(*[(10, 10, 10)] * 12))
    assert perfect.value == perfect.low == perfect.high == 7


def test_articles_that_differ_make_the_interval_wide_and_statements_of_one_do_not_make_it_narrow():
    alike = _measured(*[(8, 10, 11), (8, 10, 13)] * 20)
    apart = _measured(*[(4, 10, 4), (8, 10, 20)] * 20)
    assert corrected(400, alike).value == corrected(400, apart).value
    assert _width(corrected(400, apart)) > 7 * _width(corrected(400, alike))
    # The same articles ten times as long, each as good or bad as before: more statements, and nothing more known of the ratio.
    longer = _measured(*[(40, 100, 40), (80, 100, 200)] * 20)
    assert _width(corrected(10**6, longer)) == pytest.approx(_width(corrected(10**6, apart)), rel=0.01)


def test_little_that_is_counted_tells_little():
    measured = quality()
    shares = [_width(corrected(count, measured)) / corrected(count, measured).value for count in (1, 10, 100, 10_000)]
    assert shares == sorted(shares, reverse=True)
    assert corrected(1, measured).low == 0.0
    assert shares[0] > 1
    assert corrected(0, measured).high == 0


@pytest.mark.parametrize("counted", [1, 3, 10, 84])
def test_the_interval_holds_what_it_says_where_articles_are_drawn_anew(counted):
    """What is measured and what is counted, both drawn from the table of the package: gold is between the ends."""
    measured, dice, held = quality(), random.Random(counted), 0
    for _ in range(600):
        fitted = replace(measured, articles=tuple(dice.choices(measured.articles, k=len(measured.articles))))
        some = dice.choices(measured.articles, k=counted)
        found = corrected(sum(predicted for _, predicted, _ in some), fitted)
        held += found.low <= sum(gold for *_, gold in some) <= found.high
    assert 0.92 <= held / 600 <= 0.99


def test_the_table_of_the_package_is_a_measurement():
    measured = quality()
    right, predicted, gold = measured.sums
    assert 0 < right < min(predicted, gold)
    assert all(0 <= article[0] <= min(article[1:]) for article in measured.articles)
    assert f"{len(measured.articles)} " in measured.corpus
    assert measured.weights.startswith("sha256:")


@pytest.mark.model
def test_the_table_is_of_the_weights_that_are_shipped():
    """Where this fails: measure them (tools/quality.py)."""
    from onrecord.pipeline import Reader

    assert quality().weights == Reader.load(1).run.weights


@pytest.fixture
def said(world):
    world.identity("Ann Lane")
    world.identity("Bo Marsh")
    for month in (3, 4):
        world.article(
            *[("Ann Lane", "said", f"dam {month} {k}") for k in range(9)],
            outlet="Courier",
            published=f"2024-0{month}-02",
        )
    return world


def test_counts_come_with_what_they_are_corrected_by(said):
    assert stats(said.store, "month").measured is None
    assert {t.corrected for t in stats(said.store, "month").items} == {None}
    found = stats(said.store, "month", corrected=True, outlet="Courier", since="2024", published_until="2024-12")
    assert [t.key for t in found.items] == ["2024-03", "2024-04"]
    assert found.measured is not None
    assert found.measured.articles == len(quality().articles)
    assert found.measured.other_weights
    exact = corrected(9, quality())
    for tally in found.items:
        assert tally.corrected == pytest.approx(exact.value, abs=0.05)
        assert tally.corrected_low <= exact.low < tally.corrected < exact.high <= tally.corrected_high


@pytest.mark.parametrize("by", ["speaker", "act", "form"])
def test_what_was_not_measured_is_not_corrected(said, by):
    assert by not in MEASURED
    with pytest.raises(MalformedError, match="corrected: goes with counts by outlet"):
        stats(said.store, by, corrected=True)


@pytest.mark.parametrize(
    ("option", "value"),
    [("speaker", "Ann Lane"), ("target", "Bo Marsh"), ("act", "accuse"), ("form", "direct"), ("kind", "person")],
)
def test_nor_is_a_part_that_other_errors_leave(said, option, value):
    assert option in UNMEASURED
    with pytest.raises(MalformedError, match=UNMEASURED[option]):
        stats(said.store, "month", corrected=True, **{option: value})


def _width(interval):
    return interval.high - interval.low
