"""The list of formats, and how one is written to a file, a folder or standard output."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Literal, TextIO, Unpack

from onrecord.export.annotations import write_annotations
from onrecord.export.brat import write_brat
from onrecord.export.clashes import write_clashes
from onrecord.export.corrections import write_corrections
from onrecord.export.exported import Exported
from onrecord.export.files import new_file, new_folder, standard_output
from onrecord.export.gdelt import write_gdelt
from onrecord.export.jsonl import write_jsonl
from onrecord.export.parquet import ParquetTable
from onrecord.export.plover import write_plover
from onrecord.export.schemaorg import write_schemaorg
from onrecord.export.selecting import ExportOptions, exported
from onrecord.export.sheets import CsvTable
from onrecord.export.tables import TABLES, Table
from onrecord.query.options import strict
from onrecord.query.rows import Readable
from onrecord.records import MalformedError, OutputError, WireRecord

Shape = Literal["file", "folder", "tables"]
"""One file; a folder with files for each article; a file for a table, or a folder with one for each."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format. `what`: its entries, as they are counted. `text` writes a file, `folder` a folder; tables have their own."""

    name: str
    about: str
    shape: Shape
    what: str
    text: Callable[[Iterable[Exported], TextIO], int] | None = None
    folder: Callable[[Iterable[Exported], Path], int] | None = None


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        f.name: f
        for f in (
            Format("jsonl", "onrecord's own form, an article a line (docs/wire.md)", "file", "records", write_jsonl),
            Format("clashes", "where accounts differ, a clash a line (JSON Lines)", "file", "clashes", write_clashes),
            Format(
                "corrections",
                "what people corrected, as labels to train by (JSON Lines)",
                "file",
                "labels",
                write_corrections,
            ),
            Format("csv", "tables, safe to open in a spreadsheet", "tables", "rows"),
            Format("parquet", "tables with types", "tables", "rows"),
            Format("brat", "standoff annotation, two files an article", "folder", "articles", folder=write_brat),
            Format(
                "webannotation", "W3C Web Annotation (JSON-LD) of statements", "file", "annotations", write_annotations
            ),
            Format(
                "schemaorg",
                "schema.org Quotation and Claim (JSON-LD)",
                "file",
                "statements and clashes",
                write_schemaorg,
            ),
            Format("gdelt", "events in the columns of GDELT 1.0, tab-separated", "file", "events", write_gdelt),
            Format("plover", "events as PLOVER JSON, an event a line", "file", "events", write_plover),
        )
    }
)


@strict(ExportOptions)
def export(
    store: Readable,
    format: str,
    path: str | Path | None,
    *,
    table: str | None = None,
    **options: Unpack[ExportOptions],
) -> dict[str, int]:
    """Write what the options fit to a file or folder at `path`, to standard output where it is None; what was written, by name.

    `table`: of a format of tables, the one to write as a file; without it `path` is a folder with all of them. A file that is
    there already is replaced when all of the new one is written; a folder must be empty or not be there yet.

    Raises OutputError where that cannot be written, or pyarrow is missing; MalformedError for a format, table or option that is
    none, UnclearError for a name, StoreError.
    """
    chosen, tables = _format(format), _tables(format, table)
    with closing(exported(store, **options)) as found:
        # The first is asked for before anything is written: of a name that is unclear, standard output is to hold no half a file.
        articles = chain(list(islice(found, 1)), found)
        if chosen.text is not None:
            with _output(path) as out, _as_text(out) as text:
                return {chosen.what: chosen.text(articles, text)}
        if chosen.folder is None and table is not None:
            return _write_tables(format, tables, [_output(path)], articles)
        if path is None:
            raise OutputError(
                "standard output", f"{format} writes a folder: name one" + ", or a table" * (not chosen.folder)
            )
        with new_folder(Path(path)) as folder:
            if chosen.folder is not None:
                return {chosen.what: chosen.folder(articles, folder)}
            files = [new_file(folder / f"{t.name}.{format}") for t in tables]
            return _write_tables(format, tables, files, articles)


@strict(ExportOptions)
def records(store: Readable, **options: Unpack[ExportOptions]) -> Iterator[WireRecord]:
    """The records that the options fit, as `jsonl` writes them: the wire form with what the store knows filled in."""
    return (article.wire for article in exported(store, **options))


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise MalformedError("format", f"{name!r} is none of {', '.join(FORMATS)}")
    return FORMATS[name]


def _tables(format: str, name: str | None) -> Sequence[Table]:
    if name is None:
        return list(TABLES.values())
    if FORMATS[format].shape != "tables":
        raise MalformedError("table", f"{format} has no tables")
    if name not in TABLES:
        raise MalformedError("table", f"{name!r} is none of {', '.join(TABLES)}")
    return [TABLES[name]]


def _write_tables(
    format: str,
    tables: Sequence[Table],
    files: Sequence[AbstractContextManager[BinaryIO]],
    articles: Iterable[Exported],
) -> dict[str, int]:
    with ExitStack() as stack:
        writers: Sequence[CsvTable | ParquetTable]
        opened = [stack.enter_context(file) for file in files]
        if format == "parquet":
            writers = [
                stack.enter_context(_closing(ParquetTable(t, out))) for t, out in zip(tables, opened, strict=True)
            ]
        else:
            writers = [CsvTable(t, stack.enter_context(_as_text(out))) for t, out in zip(tables, opened, strict=True)]
        for article in articles:
            for writer in writers:
                writer.add(article)
    return {table.name: writer.count for table, writer in zip(tables, writers, strict=True)}


@contextmanager
def _closing(writer: ParquetTable) -> Iterator[ParquetTable]:
    """Ends the file only where it was written well: otherwise it is thrown away."""
    yield writer
    writer.close()


def _output(path: str | Path | None) -> AbstractContextManager[BinaryIO]:
    return standard_output() if path is None else new_file(Path(path))


@contextmanager
def _as_text(out: BinaryIO) -> Iterator[TextIO]:
    """UTF-8 with lines' ends as they are written. The file stays open."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=False)
    try:
        yield text
        text.flush()
    finally:
        text.detach()
