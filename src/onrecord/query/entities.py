"""``entities``: who is in the record, and one of them in full with the evidence of each link."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from onrecord.link import EntityAnchor
from onrecord.query.aims import Counted, dealings_of
from onrecord.query.cursors import page_size, read_cursor, write_cursor
from onrecord.query.filters import check_code
from onrecord.query.names import candidates, choices, identity_of, named_in, resolve
from onrecord.query.pages import About, ArticleRef, Choice, EntityInFull, Evidence, Named, Page, RoleHeld
from onrecord.query.rows import Readable, listed, rows, strings, tuples
from onrecord.query.show import articles
from onrecord.query.statements import ARTICLE, ARTICLE_COPIES, article_ref
from onrecord.records import EntityKind, UnclearError
from onrecord.store.connecting import translated
from onrecord.store.deciding import anchors_of
from onrecord.store.reading import id_range
from onrecord.store.tallying import is_tallied

KINDS: tuple[EntityKind, ...] = get_args(EntityKind)
MOST_TOGETHER = 5
MOST_ABOUT = 20
"""Pairs of an act and a person that are listed of whom somebody speaks of."""

_LISTED, _NAMED, _LINKS = "entities", "entities named", "entity"


def entities(
    store: Readable, name: str | None = None, *, kind: str | None = None, size: int = 50, cursor: str | None = None
) -> Page[Choice]:
    """Identities, those that most articles name first, of copies and versions one; with a `name` all whom it may mean."""
    page_size(size)
    check_code("kind", kind, KINDS)
    if name is not None:
        (start,) = read_cursor(_NAMED, cursor, int) or [0]
        found = tuple(c for c in candidates(store, name) if kind in (None, c.kind))
        following = write_cursor(_NAMED, start + size) if len(found) > start + size else None
        return Page(found[start : start + size], following, len(found))
    after = read_cursor(_LISTED, cursor, int, int)
    counted = _most_named(store, kind, after, size + 1)
    known = {c.identity: c for c in choices(store, [n for n, *_ in counted[:size]])}
    last = counted[size - 1] if len(counted) > size else None
    return Page(
        tuple(known[identity] for _, identity, _ in counted[:size]),
        cursor=write_cursor(_LISTED, last[2], last[0]) if last else None,
    )


def _most_named(store: Readable, kind: str | None, after: list[int] | None, size: int) -> list[tuple[int, str, int]]:
    """Row, id and number of articles of the identities that most articles name, those after a place."""
    import numpy as np

    named = named_in(store)
    named[0] = -1  # what is not linked
    if kind is not None:
        those = [n for (n,) in tuples(store, "SELECT n FROM identities WHERE kind = ?", kind) if n < len(named)]
        mask = np.zeros(len(named), np.bool_)
        mask[those] = True
        named[~mask] = -1
    numbers = np.flatnonzero(named >= 0)
    if after is not None:
        articles = named[numbers]
        numbers = numbers[(articles < after[0]) | ((articles == after[0]) & (numbers > after[1]))]
    best = numbers[np.lexsort((numbers, -named[numbers]))[:size]].tolist()
    ids = dict(tuples(store, "SELECT n, id FROM identities WHERE n IN (SELECT value FROM json_each(?))", listed(best)))
    return [(n, ids[n], int(named[n])) for n in best if n in ids]


def entity(store: Readable, name: str, *, size: int = 50, cursor: str | None = None) -> EntityInFull:
    """All that is known of the one identity that `name` means. Raises UnclearError where several or none are called so."""
    page_size(size)
    after = read_cursor(_LINKS, cursor, int) or [0]
    number = identity_of(store, name)
    (choice,) = choices(store, [number], counted=1)
    ((first, last, total, articles),) = tuples(store, _DAYS, number)
    days, speaks_of, spoken_of = dealings_of(store, number)
    (row,) = rows(store, "SELECT * FROM identities WHERE n = ?", number)
    links = _links(store, number, after[0], size)
    return EntityInFull(
        items=tuple(_evidence(link) for link in links[:size]),
        cursor=write_cursor(_LINKS, links[size - 1]["n"]) if len(links) > size else None,
        total=total,
        who=replace(choice, statements=_utterances(store, choice.identity, number), articles=articles),
        aliases=strings(row["aliases"]),
        roles=tuple(_role(r) for r in json.loads(row["roles"])),
        code=row["code"],
        external=row["external"],
        first=first,
        last=last,
        speaks_of=_about(store, speaks_of),
        spoken_of_by=_about(store, spoken_of),
        days=days,
    )


def _utterances(store: Readable, identity: str, number: int) -> int:
    """How many utterances that stand are theirs: as the writer counted, else as it is now."""
    if is_tallied(store.connection):
        sql = """SELECT utterances FROM tallies WHERE "by" = 'speaker' AND withdrawn = 0 AND identity = ?"""
        return sum(n for (n,) in tuples(store, sql, identity))
    return choices(store, [number], counted=-1)[0].statements  # which for SQLite is no limit


def anchor(store: Readable, name: str) -> EntityAnchor:
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
        raise UnclearError(name, reason, tuple(id_ for id_, *_ in found), several=bool(found))
    return EntityAnchor(found[0][1], found[0][2])


def bearer(store: Readable, anchor: EntityAnchor) -> str | None:
    """The identity that an anchor means now; None where its article's reading no longer has the name."""
    found = tuples(store, _BEARER, anchor.article, anchor.name)
    return str(found[0][0]) if found else None


def together(store: Readable, a: str, b: str) -> tuple[ArticleRef, ...]:
    """Articles that stand and name both of two identities, by their whole ids, MOST_TOGETHER of the newest."""
    return articles(store, [id_ for (id_,) in tuples(store, _TOGETHER, a, b, MOST_TOGETHER)])


_BEARER = """SELECT i.id FROM articles a JOIN entities e ON e.article = a.n JOIN links l ON l.entity = e.n
    JOIN identities i ON i.n = l.identity
    WHERE a.id = ?1 AND (e.name = ?2 OR EXISTS (SELECT 1 FROM json_each(e.aliases) WHERE value = ?2))
    ORDER BY e.name != ?2, e.position LIMIT 1"""
_NAMING = """SELECT e.article FROM identities i CROSS JOIN links l ON l.identity = i.n CROSS JOIN entities e ON e.n = l.entity
    WHERE i.id = ?"""
_TOGETHER = f"""SELECT id FROM articles WHERE n IN ({_NAMING} INTERSECT {_NAMING}) AND standing = 'current'
    ORDER BY published DESC, n DESC LIMIT ?"""
_LISTED_LINKS = "l.identity = ? AND a.standing != 'superseded'"
_DAYS = f"""SELECT min(a.published), max(a.published), count(*),
    count(DISTINCT CASE WHEN a.standing = 'current' THEN coalesce(c.origin, a.n) END)
    FROM links l CROSS JOIN entities e ON e.n = l.entity CROSS JOIN articles a INDEXED BY articles_brief ON a.n = e.article
    LEFT JOIN copies c ON c.article = a.n WHERE {_LISTED_LINKS}"""


def _about(store: Readable, counted: Sequence[Counted]) -> tuple[About, ...]:
    """The most counted; only of these, and of those that are counted as often as the last of them, names are looked up."""
    most = sorted((n for *_, n in counted), reverse=True)[:MOST_ABOUT]
    shown = [row for row in counted if most and row[3] >= most[-1]]
    sql = "SELECT n, name, id FROM identities WHERE n IN (SELECT value FROM json_each(?))"
    named = {n: Named(name, id_) for n, name, id_ in tuples(store, sql, listed({of for _, _, of, _ in shown if of}))}
    told = [About(act, named[of] if of else Named(name or ""), n) for act, name, of, n in shown]
    return tuple(sorted(told, key=lambda a: (-a.statements, a.party.name, a.act or ""))[:MOST_ABOUT])


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
