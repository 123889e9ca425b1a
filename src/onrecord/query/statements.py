"""Rows of statements and articles as values, a page at a time."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from onrecord.query.bare import sentences_of
from onrecord.query.firsts import altered_from
from onrecord.query.handing import around, named
from onrecord.query.pages import Appearance, ArticleRef, Named, Said, Utterance
from onrecord.query.printed import as_printed
from onrecord.query.rows import Readable, listed, rows, spans, tuples
from onrecord.records import JOINT
from onrecord.store.connecting import translated
from onrecord.store.correcting import Overruled, overruled

MOST_APPEARANCES = 50
"""Printings of one utterance that are listed; all are counted."""

ARTICLE = """a.id AS article_id, a.source_id, a.title, a.outlet, a.agency, a.byline, a.published, a.url,
    a.standing AS article_standing, o.id AS copy_of"""
ARTICLE_COPIES = "LEFT JOIN copies c ON c.article = a.n AND c.origin != a.n LEFT JOIN articles o ON o.n = c.origin"

_STATEMENTS = f"""
    SELECT s.*, {ARTICLE}, up.id AS inside_id,
        coalesce(ti.name, s.target) AS target_name, ti.id AS target_identity,
        coalesce(di.name, s.addressee) AS addressee_name, di.id AS addressee_identity
    FROM statements s JOIN articles a ON a.n = s.article {ARTICLE_COPIES}
    LEFT JOIN links tl ON tl.entity = s.target_entity LEFT JOIN identities ti ON ti.n = tl.identity
    LEFT JOIN links dl ON dl.entity = s.addressee_entity LEFT JOIN identities di ON di.n = dl.identity
    LEFT JOIN statements up ON up.n = s.inside
    WHERE s.n IN (SELECT value FROM json_each(?))"""
_SPEAKERS = """
    SELECT p.statement, coalesce(i.name, e.name) AS name, i.id AS identity
    FROM statement_speakers p JOIN entities e ON e.n = p.entity
    LEFT JOIN links l ON l.entity = p.entity LEFT JOIN identities i ON i.n = l.identity
    WHERE p.statement IN (SELECT value FROM json_each(?)) ORDER BY p.statement, p.position"""
_PRINTED = """
    SELECT n, speaker FROM statements WHERE n IN (SELECT value FROM json_each(?)) AND speaker IS NOT NULL"""
_APPEARANCES = f"""
    SELECT p.origin, p.similarity, p.altered, s.content,
        s.id AS statement, s.standing, coalesce(c.origin, a.n) AS cluster, {ARTICLE}
    FROM appearances p JOIN statements s ON s.n = p.statement JOIN articles a ON a.n = s.article
    LEFT JOIN copies c ON c.article = a.n LEFT JOIN articles o ON o.n = c.origin AND c.origin != a.n
    WHERE p.origin IN (SELECT value FROM json_each(?)) AND s.standing != 'superseded'
    ORDER BY p.origin, a.published IS NULL, a.published, o.n IS NOT NULL, coalesce(a.published_time, a.published), p.statement"""


def said(store: Readable, numbers: Sequence[int]) -> dict[int, Said]:
    """The statements in the given rows."""
    who = _speakers(store, numbers)
    with translated(store.path):
        amended = overruled(store.connection, numbers)
    found = rows(store, _STATEMENTS, listed(numbers))
    handed = _handed_on(store, [row["n"] for row in found if row["inside_id"] is not None])
    whole = sentences_of(store, {row["n"]: row["content"] or "" for row in found})
    return {
        n: _said(row, tuple(who[n]), amended.get(n, ()), handed.get(n, ()), whole.get(n))
        for row in found
        for n in (row["n"],)
    }


def _handed_on(store: Readable, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Who hands on the statements in the given rows, the next one first."""
    if not numbers:
        return {}
    outer = around(store, numbers)
    names = speakers(store, sorted({at for several in outer.values() for at, _ in several}))
    return {n: named(several, names) for n, several in outer.items()}


def speakers(store: Readable, numbers: Sequence[int]) -> dict[int, str]:
    """The speakers' names of the statements in the given rows, of those that have any."""
    printed = dict(tuples(store, _PRINTED, listed(numbers)))
    names = {n: joint(named, printed.get(n)) for n, named in _speakers(store, numbers).items()}
    return printed | {n: name for n, name in names.items() if name is not None}


def joint(speakers: Sequence[Named], printed: str | None) -> str | None:
    """The names of those who speak together; as printed, where not all of them are known."""
    if printed is not None and len(speakers) < len(printed.split(JOINT)):
        return printed
    return JOINT.join(s.name for s in speakers) or printed


def _speakers(store: Readable, numbers: Sequence[int]) -> dict[int, list[Named]]:
    found = defaultdict[int, list[Named]](list)
    for row in rows(store, _SPEAKERS, listed(numbers)):
        found[row["statement"]].append(Named(row["name"], row["identity"]))
    return found


def utterances(store: Readable, shown: Sequence[tuple[int, int | None]], *, withdrawn: bool) -> list[Utterance]:
    """An utterance for each pair of the statement to show and the origin that it is a printing of (None: printed once).

    Printings in withdrawn articles are neither listed nor counted, unless `withdrawn`.
    """
    statements = said(store, [n for n, _ in shown])
    printings = _printings(store, {origin for _, origin in shown if origin is not None}, withdrawn=withdrawn)
    return [_utterance(statements[n], printings.get(origin or -1)) for n, origin in shown]


class _Printings:
    """What is counted of an utterance's printings."""

    def __init__(self, first: sqlite3.Row) -> None:
        self.first, self._altered = first, _altered(first)
        self.appearances = list[Appearance]()
        self.outlets = set[str | None]()
        self.articles, self.sources = set[str](), set[int]()

    def add(self, row: sqlite3.Row) -> None:
        self.outlets.add(row["outlet"])
        self.articles.add(row["article_id"])
        self.sources.add(row["cluster"])
        if len(self.appearances) < MOST_APPEARANCES:
            altered = tuple(
                (as_printed(before, self.first["content"]), as_printed(after, row["content"]))
                for before, after in altered_from(self._altered, _altered(row))
            )
            alike = 1.0 if row is self.first else min(row["similarity"], self.first["similarity"])
            self.appearances.append(Appearance(row["statement"], article_ref(row), alike, altered, row["standing"]))


def _altered(row: sqlite3.Row) -> list[tuple[str, str]]:
    """What a printing alters of the one that the store compares all with: the first by the hour, which may be a copy."""
    return [(before, after) for before, after in json.loads(row["altered"])]


def _printings(store: Readable, origins: Iterable[int], *, withdrawn: bool) -> dict[int, _Printings]:
    found = dict[int, _Printings]()
    for row in rows(store, _APPEARANCES, listed(origins)):
        if withdrawn or row["standing"] == "current":
            if row["origin"] not in found:
                found[row["origin"]] = _Printings(row)
            found[row["origin"]].add(row)
    return found


def _utterance(shown: Said, printings: _Printings | None) -> Utterance:
    if printings is None:
        alone = Appearance(shown.id, shown.article, 1.0, (), shown.standing)
        return Utterance(shown.id, shown, 1, 1, 1, shown.article, (alone,))
    first = printings.appearances[0]
    outlets = len(printings.outlets - {None}) or 1
    counts = (len(printings.articles), outlets, len(printings.sources))
    return Utterance(first.statement, shown, *counts, first.article, tuple(printings.appearances))


def article_ref(row: sqlite3.Row) -> ArticleRef:
    """The columns that ARTICLE selects."""
    return ArticleRef(
        row["article_id"],
        row["source_id"],
        row["title"],
        row["outlet"],
        row["agency"],
        row["byline"],
        row["published"],
        row["url"],
        row["article_standing"],
        row["copy_of"],
    )


def _said(
    row: sqlite3.Row,
    speakers: tuple[Named, ...],
    amended: tuple[Overruled, ...],
    told_by: tuple[str, ...],
    sentence: str | None,
) -> Said:
    return Said(
        id=row["id"],
        article=article_ref(row),
        form=row["form"],
        source=row["source"] or "",
        cue=row["cue"],
        content=row["content"] or "",
        source_spans=spans(row["source_spans"]),
        cue_spans=spans(row["cue_spans"]),
        content_spans=spans(row["content_spans"]),
        speaker=joint(speakers, row["speaker"]),
        speakers=speakers,
        printed=row["speaker"],
        speaker_kind=row["speaker_kind"],
        speaker_basis=row["speaker_basis"],
        speaker_reason=row["speaker_reason"],
        speaker_score=row["speaker_score"],
        act=row["act"],
        act_class=row["act_class"],
        act_plover=row["act_plover"],
        act_score=row["act_score"],
        target=name_in(row, "target"),
        addressee=name_in(row, "addressee"),
        inside=row["inside_id"],
        day=row["day"],
        said_date=row["said_date"],
        said_edtf=row["said_edtf"],
        said_basis=row["said_basis"],
        score=row["score"],
        standing=row["standing"],
        corrected=amended,
        told_by=told_by,
        sentence=sentence,
    )


def name_in(row: sqlite3.Row, role: str) -> Named | None:
    """Who plays a role in a row."""
    name = row[f"{role}_name"]
    return None if name is None else Named(name, row[f"{role}_identity"])
