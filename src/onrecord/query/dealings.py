"""``dealings``: who acts on whom, by deeds that are told of and by what is said, as a table of those who do so most."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from onrecord.codebook import event_types
from onrecord.query.days import within
from onrecord.query.pages import Named
from onrecord.query.rows import Readable, listed, tuples

EXAMINED = 15_000
"""Events, and statements, that are looked at, the newest: so many are read in some 80 ms, however large a store is."""

# An event of a copied article is its origin's; an utterance that is printed often is one.
_DEEDS = """
    SELECT al.identity, rl.identity, v.type, count(*) FROM ({newest}) v
    JOIN links al ON al.entity = v.actor_entity JOIN links rl ON rl.entity = v.recipient_entity
    WHERE NOT EXISTS (SELECT 1 FROM copies x WHERE x.article = v.article AND x.origin != v.article)
    GROUP BY 1, 2, 3"""
_WORDS = """
    SELECT l.identity, t.identity, coalesce(s.act_plover, s.act, 'say'), count(*) FROM ({newest}) s
    JOIN links t ON t.entity = s.target_entity
    JOIN statement_speakers p ON p.statement = s.n JOIN links l ON l.entity = p.entity
    LEFT JOIN appearances o ON o.statement = s.n
    WHERE o.origin IS NULL OR o.origin = s.n
    GROUP BY 1, 2, 3"""
_NEWEST_DEEDS = """SELECT * FROM events WHERE actor_entity IS NOT NULL AND recipient_entity IS NOT NULL AND standing = 'current'
    {bounds} ORDER BY {order} LIMIT ?"""
_NEWEST_WORDS = """SELECT n, target_entity, act, act_plover FROM statements WHERE target_entity IS NOT NULL
    AND standing = 'current' {bounds} ORDER BY {order} LIMIT ?"""


Kinds = dict[str, int]
"""How often, by code."""


@dataclass(frozen=True, slots=True)
class Dealing:
    """What one does to another, by code how often: in `deeds` (events), and in `words` (acts of statements: PLOVER's type, or the
    act's own code where it is of none). `cooperation` and `conflict` count both, as far as they are of a type.
    """

    actor: Named
    recipient: Named
    deeds: tuple[tuple[str, int], ...]
    words: tuple[tuple[str, int], ...]
    cooperation: int
    conflict: int

    @property
    def total(self) -> int:
        return sum(n for _, n in self.deeds) + sum(n for _, n in self.words)


@dataclass(frozen=True, slots=True)
class Dealings:
    """The most active `actors` and most affected `recipients`, most first, and what passes between them."""

    actors: tuple[Named, ...]
    recipients: tuple[Named, ...]
    items: tuple[Dealing, ...]


def dealings(store: Readable, *, size: int = 12, since: str | None = None, until: str | None = None) -> Dealings:
    """Between the `size` most active and the `size` most affected, of the newest EXAMINED events and statements.

    `since`, `until`: of events' days and statements'; else the newest are those that were stored last.
    """
    deeds, words = (defaultdict[tuple[int, int], Kinds](dict) for _ in range(2))
    for sql, newest, column, found in ((_DEEDS, _NEWEST_DEEDS, "date", deeds), (_WORDS, _NEWEST_WORDS, "day", words)):
        bounds, values = within(column, since, until)
        told = "".join(f" AND {bound}" for bound in bounds)
        inner = newest.format(bounds=told, order=f"{column} DESC" if bounds else "n DESC")
        for actor, recipient, kind, count in tuples(store, sql.format(newest=inner), *values, EXAMINED):
            found[actor, recipient][kind] = count
    totals = defaultdict[tuple[int, int], int](int)
    for pairs in (deeds, words):
        for pair, kinds in pairs.items():
            if pair[0] != pair[1]:
                totals[pair] += sum(kinds.values())
    actors, recipients = _most(totals, 0, size), _most(totals, 1, size)
    names = _names(store, {*actors, *recipients})
    shown = [pair for pair in totals if pair[0] in actors and pair[1] in recipients]
    return Dealings(
        tuple(names[n] for n in actors),
        tuple(names[n] for n in recipients),
        tuple(
            _dealing(names[a], names[b], deeds.get((a, b), {}), words.get((a, b), {}))
            for a, b in sorted(shown, key=lambda pair: -totals[pair])
        ),
    )


def _most(totals: dict[tuple[int, int], int], side: int, size: int) -> list[int]:
    counts = defaultdict[int, int](int)
    for pair, total in totals.items():
        counts[pair[side]] += total
    return sorted(counts, key=lambda n: (-counts[n], n))[:size]


def _names(store: Readable, numbers: set[int]) -> dict[int, Named]:
    sql = "SELECT n, name, id FROM identities WHERE n IN (SELECT value FROM json_each(?))"
    return {n: Named(name, identity) for n, name, identity in tuples(store, sql, listed(numbers))}


def _dealing(actor: Named, recipient: Named, deeds: Kinds, words: Kinds) -> Dealing:
    known = event_types()
    quads = [(known[kind].quad, n) for kind, n in (*deeds.items(), *words.items()) if kind in known]
    cooperation, conflict = (sum(n for quad, n in quads if (quad < 3) is wanted) for wanted in (True, False))
    return Dealing(actor, recipient, _ordered(deeds), _ordered(words), cooperation, conflict)


def _ordered(kinds: Kinds) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0])))
