"""onrecord itself, the whole record, under the same clock. Runs in the environment that onrecord is installed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peer import Engine, Found, Reading, main

from onrecord.articles import build_article
from onrecord.pipeline import Reader
from onrecord.records import RawDocument, Record


def make(threads: int) -> Engine:
    reader = Reader.load(threads=threads)

    def read(texts: Sequence[str]) -> Iterator[Reading]:
        documents = (RawDocument(origin=str(n), source_id=str(n), text=text) for n, text in enumerate(texts))
        for text, record in zip(texts, reader.read_many(map(build_article, documents)), strict=True):
            if not isinstance(record, Record):
                yield Reading(refused=str(record))
            elif record.article.text != text:
                yield Reading(refused="its article has another text, in which positions mean something else")
            else:
                yield Reading(list(found(record)))

    return read


def found(record: Record) -> Iterator[Found]:
    numbers = {statement.id: n for n, statement in enumerate(record.statements)}
    for statement in record.statements:
        roles = (
            [(span.start, span.end) for span in spans] for spans in (statement.source, statement.cue, statement.content)
        )
        yield Found(*roles, inside=numbers.get(statement.inside) if statement.inside else None)


if __name__ == "__main__":
    main(make)
