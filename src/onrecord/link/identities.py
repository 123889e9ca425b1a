"""Identities: which entities of different articles are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.extract.names import fold, person_name, words_in
from onrecord.link.blocks import block_key, body_words, is_acronym
from onrecord.link.bodies import group_bodies
from onrecord.link.lands import group_lands
from onrecord.link.parts import parts_of
from onrecord.link.people import group_persons
from onrecord.link.rules import Rules, is_meant
from onrecord.link.strays import kind_of, with_strays
from onrecord.link.traces import Linked, Trace, support, trace_of
from onrecord.link.values import AuthorityRow, Decision, EntityAnchor, Held, Identity, KnownEntity, Member
from onrecord.records import EntityKind, tagged_hash

_NO_RULES = Rules()
_LAST_DAY = "9999"

_Group = list[Linked]


def identities_of(block: Sequence[KnownEntity], rules: Rules = _NO_RULES) -> tuple[Identity, ...]:
    """The identities of one block (or of several that `Rules.roots` joins), sorted by id. Every member is in exactly one.

    A function of the set of members: their order does not matter.
    """
    if len(block) == 1 and not (rules.decisions or rules.authority):
        return (_identity([Linked(block[0], "same-name", 1.0)], None),)
    blocks: dict[str, list[KnownEntity]] = {}
    for known in sorted(block, key=lambda k: k.id):
        blocks.setdefault(block_key(known), []).append(known)
    groups = [group for key in sorted(blocks) for part in parts_of(blocks[key]) for group in groups_of(part)]
    pins = rules.pins(tuple(block))
    rows: list[tuple[_Group, AuthorityRow | None]] = _pinned(groups, pins) if pins else [(g, None) for g in groups]
    for decision in rules.decisions:
        rows = _decided(rows, decision)
    return tuple(sorted((_identity(group, row) for group, row in rows), key=lambda i: i.id))


def groups_of(block: Sequence[KnownEntity]) -> list[_Group]:
    """Those of a block that are one, by their names and what is told of them alone; however it is parted, they are the same."""
    persons = [k for k in block if k.kind == "person"]
    bodies = [k for k in block if k.kind in ("organization", "group", "work")]
    lands = [k for k in block if k.kind in ("country", "place")]
    groups = [*group_persons(persons), *group_bodies(bodies), *group_lands(lands)]
    return with_strays(groups) if sum(map(bool, (persons, bodies, lands))) > 1 else groups


# An authority.


def _pinned(groups: Iterable[_Group], pins: dict[str, AuthorityRow]) -> list[tuple[_Group, AuthorityRow | None]]:
    """Groups as the authority has them: those of one row together, those of several rows parted."""
    of_row: dict[str, tuple[_Group, AuthorityRow]] = {}
    rest: list[tuple[_Group, AuthorityRow | None]] = []
    for group in groups:
        named = {pins[one.known.id].wikidata: pins[one.known.id] for one in group if one.known.id in pins}
        if not named:
            rest.append((group, None))
            continue
        traces = _traces(group, pins)
        for one in group:
            row = pins.get(one.known.id)
            pinned = row is not None
            if row is None:
                row = named[next(iter(named))] if len(named) == 1 else _nearest(one.known, traces, named)
            if row is None:
                rest.append(([one], None))
            else:
                linked = Linked(one.known, "authority", 1.0) if pinned else one
                of_row.setdefault(row.wikidata, ([], row))[0].append(linked)
    return [*((group, row) for _, (group, row) in sorted(of_row.items())), *rest]


def _traces(group: _Group, pins: dict[str, AuthorityRow]) -> dict[str, Trace]:
    traces: dict[str, Trace] = {}
    for one in group:
        if one.known.id in pins:
            traces.setdefault(pins[one.known.id].wikidata, Trace()).add(trace_of(one.known))
    return traces


def _nearest(known: KnownEntity, traces: dict[str, Trace], named: dict[str, AuthorityRow]) -> AuthorityRow | None:
    trace = trace_of(known)
    ranked = sorted(((support(trace, t), key) for key, t in traces.items()), reverse=True)
    return named[ranked[0][1]] if ranked[0][0] > ranked[1][0] else None


# Decisions.


def _decided(
    rows: list[tuple[_Group, AuthorityRow | None]], decision: Decision
) -> list[tuple[_Group, AuthorityRow | None]]:
    """Apply one human's word. One whose entities no article has any more changes nothing."""
    a, b = _meant(rows, decision.a), _meant(rows, decision.b)
    if a is None or b is None or (a[0] == b[0]) == (decision.kind == "merge"):
        return rows
    if decision.kind == "merge":
        left, right = rows[a[0]], rows[b[0]]
        joined = [_as_decided(one) if one.known in (a[1], b[1]) else one for one in (*left[0], *right[0])]
        row = left[1] or right[1]
        return [*(r for n, r in enumerate(rows) if n not in (a[0], b[0])), (joined, row)]
    group, row = rows[a[0]]
    parts = _parted(group, a[1], b[1])
    return [
        *(r for n, r in enumerate(rows) if n != a[0]),
        *((part, row if n == 0 else None) for n, part in enumerate(parts)),
    ]


def _meant(rows: Sequence[tuple[_Group, AuthorityRow | None]], anchor: EntityAnchor) -> tuple[int, KnownEntity] | None:
    """Where the entity is that an anchor means: the one of that name, or else with that alias."""
    found = [(n, one.known) for n, (group, _) in enumerate(rows) for one in group if is_meant(anchor, one.known)]
    found.sort(key=lambda pair: (pair[1].name != anchor.name, pair[1].id))
    return found[0] if found else None


def _as_decided(one: Linked) -> Linked:
    return Linked(one.known, "decision", 1.0)


def _parted(group: _Group, a: KnownEntity, b: KnownEntity) -> tuple[_Group, _Group]:
    """Two of one: each entity goes with the one whose name alone it may be short for, as that is spelled; else with the one that
    it has more in common with, by name, role and company; else with `a`.
    """
    left, right = trace_of(a), trace_of(b)
    parts: tuple[_Group, _Group] = ([], [])
    for one in sorted(group, key=lambda o: o.known.id):
        if one.known in (a, b):
            parts[one.known == b].append(_as_decided(one))
            continue
        trace, short = trace_of(one.known), (_is_short(one.known.name, a.name), _is_short(one.known.name, b.name))
        to_a = support(trace, left) + (fold(one.known.name) == fold(a.name))
        to_b = support(trace, right) + (fold(one.known.name) == fold(b.name))
        parts[short[1] if short[0] != short[1] else to_b > to_a].append(one)
    return parts


def _is_short(name: str, full: str) -> bool:
    """Whether all words of a name are in another, or are its initials, or it has theirs."""
    known = words_in(full)
    return all(any(w == k or (1 in (len(w), len(k)) and w[0] == k[0]) for k in known) for w in words_in(name))


# From a group to a value.


def _identity(group: _Group, row: AuthorityRow | None) -> Identity:
    kind = row.kind if row is not None else kind_of(group)
    members = sorted(group, key=lambda one: one.known.id)
    first = min((one.known for one in members), key=lambda k: (k.day or _LAST_DAY, k.id))
    name = _name(kind, [one.known for one in members if one.method != "other-kind"] or [first])
    printed = {n for one in members for n in (one.known.name, *one.known.aliases)}
    return Identity(
        id=tagged_hash("who", row.wikidata) if row is not None else tagged_hash("who", kind, first.id),
        kind=kind,
        name=row.name if row is not None else name,
        aliases=tuple(sorted(printed - {row.name if row is not None else name})),
        roles=_roles([one.known for one in members]),
        country=_country(members),
        wikidata=row.wikidata if row is not None else None,
        members=tuple(_member(one, only=len(members) == 1) for one in members),
    )


def _member(one: Linked, *, only: bool) -> Member:
    if only and one.method not in ("authority", "decision"):
        return Member(one.known.id, "alone", 1.0)
    return Member(one.known.id, one.method, round(one.score, 3))


def _name(kind: EntityKind, members: Sequence[KnownEntity]) -> str:
    """The spelling that is printed most among full names; of those the fullest, earliest, first by letters."""
    counts: Counter[str] = Counter()
    earliest: dict[str, str] = {}
    for known in members:
        day = known.day or _LAST_DAY
        for name in (known.name,) if kind == "person" else {known.name, *known.aliases}:
            shown = " ".join(name.split())
            counts[shown] += 1
            if earliest.get(shown, _LAST_DAY) >= day:
                earliest[shown] = day
    full = [name for name in counts if _is_full(kind, name)] or list(counts)
    return min(full, key=lambda n: (-counts[n], -len(n.split()), earliest[n], n))


def _is_full(kind: EntityKind, name: str) -> bool:
    if kind == "person":
        words = person_name(name).words
        return len(words) > 1 and min(len(words[0]), len(words[-1])) > 1
    return kind not in ("organization", "group") or (len(body_words(name)) > 1 and not is_acronym(name))


def _roles(members: Iterable[KnownEntity]) -> tuple[Held, ...]:
    told: dict[str, list[str]] = {}
    for known in members:
        for role in known.roles:
            told.setdefault(role, []).append(known.day or "")
    held: dict[str, dict[str, list[str]]] = {}
    for role, days in told.items():
        held.setdefault(role.casefold().replace("’", "'"), {})[role] = days
    shown = []
    for texts in held.values():
        known_days = [day for days in texts.values() for day in days if day]
        text = min(texts, key=lambda t: (-len(texts[t]), t))
        shown.append(Held(text, min(known_days, default=None), max(known_days, default=None)))
    return tuple(sorted(shown, key=lambda h: (h.since or _LAST_DAY, h.text)))


def _country(members: Iterable[Linked]) -> str | None:
    """The country that most of the members have; None where two have it equally often."""
    counts = Counter(one.known.country for one in members if one.known.country)
    ranked = counts.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None
