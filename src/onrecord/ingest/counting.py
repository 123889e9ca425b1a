"""How many documents there will be, as far as a quick look tells: for a bar that says how long it will take."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from onrecord.records import InputError
from onrecord.sources import folders

_SINGLE = {".txt", ".text", ".html", ".htm", ".xhtml", ".json"}
_LINES = {".jsonl", ".ndjson"}
_CHUNK = 1 << 20


def expected(names: Iterable[str]) -> int | None:
    """Documents that files, folders and patterns hold; None where that cannot be told without reading them."""
    total = 0
    for name in names:
        try:
            for path in _files(name):
                found = _within(path)
                if found is None:
                    return None
                total += found
        except (OSError, ValueError):
            return None
    return total


def _files(name: str) -> Iterator[str]:
    for one in folders.matches(name) if folders.is_pattern(name) else [name]:
        if os.path.isdir(one):
            yield from (str(path) for path in folders.files(one) if not isinstance(path, InputError))
        else:
            yield one


def _within(path: str) -> int | None:
    """Documents of one file. What is not known to hold one, or one a line, may hold any number."""
    suffix = PurePath(path).suffix.lower()
    if suffix in _SINGLE:
        return 1
    if suffix not in _LINES:
        return None
    with open(path, "rb") as stream:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(_CHUNK), b""))
