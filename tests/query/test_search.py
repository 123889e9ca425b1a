from __future__ import annotations

import re

import numpy as np
import pytest

from onrecord.query import facets as counting
from onrecord.query import search as searching
from onrecord.query.facets import facets
from onrecord.query.search import newest, search
from onrecord.records import MalformedError, UnclearError
from onrecord.store.vectors import add_vectors


@pytest.fixture
def news(world):
    for name in ("Ann Lane", "Bo Marsh", "Velmark"):
        world.identity(name)
    world.article(
        ("Ann Lane", "said", "the flood had reached the mill"),
        ("Bo Marsh", "denied", "that relief for the flood was late"),
        outlet="Halyard",
        published="2024-05-01",
    )
    _, (n,) = world.article(("Ann Lane", "promised", "relief within days"), outlet="Courier", published="2024-05-02")
    world.change("statements", n, act="promise", target="Velmark", form="mixed")
    article, (m,) = world.article(("Bo Marsh", "said", "the mill was lost"), outlet="Courier", published="2024-06-01")
    world.change("statements", m, target="Velmark", target_entity=world.entity(article, "Velmark"))
    return world


def _contents(page):
    return [h.utterance.said.content for h in page.items]


def test_words_find_statements_best_first(news):
    page = search(news.store, "flood relief")
    assert _contents(page) == ["that relief for the flood was late"]
    assert page.complete
    assert (page.total, page.items[0].found) == (1, ("words",))
    assert set(_contents(search(news.store, "flood OR mill"))) == {
        "the flood had reached the mill",
        "that relief for the flood was late",
        "the mill was lost",
    }


def test_the_newest_are_first_however_well_the_words_fit(world, monkeypatch):
    monkeypatch.setattr(searching, "RANKED", 5)
    world.identity("Ann Lane")
    for k in range(30):
        world.article(("Ann Lane", "said", "flood flood flood"), published=f"2024-05-{k + 1:02}")
    world.article(("Ann Lane", "said", f"a flood {'of words ' * 90}"), published="2024-07-02")
    _, (early,) = world.article(("Ann Lane", "said", "flood"), published="2023-01-01", outlet="Courier")
    _, (again,) = world.article(("Ann Lane", "said", "flood"), published="2024-07-01", outlet="Halyard")
    world.printed_again(early, again)
    days = [hit.utterance.said.day for hit in newest(world.store, "flood", size=4)]
    assert days == ["2024-07-02", "2024-07-01", "2024-05-30", "2024-05-29"]
    assert len(newest(world.store, "flood", size=90)) == 32
    assert [h.utterance.said.day for h in newest(world.store, "flood", outlet="Courier")] == ["2023-01-01"]
    assert [hit.found for hit in newest(world.store, "flood", speaker="Ann Lane", size=1)] == [("words",)]
    assert len(newest(world.store, "", size=3)) == 3


def test_a_hit_shows_the_words_in_their_article(news):
    hit = search(news.store, '"mill was"').items[0]
    text = news.connection.execute(
        "SELECT text FROM articles WHERE id = ?", (hit.utterance.said.article.id,)
    ).fetchone()[0]
    assert [s.of(text) for s in hit.matches] == ["mill was"]
    assert hit.snippet.span.of(text) == hit.snippet.text == "Bo Marsh said the mill was lost."


def test_a_long_statement_is_shown_around_the_match(world):
    world.article(("It", "said", "word " * 200 + "needle " + "word " * 200))
    hit = search(world.store, "needle").items[0]
    assert "needle" in hit.snippet.text
    assert len(hit.snippet.text) < 350
    assert hit.snippet.span.holds(hit.matches[0])


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"speaker": "Ann Lane"}, ["the flood had reached the mill"]),
        ({"outlet": "Courier"}, ["the mill was lost"]),
        ({"since": "2024-06"}, ["the mill was lost"]),
        ({"published_until": "2024-05"}, ["the flood had reached the mill"]),
        ({"target": "Velmark"}, ["the mill was lost"]),
        ({"form": "direct"}, []),
        ({"kind": "person", "speaker": "Bo Marsh"}, ["the mill was lost"]),
        ({"act": "promise"}, []),
    ],
)
def test_options_narrow_it(news, options, found):
    assert _contents(search(news.store, "mill", **options)) == found


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, ["the mill was lost", "relief within days", "that relief for the flood was late", "the flood had reached the mill"]),
        ({"outlet": "Courier"}, ["the mill was lost", "relief within days"]),
        ({"act": "promise"}, ["relief within days"]),
        ({"form": "mixed", "until": "2024-05-02"}, ["relief within days"]),
        ({"speaker": "Bo Marsh"}, ["the mill was lost", "that relief for the flood was late"]),
        ({"published_since": "2024-05-02", "published_until": "2024-05-02"}, ["relief within days"]),
    ],
)  # fmt: skip
def test_without_words_the_newest_come_first(news, options, found):
    assert _contents(search(news.store, "", **options)) == found


def test_options_that_are_none_are_told(news):
    with pytest.raises(MalformedError, match="form"):
        search(news.store, "mill", form="spoken")
    with pytest.raises(MalformedError, match="act: 'accused' is none of"):
        search(news.store, "mill", act="accused")
    with pytest.raises(UnclearError):
        search(news.store, "mill", speaker="Cy Stone")
    with pytest.raises(MalformedError, match="cursor"):
        search(news.store, "mill", cursor=search(news.store, "", size=1).cursor)
    with pytest.raises(MalformedError, match="NOT leaves out of what is found"):
        search(news.store, "relief OR NOT mill")


def test_pages_of_a_search_follow_one_another(world):
    for n in range(7):
        world.article(("It", "said", "flood " * (n + 1)), published=f"2024-05-0{n + 1}")
    for query in ("flood", ""):
        got, cursor = [], None
        while True:
            page = search(world.store, query, size=2, cursor=cursor)
            got += _contents(page)
            if (cursor := page.cursor) is None:
                break
        assert len(got) == len(set(got)) == 7, query


def test_an_utterance_is_one_entry(world):
    numbers = [
        world.article(("It", "said", "the dam held"), outlet=f"Paper {n}", published=f"2024-05-0{n}")[1][0]
        for n in range(1, 6)
    ]
    world.printed_again(*numbers[:4])
    for size in (1, 2, 20):
        for query in ("dam", ""):
            got, cursor = [], None
            while True:
                page = search(world.store, query, size=size, cursor=cursor)
                got += [(h.utterance.printed, h.utterance.sources) for h in page.items]
                if (cursor := page.cursor) is None:
                    break
            assert sorted(got) == [(1, 1), (4, 4)], (size, query)


def test_browsing_is_paged_through_undated_ones_and_printings_to_the_end(world):
    numbers = []
    for n in range(12):
        day = None if n % 4 == 3 else f"2024-05-0{1 + n // 3}"
        numbers += world.article(("It", "said", f"item {n}"), outlet=f"P{n % 2}", published=day)[1]
    world.printed_again(numbers[0], numbers[4], numbers[7])
    for options, most in (({}, 10), ({"outlet": "P0"}, 5)):
        for size in (1, 3, 12):
            got, cursor = [], None
            while True:
                page = search(world.store, "", size=size, cursor=cursor, **options)
                got += _contents(page)
                if (cursor := page.cursor) is None:
                    break
            assert len(got) == len(set(got)) == most, (options, size, got)


def test_withdrawn_ones_are_counted_and_shown_where_asked_for(world):
    world.article(("It", "said", "the dam held"), standing="withdrawn")
    world.article(("It", "said", "the dam broke"), standing="superseded")
    page = search(world.store, "dam")
    assert (page.items, page.withdrawn) == ((), 1)
    assert _contents(search(world.store, "dam", withdrawn=True)) == ["the dam held"]
    assert _contents(search(world.store, "", withdrawn=True)) == ["the dam held"]


def test_a_word_that_very_many_hold_is_not_looked_through_whole(world, monkeypatch):
    monkeypatch.setattr(searching, "EXAMINED", 3)
    for n in range(5):
        world.article(("It", "said", f"the dam held {n}"))
    page = search(world.store, "dam")
    assert (len(page.items), page.complete, page.total) == (3, False, None)


class Embedder:
    """Directions for a few words; what has none of them lies apart from all others."""

    hash = "sha256:0"
    NEAR = ({"flood", "deluge", "water"}, {"mill", "grinding"}, {"money"}, {"late"})

    def embed(self, texts):
        return np.array([self._vector(t) for t in texts], np.int8)

    def _vector(self, text):
        vector = np.zeros(384, np.int8)
        for place, words in enumerate(self.NEAR):
            vector[place] = 100 if words & set(re.findall(r"\w+", text)) else 0
        if not vector.any():
            vector[len(self.NEAR)] = 100
        return vector


@pytest.fixture
def meant(news):
    """The news with vectors."""
    rows = news.connection.execute("SELECT n, content FROM statements").fetchall()
    add_vectors(news.connection, [n for n, _ in rows], Embedder().embed([content for _, content in rows]))
    return news


def test_meaning_finds_what_words_do_not(meant):
    page = search(meant.store, "deluge", embedder=Embedder())
    assert {(h.utterance.said.content, h.found) for h in page.items} == {
        ("the flood had reached the mill", ("meaning",)),
        ("that relief for the flood was late", ("meaning",)),
    }
    assert search(meant.store, "deluge", embedder=Embedder(), outlet="Courier").items == ()
    assert search(meant.store, "deluge").items == ()


def test_all_the_words_come_before_the_nearest_meaning(meant):
    page = search(meant.store, "relief late", embedder=Embedder())
    assert [(h.utterance.said.content, h.found) for h in page.items] == [
        ("that relief for the flood was late", ("words", "meaning"))
    ]
    # A statement that means just this is nearer than the one that has the word.
    page = search(meant.store, "mill", embedder=Embedder())
    assert _contents(page) == ["the mill was lost", "the flood had reached the mill"]
    meant.article(("It", "said", "water and nothing else"))
    n = meant.connection.execute("SELECT max(n) FROM statements").fetchone()[0]
    add_vectors(meant.connection, [n], Embedder().embed(["water and nothing else"]))
    page = search(meant.store, "flood", embedder=Embedder())
    assert _contents(page)[-1] == "water and nothing else"
    assert page.items[-1].score < 90 < page.items[-2].score


def test_a_name_is_met_where_it_stands_whatever_is_near(meant):
    page = search(meant.store, "Ann Lane", embedder=Embedder())
    assert {h.utterance.said.speaker for h in page.items[:2]} == {"Ann Lane"}
    assert all("words" in h.found for h in page.items[:2])
    page = search(meant.store, '"the flood had reached"', embedder=Embedder())
    assert _contents(page)[0] == "the flood had reached the mill"


def test_where_no_statement_has_all_words_some_of_them_count_beside_the_meaning(meant):
    page = search(meant.store, "deluge relief money", embedder=Embedder())
    assert _contents(page)[0] == "that relief for the flood was late"
    assert ("relief within days", ("words",)) in [(h.utterance.said.content, h.found) for h in page.items]
    assert search(meant.store, "deluge relief money").items == ()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("flood NOT relief", ["the flood had reached the mill"]),
        ("speaker:marsh flood", ["that relief for the flood was late"]),
        ("speaker:marsh deluge", []),
    ],
)
def test_fields_and_unwanted_words_bind_the_meaning_too(meant, query, found):
    assert _contents(search(meant.store, query, embedder=Embedder())) == found


def test_pages_by_words_and_meaning_follow_one_another(meant):
    whole = _contents(search(meant.store, "mill", embedder=Embedder()))
    got, cursor = [], None
    while True:
        page = search(meant.store, "mill", embedder=Embedder(), size=1, cursor=cursor)
        got += _contents(page)
        if (cursor := page.cursor) is None:
            break
    assert got == whole
    assert len(whole) == 2


@pytest.mark.parametrize(
    ("edtf", "value"),
    [
        ("2023-23", "2023"),
        ("2023", "2023"),
        ("2023-01", "2023-01"),
        ("2023-01-02/2023-01-09", "2023-01"),
        ("202X", None),
    ],
)
def test_a_year_or_season_is_no_month(world, edtf, value):
    _, (n,) = world.article(("It", "said", "the weir held"))
    world.change("statements", n, day="2023-01-01", said_date=None, said_edtf=edtf, said_basis="stated")
    assert [f.value for f in facets(world.store, "weir").months] == ([value] if value else [])


def test_facets_tell_by_what_a_search_can_be_narrowed(news):
    found = facets(news.store, "mill OR relief")
    assert [(f.value, f.statements) for f in found.speakers] == [("Ann Lane", 2), ("Bo Marsh", 2)]
    assert found.speakers[0].identity == news.id_of("identities", news.identities["Ann Lane"])
    assert {f.value: f.statements for f in found.outlets} == {"Courier": 2, "Halyard": 2}
    assert [(f.value, f.statements) for f in found.months] == [("2024-05", 3), ("2024-06", 1)]
    assert [(f.value, f.statements) for f in found.acts] == [("promise", 1)]
    assert (found.statements, found.complete) == (4, True)
    assert facets(news.store, speaker="Bo Marsh", outlet="Courier").statements == 1
    assert facets(news.store, "mill", speaker="Bo Marsh").statements == 1


def test_facets_of_very_many_are_those_of_the_newest(news, monkeypatch):
    monkeypatch.setattr(counting, "COUNTED", 2)
    found = facets(news.store)
    assert (found.statements, found.complete) == (2, False)
    assert {f.value for f in found.outlets} == {"Courier"}
