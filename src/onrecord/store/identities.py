"""Identities across articles, kept as `onrecord.link` makes them of the entities of each block.

A block that grew is linked as a whole again, so that identities never depend on the order of arrival. A large block is not
linked anew for every name that comes into it: up to a part of its size the new ones are linked by name alone and the block is
noted as unsettled. `settle` links what is left; a writer that is closed has settled all.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from onrecord.link import Anchor, Identity, Known, Rules, identities_of
from onrecord.store.deciding import read_rules
from onrecord.store.folding import fold
from onrecord.store.rows import dump

SMALL_BLOCK = 8
"""Entities of a block that is linked as a whole whenever one comes. With 32 adding took a tenth longer (store_growth.py)."""
GROWTH = 4
"""A larger block is linked as a whole when a fourth as many have come: so each entity is linked some five times in all."""


@dataclass(slots=True)
class _Block:
    """The entities of a block (of several that rules join), and where they are linked."""

    known: list[Known] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)


class Identities:
    """Links entities within the transaction at hand."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._last = int(connection.execute("SELECT coalesce(max(n), 0) FROM identities").fetchone()[0])
        self._rules, self._roots = Rules(), dict[str, str]()
        self.reload()

    def reload(self) -> set[str]:
        """Read decisions and authority again, and return the blocks that are now joined to others than before."""
        before = self._roots
        self._rules = read_rules(self._connection)
        has_rules = bool(self._rules.decisions or self._rules.authority)
        self._roots = self._rules.roots(self._block_of) if has_rules else {}
        changed = {b for b in {*before, *self._roots} if before.get(b) != self._roots.get(b)}
        return changed | {r for b in changed for r in (before.get(b), self._roots.get(b)) if r is not None}

    def anchored(self, articles: Iterable[str]) -> bool:
        """Whether a decision is about a name of one of the articles."""
        meant = {anchor.article for d in self._rules.decisions for anchor in (d.a, d.b)}
        return not meant.isdisjoint(articles)

    def _block_of(self, anchor: Anchor) -> str | None:
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
        for root, numbers in coming.items():
            if root in whole or self._is_due(root, len(numbers)):
                whole.add(root)
            else:
                changed |= self._provisional(root, numbers)
        for root in sorted(whole):
            changed |= self.relink(root)
        return changed

    def settle(self) -> set[int]:
        """Link every block that is unsettled as a whole. Returns as `link`."""
        waiting = [row[0] for row in self._connection.execute("SELECT block FROM unsettled ORDER BY block")]
        return set().union(*(self.relink(self._root(block)) for block in waiting))

    def _root(self, block: str) -> str:
        return self._roots.get(block, block)

    def _is_due(self, root: str, coming: int) -> bool:
        """Whether a block with `coming` new entities is to be linked as a whole; where not, they are noted."""
        size = self._scalar("SELECT count(*) FROM entities WHERE block = ?", root)
        if size <= SMALL_BLOCK:
            return True
        note = "INSERT INTO unsettled VALUES (?1, ?2) ON CONFLICT (block) DO UPDATE SET waiting = waiting + ?2 RETURNING waiting"
        return self._scalar(note, root, coming) * GROWTH >= size

    def _provisional(self, root: str, numbers: Sequence[int]) -> set[int]:
        """Link new entities of a large block to whoever bears their name there, if it is one; others among themselves."""
        block = self._load("e.n IN (SELECT value FROM json_each(?))", dump(numbers))
        for identity in identities_of(block.known, self._rules):
            bearers = self._select(_BEARERS, fold(identity.name), root)
            alike = [n for n, kind in bearers if kind == identity.kind]
            named = self._select("SELECT n FROM identities WHERE id = ?", identity.id)  # by an authority
            at = named[0][0] if named else alike[0] if len(alike) == 1 else self._write(identity, block, root, None)
            members = [(block.numbers[m.entity], at, m.method, m.score) for m in identity.members]
            self._connection.executemany(_LINK, members)
        return set(numbers)

    def relink(self, root: str) -> set[int]:
        """Make the identities of a block from all of its entities. Returns the rows of entities whose identity changed."""
        joined = sorted({root, *(b for b, r in self._roots.items() if r == root)})
        block = self._load("e.block IN (SELECT value FROM json_each(?))", dump(joined))
        made = identities_of(block.known, self._rules) if block.known else ()
        query = "SELECT entity, identity, method, score FROM links WHERE entity IN (SELECT value FROM json_each(?))"
        links = {row[0]: row[1:] for row in self._select(query, list(block.numbers.values()))}
        stored = dict(
            self._select("SELECT id, n FROM identities WHERE block IN (SELECT value FROM json_each(?))", joined)
        )
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
        # A block may have waited under its own name before a decision joined it to others.
        self._connection.executemany("DELETE FROM unsettled WHERE block = ?", [(b,) for b in joined])
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

    def _load(self, where: str, value: str) -> _Block:
        block = _Block()
        query = f"""SELECT e.n, e.id, a.id, coalesce(a.published, a.dateline_date), e.kind, e.name, e.aliases, e.roles, e.country,
            e.code, a.company, e.own FROM entities e JOIN articles a ON a.n = e.article WHERE {where} ORDER BY e.id"""
        for n, id_, article, day, kind, name, aliases, roles, country, code, company, own in self._select(query, value):
            block.numbers[id_] = n
            if code is not None:
                block.codes[id_] = code
            names = _strings(company)
            beside = frozenset(names if own is None else names[:own] + names[own + 1 :])
            known = Known(id_, article, day, kind, name, _strings(aliases), _roles(roles), country, beside)
            block.known.append(known)
        return block

    def _select(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        plain = tuple(dump(v) if isinstance(v, list | tuple) else v for v in values)
        return self._connection.execute(query, plain).fetchall()

    def _scalar(self, query: str, *values: object) -> int:
        return int(self._connection.execute(query, values).fetchone()[0])


_BEARERS = """SELECT i.n, i.kind FROM identity_names x JOIN identities i ON i.n = x.identity
    WHERE x.folded = ? AND i.block = ?"""
_LINK = """INSERT INTO links (entity, identity, method, score) VALUES (?, ?, ?, ?)
    ON CONFLICT (entity) DO UPDATE SET identity = excluded.identity, method = excluded.method, score = excluded.score"""
_IDENTITY = """INSERT INTO identities (n, id, name, kind, country, code, aliases, roles, external, block)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (n) DO UPDATE SET id = excluded.id, name = excluded.name,
    kind = excluded.kind, country = excluded.country, code = excluded.code, aliases = excluded.aliases,
    roles = excluded.roles, external = excluded.external, block = excluded.block"""


@lru_cache(maxsize=4096)
def _strings(column: str) -> tuple[str, ...]:
    return tuple(json.loads(column))


@lru_cache(maxsize=4096)
def _roles(column: str) -> tuple[str, ...]:
    """The words of roles, on one line (as `onrecord.link.known_of` has them)."""
    return tuple(" ".join(role["text"].split()) for role in json.loads(column))
