"""Ledgers of figures: which counts are of one matter, and which of one quantity."""

from __future__ import annotations

import json
import re
from itertools import accumulate, count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.query import placing
from onrecord.query.figures import figures
from onrecord.query.placing import SentenceLayout, readable, town_of

_NUMBERS = count(1)


def _article(world, *said, **more):
    return world.article(*said, **({"outlet": f"Paper {next(_NUMBERS)}", "published": "2024-05-02"} | more))


def _figure(world, article, place, value, **more):
    """Its row."""
    row = {"id": f"fig-{article}-{place}", "article": article, "run": world.run, "start": place, "end": place + 2}
    row |= {"value": value, "low": value, "high": value, "what": "killed", "narrated": 1, "standing": "current"}
    return world.row("figures", **(row | more))


def _told(world, words, place, value, figure=None, **more):
    """An article with one figure in it."""
    article, _ = _article(world, ("It", "said", words), **more)
    _figure(world, article, place, value, **(figure or {}))
    return article


@pytest.mark.parametrize(
    ("place", "town", "shown"),
    [
        ("SEL IMAR, Ostrania", ("sel imar", "ostrania"), "Sel Imar"),
        ("Sel Imar City", ("sel imar", ""), "Sel Imar City"),
        ("the city of Sel Imar", ("sel imar", ""), "the city of Sel Imar"),
        ("PORT-AU-SEL", ("port au sel", ""), "Port-au-Sel"),
        ("Mexico City", ("mexico city", ""), "Mexico City"),
        ("Tarven, Velmark", ("tarven", "velmark"), "Tarven, Velmark"),
    ],
)
def test_a_town_is_known_in_whatever_form(place, town, shown):
    assert (town_of(place), readable(place)) == (town, shown)


def test_one_place_told_in_many_forms_has_one_ledger(world):
    for place in ("SEL IMAR, Ostrania", "Sel Imar", "SEL IMAR CITY"):
        _told(world, f"8 died in {place}", 8, 8, dateline_place=place)
    (ledger,) = figures(world.store).items
    assert (ledger.place, len(ledger.counts)) == ("Sel Imar", 3)
    assert len(figures(world.store, place="SEL IMAR, Ostrania").items[0].counts) == 3


def test_towns_of_one_name_in_two_regions_are_two_places(world):
    for place in ("TARVEN, Ostrania", "TARVEN, Velmark"):
        _told(world, "8 died", 8, 8, dateline_place=place)
    assert [len(g.counts) for g in figures(world.store).items] == [1, 1]


def _sunk(world, title, *named):
    """An article of two sentences, whose second tells a figure; `named`: places and where they are named."""
    article = _told(world, "a boat sank off Imsel. Then 8 died there", 31, 8, dateline_place="TARV", title=title)
    layout = {"headline": None, "dateline": None, "paragraphs": [[0, 48]], "sentences": [[0, 30], [30, 48]]}
    world.change("articles", article, layout=json.dumps(layout | {"furniture": []}))
    for place, at in named:
        world.identity(place, kind="place")
        entity = world.entity(article, place, kind="place")
        world.row("mentions", article=article, start=at, end=at + 2, kind="place", entity=entity, score=0.9)


@pytest.mark.parametrize(
    ("title", "named", "place"),
    [
        ("Boat sinks off Imsel", [("Imsel", 24), ("Orren", 8)], "Imsel"),
        ("Boat sinks", [("Imsel", 24)], "Imsel"),
        ("Boat sinks", [("Imsel", 24), ("Orren", 8)], "Tarv"),
        ("Boat sinks off Imsel", [("Imsel", 24), ("Orren", 40)], "Orren"),
        (None, [], "Tarv"),
    ],
)
def test_the_only_place_of_a_title_or_first_sentence_goes_before_the_dateline(world, title, named, place):
    _sunk(world, title, *named)
    assert [g.place for g in figures(world.store).items] == [place]


@pytest.mark.parametrize(("kind", "place"), [("country", "Sel Imar"), ("place", "Orlava")])
def test_a_land_that_an_article_takes_for_a_town_is_none(world, kind, place):
    article = _told(
        world, "9 died", 8, 9, title="Orlava shuts its border", before="Shells fell. ", dateline_place="Sel Imar"
    )
    world.identity("Orlava", kind)
    land = world.entity(article, "Orlava", kind="place")
    world.row("mentions", article=article, start=40, end=46, kind="place", entity=land, score=0.9)
    (ledger,) = figures(world.store).items
    assert ledger.place == place


def test_parts_and_what_is_more_do_not_make_a_ledger_differ(world):
    where = {"dateline_place": "Imsel"}
    _told(world, "34 died", 8, 34, **where)
    _told(world, "11 of the dead were boys", 8, 11, {"counted": "of the dead"}, **where)
    _told(world, "29 more bodies were found", 8, 29, {"counted": "more bodies"}, **where)
    (ledger,) = figures(world.store).items
    assert (len(ledger.counts), ledger.differ) == (3, False)
    _told(world, "36 died", 8, 36, **where)
    assert figures(world.store).items[0].differ


def test_what_one_claimant_tells_in_one_sentence_does_not_differ(world):
    article = _told(world, "34 died, including 11 boys", 8, 34, dateline_place="Imsel")
    _figure(world, article, 27, 11, counted="boys")
    assert not figures(world.store).items[0].differ


def test_a_copy_that_prints_another_number_differs_though_both_say_at_least(world):
    words = "a raid on the harbour killed at least"
    first = _told(world, f"{words} 34", 46, 34, {"high": None}, dateline_place="Imsel")
    _told(world, f"{words} 43", 46, 43, {"high": None}, dateline_place="Imsel", copy_of=first)
    assert [(len(g.counts), g.differ) for g in figures(world.store).items] == [(2, True)]


def test_without_a_place_copies_are_of_one_matter(world):
    first = _told(world, "34 died", 8, 34)
    _told(world, "34 died", 8, 34, copy_of=first)
    _told(world, "20 died", 8, 20)
    assert [sum(c.printed for c in g.counts) for g in figures(world.store).items] == [2, 1]


def test_sums_of_money_stand_by_themselves(world):
    for value, counted in ((705e6, "euros"), (1e5, "euros"), (2e6, None)):
        _told(world, "it lost a lot", 8, value, {"what": "other", "counted": counted}, dateline_place="Imsel")
    _told(world, "it lost $9", 17, 9, {"what": "other"}, dateline_place="Imsel")
    assert [(len(g.counts), g.differ) for g in figures(world.store).items] == [(1, False)] * 4
    assert {g.thing for g in figures(world.store).items} == {"euros", None}


def test_a_sum_with_the_sign_of_its_coin_alone_is_of_money(world):
    for words in ("it lost $9", "it lost $90m", "we paid Rs 5"):
        _told(world, words, 16, 9, {"what": "other", "end": 8 + len(words)}, dateline_place="Imsel")
    assert [(len(g.counts), g.thing) for g in figures(world.store).items] == [(1, "money")] * 3


@pytest.mark.parametrize(
    ("what", "first", "last", "differ"),
    [
        ("missing", 5, 2, False),
        ("missing", 2, 5, False),
        ("detained", 30, 12, False),
        ("killed", 12, 30, False),
        ("killed", 30, 12, True),
        ("wounded", 30, 12, True),
    ],
)
def test_only_what_cannot_shrink_differs_by_shrinking(world, what, first, last, differ):
    for value, day in ((first, "2024-05-02"), (last, "2024-05-04")):
        _told(world, "8 in Imsel", 0, value, {"what": what}, dateline_place="Imsel", published=day)
    assert [g.differ for g in figures(world.store).items] == [differ]
    _told(world, "8 in Imsel", 0, first + 1, {"what": what}, dateline_place="Imsel", published="2024-05-02")
    assert figures(world.store).items[0].differ, "of one day"


@given(st.lists(st.integers(1, 200), max_size=30), st.integers(0, 900), st.booleans())
def test_the_sentence_around_a_place_is_found_by_halves(lengths, at, spaced):
    ends = list(accumulate(lengths))
    lie = [(end - length, end - (length > 3)) for length, end in zip(lengths, ends, strict=True)]
    layout = SentenceLayout(json.dumps(lie, separators=(", ", ": ") if spaced else (",", ":")), 0, 0)
    assert layout.around(at, at + 2) == next((s for s in lie if s[0] <= at < s[1]), (at, at + 2))


def test_more_figures_are_no_more_questions_to_the_store(world):
    asked = []
    for _ in range(2):
        for value in range(3):
            _told(world, f"{value + 20} died near the mill", 8, value + 20, dateline_place="Imsel")
        asked.append([])
        world.store.connection.set_trace_callback(asked[-1].append)
        (ledger,) = figures(world.store).items
        world.store.connection.set_trace_callback(None)
    assert len(ledger.counts) == 6
    assert len(asked[0]) == len(asked[1])


def test_an_article_that_is_taken_down_meanwhile_is_passed_over(world, monkeypatch):
    first, _ = (_told(world, f"{value} died near the mill", 8, value, dateline_place="Imsel") for value in (21, 22))

    def meanwhile(store, statements):
        world.connection.execute("DELETE FROM articles WHERE n = ?", (first,))
        world.connection.commit()
        return {}

    monkeypatch.setattr(placing, "speakers", meanwhile)
    (ledger,) = figures(world.store).items
    assert [count.words for count in ledger.counts] == ["22"]


def test_people_of_whom_nothing_more_is_told_are_of_no_one_quantity(world):
    for value, words in ((95, "95 people were rescued"), (160, "160 people were aboard")):
        _told(world, words, 8, value, {"what": "other", "counted": "people"}, dateline_place="Imsel")
    assert [(len(g.counts), g.differ) for g in figures(world.store).items] == [(2, False)]


def _laid(world, text, *counts, **more):
    """An article of sentences, with figures: words that stand in it, a value, and what more is known."""
    article, _ = _article(world, before=text, dateline_place="TARV", **more)
    ends = [m.end() for m in re.finditer(r"[.](?=\s|$)", text)]
    sentences = [[text.rfind(". ", 0, end - 1) + 2 if ". " in text[: end - 1] else 0, end] for end in ends]
    layout = {
        "headline": None,
        "dateline": None,
        "furniture": [],
        "paragraphs": [[0, len(text)]],
        "sentences": sentences,
    }
    world.change("articles", article, layout=json.dumps(layout))
    for words, value, told in counts:
        at = text.index(words)
        _figure(world, article, at, value, end=at + len(words), **told)
    return article


def _ledgers(world):
    return {(g.place, tuple(sorted(c.value for c in g.counts))) for g in figures(world.store).items}


def test_a_bare_number_is_of_the_place_of_the_one_before_it(world):
    text = "A raid killed 30 people. In Orren 7 sailors died. Their foes spoke of 9."
    article = _laid(world, text, ("30", 30, {"counted": "people"}), ("7", 7, {"counted": "sailors"}), ("9", 9, {}))
    world.identity("Orren", kind="place")
    row = {
        "article": article,
        "start": text.index("Orren"),
        "end": text.index("Orren") + 5,
        "kind": "place",
        "score": 0.9,
    }
    world.row("mentions", entity=world.entity(article, "Orren", kind="place"), **row)
    assert _ledgers(world) == {("Tarv", (30,)), ("Orren", (7, 9))}


def test_a_sentence_that_names_another_place_has_none_lent(world):
    _laid(world, "Some 7 sailors died in Orren.", ("7", 7, {"counted": "sailors"}))
    assert _ledgers(world) == {(None, (7,))}


def test_where_somebody_comes_from_is_not_where_it_was(world):
    article = _laid(world, "Ann, from Orren, saw 9 die.", ("9", 9, {}))
    world.identity("Orren", kind="place")
    row = {"article": article, "start": 10, "end": 15, "kind": "place", "score": 0.9}
    world.row("mentions", entity=world.entity(article, "Orren", kind="place"), **row)
    assert _ledgers(world) == {("Tarv", (9,))}


def test_a_name_that_another_article_knows_is_a_place(world):
    _laid(world, "Some 7 sailors died in Orren.", ("7", 7, {"counted": "sailors"}))
    article = _laid(world, "It was 8 at Orren.", ("8", 8, {}))
    world.identity("Orren", kind="place")
    row = {"article": article, "start": 12, "end": 17, "kind": "place", "score": 0.9}
    world.row("mentions", entity=world.entity(article, "Orren", kind="place"), **row)
    assert _ledgers(world) == {("Orren", (7, 8))}


def test_counts_of_two_days_and_of_children_do_not_differ_from_those_of_all(world):
    for value, day in ((34, "2024-05-01"), (9, "2024-04-30")):
        article = _laid(world, f"Blasts killed {value}.", (str(value), value, {}))
        row = {"id": f"evt-{value}", "article": article, "run": world.run, "start": 0, "end": 6, "type": "ASSAULT"}
        world.row(
            "events", **row, date=day, date_basis="stated", status="happened", narrated=1, standing="current", score=1.0
        )
    assert not figures(world.store).items[0].differ
    _laid(world, "Blasts killed 8 girls.", ("8", 8, {"counted": "girls"}))
    assert not figures(world.store).items[0].differ
    _laid(world, "Blasts killed 40 girls.", ("40", 40, {"counted": "girls"}))
    assert figures(world.store).items[0].differ


def test_a_count_of_officers_alone_is_none_of_all(world):
    _laid(world, "Blasts killed 27.", ("27", 27, {}))
    _laid(world, "Blasts killed 2 customs officers.", ("2", 2, {"counted": "customs officers"}))
    assert not figures(world.store).items[0].differ
    _laid(world, "Blasts killed 2 divers.", ("2", 2, {"counted": "divers"}))
    assert figures(world.store).items[0].differ


def test_counts_that_somebody_found_not_to_clash_do_not_differ(world):
    rows = list[int]()
    for value in (19, 27, 19):
        article, (said,) = _article(world, ("Ann Lane", "said", f"{value} died"), dateline_place="Imsel")
        more = {"claimed_by": said, "narrated": 0, "as_of": "2024-05-01"}
        rows.append(_figure(world, article, 14, value, **more))
    ledger = figures(world.store).items[0]
    assert ledger.differ and [c.value for c in ledger.apart] == [19, 27, 19]
    made = world.row("decisions", id="dec-1", kind="reject", subject="[]", made="2024-07-01T00:00:00Z")
    for n, other in enumerate((rows[0], rows[2])):
        clash = world.clash(None, None, "figures", figure_a=rows[1], figure_b=other, about="dead")
        assert figures(world.store).items[0].differ, "without a verdict"
        world.change("clashes", clash, review="rejected", decision=made)
        ledger = figures(world.store).items[0]
        assert (ledger.differ, len(ledger.apart)) == ((True, 2), (False, 0))[n]
        assert len(ledger.counts) == 3, "all are told all the same"
    world.change("clashes", clash, review="accepted")
    assert figures(world.store).items[0].differ


def test_what_is_not_told_to_be_of_anything_is_of_no_one_quantity(world):
    for value, words in ((96, "it says 96"), (1312, "it says 1312")):
        _told(world, words, 16, value, {"what": "other"}, dateline_place="Imsel")
    _told(world, "five of them", 8, 5, {"what": "other", "counted": "of them"}, dateline_place="Imsel")
    assert [len(g.counts) for g in figures(world.store).items] == [1, 1, 1]


def test_a_part_of_some_things_is_of_these_things(world):
    for counted in ("of its pumps", "of the 40 pumps", "pumps"):
        _told(world, "it lost some", 8, 5, {"what": "other", "counted": counted}, dateline_place="Imsel")
    assert [(g.thing, len(g.counts)) for g in figures(world.store).items] == [("pumps", 3)]
