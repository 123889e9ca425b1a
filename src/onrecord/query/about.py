"""Whether what somebody said is about something: by its words, by its meaning, or by a little of both.

Who asks `--about "meeting the minister"` means "he met Siv Rondal", if she is the minister: words stand in whatever form, and for
whom they are said of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from onrecord.query.forms import forms_of
from onrecord.query.meaning import ABOUT, WORDED, near
from onrecord.query.rows import Readable, listed, tuples
from onrecord.query.syntax import Query, Term, read_search
from onrecord.store.folding import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from onrecord.analysis.sentences import EmbedTexts

    Numbers = NDArray[np.int64]

EXAMINED = 2_000
"""Statements with some of the words, those stored last, of which it is looked up whom they name."""

_WITH = "SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?"
_NAMED = """
    SELECT s.n, e.name, i.name, e.roles, i.roles FROM json_each(?) j CROSS JOIN statements s ON s.n = j.value
    CROSS JOIN mentions m ON m.article = s.article AND m."start" >= json_extract(s.content_spans, '$[0][0]')
        AND m."start" < json_extract(s.content_spans, '$[#-1][1]')
    CROSS JOIN entities e ON e.n = m.entity LEFT JOIN links l ON l.entity = e.n LEFT JOIN identities i ON i.n = l.identity"""


def about_of(store: Readable, about: str, embedder: EmbedTexts | None, among: Numbers) -> NDArray[np.bool_]:
    """Which of some statements (by row) have the words of `about` or, with an `embedder`, mean something near it."""
    import numpy as np

    from onrecord.store.columns import is_in

    query, found = read_search(about), list[int]()
    if query.clauses:
        found += (n for (n,) in tuples(store, _WITH, query.expression))
        if embedder is not None:
            near_by = dict(near(store, embedder, about, count=len(among), among=among, least=WORDED))
            found += (n for n, cosine in near_by.items() if cosine >= ABOUT)
            if terms := _plain(query):
                found += _in_some_form(store, terms, near_by, among)
    return is_in(among, np.array(found, np.int64))


def _plain(query: Query) -> Sequence[Term]:
    """The terms of a question that asks for words alone: no phrase, field or beginning of a word, none that must not be there."""
    if len(query.clauses) != 1 or query.binding:
        return ()
    wanted = query.clauses[0].wanted
    return wanted if all(len(t.words) == 1 and not t.prefix for t in wanted) else ()


def _in_some_form(store: Readable, terms: Sequence[Term], near_by: dict[int, float], among: Numbers) -> Iterable[int]:
    """Those that have a word in some form and are near, and those that have all, counting whom they name by name and role."""
    import numpy as np

    from onrecord.store.columns import is_in

    having = defaultdict[int, set[int]](set)
    for k, term in enumerate(terms):
        expression = " OR ".join(f'content : "{form}"' for form in sorted(forms_of(term.words[0])))
        with_it = np.array([n for (n,) in tuples(store, _WITH, expression)], np.int64)
        for n in with_it[is_in(with_it, among)].tolist():
            having[n].add(k)
    yield from (n for n in having if n in near_by)
    yield from (n for n, has in having.items() if len(has) == len(terms))
    lacking = sorted((n for n, has in having.items() if len(has) < len(terms)), reverse=True)[:EXAMINED]
    for n, words in _named(store, lacking).items():
        others = (terms[k] for k in range(len(terms)) if k not in having[n])
        if all(not words.isdisjoint(forms_of(term.words[0])) for term in others):
            yield n


def _named(store: Readable, numbers: Sequence[int]) -> dict[int, set[str]]:
    """The words of names and roles of whoever is named in what was said."""
    found = defaultdict[int, set[str]](set)
    for n, *told in tuples(store, _NAMED, listed(numbers)):
        found[n] |= {word for text in told if text for word in fold(text).split()}
    return found
