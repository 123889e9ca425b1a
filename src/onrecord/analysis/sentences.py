"""Sentence vectors: what a text means as 384 numbers, so that a search finds what was said in other words.

all-MiniLM-L6-v2 (see MODEL_CARD.md, docs/decisions): the mean over a text's pieces, of length 1, as int8. It is a model of its
own beside the one that reads: no record hangs on it, so its hash is no part of a run's. What vectors can be compared with
which is told by `hash`: a store keeps it beside them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.analysis.heads import WEIGHTS, session
from onrecord.analysis.words import SEP
from onrecord.records import WeightsError

FILE = "sentences.onnx"
TOKENIZER = "tokenizer.json"
"""Shared with the reader: its vocabulary and its lower-casing are the pretrained model's own."""
WIDTH = 384
LONGEST = 128
"""Pieces of a text that are read, [CLS] and [SEP] included: what the model was trained on. Of 5,133 statements (PolNeAR dev and
the invented stories) 8 are longer; what follows is left out of their vectors."""
SCALE = 256
"""A unit vector times this, rounded. The largest number met was .34, so nothing is cut off at 127; the cosine of two statements
moves by .0016 (root mean square), against .0032 with a scale of 127, and .0122 that the int8 weights cost."""
# Halves of a character that stand alone; the tokenizer takes none.
_SURROGATES = re.compile("[\ud800-\udfff]")


class EmbedTexts(Protocol):
    """Texts to vectors, each by itself: a pure function of the text and the weights."""

    @property
    def hash(self) -> str:
        """Tagged hash of the weights. Only vectors of the same hash can be compared."""
        ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.int8]:
        """(N, 384) vectors, all of about the same length: their cosine tells how near two texts are in meaning."""
        ...


class Embedder:
    """The exported sentence encoder. One text a run and one thread a run, so that a text has one vector in any company.

    Dynamic int8 quantisation scales activations by what is in the batch (see docs/decisions). Callers that want several cores
    call `embed` on threads of their own; the session may be shared by them.
    """

    def __init__(self, session: Any, tokenizer: Tokenizer, digest: str) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._hash = digest

    @classmethod
    def load(cls, folder: Path = WEIGHTS) -> Embedder:
        """Load the graph and its tokenizer. Raises WeightsError where a file is missing or damaged."""
        graph, pieces = (_read(folder / name) for name in (FILE, TOKENIZER))
        digest = hashlib.sha256(hashlib.sha256(graph).digest() + hashlib.sha256(pieces).digest())
        try:
            tokenizer = Tokenizer.from_buffer(pieces)
        except Exception as error:  # tokenizers raises nothing narrower
            raise WeightsError(f"{folder / TOKENIZER}: the tokenizer is damaged ({error})") from error
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return cls(session(graph, folder / FILE), tokenizer, f"sha256:{digest.hexdigest()}")

    @property
    def hash(self) -> str:
        """Tagged hash of graph and tokenizer."""
        return self._hash

    def embed(self, texts: Sequence[str]) -> NDArray[np.int8]:
        """(N, 384) vectors. Of a text longer than LONGEST pieces only the beginning counts."""
        vectors = np.empty((len(texts), WIDTH), np.int8)
        whole = [_SURROGATES.sub("\ufffd", text) for text in texts]
        for n, encoding in enumerate(self._tokenizer.encode_batch(whole)):
            ids = encoding.ids
            if len(ids) > LONGEST:
                ids = [*ids[: LONGEST - 1], SEP]
            (vector,) = self._session.run(None, {"piece": np.array([ids], np.int64)})
            vectors[n] = np.clip(np.rint(vector * SCALE), -127, 127)
        return vectors


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise WeightsError(f"{path}: the model's file is missing: install onrecord again, or run `make train`")
    return path.read_bytes()
