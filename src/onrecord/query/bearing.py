"""What was said later that bears on something foretold: it is of the same matter, and shares a rare word or a name with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from onrecord.codebook.tables import load
from onrecord.codebook.times import time_words
from onrecord.query.meaning import ABOUT, near
from onrecord.query.pages import Bearing, Said
from onrecord.query.rows import Readable, listed, number, tuples
from onrecord.query.snippets import snippet
from onrecord.query.statements import said
from onrecord.store.folding import tokens

if TYPE_CHECKING:
    from onrecord.analysis.sentences import EmbedTexts

COMMON = 2_000
"""A word that more statements hold tells too little of what something bears on."""
RARE, SHARE = 10, 50
"""In a small store less is common: a word that more than so many statements hold, and more than one in so many."""
TELLING, SHORTEST = 4, 4
"""Rarest words of a prediction, of so many letters at least, two of which tell its matter wherever they stand together."""
NAMED = 200
"""A name that more articles have tells too little of what one of them is about."""
NAMES = 2
"""Names that two articles on one matter share. With one, two articles of thirty share "London" or "the European Union" alone."""
EXAMINED = 2_000
"""Later statements of the matter that are looked at."""

_COUNTED = frozenset(
    "number dozen hundred thousand million billion trillion percent cent euro dollar pound yen yuan rupee ruble rouble franc "
    "year month next last today tomorrow yesterday".split()
)
"""What amounts and days share that have nothing else in common, beside the codebook's tables."""


def bearing_on(
    store: Readable, statement: int, *, count: int, embedder: EmbedTexts | None = None
) -> tuple[Bearing, ...]:
    """Up to `count` statements, said later in other articles, that bear on one (by row); rather none than one of another matter.

    Of the same matter is an article that shares names with the one that foretold it. A statement of it bears on what was foretold
    if it has a rare word of that, or means something near it and shares a name with it; one of any other article if it has two of
    the rarest words. Those with most words come first, then those nearest in meaning.
    """
    this = said(store, [statement])[statement]
    if this.day is None or count < 1:
        return ()
    from onrecord.clashes.words import meaningful  # which imports much

    rarity = _rarity(store, this.content)
    matter = _matter(store, statement, this)
    elsewhere = _in_words(store, this, rarity, 4 * count)
    near_by = (
        dict(near(store, embedder, this.content, count=EXAMINED, among=[*matter], least=ABOUT)) if embedder else {}
    )
    wanted = _telling(store, rarity)
    shared = {n: len(wanted & meaningful(content)) for n, content in matter.items()}
    named = _sharing_names(store, statement, [n for n in near_by if not shared[n]])
    fitting = {n for n, words in shared.items() if words} | named | {*elsewhere}
    best = sorted(fitting, key=lambda n: (-shared.get(n, 2), -near_by.get(n, 0.0), n))
    later = said(store, best[: 8 * count])
    return tuple(_bearings(store, [later[n] for n in best if n in later], count))


_APART = """s.standing = 'current' AND s.day > ? AND a.id != ?
    AND NOT EXISTS (SELECT 1 FROM appearances p WHERE p.statement = s.n AND p.origin != s.n)"""
_IN_WORDS = f"""
    SELECT s.n FROM statements_fts f CROSS JOIN statements s ON s.n = f.rowid CROSS JOIN articles a ON a.n = s.article
    WHERE statements_fts MATCH ? AND {_APART} ORDER BY bm25(statements_fts), s.n LIMIT ?"""
_NAMES_IN = """
    SELECT DISTINCT l.identity, i.name FROM statements s CROSS JOIN entities e ON e.article = s.article
    CROSS JOIN links l ON l.entity = e.n CROSS JOIN identities i ON i.n = l.identity WHERE s.n = ? AND i.kind != 'country'"""
_SHARING = """
    SELECT e.article FROM json_each(?) j CROSS JOIN links l ON l.identity = j.value CROSS JOIN entities e ON e.n = l.entity
    GROUP BY e.article HAVING count(DISTINCT l.identity) >= ?"""
_OF_ARTICLES = f"""
    SELECT s.n, s.content FROM json_each(?) j CROSS JOIN statements s ON s.article = j.value
    CROSS JOIN articles a ON a.n = s.article WHERE s.content IS NOT NULL AND {_APART} ORDER BY s.day, s.n LIMIT {EXAMINED}"""
_PARTIES = """
    SELECT p.statement, l.identity FROM json_each(?) j CROSS JOIN statement_speakers p ON p.statement = j.value
        CROSS JOIN links l ON l.entity = p.entity
    UNION SELECT s.n, l.identity FROM json_each(?) j CROSS JOIN statements s ON s.n = j.value
        CROSS JOIN links l ON l.entity = s.target_entity
    UNION SELECT s.n, l.identity FROM json_each(?) j CROSS JOIN statements s ON s.n = j.value
        CROSS JOIN json_each(s.content_spans) c
        CROSS JOIN mentions m ON m.article = s.article AND m.start >= c.value ->> 0 AND m.start < c.value ->> 1
        CROSS JOIN links l ON l.entity = m.entity"""


def _rarity(store: Readable, content: str) -> dict[str, int]:
    """How many statements have each word of a content that tells a matter, up to COMMON: no form word, and nothing of times and
    amounts.
    """
    from onrecord.clashes.words import meaningful, stem

    meant = meaningful(content)
    words = {t.word for t in tokens(content) if stem(t.word) in meant and not _counts(t.word)}
    sql = f"SELECT count(*) FROM (SELECT 1 FROM statements_fts WHERE statements_fts MATCH ? LIMIT {COMMON})"
    return {word: number(store, sql, f'content : "{word}"') for word in sorted(words)}


def _counts(word: str) -> bool:
    """Whether a word is of a time or an amount. A number in digits is neither: the same one is seldom told of two matters."""
    return word in _counting() or word.removesuffix("s") in _counting()


@cache
def _counting() -> frozenset[str]:
    times, calendar = time_words(), load()
    named = (
        times.numbers,
        times.ordinals,
        times.counts,
        times.plurals,
        times.units,
        times.seasons,
        times.parts,
        times.vague,
    )
    return _COUNTED.union(*named, calendar.months, calendar.weekdays)


def _telling(store: Readable, rarity: Mapping[str, int]) -> frozenset[str]:
    """Stems of the words that few statements have."""
    from onrecord.clashes.words import stem

    stored = number(store, "SELECT coalesce(max(n), 0) FROM statements")
    most = min(COMMON - 1, max(RARE, stored // SHARE))
    return frozenset(stem(word) for word, held in rarity.items() if held <= most)


def _in_words(store: Readable, this: Said, rarity: Mapping[str, int], count: int) -> list[int]:
    """Later statements with two of the rarest words, wherever they stand."""
    rare = sorted((held, word) for word, held in rarity.items() if 1 < held < COMMON and len(word) >= SHORTEST)
    pairs = [f'("{a}" AND "{b}")' for (_, a), (_, b) in combinations(rare[:TELLING], 2)]
    if not pairs:
        return []
    expression = f"content : ({' OR '.join(pairs)})"
    return [n for (n,) in tuples(store, _IN_WORDS, expression, this.day, this.article.id, count)]


def _matter(store: Readable, statement: int, this: Said) -> dict[int, str]:
    """Contents of later statements in articles that share names with that of a statement, by row."""
    printers = {name.casefold() for name in (this.article.outlet, this.article.agency) if name}
    found = [identity for identity, name in tuples(store, _NAMES_IN, statement) if name.casefold() not in printers]
    held = f"SELECT count(*) FROM (SELECT 1 FROM links WHERE identity = ? LIMIT {NAMED + 1})"
    names = [identity for identity in found if number(store, held, identity) <= NAMED]
    articles = [n for (n,) in tuples(store, _SHARING, listed(names), NAMES)]
    return dict(tuples(store, _OF_ARTICLES, listed(articles), this.day, this.article.id)) if articles else {}


def _sharing_names(store: Readable, statement: int, others: Sequence[int]) -> set[int]:
    """Those of the others that are by, at, or about somebody whom the statement is by, at, or about."""
    of = listed([statement, *others])
    parties = dict[int, set[int]]()
    for n, identity in tuples(store, _PARTIES, of, of, of):
        parties.setdefault(n, set()).add(identity)
    return {n for n in others if parties.get(n, set()) & parties.get(statement, set())}


def _bearings(store: Readable, later: Sequence[Said], count: int) -> list[Bearing]:
    """One of each article, in the order found."""
    found = list[Bearing]()
    for one in later:
        if len(found) < count and all(b.article.id != one.article.id for b in found):
            ((text,),) = tuples(store, "SELECT text FROM articles WHERE id = ?", one.article.id)
            found.append(Bearing(one.article, one.id, one.speaker, snippet(text, one, ()), one.day))
    return found
