"""A directory of a run as a store, and as tables that are linked across its days: who is one, what is a copy, what clashes.

It goes the way of `onrecord add`, with records that were read before: what follows from all articles is worked out by the same
code, by one writer, and does not hang on the order in which they come.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypedDict, Unpack

from onrecord import ingest
from onrecord.bulk import manifest, parquet
from onrecord.bulk.manifest import Manifest
from onrecord.ingest import ArticleTally, Models, Stop
from onrecord.ingest.adding import BATCH
from onrecord.ingest.batches import Batches
from onrecord.ingest.taking import failure
from onrecord.link import AuthorityRow
from onrecord.records import InputError, Record, from_wire, now_utc
from onrecord.sources import Fetcher
from onrecord.store import Failure, Store, Writer

LINKED = "linked"
"""Folder of the linked tables in a run's directory."""
STORE = "linked.db"
"""The store that they are of, beside it."""


def take_in(
    folder: Path,
    path: Path,
    *,
    models: Models | None = None,
    stop: Stop | None = None,
    on_progress: Callable[[ArticleTally], None] | None = None,
    on_failure: Callable[[Failure], None] | None = None,
) -> ArticleTally:
    """Put the records of a finished run's directory into the store at `path`, which is made where there is none.

    What is stored already is passed over, so that the same call goes on where it was broken off. What failed in the run is kept
    as failed, by the inputs' own names; a record that is none, or that the store does not take, as a failure of the folder's,
    and the rest is added. Raises OutputError where `folder` is no such directory, MalformedError, StoreError,
    WeightsError.
    """
    told = manifest.read(folder)
    models, stop, tally = models or Models(), stop or Stop(), ArticleTally()
    with Store.open(path, write=True) as store, Writer(store) as writer:
        came, batches = _records(folder, told), Batches(writer, models, on_failure=on_failure)
        while batch := list(islice(came, BATCH)):
            tally += _written(writer, batches, batch, folder, on_failure)
            if on_progress is not None:
                on_progress(tally)
            if stop.asked:
                return tally
        failures = [Failure(f.input, f.origin, f.stage, f.reason, now_utc()) for f in told.failures]
        writer.fail(failures)
    if on_failure is not None:
        for failed in failures:
            on_failure(failed)
    return tally + ArticleTally(failed=len(failures))


class InputOptions(TypedDict, total=False):
    """Options of `onrecord.ingest.add` for inputs that are no runs."""

    again: bool
    published: str | None
    columns: str | None
    authority: Sequence[AuthorityRow] | None
    stdin: BinaryIO | None
    fetcher: Fetcher | None
    on_skipped: Callable[[str], None] | None


def add(
    path: Path,
    names: Sequence[str] = (),
    *,
    models: Models | None = None,
    stop: Stop | None = None,
    on_progress: Callable[[ArticleTally], None] | None = None,
    on_failure: Callable[[Failure], None] | None = None,
    **options: Unpack[InputOptions],
) -> ArticleTally:
    """As `onrecord.ingest.add`, where a name may also be the directory of a finished run: its records are taken in.

    Those are taken as they were read: raises InputError where `published` or `columns` are given for one.
    """
    models, stop = models or Models(), stop or Stop()
    runs = [name for name in names if manifest.is_bulk(Path(name))]
    before = ArticleTally()
    for option in ("published", "columns"):
        if runs and options.get(option) is not None:
            raise InputError(runs[0], f"is taken as `onrecord bulk` has read it: `{option}` is for other inputs")

    def told(tally: ArticleTally) -> None:
        if on_progress is not None:
            on_progress(before + tally)

    for name in runs:
        before += take_in(Path(name), path, models=models, stop=stop, on_progress=told, on_failure=on_failure)
    others = [name for name in names if name not in runs]
    if runs and not others and not options.get("again") and options.get("authority") is None:
        return before
    return before + ingest.add(
        path, others, models=models, stop=stop, on_progress=told, on_failure=on_failure, **options
    )


def link(
    folder: Path,
    *,
    models: Models | None = None,
    stop: Stop | None = None,
    on_progress: Callable[[ArticleTally], None] | None = None,
) -> Mapping[str, int] | None:
    """Link a finished run's directory as a whole; how many rows each of the linked tables has. None where `stop` ended it.

    They are those of `onrecord export parquet`, in the folder ``linked``; the store that they are taken from stays beside them
    and answers every question. What was broken off is gone on with, and what is done is not done again. Raises as `take_in`.
    """
    from onrecord.export import export

    manifest.read(folder)
    if not (folder / LINKED).is_dir():
        stop = stop or Stop()
        take_in(folder, folder / STORE, models=models, stop=stop, on_progress=on_progress)
        if stop.asked:
            return None
        with Store.open(folder / STORE) as store:
            export(store, "parquet", folder / LINKED)
    return {file.stem: parquet.rows(file) for file in sorted((folder / LINKED).glob("*.parquet"))}


def _records(folder: Path, told: Manifest) -> Iterator[tuple[str, Record] | Failure]:
    """The records with their origins, a day after the other; a failure for what is none."""
    for name in sorted(name for name in told.files if name.startswith("records/")):
        for origin, record in parquet.records(folder / name):
            try:
                yield origin, from_wire(json.loads(record), origin=origin)
            except Exception as error:  # one article's failure is kept, and the rest goes on
                yield failure(str(folder), origin, "storing", error)


def _written(
    writer: Writer,
    batches: Batches,
    batch: Sequence[tuple[str, Record] | Failure],
    folder: Path,
    on_failure: Callable[[Failure], None] | None,
) -> ArticleTally:
    """Write what is new of a batch, and keep what failed of it."""
    failures = [one for one in batch if isinstance(one, Failure)]
    if failures:
        writer.fail(failures)
    if on_failure is not None:
        for failed in failures:
            on_failure(failed)
    records = [one for one in batch if not isinstance(one, Failure)]
    wanted = [batches.come(str(folder), origin, r) for origin, r in records if writer.wants(r.article)]
    tally = ArticleTally(known=len(records) - len(wanted), failed=len(failures))
    return tally + batches.write(wanted) if wanted else tally
