"""What people decided, and what an authority file pins: kept as rows, told to `onrecord.link` as rules."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.link import AuthorityRow, Decision, EntityAnchor
from onrecord.records import tagged_hash
from onrecord.store.rows import dump

if TYPE_CHECKING:
    from onrecord.link import Rules


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it is kept: its id, the human's note, when it was made and, where it was, undone (UTC), and by whom."""

    id: str
    decision: Decision
    note: str | None
    made: str
    undone: str | None
    by: str | None = None


def read_rules(connection: sqlite3.Connection) -> Rules:
    """Decisions that hold, in the order in which they were made, and the authority."""
    from onrecord.link import Rules

    rows = connection.execute('SELECT wikidata, name, kind, aliases, role, "from", "to" FROM authority ORDER BY n')
    authority = tuple(AuthorityRow(w, name, kind, tuple(json.loads(a)), *rest) for w, name, kind, a, *rest in rows)
    return Rules(tuple(d.decision for d in read_decisions(connection) if d.undone is None), authority)


def read_decisions(connection: sqlite3.Connection) -> tuple[Decided, ...]:
    """Every decision on who is who, in the order in which they were made, those undone too."""
    query = """SELECT id, kind, subject, note, made, undone, "by" FROM decisions WHERE kind IN ('merge', 'split')
        ORDER BY made, n"""
    return tuple(
        Decided(id_, Decision(kind, *(EntityAnchor(*anchor) for anchor in json.loads(subject))), *rest)
        for id_, kind, subject, *rest in connection.execute(query)
    )


def write_decision(
    connection: sqlite3.Connection, decision: Decision, note: str | None, by: str | None, made: str
) -> str:
    """Keep a decision and return its id."""
    subject = dump([[anchor.article, anchor.name] for anchor in (decision.a, decision.b)])
    return keep_decision(connection, decision.kind, subject, note, by, made)


def keep_decision(
    connection: sqlite3.Connection, kind: str, subject: str, note: str | None, by: str | None, made: str
) -> str:
    """Write the row of a decision of any kind, and return its id. A form that is sent twice is one decision."""
    id_ = tagged_hash("dec", kind, subject, made)
    last = connection.execute("SELECT n, id, undone FROM decisions ORDER BY n DESC LIMIT 1").fetchone()
    if last is not None and (last[1], last[2]) == (id_, None):
        return id_
    if connection.execute("SELECT 1 FROM decisions WHERE id = ?", (id_,)).fetchone():
        id_ = tagged_hash("dec", kind, subject, made, last[0])  # said, otherwise, and said again in one second
    command = 'INSERT INTO decisions (id, kind, subject, note, made, "by") VALUES (?, ?, ?, ?, ?, ?)'
    connection.execute(command, (id_, kind, subject, note, made, by))
    return id_


def write_authority(connection: sqlite3.Connection, rows: Iterable[AuthorityRow]) -> None:
    """Let `rows` be the authority, in place of what was."""
    connection.execute("DELETE FROM authority")
    connection.executemany(
        'INSERT INTO authority (wikidata, name, kind, aliases, role, "from", "to") VALUES (?, ?, ?, ?, ?, ?, ?)',
        [(r.wikidata, r.name, r.kind, dump(r.aliases), r.role, r.since, r.until) for r in rows],
    )


def anchors_of(connection: sqlite3.Connection, identity: str) -> tuple[EntityAnchor, ...]:
    """Every entity of an identity as a decision names it, the earliest article first."""
    query = """SELECT a.id, e.name FROM identities i JOIN links l ON l.identity = i.n JOIN entities e ON e.n = l.entity
        JOIN articles a ON a.n = e.article WHERE i.id = ?
        ORDER BY coalesce(a.published, a.dateline_date, '9'), a.id, e.position"""
    return tuple(EntityAnchor(*row) for row in connection.execute(query, (identity,)))


def copy_decisions(connection: sqlite3.Connection, other: sqlite3.Connection) -> None:
    """Give another store the decisions and the authority of this one."""
    for table in ("decisions", "authority"):
        rows = connection.execute(f"SELECT * FROM {table} ORDER BY n").fetchall()
        if rows:
            other.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
