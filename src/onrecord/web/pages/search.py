"""Search: words and meaning, narrowed by speaker, outlet, act, form and days."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.datastructures import URL

from onrecord.codebook import acts
from onrecord.query import Library
from onrecord.query.filters import FORMS, Asking
from onrecord.query.pages import Facet, Facets, Hit, Results
from onrecord.records import Span
from onrecord.web.api.questions import SEARCH, feed_of
from onrecord.web.charts import bars
from onrecord.web.marking import Mark, Piece, cut
from onrecord.web.pages.routing import PageRoute, Text, tried
from onrecord.web.rendering import render

SIZE = 20
FACETS = 8
"""Values of each facet that are offered."""

router = APIRouter(route_class=PageRoute)


@router.get("/search")
def search(
    request: Request,
    library: Library,
    q: Text = "",
    speaker: Text = "",
    outlet: Text = "",
    act: Text = "",
    form: Text = "",
    since: Text = "",
    until: Text = "",
    cursor: str | None = None,
) -> Response:
    """What was found, each in the words of its article. An empty field of the form asks nothing."""
    asked = {"speaker": speaker, "outlet": outlet, "act": act, "form": form, "since": since, "until": until}
    options: Asking = {name: value.strip() for name, value in asked.items() if value.strip()}  # type: ignore[assignment]
    (results, facets), wrong = tried(
        request,
        lambda: (library.search(q, size=SIZE, cursor=cursor, **options), library.facets(q, **options)),
        (Results(()), Facets((), (), (), (), (), 0, True)),
    )
    offered = [
        ("speaker", "Speakers", facets.speakers),
        ("outlet", "Outlets", facets.outlets),
        ("act", "Acts", facets.acts),
        ("form", "Form", facets.forms),
    ]
    return render(
        request,
        "search.html",
        status=wrong.problem.status if wrong else 200,
        wrong=wrong,
        q=q,
        asked=asked,
        named=_name_of(library, speaker, facets.speakers),
        results=results,
        hits=[(hit, pieces_of(hit)) for hit in results.items],
        facets=[(name, title, values[:FACETS]) for name, title, values in offered if values],
        counted=facets,
        months=bars([(f.value, f.statements) for f in facets.months]),
        acts=tuple(acts()),
        forms=FORMS,
        feed=feed_of(SEARCH, q=q, **options),
        narrowed=lambda **new: _with(request.url, **new),
    )


def pieces_of(hit: Hit) -> tuple[Piece, ...]:
    """A hit's snippet with its statement and the words that were found marked."""
    said, within = hit.utterance.said, hit.snippet.span
    marks = [Mark(span, "content", 1, said.form) for span in said.content_spans]
    marks += [Mark(span, "source", 1) for span in said.source_spans]
    marks += [Mark(span, "cue") for span in said.cue_spans]
    marks += [Mark(span, "match") for span in hit.matches]
    # The snippet's text alone is at hand: everything moves to where it begins.
    moved = [
        Mark(Span(start, m.span.end - within.start), m.role, m.owner, m.form)
        for m in marks
        if m.span.end > within.start and (start := max(0, m.span.start - within.start)) < m.span.end - within.start
    ]
    return cut(hit.snippet.text, Span(0, len(hit.snippet.text)), moved) if hit.snippet.text else ()


def _name_of(library: Library, speaker: str, speakers: tuple[Facet, ...]) -> str:
    """What to call the speaker that is asked for: the name, where an id was given."""
    if not speaker:
        return ""
    known = {f.identity: f.value for f in speakers}
    if speaker in known:
        return known[speaker]
    found = library.entities(speaker, size=2).items
    return found[0].name if len(found) == 1 else speaker


def _with(url: URL, **new: str | None) -> str:
    """The same search narrowed (or, with "", widened) by something, from its first page."""
    changed = url.remove_query_params(["cursor", *new])
    changed = changed.include_query_params(**{name: value for name, value in new.items() if value})
    return f"{changed.path}?{changed.query}" if changed.query else changed.path
