"""Write the sentence encoder as ONNX, int8: the file that `onrecord.analysis.sentences` loads for search by meaning.

    python -m training.sentences --out src/onrecord/weights

Nothing is trained: it is all-MiniLM-L6-v2 as its package carries it (`training.pretrained`), with its mean over the pieces and
its unit length inside the graph. Its pieces are those of `tokenizer.json`, which `training.export` writes.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from onrecord.analysis.sentences import FILE
from training import pretrained
from training.export import OPSET, RowScaled, fuse
from training.model import Attributor

log = logging.getLogger("training")


class SentenceGraph(nn.Module):
    """piece (1, L), [CLS] and [SEP] included -> vector (D,) of length 1. One text a run, so nothing is masked."""

    def __init__(self, model: Attributor) -> None:
        super().__init__()
        self.encoder = model.encoder

    def forward(self, piece: Tensor) -> Tensor:
        # What the attribution model adds for letter case and quotation marks is zero in the pretrained encoder.
        nothing = torch.zeros_like(piece)
        states = self.encoder(piece, nothing, nothing, torch.ones_like(piece))[0]
        mean = states.mean(0)
        return mean / mean.square().sum().sqrt()


def export(model: Attributor, path: Path, *, quantise: bool = True) -> None:
    """The graph of a pretrained encoder; changes `model`. Without `quantise` it stays fp32, for comparison."""
    model.eval()
    fuse(model)
    if quantise:
        model.encoder.word = RowScaled(model.encoder.word)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / FILE if quantise else path
        torch.onnx.export(
            SentenceGraph(model).eval(), (torch.randint(1000, 2000, (1, 40)),), str(plain),
            input_names=["piece"], output_names=["vector"], dynamic_axes={"piece": {1: "pieces"}},
            opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        if quantise:
            quantize_dynamic(
                plain, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul"]
            )
    log.info("wrote %s: %s bytes", path, path.stat().st_size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder of the weights")
    parser.add_argument("--fp32", action="store_true", help="leave the graph unquantised, for comparison")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    args.out.mkdir(parents=True, exist_ok=True)
    export(pretrained.load(pretrained.student_folder()), args.out / FILE, quantise=not args.fp32)


if __name__ == "__main__":
    main()
