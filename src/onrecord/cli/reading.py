"""From the names of inputs to records, one failure never stopping the rest."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from onrecord.records import Article, InputError, RawDocument, Record

if TYPE_CHECKING:
    from onrecord.pipeline import Reader

PATIENCE = 100
"""Failures in a row that may wait for the article before them to be read: a long broken file is not to fill memory."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UnreadInput:
    """An input, or one article of it, that could not be read."""

    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class _NamedArticle:
    origin: str
    article: Article


def load_reader() -> Reader:
    """The reader with its weights. Imported only here: `onrecord --help` is not to wait for a model."""
    from onrecord.analysis import load_beside

    load_beside("onrecord.pipeline")
    from onrecord.pipeline import Reader

    return Reader.load()


def read_all(
    reader: Reader,
    names: Iterable[str],
    *,
    published: str | None = None,
    columns: str | None = None,
    stdin: BinaryIO | None = None,
    allow_private: bool = False,
) -> Iterator[Record | UnreadInput]:
    """Records of everything that `names` name, in order, and an UnreadInput for what cannot be read."""
    return read_documents(reader, _documents(names, stdin, columns, allow_private=allow_private), published=published)


def read_documents(
    reader: Reader, documents: Iterable[RawDocument | UnreadInput], *, published: str | None = None
) -> Iterator[Record | UnreadInput]:
    """Records of `documents`, in order, and an UnreadInput for each that cannot be read.

    Lazy: what is read is given at once, and only the few articles that the reader takes ahead are held.
    """
    from onrecord.pipeline import ReadFailure

    items, waiting = _articles(documents, published), deque[str | UnreadInput]()
    more = True
    while more:
        for outcome in reader.read_many(_taken(items, waiting)):
            while isinstance(first := waiting.popleft(), UnreadInput):  # those that stood before this article
                yield first
            if isinstance(outcome, ReadFailure):
                yield UnreadInput(first, f"internal error ({outcome.reason})")
            else:
                yield outcome
        more = len(waiting) == PATIENCE
        while waiting:
            yield cast(UnreadInput, waiting.popleft())


def _taken(items: Iterator[_NamedArticle | UnreadInput], waiting: deque[str | UnreadInput]) -> Iterator[Article]:
    """Articles of `items`, until too many failures stand in a row; `waiting` keeps the order of origins and failures."""
    failed = 0
    while failed < PATIENCE and (item := next(items, None)):
        if isinstance(item, UnreadInput):
            waiting.append(item)
            failed += 1
        else:
            waiting.append(item.origin)
            failed = 0
            yield item.article


def _documents(
    names: Iterable[str], stdin: BinaryIO | None, columns: str | None, *, allow_private: bool
) -> Iterator[RawDocument | UnreadInput]:
    from onrecord.sources import Fetcher, open_source

    fetcher = Fetcher(allow_private=allow_private)  # one for all: it remembers when a site was last asked
    for name in names:
        try:
            for document in open_source(name, stdin=stdin, fetcher=fetcher, columns=columns):
                yield _failure(name, document) if isinstance(document, InputError) else document
        except Exception as error:  # one input's failure is reported, and the rest goes on
            yield _failure(name, error)


def _articles(
    documents: Iterable[RawDocument | UnreadInput], published: str | None
) -> Iterator[_NamedArticle | UnreadInput]:
    from onrecord.articles import build_article

    for document in documents:
        if isinstance(document, UnreadInput):
            yield document
            continue
        try:
            yield _NamedArticle(document.origin, build_article(document, published=published))
        except Exception as error:  # one article's failure is reported, and the rest goes on
            yield _failure(document.origin, error)


def _failure(origin: str, error: Exception) -> UnreadInput:
    if isinstance(error, InputError):
        return UnreadInput(error.origin, error.reason)
    _log.debug("%s", origin, exc_info=error)
    return UnreadInput(origin, f"internal error ({type(error).__name__}: {error})")
