"""Watching: feeds polled again and again, and what is new in them added."""

from __future__ import annotations

import queue
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path

from onrecord.ingest.adding import Adder
from onrecord.ingest.feeds import JITTER, Poll, Watched, fetched, is_due
from onrecord.ingest.models import Models
from onrecord.ingest.stopping import Stop, Stopped
from onrecord.ingest.tally import ArticleTally
from onrecord.records import BusyError, InputError, NotFoundError, StoreError
from onrecord.sources import Fetched, Fetcher, NotModified
from onrecord.store import Failure, Feed, Store, Writer

ASKED_AT_ONCE = 8
"""Feeds whose servers are waited for at the same time: one that hangs holds up no other."""


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of one poll of a feed. `error`: why nothing did; `again`: the moment (UTC) before which it is left alone.

    Without an error it was left alone: it failed before.
    """

    url: str
    tally: ArticleTally
    error: str | None = None
    again: str | None = None


class Watcher:
    """Polls feeds into the store at a path. The store is open for writing only while something is written.

    `on_poll` is told what came of each poll that changed anything or failed, when that is written, and of feeds that are left
    alone.
    """

    def __init__(
        self,
        path: str | PathLike[str],
        feeds: Sequence[Watched],
        *,
        every: float,
        models: Models | None = None,
        fetcher: Fetcher | None = None,
        stop: Stop | None = None,
        on_poll: Callable[[Polled], None] | None = None,
        on_failure: Callable[[Failure], None] | None = None,
    ) -> None:
        self._path = Path(path)
        self._feeds = tuple(feeds)
        self._every = every
        self._models = models or Models()
        self._fetcher = fetcher or Fetcher()
        self._stop = stop or Stop()
        self._on_poll = on_poll
        self._on_failure = on_failure

    def watch(self) -> ArticleTally:
        """Poll every feed every so many seconds until asked to stop, and tell what came of all of it. Raises StoreError."""
        total = ArticleTally()
        now = time.monotonic()
        turns = dict.fromkeys(self._feeds, now)
        while not self._stop.asked:
            now = time.monotonic()
            due = [feed for feed, turn in turns.items() if turn <= now]
            total += self.poll(due)
            for feed in due:
                turns[feed] = now + self._every * (1 + random.uniform(-JITTER, JITTER) / 2)
            self._stop.sleep(min(turns.values()) - time.monotonic())
        return total

    def poll(self, feeds: Sequence[Watched] | None = None) -> ArticleTally:
        """Poll once the feeds that may be asked now, and tell what came of it. Raises StoreError."""
        feeds = self._feeds if feeds is None else feeds
        try:
            states, failed = self._known(feeds)
        except BusyError as error:  # the file is still to be made, and somebody else is making it
            for watched in feeds:
                self._tell(Polled(watched.url, ArticleTally(), error=str(error)))
            return ArticleTally()
        moment = datetime.now(UTC)
        asked = {watched: state for watched, state in states.items() if is_due(state, moment)}
        for watched, state in states.items():
            if watched not in asked:
                self._tell(Polled(watched.url, ArticleTally(), again=state.due))
        total = ArticleTally()
        for watched, answer in self._answers(asked):
            poll = Poll(watched, asked[watched], answer, self._fetcher, self._stop, failed=failed)
            if poll.changed:
                total += self._kept(poll)
        return total

    def _known(self, feeds: Sequence[Watched]) -> tuple[dict[Watched, Feed], frozenset[str]]:
        """How the feeds last answered, and the origins of all that failed. Raises BusyError, StoreError."""
        try:
            store = Store.open(self._path)
        except (NotFoundError, StoreError):  # not there, empty, or of an older form
            Store.open(self._path, write=True).close()
            store = Store.open(self._path)
        with store:
            failed = frozenset(failure.origin for failure in store.failures())
            return {watched: store.feed(watched.url) for watched in feeds}, failed

    def _answers(self, asked: dict[Watched, Feed]) -> Iterator[tuple[Watched, Fetched | NotModified | InputError]]:
        """What the servers answer, the quickest first."""
        waiting: queue.SimpleQueue[tuple[Watched, Feed]] = queue.SimpleQueue()
        answers: queue.SimpleQueue[tuple[Watched, Fetched | NotModified | InputError]] = queue.SimpleQueue()
        for pair in asked.items():
            waiting.put(pair)

        def work() -> None:
            while not self._stop.asked:
                try:
                    watched, before = waiting.get_nowait()
                except queue.Empty:
                    return
                answers.put((watched, fetched(watched, before, self._fetcher)))

        # Daemons: a server that hangs is not to keep a program that was asked to end.
        for _ in range(min(ASKED_AT_ONCE, len(asked))):
            threading.Thread(target=work, daemon=True, name="onrecord-feeds").start()
        for _ in asked:
            try:
                with self._stop.waiting():
                    answer = answers.get()
            except Stopped:
                return
            yield answer

    def _kept(self, poll: Poll) -> ArticleTally:
        """Add what a poll brought, and then keep how the feed stands. Where somebody else writes it is as if never polled."""
        url = poll.watched.url
        documents = list(poll.documents())  # pages are waited for while others may write
        try:
            with Store.open(self._path, write=True) as store, Writer(store) as writer:
                adder = Adder(store, writer, self._models, stop=self._stop, on_failure=self._on_failure)
                writer.clear_failures(poll.settled())
                tally = adder.add(documents)
                after = None if self._stop.asked else poll.after(self._every)  # broken off, it is to be polled anew
                if after is not None:
                    writer.keep_feed(after)
        except BusyError as error:
            self._tell(Polled(url, ArticleTally(), error=str(error)))
            return ArticleTally()
        told = poll.error.reason if poll.error else None
        self._tell(Polled(url, tally, error=told, again=after.due if after else None))
        return tally

    def _tell(self, polled: Polled) -> None:
        if self._on_poll is not None:
            self._on_poll(polled)
