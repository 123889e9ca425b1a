"""A sample judged by hand."""

from __future__ import annotations

import json

import pytest
from tests.query.world import World

from onrecord.evaluation.auditing import as_line, read_verdicts, sample, wilson
from onrecord.query import Library
from onrecord.records import MalformedError


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (80, 100, 0.7112, 0.8666), (0, 0, 0.0, 1.0)],
)
def test_wilson_s_interval(right, total, low, high):
    """Values of Newcombe's tables (Statistics in Medicine 1998) and R's binom.confint."""
    found = wilson(right, total)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))
    assert found.low <= found.value <= found.high


@pytest.fixture
def library():
    world = World()
    world.identity("Ann Lane")
    world.identity("Bo Marsh")
    for k in range(12):
        _, (a, b) = world.article(
            ("Ann Lane", "said", f"dam {k} holds"), ("Bo Marsh", "said", f"dam {k} broke"), outlet=f"P{k}"
        )
        world.clash(a, b, score=0.3 + k / 20, why_a="holds")
    yield Library(world.store)
    world.connection.close()


def test_the_same_seed_draws_the_same(library):
    one, again, other = (sample(library, 5, seed=seed) for seed in (7, 7, 8))
    assert [c.clash.id for c in one] == [c.clash.id for c in again]
    assert {c.clash.id for c in one} != {c.clash.id for c in other}
    assert len(sample(library, 50, seed=0)) == 12
    assert all(c.clash.score >= 0.6 for c in sample(library, 50, seed=0, least=0.6))


def test_a_file_that_was_judged_tells_its_precision(library):
    told = [json.loads(as_line(c)) for c in sample(library, 6, seed=1)]
    assert all(line["verdict"] is None and "dam" in line["a"]["passage"] for line in told)
    for line, verdict in zip(told, (True, True, True, False, None, None), strict=True):
        line["verdict"] = verdict
    found = read_verdicts([json.dumps(line) for line in told], "judged.jsonl")
    assert (found.right, found.judged, found.left) == (3, 4, 2)
    assert found.precision == wilson(3, 4)


@pytest.mark.parametrize("line", ["{}", "no", "[]", '{"verdict": "yes"}', '{"verdict": 1}'])
def test_what_is_no_audit_is_told(line):
    with pytest.raises(MalformedError):
        read_verdicts([line], "judged.jsonl")
