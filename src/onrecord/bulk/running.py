"""A run: inputs are cut into parts, which workers read in any order and which are kept as they come; then the tables are written.

Whatever ends it, the same command goes on: a part that is kept is not read again, since its name says of what documents it is and
by what they were read. What is written at the end follows from the parts and their order alone.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from onrecord.bulk import finishing, manifest, parquet
from onrecord.bulk.crew import Crew, PartReader
from onrecord.bulk.inputs import Input, Opened, hash_of, inputs_of, size_of
from onrecord.bulk.manifest import FailedDocument, Manifest, Read, Warned
from onrecord.bulk.values import Part, cut
from onrecord.ingest import Stop
from onrecord.records import OutputError, Run, StoreError
from onrecord.sources.tables import declared
from onrecord.store.locking import WriterLock, lock_path

WORK = ".work"
"""Folder of what is not finished, in the directory that it is for."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: documents dealt with, those of them that were kept by a run before, failures among them."""

    documents: int = 0
    kept: int = 0
    failures: int = 0


@dataclass(slots=True)
class _Walked:
    """An input that was, or is being, gone through: its parts in their order, and what it was."""

    opened: Opened
    parts: list[Path]


def bulk(
    names: Sequence[str],
    out: Path,
    *,
    jobs: int | None = None,
    address: str | None = None,
    published: str | None = None,
    columns: str | None = None,
    stop: Stop | None = None,
    crew: Callable[[], AbstractContextManager[PartReader]] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Manifest | None:
    """Read all that `names` name (files, folders, patterns, addresses that fsspec knows) into a directory of Parquet tables.

    The directory must not be there yet, be empty, or hold the same run, begun or finished: then it is gone on with, or left as
    it is. What cannot be read is in the manifest with its reason, and the rest is read. `published` and `columns`: as of
    `onrecord read`. `jobs`: workers, default one a core; `address`: a Ray cluster's, default one of this machine's own. `stop`
    ends it early: what is being read is kept, and None returned. `crew` gives other workers than Ray's.

    Raises InputError for a name that is none, OutputError where the directory is another's or Ray is missing, WeightsError.
    """
    inputs = inputs_of(names)
    options = {"published": published, "columns": columns}
    if (out / manifest.NAME).exists():
        return _same(out, inputs, options)
    with _claimed(out):
        if (out / manifest.NAME).exists():  # another run has finished it meanwhile
            return _same(out, inputs, options)
        return _Running(inputs, out, options, stop or Stop(), on_progress or (lambda progress: None)).through(
            crew or (lambda: Crew(jobs=jobs, address=address)), jobs or os.cpu_count() or 1
        )


class _Running:
    def __init__(
        self,
        inputs: Sequence[Input],
        out: Path,
        options: dict[str, str | None],
        stop: Stop,
        on_progress: Callable[[Progress], None],
    ) -> None:
        self._inputs = inputs
        self._out = out
        self._options = options
        self._stop = stop
        self._tell = on_progress
        self._walked: list[_Walked] = []
        self._progress = Progress()

    def through(self, crew: Callable[[], AbstractContextManager[PartReader]], jobs: int) -> Manifest | None:
        with crew() as workers:
            run = workers.run
            missing = self._missing(run)
            for part, outcomes in workers.outcomes(missing, self._options["published"]):
                parquet.keep(self._path(part), outcomes)
                self._told(len(outcomes), sum(one.record is None for one in outcomes))
        if self._stop.asked:
            return None
        return self._finish(run, jobs)

    def _missing(self, run: Run) -> Iterator[Part]:
        """The parts that are not kept yet, one by one."""
        columns = declared(self._options["columns"]) if self._options["columns"] else {}
        how = [run.id, self._options["published"]]
        for number, one in enumerate(self._inputs):
            walked = _Walked(Opened(one, columns), [])
            self._walked.append(walked)
            for part in cut(number, walked.opened.items(), how):
                path = self._path(part)
                walked.parts.append(path)
                if path.exists():
                    self._told(len(part.items), sum(g.rows for g in parquet.groups(path) if g.failures), kept=True)
                else:
                    yield part
                if self._stop.asked:
                    return

    def _path(self, part: Part) -> Path:
        return self._out / WORK / "parts" / f"{part.input:06}" / f"{part.number:06}-{part.key}.parquet"

    def _told(self, documents: int, failures: int, *, kept: bool = False) -> None:
        so_far = self._progress
        self._progress = Progress(
            so_far.documents + documents, so_far.kept + documents * kept, so_far.failures + failures
        )
        self._tell(self._progress)

    def _finish(self, run: Run, jobs: int) -> Manifest:
        parts = [path for walked in self._walked for path in walked.parts]
        days = finishing.days_of(parts)
        # Of other parts (an input has changed since) other days follow.
        key = hashlib.sha256("\n".join(path.name for path in parts).encode()).hexdigest()[:32]
        written = self._out / WORK / "days" / key
        finishing.write_days(days, written, jobs)
        files = finishing.move_days(days, written, self._out)
        reads, failures, warnings = list[Read](), list[FailedDocument](), list[Warned]()
        for one, walked in zip(self._inputs, self._walked, strict=True):
            found = list(_failures(one.name, walked.parts))
            failures += found
            records = sum(g.rows for path in walked.parts for g in parquet.groups(path) if not g.failures)
            opened = walked.opened
            told = [*opened.warnings, *(w for path in walked.parts for w in parquet.warnings(path))]
            warnings += [Warned(one.name, warning) for warning in told]
            reads.append(Read(one.name, opened.size, opened.sha256, records, len(found), opened.passed_over))
        made = Manifest(run, self._options, tuple(reads), tuple(failures), tuple(warnings), files)
        manifest.write(made, self._out)
        shutil.rmtree(self._out / WORK, ignore_errors=True)
        return made


def _failures(name: str, parts: Iterable[Path]) -> Iterator[FailedDocument]:
    for path in parts:
        for number, group in enumerate(parquet.groups(path)):
            for one in parquet.kept(path, number) if group.failures else ():
                assert one.stage is not None and one.reason is not None  # it failed
                yield FailedDocument(name, one.origin, one.stage, one.reason)


def _same(out: Path, inputs: Sequence[Input], options: dict[str, str | None]) -> Manifest:
    """The manifest of a finished run, if it was of the same inputs, read the same way. Raises OutputError."""
    found = manifest.read(out)
    if [one.name for one in inputs] != [one.name for one in found.inputs] or options != found.options:
        raise OutputError(out, "holds a run of other inputs or options: name a new folder")
    # All sizes, which cost nothing, before the first is read through, or fetched, again.
    for differs in (_has_other_size, _has_other_hash):
        for one, was in zip(inputs, found.inputs, strict=True):
            if differs(one, was):
                raise OutputError(out, f"was read from {one.name} as it was before it changed: name a new folder")
    shutil.rmtree(out / WORK, ignore_errors=True)  # of a run that was killed when it had only that left to do
    return found


def _has_other_size(one: Input, was: Read) -> bool:
    return was.bytes is not None and size_of(one) not in (None, was.bytes)


def _has_other_hash(one: Input, was: Read) -> bool:
    try:
        return hash_of(one)[1] != was.sha256
    except Exception:  # as when it was read: it cannot be opened
        return was.sha256 is not None


@contextmanager
def _claimed(out: Path) -> Iterator[None]:
    """The directory for this run alone. Raises OutputError where it holds something else, or another run is at it."""
    work = out / WORK
    if out.exists() and not out.is_dir():
        raise OutputError(out, "is a file: name a folder")
    if out.is_dir() and any(out.iterdir()) and not work.is_dir():
        raise OutputError(out, "is not empty: name a new folder")
    try:
        work.mkdir(parents=True, exist_ok=True)
        lock = WriterLock(out / WORK)
    except (OSError, StoreError) as error:
        raise OutputError(out, str(error)) from error
    try:
        yield
    finally:
        lock.release()
        # Only then: whoever waits for the file has the same right as whoever makes it anew, and sees that all is done.
        if (out / manifest.NAME).exists():
            lock_path(work).unlink(missing_ok=True)
