"""Reading stored articles again with the weights of today, and telling what that changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from os import PathLike
from pathlib import Path

from onrecord.ingest.adding import AHEAD_CHARACTERS, BATCH, BATCH_CHARACTERS
from onrecord.ingest.models import Models
from onrecord.ingest.stopping import Stop
from onrecord.pipeline import ReadFailure
from onrecord.records import Record, VerbatimError, now_utc
from onrecord.store import Difference, Store, Writer
from onrecord.store.proving import prove

EMBEDDED = 500
"""Statements whose vectors are written at once."""


def reread(
    path: str | PathLike[str],
    articles: Iterable[str] = (),
    *,
    everything: bool = False,
    models: Models | None = None,
    stop: Stop | None = None,
    on_difference: Callable[[Difference], None] | None = None,
    on_failure: Callable[[ReadFailure], None] | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> int:
    """Read articles, by id, again and write what differs; return how many were read. Without `articles`, those of older runs.

    `everything`: also what the present program and weights have read, and what was left unread: an article's
    language is told anew. `on_difference` is told what a reading changed when that is written, `on_progress` how many
    were read so far. What is written stays when the rest is broken off, and is not read again by the next call. An article
    that fails keeps what it has. Statements without a vector get one; where all vectors are of another embedder, they are
    made anew. Raises NotFoundError, BusyError, StoreError, WeightsError.
    """
    models, stop = models or Models(), stop or Stop()
    started, done = now_utc(), 0
    with Store.open(Path(path), write=True) as store, Writer(store) as writer:
        _check_embedder(store, writer, models)
        chosen = list(articles) or list(store.articles() if everything else _older(store, models.reader.run.id))
        for batch in _batches(_records(store, chosen)):
            if stop.asked:
                break
            read = list(_read(models, batch, on_failure))
            for difference in writer.reread(read, started=started, vectors=models.vectors_of(read)):
                if on_difference is not None and _tells(difference):
                    on_difference(difference)
            done += len(batch)
            if on_progress is not None:
                on_progress(done)
        _embed_rest(store, writer, models, stop)
    return done


def _read(
    models: Models, batch: Iterable[Record], on_failure: Callable[[ReadFailure], None] | None
) -> Iterator[Record]:
    """The articles of some records as they are read now, but for those that fail."""
    from onrecord.articles import reconsidered

    for outcome in models.reader.read_many(reconsidered(record.article) for record in batch):
        found = outcome if isinstance(outcome, ReadFailure) else _proved(outcome)
        if isinstance(found, Record):
            yield found
        elif on_failure is not None:
            on_failure(found)


def _proved(record: Record) -> Record | ReadFailure:
    """The record, if it is what it should be: one that is not would end the batch."""
    try:
        prove(record)
    except VerbatimError as error:
        return ReadFailure(record.article.id, record.article.source_id, str(error))
    return record


def _older(store: Store, run: str) -> Iterator[str]:
    """Ids of articles that another run than `run` has read."""
    query = "SELECT a.id FROM articles a JOIN runs r ON r.n = a.run WHERE r.id != ? AND a.unread IS NULL ORDER BY a.id"
    yield from (id_ for (id_,) in store.connection.execute(query, (run,)))


def _records(store: Store, ids: Sequence[str]) -> Iterator[Record]:
    yield from (store.record(id_) for id_ in ids)


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    """Few enough, and short enough, to be read at the same time and written at once."""
    batch: list[Record] = []
    size = 0
    for record in records:
        length = len(record.article.text)
        if batch and (len(batch) == BATCH or size + length > min(AHEAD_CHARACTERS, BATCH_CHARACTERS)):
            yield batch
            batch, size = [], 0
        batch.append(record)
        size += length
    if batch:
        yield batch


def _tells(difference: Difference) -> bool:
    """Whether the readings differ in what they found, and not in the run alone."""
    before, after = difference.before, difference.after
    return (before.statements, before.mentions, before.entities, before.events, before.figures, before.predictions) != (
        after.statements, after.mentions, after.entities, after.events, after.figures, after.predictions
    )  # fmt: skip


def _check_embedder(store: Store, writer: Writer, models: Models) -> None:
    """Vectors of another embedder cannot be compared with new ones: they are dropped, and made anew at the end."""
    stored = store.connection.execute("SELECT value FROM meta WHERE key = 'embedder'").fetchone()
    if stored is not None and stored[0] != models.embedder.hash:
        writer.drop_vectors()


def _embed_rest(store: Store, writer: Writer, models: Models, stop: Stop) -> None:
    """Vectors for the statements that have none. They are walked through once: of some texts there is none to be had."""
    waiting = store.without_vectors()
    while not stop.asked and (said := dict(islice(waiting, EMBEDDED))):
        writer.add_vectors(models.vectors(said))
