"""Authority files: names that somebody has pinned to identifiers."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import cast, get_args

from onrecord.link.values import AuthorityRow
from onrecord.records import EntityKind, MalformedError
from onrecord.records.when import is_day

COLUMNS = ("name", "aliases", "kind", "wikidata", "role", "from", "to")
_IDENTIFIER = re.compile(r"Q[1-9]\d*")


def read_authority(lines: Iterable[str], origin: str) -> tuple[AuthorityRow, ...]:
    """Rows of a CSV with a heading and the columns name, aliases (parted by "|"), kind, wikidata, role, from, to, in any order.

    `name`, `kind` and `wikidata` must be there in every row; `from` and `to` are ISO 8601 (a year, a month or a day). Raises
    MalformedError, with `origin` and the line, where a column or a value is missing or not of its form.
    """
    reader = csv.DictReader(lines, strict=True)
    try:
        heading = [name.strip().lstrip("\ufeff") for name in reader.fieldnames or ()]
        missing = [name for name in COLUMNS if name not in heading]
        if missing:
            raise MalformedError(origin, f"line 1: no column {', '.join(missing)} (needed: {', '.join(COLUMNS)})")
        reader.fieldnames = heading
        return tuple(_row(row, origin, reader.line_num) for row in reader if any(v for v in row.values()))
    except csv.Error as error:
        raise MalformedError(origin, f"line {reader.line_num}: no CSV ({error})") from error


def _row(row: dict[str, str | None], origin: str, line: int) -> AuthorityRow:
    values = {name: (row[name] or "").strip() for name in COLUMNS}
    if None in row:
        raise MalformedError(origin, f"line {line}: more values than columns")
    if not values["name"]:
        raise MalformedError(origin, f"line {line}: no name")
    if values["kind"] not in get_args(EntityKind):
        raise MalformedError(
            origin, f"line {line}: kind {values['kind']!r} is none of {', '.join(get_args(EntityKind))}"
        )
    if not _IDENTIFIER.fullmatch(values["wikidata"]):
        raise MalformedError(origin, f"line {line}: wikidata {values['wikidata']!r} is no Wikidata id (like Q42)")
    for column in ("from", "to"):
        if values[column] and not is_day(values[column]):
            raise MalformedError(origin, f"line {line}: {column} {values[column]!r} is no date (like 2011-03-22)")
    if values["from"] and values["to"] and values["from"] > values["to"]:
        raise MalformedError(origin, f"line {line}: from {values['from']} lies after to {values['to']}")
    return AuthorityRow(
        wikidata=values["wikidata"],
        name=values["name"],
        kind=cast(EntityKind, values["kind"]),
        aliases=tuple(a.strip() for a in values["aliases"].split("|") if a.strip()),
        role=values["role"] or None,
        since=values["from"] or None,
        until=values["to"] or None,
    )
