from __future__ import annotations

import json
from dataclasses import replace

from onrecord.evaluation import CofenetScores, CorpusScores, PolnearScores, as_dict, as_table, reliability
from onrecord.evaluation.scores import (
    ActScores,
    ClashScores,
    Counts,
    EventScores,
    FigureScores,
    LabelScores,
    RoleScores,
    Share,
    SpeakerScores,
)

ROLES = RoleScores(Counts(1, 2, 4), Counts(1, 1, 1), Counts())
LABELS = LabelScores(
    SpeakerScores({"all": Share(3, 4), "named": Share(1, 1)}, {"all": Share(3, 3)}, Share(1, 3)),
    ActScores(Share(2, 3), {"deny": Counts(1, 2, 1), "state": Counts(1, 1, 2)}),
    Counts(1, 2, 3),
    ClashScores(Counts(1, 2, 3), 0.25, Share(1, 3), Share(1, 2), Share(0, 1)),
)


def test_table():
    table = as_table(PolnearScores(2, 1, ROLES, Counts(1, 2, 2), Counts(2, 2, 2), reliability([0.5], [1]), LABELS))
    assert "2 articles, 1 of them without a usable record" in table
    assert "source                    0.500  0.250  0.333       1       2       4" in table
    assert "speaker, all, matched               1.000   3 of 3" in table
    assert "expected calibration error          0.500   over 1 statements" in table


def test_what_was_not_measured_is_null():
    scores = as_dict(PolnearScores(0, 0, RoleScores(), Counts(), Counts(), None, None))
    assert scores["labels"] is None and scores["reliability"] is None


def test_values_are_json_and_full():
    scores = PolnearScores(2, 1, ROLES, Counts(1, 2, 2), Counts(2, 2, 2), reliability([0.5], [1]), LABELS)
    scores = replace(scores, by_article={"one": Counts(1, 1, 1), "two": Counts(1, 1, 1)})
    back = json.loads(json.dumps(as_dict(scores)))
    assert back["by_article"] == {name: {"right": 1, "predicted": 1, "gold": 1} for name in ("one", "two")}
    assert back["source"]["f1"] == ROLES.source.f1
    assert back["labels"]["act"]["macro_f1"] == LABELS.act.macro_f1 == (2 / 3 + 2 / 3) / 2
    assert back["reliability"]["bins"][0]["count"] == 1


def test_cofenet():
    scores = CofenetScores(3, 1, ROLES)
    assert as_dict(scores)["unread"] == 1
    assert as_table(scores).startswith("3 sequences, 1 of them without a record")


def test_corpus():
    events = EventScores(Counts(2, 3, 4), Counts(1, 3, 4), Share(1, 2), Share(0, 1))
    figures = FigureScores(Counts(3, 3, 6), Counts(1, 2, 4), Share(2, 3))
    scores = CorpusScores(2, 1, act=Share(3, 4), events=events, figures=figures, due=Share(1, 5))
    both = scores + scores
    assert both.articles == 4 and both.events.date == Share(0, 2) and both.figures.people == Counts(2, 4, 8)
    table = as_table(scores)
    assert "event with its parties    0.333  0.250  0.286       1       3       4" in table
    assert "act right                           0.750   3 of 4" in table
    back = json.loads(json.dumps(as_dict(scores)))
    assert back["events"]["asserted_by"] == {"value": 0.5, "right": 1, "total": 2}
    assert back["figures"]["people"]["recall"] == 0.25 and back["due"]["value"] == 0.2
