"""``search``: statements by their words and by their meaning, an entry for each utterance."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Unpack

from onrecord.query.browse import browse
from onrecord.query.cursors import page_size, read_cursor, write_cursor
from onrecord.query.filters import Asking, Where, narrowed
from onrecord.query.firsts import uncopied
from onrecord.query.fitting import fitting
from onrecord.query.meaning import FAR, close
from onrecord.query.options import strict
from onrecord.query.pages import Found, Hit, Results, Utterance
from onrecord.query.rows import Readable, listed, number, tuples
from onrecord.query.snippets import matches, snippet
from onrecord.query.statements import utterances
from onrecord.query.syntax import Query, read_search

if TYPE_CHECKING:
    from onrecord.analysis.sentences import EmbedTexts

RANKED = 500
"""Statements that are ranked by words: who looks at more narrows the question."""
EXAMINED, EXAMINED_OF_FEW = 20_000, 200_000
"""Statements with the words, those stored last, that are compared with one another and with the filters: more where a speaker or
target leaves few of them. A word that more hold would take too long; `Results.complete` tells it."""
NEAREST = 200
"""Statements that are ranked by meaning."""
TOLD = 50_000
"""Statements of a record of which the `total` is told without words: they are counted in some milliseconds."""
MEANING = 10
"""What a cosine of 1 counts where the best fit of words counts 1. Of 1, 2, 3, 4, 6 and 10 the best on the questions of
benchmarks/paraphrases.tsv, and confirmed on those of paraphrases_stories.tsv (benchmarks/fusion.py); so were ranks fused, and
were no better (reciprocal ranks: Cormack, Clarke and Büttcher, SIGIR 2009)."""
ALL_WORDS = 100.0
"""What having all the words counts: more than any fit, so that who types a name or a phrase meets it first."""
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


@strict(Asking)
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

    Statements with all the words come first, then those that are only near in meaning; where none has all, also those with some
    of them. Closeness ranks them, and how well the words fit. Each utterance is one entry, shown as its first printing if that
    was found. Without words every statement that the options fit is listed, newest first. Raises UnclearError or MalformedError
    for an option.
    """
    page_size(size)
    where, asked = narrowed(store, **options), read_search(query)
    if not asked.clauses:
        return _listed(store, where, size, cursor)
    after = read_cursor(_CURSOR, cursor, float, int)
    by_words, complete = _by_words(store, asked.expression, where)
    fits = _ranks(by_words, ALL_WORDS)
    closeness: dict[int, float] = {}
    if embedder is not None:
        closeness = _by_meaning(store, query, asked, embedder, where, list(fits))
        if not fits and not asked.binding:
            by_words, complete = _by_words(store, asked.some, where)
            fits = _ranks(by_words, 0.0)
    ranked, withdrawn = _utterances(store, fits, closeness, where)
    rest = [r for r in ranked if after is None or (-r.score, r.n) > (-after[0], after[1])]
    page = rest[:size]
    return Results(
        items=tuple(_hits(store, asked, page, where, fits.keys() | closeness.keys())),
        cursor=write_cursor(_CURSOR, page[-1].score, page[-1].n) if len(rest) > size else None,
        total=len(ranked) if complete and len(by_words) < RANKED else None,
        withdrawn=withdrawn,
        complete=complete,
    )


@strict(Asking)
def newest(store: Readable, query: str, *, size: int = 20, **options: Unpack[Asking]) -> tuple[Hit, ...]:
    """The same by words alone, however well they fit, what was said last first: each utterance by the newest such printing.

    Words that more statements hold than are examined are looked for in those stored last.
    """
    page_size(size)
    where, asked = narrowed(store, **options), read_search(query)
    if not asked.clauses:
        return _listed(store, where, size, None).items
    sql, values = where.sql("+f.n")
    found = tuples(
        store,
        f"""SELECT f.n, p.origin FROM (SELECT rowid AS n FROM statements_fts WHERE statements_fts MATCH ?
                ORDER BY rowid DESC LIMIT ?) f CROSS JOIN statements s ON s.n = f.n{where.join}
            LEFT JOIN appearances p ON p.statement = s.n WHERE {where.standing}{sql} ORDER BY s.day DESC, s.n DESC""",
        asked.expression,
        EXAMINED_OF_FEW if where.few else EXAMINED,
        *values,
    )
    first = dict[int, tuple[int, int | None]]()
    for n, origin in found:
        first.setdefault(origin or -n, (n, origin))
    page = [_Ranked(n, origin, 0.0, ("words",)) for n, origin in [*first.values()][:size]]
    return tuple(_hits(store, asked, page, where, {n for n, _ in found}))


def _by_words(store: Readable, expression: str, where: Where) -> tuple[list[tuple[int, float]], bool]:
    """Statements with the words, best first, with their bm25 (the lower the better), and whether all with them were looked at."""
    if not where.narrowed:
        return _ranked(store, expression)
    last = tuples(
        store,
        "SELECT rowid FROM statements_fts WHERE statements_fts MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?",
        expression,
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
        expression,
        after,
        *values,
    )
    return found, not last


def _ranked(store: Readable, expression: str) -> tuple[list[tuple[int, float]], bool]:
    """The same without conditions: the index is gone through once, and how things stand is asked of the best alone."""
    sql = f"""SELECT rowid, bm25(statements_fts, {WEIGHTS}) FROM statements_fts WHERE statements_fts MATCH ?
        ORDER BY rowid DESC LIMIT {EXAMINED + 1}"""
    examined = tuples(store, sql, expression)
    complete = len(examined) <= EXAMINED
    best = sorted(examined[:EXAMINED], key=itemgetter(1))  # of those that fit alike the last stored stay first
    found = list[tuple[int, float]]()
    for k in range(0, len(best), RANKED):
        some = best[k : k + RANKED]
        gone = {n for n, _, standing in _standings(store, [n for n, _ in some]) if standing == "superseded"}
        found += [one for one in some if one[0] not in gone]
        if len(found) >= RANKED:
            break
    return found[:RANKED], complete


def _ranks(found: Sequence[tuple[int, float]], base: float) -> dict[int, float]:
    """Of statements with their bm25 how well the words fit, 1 at best, on top of `base`."""
    best = min((rank for _, rank in found), default=0.0)
    return {n: base + (rank / best if best else 0.0) for n, rank in found}


def _by_meaning(
    store: Readable, query: str, asked: Query, embedder: EmbedTexts, where: Where, worded: list[int]
) -> dict[int, float]:
    """Cosines of the nearest statements, and of those with the words however far they are."""
    vector = embedder.embed([asked.words if asked.binding else query])[0]
    found = dict(close(store, vector, count=len(worded), among=worded)) if worded else {}
    if asked.binding:
        return found
    among: list[int] | None = None
    if where.narrowed:
        among = fitting(store, where, standing=False).numbers.tolist()
    if among is None or among:
        found |= dict(close(store, vector, count=NEAREST, among=among, least=FAR))
    return found


def _utterances(
    store: Readable, fits: dict[int, float], closeness: dict[int, float], where: Where
) -> tuple[list[_Ranked], int]:
    """All that was found, the best statement of each utterance, and how many withdrawn ones were left out."""
    scores = {n: fits.get(n, 0.0) + MEANING * closeness.get(n, 0.0) for n in fits | closeness}
    known = {n: (origin, standing) for n, origin, standing in _standings(store, scores)}
    ranked, seen, withdrawn = list[_Ranked](), set[int](), 0
    for n in sorted(scores, key=lambda n: (-scores[n], n)):
        origin, standing = known[n]
        if standing == "superseded" or (standing == "withdrawn" and not where.withdrawn):
            withdrawn += standing == "withdrawn"
        elif origin is None or origin not in seen:
            seen.update([] if origin is None else [origin])
            shown = origin if origin is not None and _fits(known.get(origin), where) else n
            ranked.append(_Ranked(shown, origin, scores[n], _found(n, fits, closeness)))
    return ranked, withdrawn


def _found(n: int, fits: dict[int, float], closeness: dict[int, float]) -> tuple[Found, ...]:
    near = closeness.get(n, 0.0) >= FAR
    return (*(("words",) if n in fits else ()), *(("meaning",) if near else ()))


def _fits(known: tuple[int | None, str] | None, where: Where) -> bool:
    """Whether a statement was found too, and its standing is one that is shown."""
    return known is not None and (known[1] == "current" or (where.withdrawn and known[1] == "withdrawn"))


def _standings(store: Readable, numbers: Iterable[int]) -> list[tuple[int, int | None, str]]:
    sql = """SELECT s.n, p.origin, s.standing FROM statements s LEFT JOIN appearances p ON p.statement = s.n
             WHERE s.n IN (SELECT value FROM json_each(?))"""
    return tuples(store, sql, listed(numbers))


def _hits(store: Readable, asked: Query, page: Sequence[_Ranked], where: Where, among: Container[int]) -> Iterable[Hit]:
    """`among`: all statements that were found; no other is shown in place of one."""
    shown = uncopied(store, where, [(r.n, r.origin) for r in page], among=among)
    answers = utterances(store, shown, withdrawn=where.withdrawn)
    texts = _texts(store, [n for n, _ in shown])
    for ranked, (n, _), utterance in zip(page, shown, answers, strict=True):
        yield _hit(asked, utterance, texts[n], ranked.found, ranked.score)


def _hit(asked: Query, utterance: Utterance, text: str, found: tuple[Found, ...], score: float) -> Hit:
    places = matches(asked, text, utterance.said)
    return Hit(utterance, snippet(text, utterance.said, places), places, found, score)


def _texts(store: Readable, numbers: Sequence[int]) -> dict[int, str]:
    sql = """SELECT s.n, a.text FROM statements s JOIN articles a ON a.n = s.article
             WHERE s.n IN (SELECT value FROM json_each(?))"""
    return dict(tuples(store, sql, listed(numbers)))


def _listed(store: Readable, where: Where, size: int, cursor: str | None) -> Results:
    page, following = browse(store, where, size, cursor)
    page = uncopied(store, where, page)
    texts = _texts(store, [n for n, _ in page])
    found = utterances(store, page, withdrawn=where.withdrawn)
    hits = tuple(_hit(Query(), u, texts[n], (), 0.0) for (n, _), u in zip(page, found, strict=True))
    return Results(items=hits, cursor=following, total=_total(store, where))


def _total(store: Readable, where: Where) -> int | None:
    """How many utterances the conditions fit, in a record that is not very large. Those of a large outlet are met in order."""
    if where.outlet is not None or number(store, "SELECT coalesce(max(n), 0) FROM statements") > TOLD:
        return None
    import numpy as np

    return len(np.unique(fitting(store, where).utterances))
