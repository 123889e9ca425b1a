"""What names name, one document after another, each with the name that it came by."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from onrecord.ingest.stopping import Stop, Stopped
from onrecord.records import STDIN, InputError, RawDocument, now_utc
from onrecord.sources import Fetcher, open_source
from onrecord.sources.address import without_password
from onrecord.store import Failure, Stage

_log = logging.getLogger(__name__)
_BESIDE = {"", "-wal", "-shm", "-journal", "-writer", "-writer-journal", ".part"}
_WEB = re.compile(r"https?://", re.I)
_PART = re.compile(r"(.+):\d+")


@dataclass(frozen=True, slots=True)
class Taken:
    """A document, what the user named to have it added, and the columns that were declared for it."""

    input: str
    document: RawDocument
    columns: str | None = None


def failure(input_: str, origin: str, stage: Stage, error: Exception, *, columns: str | None = None) -> Failure:
    """An error as the store keeps it. One that nobody foresaw is told with its kind."""
    if isinstance(error, InputError):
        return Failure(input_, error.origin, stage, error.reason, now_utc(), columns)
    _log.debug("%s", origin, exc_info=error)
    return Failure(input_, origin, stage, f"internal error ({type(error).__name__}: {error})", now_utc(), columns)


def lasting(document: RawDocument, source: str) -> RawDocument:
    """A document of many that an address gives, named by its own id: the third entry of a feed is another one tomorrow."""
    own = document.source_id or document.url
    if own and _WEB.match(source) and document.origin != source:
        return replace(document, origin=f"{source}#{own}")
    return document


class Taking:
    """Walks through inputs lazily: of a file or a feed no more is held than what is looked at.

    `whole`: the inputs that were walked through to their end. `on_skipped` is told the files of folders that are no articles.
    """

    def __init__(
        self,
        store: Path,
        *,
        stdin: BinaryIO | None,
        fetcher: Fetcher,
        stop: Stop,
        columns: str | None = None,
        on_skipped: Callable[[str], None] | None = None,
    ) -> None:
        self._store = store
        self._stdin = stdin
        self._fetcher = fetcher
        self._stop = stop
        self._columns = columns
        self._on_skipped = on_skipped
        self.whole: set[str] = set()

    def all_of(self, names: Iterable[str]) -> Iterator[Taken | Failure]:
        """The documents of all names; a Failure for what cannot be read. Ends early when asked to stop."""
        for name in names:
            input_ = without_password(name)
            yield from self._one(input_, name, self._columns)
            if self._stop.asked:
                return
            self.whole.add(input_)

    def again(self, failures: Iterable[Failure]) -> Iterator[Taken | Failure]:
        """The documents that failed, and no others of the inputs that they came from. Standard input cannot be had again.

        A table is read with the columns that were declared when it failed, if no others are. Of an address that gives many, what
        failed without an id of its own is looked for among all that is new there.
        """
        sources: dict[tuple[str, str, str | None], set[str]] = {}
        for failed in failures:
            if failed.input != STDIN:
                read_as = (failed.input, _source_of(failed), self._columns or failed.columns)
                sources.setdefault(read_as, set()).add(failed.origin)
        for (input_, source, columns), origins in sources.items():
            by_place = _WEB.match(source) and any(origin.startswith(f"{source}:") for origin in origins)
            for item in self._one(input_, source, columns):
                origin = item.document.origin if isinstance(item, Taken) else item.origin
                if source in origins or origin in origins or by_place:
                    yield item
            if self._stop.asked:
                return
        self.whole.update(input_ for input_, *_ in sources)

    def went_through(self, failed: Failure) -> bool:
        """Whether what a failure was met in was walked through to its end, by the name of then or by its file's own."""
        return failed.input != STDIN and (failed.input in self.whole or _source_of(failed) in self.whole)

    def _one(self, input_: str, source: str, columns: str | None) -> Iterator[Taken | Failure]:
        found = open_source(source, stdin=self._stdin, fetcher=self._fetcher, columns=columns, on_skipped=self._skip)
        source = without_password(source)
        while True:
            try:
                with self._stop.waiting():
                    document = next(found, None)
            except Stopped:
                return
            except Exception as error:  # one input's failure is kept, and the rest goes on
                yield failure(input_, source, "source", error, columns=columns)
                return
            if document is None:
                return
            if self._is_own(document.origin):
                continue
            if isinstance(document, InputError):
                yield failure(input_, source, "source", document, columns=columns)
            else:
                yield Taken(input_, lasting(document, source), columns)

    def _skip(self, origin: str) -> None:
        if self._on_skipped is not None and not self._is_own(origin):
            self._on_skipped(origin)

    def _is_own(self, origin: str) -> bool:
        """Whether a file of a folder that is added is the store's own, or one that is kept beside it."""
        name = os.path.basename(origin)
        beside = name.startswith(self._store.name) and name[len(self._store.name) :] in _BESIDE
        return beside and os.path.realpath(os.path.dirname(origin) or ".") == os.path.realpath(self._store.parent)


def _source_of(failed: Failure) -> str:
    """The file or address that a failed document is to be had from again: "news/a.jsonl" of "news/a.jsonl:17"."""
    if failed.origin.startswith(f"{failed.input}#"):  # as `lasting` names it
        return failed.input
    part = _PART.fullmatch(failed.origin)
    for origin in (failed.origin, *([part[1]] if part else [])):
        if origin == failed.input or os.path.exists(origin):
            return origin
    # A page that a feed led to.
    return failed.origin if _WEB.match(failed.origin) else failed.input
