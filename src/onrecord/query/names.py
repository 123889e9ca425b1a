"""Whom a name means: identities by id, by name, or by a part of a name. Never a guess: several that fit are told as choices."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from onrecord.query.pages import Choice
from onrecord.query.rows import Readable, listed, number, strings, tuples
from onrecord.query.syntax import read_query
from onrecord.records import UnclearError
from onrecord.store.connecting import translated
from onrecord.store.folding import fold
from onrecord.store.reading import id_range
from onrecord.store.tallying import is_tallied, origins_of_copies

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_CHOICES = 20
CLOSE = 80
"""Of 100 (rapidfuzz WRatio), from here on a name is offered to whoever misspelt another. Only offered, never taken."""
COUNTED = 1_000
"""Statements and articles of an identity are counted up to here where they are only evidence for a choice, or one of many."""

SEVERAL = 8
"""Identities, of more than which evidence is counted at once."""

_ID = re.compile(r"[a-z]+-[0-9a-f]{4,}|Q[1-9]\d*")


def resolve(store: Readable, name: str) -> Choice:
    """The one identity that `name` means: its id or the beginning of it, a name or alias of it, or whole words of one.

    Raises UnclearError, with the choices there are, where several fit or none.
    """
    return _only(name, candidates(store, name), store)


def identity_of(store: Readable, name: str, *, speaks: bool = False) -> int:
    """The row of the one identity that `name` means, as `resolve` (or, where somebody speaks, `speaking`) tells it.

    Of a whole id nothing is counted, which takes milliseconds of somebody who said much.
    """
    if _ID.fullmatch(name) and (exact := tuples(store, "SELECT n FROM identities WHERE id = ?", name)):
        return int(exact[0][0])
    return identity_number(store, (speaking(store, name)[0] if speaks else resolve(store, name)).identity)


def candidates(store: Readable, name: str) -> tuple[Choice, ...]:
    """Everybody whom `name` may mean, those with most statements first: by id, else by whole name, else by words of a name."""
    return choices(store, _by_id(store, name) or _by_name(store, name) or _by_words(store, name))


def speaking(store: Readable, name: str) -> tuple[Choice, tuple[Choice, ...]]:
    """Whom `name` means where a speaker is asked for, and who else bears it but said nothing.

    Where several bear the name and one of them ever said something, it is that one: no other has an answer to give. Of
    speakers without a name of their own ("coast guard") an UnclearError tells how to search for what they say.
    """
    found = candidates(store, name)
    if not found and (unnamed := _unnamed(store, name)):
        raise UnclearError(name, unnamed, choices(store, _alike(store, name)))
    spoke = [choice for choice in found if choice.statements]
    if len(spoke) == 1:
        return spoke[0], tuple(c for c in found if c is not spoke[0])
    return _only(name, found, store), ()


def namesakes(store: Readable, name: str, known: Iterable[str]) -> tuple[Choice, ...]:
    """Others who spoke and have `name`, one word, among the words of a name of theirs, where an alias decided whom it means.

    `known`: identities that are told of already.
    """
    if len(fold(name).split()) != 1 or not _by_name(store, name):
        return ()
    told = set(known)
    found = choices(store, _by_words(store, name)[:MOST_CHOICES])
    return tuple(c for c in found if c.statements and c.identity not in told)


def spelt_alike(store: Readable, who: Choice) -> tuple[Choice, ...]:
    """Others who spoke, with names spelt like that of one who said nothing: whoever asks for him may mean one of them."""
    if who.statements:
        return ()
    near = choices(store, _sounding(store, who.name) if len(fold(who.name).split()) == 1 else _alike(store, who.name))
    return tuple(c for c in near if c.statements and c.identity != who.identity)[:MOST_CHOICES]


def _only(name: str, found: Sequence[Choice], store: Readable) -> Choice:
    if len(found) == 1:
        return found[0]
    if found:
        more = f" (and {len(found) - MOST_CHOICES:,} more)" if len(found) > MOST_CHOICES else ""
        reason = f"several are called so{more}, name one by its id"
        raise UnclearError(name, reason, tuple(found[:MOST_CHOICES]), several=True)
    near = choices(store, _alike(store, name))
    raise UnclearError(name, f"nobody in the record is called so{', alike are' if near else ''}", near)


_PRINTED = """SELECT count(*) FROM (SELECT 1 FROM statements_fts f CROSS JOIN statements s ON s.n = f.rowid
    WHERE statements_fts MATCH ? AND s.standing = 'current' LIMIT ?)"""


def _unnamed(store: Readable, name: str) -> str | None:
    """What is to be said of a name that nobody has, but by which articles print speakers; None where they do not."""
    query = read_query(f'speaker:"{name}"')
    if not query.clauses or not (found := number(store, _PRINTED, query.expression, COUNTED)):
        return None
    some = f"{found:,} statement{'s' if found > 1 else ''}" if found < COUNTED else f"{COUNTED:,} statements and more"
    told = f'of speakers that are printed so it has {some}: search speaker:"{fold(name)}"'
    return f"nobody whom the record knows by name is called so; {told}"


def choices(store: Readable, numbers: Iterable[int], *, counted: int = COUNTED) -> tuple[Choice, ...]:
    """Identities by row number as choices, those with most evidence first. Counts go up to `counted`.

    What stands is counted: copies of one article once, and printings of one utterance once.
    """
    asked = list(numbers)
    naming, speaking = _NAMING, _SPEAKING
    known = dict[int, tuple[int, int]]()
    if len(asked) > SEVERAL and is_tallied(store.connection):
        # Of so many one look at all names costs less than one at each, and what they said the writer has counted.
        naming, speaking, known = "0", "0", _counts(store, asked, counted)
    sql = f"""SELECT i.n, i.id, i.name, i.kind, i.country, i.roles, {naming} AS articles, {speaking} AS statements
        FROM identities i WHERE i.n IN (SELECT value FROM json_each(:asked))"""
    cursor = store.connection.cursor()
    cursor.row_factory = sqlite3.Row
    with translated(store.path):
        found = cursor.execute(sql, {"asked": listed(asked), "counted": counted}).fetchall()
    told = [_choice(row, *known.get(row["n"], (row["articles"], row["statements"]))) for row in found]
    return tuple(sorted(told, key=lambda c: (-c.statements, -c.articles, c.name, c.identity)))


_NAMING = """(SELECT count(*) FROM (SELECT DISTINCT coalesce(c.origin, e.article)
    FROM links l CROSS JOIN entities e ON e.n = l.entity LEFT JOIN copies c ON c.article = e.article
    WHERE l.identity = i.n AND NOT EXISTS (SELECT 1 FROM articles a INDEXED BY articles_gone
        WHERE a.n = e.article AND a.standing != 'current') LIMIT :counted))"""
_SPEAKING = """(SELECT count(*) FROM (SELECT DISTINCT coalesce(o.origin, p.statement)
    FROM links l CROSS JOIN statement_speakers p ON p.entity = l.entity
    LEFT JOIN appearances o ON o.statement = p.statement
    WHERE l.identity = i.n AND NOT EXISTS (SELECT 1 FROM statements s INDEXED BY statements_gone
        WHERE s.n = p.statement AND s.standing != 'current') LIMIT :counted))"""


def _counts(store: Readable, numbers: Sequence[int], most: int) -> dict[int, tuple[int, int]]:
    """Of identities by row how many articles that stand name them, copies once, and how many utterances are theirs, up to
    `most`.
    """
    articles = named_in(store, numbers)
    sql = """SELECT i.n, t.utterances FROM json_each(?) j CROSS JOIN identities i ON i.n = j.value
        JOIN tallies t INDEXED BY tallies_identity ON t.identity = i.id AND t.withdrawn = 0"""
    said = dict(tuples(store, sql, listed(numbers)))
    return {n: (min(max(int(articles[n]), 0), most), min(said.get(n, 0), most)) for n in numbers}


def named_in(store: Readable, numbers: Sequence[int] | None = None) -> NDArray[np.int64]:
    """How many articles that stand name an identity, copies once: at the place of its row, of all that are linked or of some; -1
    where none is.
    """
    import numpy as np

    from onrecord.store.columns import all_entities, is_in

    with translated(store.path):
        entities, origins = all_entities(store.connection), origins_of_copies(store.connection)
    size = max(int(entities["identity"].max(initial=0)), *(numbers or ()), 0) + 1
    if numbers is not None:
        entities = entities[is_in(entities["identity"], np.array(numbers, np.int64))]
    linked = np.unique(entities["identity"])
    gone = [n for (n,) in tuples(store, "SELECT n FROM articles INDEXED BY articles_gone WHERE standing != 'current'")]
    entities = entities[~is_in(entities["article"], np.array(gone, np.int64))]
    pairs = np.unique(entities["identity"].astype(np.int64) * len(origins) + origins[entities["article"]])
    named = np.full(size, -1)
    named[linked] = np.bincount(pairs // len(origins), minlength=size)[linked]
    return named


def _choice(row: sqlite3.Row, articles: int, statements: int) -> Choice:
    roles = tuple(role["text"] for role in json.loads(row["roles"]))
    return Choice(row["id"], row["name"], row["kind"], row["country"], roles, articles, statements)


def identity_number(store: Readable, identity: str) -> int:
    """The row number of an identity that is there."""
    return int(tuples(store, "SELECT n FROM identities WHERE id = ?", identity)[0][0])


def names_of(store: Readable, identity: str) -> tuple[str, ...]:
    """Every name of an identity, by its whole id: its own first, then those that articles print beside."""
    found = tuples(store, "SELECT name, aliases FROM identities WHERE id = ?", identity)
    return tuple(dict.fromkeys(name for own, aliases in found for name in (own, *strings(aliases))))


def _by_id(store: Readable, name: str) -> list[int]:
    if not _ID.fullmatch(name):
        return []
    exact = tuples(store, "SELECT n FROM identities WHERE id = ?", name)
    found = exact or tuples(store, "SELECT n FROM identities WHERE id >= ? AND id < ?", *id_range(name))
    return [n for (n,) in found]


def _by_name(store: Readable, name: str) -> list[int]:
    return [n for (n,) in tuples(store, "SELECT identity FROM identity_names WHERE folded = ?", fold(name))]


def _by_words(store: Readable, name: str) -> list[int]:
    """Those with a name that has the words of `name` in a row. Reads through all names: some 10 ms for 100,000."""
    if not (words := fold(name)):
        return []
    sql = "SELECT DISTINCT identity FROM identity_names WHERE instr(' ' || folded || ' ', ?) > 0"
    return [n for (n,) in tuples(store, sql, f" {words} ")]


def _alike(store: Readable, name: str) -> list[int]:
    from rapidfuzz import fuzz, process

    if not (words := fold(name)):
        return []
    # Names that begin with the same letter or hold a word that does: a slip is seldom in the first one.
    sql = "SELECT folded, identity FROM identity_names WHERE folded LIKE ? OR folded LIKE ?"
    known = tuples(store, sql, f"{words[0]}%", f"% {words[0]}%")
    best = process.extract(words, [folded for folded, _ in known], scorer=fuzz.WRatio, score_cutoff=CLOSE, limit=5)
    return list(dict.fromkeys(known[place][1] for _, _, place in best))


def _sounding(store: Readable, surname: str) -> list[int]:
    """Those whose surnames are spellings of one that stands alone: "Sokolov", "Andrei Sokolow"."""
    from onrecord.link.sounds import is_spelling

    word = fold(surname)
    sql = "SELECT folded, identity FROM identity_names WHERE folded LIKE ? OR folded LIKE ?"
    known = tuples(store, sql, f"{word[0]}%", f"% {word[0]}%")
    return list(dict.fromkeys(identity for folded, identity in known if is_spelling(folded.split()[-1], word)))
