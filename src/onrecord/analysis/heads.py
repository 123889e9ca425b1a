"""The model at run time: ONNX sessions behind a Protocol that tests can script."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from tokenizers import Tokenizer

from onrecord.analysis.speakers import AskSpeakers, Questions
from onrecord.analysis.values import Chain, Floats
from onrecord.analysis.words import Ints, Window
from onrecord.records import WeightsError

WEIGHTS = Path(__file__).parent.parent / "weights"
# On a CPU the fused operator takes three times as long as the addition and the normalisation that it stands for.
SLOWER_FUSED = ["SkipLayerNormFusion"]
FIRST_FILES = ("encoder.onnx", "arguments.onnx", "speakers.onnx")
SECOND_FILES = ("deeds.onnx", "said.onnx", "done.onnx", "parties.onnx")
FILES = (*FIRST_FILES, *SECOND_FILES, "tokenizer.json", "model.json")


@dataclass(frozen=True, slots=True)
class ArgumentQuestions:
    """Cues of one window for the argument head, each array (N, S).

    `at`: positions in the window of the words of each cue's segment; `mask`: 1 where there is a word; `cue`: 1 on the
    cue's words; `distance`: to its first word, clipped, counted from 0.
    """

    at: Ints
    mask: Ints
    cue: Ints
    distance: Ints


@dataclass(frozen=True, slots=True)
class Encoded:
    """A window of L pieces as the encoder sees it.

    `states`: to be handed back to `arguments`. `cues`: (L, 3) scores for O, B, I. `mentions`: (L, 1 + 2 * kinds) scores for O
    and each kind's B and I. `vectors`: (L, V) for the link head.
    """

    states: Any
    cues: Floats
    mentions: Floats
    vectors: Floats


class Heads(AskSpeakers, Protocol):
    """One window in, scores out; then an article's questions about speakers. A pure function of the window and the weights."""

    def encode(self, window: Window) -> Encoded:
        """The window's states and scores."""
        ...

    def arguments(self, states: Any, asked: ArgumentQuestions) -> tuple[Floats, Floats]:
        """Role scores (N, S, 5) and log odds (N,) that a cue attributes."""
        ...


@dataclass(frozen=True, slots=True)
class Settings:
    """What was fitted with the weights. `distance`: where relative distance is clipped.

    The calibrations: see `extract.scoring`, `extract.speakers`, `extract.acts` and `extract.events`.
    """

    distance: int
    chain: Chain
    calibration: dict[str, Any]
    speaker_calibration: dict[str, Any]
    act_calibration: dict[str, Any]
    event_calibration: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """The model's files: their hash, the tokenizer, the settings."""

    folder: Path
    hash: str
    tokenizer: Tokenizer
    settings: Settings


def load_weights(folder: Path = WEIGHTS) -> ModelFiles:
    """Read the weights' small parts and hash them all. Raises WeightsError where one is missing or damaged."""
    digest = hashlib.sha256()
    for name in FILES:
        path = folder / name
        if not path.is_file():
            raise WeightsError(f"{path}: the model's file is missing: install onrecord again, or run `make train`")
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    try:
        kept = json.loads((folder / "model.json").read_text(encoding="utf8"))
        chain = Chain(np.asarray(kept["transition"], np.float32), np.asarray(kept["start"], np.float32))
        maps = (kept[f"{name}calibration"] for name in ("", "speaker_", "act_", "event_"))
        settings = Settings(int(kept["distance"]), chain, *maps)
    except (KeyError, ValueError, TypeError) as error:
        raise WeightsError(f"{folder}: the model's settings are damaged ({error!r})") from error
    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # tokenizers raises nothing narrower
        raise WeightsError(f"{folder}: the tokenizer is damaged ({error})") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return ModelFiles(folder, f"sha256:{digest.hexdigest()}", tokenizer, settings)


def session(graph: str | bytes, path: Path) -> Any:
    """A graph, or the one of a file, to be run on one thread. Raises WeightsError, which names `path`."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    providers = ["CPUExecutionProvider"]
    try:
        return ort.InferenceSession(graph, options, providers=providers, disabled_optimizers=SLOWER_FUSED)
    except Exception as error:  # onnxruntime's own errors share no public base
        raise WeightsError(f"{path}: the model cannot be loaded ({error})") from error


class OnnxHeads:
    """The exported model. Each run has one window and one thread, so that a record is the same alone and in a batch.

    Dynamic int8 quantisation scales activations by what is in the batch (see docs/decisions): a window is never batched with
    another. Callers run several windows at once on threads of their own; a session may be shared by them.
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._encoder, self._arguments, self._speakers = (session(str(folder / name), folder) for name in FIRST_FILES)

    def encode(self, window: Window) -> Encoded:
        seen = {"piece": window.piece[None], "case": window.case[None], "quoted": window.quoted[None]}
        return Encoded(*self._encoder.run(None, seen))

    def arguments(self, states: Any, asked: ArgumentQuestions) -> tuple[Floats, Floats]:
        emissions, valid = self._arguments.run(
            None,
            {"states": states, "at": asked.at, "mask": asked.mask, "cue": asked.cue, "distance": asked.distance},
        )
        return emissions, valid

    def speakers(self, questions: Questions) -> Floats:
        q = questions
        inputs = {"asked": q.asked, "of": q.of, "features": q.features, "places": q.places, "there": q.there}
        (scores,) = self._speakers.run(None, inputs)
        return np.asarray(scores, np.float32)
