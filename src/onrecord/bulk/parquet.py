"""Parquet of a run: articles from it, what became of documents kept in it part by part, and the tables at the end.

The files have the same bytes for the same rows: rows are written in groups of a fixed number, by one thread.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.bulk.values import Outcome
from onrecord.export.files import new_file
from onrecord.export.parquet import RowGroups
from onrecord.records import InputError, MalformedError, RawDocument
from onrecord.sources import MAX_TEXT_BYTES, jsonl
from onrecord.sources.fields import tell_left

_BATCH_ROWS = 256  # of an input's articles in memory
_FIELDS = ("origin", "article", "date", "record", "stage", "reason")
_RECORD = ("article", "origin", "record")
_GROUPS = b"onrecord.groups"
_WARNINGS = b"onrecord.warnings"
RECORD_ROWS = 1_000
"""Of a row group of records: some 30 MB of JSON in memory."""


def is_parquet(name: str) -> bool:
    """Whether a file's name says so."""
    return name.lower().endswith((".parquet", ".pq"))


def documents(stream: BinaryIO, origin: str, columns: Mapping[str, str]) -> Iterator[RawDocument | InputError]:
    """A document for each row, whose columns are named as JSON Lines names its fields, or declared: ``{"body": "text"}``.

    Days and moments are told in ISO 8601. Rows are named by number, ``origin:1`` the first. Raises MalformedError for a file
    that is none or has no id or text.
    """
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        file = ParquetFile(stream)
        fields = _fields(file.schema_arrow.names, columns, origin)
        number = 0
        for batch in file.iter_batches(_BATCH_ROWS, columns=list(fields), use_threads=False):
            for values in batch.to_pylist():
                number += 1
                told = {fields[name]: _plain(value) for name, value in values.items() if value is not None}
                yield _row(told, f"{origin}:{number}")
    except ArrowException as error:
        raise MalformedError(origin, f"damaged, or no Parquet ({str(error).splitlines()[0]})") from error


def _fields(names: Sequence[str], columns: Mapping[str, str], origin: str) -> dict[str, str]:
    """The field of each column that holds one."""
    taken = set(columns.values())
    found = {name: columns.get(name.lower(), name.lower() if name.lower() not in taken else "") for name in names}
    fields = {name: field for name, field in found.items() if field in jsonl.FIELDS}
    for required in ("id", "text"):
        if required not in fields.values():
            raise MalformedError(origin, f'no column is named "{required}"; a table needs "id" and "text"')
    tell_left([name for name in names if name not in fields], "columns", origin)
    return fields


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _row(fields: dict[str, object], where: str) -> RawDocument | InputError:
    try:
        return jsonl.row(fields, where, max_bytes=MAX_TEXT_BYTES)
    except InputError as error:
        return error


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows of a kept part that belong together: records of one day (None: of none that is known), or failures."""

    day: str | None
    failures: bool
    rows: int


def keep(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Keep what became of a part's documents, each day in a row group of its own, so that it can be had alone."""
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema([(name, pyarrow.string()) for name in _FIELDS])
    sets: dict[tuple[bool, str], list[Outcome]] = {}
    for one in outcomes:
        sets.setdefault((one.record is None, one.date or ""), []).append(one)
    groups = [[day or None, failures, len(rows)] for (failures, day), rows in sorted(sets.items())]
    told = [warning for one in outcomes for warning in one.warnings]
    schema = schema.with_metadata({_GROUPS: json.dumps(groups).encode(), _WARNINGS: json.dumps(told).encode()})
    path.parent.mkdir(parents=True, exist_ok=True)
    with new_file(path) as out, parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for _, rows in sorted(sets.items()):
            writer.write_table(_table(schema, rows), row_group_size=len(rows))


def groups(path: Path) -> list[RowGroup]:
    """The row groups of a kept part."""
    from pyarrow import parquet

    metadata: Any = parquet.read_metadata(path).metadata
    return [RowGroup(*group) for group in json.loads(metadata[_GROUPS])]


def warnings(path: Path) -> list[str]:
    """What was told of the documents of a kept part, in their order."""
    from pyarrow import parquet

    metadata: Any = parquet.read_metadata(path).metadata
    return list(json.loads(metadata[_WARNINGS]))


def kept(path: Path, group: int) -> list[Outcome]:
    """The outcomes in a row group of a kept part, in their order, without their warnings."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        rows: list[dict[str, Any]] = file.read_row_group(group, use_threads=False).to_pylist()
    return [Outcome(**row) for row in rows]


def records_to(out: BinaryIO) -> RowGroups:
    """The table of records: rows of article, origin and record, closed at the end."""
    import pyarrow

    schema = pyarrow.schema([(name, pyarrow.string()) for name in _RECORD])
    return RowGroups(out, schema, [None] * len(_RECORD), size=RECORD_ROWS)


def records(path: Path) -> Iterator[tuple[str, str]]:
    """Origin and record (JSON) of each article of a table of records, in their order."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        for batch in file.iter_batches(_BATCH_ROWS, columns=["origin", "record"], use_threads=False):
            yield from zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True)


def rows(path: Path) -> int:
    """How many rows a file has."""
    from pyarrow import parquet

    return int(parquet.read_metadata(path).num_rows)


def _table(schema: Any, rows: Iterable[Outcome]) -> Any:
    import pyarrow

    columns = zip(*map(attrgetter(*_FIELDS), rows), strict=True)
    return pyarrow.Table.from_arrays([pyarrow.array(c, pyarrow.string()) for c in columns], schema=schema)
