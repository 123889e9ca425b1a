"""``decisions``: the log of what people decided, and how what somebody says of a statement is understood."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from onrecord.query.cursors import page_size, read_cursor, write_cursor
from onrecord.query.filters import check_code
from onrecord.query.pages import Page
from onrecord.query.rows import Readable, tuples
from onrecord.query.show import find_statement
from onrecord.records import JOINT, EntityKind, MalformedError, Record, UnclearError
from onrecord.store import AimedAt, Change, Corrected, Decided, Does, Reviewed, Somebody, SpokenBy, Stands, somebody
from onrecord.store.connecting import translated
from onrecord.store.correcting import read_corrections, read_reading
from onrecord.store.corrections import NAMED, correction_of
from onrecord.store.deciding import read_decisions
from onrecord.store.reviewing import read_reviews

Kind = EntityKind | Literal["description"]
KINDS: tuple[Kind, ...] = (*NAMED, "description")
"""What a name may be of that an article prints and was not read to have; a description names nobody."""
WHAT = ("people", "clashes", "statements")
"""Of what there are decisions."""

_CURSOR = "decisions"


@dataclass(frozen=True, slots=True)
class Logged:
    """A decision. `what`: of WHAT; `kind`: ``merge``, ``split``, ``accepted``, ``rejected``, or of a statement ``speaker``,
    ``act``, ``target``; `subject`: articles and the words in them that it is about; `value`: what a speaker, act or target is by
    it (None: nothing), and `was` what was read there. `statement`: the one that a correction holds of now.
    """

    id: str
    what: str
    kind: str
    subject: tuple[tuple[str, str], ...]
    value: str | None
    was: str | None
    statement: str | None
    note: str | None
    by: str | None
    made: str
    undone: str | None


def decisions(store: Readable, *, what: str | None = None, size: int = 50, cursor: str | None = None) -> Page[Logged]:
    """What people decided, the last first, those undone too. `what`: of WHAT."""
    page_size(size)
    check_code("what", what, WHAT)
    after = read_cursor(_CURSOR, cursor, str, str)
    with translated(store.path):
        entries = [
            *map(_of_people, read_decisions(store.connection)),
            *map(_of_clash, read_reviews(store.connection)),
            *map(_of_statement, read_corrections(store.connection)),
        ]
    found = [one for one in entries if what in (None, one.what)]
    found.sort(key=lambda one: (one.made, one.id), reverse=True)
    rest = found if after is None else [one for one in found if [one.made, one.id] < after]
    page = rest[:size]
    following = write_cursor(_CURSOR, page[-1].made, page[-1].id) if len(rest) > size else None
    return Page(tuple(page), following, len(found))


def _of_people(d: Decided) -> Logged:
    named = tuple((anchor.article, anchor.name) for anchor in (d.decision.a, d.decision.b))
    return Logged(d.id, "people", d.decision.kind, named, None, None, None, d.note, d.by, d.made, d.undone)


def _of_clash(r: Reviewed) -> Logged:
    sides = tuple((side.article, side.words) for side in (r.a, r.b))
    return Logged(r.id, "clashes", r.verdict, sides, None, None, None, r.note, r.by, r.made, r.undone)


def _of_statement(c: Corrected) -> Logged:
    said, change = c.correction, c.correction.change
    kind: str = said.field
    value = None
    match change:
        case Stands(right):
            kind = "accepted" if right else "rejected"
        case Does(act):
            value = act
        case AimedAt(who):
            value = who.name if who else None
        case SpokenBy(several, reason):
            value = JOINT.join(one.name for one in several) or reason or "author"
    subject = ((said.article, said.words),)
    return Logged(c.id, "statements", kind, subject, value, c.was, c.statement, c.note, c.by, c.made, c.undone)


def reading_of(store: Readable, statement: str) -> tuple[str, Record]:
    """The whole id of the statement that an id or its beginning means, and its article as it was read, with nothing corrected.

    Raises UnclearError.
    """
    id_ = find_statement(store, statement)
    ((number,),) = tuples(store, "SELECT article FROM statements WHERE id = ?", id_)
    with translated(store.path):
        reading = read_reading(store.connection, number)
    if all(s.id != id_ for s in reading.statements):
        raise UnclearError(statement, "an earlier reading found this statement, the last one did not")
    return id_, reading


def everywhere(store: Readable, statement: str, changes: Sequence[Change]) -> list[tuple[str, Change]]:
    """Changes of a statement, by its whole id, and the same of its other printings that stand, where they can be so: where the
    articles print the names.
    """
    found = [(statement, change) for change in changes]
    for (other,) in tuples(store, _PRINTINGS, statement):
        id_, reading = reading_of(store, other)
        for change in changes:
            with suppress(MalformedError):
                correction_of(reading, id_, change)
                found.append((id_, change))
    return found


_PRINTINGS = """SELECT t.id FROM statements s JOIN appearances p ON p.statement = s.n JOIN appearances q ON q.origin = p.origin
    JOIN statements t ON t.n = q.statement WHERE s.id = ? AND t.n != s.n AND t.standing = 'current' ORDER BY t.id"""


def named(reading: Record, names: Sequence[str], kind: Kind | None = None) -> tuple[Somebody, ...]:
    """Whom names mean in an article: its entities by name, alias or id; other words that it prints are what `kind` says.

    Raises UnclearError.
    """
    return tuple(somebody(reading, name, kind) for name in names)
