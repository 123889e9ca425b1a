"""``stats``: how much there is, by speaker, outlet, day, month, year or act. Copies are counted apart from what is new."""

from __future__ import annotations

from typing import Final, Literal, Unpack, get_args

from onrecord.query.cursors import page_size, read_cursor, write_cursor
from onrecord.query.filters import Asking, Where, narrowed
from onrecord.query.pages import Page, Tally
from onrecord.query.rows import Readable, number, tuples
from onrecord.records import MalformedError
from onrecord.store.tallying import is_tallied

By = Literal["speaker", "outlet", "day", "month", "year", "act", "form"]

_KEYS: Final[dict[str, str]] = {
    "outlet": "a.outlet",
    "day": "s.day",
    "month": "substr(s.day, 1, 7)",
    "year": "substr(s.day, 1, 4)",
    "act": "s.act",
    "form": "s.form",
}
_CURSOR = "stats"
_IN_ORDER = ("day", "month", "year")


def stats(
    store: Readable, by: By, *, size: int = 50, cursor: str | None = None, **options: Unpack[Asking]
) -> Page[Tally]:
    """Counts of the statements that the options fit, most statements first; days, months and years in order.

    `utterances` counts what is printed more than once once, `sources` counts copies of one article once. Of speakers every one of
    several who speak together has the statement counted. `total`: of all rows.
    """
    page_size(size)
    (start,) = read_cursor(_CURSOR, cursor, int) or [0]
    if by not in get_args(By):
        raise MalformedError("by", f"{by!r} is none of {', '.join(get_args(By))}")
    where = narrowed(store, **options)
    if not where.narrowed and is_tallied(store.connection):
        page, count = _kept(store, by, where, start, size)
    else:
        rows = _counted(store, by, where)
        rows.sort(key=lambda t: (t.key is None, t.key) if by in _IN_ORDER else (-t.statements, t.key or ""))
        page, count = rows[start : start + size], len(rows)
    following = write_cursor(_CURSOR, start + size) if count > start + size else None
    return Page(tuple(page), cursor=following, total=count)


def _kept(store: Readable, by: By, where: Where, start: int, size: int) -> tuple[list[Tally], int]:
    """A page as the writer counted it, and how many rows there are."""
    order = "key IS NULL, key" if by in _IN_ORDER else "statements DESC, coalesce(key, '')"
    asked = (by, int(where.withdrawn))
    sql = f"""SELECT key, identity, statements, utterances, articles, sources FROM tallies
              WHERE "by" = ? AND withdrawn = ? ORDER BY {order} LIMIT ? OFFSET ?"""
    found = [Tally(*row) for row in tuples(store, sql, *asked, size, start)]
    return found, number(store, 'SELECT count(*) FROM tallies WHERE "by" = ? AND withdrawn = ?', *asked)


def _counted(store: Readable, by: By, where: Where) -> list[Tally]:
    sql, values = where.sql()
    speaker = by == "speaker"
    key, identity = ("coalesce(i.name, s.speaker)", "i.id") if speaker else (_KEYS[by], "NULL")
    group = "coalesce(i.id, s.speaker)" if speaker else key
    found = tuples(
        store,
        f"""SELECT {key}, {identity}, count(*), count(DISTINCT coalesce(p.origin, s.n)), count(DISTINCT s.article),
                count(DISTINCT coalesce(c.origin, s.article))
            FROM {_tables(where, by)}
            {_SPEAKERS if speaker else ""}
            LEFT JOIN appearances p ON p.statement = s.n LEFT JOIN copies c ON c.article = s.article
            WHERE {where.standing}{sql} GROUP BY {group}""",
        *values,
    )
    return [Tally(*row) for row in found if row[0] is not None or not speaker]


def _tables(where: Where, by: By) -> str:
    """Statements and, where they are asked for, articles, in the order that meets the fewest rows."""
    articles = where.articles or by == "outlet"
    if where.articles and not where.few:
        by_index = "articles_outlet" if where.outlet is not None else "articles_published"
        return (
            f"articles a INDEXED BY {by_index} CROSS JOIN statements s INDEXED BY statements_article ON s.article = a.n"
        )
    # Where all are counted, to go through the table is faster than to look each up in the order of an index.
    whole = "" if where.few or where.days else " NOT INDEXED"
    return f"statements s{whole}{' CROSS JOIN articles a ON a.n = s.article' if articles else ''}"


_SPEAKERS = """LEFT JOIN statement_speakers q ON q.statement = s.n LEFT JOIN links l ON l.entity = q.entity
    LEFT JOIN identities i ON i.n = l.identity"""
