"""What humans and an authority file say of identities, made ready for linking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.extract.names import person_name
from onrecord.link.blocks import block_key, body_words
from onrecord.link.traces import role_words
from onrecord.link.values import AuthorityRow, Decision, EntityAnchor, KnownEntity
from onrecord.records import EntityKind

_BODIES = frozenset({"organization", "group", "work"})
_LANDS = frozenset({"country", "place"})


@dataclass(frozen=True, slots=True)
class Rules:
    """Decisions (the later overrule the earlier) and rows of an authority."""

    decisions: tuple[Decision, ...] = ()
    authority: tuple[AuthorityRow, ...] = ()

    def roots(self, key_of: Callable[[EntityAnchor], str | None]) -> dict[str, str]:
        """Block keys that belong together, each with the least of its company; a key that is absent stands alone.

        `key_of` gives the block of the entity that an anchor means, None where no article has it (any more). Blocks are joined
        by merges, and by names of one row of the authority; a merge that a later split takes back joins them no less.
        """
        parent: dict[str, str] = {}

        def root(key: str) -> str:
            while parent.setdefault(key, key) != key:
                key = parent[key]
            return key

        for keys in (*self._merged(key_of), *map(row_keys, self.authority)):
            first = root(min(keys))
            for key in keys:
                a, b = sorted((first, root(key)))
                parent[b] = first = a
        joined = {key: root(key) for key in parent}
        company = {r for key, r in joined.items() if key != r}
        return {key: r for key, r in sorted(joined.items()) if r in company}

    def _merged(self, key_of: Callable[[EntityAnchor], str | None]) -> list[set[str]]:
        pairs = [(key_of(d.a), key_of(d.b)) for d in self.decisions if d.kind == "merge"]
        return [{a, b} for a, b in pairs if a is not None and b is not None]

    def pins(self, block: tuple[KnownEntity, ...]) -> dict[str, AuthorityRow]:
        """Entities of a block that exactly one row of the authority names, by id."""
        if not self.authority:
            return {}
        by_name: dict[tuple[str, ...], list[AuthorityRow]] = {}
        for row in self.authority:
            for name in {_folded(row.kind, n) for n in (row.name, *row.aliases)}:
                by_name.setdefault(name, []).append(row)
        out = {}
        for known in block:
            rows = [r for r in by_name.get(_folded(known.kind, known.name), ()) if _alike(known, r)]
            meant = _told_apart(known, rows)
            if meant is not None:
                out[known.id] = meant
        return out


def row_keys(row: AuthorityRow) -> set[str]:
    """The blocks in which entities that a row names may be."""
    names = (row.name, *row.aliases)
    return {block_key(KnownEntity("", "", None, row.kind, name)) for name in names}


def is_meant(anchor: EntityAnchor, known: KnownEntity) -> bool:
    """Whether an anchor means this entity: of its article, with its name or an alias."""
    return known.article == anchor.article and anchor.name in (known.name, *known.aliases)


def _folded(kind: EntityKind, name: str) -> tuple[str, ...]:
    return ("person", *person_name(name).words) if kind == "person" else ("thing", *body_words(name))


def _alike(known: KnownEntity, row: AuthorityRow) -> bool:
    return known.kind == row.kind or any({known.kind, row.kind} <= kinds for kinds in (_BODIES, _LANDS))


def _has_role(known: KnownEntity, row: AuthorityRow) -> bool:
    wanted = role_words(row.role) if row.role else None
    if wanted is None:
        return False
    told = [words for role in known.roles if (words := role_words(role))]
    return any(t.head == wanted.head and (t.kind <= wanted.kind or wanted.kind <= t.kind) for t in told)


def _in_time(known: KnownEntity, row: AuthorityRow) -> bool:
    if known.day is None:
        return row.since is None and row.until is None
    # An end that is told as a year or a month holds until its last day.
    return (row.since or "") <= known.day and (row.until is None or known.day[: len(row.until)] <= row.until)


def _told_apart(known: KnownEntity, rows: list[AuthorityRow]) -> AuthorityRow | None:
    """The row that is meant: the only one of its name, unless the article gives its role at another time; of several rows, the
    only one whose role the article gives at its time. None where it is not told.
    """
    if len({row.wikidata for row in rows}) > 1:
        rows = [row for row in rows if _has_role(known, row) and _in_time(known, row)]
    else:
        rows = [row for row in rows if not _has_role(known, row) or _in_time(known, row)]
    return rows[0] if len({row.wikidata for row in rows}) == 1 else None
