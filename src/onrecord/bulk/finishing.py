"""From kept parts to the tables of a directory, a day at a time: a day's files follow from the parts and their order alone."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

from onrecord.bulk import parquet
from onrecord.bulk.manifest import Written
from onrecord.bulk.values import Outcome
from onrecord.export import Exported
from onrecord.export.parquet import ParquetTable
from onrecord.export.tables import TABLES
from onrecord.records import NARRATION, from_wire

PARTITION = "published_day"
"""By which the tables are parted. None has a column of that name: readers of Hive's partitions would replace its values."""
NO_DAY = "none"
"""The partition of articles without a day. Hive's own name for rows without a value pandas cannot read beside others."""
FLAT = tuple(table for table in TABLES.values() if table.name != "clashes")
"""The tables that one record tells all of. Clashes are between articles: `onrecord link` finds them."""
STATS = "stats.json"
FEW = 200
"""Records that are written sooner than another process is started."""


@dataclass(frozen=True, slots=True)
class Day:
    """The records of one day (None: of none that is known): where they are kept, as parts and row groups, in their order."""

    day: str | None
    groups: tuple[tuple[str, int], ...]
    rows: int


def days_of(parts: Iterable[Path]) -> list[Day]:
    """The days that the parts have records of, the one without a day first; where there are none at all, that one."""
    found: dict[str, list[tuple[str, int]]] = {}
    rows: dict[str, int] = {}
    for part in parts:
        for number, group in enumerate(parquet.groups(part)):
            if not group.failures:
                found.setdefault(group.day or "", []).append((str(part), number))
                rows[group.day or ""] = rows.get(group.day or "", 0) + group.rows
    return [Day(day or None, tuple(found.get(day, ())), rows.get(day, 0)) for day in sorted(found) or [""]]


def write_days(days: Sequence[Day], into: Path, jobs: int) -> None:
    """Write each day's tables into a folder of its own in `into`. What is there already is not written again."""
    into.mkdir(parents=True, exist_ok=True)
    missing = [day for day in days if not (into / _name(day.day)).is_dir()]
    if jobs == 1 or len(missing) < 2 or sum(day.rows for day in missing) < FEW:
        for day in missing:
            write_day(day, into)
        return
    # Forking a process whose threads hold locks (Ray's, pyarrow's) may leave the child with one that nobody lets go of.
    with ProcessPoolExecutor(min(jobs, len(missing)), mp_context=get_context("spawn")) as pool:
        # The longest first, so that none is left over at the end.
        for _ in pool.map(write_day, sorted(missing, key=lambda day: -day.rows), [into] * len(missing)):
            pass


def write_day(day: Day, into: Path) -> None:
    """One day's tables, as a folder that is there as a whole or not at all."""
    part = into / f".{_name(day.day)}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    counts = _write_tables(_outcomes(day), part)
    stats = {name: asdict(_written(part / f"{name}.parquet", rows)) for name, rows in counts.items()}
    (part / STATS).write_text(json.dumps(stats))
    part.replace(into / _name(day.day))


def move_days(days: Sequence[Day], written: Path, folder: Path) -> Mapping[str, Written]:
    """Move all days' files to their places; what they are, by path. May be broken off and done again."""
    files: dict[str, Written] = {}
    for day in days:
        source = written / _name(day.day)
        stats: Mapping[str, Mapping[str, object]] = json.loads((source / STATS).read_text())
        for name, told in stats.items():
            place = Path(name) / f"{PARTITION}={_name(day.day)}" / "0.parquet"
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            if (source / f"{name}.parquet").exists():
                (source / f"{name}.parquet").replace(folder / place)
            files[place.as_posix()] = Written(**told)  # type: ignore[arg-type]  # as it was written
    _prune(folder, files)
    return dict(sorted(files.items()))


def _prune(folder: Path, files: Mapping[str, Written]) -> None:
    """Take away what a run moved there that was killed before an input changed."""
    for name in ("records", *(table.name for table in FLAT)):
        for path in (folder / name).glob(f"{PARTITION}=*/*.parquet"):
            if path.relative_to(folder).as_posix() not in files:
                path.unlink()
                with suppress(OSError):  # a file of somebody else's lies there, .DS_Store say
                    path.parent.rmdir()


def _outcomes(day: Day) -> Iterator[Outcome]:
    for part, group in day.groups:
        yield from parquet.kept(Path(part), group)


def _write_tables(outcomes: Iterator[Outcome], folder: Path) -> dict[str, int]:
    with ExitStack() as stack:

        def opened(name: str) -> BinaryIO:
            return stack.enter_context((folder / f"{name}.parquet").open("xb"))

        records = parquet.records_to(opened("records"))
        stack.callback(records.close)
        tables = {table.name: ParquetTable(table, opened(table.name)) for table in FLAT}
        for table in tables.values():
            stack.callback(table.close)
        for one in outcomes:
            records.add([(one.article, one.origin, one.record)])
            exported = _exported(one.record or "")
            for table in tables.values():
                table.add(exported)
    return {"records": records.count, **{name: table.count for name, table in tables.items()}}


def _exported(line: str) -> Exported:
    """A record as the tables take it: whole, and with nothing that only a store knows."""
    wire = json.loads(line)
    said = frozenset(statement["id"] for statement in wire["statements"])
    witnesses = frozenset(said | {NARRATION, None})
    return Exported(
        record=from_wire(wire),
        wire=wire,
        standing="current",
        standings={},
        statements=said,
        witnesses=witnesses,
        stands=frozenset({"current"}),
        origins={},
        identities={},
    )


def _written(path: Path, rows: int) -> Written:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        os.fsync(file.fileno())
        return Written(rows, file.tell(), f"sha256:{digest.hexdigest()}")


def _name(day: str | None) -> str:
    return day or NO_DAY
