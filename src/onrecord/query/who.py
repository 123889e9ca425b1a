"""``who``: everything that somebody said, oldest first, with what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from onrecord.query.against import against
from onrecord.query.cursors import page_size, read_cursor, write_cursor
from onrecord.query.filters import SPOKEN_BY, Narrowing, narrowed
from onrecord.query.meaning import ABOUT, near
from onrecord.query.names import identity_number, speaking
from onrecord.query.pages import Who
from onrecord.query.rows import Readable, tuples
from onrecord.query.statements import utterances
from onrecord.query.syntax import read_query

if TYPE_CHECKING:
    from onrecord.analysis.sentences import EmbedTexts

Key = tuple[bool, str, int]
"""Orders statements by day, those without one last, then by when they were stored."""

_CURSOR = "who"


def who(
    store: Readable,
    name: str,
    *,
    about: str | None = None,
    embedder: EmbedTexts | None = None,
    size: int = 50,
    cursor: str | None = None,
    **options: Unpack[Narrowing],
) -> Who:
    """Everything that `name` (or the identity with that id) said, oldest first, an entry for each utterance.

    `about` leaves what has its words (as in a search) or, with an `embedder`, means something near it. An utterance stands where
    the first of its printings that the options fit stands. What it turns from that was said before is
    told with it. Raises UnclearError where nobody or several are called `name`.
    """
    page_size(size)
    after = read_cursor(_CURSOR, cursor, str | None, int)
    person, others = speaking(store, name)
    found = _statements(store, identity_number(store, person.identity), options)
    if about is not None:
        wanted = _about(store, about, embedder, [n for n, *_ in found])
        found = [row for row in found if row[0] in wanted]
    hidden = set() if options.get("withdrawn") else {n for n, _, standing, _ in found if standing == "withdrawn"}
    groups = _groups(row for row in found if row[0] not in hidden)
    keys = sorted(groups)
    if after is not None:
        keys = [key for key in keys if key > _key(after[0], int(after[1] or 0))]
    page = keys[:size]
    shown = [groups[key] for key in page]
    before = against(store, shown, ("self-reversal",), side="b")
    told = utterances(store, shown, withdrawn=bool(options.get("withdrawn")))
    return Who(
        items=tuple(replace(u, against=turned) for u, turned in zip(told, before, strict=True)),
        cursor=write_cursor(_CURSOR, *_place(page[-1])) if len(keys) > size else None,
        total=len(groups),
        withdrawn=len(hidden),
        who=person,
        statements=len(found) - len(hidden),
        others=others,
    )


def _statements(store: Readable, identity: int, options: Narrowing) -> list[tuple[int, str | None, str, int | None]]:
    """Number, day, standing and utterance of every statement of the identity that the options fit."""
    where = narrowed(store, **options)
    sql, values = where.sql()
    return tuples(
        store,
        f"""SELECT s.n, s.day, s.standing, p.origin FROM statements s{where.join}
            LEFT JOIN appearances p ON p.statement = s.n
            WHERE s.n IN ({SPOKEN_BY}) AND s.standing != 'superseded'{sql}""",
        identity,
        *values,
    )


def _about(store: Readable, about: str, embedder: EmbedTexts | None, among: list[int]) -> set[int]:
    """Of some statements those with the words, and those that mean something near them."""
    query, found = read_query(about), set[int]()
    if query.clauses:
        sql = "SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?"
        found.update(n for (n,) in tuples(store, sql, query.expression))
        if embedder is not None:
            found.update(n for n, _ in near(store, embedder, about, count=len(among), among=among, least=ABOUT))
    return found


def _groups(
    found: Iterable[tuple[int, str | None, str, int | None]],
) -> dict[Key, tuple[int, int | None]]:
    """The first statement of each utterance with the utterance, by the key that it stands at."""
    first = dict[tuple[str, int], Key]()
    shown = dict[Key, tuple[int, int | None]]()
    for n, day, _, origin in found:
        utterance = ("alone", n) if origin is None else ("printed", origin)
        key = _key(day, n)
        if utterance not in first or key < first[utterance]:
            shown.pop(first.get(utterance, key), None)
            first[utterance] = key
            shown[key] = (n, origin)
    return shown


def _key(day: str | None, n: int) -> Key:
    return day is None, day or "", n


def _place(key: Key) -> tuple[str | None, int]:
    undated, day, n = key
    return None if undated else day, n
