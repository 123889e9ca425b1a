"""Verdicts on clashes: what they add up to, and how they are carried over to another ranking."""

from __future__ import annotations

import json

import pytest
from benchmarks.clashes_judged import (
    JUDGED,
    OF_NO_LABEL,
    Judged,
    Pair,
    Side,
    agreement,
    kappa,
    precision,
    read_judged,
    read_list,
    tell_anew,
)

from onrecord.codebook import clash_kinds

CAUSES = {"other-matter", "same-voice", "misread", "agreement", "no-account", "other-quantity"}


def side(article, *spans):
    return Side(article, frozenset(place for start, end in spans for place in range(start, end)))


def judged(verdict, gold="none", a=("one", (0, 10)), b=("one", (20, 30))):
    return Judged(Pair("deny", 0.5, side(*a), side(*b)), verdict, "-", "-", "right", "-", gold)


@pytest.fixture(scope="module")
def rows():
    return read_judged(JUDGED)


def test_every_pair_has_one_verdict_and_what_belongs_to_it(rows):
    kinds = set(clash_kinds())
    assert len(rows) == 100
    assert [r.pair.score for r in rows] == sorted((r.pair.score for r in rows), reverse=True)
    for row in rows:
        assert row.pair.a.characters and row.pair.b.characters and row.pair.kind in kinds
        assert row.gold in OF_NO_LABEL or row.gold in kinds
        assert (row.right_kind in kinds) == (row.verdict in ("yes", "unsure")), row
        assert (row.cause in CAUSES) == (row.verdict == "no"), row
        assert row.across == (row.gold == "across")
    assert not any(x.pair.is_near(y.pair) for n, x in enumerate(rows) for y in rows[:n])


def test_what_is_unsure_is_none():
    told = precision([judged("yes"), judged("unsure"), judged("no"), judged("no")])
    assert told.startswith("  1 of   4  0.250") and told.endswith("1 more unsure")


def test_labels_are_asked_only_where_they_could_have_the_pair():
    rows = [judged("yes", "deny"), judged("yes"), judged("no", "accuse"), judged("no"), judged("unsure")]
    assert agreement([*rows, judged("yes", "across"), judged("no", "unpaired")]) == (1, 1, 1, 2)


def test_kappa_is_cohen_s():
    """The example of Cohen's measure that is worked out in most textbooks: 20, 5, 10 and 15 of 50."""
    assert kappa(20, 5, 10, 15) == pytest.approx(0.4)
    assert kappa(5, 0, 0, 5) == 1.0


def test_a_pair_is_the_same_in_either_order_and_with_other_bounds():
    one = Pair("deny", 0.5, side("one", (0, 10)), side("two", (20, 30), (40, 50)))
    assert one.is_near(Pair("accuse", 0.1, side("two", (20, 30), (42, 52)), side("one", (2, 10))))
    assert not one.is_near(Pair("deny", 0.5, side("one", (8, 18)), side("two", (20, 30), (40, 50))))
    assert not one.is_near(Pair("deny", 0.5, side("one", (0, 10)), side("one", (20, 30), (40, 50))))


def test_verdicts_are_carried_over_and_the_rest_is_told(capsys):
    lines = [
        json.dumps(
            {
                "kind": "deny",
                "score": 0.9,
                "a": {"article": x, "spans": [[0, 10]]},
                "b": {"article": x, "spans": [[20, 30]]},
            }
        )
        for x in ("new", "one")
    ]
    tell_anew(read_list([*lines, ""]), [judged("yes")])
    told = capsys.readouterr().out
    assert "first  10:   1 of   1  1.000" in told and "not judged: 1" in told
    assert "to be judged: rank 1, deny, new from 0 and new from 20" in told and "rank 2" not in told
