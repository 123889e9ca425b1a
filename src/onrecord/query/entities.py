"""``entities``: who is in the record, and one of them in full with the evidence of each link."""

from __future__ import annotations

import json
import sqlite3

from onrecord.link import Anchor
from onrecord.query.cursors import page_size, read_cursor, write_cursor
from onrecord.query.filters import check_code
from onrecord.query.names import candidates, choices, identity_number, resolve
from onrecord.query.pages import About, Choice, EntityInFull, Evidence, Named, Page, RoleHeld
from onrecord.query.rows import Readable, rows, strings, tuples
from onrecord.query.statements import ARTICLE, ARTICLE_COPIES, article_ref
from onrecord.records import UnclearError
from onrecord.store.connecting import translated
from onrecord.store.deciding import anchors_of
from onrecord.store.reading import id_range

KINDS = ("person", "organization", "country", "place", "group", "work")
MOST_ABOUT = 20
"""Pairs of an act and a person that are listed of whom somebody speaks of."""

_LISTED, _NAMED, _LINKS = "entities", "entities named", "entity"


def entities(
    store: Readable, name: str | None = None, *, kind: str | None = None, size: int = 50, cursor: str | None = None
) -> Page[Choice]:
    """Identities, those that most articles (copies and versions too) name first; with a `name` all whom it may mean."""
    page_size(size)
    check_code("kind", kind, KINDS)
    if name is not None:
        (start,) = read_cursor(_NAMED, cursor, int) or [0]
        found = tuple(c for c in candidates(store, name) if kind in (None, c.kind))
        following = write_cursor(_NAMED, start + size) if len(found) > start + size else None
        return Page(found[start : start + size], following, len(found))
    after = read_cursor(_LISTED, cursor, int, int)
    sql, values = _counting(kind, after, size)
    counted = tuples(store, sql, *values)
    known = {c.identity: c for c in choices(store, [n for n, *_ in counted[:size]])}
    last = counted[size - 1] if len(counted) > size else None
    return Page(
        tuple(known[identity] for _, identity, _ in counted[:size]),
        cursor=write_cursor(_LISTED, last[2], last[0]) if last else None,
    )


def _counting(kind: str | None, after: list[int] | None, size: int) -> tuple[str, list[object]]:
    """A SELECT of identities by how many links they have: one pass over an index, a short number for each link."""
    place = "HAVING count(*) < ? OR (count(*) = ? AND l.identity > ?)" if after else ""
    values: list[object] = [after[0], after[0], after[1]] if after else []
    # Without a kind the best are known before their names are looked up.
    best = "" if kind else f"ORDER BY links DESC, identity LIMIT {size + 1}"
    sql = f"""
        SELECT i.n, i.id, c.links
        FROM (SELECT l.identity AS identity, count(*) AS links FROM links l INDEXED BY links_identity
              GROUP BY l.identity {place} {best}) c
        JOIN identities i ON i.n = c.identity {"WHERE i.kind = ?" if kind else ""}
        ORDER BY c.links DESC, i.n LIMIT ?"""
    return sql, [*values, *([kind] if kind else []), size + 1]


def entity(store: Readable, name: str, *, size: int = 50, cursor: str | None = None) -> EntityInFull:
    """All that is known of the one identity that `name` means. Raises UnclearError where several or none are called so."""
    page_size(size)
    after = read_cursor(_LINKS, cursor, int) or [0]
    number = identity_number(store, resolve(store, name).identity)
    (who,) = choices(store, [number], counted=-1)  # which for SQLite is no limit
    (row,) = rows(store, "SELECT * FROM identities WHERE n = ?", number)
    links = _links(store, number, after[0], size)
    ((first, last),) = tuples(store, _DAYS, number)
    return EntityInFull(
        items=tuple(_evidence(link) for link in links[:size]),
        cursor=write_cursor(_LINKS, links[size - 1]["n"]) if len(links) > size else None,
        total=tuples(store, f"SELECT count(*) {_LINKED}", number)[0][0],
        who=who,
        aliases=strings(row["aliases"]),
        roles=tuple(_role(r) for r in json.loads(row["roles"])),
        code=row["code"],
        external=row["external"],
        first=first,
        last=last,
        speaks_of=tuple(_about(r) for r in rows(store, _SPEAKS_OF, number, MOST_ABOUT)),
        spoken_of_by=tuple(_about(r) for r in rows(store, _SPOKEN_OF, number, MOST_ABOUT)),
    )


def anchor(store: Readable, name: str) -> Anchor:
    """How a human's decision names whom `name` means: an entity's id or its beginning, else the earliest entity of an identity.

    Raises UnclearError where several or none are called so.
    """
    if not name.startswith("ent-"):
        identity = resolve(store, name).identity
        with translated(store.path):
            return anchors_of(store.connection, identity)[0]
    sql = """SELECT e.id, a.id, e.name FROM entities e JOIN articles a ON a.n = e.article
             WHERE e.id >= ? AND e.id < ? ORDER BY e.id LIMIT 9"""
    found = tuples(store, sql, *id_range(name))
    if len(found) != 1:
        reason = "several entities fit" if found else "no entity of the store has this id"
        raise UnclearError(name, reason, tuple(id_ for id_, *_ in found))
    return Anchor(found[0][1], found[0][2])


_LISTED_LINKS = "l.identity = ? AND a.standing != 'superseded'"
_LINKED = f"""FROM links l JOIN entities e ON e.n = l.entity JOIN articles a ON a.n = e.article WHERE {_LISTED_LINKS}"""
_DAYS = f"SELECT min(a.published), max(a.published) {_LINKED}"
_SPEAKS_OF = """
    SELECT s.act, coalesce(i.name, s.target) AS name, i.id AS identity, count(*) AS statements
    FROM links l JOIN statement_speakers p ON p.entity = l.entity JOIN statements s ON s.n = p.statement
    LEFT JOIN links t ON t.entity = s.target_entity LEFT JOIN identities i ON i.n = t.identity
    LEFT JOIN appearances o ON o.statement = s.n
    WHERE l.identity = ? AND s.target IS NOT NULL AND s.standing = 'current' AND (o.origin IS NULL OR o.origin = s.n)
    GROUP BY s.act, coalesce(i.id, s.target) ORDER BY statements DESC, name, s.act LIMIT ?"""
_SPOKEN_OF = """
    SELECT s.act, coalesce(i.name, s.speaker) AS name, i.id AS identity, count(*) AS statements
    FROM links l JOIN statements s ON s.target_entity = l.entity
    LEFT JOIN statement_speakers p ON p.statement = s.n
    LEFT JOIN links t ON t.entity = p.entity LEFT JOIN identities i ON i.n = t.identity
    LEFT JOIN appearances o ON o.statement = s.n
    WHERE l.identity = ? AND coalesce(i.name, s.speaker) IS NOT NULL AND s.standing = 'current'
        AND (o.origin IS NULL OR o.origin = s.n)
    GROUP BY s.act, coalesce(i.id, s.speaker) ORDER BY statements DESC, name, s.act LIMIT ?"""


def _links(store: Readable, identity: int, after: int, size: int) -> list[sqlite3.Row]:
    return rows(
        store,
        f"""SELECT e.n, e.id AS entity, e.name AS printed, e.roles, l.method, l.score, {ARTICLE}
            FROM links l JOIN entities e ON e.n = l.entity JOIN articles a ON a.n = e.article {ARTICLE_COPIES}
            WHERE {_LISTED_LINKS} AND l.entity > ? ORDER BY l.entity LIMIT ?""",
        identity,
        after,
        size + 1,
    )


def _evidence(row: sqlite3.Row) -> Evidence:
    roles = tuple(role["text"] for role in json.loads(row["roles"]))
    return Evidence(row["entity"], row["printed"], roles, row["method"], row["score"], article_ref(row))


def _role(role: dict[str, str | None]) -> RoleHeld:
    return RoleHeld(str(role["text"]), role.get("from"), role.get("to"))


def _about(row: sqlite3.Row) -> About:
    return About(row["act"], Named(row["name"], row["identity"]), row["statements"])
