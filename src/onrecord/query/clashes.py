"""``clashes``: where accounts differ, the surest first; both sides with who, when and where, and whose they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack, get_args

from onrecord.query.collisions import Collision, CollisionInFull, CollisionSide, Passage, Review
from onrecord.query.cursors import page_size, read_cursor, write_cursor
from onrecord.query.days import within
from onrecord.query.filters import SPOKEN_BY, check_code
from onrecord.query.meaning import ABOUT, near
from onrecord.query.names import identity_of
from onrecord.query.once import RANK, Told, told_as_found, told_first, told_once
from onrecord.query.options import strict
from onrecord.query.pages import ArticleRef, Count, Page, Utterance
from onrecord.query.rows import Readable, listed, rows, spans, tuples
from onrecord.query.show import find_article
from onrecord.query.statements import ARTICLE, ARTICLE_COPIES, article_ref, speakers, utterances
from onrecord.query.syntax import read_search
from onrecord.records import ClashKind, Span, UnclearError, words_of
from onrecord.store.reading import ID_DIGITS_LEAST, id_range
from onrecord.store.reviewing import VERDICTS

if TYPE_CHECKING:
    from onrecord.analysis.sentences import EmbedTexts

KINDS: tuple[str, ...] = get_args(ClashKind)
Reviews = Literal["accepted", "rejected", "any", "none"]
REVIEWS: tuple[str, ...] = get_args(Reviews)

COMPARED = 20_000
"""Statements with the words of a topic that are looked at, those stored last."""
MEANT = 500
"""Statements that mean something near a topic."""
CHUNK = 200
"""Clashes that are read at once where some are passed over."""

_CURSOR = "clashes"


class ClashOptions(TypedDict, total=False):
    """Options of a question about clashes.

    `about`: words of a topic, in either side or in what both share. `between`: two names or identities' ids, each speaks one
    side. `speaker`: speaks one of them. `kind`: one of KINDS. `article`: one side stands in it. `since`, `until`: the day on
    which it arose. `reviewed`: "accepted", "rejected", "none" (no verdict), "any"; else all but the rejected. `least`: a score.
    """

    about: str | None
    between: tuple[str, str] | None
    speaker: str | None
    kind: str | None
    article: str | None
    since: str | None
    until: str | None
    reviewed: Reviews | None
    least: float | None


@strict(ClashOptions)
def clashes(
    store: Readable,
    *,
    embedder: EmbedTexts | None = None,
    size: int = 20,
    cursor: str | None = None,
    **options: Unpack[ClashOptions],
) -> Page[Collision]:
    """Clashes that the options fit, the surest first; of those that tell the same two utterances one, by the first printings.

    Both sides stand: what was withdrawn or superseded takes its clashes along. With an `embedder` a topic is found by meaning
    too.
    """
    page_size(size)
    at = read_cursor(_CURSOR, cursor, float, int)
    condition, values = _where(store, embedder, options)
    reviewed = check_code("reviewed", options.get("reviewed"), REVIEWS)
    wanted = condition + _REVIEWED[reviewed]
    found = list[Told]()
    while len(found) <= size:
        place, more = ("", ()) if at is None else (f" AND {_AFTER}", (at[0], at[0], at[1]))
        sql = (
            f"SELECT c.*, {RANK} AS rank FROM clashes c WHERE 1{wanted}{place} ORDER BY {RANK} DESC, c.n LIMIT {CHUNK}"
        )
        chunk = rows(store, sql, *values, *more)
        found += told_once(store, chunk, condition, values, reviewed)
        if len(chunk) < CHUNK:
            break
        at = [chunk[-1]["rank"], chunk[-1]["n"]]
    page = found[:size]
    following = write_cursor(_CURSOR, page[-1].rank, page[-1].n) if len(found) > size else None
    return Page(_listed(store, page), cursor=following, total=_total(store, condition, values, reviewed))


@strict(ClashOptions)
def found_last(store: Readable, *, size: int = 20, **options: Unpack[ClashOptions]) -> tuple[Collision, ...]:
    """The same clashes, by the words of a topic alone, those found last first."""
    page_size(size)
    condition, values = _where(store, None, options)
    reviewed = check_code("reviewed", options.get("reviewed"), REVIEWS)
    sql = f"""SELECT c.*, {RANK} AS rank FROM clashes c WHERE c.n < ?{condition}{_REVIEWED[reviewed]}
        ORDER BY c.n DESC LIMIT {CHUNK}"""
    found, before = list[Told](), (1 << 63) - 1
    # Rows are numbered as they are found, and one that is found again keeps its number.
    while len(found) < size and (chunk := rows(store, sql, before, *values)):
        found += told_as_found(store, chunk, condition, values, reviewed)
        before = chunk[-1]["n"]
    return _listed(store, sorted(found[:size], key=lambda told: told.row["found"], reverse=True))


def _total(store: Readable, condition: str, values: tuple[object, ...], reviewed: str | None) -> int | None:
    """How many are listed, where no more than a chunk fit: of more it would have to be asked one by one which tell the same."""
    sql = f"SELECT c.*, {RANK} AS rank FROM clashes c WHERE 1{condition}{_REVIEWED[reviewed]} ORDER BY {RANK} DESC, c.n LIMIT ?"
    chunk = rows(store, sql, *values, CHUNK)
    return sum(1 for _ in told_once(store, chunk, condition, values, reviewed)) if len(chunk) < CHUNK else None


_AFTER = f"({RANK} < ? OR ({RANK} = ? AND c.n > ?))"
_SAID = "SELECT n FROM clashes WHERE a IN ({0}) UNION SELECT n FROM clashes WHERE b IN ({0})"
# Statement by statement: a list of all that somebody said would be made first.
_SPOKEN = " UNION ".join(
    f"""SELECT x.n FROM links l CROSS JOIN statement_speakers p ON p.entity = l.entity
        CROSS JOIN clashes x ON x.{side} = p.statement WHERE l.identity = ?"""
    for side in "ab"
)
_LISTED = "SELECT value FROM json_each(?)"


def _listed(store: Readable, page: Sequence[Told]) -> tuple[Collision, ...]:
    made = collisions(store, [told.row for told in page])
    return tuple(
        replace(one, score=None if one.score is None else told.rank, others=told.others)
        for one, told in zip(made, page, strict=True)
    )


def _where(store: Readable, embedder: EmbedTexts | None, options: ClashOptions) -> tuple[str, tuple[object, ...]]:
    """``AND …`` of all conditions on ``clashes c`` but that on verdicts, and their values."""
    conditions, values = list[str](), list[object]()

    def among(sql: str, *given: object) -> None:
        conditions.append(f"c.n IN ({sql})")
        values.extend(given)

    if (kind := check_code("kind", options.get("kind"), KINDS)) is not None:
        conditions.append("c.kind = ?")
        values.append(kind)
    if (between := options.get("between")) is not None:
        one, other = (identity_of(store, name) for name in between)
        among(_BETWEEN, one, other, other, one)
    if (speaker := options.get("speaker")) is not None:
        number = identity_of(store, speaker)
        among(_SPOKEN, number, number)
    if (article := options.get("article")) is not None:
        number = find_article(store, article)
        among(
            "SELECT n FROM clashes WHERE article_a = ? UNION SELECT n FROM clashes WHERE article_b = ?", number, number
        )
    if (about := options.get("about")) is not None:
        said, like = _topic(store, about, embedder)
        narrated = f"SELECT n FROM clashes WHERE (a IS NULL OR b IS NULL){like[0]}"
        among(f"{_SAID.format(_LISTED)} UNION {narrated}", said, said, *like[1])
    days, given = within("c.day", options.get("since"), options.get("until"))
    conditions += days
    values += given
    if (least := options.get("least")) is not None:
        conditions.append(f"{RANK} >= ?")
        values.append(least)
    return "".join(f" AND {condition}" for condition in conditions), tuple(values)


_REVIEWED: dict[str | None, str] = {
    None: " AND c.review IS NOT 'rejected'",
    "any": "",
    "none": " AND c.review IS NULL",
    "accepted": " AND c.review = 'accepted'",
    "rejected": " AND c.review = 'rejected'",
}
_SPEAKS = """EXISTS (SELECT 1 FROM statement_speakers p JOIN links l ON l.entity = p.entity
    WHERE p.statement = {} AND l.identity = ?)"""
_BETWEEN = f"""SELECT c.n FROM clashes c WHERE c.a IN ({SPOKEN_BY}) AND {_SPEAKS.format("c.b")}
    UNION SELECT c.n FROM clashes c WHERE c.a IN ({SPOKEN_BY}) AND {_SPEAKS.format("c.b")}"""


def _topic(store: Readable, about: str, embedder: EmbedTexts | None) -> tuple[str, tuple[str, list[object]]]:
    """Statements with the words or near their meaning; and for clashes of the narration a condition on what both sides share."""
    query, found = read_search(about), list[int]()
    if query.clauses:
        sql = f"SELECT rowid FROM statements_fts WHERE statements_fts MATCH ? ORDER BY rowid DESC LIMIT {COMPARED}"
        found += [n for (n,) in tuples(store, sql, query.expression)]
        if embedder is not None:
            found += [n for n, _ in near(store, embedder, about, count=MEANT, among=None, least=ABOUT)]
    words = [w for w in about.split() if w.isalnum()]
    like = "".join(" AND about LIKE ?" for _ in words) if words else " AND 0"
    return listed(found), (like, [f"%{w}%" for w in words])


def of_article(store: Readable, article: int) -> tuple[Collision, ...]:
    """The clashes whose earlier side stands in the article of a row, whatever a human said of them, the surest first.

    Of those that tell the same two utterances the one of the first printings is there, with whichever article that is.
    """
    sql = f"SELECT c.*, {RANK} AS rank FROM clashes c WHERE c.article_a = ? ORDER BY {RANK} DESC, c.id"
    found = list(told_first(store, rows(store, sql, article)))
    return _listed(store, found) if found else ()


# ---------------------------------------------------------------- rows as values


def collisions(store: Readable, found: Sequence[sqlite3.Row]) -> tuple[Collision, ...]:
    """Rows of clashes as values, in their order."""
    numbers = [row[s] for row in found for s in "ab" if row[s] is not None]
    said = _utterances(store, numbers)
    articles = {
        n: (ref, text) for n, ref, text in _articles(store, {row[f"article_{s}"] for row in found for s in "ab"})
    }
    figures = _figures(store, [row[f"figure_{s}"] for row in found for s in "ab" if row[f"figure_{s}"] is not None])
    reviews = {r["n"]: Review(VERDICTS[r["kind"]], r["note"], r["made"], r["id"]) for r in _decisions(store, found)}
    made = []
    for row in found:
        a, b = (
            _account(
                articles[row[f"article_{s}"]], said.get(row[s]), figures.get(row[f"figure_{s}"]), spans(row[f"why_{s}"])
            )
            for s in "ab"
        )
        clusters = [ref.copy_of or ref.id for ref in (a.article, b.article)]
        made.append(
            Collision(
                row["id"], row["kind"], row["about"], a, b, row["score"], row["day"], clusters[0] != clusters[1],
                row["found"], reviews.get(row["decision"]),
            )
        )  # fmt: skip
    return tuple(made)


def _account(
    article: tuple[ArticleRef, str], utterance: Utterance | None, figure: Count | None, why: tuple[Span, ...]
) -> CollisionSide:
    ref, text = article
    said = utterance.said if utterance is not None else None
    if utterance is not None and said is not None:
        at = said.content_spans or said.cue_spans
        who, day, standing = said.speaker, said.day, said.standing
        counts = (utterance.printed, utterance.outlets, utterance.sources)
    else:
        assert figure is not None  # a side has one of the two
        at, who, counts = (figure.span,), None, (figure.printed, 1, figure.sources)
    if figure is not None:
        day = figure.as_of or figure.day
        # Both are to stand: a later version may repeat the number and not who gives it.
        standing = figure.standing if said is None or said.standing == "current" else said.standing
    return CollisionSide(
        ref,
        said,
        figure,
        who,
        words_of(text, at),
        at,
        why,
        tuple(s.of(text) for s in why),
        day,
        *counts,
        standing,
    )


def _utterances(store: Readable, numbers: Sequence[int]) -> dict[int, Utterance]:
    unique = list(dict.fromkeys(numbers))
    sql = "SELECT statement, origin FROM appearances WHERE statement IN (SELECT value FROM json_each(?))"
    origins = dict(tuples(store, sql, listed(unique)))
    found = utterances(store, [(n, origins.get(n)) for n in unique], withdrawn=False)
    return dict(zip(unique, found, strict=True))


def _articles(store: Readable, numbers: Iterable[int]) -> list[tuple[int, ArticleRef, str]]:
    sql = (
        f"SELECT a.n, a.text, {ARTICLE} FROM articles a {ARTICLE_COPIES} WHERE a.n IN (SELECT value FROM json_each(?))"
    )
    return [(row["n"], article_ref(row), row["text"]) for row in rows(store, sql, listed(numbers))]


def _figures(store: Readable, numbers: Sequence[int]) -> dict[int, Count]:
    sql = f"""SELECT f.*, s.id AS claimed, substr(a.text, f."start" + 1, f."end" - f."start") AS words, {ARTICLE}
        FROM figures f JOIN articles a ON a.n = f.article {ARTICLE_COPIES} LEFT JOIN statements s ON s.n = f.claimed_by
        WHERE f.n IN (SELECT value FROM json_each(?))"""
    found = rows(store, sql, listed(numbers))
    names = speakers(store, [row["claimed_by"] for row in found if row["claimed_by"] is not None])
    return {row["n"]: _count(row, names.get(row["claimed_by"])) for row in found}


def _count(row: sqlite3.Row, claimant: str | None) -> Count:
    by = "narration" if row["narrated"] else row["claimed"]
    return Count(
        row["id"], article_ref(row), Span(row["start"], row["end"]), row["words"], row["value"], row["low"], row["high"],
        row["counted"], row["as_of"], row["as_of"] or row["published"], by, claimant, 1, 1, row["standing"],
    )  # fmt: skip


def _decisions(store: Readable, found: Sequence[sqlite3.Row]) -> list[sqlite3.Row]:
    sql = "SELECT n, id, kind, note, made FROM decisions WHERE n IN (SELECT value FROM json_each(?))"
    return rows(store, sql, listed(row["decision"] for row in found if row["decision"] is not None))


# ---------------------------------------------------------------- one of them


def clash(store: Readable, name: str) -> CollisionInFull:
    """A clash, by its id or the beginning of it, with both passages. Raises UnclearError."""
    row = rows(store, "SELECT c.* FROM clashes c WHERE c.id = ?", find_clash(store, name))[0]
    (one,) = collisions(store, [row])
    return CollisionInFull(one, *(_passage(store, side) for side in (one.a, one.b)))


def find_clash(store: Readable, name: str) -> str:
    """The whole id of the clash that an id or its beginning means. Raises UnclearError."""
    begin = name if name.startswith("cls-") else f"cls-{name}"
    if len(begin) < ID_DIGITS_LEAST + 4 or set(begin[4:]) - set("0123456789abcdef"):
        raise UnclearError(name, f"no id of a clash (cls- and {ID_DIGITS_LEAST} hex digits or more)")
    found = [
        id_ for (id_,) in tuples(store, "SELECT id FROM clashes WHERE id >= ? AND id < ? LIMIT 9", *id_range(begin))
    ]
    if len(found) != 1:
        reason = "several clashes fit" if found else "no such clash"
        raise UnclearError(name, reason, tuple(found), several=bool(found))
    return str(found[0])


def _passage(store: Readable, side: CollisionSide) -> Passage:
    """From the paragraph that the account begins in to the one that it ends in."""
    sql = "SELECT text, json_extract(layout, '$.paragraphs') FROM articles WHERE id = ?"
    ((text, paragraphs),) = tuples(store, sql, side.article.id)
    everything = [
        *side.spans,
        *side.why,
        *(side.statement.source_spans + side.statement.cue_spans if side.statement else ()),
    ]
    begin, end = min(s.start for s in everything), max(s.end for s in everything)
    around = [p for p in spans(paragraphs) if p.start < end and begin < p.end]
    span = Span(min([begin, *(p.start for p in around)]), max([end, *(p.end for p in around)]))
    return Passage(span, span.of(text))


def wire_clash(one: Collision) -> dict[str, object]:
    """A clash as a line of ``onrecord clashes --format ndjson`` (docs/questions.md)."""

    def side(account: CollisionSide) -> dict[str, object]:
        ref = account.article
        return {
            "article": ref.source_id or ref.id,
            "statement": account.statement.id if account.statement else None,
            "figure": account.figure.id if account.figure else None,
            "spans": [[s.start, s.end] for s in account.spans],
            "speaker": account.speaker,
            "cue": account.statement.cue if account.statement else None,
            "words": account.words,
            "day": account.day,
            "outlet": ref.outlet,
            "sources": account.sources,
            "article_id": ref.id,
        }

    why = [[[s.start, s.end] for s in account.why] for account in (one.a, one.b)]
    review = one.review and {"verdict": one.review.verdict, "note": one.review.note, "made": one.review.made}
    return {
        "id": one.id, "a": side(one.a), "b": side(one.b), "kind": one.kind, "about": one.about, "why": why,
        "score": one.score, "day": one.day, "independent": one.independent, "others": one.others, "review": review,
    }  # fmt: skip
