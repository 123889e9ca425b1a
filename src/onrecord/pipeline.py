"""The whole way from an article to its record: the only file that knows the order of the rooms."""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord import codebook
from onrecord.analysis import WEIGHTS, Analyzer, Heads, OnnxHeads, Pending, Weights, load_weights, mentions_of
from onrecord.clashes import Judge, accounts_of, within
from onrecord.extract import (
    SPEAKER_FEATURES,
    Calibration,
    addressee_of,
    answers_of,
    build_entities,
    calibration_of,
    extract_statements,
    figures_of,
    lay_out,
    metonyms_of,
    predictions_of,
    said_on,
    speakers_of,
    timeline_of,
    with_codes,
    with_metonyms,
)
from onrecord.records import Article, Entity, Mention, Record, Run, Statement, run_id

_log = logging.getLogger(__name__)

AHEAD = 8
"""Articles whose windows wait for a thread while earlier ones are extracted: keeps threads busy and memory flat."""


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """An article that could not be read, and why. The articles after it are read all the same."""

    article_id: str
    source_id: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads articles. Load one and keep it: it holds the model and its threads, and may be shared."""

    analyzer: Analyzer
    calibration: Calibration
    speaker_calibration: Calibration
    run: Run
    judge: Judge
    executor: ThreadPoolExecutor

    @staticmethod
    def load(threads: int | None = None, *, weights: Path = WEIGHTS) -> Reader:
        """A reader with the model of the package, on as many threads as there are cores unless told otherwise.

        Raises WeightsError where the model's files are missing or damaged.
        """
        return Reader.of(load_weights(weights), OnnxHeads(weights), threads=threads)

    @staticmethod
    def of(weights: Weights, heads: Heads, *, threads: int | None = None) -> Reader:
        """A reader with given heads, such as a test's scripted ones."""
        from onrecord import __version__

        judge = Judge.load()
        options: dict[str, object] = {"clashes": judge.hash}
        id_ = run_id(__version__, weights.hash, codebook.VERSION, options)
        return Reader(
            Analyzer(heads, weights.tokenizer, weights.settings),
            calibration_of(weights.settings.calibration),
            calibration_of(weights.settings.speaker_calibration, SPEAKER_FEATURES),
            Run(id_, __version__, weights.hash, codebook.VERSION),
            judge,
            ThreadPoolExecutor(threads or _cores(), thread_name_prefix="onrecord"),
        )

    def read(self, article: Article) -> Record:
        """The record of one article. The same article gives the same record, alone or among others."""
        return self._finish(article, self._start(article))

    def read_many(self, articles: Iterable[Article]) -> Iterator[Record | ReadFailure]:
        """The records of many articles, in their order, as they are done; a few articles are read ahead.

        An article that fails gives a ReadFailure in its place.
        """
        started: deque[tuple[Article, Pending | Exception | None]] = deque()
        for article in articles:
            started.append((article, self._try(article)))
            if len(started) > AHEAD:
                yield self._outcome(*started.popleft())
        while started:
            yield self._outcome(*started.popleft())

    def _start(self, article: Article) -> Pending | None:
        """An article that is not to be read (empty, not English) has nothing pending and a record without statements."""
        return None if article.unread else self.analyzer.start(article, self.executor)

    def _finish(self, article: Article, pending: Pending | None) -> Record:
        if pending is None:
            return Record(self.run, article)
        analysis = self.analyzer.finish(pending)
        statements = extract_statements(article, analysis, self.calibration)
        mentions, entities = build_entities(article, mentions_of(article, analysis))
        page = lay_out(article, analysis, statements, mentions, entities)
        answers = answers_of(page, self.analyzer.heads)
        metonyms = metonyms_of(article, mentions, entities)
        speakers = speakers_of(page, answers, self.speaker_calibration, entities, metonyms)
        named = tuple(replace(s, speaker=who) for s, who in zip(statements, speakers, strict=True))
        record = _told(self.run, article, named, with_metonyms(mentions, named, metonyms), entities)
        return replace(record, clashes=self.judge.judge(within(accounts_of(record))))

    def _try(self, article: Article) -> Pending | Exception | None:
        try:
            return self._start(article)
        except Exception as error:
            return error

    def _outcome(self, article: Article, pending: Pending | Exception | None) -> Record | ReadFailure:
        # The one broad catch of the whole way: whatever fails, it is this article's failure and nobody else's.
        try:
            if isinstance(pending, Exception):
                raise pending
            return self._finish(article, pending)
        except Exception as error:
            _log.debug("article %s", article.id, exc_info=True)
            return ReadFailure(article.id, article.source_id, f"{type(error).__name__}: {error}")


def _told(
    run: Run,
    article: Article,
    statements: tuple[Statement, ...],
    mentions: tuple[Mention, ...],
    entities: tuple[Entity, ...],
) -> Record:
    """What needs no model: when and to whom it was said, what was counted, what was foretold, and codes of actors."""
    line, by_id = timeline_of(article, statements), {e.id: e for e in entities}
    dated = tuple(
        replace(s, said_on=said_on(line, s), addressee=addressee_of(article, s, by_id, mentions)) for s in statements
    )
    return Record(
        run,
        article,
        dated,
        mentions,
        with_codes(entities, article.text),
        figures=figures_of(article, dated, mentions),
        predictions=predictions_of(line, dated),
    )


def _cores() -> int:
    """Cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
