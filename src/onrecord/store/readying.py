"""All that the store needs to know of a record and that the record alone tells: most of the work of adding it.

It may be done ahead of the one writer, on other threads or in other processes (`onrecord.ingest`).
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.clashes import KnownArticle, accounts_of
from onrecord.link import Saying, Signature, block_key, known_of, sayings_of, signature
from onrecord.records import Record
from onrecord.store.proving import prove


@dataclass(frozen=True, slots=True)
class Ready:
    """A record that was proved, and what linking asks of it.

    `names`: folded, of its entities, all that linking looks at; of each entity by id `blocks` and which of the names is `own`.
    `signature`: of its text. `sayings`: of its statements. `compared`: its accounts, whoever its entities are elsewhere.
    """

    record: Record
    names: tuple[str, ...]
    blocks: dict[str, str]
    own: dict[str, int | None]
    signature: Signature
    sayings: tuple[Saying, ...]
    compared: KnownArticle


def ready(record: Record) -> Ready:
    """Make a record ready to be added. Raises VerbatimError where it is not what it should be."""
    prove(record)
    known = known_of(record)
    # What linking is told of an entity (KnownEntity.beside: all names but its own) is told again from these.
    names = sorted(frozenset().union(*(k.beside for k in known)))
    own = {k.id: next((i for i, name in enumerate(names) if name not in k.beside), None) for k in known}
    blocks = {k.id: block_key(k) for k in known}
    sayings = sayings_of(record)
    compared = accounts_of(record, sayings=sayings)
    return Ready(record, tuple(names), blocks, own, signature(record.article.text), sayings, compared)
