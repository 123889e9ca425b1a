"""``search``: statements by their words and by their meaning, an entry for each utterance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack

from onrecord.query.browse import browse
from onrecord.query.cursors import page_size, read_cursor, write_cursor
from onrecord.query.filters import Asking, Where, narrowed
from onrecord.query.meaning import FAR, near
from onrecord.query.pages import Found, Hit, Results, Utterance
from onrecord.query.rows import Readable, listed, tuples
from onrecord.query.snippets import matches, snippet
from onrecord.query.statements import utterances
from onrecord.query.syntax import Query, read_query

if TYPE_CHECKING:
    from onrecord.analysis.sentences import EmbedTexts

RANKED = 500
"""Statements that are ranked by words: who looks at more narrows the question."""
EXAMINED, EXAMINED_OF_FEW = 20_000, 200_000
"""Statements with the words, those stored last, that are compared with one another and with the filters: more where a speaker or
target leaves few of them. A word that more hold would take too long; `Results.complete` tells it."""
NEAREST = 200
"""Statements that are ranked by meaning."""
FUSION = 60
"""Constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009: "k = 60")."""
WEIGHTS = "1.0, 0.5, 0.5, 0.5"
"""Of the columns content, speaker, target, source in bm25: what was said counts more than who said it."""

_CURSOR = "search"


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A statement that was found, with the utterance that it is a printing of."""

    n: int
    origin: int | None
    score: float
    found: tuple[Found, ...]


def search(
    store: Readable,
    query: str,
    *,
    embedder: EmbedTexts | None = None,
    size: int = 20,
    cursor: str | None = None,
    **options: Unpack[Asking],
) -> Results:
    """Statements that hold the words of `query` (onrecord.query.syntax) or, with an `embedder`, mean something near it.

    Both lists are fused by reciprocal rank. Each utterance is one entry, shown as its first printing if that was found. Without
    words every statement that the options fit is listed, newest first. Raises UnclearError or MalformedError for an option.
    """
    page_size(size)
    where, asked = narrowed(store, **options), read_query(query)
    if not asked.clauses:
        return _listed(store, where, size, cursor)
    after = read_cursor(_CURSOR, cursor, float, int)
    by_words, complete = _by_words(store, asked, where)
    by_meaning = _by_meaning(store, query, embedder, where) if embedder is not None else []
    ranked, withdrawn = _utterances(store, {"words": by_words, "meaning": by_meaning}, where)
    rest = [r for r in ranked if after is None or (-r.score, r.n) > (-after[0], after[1])]
    page = rest[:size]
    return Results(
        items=tuple(_hits(store, asked, page, where.withdrawn)),
        cursor=write_cursor(_CURSOR, page[-1].score, page[-1].n) if len(rest) > size else None,
        total=len(ranked) if complete and len(by_words) < RANKED else None,
        withdrawn=withdrawn,
        complete=complete,
    )


def _by_words(store: Readable, asked: Query, where: Where) -> tuple[list[int], bool]:
    """Statements with the words, best first (bm25), and whether all with the words were looked at."""
    last = tuples(
        store,
        "SELECT rowid FROM statements_fts WHERE statements_fts MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?",
        asked.expression,
        EXAMINED_OF_FEW if where.few else EXAMINED,
    )
    # The plus keeps SQLite from asking the full-text index anew for each of the few.
    after, (sql, values) = (last[0][0] if last else 0), where.sql("+f.rowid")
    found = tuples(
        store,
        f"""SELECT f.rowid, bm25(statements_fts, {WEIGHTS}) AS rank
            FROM statements_fts f CROSS JOIN statements s ON s.n = f.rowid{where.join}
            WHERE statements_fts MATCH ? AND f.rowid > ? AND s.standing != 'superseded'{sql}
            ORDER BY rank, f.rowid DESC LIMIT {RANKED}""",
        asked.expression,
        after,
        *values,
    )
    return [n for n, _ in found], not last


def _by_meaning(store: Readable, query: str, embedder: EmbedTexts, where: Where) -> list[int]:
    among: list[int] | None = None
    if where.narrowed:
        sql, values = where.sql()
        question = f"SELECT s.n FROM statements s{where.join} WHERE s.standing != 'superseded'{sql}"
        among = [n for (n,) in tuples(store, question, *values)]
    return [n for n, _ in near(store, embedder, query, count=NEAREST, among=among, least=FAR)]


def _utterances(store: Readable, lists: dict[Found, list[int]], where: Where) -> tuple[list[_Ranked], int]:
    """The lists fused, the best statement of each utterance, and how many withdrawn ones were left out."""
    scores, found = defaultdict[int, float](float), defaultdict[int, list[Found]](list)
    for how, numbers in lists.items():
        for place, n in enumerate(numbers, 1):
            scores[n] += 1 / (FUSION + place)
            found[n].append(how)
    known = {n: (origin, standing) for n, origin, standing in _standings(store, scores)}
    ranked, seen, withdrawn = list[_Ranked](), set[int](), 0
    for n in sorted(scores, key=lambda n: (-scores[n], n)):
        origin, standing = known[n]
        if standing == "superseded" or (standing == "withdrawn" and not where.withdrawn):
            withdrawn += standing == "withdrawn"
        elif origin is None or origin not in seen:
            seen.update([] if origin is None else [origin])
            shown = origin if origin is not None and _fits(known.get(origin), where) else n
            ranked.append(_Ranked(shown, origin, scores[n], tuple(found[n])))
    return ranked, withdrawn


def _fits(known: tuple[int | None, str] | None, where: Where) -> bool:
    """Whether a statement was found too, and its standing is one that is shown."""
    return known is not None and (known[1] == "current" or (where.withdrawn and known[1] == "withdrawn"))


def _standings(store: Readable, numbers: Iterable[int]) -> list[tuple[int, int | None, str]]:
    sql = """SELECT s.n, p.origin, s.standing FROM statements s LEFT JOIN appearances p ON p.statement = s.n
             WHERE s.n IN (SELECT value FROM json_each(?))"""
    return tuples(store, sql, listed(numbers))


def _hits(store: Readable, asked: Query, page: Sequence[_Ranked], withdrawn: bool) -> Iterable[Hit]:
    answers = utterances(store, [(r.n, r.origin) for r in page], withdrawn=withdrawn)
    texts = _texts(store, [r.n for r in page])
    for ranked, utterance in zip(page, answers, strict=True):
        yield _hit(asked, utterance, texts[ranked.n], ranked.found, ranked.score)


def _hit(asked: Query, utterance: Utterance, text: str, found: tuple[Found, ...], score: float) -> Hit:
    places = matches(asked, text, utterance.said)
    return Hit(utterance, snippet(text, utterance.said, places), places, found, score)


def _texts(store: Readable, numbers: Sequence[int]) -> dict[int, str]:
    sql = """SELECT s.n, a.text FROM statements s JOIN articles a ON a.n = s.article
             WHERE s.n IN (SELECT value FROM json_each(?))"""
    return dict(tuples(store, sql, listed(numbers)))


def _listed(store: Readable, where: Where, size: int, cursor: str | None) -> Results:
    page, following = browse(store, where, size, cursor)
    texts = _texts(store, [n for n, _ in page])
    found = utterances(store, page, withdrawn=where.withdrawn)
    hits = tuple(_hit(Query(), u, texts[n], (), 0.0) for (n, _), u in zip(page, found, strict=True))
    return Results(items=hits, cursor=following)
