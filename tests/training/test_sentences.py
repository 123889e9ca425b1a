"""The exported sentence encoder says what torch says, its mean and its length included. Needs torch."""

import copy
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is in the training environment only (make train)")

from onrecord.analysis.sentences import FILE, SCALE, TOKENIZER, Embedder  # noqa: E402
from training.export import load_tokenizer  # noqa: E402
from training.model import Attributor, Shape  # noqa: E402
from training.sentences import export  # noqa: E402

SMALL = Shape(layers=2, width=384, heads=4, vocabulary=30522, argument_heads=4, argument_hidden=64)
TEXTS = ["The dam will hold.", "Nurses want higher pay, said the union, and soon.", "No."]


@pytest.mark.filterwarnings("ignore")  # torch's older export is the one that is measured
@pytest.mark.parametrize(("quantise", "least"), [(False, 0.999), (True, 0.99)])
def test_onnx_says_what_torch_says(tmp_path: Path, quantise: bool, least: float) -> None:
    torch.manual_seed(4)
    model = Attributor(SMALL).eval()
    export(copy.deepcopy(model), tmp_path / FILE, quantise=quantise)
    tokenizer = load_tokenizer()
    tokenizer.save(str(tmp_path / TOKENIZER))
    vectors = Embedder.load(tmp_path).embed(TEXTS).astype(float) / SCALE
    for text, vector in zip(TEXTS, vectors, strict=True):
        piece = torch.tensor([tokenizer.encode(text).ids])
        nothing = torch.zeros_like(piece)
        with torch.no_grad():
            mean = model.encoder(piece, nothing, nothing, torch.ones_like(piece))[0].mean(0)
        expected = torch.nn.functional.normalize(mean, dim=0).numpy()
        assert np.linalg.norm(vector) == pytest.approx(1, abs=0.01)
        assert vector @ expected / np.linalg.norm(vector) > least
