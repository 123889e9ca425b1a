"""Write the trained second model as ONNX, int8: the three graphs that `onrecord.analysis.deeds` loads.

python -m training.export_deeds --model runs/deeds/model.pt --out src/onrecord/weights
"""

from __future__ import annotations

import copy
import logging
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from onrecord.analysis.heads import SECOND_FILES
from onrecord.analysis.words import Window
from training import parties
from training.deeds_model import Doing
from training.export import OPSET, FusedAttention, RowScaled, run, tensors
from training.model import DISTANCE
from training.smoothing import smooth
from training.train import load_tokenizer
from training.train_deeds import load

log = logging.getLogger("training")
GRAPHS = SECOND_FILES[:3]


class DeedsGraph(nn.Module):
    """piece, case, quoted, role (1, L) -> states (L, D), triggers (L, 3), vectors (L, V). Nothing is masked."""

    def __init__(self, model: Doing) -> None:
        super().__init__()
        self.model = model

    def forward(self, piece: Tensor, case: Tensor, quoted: Tensor, role: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        states = self.model.states(piece, case, quoted, role, torch.ones_like(piece))[0]
        return states, self.model.trigger(states), self.model.vector(states)


def export(model: Doing, out: Path, *, quantise: bool = True) -> None:
    """The three graphs. Without `quantise` they stay fp32, for comparison."""
    out.mkdir(parents=True, exist_ok=True)
    model = copy.deepcopy(model).eval()
    if quantise:
        smooth(model.encoder.layers, lambda window: _look(model, window), load_tokenizer())
        model.encoder.word = RowScaled(model.encoder.word)
    for layer in model.encoder.layers:
        layer.attend = lambda q, k, v, bias, heads: FusedAttention.apply(q, k, v, None, heads)
    for head in (model.said, model.done):
        head.marked.layer.attend = lambda q, k, v, bias, heads: FusedAttention.apply(
            q, k, v, (bias[:, 0, 0] == 0).int(), heads
        )
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) if quantise else out
        _graphs(model, folder)
        for name in GRAPHS if quantise else ():
            # All of it: to keep the heads in fp32, as of the first model, changes nothing (LOG.md).
            quantize_dynamic(
                folder / name,
                out / name,
                weight_type=QuantType.QInt8,
                per_channel=True,
                op_types_to_quantize=["MatMul"],
            )
    parties.export(None, 0.0, out / SECOND_FILES[3])
    log.info("wrote %s", {name: (out / name).stat().st_size for name in SECOND_FILES})


def _look(model: Doing, window: Window) -> Tensor:
    """States of a window whose statements are not marked."""
    piece, case, quoted = tensors(window)
    return model.states(piece, case, quoted, torch.zeros_like(piece), torch.ones_like(piece))


def _graphs(model: Doing, folder: Path) -> None:
    window = torch.randint(1000, 2000, (1, 40))
    few = torch.zeros_like(window)
    inputs, outputs = ["piece", "case", "quoted", "role"], ["states", "triggers", "vectors"]
    torch.onnx.export(
        DeedsGraph(model).eval(), (window, few, few, few), str(folder / GRAPHS[0]), input_names=inputs,
        output_names=outputs, dynamic_axes={n: {1: "pieces"} for n in inputs} | {n: {0: "pieces"} for n in outputs},
        opset_version=OPSET, dynamo=False,
    )  # fmt: skip
    mark = torch.zeros(3, 20, dtype=torch.long)
    mark[:, 4] = 2
    given = torch.randint(0, 40, (3, 20)), torch.ones_like(mark), mark, torch.full_like(mark, DISTANCE)
    names = ["at", "mask", "mark", "distance"]
    heads = ((model.said, GRAPHS[1], ["acts", "targets"]), (model.done, GRAPHS[2], ["types", "parties"]))
    for head, file, outputs in heads:
        torch.onnx.export(
            head.eval(), (torch.randn(40, model.shape.width), *given), str(folder / file), input_names=["states", *names],
            output_names=outputs, opset_version=OPSET, dynamo=False,
            dynamic_axes={n: {0: "asked", 1: "words"} for n in names} | {"states": {0: "pieces"}}
            | {n: {0: "asked"} for n in outputs},
        )  # fmt: skip


if __name__ == "__main__":
    run(__doc__, lambda model, out, quantise: export(load(model), out, quantise=quantise))
