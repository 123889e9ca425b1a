"""Parquet, by pyarrow: typed columns, days as date32, moments as timestamps in UTC, spans as lists of lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.export.exported import Exported
from onrecord.export.tables import ColumnKind, Row, Table
from onrecord.records import OutputError

if TYPE_CHECKING:
    import pyarrow as pa

GROUP_ROWS = 10_000
"""Of a row group. What is not written yet is in memory: of the widest table, articles with their texts, some 50 MB."""


class RowGroups:
    """A file to which rows are written in groups of a fixed number; close it at the end. The same rows give the same bytes.

    `convert`: for each column what makes a cell of a value, None where the value is one.
    """

    def __init__(
        self, out: BinaryIO, schema: pa.Schema, convert: Sequence[Callable[[Any], object] | None], *, size: int
    ) -> None:
        from pyarrow import parquet

        self._schema, self._convert, self._size = schema, convert, size
        self._writer = parquet.ParquetWriter(out, schema, compression="zstd")
        self._rows: list[Row] = []
        self.count = 0

    def add(self, rows: Iterable[Row]) -> None:
        self._rows += rows
        if len(self._rows) >= self._size:
            self._flush()

    def close(self) -> None:
        if self._rows:
            self._flush()
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow

        columns = list(zip(*self._rows, strict=True))
        arrays = [
            pyarrow.array(values if convert is None else [v and convert(v) for v in values], field.type)
            for values, convert, field in zip(columns, self._convert, self._schema, strict=True)
        ]
        self._writer.write_batch(pyarrow.record_batch(arrays, schema=self._schema))
        self.count += len(self._rows)
        self._rows = []


class ParquetTable:
    """A table of which one article's rows after the other's are written; close it at the end.

    Raises OutputError where pyarrow is missing.
    """

    def __init__(self, table: Table, out: BinaryIO) -> None:
        pyarrow = _pyarrow()
        kinds = list(table.columns.values())
        schema = pyarrow.schema([(name, _type(pyarrow, kind)) for name, kind in table.columns.items()])
        self._table = table
        self._groups = RowGroups(out, schema, [_CONVERTED.get(kind) for kind in kinds], size=GROUP_ROWS)

    @property
    def count(self) -> int:
        return self._groups.count

    def add(self, article: Exported) -> None:
        self._groups.add(self._table.rows(article))

    def close(self) -> None:
        self._groups.close()


_CONVERTED = {"day": date.fromisoformat, "moment": datetime.fromisoformat}


def _type(pyarrow: Any, kind: ColumnKind) -> pa.DataType:
    span = pyarrow.list_(pyarrow.int32())
    return {
        "text": pyarrow.string(),
        "texts": pyarrow.list_(pyarrow.string()),
        "score": pyarrow.float32(),
        "number": pyarrow.float64(),
        "count": pyarrow.int64(),
        "flag": pyarrow.bool_(),
        "day": pyarrow.date32(),
        "moment": pyarrow.timestamp("ms", "UTC"),  # Parquet has no whole seconds
        "spans": pyarrow.list_(span),
    }[kind]


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise OutputError("parquet", 'needs pyarrow: pip install "onrecord[parquet]"') from error
    return pyarrow
