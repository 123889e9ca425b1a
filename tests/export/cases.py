"""Articles written so that every format meets what it finds hard, built by hand: no model reads them."""

from __future__ import annotations

from dataclasses import replace

from tests.store.making import Drafted, make_run, paragraphs_of

from onrecord.records import (
    JOINT,
    NARRATION,
    Act,
    Article,
    Dateline,
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
    check,
    entity_id,
    event_id,
    figure_id,
    mention_id,
    statement_id,
)

URL = "https://gazette.example/siege"
OUTLET = "The Varda Gazette"


def siege(
    day: str = "2024-05-02", url: str | None = URL, outlet: str = OUTLET, tail: str = "", **more: object
) -> Record:
    """What is hard: an astral character before all else, a content over two paragraphs, one inside another, a formula, events."""
    d = Drafted()
    d.add("\U0001f4f0 Siege\n\n")
    dateline = d.add("KAZAN, May 1")
    d.add(" - ")
    minister = d.add("Foreign Minister ")
    rondal = d.add("Siv Rondal")
    role = Span(minister.start, rondal.start - 1)
    source = Span(minister.start, rondal.end)
    d.add(" ")
    accused = d.add("accused")
    d.add(" ")
    russia = d.add("Russia")
    d.add(" ")
    charge = d.add("of shelling the port, “which\n\n  we will answer”")
    d.add(".\n\n")
    russian = d.add("Russian Defence Minister ")
    zhariv = d.add("Oksel Zhariv")
    zsource = Span(russian.start, zhariv.end)
    d.add(" ")
    denied = d.add("denied")
    d.add(" ")
    denial = d.add("=HYPERLINK(1) that ")
    claim_source = d.add("relatives")
    d.add(" ")
    claimed = d.add("claimed")
    d.add(" ")
    claim = d.add("40 sailors")
    dead = d.add(" were killed")
    d.add(".\n\nAircraft ")
    struck = d.add("struck")
    d.add(" the port on ")
    tuesday = d.add("Tuesday")
    d.add(". ")
    joint = d.add("Rondal and relatives")
    d.add(" ")
    promised = d.add("vowed")
    d.add(" ")
    vow = d.add("to return if the rain stops")
    d.add("." + tail)
    text = d.text
    id_ = article_id(outlet, url, text)
    paragraphs = paragraphs_of(text)
    article = Article(
        id_, text, url=url, outlet=outlet, title="Siege", byline="=cmd|' /C calc'!A0",
        published=Published(day, "given", f"{day}T09:30:00Z"), dateline=Dateline("KAZAN", "2024-05-01", dateline),
        language="en", headline=paragraphs[0], paragraphs=paragraphs, sentences=paragraphs,
        updated="2024-05-03T10:00:00Z", **more,
    )  # fmt: skip
    ids = {name: entity_id(id_, kind, name) for name, kind in _NAMES.items()}
    statements = _statements(article, ids, {
        "accused": (source, accused, (charge,), "Siv Rondal"),
        "denied": (zsource, denied, (denial, Span(claim_source.start, dead.end)), "Oksel Zhariv"),
        "claimed": (claim_source, claimed, (Span(claim.start, dead.end),), "relatives"),
        "vowed": (joint, promised, (vow,), f"Siv Rondal{JOINT}relatives"),
    })  # fmt: skip
    accuse, _, claimed_, _ = statements
    spots = [(rondal, "Siv Rondal"), (russia, "Russia"), (zhariv, "Oksel Zhariv")]
    mentions = [Mention(mention_id(id_, s, _NAMES[n]), s, _NAMES[n], ids[n], "name", 0.9) for s, n in spots]
    mentions.append(Mention(mention_id(id_, tuesday, "date"), tuesday, "date", None, None, 0.8))
    entities = (
        Entity(ids["Siv Rondal"], "Siv Rondal", "person", (), (Role(role, day),)),
        Entity(ids["Russia"], "Russia", "country", (), (), "RUS", "RUS"),
        Entity(ids["Oksel Zhariv"], "Oksel Zhariv", "person", (), (), "RUS", "RUSMIL"),
    )
    port = Party("the port")
    strike = {
        "actor": Party("Russia", ids["Russia"]),
        "recipient": port,
        "place": None,
        "score": 0.7,
        "status": "happened",
    }
    kazan, stated = Place("KAZAN", "RUS", 55.79, 49.12), When("2024-04-30", "2024-04-30", "stated", tuesday)
    bombed = strike | {"type": "ASSAULT", "mode": "aerial", "place": kazan, "date": stated}
    shelled = strike | {"type": "ASSAULT", "mode": None, "date": When(None, "2024-04", "stated", None, "vague")}
    planned = strike | {"type": "MOBILIZE", "mode": "troops", "recipient": None, "date": None, "status": "planned"}
    events = (
        _event(id_, trigger=struck, by=NARRATION, **bombed),
        _event(id_, trigger=charge, by=accuse.id, **shelled),
        _event(id_, trigger=vow, by=None, **planned),
    )
    number, sailors = Span(claim.start, claim.start + 2), Span(claim.start + 3, claim.end)
    counted = (number, 40, 40, None, "killed", sailors, claimed_.id, "2024-05-01")
    figures = (Figure(figure_id(id_, number), *counted),)
    condition = Span(vow.start + len("to return "), vow.end)
    predictions = (Prediction(statements[3].id, "promise", Due(None, "2024-06-01", "stated"), condition),)
    record = Record(make_run(), article, statements, tuple(sorted(mentions, key=lambda m: m.span)), entities,
                    tuple(sorted(events, key=lambda e: e.trigger)), figures, predictions)  # fmt: skip
    check(record)
    return record


_NAMES = {"Siv Rondal": "person", "Russia": "country", "Oksel Zhariv": "person"}
_ACTS = {
    "accused": ("indirect", Act("accuse", "expressive", "ACCUSE", 0.8), "Russia"),
    "denied": ("indirect", Act("deny", "assertive", "REJECT", 0.7), "Siv Rondal"),
    "claimed": ("indirect", Act("state", "assertive", None, 0.9), None),
    "vowed": ("direct", Act("promise", "commissive", "AGREE", 0.6), None),
}


def _statements(article: Article, ids: dict[str, str], told: dict) -> tuple[Statement, ...]:
    found, by_cue = [], {}
    for cue_word, (source, cue, content, name) in told.items():
        form, act, target = _ACTS[cue_word]
        id_ = by_cue[cue_word] = statement_id(article.id, (source,), (cue,), content)
        entities = tuple(ids[part] for part in name.split(JOINT) if part in ids)
        kind = "unnamed" if name == "relatives" else "group" if JOINT in name else "person"
        found.append(
            Statement(
                id_, form, (source,), (cue,), content,
                Speaker(name, None, kind, "named", entities, 0.9),
                by_cue["denied"] if cue_word == "claimed" else None, 0.8, act,
                Party(target, ids[target]) if target else None, None,
                When("2024-05-01", "2024-05-01", "dateline"),
            )
        )  # fmt: skip
    return tuple(found)


def _event(article: str, *, by, **fields) -> Event:
    actor, recipient = fields["actor"], fields["recipient"]
    id_ = event_id(article, fields["trigger"], fields["type"], actor.name, recipient and recipient.name)
    return Event(id=id_, asserted_by=by, **fields)


def later() -> Record:
    """A later version of the same address that says something else besides."""
    return siege(day="2024-05-04", tail=" It rained.", source_id="siege-2")


def withdrawn() -> Record:
    record = siege(
        url="https://courier.example/siege", outlet="The Halden Courier", source_id="killed", tail=" It snowed."
    )
    return replace(record, article=replace(record.article, status="canceled"))


def copy() -> Record:
    """Another outlet's print of the later version."""
    return siege(day="2024-05-05", url=None, outlet="The Quorum Courier", source_id="copy", tail=" It rained.")


def records() -> list[Record]:
    return [siege(source_id="siege"), later(), withdrawn(), copy()]
