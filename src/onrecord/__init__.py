"""onrecord reads news and keeps the record: who said what, each entry traceable to the characters it was read from.

>>> import onrecord
>>> record = onrecord.read("Maria Lane said the bridge was safe.")

Only the names in ``__all__`` are promised; everything else may move between versions. For many texts load a `Reader`
once, and make articles for it of what `open_source` gives.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from os import PathLike
from threading import Lock
from typing import TYPE_CHECKING

from onrecord.records import (
    Article,
    MalformedError,
    OnrecordError,
    RawDocument,
    Record,
    Span,
    Statement,
    TooLargeError,
    from_wire,
    to_wire,
)

if TYPE_CHECKING:
    from onrecord.articles import build_article
    from onrecord.pipeline import Reader, ReadFailure
    from onrecord.query import Library
    from onrecord.sources import open_source

__version__ = "0.1.0"

_loading = Lock()

__all__ = [
    "Article",
    "Library",
    "OnrecordError",
    "RawDocument",
    "ReadFailure",
    "Reader",
    "Record",
    "Span",
    "Statement",
    "__version__",
    "build_article",
    "from_wire",
    "open",
    "open_source",
    "read",
    "to_wire",
]

# Fetched when first asked for: their rooms bring in the model's runtime or the reading of pages, and importing onrecord
# is to stay cheap.
_LATER = {
    "Library": "onrecord.query",
    "ReadFailure": "onrecord.pipeline",
    "Reader": "onrecord.pipeline",
    "build_article": "onrecord.articles",
    "open_source": "onrecord.sources",
}

if not TYPE_CHECKING:  # else any name at all would seem to be there

    def __getattr__(name: str) -> object:
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_LATER[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER})


def read(
    text_or_article: str | Article,
    *,
    published: str | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> Record:
    """Read one text, or an article built before, and return its record.

    `published` is the day (ISO 8601) on which a text appeared; an Article already carries its own. Spans of the record
    point into ``record.article.text``, which is the text as given, with newlines unified. `on_progress` is told, from several
    threads, the share of the text that is read. The first call loads the model (about a second); later ones share it. Raises
    TooLargeError for a text of more than 2 MB, MalformedError for a `published` that is no date, and WeightsError where the
    model is not installed, which are OnrecordErrors; TypeError for what is neither a text nor an article, or a date
    that is no text.
    """
    if isinstance(text_or_article, Article):
        if published is not None:
            raise TypeError("published goes with a text: an Article carries its own date")
        return _reader().read(text_or_article, on_progress=on_progress)
    if not isinstance(text_or_article, str):
        raise TypeError(f"a text (str) or an Article is read, not {type(text_or_article).__name__}")
    from onrecord.articles import build_article
    from onrecord.sources import MAX_TEXT_BYTES, unify_newlines
    from onrecord.sources.limits import too_large

    if (size := len(text_or_article.encode("utf-8", "surrogatepass"))) > MAX_TEXT_BYTES:
        raise TooLargeError("text", too_large(size, MAX_TEXT_BYTES))
    document = RawDocument(origin="text", text=unify_newlines(text_or_article))
    try:
        article = build_article(document, published=published)
    except MalformedError as error:  # which names the option of the command line
        raise MalformedError("published", error.reason) from error
    return _reader().read(article, on_progress=on_progress)


def open(path: str | PathLike[str]) -> Library:
    """Open the store at `path` to ask it: who said what, and all else that `Library` has.

    >>> with onrecord.open("onrecord.db") as library:
    ...     page = library.who("Siv Rondal")

    Raises NotFoundError where there is none, StoreError where it cannot be read; both are OnrecordErrors.
    """
    from onrecord.query import Library

    return Library.open(path)


def _reader() -> Reader:
    with _loading:  # two threads at once are not to load the model twice
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> Reader:
    # Imported here, since it brings in onnxruntime: importing onrecord is to stay cheap.
    from onrecord.analysis import load_beside

    load_beside("onrecord.pipeline")
    from onrecord.pipeline import Reader

    return Reader.load()
