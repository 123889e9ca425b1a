"""Adding: inputs are walked through, read, and written in batches; what is reported done is on the disk.

The models' work, and making records ready for the store, is done on the reader's threads, all else in the caller's: the store is
asked whether it wants an article before that is read, so that a run which was broken off goes on where it was, and few articles
are ever held, whatever the corpus.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from onrecord.ingest.batches import Batches, Come
from onrecord.ingest.models import Models
from onrecord.ingest.stopping import Stop
from onrecord.ingest.taking import Taken, Taking, failure
from onrecord.ingest.tally import ArticleTally
from onrecord.link import AuthorityRow
from onrecord.records import Article, Record, now_utc
from onrecord.sources import Fetcher
from onrecord.store import Failure, Store, Writer
from onrecord.store.forgetting import forgotten

BATCH = 32
"""Articles that are written at once: each batch costs a sync of the disk, and what is not written yet a kill takes away."""
BATCH_SECONDS = 2.0
"""No longer than this is anything kept that could be written."""
BATCH_CHARACTERS = 1_000_000
"""Long articles are written in smaller batches, so that what is held stays small."""
AHEAD_CHARACTERS = 200_000
"""Of articles that are read at the same time: what the model holds of a text takes some two kilobytes a character."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    input: str
    origin: str
    article: Article
    columns: str | None


class Adder:
    """Adds documents to a store that is open to write. `add` is the plain way to use it; `watch` keeps models for many rounds.

    `on_progress` is told all that was done so far, after each batch is written; `on_failure` each failure as it is met;
    `on_written` the ids of articles that are new or newer, when they are in the store; `on_known` that of one that is there.
    """

    def __init__(
        self,
        store: Store,
        writer: Writer,
        models: Models,
        *,
        published: str | None = None,
        stop: Stop | None = None,
        on_progress: Callable[[ArticleTally], None] | None = None,
        on_failure: Callable[[Failure], None] | None = None,
        on_written: Callable[[Sequence[str]], None] | None = None,
        on_known: Callable[[str], None] | None = None,
    ) -> None:
        self._store = store
        self._writer = writer
        self._models = models
        self._published = published
        self._stop = stop or Stop()
        self._on_progress = on_progress
        self._on_failure = on_failure
        self._on_known = on_known
        self._batches = Batches(writer, models, on_failure=on_failure, on_written=on_written)
        self._tally = ArticleTally()
        # What is not written yet.
        self._batch: list[Come] = []
        self._failures: list[Failure] = []
        self._known: list[str] = []
        self._forgotten: list[str] = []
        self._written = time.monotonic()
        # What the reader has taken and not given back.
        self._reading: deque[_Wanted] = deque()
        self._held: _Wanted | None = None

    def add(self, items: Iterable[Taken | Failure]) -> ArticleTally:
        """Add what is new among `items`, and tell what became of all. Raises StoreError, WeightsError."""
        wanted = self._wanted(iter(items))
        while (first := self._held or next(wanted, None)) is not None:
            self._held = None
            for outcome in self._models.reader.read_many(self._group(first, wanted)):
                self._take(outcome)
        self._write()
        return self._tally

    def _wanted(self, items: Iterator[Taken | Failure]) -> Iterator[_Wanted]:
        """Articles that would change the store; what became of the others is kept to be written."""
        for item in items:
            if isinstance(item, Failure):
                self._fail(item)
            elif (article := self._built(item)) is not None:
                if self._writer.wants(article):
                    yield _Wanted(item.input, item.document.origin, article, item.columns)
                else:
                    self._pass_over(item.document.origin, article)
            self._write_if_due()
            if self._stop.asked:
                return

    def _built(self, item: Taken) -> Article | None:
        """The article of a document; None where it cannot be made: that is kept as a failure, and the rest goes on."""
        from onrecord.articles import build_article

        try:
            return build_article(item.document, published=self._published)
        except Exception as error:
            self._fail(failure(item.input, item.document.origin, "article", error, columns=item.columns))
            return None

    def _pass_over(self, origin: str, article: Article) -> None:
        if forgotten(self._store.connection, [article]):
            self._forgotten.append(origin)
            return
        self._known.append(origin)
        if self._on_known is not None:
            self._on_known(article.id)

    def _group(self, first: _Wanted, wanted: Iterator[_Wanted]) -> Iterator[Article]:
        """Articles to be read at the same time. It ends, and is begun anew, where one more would make too much of it."""
        one: _Wanted | None = first
        while one is not None:
            ahead = sum(len(w.article.text) for w in self._reading)
            if ahead and ahead + len(one.article.text) > AHEAD_CHARACTERS:
                self._held = one
                return
            self._reading.append(one)
            yield one.article
            one = None if self._stop.asked else next(wanted, None)

    def _take(self, outcome: object) -> None:
        one = self._reading.popleft()
        if isinstance(outcome, Record):
            self._batch.append(self._batches.come(one.input, one.origin, outcome, one.columns))
        else:
            reason = f"internal error ({getattr(outcome, 'reason', outcome)})"
            self._fail(Failure(one.input, one.origin, "reading", reason, now_utc(), one.columns))
        self._write_if_due()

    def _fail(self, failed: Failure) -> None:
        self._failures.append(failed)
        if self._on_failure is not None:
            self._on_failure(failed)

    def _write_if_due(self) -> None:
        many = len(self._batch) >= BATCH or sum(len(one.record.article.text) for one in self._batch) >= BATCH_CHARACTERS
        if many or time.monotonic() - self._written >= BATCH_SECONDS:
            self._write()

    def _write(self) -> None:
        """Write what is kept, and tell of it."""
        batch, failures, known, gone = self._batch, self._failures, self._known, self._forgotten
        self._batch, self._failures, self._known, self._forgotten = [], [], [], []
        done = self._batches.write(batch) if batch else ArticleTally()
        if failures:
            self._writer.fail(failures)
        if known or gone:
            self._writer.clear_failures([*known, *gone])
        self._tally += done + ArticleTally(known=len(known), forgotten=len(gone), failed=len(failures))
        self._written = time.monotonic()
        if self._on_progress is not None and (batch or failures or known or gone):
            self._on_progress(self._tally)


def add(
    path: str | PathLike[str],
    names: Iterable[str] = (),
    *,
    again: bool = False,
    published: str | None = None,
    columns: str | None = None,
    authority: Sequence[AuthorityRow] | None = None,
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
    models: Models | None = None,
    stop: Stop | None = None,
    on_progress: Callable[[ArticleTally], None] | None = None,
    on_failure: Callable[[Failure], None] | None = None,
    on_skipped: Callable[[str], None] | None = None,
    on_written: Callable[[Sequence[str]], None] | None = None,
    on_known: Callable[[str], None] | None = None,
) -> ArticleTally:
    """Add all that `names` name (see `open_source`) to the store at `path`, which is made where there is none.

    What is stored already is not read again. What cannot be read is kept as a failure, and the rest added. `again`: what failed
    before is tried too, from where it came and with the columns that were declared for it. `published`: the day on which all of
    it appeared. `columns`: as of `open_source`. `authority`: what names are pinned to from now on. `stop` ends it early: what is
    begun is finished and written. `on_skipped` is told the files of folders that are no articles, `on_written` the ids of what is
    new or newer, `on_known` that of each that is there. Raises BusyError (somebody else writes), StoreError, WeightsError; what
    was told to `on_progress` is in the store all the same.
    """
    stop, fetcher, failed = stop or Stop(), fetcher or Fetcher(), set[str]()
    with Store.open(Path(path), write=True) as store, Writer(store) as writer:
        if authority is not None:
            writer.load_authority(authority)
        before = store.failures()
        taking = Taking(Path(path), stdin=stdin, fetcher=fetcher, stop=stop, columns=columns, on_skipped=on_skipped)
        adder = Adder(
            store,
            writer,
            models or Models(),
            published=published,
            stop=stop,
            on_progress=on_progress,
            on_failure=_noting(failed, on_failure),
            on_written=on_written,
            on_known=on_known,
        )
        tally = adder.add(chain(taking.again(before) if again else (), taking.all_of(names)))
        # What was met at none of the inputs that were gone through failed for a reason that is gone.
        if gone := [f.origin for f in before if taking.went_through(f) and f.origin not in failed]:
            writer.clear_failures(gone)
    return tally


def _noting(origins: set[str], tell: Callable[[Failure], None] | None) -> Callable[[Failure], None]:
    """Tells of each failure, and adds its origin to `origins`."""

    def told(one: Failure) -> None:
        origins.add(one.origin)
        if tell is not None:
            tell(one)

    return told
