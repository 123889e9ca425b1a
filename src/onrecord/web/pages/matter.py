"""A matter: what was said on a topic, or of somebody, over time; its figures by who gives them; what was foretold and came."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from onrecord.query import Library
from onrecord.query.against import LIKELY
from onrecord.query.facets import months
from onrecord.query.names import names_of
from onrecord.query.pages import Choice, Ledger
from onrecord.web.charts import MOST_DOTS, Dots, bars, dots
from onrecord.web.pages.clash import facing
from onrecord.web.pages.routing import LONGEST_TEXT, PageRoute, Text, glance
from onrecord.web.rendering import render

STATEMENTS, LEDGERS, FORETOLD = 60, 4, 8
OFFERED = 8
"""Ledgers and names that are offered where no matter was named."""
CLASHES = 4
NAMES = 4
"""Names of somebody that are searched for: with more, a search would read little but them."""

router = APIRouter(route_class=PageRoute)


@router.get("/matter")
def matter(request: Request, library: Library, q: Text = "", entity: Text = "") -> Response:
    """The matter that words or an identity name; without either, the matters with the most figures."""
    who = _choice(library, entity.strip())
    words = _words(library, who) if who else q.strip()
    if not words:
        return _offered(request, library)
    results = library.search(words, size=STATEMENTS, meaning=who is None)
    said = sorted((hit.utterance for hit in results.items), key=lambda u: (u.said.day is None, u.said.day or "", u.id))
    ledgers = library.figures(words, size=LEDGERS)
    return render(
        request,
        "matter.html",
        q=q,
        who=who,
        words=words,
        said=said,
        results=results,
        months=bars([(f.value, f.statements) for f in months(library, words)]),
        ledgers=[(ledger, dots(ledger)) for ledger in ledgers.items],
        most_dots=MOST_DOTS,
        clashes=[facing(one) for one in library.clashes(about=words, meaning=False, size=CLASHES, least=LIKELY).items],
        all_clashes=f"/clashes?{urlencode({'about': words})}",
        foretold=library.foretold_on(words, size=FORETOLD),
    )


def _offered(request: Request, library: Library) -> Response:
    """The matters with the most figures: of a large store that takes two pages' time, so it may be a minute old."""

    def make() -> tuple[list[tuple[Ledger, Dots | None]], tuple[Choice, ...]]:
        ledgers = [(ledger, dots(ledger)) for ledger in library.figures(size=OFFERED).items]
        return ledgers, library.entities(size=OFFERED).items

    ledgers, named = glance(request, "matters", make)
    return render(request, "matters.html", ledgers=ledgers, named=named, most_dots=MOST_DOTS)


def _choice(library: Library, entity: str) -> Choice | None:
    """Whom an id or a name means. Raises UnclearError where several or none are called so."""
    if not entity:
        return None
    return library.entity(entity, size=1).who


def _words(library: Library, who: Choice) -> str:
    """A search for somebody's names."""
    names = names_of(library, who.identity)
    longest = LONGEST_TEXT // NAMES - len('"" OR ')
    return " OR ".join(f'"{name[:longest].replace(chr(34), " ")}"' for name in names[:NAMES])
