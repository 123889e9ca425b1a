"""A record whose every field that a page shows holds markup, script, template code and letters that turn the line round."""

from __future__ import annotations

from tests.store.making import Drafted, make_run

from onrecord.records import (
    NARRATION,
    Act,
    Article,
    Due,
    Entity,
    Event,
    Figure,
    Mention,
    Party,
    Place,
    Prediction,
    Published,
    Record,
    Role,
    Span,
    Speaker,
    Statement,
    When,
    article_id,
    entity_id,
    event_id,
    figure_id,
    mention_id,
    statement_id,
)

SCRIPT = "<script>alert(1)</script>"
BREAKING = "\"'><img src=x onerror=alert(2)>"
TEMPLATE = "{{ 7*7 }}{% raw %}"
TURNED = "abc\u202egnp.exe\u2066"
ALL = f"{SCRIPT}{BREAKING} {TEMPLATE} {TURNED}\x07"
ADDRESS = "javascript:alert(3)//\u202e<script>"


def hostile_record(k: int) -> Record:
    """The `k`-th: each has words of its own, so that none is a copy of another, and names that all share."""
    out, day = Drafted(), f"2031-05-0{k + 1}"
    name = f"Vesna {SCRIPT} {TURNED} Lane"
    role = out.add(f"minister {BREAKING}")
    out.add(" ")
    who = out.add(name)
    out.add(" ")
    cue = out.add(f"said {SCRIPT}")
    out.add(" ")
    content = out.add(f"“number {k} {ALL} of the {'north south east'.split()[k]} {TEMPLATE},”")
    out.add(" that ")
    other = out.add(f"Oto {BREAKING} Brandt")
    out.add(" ")
    inner = out.add("denied")
    out.add(" ")
    inside = out.add(f"all of it {k} {SCRIPT}")
    out.add(" in ")
    place = out.add(f"Imsel {SCRIPT}")
    out.add(", where ")
    figure = out.add(f"{k + 3} {SCRIPT}")
    out.add(" ")
    counted = out.add(f"people {BREAKING}")
    out.add(" died.")
    return _record(out.text, day, k, role, who, cue, content, other, inner, inside, place, figure, counted)


def _record(text, day, k, role, who, cue, content, other, inner, inside, place, figure, counted) -> Record:
    outlet, url = f"The {ALL} Courier", f"{ADDRESS}{k}"
    id_ = article_id(outlet, url, text)
    whole = Span(0, len(text))
    article = Article(
        id_, text, source_id=f"{k}{ALL}", url=url, outlet=outlet, title=f"{ALL} {k}", byline=ALL, agency=ALL,
        published=Published(day, "given"), language="en", paragraphs=(whole,), sentences=(whole,),
    )  # fmt: skip
    names = [who.of(text), other.of(text), place.of(text)]
    kinds = ("person", "person", "place")
    ids = [entity_id(id_, kind, name) for kind, name in zip(kinds, names, strict=True)]
    entities = tuple(
        Entity(i, name, kind, (), (Role(role, day),) if n == 0 else (), country="<b>" if n == 2 else None)
        for n, (i, name, kind) in enumerate(zip(ids, names, kinds, strict=True))
    )
    mentions = tuple(
        Mention(mention_id(id_, span, kind), span, kind, i, "name", 0.9)
        for span, kind, i in zip((who, other, place), kinds, ids, strict=True)
    )
    first = Statement(
        statement_id(id_, (who,), (cue,), (content,)), "direct", (who,), (cue,), (content,),
        Speaker(names[0], None, "person", "named", (ids[0],), 0.9), None, 0.9,
        Act("accuse", "expressive", "ACCUSE", 0.8), Party(names[1], ids[1]), Party(names[1], ids[1]),
        When(day, day, "stated", who),
    )  # fmt: skip
    second = Statement(
        statement_id(id_, (other,), (inner,), (inside,)), "indirect", (other,), (inner,), (inside,),
        Speaker(names[1], None, "person", "named", (ids[1],), 0.9), first.id, 0.8,
    )  # fmt: skip
    events = tuple(
        Event(
            event_id(id_, inner, kind, names[0], names[1]), inner, kind, None, Party(names[0], ids[0]),
            Party(names[1], ids[1]), Place(names[2], "<b>", 32.1 + k, 20.1), When(day, day, "stated", who), "happened",
            (NARRATION, first.id, None)[k], 0.7,
        )
        for kind in ("ASSAULT", "AID")
    )  # fmt: skip
    figures = (Figure(figure_id(id_, figure), figure, k + 3.0, k + 3.0, k + 9.0, "killed", counted, first.id, day),)
    predictions = (Prediction(first.id, "promise", Due(None, "2031-06-01", "stated"), counted),)
    return Record(make_run(), article, (first, second), mentions, entities, events, figures, predictions)
