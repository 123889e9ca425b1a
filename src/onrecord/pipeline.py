"""The whole way from an article to its record: the only file that knows the order of the rooms."""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

from onrecord import codebook
from onrecord.analysis import (
    WEIGHTS,
    Analysis,
    Analyzer,
    DeedAnalyzer,
    Heads,
    ModelFiles,
    Parts,
    Pending,
    PendingDeeds,
    SecondHeads,
    Settings,
    load_models,
    mentions_of,
)
from onrecord.clashes import Judge, accounts_of, within
from onrecord.extract import (
    ACT_FEATURES,
    EVENT_FEATURES,
    SPEAKER_FEATURES,
    AimAsker,
    Calibration,
    Calling,
    EventContext,
    Page,
    acts_of,
    addressee_of,
    answers_of,
    build_entities,
    calibration_of,
    event_drafts_of,
    events_of,
    extract_statements,
    figures_of,
    lay_out,
    metonyms_of,
    parts_of,
    patients_of,
    predictions_of,
    said_on,
    speakers_of,
    target_of,
    targets_of,
    timeline_of,
    with_codes,
    with_labels,
    with_metonyms,
)
from onrecord.records import Article, Entity, Mention, Record, Run, Statement, run_id

_log = logging.getLogger(__name__)

AHEAD = 8
"""Articles whose windows wait for a thread while earlier ones are extracted: keeps threads busy and memory flat."""
SPARE = 1
"""Threads beyond the cores: while one waits for Python's lock, which extraction holds most of the time, another computes."""


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """An article that could not be read, and why. The articles after it are read all the same."""

    article_id: str
    source_id: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Calibrations:
    """What turns the models' answers into chances, and the least chance that is shown."""

    statements: Calibration
    speakers: Calibration
    acts: Calibration
    events: Calibration

    @staticmethod
    def of(settings: Settings) -> Calibrations:
        """Raises WeightsError where they do not fit the features that they are over."""
        return Calibrations(
            calibration_of(settings.calibration),
            calibration_of(settings.speaker_calibration, SPEAKER_FEATURES),
            calibration_of(settings.act_calibration, ACT_FEATURES),
            calibration_of(settings.event_calibration, EVENT_FEATURES),
        )


@dataclass(frozen=True, slots=True)
class Half:
    """An article whose statements and entities are known, while the second model looks at it."""

    article: Article
    analysis: Analysis
    page: Page
    speaking: tuple[tuple[int, ...], ...]
    statements: tuple[Statement, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    metonyms: Mapping[str, str]
    parts: tuple[Parts, ...]
    pending: PendingDeeds


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads articles. Load one and keep it: it holds the models and their threads, and may be shared."""

    analyzer: Analyzer
    second: DeedAnalyzer
    calibrations: Calibrations
    run: Run
    judge: Judge
    executor: Executor

    @staticmethod
    def load(threads: int | None = None, *, weights: Path = WEIGHTS) -> Reader:
        """A reader with the models of the package, on as many threads as there are cores unless told otherwise.

        Raises WeightsError where a model's files are missing or damaged.
        """
        models = load_models(weights)
        return Reader.of(models.weights, models.heads, models.second, threads=threads)

    @staticmethod
    def of(weights: ModelFiles, heads: Heads, second: SecondHeads, *, threads: int | None = None) -> Reader:
        """A reader with given heads, such as a test's scripted ones."""
        from onrecord import __version__

        judge = Judge.load()
        options: dict[str, object] = {"clashes": judge.hash}
        id_ = run_id(__version__, weights.hash, codebook.VERSION, options)
        return Reader(
            Analyzer(heads, weights.tokenizer, weights.settings),
            DeedAnalyzer(second, weights.settings.distance),
            Calibrations.of(weights.settings),
            Run(id_, __version__, weights.hash, codebook.VERSION),
            judge,
            Threads((threads or _cores()) + SPARE),
        )

    def read(self, article: Article, *, on_progress: Callable[[float], None] | None = None) -> Record:
        """The record of one article. The same article gives the same record, alone or among others.

        `on_progress` is told the share of it that is read, from several threads. Raises TypeError for what is no Article.
        """
        _check(article)
        reader = self if on_progress is None else replace(self, executor=_Watched(self.executor, on_progress))
        return reader._judged(reader._finish(article, reader.halfway(article)))

    def read_many(self, articles: Iterable[Article]) -> Iterator[Record | ReadFailure]:
        """The records of many articles, in their order, as they are done; a few articles are read ahead.

        An article that fails gives a ReadFailure in its place; what is no Article is a TypeError.
        """
        started: deque[tuple[Article, Pending | Exception | None]] = deque()
        again: deque[tuple[Article, Half | Exception | None]] = deque()
        for article in articles:
            _check(article)
            started.append((article, self._try(article)))
            if len(started) > AHEAD:
                again.append(self._tried_again(*started.popleft()))
            if len(again) > AHEAD:
                yield self._outcome(again)
        while started:
            again.append(self._tried_again(*started.popleft()))
        while again:
            yield self._outcome(again)

    def halfway(self, article: Article) -> Half | None:
        """An article as far as its statements and entities, as training sees it. None for one that is not to be read."""
        return self._look_again(article, self._start(article))

    def _start(self, article: Article) -> Pending | None:
        """An article that is not to be read (empty, not English) has nothing pending and a record without statements."""
        return None if article.unread else self.analyzer.start(article, self.executor)

    def _look_again(self, article: Article, pending: Pending | None) -> Half | None:
        """Statements, entities and speakers; then the article is handed to the second model, with its statements marked."""
        if pending is None:
            return None
        analysis = self.analyzer.finish(pending)
        statements = extract_statements(article, analysis, self.calibrations.statements)
        mentions, entities = build_entities(article, mentions_of(article, analysis))
        statements = with_labels(article, analysis, statements, mentions)
        page = lay_out(article, analysis, statements, mentions, entities)
        answers = answers_of(page, self.analyzer.heads)
        metonyms = metonyms_of(article, mentions, entities)
        speakers = speakers_of(page, answers, self.calibrations.speakers, entities, metonyms)
        named = tuple(replace(s, speaker=who) for s, who in zip(statements, speakers, strict=True))
        parts = parts_of(analysis, named)
        return Half(
            article, analysis, page, tuple(a.things for a in answers), named,
            with_metonyms(mentions, named, metonyms), entities, metonyms, parts,
            self.second.start(analysis, parts, self.executor),
        )  # fmt: skip

    def _finish(self, article: Article, half: Half | None) -> Record:
        """Acts, targets, times, events, figures and predictions."""
        if half is None:
            return Record(self.run, article)
        deeds = self.second.finish(half.pending)
        entities = {e.id: e for e in half.entities}
        line = timeline_of(article, half.statements)
        calling = Calling(article, half.mentions, entities, half.metonyms)
        aims = AimAsker(half.page, half.analysis.words, half.parts, deeds, half.speaking)
        statements = tuple(
            replace(
                s,
                act=act,
                target=calling.party(target_of(plain or aimed, entities, half.metonyms), s),
                addressee=addressee_of(article, s, entities, half.mentions),
                said_on=said_on(line, s),
            )
            for s, act, aimed, plain in zip(
                half.statements,
                acts_of(article, deeds, half.statements, self.calibrations.acts),
                targets_of(aims, self.second.heads),
                patients_of(half.page, half.speaking),
                strict=True,
            )
        )
        told = EventContext(article, line, statements, half.mentions, entities, half.metonyms)
        drafts = event_drafts_of(half.analysis, deeds.done, statements, self.calibrations.events)
        return Record(
            self.run,
            article,
            statements,
            half.mentions,
            with_codes(half.entities, article.text),
            events_of(told, drafts),
            figures_of(article, statements, half.mentions),
            predictions_of(line, statements),
        )

    def _judged(self, record: Record) -> Record:
        """With its clashes."""
        return replace(record, clashes=self.judge.judge(within(accounts_of(record, sayings=()))))

    def _try(self, article: Article) -> Pending | Exception | None:
        try:
            return self._start(article)
        except Exception as error:
            return error

    def _tried_again(
        self, article: Article, pending: Pending | Exception | None
    ) -> tuple[Article, Half | Exception | None]:
        if isinstance(pending, Exception):
            return article, pending
        try:
            return article, self._look_again(article, pending)
        except Exception as error:
            return article, error

    def _outcome(self, again: deque[tuple[Article, Half | Exception | None]]) -> Record | ReadFailure:
        """The record of the first that waits."""
        article, half = again.popleft()
        # The one broad catch of the whole way, with the two before it: whatever fails, it is this article's failure and
        # nobody else's.
        try:
            if isinstance(half, Exception):
                raise half
            record = self._finish(article, half)
            del half  # What the models said of a long article is as large as its record.
            return self._judged(record)
        except Exception as error:
            _log.debug("article %s", article.id, exc_info=True)
            return ReadFailure(article.id, article.source_id, f"{type(error).__name__}: {error}")


class Threads(Executor):
    """Threads that a forked process has as well: it inherits none, and what is handed to those of its parent is never done."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pools: dict[int, Executor] = {}

    def submit(self, work: Callable[..., Any], /, *values: Any, **options: Any) -> Future[Any]:
        """As an executor has it."""
        pool = self._pools.get(os.getpid())
        if (
            pool is None
        ):  # without a lock, which a process may be forked under; a pool that loses the race starts no thread
            pool = self._pools.setdefault(os.getpid(), ThreadPoolExecutor(self._count, thread_name_prefix="onrecord"))
        return pool.submit(work, *values, **options)


class _Watched(Executor):
    """Tells how much of an article is done: both models read all of its windows, one after the other."""

    def __init__(self, executor: Executor, tell: Callable[[float], None]) -> None:
        self._executor = executor
        self._tell = tell
        self._given = self._done = self._first = 0
        self._lock = Lock()

    def submit(self, work: Callable[..., Any], /, *values: Any, **options: Any) -> Future[Any]:
        """As an executor has it."""
        future = self._executor.submit(work, *values, **options)
        with self._lock:
            self._given += 1
            if self._done == 0:
                self._first = self._given
        future.add_done_callback(self._count)
        return future

    def _count(self, _: Future[Any]) -> None:
        with self._lock:
            self._done += 1
            share = self._done / max(self._given, 2 * self._first)
        self._tell(share)


def _check(article: object) -> None:
    if not isinstance(article, Article):
        kind = type(article).__name__
        raise TypeError(f"a Reader reads an Article, such as onrecord.build_article gives, not {kind}")


def _cores() -> int:
    """Cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
