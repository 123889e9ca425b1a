"""What is new on what somebody waits for: statements by, to and about them, and clashes that these are in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.query.clashes import collisions
from onrecord.query.collisions import Collision
from onrecord.query.meaning import ABOUT, near
from onrecord.query.once import RANK
from onrecord.query.pages import Said
from onrecord.query.rows import Readable, listed, rows, tuples
from onrecord.query.statements import said
from onrecord.query.syntax import read_query
from onrecord.records import NotFoundError
from onrecord.store import Alert
from onrecord.store.alerting import last_rows, read_alerts
from onrecord.store.connecting import translated

if TYPE_CHECKING:
    from onrecord.analysis.sentences import EmbedTexts

MOST = 50
"""Statements, and clashes, that are told of an alert at once: the newest."""
LEAST = 0.3
"""Chance from which a clash is news: of the less likely ones three in four and more are none."""
COMPARED = 20_000
"""Statements of one telling that are held against an alert's topic by meaning, those stored last."""


@dataclass(frozen=True, slots=True)
class News:
    """What is new on an alert: the newest statements first, and the surest clashes. Both are up to MOST; `count` tells how many
    there are.

    What is printed again in other papers is not new, unless with another number, nor what a new version of an article repeats.
    `told`: up to which rows of articles and clashes it goes.
    """

    alert: Alert
    statements: tuple[Said, ...]
    clashes: tuple[Collision, ...]
    count: tuple[int, int]
    told: tuple[int, int]


def alerts(store: Readable) -> tuple[Alert, ...]:
    """What is waited for, in the order in which it was asked."""
    with translated(store.path):
        return read_alerts(store.connection)


def find_alert(store: Readable, name: str) -> Alert:
    """The alert whose id is or begins with `name`. Raises NotFoundError."""
    found = [a for a in alerts(store) if a.id.startswith(name) or a.id.removeprefix("alr-").startswith(name)]
    if len(found) != 1:
        raise NotFoundError(name, "several alerts fit" if found else "no such alert in the store")
    return found[0]


def news(store: Readable, alert: Alert, *, embedder: EmbedTexts | None = None, whole: bool = False) -> News:
    """What came since an alert was last told of; with `whole` all that came since it was made."""
    after = _before(store, alert) if whole else alert.told
    with translated(store.path):
        told = last_rows(store.connection)
    found = _on_identity(store, alert, after[0]) if alert.anchor else _on_topic(store, alert, after[0], embedder)
    colliding = _clashes(store, alert, after[1], embedder)
    newest = said(store, found[:MOST])
    wanted = f"SELECT c.* FROM clashes c WHERE c.n IN (SELECT value FROM json_each(?)) ORDER BY {RANK} DESC, c.n DESC"
    kept = rows(store, wanted, listed(colliding[:MOST]))
    return News(
        alert, tuple(newest[n] for n in found[:MOST]), collisions(store, kept), (len(found), len(colliding)), told
    )


def _before(store: Readable, alert: Alert) -> tuple[int, int]:
    """The last rows of articles and clashes that were there before an alert was made.

    Those of its own second are taken for later: what is told needlessly is less amiss than what is missed.
    """
    article, clash = (tuples(store, sql, alert.made) for sql in _BEFORE)
    return int(article[0][0]) if article else 0, int(clash[0][0]) if clash else 0


# From the last row back: only what came since is looked at.
_BEFORE = (
    "SELECT n FROM articles WHERE added < ? ORDER BY n DESC LIMIT 1",
    "SELECT n FROM clashes WHERE found < ? ORDER BY n DESC LIMIT 1",
)
# What is compared is what stands, an utterance once: that is also what is news, and what prints another number of one.
# What the version before of an article has in the same words, the cue's too, is none.
_UNCHANGED = """EXISTS (SELECT 1 FROM articles o CROSS JOIN statements t ON t.article = o.n
    WHERE o.item = a.item AND o.n <= ?1 AND t.content = s.content AND t.cue = s.cue AND t.speaker IS s.speaker)"""
_OF_IDENTITY = f"""SELECT DISTINCT k.statement FROM articles a CROSS JOIN statements s ON s.article = a.n
    JOIN account_keys k ON k.statement = s.n WHERE a.n > ?1 AND k.identity = ?2 AND NOT {_UNCHANGED} ORDER BY 1 DESC"""
_ALL_OF_IDENTITY = "SELECT DISTINCT statement FROM account_keys WHERE identity = ? ORDER BY 1 DESC"
_LAST = f"SELECT statement FROM account_days ORDER BY statement DESC LIMIT {COMPARED}"
_NEW = f"""SELECT d.statement FROM articles a CROSS JOIN statements s ON s.article = a.n JOIN account_days d ON d.statement = s.n
    WHERE a.n > ?1 AND NOT {_UNCHANGED} ORDER BY 1 DESC"""
_AGAIN = """SELECT s.n, s.content, t.content FROM articles a CROSS JOIN statements s ON s.article = a.n
    CROSS JOIN appearances p ON p.statement = s.n CROSS JOIN appearances q ON q.origin = p.origin
    CROSS JOIN statements t ON t.n = q.statement
    WHERE a.n > ? AND t.article <= ? AND s.standing = 'current' AND s.superseded_by IS NULL"""
_AGAIN_BY = f"""{_AGAIN} AND EXISTS (SELECT 1 FROM statement_speakers w JOIN links l ON l.entity = w.entity
    WHERE w.statement = s.n AND l.identity = ?)"""
_IDENTITY = """SELECT l.identity FROM articles a JOIN entities e ON e.article = a.n JOIN links l ON l.entity = e.n
    WHERE a.id = ? AND (e.name = ? OR EXISTS (SELECT 1 FROM json_each(e.aliases) WHERE value = ?)) ORDER BY e.name != ? LIMIT 1"""


def _identity(store: Readable, alert: Alert) -> int | None:
    """The row of the identity that an anchor means now; None where its article's reading no longer has the name."""
    assert alert.anchor is not None  # asked only of identities
    name = alert.anchor.name
    found = tuples(store, _IDENTITY, alert.anchor.article, name, name, name)
    return int(found[0][0]) if found else None


def _on_identity(store: Readable, alert: Alert, after: int) -> list[int]:
    identity = _identity(store, alert)
    if identity is None:
        return []
    found = tuples(store, _OF_IDENTITY, after, identity) if after else tuples(store, _ALL_OF_IDENTITY, identity)
    again = tuples(store, _AGAIN_BY, after, after, identity)
    return _newest(found, again)


def _on_topic(store: Readable, alert: Alert, after: int, embedder: EmbedTexts | None) -> list[int]:
    new = _newest(tuples(store, _NEW, after) if after else tuples(store, _LAST), tuples(store, _AGAIN, after, after))
    fitting = _fitting(store, alert, new, embedder)
    return [n for n in new if n in fitting]


def _newest(first: Iterable[tuple[int]], again: Iterable[tuple[int, str | None, str | None]]) -> list[int]:
    """Rows of statements, the newest first: the first printings of utterances, and others that print another number than all
    printings before. `again`: the latter with their contents and those of what was printed before.
    """
    differing = dict[int, bool]()
    for n, content, before in again:
        differing[n] = differing.get(n, True) and _counts_otherwise(content or "", before or "")
    return sorted({n for (n,) in first} | {n for n, differs in differing.items() if differs}, reverse=True)


def _counts_otherwise(words: str, before: str) -> bool:
    """Whether one of two printings has a number in the place of the other's: each has one that the other has not."""
    from onrecord.extract.numerals import numerals_in, words_in

    a, b = (
        {(n.low, n.value, n.high) for n in numerals_in(words_in(text, 0, len(text)))} if text != other else set()
        for text, other in ((words, before), (before, words))
    )
    return bool(a - b and b - a)


def _fitting(store: Readable, alert: Alert, among: Sequence[int], embedder: EmbedTexts | None) -> frozenset[int]:
    """Of statements those with a topic's words, or near their meaning."""
    query = read_query(alert.words)
    if not query.clauses or not among:
        return frozenset()
    sql = "SELECT rowid FROM statements_fts WHERE statements_fts MATCH ? AND rowid BETWEEN ? AND ?"
    found = {n for (n,) in tuples(store, sql, query.expression, min(among), max(among))}
    if embedder is not None:
        some = list(among[:COMPARED])
        found |= {n for n, _ in near(store, embedder, alert.words, count=len(some), among=some, least=ABOUT)}
    return frozenset(found.intersection(among))


def _clashes(store: Readable, alert: Alert, after: int, embedder: EmbedTexts | None) -> list[int]:
    """Rows of clashes after one, the surest first, that stand and have a side on the alert."""
    found = tuples(store, _NEW_CLASHES, after, LEAST)
    sides = sorted({n for _, a, b, _ in found for n in (a, b) if n is not None})
    if alert.anchor:
        identity = _identity(store, alert)
        sql = "SELECT DISTINCT statement FROM account_keys WHERE identity = ? AND statement IN (SELECT value FROM json_each(?))"
        meant = frozenset(n for (n,) in tuples(store, sql, identity, listed(sides)))
    else:
        meant = _fitting(store, alert, sides, embedder)
    words = [w.casefold() for w in alert.words.split()]
    return [n for n, a, b, about in found if a in meant or b in meant or all(w in about.casefold() for w in words)]


_NEW_CLASHES = f"""SELECT c.n, c.a, c.b, c.about FROM clashes c
    LEFT JOIN statements s ON s.n = c.a LEFT JOIN statements t ON t.n = c.b
    LEFT JOIN figures f ON f.n = c.figure_a LEFT JOIN figures g ON g.n = c.figure_b
    WHERE c.n > ? AND {RANK} >= ? AND c.review IS NOT 'rejected' AND coalesce(f.standing, s.standing) = 'current'
        AND coalesce(g.standing, t.standing) = 'current' ORDER BY {RANK} DESC, c.n DESC"""
