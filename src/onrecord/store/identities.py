"""Identities across articles, kept as `onrecord.link` makes them of the entities of each block.

A block that grew is linked anew, so that identities never depend on the order of arrival: of a large one the parts (names that
may be one) that somebody came into. A large block is not linked for every name that comes: up to a share of its size the new ones
are linked by name alone and noted as unsettled. `settle` links what is left; a writer that is closed has settled all.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.link import EntityAnchor, Identity, KnownEntity, Name, Rules, identities_of, may_part, parts_of_names
from onrecord.store.deciding import read_rules
from onrecord.store.folding import fold
from onrecord.store.rows import dump

SMALL_BLOCK = 8
"""Entities of a block that is linked as a whole whenever one comes. With 32 adding took a tenth longer (store_growth.py)."""
GROWTH = 4
"""A larger block is linked when a fourth as many have come: so each entity is linked some five times in all."""
BEARERS = 8
"""Of a name, of whom one that comes is provisionally taken to be the identity, if they have but one."""

KEPT_ARTICLES = 50_000
"""Articles of which is kept at hand who is named, some 40 MB, while blocks are linked."""


@dataclass(slots=True)
class _Block:
    """The entities of a block (of several that rules join), and where they are linked."""

    known: list[KnownEntity] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)


class Identities:
    """Links entities within the transaction at hand."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._last = int(connection.execute("SELECT coalesce(max(n), 0) FROM identities").fetchone()[0])
        self._articles: dict[int, tuple[str, str | None, tuple[str, ...]]] = {}
        self._rules, self._roots = Rules(), dict[str, str]()
        self._ruled = frozenset[str]()
        self.reload()

    def reload(self) -> set[str]:
        """Read decisions and authority again, and return the blocks that are now joined to others than before."""
        before = self._roots
        self._rules = read_rules(self._connection)
        has_rules = bool(self._rules.decisions or self._rules.authority)
        self._roots = self._rules.roots(self._block_of) if has_rules else {}
        # What rules are about may join names that have nothing in common: such blocks are linked as a whole.
        meant = {self._block_of(anchor) for d in self._rules.decisions for anchor in (d.a, d.b)}
        self._ruled = frozenset(self._root(b) for b in meant if b is not None)
        changed = {b for b in {*before, *self._roots} if before.get(b) != self._roots.get(b)}
        return changed | {r for b in changed for r in (before.get(b), self._roots.get(b)) if r is not None}

    def anchored(self, articles: Iterable[str]) -> bool:
        """Whether a decision is about a name of one of the articles."""
        meant = {anchor.article for d in self._rules.decisions for anchor in (d.a, d.b)}
        return not meant.isdisjoint(articles)

    def _block_of(self, anchor: EntityAnchor) -> str | None:
        query = """SELECT e.block FROM articles a JOIN entities e ON e.article = a.n
            WHERE a.id = ?1 AND (e.name = ?2 OR EXISTS (SELECT 1 FROM json_each(e.aliases) WHERE value = ?2))
            ORDER BY e.name != ?2, e.position LIMIT 1"""
        row = self._connection.execute(query, (anchor.article, anchor.name)).fetchone()
        return None if row is None else str(row[0])

    def link(self, entities: Sequence[int], emptied: Iterable[str] = ()) -> set[int]:
        """Link new entities by their rows, and link anew blocks that were `emptied` of some.

        Returns the rows of all entities that have another identity than before.
        """
        coming: dict[str, list[int]] = defaultdict(list)
        for number, block in self._select(
            "SELECT n, block FROM entities WHERE n IN (SELECT value FROM json_each(?))", entities
        ):
            coming[self._root(block)].append(number)
        whole = {self._root(block) for block in emptied}
        changed: set[int] = set()
        large = dict[str, list[int]]()
        for root, numbers in coming.items():
            if root in whole or self._scalar(_SIZE, root, SMALL_BLOCK + 1) <= SMALL_BLOCK:
                whole.add(root)
            else:
                large[root] = numbers
        changed |= self._provisional(large)
        for root in sorted(whole):
            changed |= self.relink(root)
        self._articles.clear()
        return changed

    def settle(self) -> set[int]:
        """Link all that is unsettled with whatever it may be one with. Returns as `link`."""
        waiting = {self._root(block) for (block,) in self._select("SELECT DISTINCT block FROM unsettled")}
        changed = set[int]().union(*(self._settle(root) for root in sorted(waiting)))
        self._articles.clear()
        return changed

    def _root(self, block: str) -> str:
        return self._roots.get(block, block)

    def _settle(self, root: str) -> set[int]:
        """Link the parts of a block in which some are unsettled."""
        waiting: dict[Name, int] = {(kind, name, land): n for kind, name, land, n in self._select(_WAITING, root)}
        several = sum(waiting.values())
        if self._is_ruled(root) or several == self._scalar(_SIZE, root, several + 1):
            return self.relink(root)
        names: dict[Name, int] = {(kind, name, land): n for kind, name, land, n in self._select(_NAMES, root)}
        parting = may_part({name for name, n in waiting.items() if n == names[name]}, names)
        touched = self._touched(root, parts_of_names(list(names)), waiting, parting=parting)
        return self._relink_parts(root, touched)

    def _touched(
        self, root: str, parts: Sequence[Sequence[Name]], waiting: Iterable[Name], *, parting: bool
    ) -> list[Name]:
        """The names of all parts that those waiting are of, and, with `parting`, that share an identity with these so far."""
        of = {name: k for k, part in enumerate(parts) for name in part}
        found, new = set[int](), {of[name] for name in waiting}
        if not parting:
            found, new = new, set()
        while new:
            found |= new
            names = [name for k in sorted(new) for name in parts[k]]
            new = {of[kind, name, land] for kind, name, land in self._select(_FELLOWS, root, names)} - found
        return [name for k in sorted(found) for name in parts[k]]

    def _is_ruled(self, root: str) -> bool:
        return bool(self._rules.authority) or root in self._ruled or root in self._roots.values()

    def _provisional(self, coming: Mapping[str, Sequence[int]]) -> set[int]:
        """Link new entities of large blocks to whoever bears their name there, if it is one; others among themselves.

        Where many have come by now, link them as the whole block has it. Returns as `link`.
        """
        waiting = [(root, n) for root, numbers in coming.items() for n in numbers]
        self._connection.executemany("INSERT OR IGNORE INTO unsettled VALUES (?, ?)", waiting)
        changed, few = set[int](), list[str]()
        for root in coming:
            most = self._scalar("SELECT count(*) FROM unsettled WHERE block = ?", root) * GROWTH
            if most >= self._scalar(_SIZE, root, most + 1):
                changed |= self._settle(root)
            else:
                few.append(root)
        borne = [n for root in few if not self._is_ruled(root) for n in coming[root]]
        found = [(n, at) for n, at, last in self._select(_BORNE, borne, BEARERS) if at is not None and at == last]
        self._connection.executemany(_LINK, [(n, at, *_BY_NAME) for n, at in found])
        linked = {n for n, _ in found}
        for root in few:
            self._among_themselves(root, [n for n in coming[root] if n not in linked])
        return changed.union(*(coming[root] for root in few))

    def _among_themselves(self, root: str, numbers: Sequence[int]) -> None:
        """Link new entities of a large block to one another, or to whoever bears the name that they then have."""
        if not numbers:
            return
        block = self._load("entities e", "e.n IN (SELECT value FROM json_each(?))", dump(numbers))
        for identity in identities_of(block.known, self._rules):
            bearers = self._select(_BEARERS, root, identity.kind, identity.name, BEARERS)
            named = self._select("SELECT n FROM identities WHERE id = ?", identity.id)  # by an authority
            alike = named or (bearers if len(bearers) == 1 else [])
            at = alike[0][0] if alike else self._write(identity, block, root, None)
            members = [(block.numbers[m.entity], at, m.method, m.score) for m in identity.members]
            self._connection.executemany(_LINK, members)

    def relink(self, root: str) -> set[int]:
        """Make the identities of a block from all of its entities. Returns the rows of entities whose identity changed."""
        joined = sorted({root, *(b for b, r in self._roots.items() if r == root)})
        block = self._load("entities e", "e.block IN (SELECT value FROM json_each(?))", dump(joined))
        stored = self._select("SELECT id, n FROM identities WHERE block IN (SELECT value FROM json_each(?))", joined)
        changed = self._rewrite(root, block, dict(stored))
        # A block may have waited under its own name before a decision joined it to others.
        self._connection.executemany("DELETE FROM unsettled WHERE block = ?", [(b,) for b in joined])
        return changed

    def _relink_parts(self, root: str, names: Sequence[Name]) -> set[int]:
        """As `relink`, of the entities of a block that have one of `names`, which are parts of it."""
        block = self._load(_NAMED, "true", root, dump(names))
        numbers = dump(list(block.numbers.values()))
        stored = self._select(_LINKED, numbers)
        changed = self._rewrite(root, block, dict(stored))
        self._connection.execute("DELETE FROM unsettled WHERE block = ?", (root,))
        return changed

    def _rewrite(self, root: str, block: _Block, stored: dict[str, int]) -> set[int]:
        """Put the identities of entities in the place of those `stored` of them. Returns as `relink`."""
        made = identities_of(block.known, self._rules) if block.known else ()
        query = "SELECT entity, identity, method, score FROM links WHERE entity IN (SELECT value FROM json_each(?))"
        links = {row[0]: row[1:] for row in self._select(query, list(block.numbers.values()))}
        rows = self._match(made, block, stored, {entity: link[0] for entity, link in links.items()})
        gone = set(stored.values()) - set(rows.values())
        # Rows change hands: an identity may take the id that another gives up.
        self._connection.executemany(
            "UPDATE identities SET id = 'former ' || n WHERE n = ?", [(n,) for n in stored.values()]
        )
        changed, new = set(), []
        for identity in made:
            at = self._write(identity, block, root, rows.get(identity.id))
            for member in identity.members:
                entity = block.numbers[member.entity]
                link = (at, member.method, member.score)
                if links.get(entity) != link:
                    new.append((entity, *link))
                    if links.get(entity, (None,))[0] != at:
                        changed.add(entity)
        self._connection.executemany(_LINK, new)
        self._drop(gone)
        return changed

    def _match(
        self, made: Sequence[Identity], block: _Block, stored: Mapping[str, int], linked: Mapping[int, int]
    ) -> dict[str, int]:
        """Of identities that were stored before, the row: by id, else that of most of its members, so that links may stay."""
        rows = {i.id: stored[i.id] for i in made if i.id in stored}
        free = set(stored.values()) - set(rows.values())
        for identity in made:
            if identity.id not in rows:
                held = Counter(linked.get(block.numbers[m.entity]) for m in identity.members)
                row = next((n for n, _ in held.most_common() if n in free), None)
                if row is not None:
                    rows[identity.id] = row
                    free.discard(row)
        return rows

    def _write(self, identity: Identity, block: _Block, root: str, row: int | None) -> int:
        """Write an identity and the names that it is found by, and return its row."""
        if row is None:
            self._last += 1
            row = self._last
        codes = Counter(block.codes[m.entity] for m in identity.members if m.entity in block.codes)
        code = min(codes, key=lambda c: (-codes[c], c), default=None)
        roles = dump([{"text": r.text, "from": r.since, "to": r.until} for r in identity.roles])
        values = (
            row, identity.id, identity.name, identity.kind, identity.country, code, dump(identity.aliases), roles,
            identity.wikidata, root,
        )  # fmt: skip
        self._connection.execute(_IDENTITY, values)
        names = {folded for name in (identity.name, *identity.aliases) if (folded := fold(name))}
        had = {name for (name,) in self._select("SELECT folded FROM identity_names WHERE identity = ?", row)}
        execute = self._connection.executemany
        execute("DELETE FROM identity_names WHERE folded = ? AND identity = ?", [(n, row) for n in had - names])
        execute("INSERT INTO identity_names VALUES (?, ?)", [(n, row) for n in sorted(names - had)])
        return row

    def _drop(self, rows: Iterable[int]) -> None:
        gone = [(row,) for row in rows]
        self._connection.executemany("DELETE FROM identity_names WHERE identity = ?", gone)
        self._connection.executemany("DELETE FROM identities WHERE n = ?", gone)

    def _load(self, entities: str, where: str, *values: str) -> _Block:
        block = _Block()
        query = f"""SELECT e.n, e.id, e.article, e.kind, e.name, e.aliases, e.roles, e.country, e.code, e.own
            FROM {entities} WHERE {where}"""
        rows = self._select(query, *values)
        articles = self._told({row[2] for row in rows})
        for n, id_, number, kind, name, aliases, roles, country, code, own in rows:
            block.numbers[id_] = n
            if code is not None:
                block.codes[id_] = code
            article, day, names = articles[number]
            beside = frozenset(names if own is None else names[:own] + names[own + 1 :])
            known = KnownEntity(id_, article, day, kind, name, _strings(aliases), _roles(roles), country, beside)
            block.known.append(known)
        return block

    def _told(self, articles: set[int]) -> dict[int, tuple[str, str | None, tuple[str, ...]]]:
        """Of articles in rows the id, the day, and who is named: kept at hand while blocks are linked, since each names people of
        several.
        """
        if len(self._articles) > KEPT_ARTICLES:
            self._articles.clear()
        missing = sorted(articles - self._articles.keys())
        query = """SELECT n, id, coalesce(published, dateline_date), company FROM articles
            WHERE n IN (SELECT value FROM json_each(?))"""
        for n, id_, day, company in self._select(query, missing) if missing else ():
            self._articles[n] = id_, day, _strings(company)
        return self._articles

    def _select(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        plain = tuple(dump(v) if isinstance(v, list | tuple) else v for v in values)
        return self._connection.execute(query, plain).fetchall()

    def _scalar(self, query: str, *values: object) -> int:
        return int(self._connection.execute(query, values).fetchone()[0])


_SIZE = "SELECT count(*) FROM (SELECT 1 FROM entities WHERE block = ? LIMIT ?)"
_NAMES = "SELECT kind, name, country, count(*) FROM entities WHERE block = ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
_WAITING = """SELECT e.kind, e.name, e.country, count(*) FROM unsettled u JOIN entities e ON e.n = u.entity
    WHERE u.block = ? GROUP BY 1, 2, 3"""
_NAMED = """json_each(?2) j CROSS JOIN entities e ON e.block = ?1 AND e.kind = json_extract(j.value, '$[0]')
    AND e.name = json_extract(j.value, '$[1]') AND e.country IS json_extract(j.value, '$[2]')"""
_FELLOWS = f"""SELECT DISTINCT o.kind, o.name, o.country FROM
    (SELECT DISTINCT l.identity FROM {_NAMED} CROSS JOIN links l ON l.entity = e.n) i
    CROSS JOIN links m ON m.identity = i.identity CROSS JOIN entities o ON o.n = m.entity WHERE o.block = ?1"""
_LINKED = """SELECT id, n FROM identities WHERE n IN
    (SELECT identity FROM links WHERE entity IN (SELECT value FROM json_each(?)))"""
# Of the same block, kind and name: so a part of a block never holds what is another's.
_BEARERS = """SELECT DISTINCT identity FROM (SELECT l.identity FROM entities e CROSS JOIN links l ON l.entity = e.n
    WHERE e.block = ? AND e.kind = ? AND e.name = ? LIMIT ?)"""
# Of new entities the least and the greatest of whoever bears their name: none of them is linked yet.
_BEARING = """FROM (SELECT l.identity FROM entities o CROSS JOIN links l ON l.entity = o.n
    WHERE o.block = e.block AND o.kind = e.kind AND o.name = e.name LIMIT ?2)"""
_BORNE = f"""SELECT e.n, (SELECT min(identity) {_BEARING}), (SELECT max(identity) {_BEARING})
    FROM json_each(?1) j CROSS JOIN entities e ON e.n = j.value"""
_BY_NAME = ("same-name", 0.85)
_LINK = """INSERT INTO links (entity, identity, method, score) VALUES (?, ?, ?, ?)
    ON CONFLICT (entity) DO UPDATE SET identity = excluded.identity, method = excluded.method, score = excluded.score"""
_IDENTITY = """INSERT INTO identities (n, id, name, kind, country, code, aliases, roles, external, block)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (n) DO UPDATE SET id = excluded.id, name = excluded.name,
    kind = excluded.kind, country = excluded.country, code = excluded.code, aliases = excluded.aliases,
    roles = excluded.roles, external = excluded.external, block = excluded.block"""


def _strings(column: str) -> tuple[str, ...]:
    """A JSON array of strings. Nearly all are plain, and cut in a tenth of the time that it takes to read JSON."""
    if column == "[]":
        return ()
    return tuple(json.loads(column)) if "\\" in column else tuple(column[2:-2].split('","'))


_ROLE = re.compile(r'"text":"([^"]*)"')


def _roles(column: str) -> tuple[str, ...]:
    """The words of roles, on one line (as `onrecord.link.known_of` has them)."""
    if column == "[]":
        return ()
    plain = "\\" not in column
    texts = _ROLE.findall(column) if plain else [role["text"] for role in json.loads(column)]
    return tuple(" ".join(text.split()) for text in texts)
