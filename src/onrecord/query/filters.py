"""What a question about statements is narrowed by, and the SQL that says so.

Every statement is asked for by an index: conditions that leave few of them (a speaker, a target, a small outlet) come as
``s.n IN (…)``, which SQLite begins with; the others are checked on the rows that an order or a full-text search brings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypedDict, Unpack, get_args

from onrecord.codebook import acts
from onrecord.query.days import within
from onrecord.query.names import identity_of
from onrecord.query.options import strict
from onrecord.query.rows import Readable, number, tuples
from onrecord.records import NARRATION, Form, MalformedError, SpeakerKind, UnclearError

FORMS: tuple[Form, ...] = get_args(Form)
KINDS: tuple[SpeakerKind, ...] = get_args(SpeakerKind)

SPOKEN_BY = "SELECT p.statement FROM links l JOIN statement_speakers p ON p.entity = l.entity WHERE l.identity = ?"
PRINTED_BY = "SELECT t.n FROM articles o JOIN statements t ON t.article = o.n WHERE o.outlet = ?"
FEW_ARTICLES = 2_000
"""An outlet with fewer articles is read through whole; statements of one with more are met soon enough in any order."""
AIMED_AT = "SELECT t.n FROM links l JOIN statements t ON t.target_entity = l.entity WHERE l.identity = ?"


class Narrowing(TypedDict, total=False):
    """Options of every question about statements.

    `target`: a name or an identity's id. `since` and `until`: the day said where it is told, else that of
    publication; `published_since` and `published_until`: that of publication; each a year, month or day. `form`, `act` and
    `kind` (of the speaker) are codes. `withdrawn`: with statements whose articles were withdrawn, which are left out otherwise.
    """

    target: str | None
    outlet: str | None
    since: str | None
    until: str | None
    published_since: str | None
    published_until: str | None
    act: str | None
    form: str | None
    kind: str | None
    withdrawn: bool


class Asking(Narrowing, total=False):
    """The same where nobody is asked for already. `speaker`: a name or an identity's id."""

    speaker: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a statement, by itself: identities by row, codes, an outlet, and days between two."""

    speaker: int | None = None
    target: int | None = None
    act: str | None = None
    form: str | None = None
    kind: str | None = None
    outlet: str | None = None
    days: tuple[str | None, str | None] = (None, None)
    published: tuple[str | None, str | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Where:
    """Conditions on ``statements s`` (and, where `articles`, on its ``articles a``), with their values in order.

    `few`: a list of statements to begin with, and its value. `standing` is apart, so that what it leaves out can be counted.
    `outlet`: a large one that is asked for. `wanted`: the same conditions as they were told.
    """

    conditions: tuple[str, ...]
    values: tuple[object, ...]
    articles: bool
    few: tuple[tuple[str, object], ...]
    withdrawn: bool
    outlet: str | None = None
    wanted: Wanted = Wanted()

    @property
    def in_order(self) -> bool:
        """Whether an index has what is asked for in the order of days, or enough of it is met soon in that order."""
        wanted = self.wanted
        rare = wanted.form, wanted.kind, *wanted.published
        return not self.few and all(asked is None for asked in rare) and None in (wanted.act, wanted.outlet)

    @property
    def narrowed(self) -> bool:
        """Whether anything but the standing is asked of a statement."""
        return bool(self.conditions or self.few)

    def sql(self, statement: str = "s.n") -> tuple[str, tuple[object, ...]]:
        """``AND …`` of all conditions but the standing, and its values. `statement`: the column with a statement's number."""
        listed = [f"{statement} IN ({sql})" for sql, _ in self.few]
        values = (*(value for _, value in self.few), *self.values)
        return "".join(f" AND {condition}" for condition in (*listed, *self.conditions)), values

    @property
    def standing(self) -> str:
        """Superseded statements are never listed: a newer version of theirs is."""
        return "s.standing != 'superseded'" if self.withdrawn else "s.standing = 'current'"

    @property
    def join(self) -> str:
        """The articles, where a condition is on them."""
        return " CROSS JOIN articles a INDEXED BY articles_brief ON a.n = s.article" if self.articles else ""


@strict(Asking)
def narrowed(store: Readable, **options: Unpack[Asking]) -> Where:
    """The conditions of the options. Raises UnclearError for a name, MalformedError for a day or code that is none."""
    conditions, values, few = list[str](), list[object](), list[tuple[str, object]]()
    speaker, target = options.get("speaker"), options.get("target")
    wanted = Wanted(
        speaker=None if speaker is None else identity_of(store, speaker, speaks=True),
        target=None if target is None else identity_of(store, target),
        act=check_code("act", options.get("act"), tuple(acts())),
        form=check_code("form", options.get("form"), FORMS),
        kind=check_code("kind", options.get("kind"), KINDS),
        outlet=options.get("outlet"),
        days=(options.get("since"), options.get("until")),
        published=(options.get("published_since"), options.get("published_until")),
    )
    few += [(sql, n) for sql, n in ((SPOKEN_BY, wanted.speaker), (AIMED_AT, wanted.target)) if n is not None]
    for column, code in (("s.form", wanted.form), ("s.speaker_kind", wanted.kind), ("s.act", wanted.act)):
        if code is not None:
            conditions.append(f"{column} = ?")
            values.append(code)
    for more, days in (
        within("s.day", *wanted.days),
        within("a.published", *wanted.published, names=("published-since", "published-until")),
    ):
        conditions += more
        values += days
    large = wanted.outlet is not None and not prints_few(store, check_outlet(store, wanted.outlet))
    if large:
        conditions.append("a.outlet = ?")
        values.append(wanted.outlet)
    elif wanted.outlet is not None:
        few.append((PRINTED_BY, wanted.outlet))
    return Where(
        tuple(conditions),
        tuple(values),
        large or any(day is not None for day in wanted.published),
        tuple(few),
        bool(options.get("withdrawn")),
        outlet=wanted.outlet if large else None,
        wanted=wanted,
    )


def check_outlet(store: Readable, outlet: str) -> str:
    """The outlet. Raises UnclearError where it printed nothing: nothing would be found, and nobody told why."""
    if not tuples(store, "SELECT 1 FROM articles WHERE outlet = ? LIMIT 1", outlet):
        like = f"%{outlet.strip()}%"
        near = tuples(store, "SELECT DISTINCT outlet FROM articles WHERE outlet LIKE ? ORDER BY outlet LIMIT 5", like)
        raise UnclearError(
            outlet, f"no outlet in the record is called so{', alike are' if near else ''}", tuple(o for (o,) in near)
        )
    return outlet


def prints_few(store: Readable, outlet: str) -> bool:
    """Whether an outlet has so few articles that they can all be looked up."""
    count = "SELECT count(*) FROM (SELECT 1 FROM articles WHERE outlet = ? LIMIT ?)"
    return number(store, count, outlet, FEW_ARTICLES) < FEW_ARTICLES


def check_code(name: str, code: object, known: Sequence[str]) -> str | None:
    """The code. Raises MalformedError where it is none of those known: nothing would be found, and nobody told why."""
    if code is not None and code not in known:
        raise MalformedError(name, f"{code!r} is none of {', '.join(known)}")
    return None if code is None else str(code)


class Condition(NamedTuple):
    """A condition in SQL, and its values. `few`: it leaves few rows, which come by an index."""

    sql: str
    values: tuple[object, ...] = ()
    few: bool = False


def all_of(told: Sequence[Condition]) -> Condition:
    """``AND …`` of each."""
    sql = "".join(f" AND {one.sql}" for one in told)
    return Condition(sql, tuple(value for one in told for value in one.values), any(one.few for one in told))


def between(column: str, since: str | None, until: str | None) -> list[Condition]:
    """That a day is one of those between two."""
    return [Condition(sql, (day,)) for sql, day in zip(*within(column, since, until), strict=True)]


def printed_in(store: Readable, alias: str, outlet: str) -> Condition:
    """That the article of a row is of an outlet: for rows of a table called `alias` that come with their ``articles a``."""
    if prints_few(store, check_outlet(store, outlet)):
        return Condition(f"{alias}.article IN (SELECT o.n FROM articles o WHERE o.outlet = ?)", (outlet,), few=True)
    return Condition("a.outlet = ?", (outlet,))


def asserted_by(store: Readable, alias: str, table: str, column: str, name: str) -> Condition:
    """That a row is told by the narration, or by a statement (in `column`) of whoever is called `name`. Raises UnclearError."""
    if name == NARRATION:
        return Condition(f"{alias}.narrated = 1")
    sql = f"""{alias}.n IN (SELECT x.n FROM links l JOIN statement_speakers q ON q.entity = l.entity
        JOIN {table} x ON x.{column} = q.statement WHERE l.identity = ?)"""
    return Condition(sql, (identity_of(store, name, speaks=True),), few=True)
