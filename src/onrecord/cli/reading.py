"""From the names of inputs to records, one failure never stopping the rest."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from onrecord.records import Article, InputError, RawDocument, Record

if TYPE_CHECKING:
    from onrecord.pipeline import Reader

BATCH = 32  # articles handed to the reader at a time: enough to keep two cores busy, few enough to hold in memory

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """An input, or one article of it, that could not be read."""

    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Named:
    origin: str
    article: Article


def load_reader() -> Reader:
    """The reader with its weights. Imported only here: `onrecord --help` is not to wait for a model."""
    from onrecord.pipeline import Reader

    return Reader.load()


def read_all(
    reader: Reader, names: Iterable[str], *, published: str | None = None, stdin: BinaryIO | None = None
) -> Iterator[Record | Failure]:
    """Records of everything that `names` name, in order, and a Failure for what cannot be read."""
    return read_documents(reader, _documents(names, stdin), published=published)


def read_documents(
    reader: Reader, documents: Iterable[RawDocument | Failure], *, published: str | None = None
) -> Iterator[Record | Failure]:
    """Records of `documents`, in order, and a Failure for each that cannot be read.

    Lazy: holds no more than a batch of articles at a time.
    """
    articles = _articles(documents, published)
    while batch := list(islice(articles, BATCH)):
        yield from _read_batch(reader, batch)


def _documents(names: Iterable[str], stdin: BinaryIO | None) -> Iterator[RawDocument | Failure]:
    from onrecord.sources import open_source

    for name in names:
        try:
            for document in open_source(name, stdin=stdin):
                yield _failure(name, document) if isinstance(document, InputError) else document
        except Exception as error:  # one input's failure is reported, and the rest goes on
            yield _failure(name, error)


def _articles(documents: Iterable[RawDocument | Failure], published: str | None) -> Iterator[_Named | Failure]:
    from onrecord.articles import build_article

    for document in documents:
        if isinstance(document, Failure):
            yield document
            continue
        try:
            yield _Named(document.origin, build_article(document, published=published))
        except Exception as error:  # one article's failure is reported, and the rest goes on
            yield _failure(document.origin, error)


def _read_batch(reader: Reader, batch: list[_Named | Failure]) -> Iterator[Record | Failure]:
    try:
        records = iter(list(reader.read_many(item.article for item in batch if isinstance(item, _Named))))
    except Exception:  # one of them cannot be read: find out which, and keep the others
        for item in batch:
            yield item if isinstance(item, Failure) else _read_one(reader, item)
        return
    for item in batch:
        yield item if isinstance(item, Failure) else next(records)


def _read_one(reader: Reader, item: _Named) -> Record | Failure:
    try:
        return reader.read(item.article)
    except Exception as error:  # reported with its article's name
        return _failure(item.origin, error)


def _failure(origin: str, error: Exception) -> Failure:
    if isinstance(error, InputError):
        return Failure(error.origin, error.reason)
    _log.debug("%s", origin, exc_info=error)
    return Failure(origin, f"internal error ({type(error).__name__}: {error})")
