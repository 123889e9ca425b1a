"""No question reads through all statements or articles: SQLite's own plans say so, and that stays so as a store grows."""

from __future__ import annotations

import re

import pytest

from onrecord.query import filters as narrowing
from onrecord.query.alerts import news
from onrecord.query.cite import cite
from onrecord.query.clashes import clashes, found_last
from onrecord.query.dealings import dealings
from onrecord.query.decisions import decisions
from onrecord.query.entities import entities, entity
from onrecord.query.events import events
from onrecord.query.facets import facets
from onrecord.query.figures import figures
from onrecord.query.foretold import foretold_on
from onrecord.query.latest import latest
from onrecord.query.predictions import predictions
from onrecord.query.search import newest, search
from onrecord.query.show import show
from onrecord.query.spots import spots
from onrecord.query.stats import stats
from onrecord.query.who import who
from onrecord.store import Alert

LARGE = "statements|articles|mentions|entities|links|statement_speakers|appearances|copies|events|figures|s|a|p|l|e|v|f|c|x|t|q|o"
_SCAN = re.compile(rf"^SCAN (?:{LARGE})(?! VIRTUAL)\b")
_MADE = re.compile(r"^(?:CO-ROUTINE|MATERIALIZE) (\w+)")
# Before these the first row is not known until the last is read; what is sorted by its last term alone comes in order.
_ALL_FIRST = re.compile(r"^USE TEMP B-TREE FOR (?:ORDER BY|GROUP BY|DISTINCT)")
# Counts of a narrowed question go by arrays of numbers, of all statements and of all copies (store/columns.py).
_WHOLE = {"SELECT article, origin FROM copies"}


@pytest.fixture
def asked(world):
    """A store with something of everything, and a function that gives the plans of all SELECTs of a question."""
    for name in ("Ann Lane", "Bo Marsh"):
        world.identity(name)
    article, (a, b) = world.article(("Ann Lane", "said", "the dam held"), ("Bo Marsh", "denied", "it"), item="url x")
    copy, (c, _) = world.article(
        ("Ann Lane", "said", "the dam held"), ("Bo Marsh", "denied", "it"), copy_of=article, published="2024-05-02"
    )
    world.printed_again(a, c)
    world.change("statements", b, act="deny", target="Ann Lane", target_entity=world.entity(article, "Ann Lane"))
    world.row("predictions", statement=a, kind="prediction", due_latest="2024-06-01")
    row = {"id": "fig-1", "article": article, "run": world.run, "start": 0, "end": 3, "what": "killed", "narrated": 1}
    world.row("figures", **row, standing="current")
    row = {"id": "evt-1", "article": copy, "run": world.run, "start": 0, "end": 3, "type": "AID", "narrated": 1}
    world.row("events", **row, status="happened", score=1.0, standing="current", date="2024-05-01")
    world.clash(a, b)
    statement = world.id_of("statements", a)

    def plans(question):
        sent = []
        world.connection.set_trace_callback(sent.append)
        question(world.store, statement)
        world.connection.set_trace_callback(None)
        selects = [sql for sql in sent if sql.lstrip().startswith("SELECT") and "_fts_" not in sql]
        assert selects
        return [(sql, world.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()) for sql in selects]

    return plans


QUESTIONS = {
    "who": lambda store, _: who(store, "Ann Lane"),
    "who, by words of a name": lambda store, _: who(store, "Lane", about="dam", since="2024", until="2024-12"),
    "who, of an outlet": lambda store, _: who(store, "Ann Lane", outlet="Halyard", withdrawn=True),
    "search": lambda store, _: search(store, "dam held"),
    "search, narrowed": lambda store, _: search(store, "dam", outlet="Halyard", since="2024", act="deny"),
    "search, of a speaker": lambda store, _: search(store, "dam", speaker="Ann Lane", target="Ann Lane"),
    "newest": lambda store, _: newest(store, "dam held"),
    "newest, narrowed": lambda store, _: newest(store, "dam", outlet="Halyard", since="2024", act="deny"),
    "newest, of a speaker": lambda store, _: newest(store, "dam", speaker="Ann Lane", target="Ann Lane"),
    "clashes found last": lambda store, _: found_last(store, speaker="Ann Lane", size=1),
    "browse": lambda store, _: search(store, "", size=1),
    "browse, on": lambda store, _: search(store, "", size=1, cursor=search(store, "", size=1).cursor),
    "browse, by act": lambda store, _: search(store, "", act="deny", since="2024"),
    "browse, of an outlet": lambda store, _: search(store, "", outlet="Halyard", act="deny"),
    "browse, of a speaker": lambda store, _: search(store, "", speaker="Ann Lane"),
    "browse, of a target": lambda store, _: search(store, "", target="Ann Lane"),
    "facets": lambda store, _: facets(store, "dam", outlet="Halyard", speaker="Ann Lane"),
    "show": show,
    "cite": cite,
    "entities, by name": lambda store, _: entities(store, "lane"),
    "entity": lambda store, _: entity(store, "Ann Lane"),
    "stats, of a speaker": lambda store, _: stats(store, "act", speaker="Ann Lane"),
    "events": lambda store, _: events(store, size=1),
    "events, narrowed": lambda store, _: events(store, actor="Ann Lane", type="AID", since="2024"),
    "events, by witness": lambda store, _: events(store, witness="Ann Lane"),
    "figures, about": lambda store, _: figures(store, "dam"),
    "figures, of a claimant": lambda store, _: figures(store, claimant="Ann Lane"),
    "clashes": lambda store, _: clashes(store),
    "clashes, of a kind": lambda store, _: clashes(store, kind="deny", least=0.1),
    "clashes, narrowed": lambda store, _: clashes(store, between=("Ann Lane", "Bo Marsh"), about="dam", since="2024"),
    "clashes, of a speaker": lambda store, _: clashes(store, speaker="Ann Lane", reviewed="none"),
    "spots": lambda store, _: spots(store),
    "spots, of days": lambda store, _: spots(store, since="2024", until="2024-12"),
    "spots, of a type": lambda store, _: spots(store, type="AID", since="2024"),
    "dealings": lambda store, _: dealings(store),
    "dealings, of days": lambda store, _: dealings(store, since="2024"),
    "latest": lambda store, _: latest(store, size=1),
    "latest, on": lambda store, _: latest(store, size=1, cursor=latest(store, size=1).cursor),
    "foretold on": lambda store, _: foretold_on(store, "dam held"),
    "figures": lambda store, _: figures(store),
    "news of a topic": lambda store, _: news(store, Alert("alr-1", "topic", "dam", None, "2024-05-01", (1, 0))),
    "news of a topic, all": lambda store, _: news(
        store, Alert("alr-1", "topic", "dam", None, "2024-05-01", (1, 0)), whole=True
    ),
    "decisions": lambda store, _: decisions(store),
    "search, of days of publication": lambda store, _: search(store, "dam", published_since="2024-05"),
    "browse, of days of publication": lambda store, _: search(store, "", published_since="2024-05"),
    "predictions": lambda store, _: predictions(store),
    "predictions, due": lambda store, _: predictions(store, due_before="2025"),
    "predictions, of an outlet": lambda store, _: predictions(store, outlet="Halyard", what="prediction"),
    "predictions, of a speaker": lambda store, _: predictions(store, speaker="Ann Lane", act="deny"),
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_no_question_reads_through_everything(asked, question):
    scans = [(step, sql) for sql, plan in asked(question) if sql not in _WHOLE for step in _scans(sql, plan)]
    assert not scans, scans


def _scans(sql: str, plan) -> list[str]:
    """Steps that read a whole table: not what was made of a part of one, and not what a LIMIT ends as soon as there is enough."""
    made = {found[1] for *_, step in plan if (found := _MADE.match(step))}
    sorted_ = {parent for _, parent, _, step in plan if _ALL_FIRST.match(step)}
    return [
        step
        for _, parent, _, step in plan
        if _SCAN.match(step) and step.split()[1] not in made and ("LIMIT" not in sql or parent in sorted_)
    ]


@pytest.mark.parametrize(
    ("sql", "whole"),
    [
        ("SELECT n FROM statements ORDER BY day DESC LIMIT 9", False),
        ("SELECT n FROM statements ORDER BY n DESC LIMIT 9", False),
        ("SELECT day FROM statements ORDER BY day", True),
        ("SELECT n FROM statements ORDER BY score LIMIT 9", True),
        ("SELECT act, count(*) FROM statements GROUP BY act ORDER BY 2 LIMIT 9", True),
        ("SELECT act, count(*) FROM (SELECT * FROM statements ORDER BY n DESC LIMIT 9) s GROUP BY act", False),
        ("SELECT act, count(*) FROM statements s GROUP BY act, form", True),
    ],
)
def test_a_scan_is_told_from_what_ends_early(world, sql, whole):
    plan = world.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    assert bool(_scans(sql, plan)) is whole, plan


def test_an_outlet_with_very_many_articles_is_met_in_order_of_days(asked, monkeypatch):
    monkeypatch.setattr(narrowing, "FEW_ARTICLES", 1)
    steps = [step[3] for _, plan in asked(lambda store, _: search(store, "", outlet="Halyard")) for step in plan]
    assert any("USING INDEX statements_day" in step for step in steps), steps
    assert not any("TEMP B-TREE FOR ORDER BY" in step for step in steps), steps
