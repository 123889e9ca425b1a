"""onrecord reads news and keeps the record: who said what, each entry traceable to the characters it was read from.

>>> import onrecord
>>> record = onrecord.read("Maria Lane said the bridge was safe.")

Only the names in ``__all__`` are promised; everything else may move between versions.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from onrecord.records import Article, RawDocument, Record, Span, Statement

if TYPE_CHECKING:
    from onrecord.pipeline import Reader

__version__ = "0.1.0"

_loading = Lock()

__all__ = ["Article", "Record", "Span", "Statement", "__version__", "read"]


def read(text_or_article: str | Article, *, published: str | None = None) -> Record:
    """Read one text, or an article built before, and return its record.

    `published` is the day (ISO 8601) on which a text appeared; an Article already carries its own. Spans of the record
    point into ``record.article.text``, which is the text as given, with newlines unified. The first call loads the
    model (about a second); later ones share it.
    """
    if isinstance(text_or_article, Article):
        if published is not None:
            raise TypeError("published goes with a text: an Article carries its own date")
        return _reader().read(text_or_article)
    from onrecord.articles import build_article
    from onrecord.sources import unify_newlines

    document = RawDocument(origin="text", text=unify_newlines(text_or_article))
    return _reader().read(build_article(document, published=published))


def _reader() -> Reader:
    with _loading:  # two threads at once are not to load the model twice
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> Reader:
    # Imported here, since it brings in onnxruntime: importing onrecord is to stay cheap.
    from onrecord.pipeline import Reader

    return Reader.load()
