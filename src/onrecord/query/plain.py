"""Answers as plain JSON values: the same for the command line, the API and exports."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from onrecord.records import Record, Span, to_wire


def as_plain(answer: object) -> Any:
    """Dataclasses as objects, spans as [start, end), a record in its wire form; texts, numbers and None as they are."""
    if isinstance(answer, Span):
        return [answer.start, answer.end]
    if isinstance(answer, Record):
        return to_wire(answer)
    if is_dataclass(answer) and not isinstance(answer, type):
        return {field.name: as_plain(getattr(answer, field.name)) for field in fields(answer)}
    if isinstance(answer, tuple | list):
        return [as_plain(one) for one in answer]
    return answer
