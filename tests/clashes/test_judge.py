"""The judge: its trees, its words, and that what it tells can be looked up."""

from __future__ import annotations

import numpy as np
import pytest
from tests.clashes.telling import account, tally

from onrecord.clashes import Judge, KnownArticle, within
from onrecord.clashes.features import FEATURES, Setting, features_of
from onrecord.clashes.forest import Forest
from onrecord.clashes.reasons import about_words, colliding
from onrecord.clashes.weights import load_weights
from onrecord.records import WeightsError

CLAIM = account(0, "that the sluice gates at Oldmoor were opened", by="Ines Marlow", act="accuse", at="Tom Redfern")
DENIAL = account(
    1, "the sluice gates were never opened", by="Tom Redfern", act="deny", at="Ines Marlow", cue="insisted"
)
ASIDE = account(2, "that the band would play at noon", by="Ada Quill", act="state")


def small_forest() -> Forest:
    """Two trees: one asks whether number 0 is at most .5 (unknown: no), one is a leaf."""
    arrays = {
        "x_roots": np.array([0, 3], np.int32),
        "x_feature": np.array([0, 0, 0, 0], np.int16),
        "x_threshold": np.array([0.5, 0, 0, 0], np.float32),
        "x_left": np.array([1, 1, 2, 3], np.int32),
        "x_right": np.array([2, 1, 2, 3], np.int32),
        "x_missing_left": np.array([False, False, False, False]),
        "x_value": np.array([0, 1, -1, 0.25], np.float32),
        "x_bias": np.array([0.5], np.float32),
        "x_depth": np.array([1]),
    }
    return Forest.of(arrays, "x")


def test_trees_are_summed():
    rows = np.array([[0.2], [0.5], [0.9], [np.nan]], np.float32)
    assert small_forest()(rows).tolist() == [1.75, 1.75, -0.25, -0.25]


def test_a_forest_that_is_not_there():
    with pytest.raises(WeightsError):
        Forest.of({}, "x")


def test_weights_that_are_not_there(tmp_path):
    with pytest.raises(WeightsError):
        load_weights(tmp_path / "clashes.npz")
    (tmp_path / "damaged.npz").write_bytes(b"nothing")
    with pytest.raises(WeightsError):
        load_weights(tmp_path / "damaged.npz")


def test_a_claim_and_its_denial_score_above_an_aside():
    judge, known = Judge.load(), KnownArticle((CLAIM, DENIAL, ASIDE), ())
    pairs = ((CLAIM, DENIAL), (CLAIM, ASIDE), (DENIAL, ASIDE))
    scores = judge.scores(pairs, features_of(pairs, {"art-1": Setting.of(known.accounts)}))
    assert scores[0] > max(scores[1:])
    assert all(0 < s < 1 for s in scores)


def test_a_clash_tells_what_it_is_about_and_which_words_collide():
    (clash, *rest) = Judge.load().judge(within(KnownArticle((CLAIM, DENIAL, ASIDE), ())))
    assert {clash.a.statement, clash.b.statement} == {CLAIM.statement, DENIAL.statement}
    assert clash.kind in ("contradict", "deny", "accuse", "disagree")
    assert "sluice" in clash.about
    assert clash.why[1] and all(DENIAL.spans[0].holds(span) for span in clash.why[1])
    assert all(c.score <= clash.score for c in rest)


@pytest.mark.parametrize("word", ["since", "behind", "during", "yesterday", "still"])
def test_a_small_word_is_nothing_that_a_clash_is_about(word):
    one = account(0, f"the gates held {word} Cragdale", by="the mayor", cue="said")
    other = account(1, f"they burst {word} the storm", by="the keeper", cue="said")
    assert about_words(one, other) == ""


def test_a_report_is_a_matter_though_reported_is_a_small_word():
    one = account(0, "the report names Cragdale", by="the mayor", cue="said")
    assert about_words(one, account(1, "they burned the report", by="the keeper", cue="said")) == "report"


def test_it_does_without_acts_targets_and_speakers():
    bare = [account(n, a.content[0], by=None, cue=a.cue) for n, a in enumerate((CLAIM, DENIAL, ASIDE))]
    for clash in Judge.load().judge(within(KnownArticle(tuple(bare), ()))):
        assert 0 < clash.score < 1


def test_figures_of_two_sources():
    known = KnownArticle((), (tally(1, 17, by="the mayor"), tally(2, 11, by="the relief office")))
    (clash,) = Judge.load().judge(within(known))
    assert (clash.kind, clash.about) == ("figures", "killed, Oldmoor")
    assert clash.a.figure and clash.b.figure and clash.why == ((clash_span(1),), (clash_span(2),))


@pytest.mark.parametrize("day", ["2031-04-02", "2031-04-01"])
def test_statements_of_two_numbers_are_one_clash_of_figures(day):
    toll = "that the flood at Oldmoor had killed {} people"
    mayor = account(1, toll.format(17), by="the mayor", act="state")
    office = account(2, toll.format("only 11"), by="the relief office", act="state", cue="countered", at="the mayor")
    (said,) = Judge.load().judge(within(KnownArticle((mayor, office), ())))
    assert said.kind in ("contradict", "disagree")
    counts = (tally(1, 17, by="the mayor"), tally(2, 11, by="the relief office", day=day))
    (clash,) = Judge.load().judge(within(KnownArticle((mayor, office), counts)))
    assert (clash.kind, clash.score) == ("figures", said.score)


@pytest.mark.parametrize("day", ["2031-04-02", "2031-04-01"])
def test_of_two_statements_the_likeliest_clash_alone_is_told(day):
    toll = "that the flood at Oldmoor had killed {} people"
    mayor = account(1, toll.format(17), by="the mayor", act="state")
    office = account(2, toll.format("only 11"), by="the relief office", act="deny", cue="denied", at="the mayor")
    counts = (tally(1, 17, by="the mayor"), tally(2, 11, by="the relief office", day=day))
    (clash,) = Judge.load().judge(within(KnownArticle((mayor, office), counts)))
    assert clash.kind == "deny"


def clash_span(number):
    return tally(number, 1).span


def test_unknown_things_have_no_number():
    rows = features_of([(CLAIM, DENIAL)], {})
    assert np.isnan(rows[0, FEATURES.index("cosine")])


def test_words_that_turn_round_what_is_said():
    why = colliding(CLAIM, DENIAL)
    text = DENIAL.content[0]
    assert "never" in {text[s.start - 100 : s.end - 100] for s in why[1]}
    assert about_words(CLAIM, ASIDE) == ""


@pytest.mark.parametrize(
    ("one", "other", "topic"),
    [
        ("the ferry would cost $250,000 to mend", "the ferry needed $9,000 at most", "ferry"),
        ("it cost $250,000", "it cost no more than $9,000", "cost"),
        ("Dr Ada Hale-Quist should name the donors", "Dr Hale-Quist had named no donors", "Hale-Quist, name, donors"),
        ("Friends First broke the weir", "the First Ward had no weir", "weir"),
        ("the weir broke on 4 March", "the 4 boats left in March", ""),
        ("Marlow's ferry sank", "the ferry of Marlow floats", "Marlow, ferry"),
    ],
)
def test_a_topic_is_made_of_whole_words_that_tell(one, other, topic):
    assert about_words(account(0, one), account(1, other, by="Tom Redfern")) == topic


def test_a_number_with_its_commas_is_one_word():
    why = colliding(account(0, "about $250,000"), account(1, "about $40,000", by="Tom Redfern"))
    assert why == ((), ())
    (span,), _ = colliding(account(0, "some 3,000"), account(1, "over 3,000", by="Tom Redfern"))
    assert span.end - span.start == len("3,000")


@pytest.mark.parametrize(
    ("things", "topic"),
    [
        ({"counted": "new homes"}, "new homes, Oldmoor"),
        (
            {"sentence": "Bo counted 90 carts at the gate", "about": frozenset({"count", "cart", "gat"})},
            "carts, gate, Oldmoor",
        ),
    ],
)
def test_figures_of_other_things_are_named_as_printed(things, topic):
    from onrecord.clashes.reasons import about_counts

    one, other = (
        tally(1, 17, what="other", **things),
        tally(2, 90, what="other", **{**things, "sentence": "90 at the gate"}),
    )
    assert set(about_counts(one, other).split(", ")) - {"counted"} == set(topic.split(", "))


def test_a_report_of_a_statement_is_not_told_beside_the_statement():
    report = account(
        5, f"that Ines Marlow had said {CLAIM.content[0]}", by="the council", at="Tom Redfern", act="accuse"
    )
    inner = account(6, CLAIM.content[0], by="Ines Marlow", at="Tom Redfern", act="accuse", inside=report.statement)
    denial = account(7, DENIAL.content[0], by="Tom Redfern", at="Ines Marlow", act="deny", cue="insisted")
    pairs = [
        {c.a.statement, c.b.statement} for c in Judge.load().judge(within(KnownArticle((report, inner, denial), ())))
    ]
    assert {inner.statement, denial.statement} in pairs
    assert {report.statement, denial.statement} not in pairs
