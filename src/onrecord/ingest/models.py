"""The two models that adding needs, each loaded when it is first of use: where nothing is new, neither is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.records import Record, words_of
from onrecord.store import Vectors

if TYPE_CHECKING:
    from onrecord.analysis.sentences import EmbedTexts
    from onrecord.pipeline import Reader
    from onrecord.store.vectors import Int8s

REMEMBERED = 20_000
"""Texts whose vectors are kept for the copies of them that may follow: some 10 MB."""
EMBEDDED_AT_ONCE = 16
"""Texts that one thread takes: enough that handing them over costs nothing, few enough that all threads have some."""


class Models:
    """A reader, and an embedder that works on the reader's threads. Given ones stand in for those of the package."""

    def __init__(
        self, *, jobs: int | None = None, reader: Reader | None = None, embedder: EmbedTexts | None = None
    ) -> None:
        self._jobs = jobs
        self._reader = reader
        self._embedder = embedder
        self._remembered: dict[str, Int8s] = {}

    @property
    def reader(self) -> Reader:
        """On as many threads as there are to be jobs; default: as many as there are cores. Raises WeightsError."""
        if self._reader is None:
            from onrecord.pipeline import Reader

            self._reader = Reader.load(self._jobs)
        return self._reader

    @property
    def embedder(self) -> EmbedTexts:
        """Raises WeightsError."""
        if self._embedder is None:
            from onrecord.analysis.sentences import Embedder

            self._embedder = Embedder.load()
        return self._embedder

    def vectors_of(self, records: Sequence[Record]) -> Vectors | None:
        """The vectors of what is said in the records; None where nothing is. Each text is embedded once."""
        said = {s.id: words_of(r.article.text, s.content) for r in records for s in r.statements if s.content}
        return self.vectors(said) if said else None

    def vectors(self, said: dict[str, str]) -> Vectors:
        """Vectors of texts by their statements' ids."""
        self._embed([text for text in dict.fromkeys(said.values()) if text not in self._remembered])
        found = {id_: self._remembered[text] for id_, text in said.items()}
        while len(self._remembered) > REMEMBERED:
            del self._remembered[next(iter(self._remembered))]
        return Vectors(self.embedder.hash, {id_: vector for id_, vector in found.items() if vector.any()})

    def _embed(self, texts: list[str]) -> None:
        embedder = self.embedder
        parts = [texts[k : k + EMBEDDED_AT_ONCE] for k in range(0, len(texts), EMBEDDED_AT_ONCE)]
        for part, vectors in zip(parts, self.reader.executor.map(embedder.embed, parts), strict=True):
            self._remembered.update(zip(part, vectors, strict=True))
