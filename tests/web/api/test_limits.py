from __future__ import annotations

import pytest

from onrecord.web.api import limits
from onrecord.web.api.limits import Buckets


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_a_bucket_empties_and_fills_again(clock):
    buckets = Buckets(2.0, 4.0, clock=clock)
    assert [buckets.take("a") for _ in range(5)] == [0, 0, 0, 0, 0.5]
    clock.now = 0.5
    assert buckets.take("a") == 0
    assert buckets.take("a") == pytest.approx(0.5)
    clock.now = 1000
    assert [buckets.take("a") for _ in range(5)] == [0, 0, 0, 0, 0.5]


def test_clients_do_not_take_from_one_another(clock):
    buckets = Buckets(1.0, 1.0, clock=clock)
    assert buckets.take("a") == 0 < buckets.take("a")
    assert buckets.take("b") == 0


def test_what_is_refused_takes_nothing(clock):
    buckets = Buckets(1.0, 4.0, clock=clock)
    assert buckets.take("a", 5.0) == pytest.approx(1.0)
    assert buckets.take("a", 4.0) == 0


def test_clients_without_end_take_no_memory_without_end(clock, monkeypatch):
    monkeypatch.setattr(limits, "CLIENTS", 10)
    buckets = Buckets(1.0, 1.0, clock=clock)
    for number in range(100):
        buckets.take(str(number))
    assert len(buckets._buckets) == 10
