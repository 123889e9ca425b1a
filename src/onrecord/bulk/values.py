"""What passes between the parts of a run: documents cut into parts, and what became of each document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from typing import Literal

from onrecord.records import InputError, RawDocument

PART_DOCUMENTS = 32
"""Of a part, which one worker reads at a time and which a kill takes away: some ten seconds of one core."""
PART_CHARACTERS = 4_000_000
"""A part of long pages is cut earlier: two parts for each worker are in memory."""

Stage = Literal["source", "article", "reading"]
"""Where a document failed: it could not be opened, made an article of, or read."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document. `record`: its record as a line of JSON, without the line's end; None where it failed.

    `date`: on which the article was published, where that is known. `stage` and `reason` are a failure's. `warnings`: what is
    told of it beside that.
    """

    origin: str
    article: str | None = None
    date: str | None = None
    record: str | None = None
    stage: Stage | None = None
    reason: str | None = None
    warnings: tuple[str, ...] = ()


Item = RawDocument | Outcome
"""A document that is to be read, or what became of one that could not even be had."""


@dataclass(frozen=True, slots=True)
class Part:
    """Documents of one input that are read together, in their order. `key`: a hash of them and of how they are to be read."""

    input: int
    number: int
    items: tuple[Item, ...]
    key: str


def failed(origin: str, stage: Stage, error: Exception) -> Outcome:
    """A document's failure, in the words in which `onrecord read` tells it."""
    if isinstance(error, InputError):
        return Outcome(error.origin, stage=stage, reason=error.reason)
    return Outcome(origin, stage=stage, reason=f"internal error ({type(error).__name__}: {error})")


def cut(input_: int, items: Iterator[Item], how: Sequence[str | None]) -> Iterator[Part]:
    """The parts of an input. `how`: whatever else decides what is read out of the documents."""
    number, held, size = 0, list[Item](), 0
    for item in items:
        held.append(item)
        size += _size(item)
        if len(held) >= PART_DOCUMENTS or size >= PART_CHARACTERS:
            yield _part(input_, number, held, how)
            number, held, size = number + 1, [], 0
    if held:
        yield _part(input_, number, held, how)


def _part(input_: int, number: int, items: Sequence[Item], how: Sequence[str | None]) -> Part:
    told = json.dumps([how, [[type(item).__name__, *astuple(item)] for item in items]])
    return Part(input_, number, tuple(items), hashlib.sha256(told.encode()).hexdigest()[:32])


def _size(item: Item) -> int:
    return len(item.html or item.text or "") if isinstance(item, RawDocument) else 0
