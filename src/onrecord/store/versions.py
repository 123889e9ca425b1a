"""Versions of one item: which article is its newest, and what of the others still stands.

An item is whatever has one address; and what one outlet publishes under one id of its own, where it numbers or takes back
anything under that id (only then: the ids of plain files are the files' names). The newest version is current. What it still
says of an older one is superseded by it, what it no longer says is withdrawn. An item whose newest version is withheld or
canceled is withdrawn altogether. Other outlets' copies of it are theirs to take back, and stay.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.records import Article
from onrecord.store import precedence

_WORD = re.compile(r"\w+")

_TOLD = {
    "statements": "content, speaker",
    "events": "type, mode, actor, recipient, status",
    "figures": "what, value, low, high, counted",
}
"""What makes an entry of two versions the same: not where it stands, which every edit moves."""


@dataclass(frozen=True, slots=True)
class _Version:
    number: int
    id: str
    url: str | None
    outlet: str | None
    source_id: str | None
    status: str
    standing: str
    order: tuple[tuple[int, str, bool], str, str, str]


_COLUMNS = (
    "n, id, url, outlet, source_id, status, standing, revision, updated, coalesce(published_time, published), retrieved"
)


def update_versions(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[list[int]]:
    """Tell anew the items of the articles in the rows `numbers`, and what stands of them. Returns the rows of each item."""
    done: set[int] = set()
    items = []
    for number in sorted(numbers):
        if number in done:
            continue
        keys, versions = _item(connection, number)
        items.append(sorted(v.number for v in versions))
        done.update(items[-1])
        # An item is named by the least of its keys.
        _write(connection, min(keys, default=None), sorted(versions, key=lambda v: (v.order, v.id)))
    return items


def item_of(connection: sqlite3.Connection, number: int) -> list[int]:
    """The rows of all versions of the item that an article is a version of, itself included."""
    return sorted(v.number for v in _item(connection, number)[1])


def item_keys(connection: sqlite3.Connection, number: int) -> set[str]:
    """The addresses and ids of the item that an article is a version of."""
    return _item(connection, number)[0]


def keys_of(article: Article) -> set[str]:
    """The address and the id that an article may share with others of its item."""
    keys = {f"url {article.url}"} if article.url is not None else set()
    if article.outlet is not None and article.source_id is not None:
        keys.add(_named(article.outlet, article.source_id))
    return keys


def _named(outlet: str, source_id: str) -> str:
    return f"item {outlet} {source_id}"


def _item(connection: sqlite3.Connection, number: int) -> tuple[set[str], list[_Version]]:
    """An item, by its addresses and ids, and its versions: whatever an address or an id joins."""
    found: dict[int, _Version] = {}
    keys: set[str] = set()
    waiting = _select(connection, "n = ?", number)
    while waiting:
        version = waiting.pop()
        if version.number in found:
            continue
        found[version.number] = version
        if version.url is not None and (key := f"url {version.url}") not in keys:
            keys.add(key)
            waiting += _select(connection, "url = ?", version.url)
        if version.outlet is not None and version.source_id is not None:
            named = (version.outlet, version.source_id)
            key = _named(*named)
            if key not in keys and _noticed(connection, *named):
                keys.add(key)
                waiting += _select(connection, "outlet = ? AND source_id = ?", *named)
    return keys, list(found.values())


def _noticed(connection: sqlite3.Connection, outlet: str, source_id: str) -> bool:
    query = "SELECT 1 FROM articles WHERE outlet = ? AND source_id = ? AND (revision IS NOT NULL OR status != 'usable')"
    return connection.execute(f"{query} LIMIT 1", (outlet, source_id)).fetchone() is not None


def _select(connection: sqlite3.Connection, where: str, *values: object) -> list[_Version]:
    return [
        _Version(
            number, id_, url, outlet, source, status, standing,
            (precedence.issue(revision, status, updated), published or "", retrieved or "", id_),
        )
        for number, id_, url, outlet, source, status, standing, revision, updated, published, retrieved in connection.execute(
            f"SELECT {_COLUMNS} FROM articles WHERE {where}", values
        )
    ]  # fmt: skip


def _write(connection: sqlite3.Connection, item: str | None, versions: Sequence[_Version]) -> None:
    newest = versions[-1]
    gone = newest.status != "usable"
    before: int | None = None
    for version in versions:
        standing = (
            "withdrawn" if gone or version.status != "usable" else "current" if version is newest else "superseded"
        )
        values = (item, before, standing, version.number)
        change = "UPDATE articles SET item = ?1, version_of = ?2, standing = ?3 WHERE n = ?4"
        same = "(item IS NOT ?1 OR version_of IS NOT ?2 OR standing IS NOT ?3)"
        connection.execute(f"{change} AND {same}", values)
        before = version.number
        # Of what was current all stands already.
        if standing != "superseded" and not standing == version.standing == "current":
            for table in _TOLD:
                _stand(connection, table, standing, "article", version.number)
    if not gone and len(versions) > 1:
        _carry(connection, newest.number, [v.number for v in versions[:-1] if v.status == "usable"])


def _carry(connection: sqlite3.Connection, newest: int, older: Sequence[int]) -> None:
    """Tell of what older versions said whether the newest still says it."""
    for table, columns in _TOLD.items():
        query = f"SELECT n, {columns} FROM {table} WHERE article = ? AND superseded_by IS NULL"
        still = {_told(row[1:]) for row in connection.execute(query, (newest,))}
        for number in older:
            for row in connection.execute(query, (number,)).fetchall():
                _stand(connection, table, "superseded" if _told(row[1:]) in still else "withdrawn", "n", row[0])


def _stand(connection: sqlite3.Connection, table: str, standing: str, column: str, number: int) -> None:
    change = f"UPDATE {table} SET standing = ?1 WHERE {column} = ?2 AND standing != ?1 AND superseded_by IS NULL"
    connection.execute(change, (standing, number))


def _told(values: Sequence[object]) -> tuple[object, ...]:
    """Words without case, marks and line breaks."""
    return tuple(" ".join(_WORD.findall(v.casefold())) if isinstance(v, str) else v for v in values)
