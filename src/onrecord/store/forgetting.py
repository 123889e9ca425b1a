"""Taking articles down: nothing of them is left but a tombstone that keeps them from being added again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from onrecord.records import Article, TakenDownError, tagged_hash
from onrecord.store import fulltext
from onrecord.store.alerting import drop_alerts, lower_told
from onrecord.store.reading import ID_DIGITS_LEAST, id_range
from onrecord.store.versions import item_keys, item_of, keys_of

_READ_OF = (
    "DELETE FROM corrected WHERE statement IN (SELECT n FROM statements WHERE article = ?)",
    "DELETE FROM readings WHERE article = ?",
    "DELETE FROM clashes WHERE a IN (SELECT n FROM statements WHERE article = ?)",
    "DELETE FROM clashes WHERE b IN (SELECT n FROM statements WHERE article = ?)",
    "DELETE FROM clashes WHERE figure_a IN (SELECT n FROM figures WHERE article = ?)",
    "DELETE FROM clashes WHERE figure_b IN (SELECT n FROM figures WHERE article = ?)",
    "DELETE FROM predictions WHERE statement IN (SELECT n FROM statements WHERE article = ?)",
    "DELETE FROM statement_speakers WHERE statement IN (SELECT n FROM statements WHERE article = ?)",
    "DELETE FROM mentions WHERE article = ?",
    "DELETE FROM events WHERE article = ?",
    "DELETE FROM figures WHERE article = ?",
    "DELETE FROM links WHERE entity IN (SELECT n FROM entities WHERE article = ?)",
    "DELETE FROM entities WHERE article = ?",
    "DELETE FROM statements WHERE article = ?",
)


LEAST_LETTERS = 100
"""Of a text by whose words alone it is known again: a line may be printed by anybody."""
_SAID = "SELECT n FROM statements WHERE article = ?"


def with_copies(connection: sqlite3.Connection, number: int) -> list[int]:
    """The rows of an article, of all its copies, and of all versions of the items that these are of."""
    query = "SELECT article FROM copies WHERE origin = (SELECT origin FROM copies WHERE article = ?)"
    found, waiting = set[int](), [number]
    while waiting:
        if (one := waiting.pop()) not in found:
            found.add(one)
            waiting += [row[0] for row in connection.execute(query, (one,))]
            waiting += item_of(connection, one)
    return sorted(found)


def delete_articles(connection: sqlite3.Connection, numbers: Sequence[int], reason: str | None, now: str) -> None:
    """Delete all rows of articles that were taken out of what is derived, and leave tombstones."""
    from onrecord.store.vectors import remove_vectors

    items = {_hashed(key) for number in numbers for key in item_keys(connection, number)}
    texts = (connection.execute("SELECT text FROM articles WHERE n = ?", (number,)).fetchone()[0] for number in numbers)
    items |= {_hashed(key) for text in texts for key in _of_text(text)}
    connection.executemany("INSERT OR IGNORE INTO forgotten_items VALUES (?)", [(item,) for item in sorted(items)])
    said = {n: [r[0] for r in connection.execute(_SAID, (n,))] for n in numbers}
    remove_vectors(connection, [n for statements in said.values() for n in statements])
    gone = set[str]()
    for number, statements in said.items():
        fulltext.remove_statements(connection, statements)
        fulltext.remove_articles(connection, [number])
        id_, *places = connection.execute("SELECT id, origin, url FROM articles WHERE n = ?", (number,)).fetchone()
        for command in _READ_OF:
            connection.execute(command, (number,))
        connection.execute("UPDATE articles SET version_of = NULL WHERE version_of = ?", (number,))
        connection.execute("DELETE FROM articles WHERE n = ?", (number,))
        # Under its own address it may have failed before it came some other way.
        connection.execute("DELETE FROM failures WHERE origin IN (?1, ?2) OR input = ?2", places)
        tombstone = "INSERT OR REPLACE INTO tombstones (article, reason, forgotten) VALUES (?, ?, ?)"
        connection.execute(tombstone, (id_, reason, now))
        drop_alerts(connection, id_)
        gone.add(id_)
    _drop_decisions(connection, gone)
    lower_told(connection)


def _drop_decisions(connection: sqlite3.Connection, articles: AbstractSet[str]) -> None:
    """A decision names its articles' people as printed; without one of these it has no effect."""
    rows = connection.execute("SELECT n, subject FROM decisions").fetchall()
    gone = [(n,) for n, subject in rows if any(anchor[0] in articles for anchor in json.loads(subject))]
    connection.executemany("DELETE FROM decisions WHERE n = ?", gone)


def purge(connection: sqlite3.Connection) -> bool:
    """Write the file anew, so that no deleted word is left in free pages, in the index of words or in the log.

    Takes room for a second file. False where somebody who reads the store as it was keeps old pages in the file.
    """
    connection.execute("PRAGMA secure_delete = ON")
    try:
        for table in ("statements_fts", "articles_fts"):
            # Deleted words stay in an index until its parts are merged into one.
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
        connection.execute("ANALYZE")  # where SQLite samples columns for its planner, it samples those that are left
        connection.execute("VACUUM")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute("PRAGMA secure_delete = FAST")
    return not busy


def forgotten(connection: sqlite3.Connection, articles: Iterable[Article]) -> set[str]:
    """The ids of those that were taken down, are versions of an item that was, or have the words of one."""
    taken = "SELECT EXISTS (SELECT 1 FROM tombstones WHERE article = ?)"
    item = "SELECT EXISTS (SELECT 1 FROM forgotten_items WHERE item = ?)"
    return {
        article.id
        for article in articles
        if connection.execute(taken, (article.id,)).fetchone()[0]
        or any(
            connection.execute(item, (_hashed(key),)).fetchone()[0]
            for key in (*keys_of(article), *_of_text(article.text))
        )
    }


def refuse_taken_down(connection: sqlite3.Connection, name: str) -> None:
    """Raise TakenDownError for a name that no article bears, where one that was taken down has that id (or its beginning) or
    address.
    """
    digits = name.removeprefix("art-")
    is_begin = len(digits) >= ID_DIGITS_LEAST and not set(digits) - set("0123456789abcdef")
    query = (
        "SELECT article, reason, forgotten FROM tombstones WHERE article >= ? AND article < ? ORDER BY article LIMIT 2"
    )
    found = connection.execute(query, id_range(f"art-{digits}")).fetchall() if is_begin else []
    if len(found) == 1:
        id_, reason, moment = found[0]
        raise TakenDownError(id_, f"taken down on {moment[:10]}{f': {reason}' if reason else ''}")
    item = "SELECT EXISTS (SELECT 1 FROM forgotten_items WHERE item = ?)"
    if not found and connection.execute(item, (_hashed(f"url {name}"),)).fetchone()[0]:
        raise TakenDownError(name, "the article at this address was taken down")


def _of_text(text: str) -> tuple[str, ...]:
    """What is kept of an article's words, however they are set: under another address they are the same article."""
    letters = "".join(c for c in text.casefold() if c.isalnum())
    return (f"text {letters}",) if len(letters) >= LEAST_LETTERS else ()


def _hashed(key: str) -> str:
    """What is kept of an item: an address has words of its article in it."""
    return tagged_hash("itm", key)
