"""One poll of one feed: what its server gives, which entries are new, and the pages behind those that only tease."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from onrecord.articles.pages import read_page
from onrecord.ingest.stopping import Stop, Stopped
from onrecord.ingest.taking import Taken, failure, lasting
from onrecord.records import (
    InputError,
    MalformedError,
    NotFoundError,
    PrivateError,
    RawDocument,
    RefusedError,
    TooLargeError,
    utc,
)
from onrecord.sources import Fetched, Fetcher, NotModified, feed_entries, open_source
from onrecord.sources.address import without_password
from onrecord.store import Failure, Feed

TEASER_WORDS = 120
"""An entry with fewer words is a teaser: an agency's shortest dispatches have as many, a feed's summaries some fifty at most."""
MOST_PAGES = 40
"""Pages behind teasers that one poll fetches; the others come with the next. A site is asked once a second at most."""
MOST_BROKEN = 3
"""Pages in a row that cannot be had now, after which no more of that feed are asked for. With the next poll they come last."""
LONGEST_WAIT = timedelta(hours=6)
"""However often a feed failed it is asked again after this, unless its server asks for more."""
LONGEST_ASKED = timedelta(days=1)
"""The most that a server's Retry-After counts for."""
JITTER = 0.2
"""Waits differ by up to this share, so that many feeds of one host, or many watchers, do not ask at the same moment."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A line of a list of feeds: the address, and the outlet's name where the list gives one.

    `asked`: the address with the password that it is asked with, which is told and kept nowhere.
    """

    url: str
    outlet: str | None = None
    asked: str | None = None


def read_feed_list(lines: Iterable[str], origin: str) -> tuple[tuple[Watched, ...], tuple[MalformedError, ...]]:
    """Feeds of a list: an address a line, after a tab the outlet's name; "#" begins a comment; and what is wrong with others.

    Raises MalformedError where there is no feed.
    """
    found: dict[str, Watched] = {}
    wrong = list[MalformedError]()
    for number, line in enumerate(lines, 1):
        url, _, outlet = (part.strip() for part in line.strip().lstrip("\ufeff").partition("\t"))
        if not url or url.startswith("#"):
            continue
        if not url.lower().startswith(("http://", "https://")) or any(c.isspace() for c in url):
            wrong.append(MalformedError(f"{origin}:{number}", f"{url!r} is no http or https address"))
            continue
        named = without_password(url)
        found.setdefault(named, Watched(named, outlet or None, url if url != named else None))
    if not found:
        raise wrong[0] if wrong else MalformedError(origin, "a list without a feed")
    return tuple(found.values()), tuple(wrong)


class Poll:
    """A feed as its server answered now. `documents` are to be added; `after` then tells how the feed stands.

    `failed`: addresses that could not be had before. `error`: why there was no answer that can be read.
    """

    def __init__(
        self,
        watched: Watched,
        before: Feed,
        answer: Fetched | NotModified | InputError,
        fetcher: Fetcher,
        stop: Stop,
        *,
        failed: Collection[str] = (),
    ) -> None:
        self.watched = watched
        self._before = before
        self._answer = answer
        self._fetcher = fetcher
        self._stop = stop
        self._failed = failed
        self._seen: dict[str, str] = {}
        self._whole = True
        self.error = answer if isinstance(answer, InputError) else None

    @property
    def changed(self) -> bool:
        """Whether there is anything to add or to keep."""
        return not isinstance(self._answer, NotModified) or self._before.failed > 0

    def documents(self) -> Iterator[Taken | Failure]:
        """The new and the changed entries; pages for those that only tease."""
        if not isinstance(self._answer, Fetched):
            if self.error is not None:
                yield failure(self.watched.url, self.watched.url, "source", self.error)
            return
        url, got = self.watched.url, self._answer
        teasers = list[RawDocument]()
        for entry in feed_entries(got.data, url, url=got.url, charset=got.charset):
            if isinstance(entry, InputError):
                if entry.origin == url:
                    self.error = entry
                yield failure(url, entry.origin, "source", entry)
            elif self._before.seen.get(_key(entry)) == _hash(entry):
                self._seen[_key(entry)] = _hash(entry)
            elif _teases(entry):
                teasers.append(entry)
            else:
                self._seen[_key(entry)] = _hash(entry)
                yield Taken(url, self._named(entry, got))
        yield from self._pages(teasers, got)

    def settled(self) -> list[str]:
        """Origins of failures that are gone when its documents are dealt with, or were met again: the whole feed was seen."""
        if self.error is not None:
            return []
        url = self.watched.url
        places = [o for o in self._failed if o.startswith(f"{url}:")] if isinstance(self._answer, Fetched) else []
        return [url, *places]

    def after(self, every: float) -> Feed:
        """How the feed stands when its documents are dealt with. `every`: seconds between two polls."""
        if isinstance(self.error, PrivateError):  # our own rule: whoever lifts it is not to wait
            return replace(self._before, due=None)
        if self.error is not None:
            return replace(self._before, failed=self._before.failed + 1, due=_moment(self._wait(every)))
        if isinstance(self._answer, Fetched):
            # Asked without conditions, the server gives all of it again, with what could not be had now.
            etag, modified = (self._answer.etag, self._answer.modified) if self._whole else (None, None)
            return Feed(self.watched.url, etag, modified, self._seen)
        return replace(self._before, failed=0, due=None)

    def _wait(self, every: float) -> timedelta:
        """Twice as long after each failure in a row, and no shorter than the server asks for."""
        wait: timedelta = min(timedelta(seconds=every) * (1 << min(self._before.failed + 1, 16)), LONGEST_WAIT)
        wait *= 1 + random.uniform(-JITTER, JITTER)
        asked = self.error.retry_after if isinstance(self.error, RefusedError) else None
        return max(wait, min(timedelta(seconds=min(asked or 0.0, 1e6)), LONGEST_ASKED))

    def _pages(self, teasers: list[RawDocument], got: Fetched) -> Iterator[Taken | Failure]:
        """The pages behind entries that only tease. Those in trouble before come last, so that they keep no others waiting."""
        broken = 0
        for count, entry in enumerate(sorted(teasers, key=lambda entry: entry.url in self._failed)):
            if count >= MOST_PAGES or broken >= MOST_BROKEN or self._stop.asked:
                self._whole = False
                return
            page, error = self._page(self._named(entry, got))
            if error is not None:
                yield failure(self.watched.url, error.origin, "source", error)
            if page is None:
                broken += 1
                self._whole = False
            else:
                broken = 0
                self._seen[_key(entry)] = _hash(entry)
                yield Taken(self.watched.url, page)

    def _named(self, entry: RawDocument, got: Fetched) -> RawDocument:
        entry = replace(entry, outlet=self.watched.outlet or entry.outlet, retrieved=got.retrieved)
        return lasting(entry, self.watched.url)

    def _page(self, entry: RawDocument) -> tuple[RawDocument | None, InputError | None]:
        """The page behind an entry, with what the entry tells of it, or why there is none.

        Where none is to be had the entry itself is given, also without a reason: its site may keep its pages to itself, or give
        less than the entry, a notice that they are for subscribers only.
        """
        url = entry.url
        assert url is not None
        entry = replace(entry, origin=url)
        try:
            with self._stop.waiting():
                found = next(open_source(url, fetcher=self._fetcher), None)
        except Stopped:
            return None, InputError(url, "was not waited for")
        if isinstance(found, NotFoundError | TooLargeError):
            return entry, found
        if isinstance(found, RefusedError) and not found.temporary:
            return entry, None
        if isinstance(found, InputError):
            return None, found
        if found is None or found.html is None or _length(found.html, url) < len(_words(entry).split()):
            return entry, None
        told = {name: getattr(entry, name) for name in ("title", "byline", "published", "updated")}
        known = {name: value for name, value in told.items() if value and getattr(found, name) is None}
        outlet = self.watched.outlet or found.outlet or entry.outlet
        # The address that the feed gives: a redirect's end may differ from poll to poll.
        return replace(found, source_id=entry.source_id, url=url, outlet=outlet, origin=url, **known), None


def fetched(watched: Watched, before: Feed, fetcher: Fetcher) -> Fetched | NotModified | InputError:
    """What a feed's server answers, asked whether anything has changed since it last did."""
    try:
        return fetcher.get(watched.asked or watched.url, etag=before.etag, modified=before.modified)
    except InputError as error:
        return error
    except Exception as error:  # one feed's failure is kept, and the others go on
        return InputError(watched.url, f"internal error ({type(error).__name__}: {error})")


def is_due(feed: Feed, moment: datetime) -> bool:
    """Whether a feed that failed may be asked again."""
    return feed.due is None or feed.due <= utc(moment)


def _moment(wait: timedelta) -> str:
    return utc(datetime.now(UTC) + wait)


def _teases(entry: RawDocument) -> bool:
    return entry.url is not None and len(_words(entry).split()) < TEASER_WORDS


def _length(html: str, url: str) -> int:
    """Words of the article on a page."""
    try:
        return len(read_page(html, url, url).text.split())
    except MalformedError:
        return 0


def _words(entry: RawDocument) -> str:
    from onrecord.sources.markup import plain_words

    return entry.text if entry.text is not None else plain_words(entry.html or "")


def _key(entry: RawDocument) -> str:
    """Hashed, for the store keeps it whatever becomes of the article: an address has words of it."""
    return _digest(entry.source_id or entry.url or entry.title or entry.origin)


def _hash(entry: RawDocument) -> str:
    return _digest("\0".join(part or "" for part in (entry.title, entry.url, entry.updated, entry.text, entry.html)))


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]
