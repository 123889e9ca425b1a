"""Write a trained attributor as ONNX, int8, with its tokenizer and settings: the files that `onrecord.analysis` loads.

    python -m training.export --model runs/student/model.pt --out src/onrecord/weights

The encoder and the argument head are two graphs. Dynamic quantisation of the weights' matrices (per channel, signed), which are
scaled before (`training.smoothing`); states stay in fp32. The speaker head is trained on these files (`training.speakers`),
and the calibrations are fitted last (`training.calibrate`, `training.calibrate_speakers`); until then there are an untrained
head and even chances.
"""

from __future__ import annotations

import argparse
import copy
import json
import logging
import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from onrecord.analysis.words import Window
from onrecord.extract.acts import ACT_FEATURES
from onrecord.extract.events import EVENT_FEATURES
from onrecord.extract.scoring import FEATURES
from onrecord.extract.speakers import SPEAKER_FEATURES
from training import pretrained, speakers
from training.model import DISTANCE, FORBIDDEN, Attributor, attention
from training.smoothing import smooth
from training.train import load, load_tokenizer

log = logging.getLogger("training")
OPSET = 17
KEPT = re.compile(r"/(?:cue|roles|valid|mention|vector)/")
"""Left in fp32: the small matrices that give the scores."""


def unfitted(features: Sequence[str]) -> dict[str, Any]:
    """A map by which everything is of even chance, until one is fitted."""
    return {"intercept": 0.0, "weights": [0.0] * len(features), "least": 0.5}


class FusedAttention(torch.autograd.Function):
    """onnxruntime's own multi-head attention: a third faster on a CPU than the operators it stands for."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, heads: int) -> Tensor:
        bias = torch.zeros(1) if mask is None else ((1.0 - mask.float()) * FORBIDDEN)[:, None, None, :]
        return attention(q, k, v, bias, heads)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, mask: Any, heads: int) -> Any:
        nothing = g.op("prim::Constant").setType(torch.OptionalType.ofTensor()) if mask is not None else None
        inputs = (q, k, v) if mask is None else (q, k, v, nothing, mask)
        return g.op("com.microsoft::MultiHeadAttention", *inputs, num_heads_i=heads).setType(q.type())


class RowScaled(nn.Module):
    """A table of embeddings as int8, each row with a scale of its own: one scale for all rows costs half a point."""

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        weight = table.weight.detach()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rows", torch.round(weight / scale).to(torch.int8))

    def forward(self, index: Tensor) -> Tensor:
        return self.rows[index].float() * self.scale[index]


def fuse(model: Attributor) -> None:
    """Make the layers ready for export. The encoder sees one whole window, so nothing is masked there."""
    for layer in model.encoder.layers:
        layer.attend = lambda q, k, v, bias, heads: FusedAttention.apply(q, k, v, None, heads)
    for layer in model.arguments.layers:
        layer.attend = lambda q, k, v, bias, heads: FusedAttention.apply(q, k, v, (bias[:, 0, 0] == 0).int(), heads)


class EncoderGraph(nn.Module):
    """piece, case, quoted (1, L) -> states (L, D), cues (L, 3), mentions (L, 17), vectors (L, V). Nothing is masked."""

    def __init__(self, model: Attributor) -> None:
        super().__init__()
        self.encoder, self.cue, self.mention, self.vector = model.encoder, model.cue, model.mention, model.links.vector

    def forward(self, piece: Tensor, case: Tensor, quoted: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        states = self.encoder(piece, case, quoted, torch.ones_like(piece))[0]
        return states, self.cue(states), self.mention(states), self.vector(states)


class ArgumentsGraph(nn.Module):
    """states (L, D); at, mask, cue, distance (N, S) -> emissions (N, S, 5), valid (N,)."""

    def __init__(self, model: Attributor) -> None:
        super().__init__()
        self.arguments = model.arguments

    def forward(self, states: Tensor, at: Tensor, mask: Tensor, cue: Tensor, distance: Tensor) -> tuple[Tensor, Tensor]:
        return self.arguments(states, at, mask, cue, distance)


def tensors(window: Window) -> list[Tensor]:
    """piece, case, quoted (1, L) of a window."""
    return [torch.from_numpy(x[None]) for x in (window.piece, window.case, window.quoted)]


def export(model: Attributor, out: Path, *, quantise: bool = True) -> None:
    """All files of the weights' folder. Without `quantise`, the graphs stay fp32, for comparison."""
    out.mkdir(parents=True, exist_ok=True)
    model = copy.deepcopy(model).eval()
    tokenizer = load_tokenizer()
    if quantise:
        smooth(model.encoder.layers, lambda w: model.encoder(*tensors(w), torch.ones(1, len(w.piece))), tokenizer)
        model.encoder.word = RowScaled(model.encoder.word)
    fuse(model)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) if quantise else out
        _graphs(model, folder)
        for name in ("encoder.onnx", "arguments.onnx") if quantise else ():
            quantize_dynamic(
                folder / name, out / name, weight_type=QuantType.QInt8, per_channel=True,
                op_types_to_quantize=["MatMul"], nodes_to_exclude=_kept(folder / name),
            )  # fmt: skip
    speakers.export([speakers.SpeakerHead(model.shape.link).eval()], out / "speakers.onnx")
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    path = out / "model.json"
    chain = model.chain.scores().detach().numpy()
    settings = {
        "trained_from": pretrained.STUDENT,
        "distance": DISTANCE,
        "transition": np.round(chain.astype(float), 5).tolist(),
        "start": model.chain.start.numpy().astype(float).tolist(),
        "calibration": unfitted(FEATURES),
        "speaker_calibration": unfitted(SPEAKER_FEATURES),
        "act_calibration": unfitted(ACT_FEATURES),
        "event_calibration": unfitted(EVENT_FEATURES),
    }
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf8")
    sizes = {p.name: p.stat().st_size for p in sorted(out.iterdir())}
    log.info("wrote %s: %s bytes, %s in all", out, sizes, sum(sizes.values()))


def _kept(path: Path) -> list[str]:
    """Matrices that stay in fp32."""
    nodes = onnx.load(str(path), load_external_data=False).graph.node
    return [n.name for n in nodes if n.op_type in ("MatMul", "Gemm") and KEPT.search(n.name)]


def _graphs(model: Attributor, folder: Path) -> None:
    window = torch.randint(1000, 2000, (1, 40))
    few = torch.zeros_like(window)
    torch.onnx.export(
        EncoderGraph(model).eval(), (window, few, few), str(folder / "encoder.onnx"),
        input_names=["piece", "case", "quoted"], output_names=["states", "cues", "mentions", "vectors"],
        dynamic_axes={n: {1: "pieces"} for n in ("piece", "case", "quoted")}
        | {n: {0: "pieces"} for n in ("states", "cues", "mentions", "vectors")},
        opset_version=OPSET, dynamo=False,
    )  # fmt: skip
    cue = torch.zeros(3, 20, dtype=torch.long)
    cue[:, 4] = 1
    asked = torch.randint(0, 40, (3, 20)), torch.ones_like(cue), cue, torch.full_like(cue, DISTANCE)
    names = ["at", "mask", "cue", "distance"]
    torch.onnx.export(
        ArgumentsGraph(model).eval(), (torch.randn(40, model.shape.width), *asked), str(folder / "arguments.onnx"),
        input_names=["states", *names], output_names=["emissions", "valid"],
        dynamic_axes={n: {0: "cues", 1: "words"} for n in (*names, "emissions")}
        | {"states": {0: "pieces"}, "valid": {0: "cues"}},
        opset_version=OPSET, dynamo=False,
    )  # fmt: skip


def run(description: str | None, write: Callable[[Path, Path, bool], None]) -> None:
    """The command that writes a trained model. `write`: its file, the folder, whether it is quantised."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fp32", action="store_true", help="leave the graphs unquantised, for comparison")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    write(args.model, args.out, not args.fp32)


if __name__ == "__main__":
    run(__doc__, lambda model, out, quantise: export(load(model), out, quantise=quantise))
