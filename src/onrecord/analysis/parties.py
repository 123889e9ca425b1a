"""What the party head is asked, and its answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from onrecord.analysis.heads import WEIGHTS
from onrecord.analysis.values import Floats
from onrecord.analysis.words import Ints
from onrecord.records import WeightsError

PARTIES_FILE = "parties.onnx"


@dataclass(frozen=True, slots=True)
class PartyQuestions:
    """Q questions of one article with N candidates in all. `of`: (N,) the question of each; `features`: (N, F)."""

    of: Ints
    features: Floats


class AskParties(Protocol):
    """The party head. A pure function of the questions and the weights."""

    def parties(self, questions: PartyQuestions) -> Floats:
        """(N,) scores of the candidates, to be compared within a question."""
        ...


class OnnxParties:
    """The exported party head."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._head = ort.InferenceSession(str(folder / PARTIES_FILE), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's own errors share no public base
            raise WeightsError(f"{folder}: the model cannot be loaded ({error})") from error

    def parties(self, questions: PartyQuestions) -> Floats:
        (scores,) = self._head.run(None, {"features": questions.features})
        return np.asarray(scores, np.float32)
