"""What somebody waits for: people, organisations and topics, and up to where each was told of."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from onrecord.link import EntityAnchor
from onrecord.records import NotFoundError, tagged_hash
from onrecord.store.rows import dump

AlertKind = Literal["identity", "topic"]


@dataclass(frozen=True, slots=True)
class Alert:
    """`words`: the name, or the words of a topic. `anchor`: of an identity a name that an article prints, as decisions have it.

    `made`: the moment (UTC). `told`: up to which rows of articles and of clashes it was told of.
    """

    id: str
    kind: AlertKind
    words: str
    anchor: EntityAnchor | None
    made: str
    told: tuple[int, int]


def read_alerts(connection: sqlite3.Connection) -> tuple[Alert, ...]:
    """All alerts, in the order in which they were made."""
    query = "SELECT id, kind, words, anchor, made, told_article, told_clash FROM alerts ORDER BY n"
    return tuple(
        Alert(id_, kind, words, EntityAnchor(*json.loads(anchor)) if anchor else None, made, (article, clash))
        for id_, kind, words, anchor, made, article, clash in connection.execute(query)
    )


def last_rows(connection: sqlite3.Connection) -> tuple[int, int]:
    """The last rows of articles and clashes: what comes after them is new."""
    (article,) = connection.execute("SELECT coalesce(max(n), 0) FROM articles").fetchone()
    (clash,) = connection.execute("SELECT coalesce(max(n), 0) FROM clashes").fetchone()
    return int(article), int(clash)


def write_alert(connection: sqlite3.Connection, words: str, anchor: EntityAnchor | None, made: str) -> str:
    """Keep an alert on what comes from now on; its id. The same one again is the one that is there."""
    kind: AlertKind = "topic" if anchor is None else "identity"
    subject = None if anchor is None else dump([anchor.article, anchor.name])
    id_ = tagged_hash("alr", kind, words, subject)
    command = """INSERT INTO alerts (id, kind, words, anchor, made, told_article, told_clash) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO NOTHING"""
    connection.execute(command, (id_, kind, words, subject, made, *last_rows(connection)))
    return id_


def remove_alert(connection: sqlite3.Connection, alert: str) -> None:
    """Wait no longer. Raises NotFoundError."""
    if not connection.execute("DELETE FROM alerts WHERE id = ?", (alert,)).rowcount:
        raise NotFoundError(alert, "no such alert in the store")


def mark_told(connection: sqlite3.Connection, alerts: Iterable[str], told: tuple[int, int]) -> None:
    """Note up to where alerts were told of."""
    rows = [(*told, alert) for alert in alerts]
    connection.executemany("UPDATE alerts SET told_article = ?, told_clash = ? WHERE id = ?", rows)


def drop_alerts(connection: sqlite3.Connection, article: str) -> None:
    """Of an article that is forgotten no name is left: alerts that are anchored to it go."""
    connection.execute("DELETE FROM alerts WHERE anchor IS NOT NULL AND json_extract(anchor, '$[0]') = ?", (article,))


def lower_told(connection: sqlite3.Connection) -> None:
    """The rows of articles that are forgotten are given again to those that come next: these are new."""
    connection.execute("UPDATE alerts SET told_article = min(told_article, (SELECT coalesce(max(n), 0) FROM articles))")
