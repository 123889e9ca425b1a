"""Which printing an utterance is shown by where a copy and its origin print it on one day: the origin's.

Of printings of one day nothing tells which came first, but that a copy came after what it is a copy of.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from onrecord.query.filters import Where
from onrecord.query.rows import Readable, listed, tuples

_OF_ORIGINS = """SELECT x.n, s.n FROM json_each(?) j CROSS JOIN statements x ON x.n = j.value
    CROSS JOIN copies c ON c.article = x.article AND c.origin != c.article
    CROSS JOIN appearances o ON o.statement = x.n CROSS JOIN appearances p ON p.origin = o.origin
    CROSS JOIN statements s ON s.n = p.statement AND s.article = c.origin AND s.day IS x.day{join}
    WHERE {standing}{sql}{same}"""

Altered = Sequence[tuple[str, str]]


def uncopied(
    store: Readable,
    where: Where,
    shown: Sequence[tuple[int, int | None]],
    *,
    among: Container[int] | None = None,
    same_words: bool = False,
) -> list[tuple[int, int | None]]:
    """Statements, each with its utterance; for that of a copy the same day's of its origin, where the conditions fit that.

    `among`: those that were found, where more is asked than the conditions tell. `same_words`: where both have the same words, as
    what else is told of the copy's is told of them.
    """
    printed = [n for n, utterance in shown if utterance is not None]
    if not printed:
        return list(shown)
    sql, values = where.sql()
    same = " AND s.content = x.content" if same_words else ""
    question = _OF_ORIGINS.format(join=where.join, standing=where.standing, sql=sql, same=same)
    found = tuples(store, question, listed(printed), *values)
    instead = {n: of_origin for n, of_origin in sorted(found, reverse=True) if among is None or of_origin in among}
    return [(instead.get(n, n), utterance) for n, utterance in shown]


def altered_from(first: Altered, those: Altered) -> tuple[tuple[str, str], ...]:
    """The words of a first printing that another alters, where both are told by what they alter of a third."""
    if first == those:
        return ()
    if not first:
        return tuple(those)
    here, there = dict(first), dict(those)
    words = dict.fromkeys((*here, *there))
    changes = ((here.get(word, word), there.get(word, word)) for word in words)
    return tuple((before, after) for before, after in changes if before != after)
