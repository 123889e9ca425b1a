from __future__ import annotations

import json

import pytest

from onrecord.query.firsts import altered_from
from onrecord.query.foretold import foretold_on
from onrecord.query.predictions import predictions
from onrecord.query.search import newest as listed_newest
from onrecord.query.search import search
from onrecord.query.who import who
from onrecord.records import MalformedError, UnclearError


@pytest.fixture
def spoken(world):
    for name in ("Ann Lane", "Bo Marsh"):
        world.identity(name)
    return world


def _contents(page):
    return [u.said.content for u in page.items]


def test_all_that_a_person_said_oldest_first(spoken):
    spoken.article(("Ann Lane", "said", "the third"), published="2024-05-03")
    spoken.article(("Ann Lane", "said", "the first"), ("Bo Marsh", "said", "nothing"), published="2024-05-01")
    spoken.article(("Ann Lane", "said", "some day"), published=None)
    spoken.article(("Ann Lane", "said", "the second"), published="2024-05-02")
    page = who(spoken.store, "Ann Lane")
    assert _contents(page) == ["the first", "the second", "the third", "some day"]
    assert (page.total, page.statements, page.who.name, page.cursor) == (4, 4, "Ann Lane", None)
    said = page.items[0].said
    assert (said.speaker, said.printed, said.day, said.article.outlet) == (
        "Ann Lane",
        "Ann Lane",
        "2024-05-01",
        "Halyard",
    )


def test_pages_follow_one_another_without_gap_or_repetition(spoken):
    for n in range(7):
        spoken.article(("Ann Lane", "said", f"item {n}"), published=None if n > 4 else f"2024-05-0{1 + n // 2}")
    got, cursor = [], None
    while True:
        page = who(spoken.store, "Ann Lane", size=2, cursor=cursor)
        got += _contents(page)
        if (cursor := page.cursor) is None:
            break
    assert got == [f"item {n}" for n in range(7)]
    with pytest.raises(MalformedError, match="cursor"):
        who(spoken.store, "Ann Lane", cursor="bm9uZQ")
    with pytest.raises(MalformedError, match="1 to"):
        who(spoken.store, "Ann Lane", size=0)


@pytest.fixture
def wire(spoken):
    """A quotation in four articles, two of them one text, one of them with other words; a fourth outlet took it back."""
    first, (a,) = spoken.article(
        ("Ann Lane", "said", '"We will not pay"'), outlet="Meridian Wire", published="2024-05-01"
    )
    _, (b,) = spoken.article(
        ("Ann Lane", "said", '"We will not pay"'), outlet="Halyard", published="2024-05-02", copy_of=first
    )
    _, (c,) = spoken.article(("Ann Lane", "said", '"We shall not pay"'), outlet="Courier", published="2024-05-03")
    _, (d,) = spoken.article(
        ("Ann Lane", "said", '"We will never pay"'), outlet="Tribune", published="2024-05-04", standing="withdrawn"
    )
    spoken.printed_again(a, b, c, d)
    spoken.connection.execute("""UPDATE appearances SET altered = '[["will","shall"]]' WHERE statement = ?""", (c,))
    return spoken


def test_copies_count_once_and_altered_words_are_told(wire):
    page = who(wire.store, "Ann Lane")
    (utterance,) = page.items
    assert (utterance.printed, utterance.outlets, utterance.sources) == (3, 3, 2)
    assert utterance.first.outlet == "Meridian Wire"
    assert utterance.altered
    assert [a.altered for a in utterance.appearances] == [(), (), (("will", "shall"),)]
    assert (page.total, page.statements, page.withdrawn) == (1, 3, 1)


@pytest.mark.parametrize("stored", ["wire first", "copy first"])
def test_of_a_copy_of_the_same_day_the_origin_tells_the_words(spoken, stored):
    said = ("Ann Lane", "said", '"Each crate will be weighed"')
    origin, (a,) = spoken.article(said, outlet="Meridian Wire")
    altered = ("Ann Lane", "said", '"Each crate could be weighed"')
    _, (b,) = spoken.article(altered, outlet="Courier", copy_of=origin)
    _, (c,) = spoken.article(("Ann Lane", "said", '"Each crate will be opened"'), outlet="Halyard", copy_of=origin)
    first, second = (a, b) if stored == "wire first" else (b, a)
    spoken.printed_again(first, second, c)
    from_wire, from_copy = (
        {b: [["will", "could"]], c: [["weighed", "opened"]]},
        {
            a: [["could", "will"]],
            c: [["could", "will"], ["weighed", "opened"]],
        },
    )
    for n, changes in (from_wire if first == a else from_copy).items():
        spoken.connection.execute("UPDATE appearances SET altered = ? WHERE statement = ?", (json.dumps(changes), n))
    (utterance,) = who(spoken.store, "Ann Lane").items
    assert (utterance.said.content, utterance.first.outlet) == (said[2], "Meridian Wire")
    told = {x.article.outlet: x.altered for x in utterance.appearances}
    assert told == {"Meridian Wire": (), "Courier": (("will", "could"),), "Halyard": (("weighed", "opened"),)}
    assert _contents(who(spoken.store, "Ann Lane", outlet="Courier")) == [altered[2]]
    (newest,) = search(spoken.store, "", speaker="Ann Lane").items
    assert newest.utterance.said.content == said[2]
    for words, content in (("weighed", said[2]), ("could", altered[2])):
        (found,) = search(spoken.store, words).items
        assert found.utterance.said.content == content
        assert [h.utterance.said.content for h in listed_newest(spoken.store, words)] == [content]


@pytest.mark.parametrize(("words", "outlet"), [("could", "Courier"), ("will", "Meridian Wire")])
def test_a_prediction_is_shown_in_the_words_of_which_it_is_told(spoken, words, outlet):
    origin, (a,) = spoken.article(("Ann Lane", "said", '"It will open in May"'), outlet="Meridian Wire")
    copied = ("Ann Lane", "said", f'"It {words} open in May"')
    _, (b,) = spoken.article(copied, outlet="Courier", copy_of=origin)
    spoken.printed_again(b, a)
    spoken.row("predictions", statement=b, kind="prediction")
    for (foretold,) in (predictions(spoken.store).items, foretold_on(spoken.store, "open May")):
        assert (foretold.utterance.said.content, foretold.utterance.said.article.outlet) == (copied[2], outlet)


def test_words_that_are_altered_twice_are_told_twice():
    twice = [("will", "may"), ("will", "could")]
    assert altered_from([], twice) == tuple(twice)
    assert altered_from(twice, twice) == ()


def test_withdrawn_statements_are_shown_where_they_are_asked_for(wire):
    page = who(wire.store, "Ann Lane", withdrawn=True)
    assert (page.items[0].printed, page.withdrawn, page.statements) == (4, 0, 4)
    assert page.items[0].appearances[-1].standing == "withdrawn"


def test_an_utterance_stands_where_its_first_fitting_printing_does(wire):
    page = who(wire.store, "Ann Lane", outlet="Courier")
    assert _contents(page) == ['"We shall not pay"']
    assert page.items[0].printed == 3
    assert page.items[0].id == page.items[0].appearances[0].statement


def test_superseded_statements_are_never_listed(spoken):
    spoken.article(("Ann Lane", "said", "the old"), standing="superseded")
    spoken.article(("Ann Lane", "said", "the new"))
    for withdrawn in (False, True):
        page = who(spoken.store, "Ann Lane", withdrawn=withdrawn)
        assert (_contents(page), page.withdrawn) == (["the new"], 0)


def test_days_bound_it_by_day_month_and_year(spoken):
    for day in ("2023-12-31", "2024-01-01", "2024-01-31", "2024-02-01"):
        spoken.article(("Ann Lane", "said", day), published=day)
    assert _contents(who(spoken.store, "Ann Lane", since="2024", until="2024-01")) == ["2024-01-01", "2024-01-31"]
    assert _contents(who(spoken.store, "Ann Lane", until="2023")) == ["2023-12-31"]
    assert _contents(who(spoken.store, "Ann Lane", published_since="2024-01-31")) == ["2024-01-31", "2024-02-01"]
    with pytest.raises(MalformedError, match="since"):
        who(spoken.store, "Ann Lane", since="soon")


def test_a_day_said_goes_before_that_of_publication(spoken):
    _, (n,) = spoken.article(("Ann Lane", "said", "earlier"), published="2024-05-09")
    spoken.change("statements", n, day="2024-05-01", said_date="2024-05-01", said_basis="stated")
    spoken.article(("Ann Lane", "said", "later"), published="2024-05-05")
    assert _contents(who(spoken.store, "Ann Lane")) == ["earlier", "later"]


def test_about_leaves_what_has_the_words(spoken):
    spoken.article(("Ann Lane", "said", "the flood was over"), ("Ann Lane", "said", "taxes would rise"))
    assert _contents(who(spoken.store, "Ann Lane", about="flood*")) == ["the flood was over"]
    assert who(spoken.store, "Ann Lane", about="drought").total == 0
    assert who(spoken.store, "Ann Lane", about="").total == 0


def test_nobody_is_guessed(spoken):
    with pytest.raises(UnclearError):
        who(spoken.store, "Cy Stone")


def test_others_who_spoke_and_bear_a_name_that_an_alias_decides_are_told(world):
    world.identity("Ilse Marwick", aliases=["Marwick"])
    for name in ("Jan Marwick", "Per Marwick", "Marwickson"):
        world.identity(name)
    world.article(("Ilse Marwick", "said", "one"), ("Jan Marwick", "said", "two"), ("Marwickson", "said", "three"))
    page = who(world.store, "marwick")
    assert page.who.name == "Ilse Marwick"
    assert [c.name for c in page.others] == ["Jan Marwick"], "who said nothing, and another name, are none"
    assert who(world.store, "Ilse Marwick").others == ()
