"""What a directory of a run holds: its manifest, a JSON file that is there when, and only when, all the rest is."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from onrecord.bulk.values import Stage
from onrecord.export.files import new_file
from onrecord.records import SCHEMA, MalformedError, OutputError, Run

NAME = "manifest.json"
FORM = 1
"""Of the directory. A later form gets a later number."""


@dataclass(frozen=True, slots=True)
class Read:
    """An input that was read. `bytes` and `sha256` are None for one that could not be opened.

    `passed_over`: it was found in a folder, and is of no kind that is read.
    """

    name: str
    bytes: int | None
    sha256: str | None
    records: int
    failures: int
    passed_over: bool = False


@dataclass(frozen=True, slots=True)
class Warned:
    """What is told of an input's documents that were read all the same: a day that is none and was left out, say."""

    input: str
    warning: str


@dataclass(frozen=True, slots=True)
class FailedDocument:
    """A document without a record: `input` what it came from, `origin` which of its documents, where and why it failed."""

    input: str
    origin: str
    stage: Stage
    reason: str


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a table: rows, bytes and SHA-256."""

    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that a directory's files do not tell of themselves. It has no time and no place in it: the same run, the same bytes.

    `options`: those that decide what is read. `files`: by their paths in the directory.
    """

    run: Run
    options: Mapping[str, str | None]
    inputs: tuple[Read, ...]
    failures: tuple[FailedDocument, ...]
    warnings: tuple[Warned, ...]
    files: Mapping[str, Written]

    @property
    def records(self) -> int:
        return sum(one.records for one in self.inputs)

    @property
    def passed_over(self) -> tuple[str, ...]:
        """Names of the files that were passed over."""
        return tuple(one.name for one in self.inputs if one.passed_over)


def write(manifest: Manifest, folder: Path) -> None:
    """Write it, all or nothing. Raises OutputError."""
    wire = {"bulk": FORM, "schema": SCHEMA, **asdict(manifest)}
    wire["counts"] = {
        "inputs": len(manifest.inputs),
        "records": manifest.records,
        "failures": len(manifest.failures),
        "warnings": len(manifest.warnings),
        "passed_over": len(manifest.passed_over),
        "rows": _rows(manifest.files),
    }
    with new_file(folder / NAME) as out:
        out.write(json.dumps(wire, ensure_ascii=True, indent=1).encode() + b"\n")


def is_bulk(folder: Path) -> bool:
    """Whether it is a directory that a run has finished."""
    # os.path: of a folder that may not be looked into pathlib raises, and whoever reads it is to tell that.
    return os.path.isfile(folder / NAME) and os.path.isdir(folder / "records")


def read(folder: Path) -> Manifest:
    """The manifest of a directory. Raises OutputError where there is none (yet), MalformedError where it is none of ours."""
    path = folder / NAME
    if not path.is_file():
        raise OutputError(folder, f"has no {NAME}: it is none of `onrecord bulk`, or not finished")
    try:
        wire: dict[str, Any] = json.loads(path.read_bytes())
        if wire["bulk"] != FORM:
            raise MalformedError(str(path), f"of form {wire['bulk']}, where this onrecord knows {FORM}")
        if wire["schema"] != SCHEMA:
            raise MalformedError(
                str(path), f"of records of schema {wire['schema']}, where this onrecord knows {SCHEMA}"
            )
        return Manifest(
            Run(**wire["run"]),
            wire["options"],
            tuple(Read(**one) for one in wire["inputs"]),
            tuple(FailedDocument(**one) for one in wire["failures"]),
            tuple(Warned(**one) for one in wire["warnings"]),
            {name: Written(**one) for name, one in wire["files"].items()},
        )
    except (ValueError, KeyError, TypeError) as error:
        raise MalformedError(str(path), f"no manifest of a run ({error})") from error


def _rows(files: Mapping[str, Written]) -> dict[str, int]:
    """Rows by table."""
    rows: dict[str, int] = {}
    for name, written in files.items():
        table = name.partition("/")[0]
        rows[table] = rows.get(table, 0) + written.rows
    return rows
