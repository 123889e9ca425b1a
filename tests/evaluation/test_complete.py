"""A small corpus with all that gold may tell, and each rule by which a record of it is right."""

from __future__ import annotations

import json

import pytest

from onrecord.evaluation import evaluate_corpus
from onrecord.evaluation.corpus import load_corpus, load_names
from onrecord.records import (
    Act,
    Article,
    Due,
    Event,
    Figure,
    MalformedError,
    Party,
    Prediction,
    Record,
    Run,
    Span,
    Speaker,
    Statement,
    When,
)

TEXT = (
    "Planes shelled the port. Police shelled the market.\n\n"
    "Nine people died, Mayor Ada Quill said. She vowed to reopen the port by Friday.\n\n"
    "Nine boats sank."
)
SAID = {"n": 3, "p": 1, "source": "Mayor Ada Quill", "cue": "said", "content": ["Nine people died"], "form": "indirect"}
VOWED = {
    "n": 5,
    "p": 1,
    "source": "She",
    "cue": "vowed",
    "content": ["to reopen the port by Friday"],
    "form": "indirect",
}
TOLD = {"inside": None, "speaker": "Ada Quill", "kind": "person", "said_on": "2031-05-06"}
EVENT = {"p": 0, "type": "ASSAULT", "trigger": "shelled", "actor": "Air Force", "recipient": None, "place": None}
FIGURE = {"p": 1, "words": "Nine people", "value": 9, "what": "killed", "claimed_by": "Ada Quill", "as_of": None}


@pytest.fixture
def corpus(tmp_path):
    """Lays the corpus out, with `changes` of the gold: ``corpus(events=[…])``."""

    def lay_out(**changes):
        gold = {
            "statements": [
                {**SAID, **TOLD, "act": "state", "act_also": ["warn"], "target": None},
                {**VOWED, **TOLD, "act": "promise", "target": "the dockers"},
            ],
            "events": [{**EVENT, "asserted_by": "narrator", "date": "2031-05-05"}],
            "figures": [FIGURE, {**FIGURE, "p": 2, "words": "Nine boats", "what": "other", "claimed_by": "narrator"}],
        }
        whole = {
            "entities": [{"name": "Air Force", "aliases": ["Planes", "the fliers"]}],
            "predictions": [{"statement": ["a", 5], "due": "2031-05-09"}, {"statement": ["a", 3], "due": None}],
        }
        for name, value in {"articles/01": {"id": "a", "text": TEXT}, "gold/01": gold, "gold/corpus": whole}.items():
            path = tmp_path / f"{name}.json"
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(value | {k: v for k, v in changes.items() if k in value}))
        return tmp_path

    return lay_out


def at(words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def statement(number, source, cue, content, **more):
    speaker = Speaker("Quill", kind="person", basis="named")
    return Statement(f"s{number}", "indirect", (at(source),), (at(cue),), (at(content),), speaker, None, 0.9, **more)


def record(*, events=(), figures=(), predictions=(), acts=("state", "promise"), target="dockers", day="2031-05-06"):
    said_on = When(day, day, "published")
    statements = (
        statement(
            0, "Mayor Ada Quill", "said", "Nine people died", act=Act(acts[0], "assertive", None, 0.5), said_on=said_on
        ),
        statement(
            1,
            "She",
            "vowed",
            "to reopen the port by Friday",
            act=Act(acts[1], "assertive", None, 0.5),
            target=Party(target),
            said_on=said_on,
        ),
    )
    article = Article("a", TEXT)
    run = Run("run-1", "0", "sha256:", "1")
    return Record(run, article, statements, events=events, figures=figures, predictions=predictions)


def event(place, actor=None, recipient=None, *, kind="ASSAULT", by="narration", day="2031-05-05"):
    parties = (Party(name) if name else None for name in (actor, recipient))
    return Event("e", place, kind, None, *parties, None, When(day, day, "dateline"), "happened", by, 0.5)


def figure(place, value=9.0, what="killed", by="s0"):
    return Figure("f", place, value, None, None, what, None, by, None)


def scores(folder, **found):
    return evaluate_corpus(folder, [record(**found)])


@pytest.mark.parametrize(
    ("acts", "right"), [(("state", "promise"), 2), (("warn", "promise"), 2), (("deny", "warn"), 0)]
)
def test_any_act_that_gold_allows_is_right(corpus, acts, right):
    share = scores(corpus(), acts=acts).act
    assert (share.right, share.total) == (right, 2)


def test_targets_and_days_count_where_gold_has_them(corpus):
    found = scores(corpus())
    assert (found.target.right, found.target.total) == (1, 1)  # "the dockers" and "dockers" are the same
    assert (found.said_on.right, found.said_on.total) == (2, 2)
    assert scores(corpus(), day="2031-05-07").said_on.right == 0
    assert scores(corpus(), target="the fishermen").target.right == 0


def test_an_event_with_its_parties_its_witness_and_its_day(corpus):
    found = scores(corpus(), events=(event(at("shelled"), "the fliers"),)).events
    assert found.type.f1 == found.parties.f1 == found.asserted_by.value == found.date.value == 1


@pytest.mark.parametrize(
    ("mine", "typed", "full"),
    [
        (event(at("shelled the")), 1, 0),  # the actor is missing
        (event(at("shelled"), "Planes", "the port"), 1, 0),  # gold has no recipient
        (event(at("market"), "Planes"), 1, 1),  # elsewhere in the paragraph, but of the same actor
        (event(at("market"), "Police"), 0, 0),
        (event(at("sank"), "Planes"), 0, 0),  # another paragraph
        (event(at("shelled"), "Planes", kind="COERCE"), 0, 0),
    ],
)
def test_which_event_is_the_gold_one(corpus, mine, typed, full):
    found = scores(corpus(), events=(mine,)).events
    assert (found.type.right, found.parties.right) == (typed, full)
    assert (found.type.predicted, found.type.gold) == (1, 1)
    assert found.asserted_by.total == found.date.total == typed


def test_of_several_events_the_best_and_then_the_last_counts_once(corpus):
    folder = corpus()
    first, last = event(at("shelled"), "Planes", by="s0"), event(at("shelled"), "Planes", day="2031-05-01")
    found = scores(folder, events=(first, last, event(at("market"), "Planes", by="s1"))).events
    assert (found.type.right, found.type.predicted) == (1, 3)
    assert (found.asserted_by.right, found.date.right) == (1, 0)


@pytest.mark.parametrize("by, right", [("s0", 1), ("s1", 0), ("narration", 0), (None, 0)])
def test_an_event_is_its_witness_s(corpus, by, right):
    folder = corpus(events=[{**EVENT, "asserted_by": 3, "date": None}])
    found = scores(folder, events=(event(at("shelled"), "Planes", by=by),)).events
    assert (found.asserted_by.right, found.asserted_by.total) == (right, 1)
    assert found.date.total == 0


def test_figures_of_people_and_of_other_things(corpus):
    found = scores(corpus(), figures=(figure(at("Nine")), figure(at("Nine", 1), what="other", by="narration"))).figures
    assert found.all.f1 == found.people.f1 == found.claimed_by.value == 1
    assert (found.all.gold, found.people.gold) == (2, 1)


@pytest.mark.parametrize(
    ("mine", "right", "claimed"),
    [
        (figure(at("Nine people died")), 1, 1),
        (figure(at("Nine"), by="narration"), 1, 0),
        (figure(at("Nine"), by=None), 1, 0),
        (figure(at("Nine"), value=8), 0, 0),
        (figure(at("Nine"), value=None), 0, 0),
        (figure(at("died")), 0, 0),
    ],
)
def test_which_figure_is_the_gold_one(corpus, mine, right, claimed):
    found = scores(corpus(), figures=(mine, mine)).figures
    assert (found.all.right, found.all.predicted) == (right, 2)
    assert (found.claimed_by.right, found.claimed_by.total) == (claimed, right)


@pytest.mark.parametrize(
    ("due", "right"),
    [
        (Due(None, "2031-05-09", "stated"), 1),
        (Due("2031-05-07", "2031-05-12", "stated"), 1),
        (Due(None, "2031-05-10", "stated"), 0),
        (Due("2031-05-10", "2031-05-12", "stated"), 0),
        (Due("2031-05-01", "2031-05-08", "stated"), 0),
        (None, 0),
    ],
)
def test_the_due_day_lies_in_the_interval(corpus, due, right):
    share = scores(corpus(), predictions=(Prediction("s1", "promise", due, None),)).due
    assert (share.right, share.total) == (right, 1)


def test_nothing_found_is_nothing_right(corpus):
    found = evaluate_corpus(corpus(), [])
    assert found.unusable == 1 and found.speaker_of_all.total == 2
    assert (found.events.type.gold, found.figures.all.gold, found.act.total, found.due.total) == (1, 2, 0, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"events": [{**EVENT, "asserted_by": 4}]},
        {"events": [{**EVENT, "asserted_by": "narrator", "trigger": "sailed"}]},
        {"events": [{**EVENT, "p": 9, "asserted_by": "narrator"}]},
        {"figures": [{**FIGURE, "words": "Ten people"}]},
        {"figures": [{"p": 0, "words": "Nine"}]},
        {"predictions": [{"statement": ["a", 4], "due": "2031-05-09"}]},
    ],
)
def test_gold_that_is_none_is_named(corpus, changes):
    with pytest.raises(MalformedError, match=r"gold/01\.json: not a gold record of 01\.json"):
        list(load_corpus(corpus(**changes)))


@pytest.mark.parametrize("changes", [{"predictions": [{"due": "2031-05-09"}]}, {"predictions": [{"statement": 3}]}])
def test_predictions_that_are_none_are_named(corpus, changes):
    with pytest.raises(MalformedError, match=r"gold/corpus\.json: no predictions"):
        list(load_corpus(corpus(**changes)))


@pytest.mark.parametrize("entities", [[{"name": "Air Force"}], ["Air Force"], [{"name": 1, "aliases": []}]])
def test_names_that_are_none_are_named(corpus, entities):
    with pytest.raises(MalformedError, match=r"gold/corpus\.json: no names"):
        load_names(corpus(entities=entities))


def test_a_corpus_of_statements_alone(corpus):
    folder = corpus(events=[], figures=[])
    (folder / "gold" / "corpus.json").unlink()
    (article,) = load_corpus(folder)
    assert article.events == article.figures == article.due == ()
    assert scores(folder).speaker.value == 1
