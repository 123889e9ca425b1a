"""What the whole record knows of one article's entries: how often each statement was printed, and who its names are."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.query.pages import Named, Utterance
from onrecord.query.rows import Readable, tuples
from onrecord.query.statements import utterances

_STATEMENTS = """
    SELECT s.n, p.origin FROM articles a CROSS JOIN statements s ON s.article = a.n LEFT JOIN appearances p ON p.statement = s.n
    WHERE a.id = ? AND s.superseded_by IS NULL ORDER BY s.position"""
_PEOPLE = """
    SELECT e.id, coalesce(i.name, e.name), i.id FROM articles a CROSS JOIN entities e ON e.article = a.n
    LEFT JOIN links l ON l.entity = e.n LEFT JOIN identities i ON i.n = l.identity WHERE a.id = ?"""


@dataclass(frozen=True, slots=True)
class Inside:
    """Of one article: its statements by id, each with where else it is printed, and by its entities' ids who they are."""

    statements: dict[str, Utterance]
    people: dict[str, Named]


def inside(store: Readable, article: str) -> Inside:
    """What is known of the entries of the article with that id."""
    found = utterances(store, [(n, origin) for n, origin in tuples(store, _STATEMENTS, article)], withdrawn=True)
    people = {id_: Named(name, identity) for id_, name, identity in tuples(store, _PEOPLE, article)}
    return Inside({u.said.id: u for u in found}, people)
