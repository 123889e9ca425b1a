"""What only a store knows, filled into the wire form: identities, standing, copies and versions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.export.exported import ExportedIdentity, Origin
from onrecord.records import JOINT, Record, Standing, WireRecord, to_wire
from onrecord.records.wire_types import WireCorrection, WireParty, WireSpeaker
from onrecord.store.correcting import Overruled, overruled_in

_ARTICLE = """SELECT a.standing, o.id, v.id FROM articles a
    LEFT JOIN copies c ON c.article = a.n AND c.origin != a.n LEFT JOIN articles o ON o.n = c.origin
    LEFT JOIN articles v ON v.n = a.version_of WHERE a.n = ?"""
_IDENTITIES = """SELECT e.id, i.id, i.name, i.kind, i.country, i.code, i.external
    FROM entities e JOIN links l ON l.entity = e.n JOIN identities i ON i.n = l.identity WHERE e.article = ?"""
_ORIGINS = """SELECT s.id, o.id, a.id, a.url, a.title, a.outlet, a.published
    FROM statements s JOIN appearances p ON p.statement = s.n JOIN statements o ON o.n = p.origin
    JOIN articles a ON a.n = o.article WHERE s.article = ?"""
_STANDINGS = " UNION ALL ".join(
    f"SELECT id, standing FROM {table} WHERE article = ?1 AND standing != ?2 AND superseded_by IS NULL"
    for table in ("statements", "events", "figures")
)


@dataclass(frozen=True, slots=True)
class Filled:
    """The wire form of an article, and what else the store knows of it: see Exported."""

    wire: WireRecord
    standing: Standing
    standings: Mapping[str, Standing]
    origins: Mapping[str, Origin]
    identities: Mapping[str, ExportedIdentity]


def fill(connection: sqlite3.Connection, number: int, record: Record) -> Filled:
    """The record of the article in a row, with what the store knows of it."""
    standing, copy_of, version_of = connection.execute(_ARTICLE, (number,)).fetchone()
    standings = dict(connection.execute(_STANDINGS, (number, standing)).fetchall())
    identities = {id_: ExportedIdentity(*row) for id_, *row in connection.execute(_IDENTITIES, (number,))}
    origins = {id_: Origin(*row) for id_, *row in connection.execute(_ORIGINS, (number,))}
    wire = to_wire(record)
    wire["article"]["copy_of"], wire["article"]["version_of"] = copy_of, version_of
    names, said = {e.id: e.name for e in record.entities}, {s["id"]: s for s in wire["statements"]}
    for entity in wire["entities"]:
        entity["identity"] = identities[entity["id"]].id if entity["id"] in identities else None
    for one in overruled_in(connection, number):
        if (statement := said.get(one.statement)) is not None:
            statement["corrected"].append(_told(one))
    for statement in wire["statements"]:
        statement["standing"] = standings.get(statement["id"], standing)
        _identify(statement["speaker"], statement["speaker"]["entities"], names, identities)
    parties = [p for s in wire["statements"] for p in (s["target"], s["addressee"])]
    parties += [p for e in wire["events"] for p in (e["actor"], e["recipient"])]
    for party in parties:
        if party is not None and party["entity"] is not None:
            _identify(party, [party["entity"]], names, identities)
    return Filled(wire, standing, standings, origins, identities)


def _told(one: Overruled) -> WireCorrection:
    return {
        "field": one.field, "was": one.was, "score": one.score, "decision": one.decision, "by": one.by, "note": one.note,
        "made": one.made,
    }  # fmt: skip


def _identify(
    who: WireSpeaker | WireParty,
    entities: Iterable[str],
    names: Mapping[str, str],
    identities: Mapping[str, ExportedIdentity],
) -> None:
    """Put the identities' names in the place of those that the article prints, part by part of a joint name."""
    printed, listed = who["name"], [(names[e], identities.get(e)) for e in entities]
    known = {name: identity for name, identity in listed if identity is not None}
    if printed is None or not known:
        return
    parts = printed.split(JOINT)
    if len(parts) == len(listed):
        parts = [identity.name if identity else part for part, (_, identity) in zip(parts, listed, strict=True)]
    else:  # some of them are descriptions, which mean no entity
        parts = [known[part].name if part in known else part for part in parts]
    who["identity"] = JOINT.join(identity.id for identity in known.values())
    who["name"] = JOINT.join(parts)
    who["printed"] = printed if who["name"] != printed else None
