"""How much there is by speaker, outlet, day, month, year, act and form: counts of the whole record, kept for whoever asks.

They are counted of the columns of statements (onrecord.store.columns), as a part of the record is: the writer counts when it is
closed. Whatever changes the record before takes the counts away in the same transaction: they are right or not there, and then
`onrecord.query` counts for itself.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from onrecord.store.coding import CURRENT, SUPERSEDED, UNDATED, day_text, period_code

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from onrecord.store.columns import Statements

    Numbers = NDArray[np.int64]

By = Literal["speaker", "outlet", "day", "month", "year", "act", "form"]
BY: tuple[By, ...] = get_args(By)
FLAGS = 1 << 24
"""Of groups and members so many pairs at most have a flag each; of more, those that are there are sorted."""

_TALLIED = "tallied"
_INSERT = 'INSERT INTO tallies ("by", withdrawn, key, identity, statements, utterances, articles, sources) VALUES'
_PERIODS = """SELECT n, said_edtf FROM statements INDEXED BY statements_period
    WHERE said_date IS NULL AND said_edtf IS NOT NULL ORDER BY n"""
_LEVELS = {"day": 1, "month": 100, "year": 10_000}


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """What was counted, a group for each key. Shape of `values`: (groups,), of `counts`: (4, groups), statements, utterances,
    articles and sources. `texts`: of values that are places in it. `printed`: of speakers, values from which on are no
    identities, and a statement of each.
    """

    by: str
    values: Numbers
    counts: Numbers
    texts: Sequence[str | None]
    printed: tuple[int, Numbers]


def is_tallied(connection: sqlite3.Connection) -> bool:
    """Whether the counts are there, and so are right."""
    return connection.execute("SELECT 1 FROM meta WHERE key = ?", (_TALLIED,)).fetchone() is not None


def drop_tallies(connection: sqlite3.Connection) -> None:
    """Take the counts away, since what they count is about to change."""
    if is_tallied(connection):
        connection.execute("DELETE FROM tallies")
        connection.execute("DELETE FROM meta WHERE key = ?", (_TALLIED,))


def write_tallies(connection: sqlite3.Connection) -> None:
    """Count, where the counts are not there."""
    if is_tallied(connection):
        return
    from onrecord.store.columns import all_statements

    everything = all_statements(connection, lambda said: said.rows["standing"] != SUPERSEDED)
    current = everything.rows["standing"] == CURRENT
    kept = everything if current.all() else everything.only(current)
    for by in BY:
        some = _told(connection, kept, by)
        # Where nothing is withdrawn both are the same.
        for withdrawn, told in ((0, some), (1, some if kept is everything else _told(connection, everything, by))):
            connection.executemany(f"{_INSERT} (?, ?, ?, ?, ?, ?, ?, ?)", [(by, withdrawn, *row) for row in told])
    size = len(everything.numbers)
    connection.execute("INSERT INTO meta VALUES (?, ?)", (_TALLIED, str(size)))


def _told(connection: sqlite3.Connection, said: Statements, by: str) -> list[tuple[object, ...]]:
    found = count(connection, said, by)
    named = names(connection, found, range(len(found.values)))
    return [(*name, *numbers) for name, numbers in zip(named, found.counts.T.tolist(), strict=True)]


def count(connection: sqlite3.Connection, said: Statements, by: str) -> GroupCounts:
    """Statements by one of BY. What is printed more than once is one utterance, and copies of one article are one source.

    Of speakers every one of several who speak together has the statement counted; whoever is no identity counts by the name as
    printed, and what nobody is named for is left out.
    """
    import numpy as np

    at, texts, printed = np.arange(len(said.numbers)), list[str | None](), (0, np.zeros(0, np.int64))
    once: Numbers | slice = slice(None)
    match by:
        case "day" | "month" | "year":
            raw = _times(connection, said, _LEVELS[by])
        case "act" | "form":
            raw, texts = said.rows[by].astype(np.int64), said.words
        case "outlet":
            outlets, texts = _outlets(connection)
            raw = outlets[said.rows["article"]]
        case _:
            at, raw, printed, entities = _speakers(connection, said)
            once = _once_each(entities)
    values, codes = _dense(raw)
    alone = said.rows["utterance"][at] == 0
    if len(said.more) and by == "speaker":
        from onrecord.store.columns import is_in

        alone &= ~is_in(said.numbers[at], said.more["statement"])
    size = len(values)
    utterances = np.bincount(codes[alone], minlength=size)
    several = np.flatnonzero(~alone)
    utterances += np.bincount(_pairs(codes[several], said.origins(at[several]), size)[0], minlength=size)
    kept, articles = _pairs(codes[once], said.rows["article"][at][once].astype(np.int64), size)
    sources, _ = _pairs(kept, origins_of_copies(connection)[articles], size)
    counts = [np.bincount(codes, minlength=size), utterances]
    counts += [np.bincount(told, minlength=size) for told in (kept, sources)]
    return GroupCounts(by, values, np.array(counts, np.int64).reshape(4, size), texts, printed)


def _times(connection: sqlite3.Connection, said: Statements, level: int) -> Numbers:
    """Of each statement its day, month or year as a number; of what was said at a longer time that one's ("2019" is no month)."""
    import numpy as np

    raw = said.rows["day"].astype(np.int64) // level
    periods = connection.execute(_PERIODS).fetchall()
    if not len(raw) or not periods:
        return raw
    numbers = np.array([n for n, _ in periods], np.int64)
    codes = np.array([period_code(edtf) for _, edtf in periods], np.int64) // level
    places = np.searchsorted(said.numbers, numbers)
    places[places == len(raw)] = 0
    there = said.numbers[places] == numbers
    raw[places[there]] = codes[there]
    return raw


def _once_each(entities: Numbers) -> Numbers:
    """Places of one row of each entity, which is of one article and one identity, and of all rows that have none."""
    import numpy as np

    last = np.zeros(int(entities.max(initial=0)) + 1, np.int64)
    last[entities] = np.arange(1, len(entities) + 1)
    return np.concatenate([np.flatnonzero(entities == 0), last[1:][last[1:] > 0] - 1])


def names(
    connection: sqlite3.Connection, found: GroupCounts, places: Sequence[int]
) -> list[tuple[str | None, str | None]]:
    """Key and, of a speaker, identity of the groups at `places`."""
    values = [int(found.values[k]) for k in places]
    if found.by == "speaker":
        return _named(connection, values, *found.printed)
    if found.by in _LEVELS:
        return [(None if v == UNDATED else day_text(v * _LEVELS[found.by]), None) for v in values]
    return [(found.texts[v], None) for v in values]


def _named(
    connection: sqlite3.Connection, values: Sequence[int], least: int, examples: Numbers
) -> list[tuple[str | None, str | None]]:
    listed = "IN (SELECT value FROM json_each(?))"

    def of(sql: str, numbers: Sequence[int]) -> dict[int, Any]:
        rows = connection.execute(f"{sql} WHERE n {listed}", (json.dumps(numbers),))
        return {row[0]: tuple(row[1:]) for row in rows}

    known = of("SELECT n, name, id FROM identities", [v for v in values if v < least])
    printed = {v: int(examples[v - least]) for v in values if v >= least}
    told = of("SELECT n, speaker, NULL FROM statements", list(printed.values()))
    return [known[v] if v < least else told[printed[v]] for v in values]


def _speakers(
    connection: sqlite3.Connection, said: Statements
) -> tuple[Numbers, Numbers, tuple[int, Numbers], Numbers]:
    """A row for each speaker of each statement: the statement's place, and the identity or, from a number on, who is printed.

    Beside it from which number on, with a statement of each; and of each row the entity, 0 of who is only printed.
    """
    import numpy as np

    from onrecord.store.columns import all_entities, names_printed

    entities = all_entities(connection)["identity"].astype(np.int64)
    at = np.concatenate([np.arange(len(said.numbers)), np.searchsorted(said.numbers, said.more["statement"])])
    entity = np.concatenate([said.rows["speaker"], said.more["speaker"]])
    entity[entity >= len(entities)] = 0
    raw = entities[entity] if len(entities) else np.zeros(len(entity), np.int64)
    raw[entity == 0] = 0
    least = int(raw.max(initial=0)) + 1
    entity[raw == 0] = 0
    unknown = np.flatnonzero(raw == 0)
    numbers = said.numbers[at[unknown]]
    those, places = np.unique(numbers, return_inverse=True)
    hashes = names_printed(connection, those)[places]
    unknown, numbers, hashes = unknown[hashes > 0], numbers[hashes > 0], hashes[hashes > 0]
    _, first, printed = np.unique(hashes, return_index=True, return_inverse=True)
    raw[unknown] = least + printed
    told = raw > 0
    return at[told], raw[told], (least, numbers[first]), entity[told].astype(np.int64)


def _outlets(connection: sqlite3.Connection) -> tuple[Numbers, list[str | None]]:
    """Of each article, at the place of its number, the outlet as a place among the texts."""
    import numpy as np

    found = connection.execute("SELECT n, outlet FROM articles INDEXED BY articles_outlet").fetchall()
    numbers, told = zip(*found, strict=True) if found else ((), ())
    texts = list(dict.fromkeys(told))
    codes = {outlet: k for k, outlet in enumerate(texts)}
    outlets = np.zeros(max(numbers, default=0) + 1, np.int64)
    outlets[np.array(numbers, np.int64)] = list(map(codes.__getitem__, told))
    return outlets, texts


def origins_of_copies(connection: sqlite3.Connection) -> Numbers:
    """Of each article, at the place of its number, the origin of its copies: itself where it has none."""
    import numpy as np

    ((last,),) = connection.execute("SELECT coalesce(max(n), 0) FROM articles").fetchall()
    found = np.array(connection.execute("SELECT article, origin FROM copies").fetchall(), np.int64).reshape(-1, 2)
    origins = np.arange(max(last, int(found.max(initial=0))) + 1)
    origins[found[:, 0]] = found[:, 1]
    return origins


def _dense(raw: Numbers) -> tuple[Numbers, Numbers]:
    """The values that there are, in order, and the place of each one's. Shapes: (values,), (rows,)."""
    import numpy as np

    if not len(raw):
        return raw, raw
    least = int(raw.min())
    size = int(raw.max()) - least + 1
    if size > FLAGS:
        values, codes = np.unique(raw, return_inverse=True)
        return values, codes
    there = np.zeros(size, np.bool_)
    there[raw - least] = True
    values = np.flatnonzero(there)
    places = np.zeros(size, np.int32)
    places[values] = np.arange(len(values))
    return values + least, places[raw - least].astype(np.int64)


def _pairs(codes: Numbers, members: Numbers, groups: int) -> tuple[Numbers, Numbers]:
    """The different pairs of a group and a member that there are, in order. Shapes: (pairs,)."""
    import numpy as np

    size = int(members.max(initial=0)) + 1
    pairs = codes * size + members
    if groups * size <= FLAGS:
        there = np.zeros(groups * size, np.bool_)
        there[pairs] = True
        pairs = np.flatnonzero(there)
    else:
        pairs = pairs[_changes(pairs)]  # what stands side by side is mostly the same
        pairs.sort()
        pairs = pairs[_changes(pairs)]
    return pairs // size, pairs % size


def _changes(numbers: Numbers) -> NDArray[np.bool_]:
    """Which of them differ from the one before."""
    import numpy as np

    first = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return first
