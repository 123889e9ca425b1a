"""``events``: who did what to whom, each with whoever asserts it."""

from __future__ import annotations

import sqlite3
from typing import TypedDict, Unpack, get_args

from onrecord.codebook import event_types
from onrecord.query.cursors import page_size, read_cursor, write_cursor
from onrecord.query.filters import Condition, all_of, asserted_by, between, check_code, printed_in
from onrecord.query.names import identity_number, resolve
from onrecord.query.options import strict
from onrecord.query.pages import Happening, Page
from onrecord.query.rows import Readable, listed, number, rows, tuples
from onrecord.query.statements import ARTICLE, ARTICLE_COPIES, article_ref, name_in
from onrecord.records import NARRATION, EventStatus, Span

STATUSES: tuple[EventStatus, ...] = get_args(EventStatus)

TOLD = 1_000
"""Events of which the `total` is told: it is None where there are more."""

_CURSOR = "events"
_STANDING = "v.standing IN ('current', 'withdrawn')"
_FROM = "events v CROSS JOIN articles a INDEXED BY articles_brief ON a.n = v.article"
_WITNESS = """coalesce((SELECT group_concat(name, ' + ') FROM (
    SELECT coalesce(i.name, e.name) AS name FROM statement_speakers p JOIN entities e ON e.n = p.entity
    LEFT JOIN links l ON l.entity = e.n LEFT JOIN identities i ON i.n = l.identity
    WHERE p.statement = s.n ORDER BY p.position)), s.speaker) AS witness"""
_EVENTS = f"""
    SELECT v.*, {ARTICLE}, s.id AS asserting, {_WITNESS},
        substr(a.text, v."start" + 1, v."end" - v."start") AS trigger_words,
        coalesce(ai.name, v.actor) AS actor_name, ai.id AS actor_identity,
        coalesce(ri.name, v.recipient) AS recipient_name, ri.id AS recipient_identity
    FROM json_each(?) j CROSS JOIN events v ON v.n = j.value CROSS JOIN articles a ON a.n = v.article {ARTICLE_COPIES}
    LEFT JOIN statements s ON s.n = v.asserted_by
    LEFT JOIN links al ON al.entity = v.actor_entity LEFT JOIN identities ai ON ai.n = al.identity
    LEFT JOIN links rl ON rl.entity = v.recipient_entity LEFT JOIN identities ri ON ri.n = rl.identity"""


class EventOptions(TypedDict, total=False):
    """Options of a question about events.

    `actor`, `recipient`: a name or an identity's id; `witness`: the same of a speaker, or "narration". `type`, `mode`, `status`
    and `country` (ISO 3166-1 alpha-3) are codes. `since` and `until` bound the event's own day. `withdrawn`: with those of
    articles that were withdrawn.
    """

    actor: str | None
    recipient: str | None
    witness: str | None
    type: str | None
    mode: str | None
    status: str | None
    country: str | None
    outlet: str | None
    since: str | None
    until: str | None
    withdrawn: bool


@strict(EventOptions)
def events(
    store: Readable, *, size: int = 50, cursor: str | None = None, **options: Unpack[EventOptions]
) -> Page[Happening]:
    """Events that the options fit, newest first, those without a day last. An article's copies tell nothing new: of a cluster
    the origin's events are listed.
    """
    page_size(size)
    wanted = _conditions(store, options)
    standing = _STANDING if options.get("withdrawn") else f"{_STANDING} AND v.standing = 'current'"
    at = read_cursor(_CURSOR, cursor, str | None, int)
    found = list[sqlite3.Row]()
    if at is None or at[0] is not None:
        bound = "v.date IS NOT NULL" if at is None else "v.date <= ? AND (v.date < ? OR v.n < ?)"
        found += _some(store, bound, [] if at is None else [at[0], at[0], at[1]], standing, wanted, size + 1)
    if len(found) <= size:
        undated = at is not None and at[0] is None
        bound = "v.date IS NULL AND v.n < ?" if undated else "v.date IS NULL"
        found += _some(store, bound, [at[1]] if at and undated else [], standing, wanted, size + 1 - len(found))
    last = found[size - 1] if len(found) > size else None
    return Page(
        tuple(_event(row) for row in found[:size]),
        cursor=write_cursor(_CURSOR, last["date"], last["n"]) if last else None,
        total=_total(store, standing, wanted),
        withdrawn=0 if options.get("withdrawn") else _withdrawn(store, wanted),
    )


def _some(
    store: Readable, bound: str, at: list[object], standing: str, wanted: Condition, size: int
) -> list[sqlite3.Row]:
    sql = f"SELECT v.n FROM {_FROM} WHERE {bound} AND {standing}{wanted.sql} ORDER BY v.date DESC, v.n DESC LIMIT ?"
    # Which they are comes first: whole rows of all that an order has to go through would be carried along.
    found = [n for (n,) in tuples(store, sql, *at, *wanted.values, size)]
    return rows(store, f"{_EVENTS} ORDER BY j.key", listed(found))


def _total(store: Readable, standing: str, wanted: Condition) -> int | None:
    """How many the conditions fit, where these are not very many: they are gone through in order, and no further."""
    found = 0
    for dated in ("v.date IS NOT NULL", "v.date IS NULL"):
        some = f"""SELECT 1 FROM {_FROM} WHERE {dated} AND {standing}{wanted.sql}
            ORDER BY v.date DESC, v.n DESC LIMIT ?"""
        found += number(store, f"SELECT count(*) FROM ({some})", *wanted.values, TOLD + 1 - found)
    return found if found <= TOLD else None


def _withdrawn(store: Readable, wanted: Condition) -> int:
    """How many withdrawn events the conditions fit: told only where they leave few events to look at."""
    sql = f"SELECT count(*) FROM {_FROM} WHERE v.standing = 'withdrawn'{wanted.sql}"
    return number(store, sql, *wanted.values) if wanted.few else 0


def _conditions(store: Readable, options: EventOptions) -> Condition:
    told = list[Condition]()
    for role in ("actor", "recipient"):
        if (name := options.get(role)) is not None:
            sql = f"v.n IN (SELECT x.n FROM links l JOIN events x ON x.{role}_entity = l.entity WHERE l.identity = ?)"
            told.append(Condition(sql, (identity_number(store, resolve(store, str(name)).identity),), few=True))
    if (witness := options.get("witness")) is not None:
        told.append(asserted_by(store, "v", "events", "asserted_by", witness))
    if (outlet := options.get("outlet")) is not None:
        told.append(printed_in(store, "v", outlet))
    check_code("type", options.get("type"), tuple(event_types()))
    check_code("status", options.get("status"), STATUSES)
    columns = (("type", "v.type"), ("mode", "v.mode"), ("status", "v.status"), ("country", "v.place_country"))
    told += [Condition(f"{c} = ?", (options.get(option),)) for option, c in columns if options.get(option) is not None]
    told += between("v.date", options.get("since"), options.get("until"))
    told.append(Condition("NOT EXISTS (SELECT 1 FROM copies x WHERE x.article = v.article AND x.origin != v.article)"))
    return all_of(told)


def _event(row: sqlite3.Row) -> Happening:
    return Happening(
        id=row["id"],
        article=article_ref(row),
        span=Span(row["start"], row["end"]),
        trigger=row["trigger_words"],
        type=row["type"],
        mode=row["mode"],
        actor=name_in(row, "actor"),
        recipient=name_in(row, "recipient"),
        place=row["place"],
        country=row["place_country"],
        lat=row["lat"],
        lon=row["lon"],
        date=row["date"],
        edtf=row["date_edtf"],
        basis=row["date_basis"],
        status=row["status"],
        asserted_by=NARRATION if row["narrated"] else row["asserting"],
        witness=row["witness"],
        score=row["score"],
        standing=row["standing"],
    )
