"""Weights of several runs as one. Needs torch."""

import pytest

torch = pytest.importorskip("torch", reason="torch is in the training environment only (make train)")

from training.averaging import follow, mean_of  # noqa: E402
from training.deeds_model import Doing  # noqa: E402
from training.model import Shape  # noqa: E402


def test_each_weight_is_the_mean_of_all_runs() -> None:
    shape = Shape(layers=1, width=24, heads=4, vocabulary=60, argument_heads=4, argument_hidden=32)
    runs = [Doing(shape) for _ in range(3)]
    made = mean_of(runs)
    for name, weight in made.state_dict().items():
        expected = sum(run.state_dict()[name] for run in runs) / 3
        assert torch.allclose(weight, expected, atol=1e-6), name
    assert not torch.equal(made.said.act.weight, runs[0].said.act.weight)


def test_a_running_mean_follows_fast_while_it_is_young_and_slowly_later() -> None:
    mean, now = torch.nn.Linear(2, 1), torch.nn.Linear(2, 1)
    torch.nn.init.zeros_(mean.weight)
    torch.nn.init.ones_(now.weight)
    follow(mean, now, 1, 0.998)
    assert torch.allclose(mean.weight, torch.full((1, 2), 9 / 11))
    torch.nn.init.zeros_(mean.weight)
    follow(mean, now, 100_000, 0.998)
    assert torch.allclose(mean.weight, torch.full((1, 2), 0.002))
