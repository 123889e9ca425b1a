"""Scale a trained encoder's layers so that int8 loses less: what is wide in a state goes into the weights.

Dynamic quantisation gives all numbers of a state one scale, by its widest; a few of them are five times as wide as the rest,
which so get a fifth of the steps. Each input of a matrix is divided by its own width and the matrix multiplied by it, which
changes nothing but the rounding (SmoothQuant; Xiao and others, ICML 2023). Widths are seen over `training/labels/stories`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from onrecord.analysis.words import Window, pack, segments, split_words
from training.data import paragraphs_of
from training.model import Layer
from training.stories import WRITTEN

SHARE = 0.8
"""How much of the width goes into the weights: of .6, .8 and 1 the nearest to fp32 (LOG.md)."""
TOGETHER = (("q", "k", "v"), ("up",), ("down",))
"""A layer's matrices by what they are given. What goes into the last one, `o`, is even as it is."""
WINDOWS = 300
NARROW = 1e-3


class Divided(nn.Module):
    """States (…, D) by a width each (D,)."""

    def __init__(self, widths: Tensor) -> None:
        super().__init__()
        self.register_buffer("inverse", 1.0 / widths)

    def forward(self, states: Tensor) -> Tensor:
        return states * self.inverse


def smooth(layers: Iterable[Layer], look: Callable[[Window], object], tokenizer: Tokenizer) -> None:
    """Scale the layers in place. `look`: runs the model over a window."""
    inputs = [(layer, names) for layer in layers for names in TOGETHER]
    widest = _widest([getattr(layer, names[0]) for layer, names in inputs], look, _windows(tokenizer))
    for (layer, names), reach in zip(inputs, widest, strict=True):
        matrices = [getattr(layer, name) for name in names]
        divided = Divided(_widths(reach, matrices))
        for name, matrix in zip(names, matrices, strict=True):
            matrix.weight.data = matrix.weight.detach() / divided.inverse
            setattr(layer, name, nn.Sequential(divided, matrix))


def _widths(reach: Tensor, matrices: Sequence[nn.Linear]) -> Tensor:
    """(D,) about 1. `reach`: (D,) the largest of each input."""
    weights = torch.stack([m.weight.detach().abs().amax(0) for m in matrices]).amax(0)
    widths = reach.clamp(min=NARROW) ** SHARE / weights.clamp(min=NARROW) ** (1.0 - SHARE)
    return widths / widths.median()


@torch.no_grad()
def _widest(matrices: Sequence[nn.Linear], look: Callable[[Window], object], windows: Iterable[Window]) -> list[Tensor]:
    """For each matrix (D,) the largest of each of its inputs over the windows."""
    out = [torch.zeros(m.in_features) for m in matrices]

    def seen(n: int) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def keep(_: nn.Module, given: tuple[Tensor, ...]) -> None:
            out[n] = torch.maximum(out[n], given[0].abs().flatten(0, -2).amax(0))

        return keep

    hooks = [matrix.register_forward_pre_hook(seen(n)) for n, matrix in enumerate(matrices)]
    for window in windows:
        look(window)
    for hook in hooks:
        hook.remove()
    return out


def _windows(tokenizer: Tokenizer) -> Iterator[Window]:
    """Some windows of the written stories, the same in each run."""
    paths = sorted(WRITTEN.glob("*/articles/*.json"))
    for path in random.Random(1).sample(paths, len(paths))[:WINDOWS]:
        text = json.loads(path.read_text(encoding="utf8"))["text"]
        words = split_words(text, paragraphs_of(text), tokenizer)
        yield next(pack(words, tuple(segments(words, text=text))))
