"""``figures``: what is counted, a ledger for each matter, so that counts that differ or grow stand side by side.

A matter is what befell whom (killed, wounded, …; of other things the thing counted), and where (onrecord.query.placing); without
a place, figures of one article and its copies alone are a matter. Counts of the same thing in the same place that lie far apart
in time are of two matters. What is told in per cent or in money is a matter of its sentence alone.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import TypedDict, Unpack, get_args

from onrecord.query.cursors import page_size, read_cursor, write_cursor
from onrecord.query.filters import Condition, all_of, asserted_by, between, check_code, printed_in
from onrecord.query.options import strict
from onrecord.query.pages import Count, Ledger, Page
from onrecord.query.placing import PlacedFigure, placed, readable, town_of
from onrecord.query.rows import Readable, listed, number, rows, tuples
from onrecord.query.statements import ARTICLE, article_ref
from onrecord.query.syntax import phrase, read_search
from onrecord.records import NARRATION, Counted, Span
from onrecord.store.folding import fold

WHAT: tuple[Counted, ...] = get_args(Counted)
READ = 1_500
"""Figures that are put into ledgers, the newest: who looks further back bounds the days. `total` is None where there are more."""
EXAMINED = 20_000
"""Figures that are compared with the options, those stored last; `total` is None where there are more."""
APART = 30
"""Days without a count of the same thing in the same place, after which the next is of another matter."""

BEFORE = 24
"""Characters before a figure by which it is known again in a copy that prints another number."""

_CURSOR = "figures"
_FROM = "FROM figures f CROSS JOIN articles a INDEXED BY articles_brief ON a.n = f.article"
_OF_ARTICLES = f"""FROM (SELECT rowid AS n FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid DESC LIMIT {READ}) m
    CROSS JOIN articles a INDEXED BY articles_brief ON a.n = m.n CROSS JOIN figures f ON f.article = a.n"""
"""The same of the articles with some words: these come first, figures hang on them by an index."""
_FIGURES = f"""
    SELECT f.*, s.id AS claiming, coalesce(c.origin, a.n) AS cluster, a.dateline_place, {ARTICLE},
        coalesce(f.as_of, a.published) AS day, substr(a.text, f."start" + 1, f."end" - f."start") AS words,
        substr(a.text, max(f."start" - {BEFORE}, 0) + 1, min(f."start", {BEFORE})) AS before
    FROM json_each(?) j CROSS JOIN figures f ON f.n = j.value CROSS JOIN articles a ON a.n = f.article
    LEFT JOIN copies c ON c.article = a.n LEFT JOIN articles o ON o.n = c.origin AND c.origin != a.n
    LEFT JOIN statements s ON s.n = f.claimed_by ORDER BY j.key"""


class FigureOptions(TypedDict, total=False):
    """Options of a question about figures.

    `what`: a code of WHAT. `place`: the place as ledgers name it. `claimant`: a name or an identity's id, or "narration". `since`
    and `until` bound the day that a count is true of, else that of publication.
    """

    what: str | None
    place: str | None
    claimant: str | None
    outlet: str | None
    since: str | None
    until: str | None
    withdrawn: bool


COMPARED = 20
"""Counts of one day and matter that are held against each other."""


@strict(FigureOptions)
def figures(
    store: Readable,
    about: str | None = None,
    *,
    size: int = 20,
    cursor: str | None = None,
    **options: Unpack[FigureOptions],
) -> Page[Ledger]:
    """Ledgers of the figures that the options fit, those with the most counts first. `about`: words that the article has."""
    page_size(size)
    (start,) = read_cursor(_CURSOR, cursor, int) or [0]
    found, complete = _figures(store, about, options)
    figured = placed(store, found)
    if (place := options.get("place")) is not None:
        figured = [p for p in figured if p.place and town_of(p.place)[0] == town_of(place)[0]]
    matters = sorted(
        _matters(figured), key=lambda m: (-len({p.same for p in m}), m[0].row["day"] or "", m[0].row["id"])
    )
    following = write_cursor(_CURSOR, start + size) if len(matters) > start + size else None
    shown = matters[start : start + size]
    settled = _settled(store, [p.row["n"] for matter in shown for p in matter])
    page = tuple(_ledger(matter, settled) for matter in shown)
    withdrawn = 0 if options.get("withdrawn") else _withdrawn(store, about, options, found)
    return Page(page, following, len(matters) if complete else None, withdrawn)


def _figures(store: Readable, about: str | None, options: FigureOptions) -> tuple[list[sqlite3.Row], bool]:
    """The newest figures that the options fit, and whether these are all."""
    standing = "f.standing != 'superseded'" if options.get("withdrawn") else "f.standing = 'current'"
    asked = _asked(store, about, options)
    if asked is None:
        return [], True
    last = _last(store, asked)
    sql = f"SELECT f.n {asked.sql} AND {standing} AND f.n > ? ORDER BY f.n DESC LIMIT {READ + 1}"
    found = tuples(store, sql, *asked.values, last)
    # Which they are comes first: whole rows of all that an order has to go through would be carried along.
    read = rows(store, _FIGURES, listed(n for (n,) in found[:READ]))
    return read, len(found) <= READ and not last and not _too_many(store, about)


def _last(store: Readable, asked: Condition) -> int:
    """The row of the figure after which they are looked at; 0: all are, since the question leaves few of them."""
    if asked.few:
        return 0
    found = tuples(store, "SELECT n FROM figures ORDER BY n DESC LIMIT 1 OFFSET ?", EXAMINED)
    return int(found[0][0]) if found else 0


def _withdrawn(store: Readable, about: str | None, options: FigureOptions, found: Sequence[sqlite3.Row]) -> int:
    """How many withdrawn figures the options fit among those that were looked at."""
    asked = _asked(store, about, options)
    if asked is None:
        return 0
    oldest = found[-1]["n"] if len(found) == READ else _last(store, asked) + 1
    return number(
        store, f"SELECT count(*) {asked.sql} AND f.standing = 'withdrawn' AND f.n >= ?", *asked.values, oldest
    )


def _too_many(store: Readable, about: str | None) -> bool:
    """Whether more articles have the words than are looked at."""
    if about is None or not (query := read_search(about)).clauses:
        return False
    sql = f"SELECT count(*) FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT {READ + 1})"
    return number(store, sql, query.expression) > READ


def _asked(store: Readable, about: str | None, options: FigureOptions) -> Condition | None:
    """``FROM …`` the figures of whatever standing that the options fit; None where `about` has no words."""
    wanted = _conditions(store, options)
    if about is None:
        return wanted._replace(sql=f"{_FROM} WHERE 1{wanted.sql}")
    query = read_search(about)
    if not query.clauses:
        return None
    return Condition(f"{_OF_ARTICLES} WHERE 1{wanted.sql}", (query.expression, *wanted.values), few=True)


def _conditions(store: Readable, options: FigureOptions) -> Condition:
    told = list[Condition]()
    if (what := check_code("what", options.get("what"), WHAT)) is not None:
        told.append(Condition("f.what = ?", (what,)))
    if (claimant := options.get("claimant")) is not None:
        told.append(asserted_by(store, "f", "figures", "claimed_by", claimant))
    if (outlet := options.get("outlet")) is not None:
        told.append(printed_in(store, "f", outlet))
    told += between("coalesce(f.as_of, a.published)", options.get("since"), options.get("until"))
    if (place := options.get("place")) is not None:
        # Which of the places that its article names is a figure's own is found out afterwards; none of another article is.
        told.append(Condition(_PLACES, (phrase(town_of(place)[0]), town_of(place)[0], fold(place)), few=True))
    return all_of(told)


_PLACES = """f.article IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?
    UNION SELECT e.article FROM identity_names x JOIN links l ON l.identity = x.identity
        JOIN entities e ON e.n = l.entity WHERE x.folded IN (?, ?))"""


def _matters(figured: Iterable[PlacedFigure]) -> list[list[PlacedFigure]]:
    matters = defaultdict[tuple[str, str, str], list[PlacedFigure]](list)
    for one in figured:
        matters[one.matter].append(one)
    return [part for matter in matters.values() for part in _in_time(matter)]


def _in_time(matter: list[PlacedFigure]) -> list[list[PlacedFigure]]:
    """A matter's figures by day, cut where none was told for long; those without a day by themselves at the end."""
    dated = sorted((p for p in matter if p.row["day"]), key=lambda p: (p.row["day"], p.row["n"]))
    parts, last = list[list[PlacedFigure]](), None
    for one in dated:
        day = date.fromisoformat(one.row["day"])
        if last is None or (day - last).days > APART:
            parts.append([])
        parts[-1].append(one)
        last = day
    undated = [p for p in matter if not p.row["day"]]
    return [*parts, *([undated] if undated else [])]


_Pairs = frozenset[frozenset[str]]
"""Ids of counts, two each."""


def _settled(store: Readable, figures: Sequence[int]) -> dict[str, set[str]]:
    """Of figures in rows those that a human found not to clash with others, by their ids."""
    found = defaultdict[str, set[str]](set)
    for a, b in tuples(store, _SETTLED, listed(figures)):
        found[a].add(b)
    return found


_SETTLED = """SELECT f.id, g.id FROM json_each(?) j CROSS JOIN figures f ON f.n = j.value
    CROSS JOIN clashes c ON c.figure_a = f.n CROSS JOIN figures g ON g.n = c.figure_b WHERE c.review = 'rejected'"""


def _ledger(part: Sequence[PlacedFigure], settled: Mapping[str, set[str]]) -> Ledger:
    printings = defaultdict[tuple[object, ...], list[PlacedFigure]](list)
    for one in part:
        printings[one.same].append(one)
    counts = tuple(_count(same) for same in printings.values())
    shown = {p.row["id"]: same[0].row["id"] for same in printings.values() for p in same}
    alike = frozenset(frozenset((shown[a], shown[b])) for a in shown for b in settled.get(a, ()) if b in shown)
    first = part[0]
    if not first.is_comparable:
        return Ledger(first.row["what"], first.thing, _where(part), counts, False, ())
    whole, dated = _wholes(part, dated=False), _wholes(part, dated=True)
    days = {p.row["id"]: p.happened for p in part}
    sided = [(c, days[c.id]) for c in counts if not _SOME_OF.match(c.counted or "")]
    differ = _differ(first.row["what"], [c for c in sided if c[0].id in whole], alike) or _is_altered(part)
    apart = _apart([c for c in sided if c[0].id in dated], alike)
    return Ledger(first.row["what"], first.thing, _where(part), counts, differ, apart)


def _where(part: Sequence[PlacedFigure]) -> str | None:
    """A matter's place as a text prints it, a dateline's only where nothing else does."""
    names = [p.place for p in part if p.place]
    return next((n for n in names if n != n.upper() and "," not in n), readable(names[0]) if names else None)


def _is_altered(part: Sequence[PlacedFigure]) -> bool:
    """Whether a copy prints another number where the other prints one, after the same words."""
    articles = defaultdict[int, set[int]](set)
    for one in part:
        articles[one.row["cluster"]].add(one.row["article"])
    spots = defaultdict[tuple[object, ...], dict[float, set[int]]](dict)
    for one in part:
        row = one.row
        if row["value"] is not None and len(row["before"]) == BEFORE and len(articles[row["cluster"]]) > 1:
            spot = row["cluster"], fold(row["before"]), row["counted"], one.claimant, row["low"] is None
            spots[spot].setdefault(row["value"], set()).add(row["article"])
    return any(a.isdisjoint(b) for values in spots.values() for a, b in combinations(values.values(), 2))


def _wholes(part: Iterable[PlacedFigure], *, dated: bool) -> set[str]:
    """The figures that others may be held against: of those that one claimant gives in one sentence the largest.

    The others are parts of it ("five people, including two children") or come to it ("seven more, bringing the toll to 19").
    `dated`: only such as are of a day; a count of none is an older one.
    """
    told = defaultdict[tuple[object, ...], list[PlacedFigure]](list)
    for one in part:
        row = one.row
        if row["as_of"] or not dated:
            told[
                row["article"], one.sentence, row["as_of"] if dated else None, row["claiming"], row["narrated"]
            ].append(one)
    return {max(same, key=_size).row["id"] for same in told.values()}


def _size(one: PlacedFigure) -> float:
    return next((float(n) for n in (one.row["value"], one.row["low"], one.row["high"]) if n is not None), 0.0)


def _count(same: Sequence[PlacedFigure]) -> Count:
    row = same[0].row
    return Count(
        id=row["id"],
        article=article_ref(row),
        span=Span(row["start"], row["end"]),
        words=row["words"],
        value=row["value"],
        low=row["low"],
        high=row["high"],
        counted=row["counted"],
        as_of=row["as_of"],
        day=row["day"],
        claimed_by=NARRATION if row["narrated"] else row["claiming"],
        claimant=same[0].claimant,
        printed=len({p.row["article_id"] for p in same}),
        sources=len({p.row["cluster"] for p in same}),
        standing=row["standing"],
    )


_Sided = tuple[Count, str | None]
"""A count, with the day that its sentence tells of what happened."""


def _apart(counts: Sequence[_Sided], alike: _Pairs) -> tuple[Count, ...]:
    """The counts of the first day on which two claimants gave such as exclude each other, but for those that are `alike`."""
    days = defaultdict[str, list[_Sided]](list)
    for count in counts:
        if count[0].day and count[0].claimed_by is not None:
            days[count[0].day].append(count)
    for day in sorted(days):
        pairs = combinations(days[day][:COMPARED], 2)
        told = {id(c): c for a, b in pairs if _by_two(a[0], b[0]) and _exclude(a, b, alike) for c in (a[0], b[0])}
        if told:
            return tuple(told.values())
    return ()


def _by_two(a: Count, b: Count) -> bool:
    one, other = (c.claimant or f"{c.claimed_by} {c.article.id}" for c in (a, b))
    return one != other


_SOME_OF = re.compile(r"(?:\w+ )?of\b|(?:more|further|other|additional)\b", re.IGNORECASE)
_SORTS = re.compile(
    r"\b(?:child(?:ren)?|wom[ae]n|girls?|boys?|bab(?:y|ies)|infants?|toddlers?|minors?|teenagers?|pupils?|schoolchildren|students?"
    r"|officers?|policem[ae]n|guards?|soldiers?|firefighters?|rescuers?|medics?|nurses?|doctors?|teachers?|journalists?"
    r"|foreigners?|tourists?)$",
    re.IGNORECASE,
)
"""Sorts of people of whom a count is none of all: nine children, or two officers, may be among 34 dead."""


GROWS = frozenset(("killed", "wounded"))
"""Whoever is so stays so: a count that grows from day to day may be right each time, one that shrinks is not. Of others neither
tells anything: the missing are found, those detained let go.
"""


def _differ(what: str, counts: Sequence[_Sided], alike: _Pairs) -> bool:
    """Whether any two exclude each other: of one day, and of what only grows also a later that is less."""
    if alike or any(day or _sort(c) for c, day in counts):
        pairs = combinations(counts[:MOST_COMPARED], 2)
        return any(_exclude(a, b, alike) and _is_of_one(what, a[0], b[0]) for a, b in pairs)
    days, before = defaultdict[str, list[Count]](list), list[float]()
    for count, _ in counts:
        days[count.day or ""].append(count)
    for day in sorted(days):
        lows = [c.low for c in days[day] if c.low is not None]
        highs = [c.high for c in days[day] if c.high is not None]
        told = [*lows, *before]
        if told and highs and max(told) > min(highs):
            return True
        before = [max(told)] if told and what in GROWS else []
    return False


def _is_of_one(what: str, a: Count, b: Count) -> bool:
    """Whether one of two that exclude each other must be wrong, by their days."""
    if a.day == b.day or a.day is None or b.day is None:
        return True
    first, last = (a, b) if a.day < b.day else (b, a)
    return what in GROWS and _is_more(first, last)


MOST_COMPARED = 400
"""Counts of one matter of which any two are held against each other."""


def _exclude(a: _Sided, b: _Sided, alike: _Pairs) -> bool:
    """Whether the least that one of two allows is more than the most of the other, of one sort of people and one day.

    `alike`: of which somebody said that they do not.
    """
    if (a[1] and b[1] and a[1] != b[1]) or frozenset((a[0].id, b[0].id)) in alike:
        return False
    return _is_more(a[0], b[0]) or _is_more(b[0], a[0])


def _is_more(a: Count, b: Count) -> bool:
    """Whether one allows no number that another does, being more; of a sort nothing is told by a count of others or all."""
    if a.low is None or b.high is None or a.low <= b.high:
        return False
    return _sort(b) is None or _sort(a) == _sort(b)


def _sort(count: Count) -> str | None:
    found = _SORTS.search(count.counted or "")
    return found[0].lower() if found else None
