"""Where accounts differ: what is listed, in what order, and what is left out."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from onrecord.query.clashes import KINDS, clash, clashes, found_last, of_article, wire_clash
from onrecord.records import MalformedError, UnclearError


@pytest.fixture
def told(world):
    """Two who differ in two papers, and one of them with an earlier self; a toll that the narration gives, twice."""
    for name in ("Ann Lane", "Bo Marsh"):
        world.identity(name)
    one, (held, never) = world.article(
        ("Ann Lane", "said", "the dam held all night"), ("Bo Marsh", "said", "nobody was warned"), source_id="h1"
    )
    other, (broke, warned) = world.article(
        ("Bo Marsh", "denied", "that the dam held"), ("Ann Lane", "said", "all were warned"), outlet="Courier",
        published="2024-05-02",
    )  # fmt: skip
    world.numbers = {
        "denied": world.clash(held, broke, why_a="held", why_b="held", score=0.9),
        "disputed": world.clash(never, warned, "contradict", about="who was warned", score=0.7, day="2024-05-03"),
        "turned": world.clash(held, warned, "self-reversal", about="the night", score=0.5),
    }
    figures = []
    for n, (article, value) in enumerate([(one, 5), (other, 7)]):
        row = {
            "id": f"fig-{n}",
            "article": article,
            "run": world.run,
            "start": 0,
            "end": 3,
            "what": "killed",
            "narrated": 1,
        }
        figures.append(world.row("figures", **row, value=value, low=value, high=value, standing="current"))
    world.numbers["counted"] = world.clash(
        None, None, "figures", figure_a=figures[0], figure_b=figures[1], about="killed at Tarn", score=0.6
    )
    world.said = {"held": held, "never": never, "broke": broke, "warned": warned}
    return world


def found(world, **options):
    names = {world.id_of("clashes", n): name for name, n in world.numbers.items()}
    return [names[c.id] for c in clashes(world.store, **options).items]


def test_the_surest_come_first_with_both_sides(told):
    assert found(told) == ["denied", "disputed", "counted", "turned"]
    one = clashes(told.store).items[0]
    assert (one.kind, one.about, one.day, one.score, one.independent) == ("deny", "the dam", "2024-05-02", 0.9, True)
    assert (one.a.speaker, one.a.words, one.a.colliding, one.a.day) == (
        "Ann Lane", "the dam held all night", ("held",), "2024-05-01",
    )  # fmt: skip
    assert (one.b.speaker, one.b.article.outlet, one.b.sources) == ("Bo Marsh", "Courier", 1)


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"kind": "contradict"}, ["disputed"]),
        ({"between": ("Bo Marsh", "Ann Lane")}, ["denied", "disputed"]),
        ({"between": ("Ann Lane", "Ann Lane")}, ["turned"]),
        ({"speaker": "Lane"}, ["denied", "disputed", "turned"]),
        ({"about": "dam held"}, ["denied", "turned"]),
        ({"about": "Tarn"}, ["counted"]),
        ({"article": "h1", "kind": "figures"}, ["counted"]),
        ({"since": "2024-05-03"}, ["disputed"]),
        ({"until": "2024-05-02", "least": 0.6}, ["denied", "counted"]),
        ({"since": "2025"}, []),
        ({"reviewed": "accepted"}, []),
        ({"reviewed": "none", "kind": "deny"}, ["denied"]),
    ],
    ids=str,
)
def test_it_is_narrowed(told, options, names):
    assert found(told, **options) == names


def test_those_found_last_come_first_however_sure(told, monkeypatch):
    monkeypatch.setattr("onrecord.query.clashes.CHUNK", 3)
    names = {told.id_of("clashes", n): name for name, n in told.numbers.items()}
    for name, day in (("denied", 1), ("disputed", 2), ("turned", 3), ("counted", 4)):
        told.change("clashes", told.numbers[name], found=f"2024-06-0{day}T00:00:00Z")

    def last(**options):
        return [names[c.id] for c in found_last(told.store, **options)]

    assert last() == ["counted", "turned", "disputed", "denied"]
    assert last(size=2) == ["counted", "turned"]
    assert last(speaker="Lane", least=0.6) == ["disputed", "denied"]
    assert last(about="Tarn") == ["counted"]
    row = {"id": "dec-1", "kind": "reject", "subject": "[]", "made": "2024-06-05T00:00:00Z"}
    told.change("clashes", told.numbers["turned"], review="rejected", decision=told.row("decisions", **row))
    assert last() == ["counted", "disputed", "denied"]


def test_pages_follow_one_another(told):
    cursor, seen = None, []
    while True:
        page = clashes(told.store, size=1, cursor=cursor)
        seen += [c.id for c in page.items]
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == [c.id for c in clashes(told.store).items]


def test_what_stands_no_longer_takes_its_clashes_along(told):
    told.change("statements", told.said["held"], standing="withdrawn")
    assert found(told) == ["disputed", "counted"]


def test_what_was_rejected_is_left_out_unless_asked_for(told):
    made = told.row(
        "decisions", id="dec-1", kind="reject", subject="[]", note="another dam", made="2024-07-01T00:00:00Z"
    )
    told.change("clashes", told.numbers["denied"], review="rejected", decision=made)
    assert found(told) == ["disputed", "counted", "turned"]
    assert found(told, reviewed="rejected") == ["denied"]
    assert len(found(told, reviewed="any")) == 4
    review = clashes(told.store, reviewed="rejected").items[0].review
    assert (review.verdict, review.note, review.decision) == ("rejected", "another dam", "dec-1")


@pytest.fixture
def copied(told):
    """A story that another paper prints whole, where the reader is surer of its clash."""
    origin, (a, b) = told.article(("Ann Lane", "said", "it is so"), ("Bo Marsh", "said", "it is not"), outlet="Wire")
    copy, (c, d) = told.article(
        ("Ann Lane", "said", "it is so"), ("Bo Marsh", "said", "it is not"), outlet="Echo", copy_of=origin
    )
    told.printings = (a, b, c, d)
    told.articles = (origin, copy)
    told.first, told.again = told.clash(a, b, "contradict", score=0.3), told.clash(c, d, score=0.95)
    return told


def appear(world):
    a, b, c, d = world.printings
    world.printed_again(a, c)
    world.printed_again(b, d)


@pytest.mark.parametrize("appearing", [True, False], ids=["as one utterance", "too short for one"])
def test_of_two_utterances_the_first_printings_are_told_where_the_surest_would_be(copied, appearing):
    if appearing:
        appear(copied)
    top = clashes(copied.store).items
    assert len(top) == 5
    assert (top[0].id, top[0].kind) == (copied.id_of("clashes", copied.first), "contradict")
    assert (top[0].score, top[0].others, top[0].a.article.outlet) == (0.95, 1, "Wire")
    assert not top[0].independent
    assert {c.others for c in top[1:]} == {0}
    assert wire_clash(top[0])["others"] == 1
    if appearing:
        assert (top[0].a.printed, top[0].a.sources) == (2, 1)


def test_of_two_utterances_that_found_last_is_told_once(copied):
    listed = {c.id for c in clashes(copied.store).items}
    found = found_last(copied.store)
    assert {c.id for c in found} == listed and len(found) == len(listed)
    assert {c.id: c.others for c in found} == {c.id: c.others for c in clashes(copied.store).items}


def test_the_others_are_shown_by_id_and_listed_where_only_they_fit(copied):
    appear(copied)
    other = copied.id_of("clashes", copied.again)
    shown = clash(copied.store, other).clash
    assert (shown.id, shown.score, shown.others) == (other, 0.95, 0)
    assert other in [c.id for c in clashes(copied.store, kind="deny").items]
    first = copied.id_of("clashes", copied.first)
    assert first in [c.id for c in clashes(copied.store, kind="contradict", until="2024-05-02").items]


def test_pages_hold_each_pair_of_utterances_once(copied):
    appear(copied)
    cursor, seen = None, []
    while True:
        page = clashes(copied.store, size=1, cursor=cursor)
        seen += [c.id for c in page.items]
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == [c.id for c in clashes(copied.store).items]
    assert len(seen) == len(set(seen)) == 5


def test_a_verdict_on_one_printing_holds_for_all(copied):
    appear(copied)
    made = copied.row("decisions", id="dec-2", kind="reject", subject="[]", made="2024-07-01T00:00:00Z")
    copied.change("clashes", copied.first, review="rejected", decision=made)
    both = {copied.id_of("clashes", n) for n in (copied.first, copied.again)}
    assert both.isdisjoint(c.id for c in clashes(copied.store).items)
    assert both.isdisjoint(c.id for c in clashes(copied.store, reviewed="none").items)
    assert [c.id for c in clashes(copied.store, reviewed="rejected").items] == [copied.id_of("clashes", copied.first)]
    assert clashes(copied.store, reviewed="any").items[0].review.verdict == "rejected"


def test_two_counts_of_the_same_utterances_stay_two(copied):
    appear(copied)
    a, b, c, d = copied.printings
    dead = copied.clash(a, b, "figures", about="dead", score=0.6)
    for pair in ((a, b), (c, d)):
        copied.clash(*pair, "figures", about="wounded", score=0.61)
    counted = [x.about for x in clashes(copied.store, kind="figures").items]
    assert sorted(counted) == ["dead", "killed at Tarn", "wounded"]
    assert copied.id_of("clashes", dead) in [x.id for x in clashes(copied.store).items]


def test_an_export_has_them_once_with_the_first_article(copied):
    appear(copied)
    origin, copy = copied.articles
    assert [(c.id, c.others, c.score) for c in of_article(copied.store, origin)] == [
        (copied.id_of("clashes", copied.first), 1, 0.95)
    ]
    assert of_article(copied.store, copy) == ()


def test_one_is_shown_with_both_passages(told):
    id_ = told.id_of("clashes", told.numbers["denied"])
    shown = clash(told.store, id_[:12])
    assert shown.clash.id == id_
    assert "Ann Lane said the dam held all night" in shown.a.text
    assert "Bo Marsh denied that the dam held" in shown.b.text
    for name in ("cls-", "cls-00000000", "dam"):
        with pytest.raises(UnclearError):
            clash(told.store, name)


def test_the_line_has_what_other_tools_go_by(told):
    lines = [json.loads(json.dumps(wire_clash(c))) for c in clashes(told.store).items]
    assert lines[0]["a"]["article"] == "h1"
    assert lines[0]["b"]["article"].startswith("art-")
    assert lines[0]["a"]["statement"] == told.id_of("statements", told.said["held"])
    ((start, end),) = lines[0]["a"]["spans"]
    assert end - start == len("the dam held all night")
    assert lines[2]["a"]["statement"] is None
    assert lines[2]["a"]["figure"] == "fig-0"
    assert {line["kind"] for line in lines} <= set(KINDS)


def test_options_that_are_none_are_told(told):
    for options in ({"kind": "quarrel"}, {"reviewed": "maybe"}, {"since": "soon"}, {"size": 0}, {"cursor": "x"}):
        with pytest.raises(MalformedError):
            clashes(told.store, **options)


def test_altered_words_are_told_as_they_are_printed(world):
    world.identity("Ann Lane")
    _, (said,) = world.article(("Ann Lane", "said", '"We leave on Friday, all of us"'))
    _, (altered,) = world.article(("Ann Lane", "said", '"We leave on Monday, all of us"'), outlet="Courier")
    world.clash(said, altered, "altered-quotation", about="friday → monday", why_a="Friday,", why_b="Monday,")
    (one,) = clashes(world.store).items
    assert (one.about, one.matter) == ("friday → monday", "Friday → Monday")
    for about in ("dam", "friday → tuesday", " → monday"):
        changed = replace(one, about=about)
        assert changed.matter.lower() == about
