"""Blocks: entities that may be one are in the same block, whatever their spelling."""

from __future__ import annotations

from onrecord.link.values import Known
from onrecord.records import Record


def known_of(record: Record) -> tuple[Known, ...]:
    """What is known of each entity of a record."""
    raise NotImplementedError


def block_key(known: Known) -> str:
    """The block of an entity: a function of its kind and name."""
    raise NotImplementedError
