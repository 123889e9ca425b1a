"""A human's word on who is who, given on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.cli.terminal import ending_well, one_line

if TYPE_CHECKING:
    from onrecord.link import EntityAnchor


def decide(
    db: Path,
    *,
    merge: tuple[str, str] | None,
    split: tuple[str, str] | None,
    undo: str | None,
    note: str | None,
    by: str | None,
) -> str:
    """Keep one decision, or undo one; what was done, in a line. Errors end the command."""
    import onrecord
    from onrecord.link import Decision
    from onrecord.query.entities import anchor
    from onrecord.store import Store, Writer

    with ending_well():
        if undo is not None:
            with Store.open(db):
                pass  # a name that is none makes no store
            with Store.open(db, write=True) as store, Writer(store) as writer:
                writer.undo(undo)
            return f"{undo} holds no longer"
        with onrecord.open(db) as library:
            a, b = (anchor(library, name) for name in merge or split or ())
        with Store.open(db, write=True) as store, Writer(store) as writer:
            id_ = writer.decide(Decision("merge" if merge else "split", a, b), note=note, by=by)
    return f"{_told(a)} and {_told(b)} are {'one' if merge else 'two'}: {id_} (--undo {id_} takes it back)"


def _told(whom: EntityAnchor) -> str:
    return one_line(f"{whom.name} of {whom.article}")
