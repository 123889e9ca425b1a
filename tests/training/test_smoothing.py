"""Scaled layers say what they said, and lose less in int8. Needs torch."""

import pytest

torch = pytest.importorskip("torch", reason="torch is in the training environment only (make train)")

from tests.scripted import tokenizer  # noqa: E402

from training.export import tensors  # noqa: E402
from training.model import Encoder, Shape  # noqa: E402
from training.smoothing import smooth  # noqa: E402

SMALL = Shape(layers=2, width=48, heads=4, vocabulary=30522, argument_heads=4, argument_hidden=64)
PIECES = torch.arange(1000, 1040)[None]


@pytest.fixture
def encoder() -> Encoder:
    """One whose states have one number that is wide, as those of trained ones have."""
    torch.manual_seed(3)
    made = Encoder(SMALL).eval()
    for layer in made.layers:
        layer.norm1.weight.data[5] = 30.0
    return made


def run(encoder: Encoder) -> torch.Tensor:
    none = torch.zeros_like(PIECES)
    with torch.no_grad():
        return encoder(PIECES, none, none, torch.ones_like(PIECES))


def smoothed(encoder: Encoder) -> None:
    smooth(encoder.layers, lambda window: encoder(*tensors(window), torch.ones(1, len(window.piece))), tokenizer())


def test_states_stay_what_they_are(encoder: Encoder) -> None:
    before = run(encoder)
    smoothed(encoder)
    assert torch.allclose(run(encoder), before, atol=1e-4)


def test_what_is_wide_goes_into_the_weights(encoder: Encoder) -> None:
    smoothed(encoder)
    divided, matrix = encoder.layers[0].up
    assert divided.inverse.argmin() == 5
    assert matrix.weight.abs().amax(0).argmax() == 5
