"""What a worker does: it holds the model, on one thread, and reads parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.bulk.hearing import hearing
from onrecord.bulk.values import Item, Outcome, failed
from onrecord.records import Article, RawDocument, Record, Run, to_wire

if TYPE_CHECKING:
    from onrecord.pipeline import Reader


class Worker:
    """Reads parts, each as `onrecord read` would. The model is loaded when it is first of use."""

    def run(self) -> Run:
        """What reads, for the records that it makes. Raises WeightsError."""
        return self._reader.run

    def read(self, items: Sequence[Item], published: str | None) -> list[Outcome]:
        """What becomes of each document, in their order. Nothing is raised: a document's failure is its own."""
        outcomes: list[Outcome | None] = []
        warnings: list[tuple[str, ...]] = []
        origins: list[str] = []

        def articles() -> Iterator[Article]:
            for item in items:
                with hearing() as heard:
                    made = item if isinstance(item, Outcome) else _article(item, published)
                warnings.append(tuple(heard))
                outcomes.append(made if isinstance(made, Outcome) else None)
                if not isinstance(made, Outcome):
                    origins.append(item.origin)
                    yield made

        read = iter([_read(origin, found) for origin, found in self._read(articles(), origins)])
        found = [next(read) if outcome is None else outcome for outcome in outcomes]
        return [replace(one, warnings=told) for one, told in zip(found, warnings, strict=True)]

    def _read(self, articles: Iterator[Article], origins: list[str]) -> Iterator[tuple[str, object]]:
        for number, found in enumerate(self._reader.read_many(articles)):
            yield origins[number], found

    @cached_property
    def _reader(self) -> Reader:
        from onrecord.pipeline import Reader

        return Reader.load(1)


def _article(document: RawDocument, published: str | None) -> Article | Outcome:
    from onrecord.articles import build_article

    try:
        return build_article(document, published=published)
    except Exception as error:  # one article's failure is kept, and the rest goes on
        return failed(document.origin, "article", error)


def _read(origin: str, found: object) -> Outcome:
    if not isinstance(found, Record):
        reason = f"internal error ({getattr(found, 'reason', found)})"
        return Outcome(origin, stage="reading", reason=reason)
    from onrecord.export.jsonl import line

    published = found.article.published
    # As `onrecord read` writes it where UTF-8 cannot hold it: escaped as JSON has it.
    written = line(to_wire(found)).removesuffix("\n").encode("utf-8", "backslashreplace").decode("utf-8")
    return Outcome(origin, found.article.id, published.date if published else None, written)
