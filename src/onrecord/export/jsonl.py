"""JSON Lines: the wire form (docs/wire.md), a record a line. A record is whole: what it holds points at other parts of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from onrecord.export.exported import Exported
from onrecord.store.rows import dump


def write_jsonl(articles: Iterable[Exported], out: TextIO) -> int:
    """Write the records; how many there were."""
    count = 0
    for article in articles:
        out.write(line(article.wire))
        count += 1
    return count


def line(value: object) -> str:
    """A value on a line of its own."""
    return dump(value) + "\n"
