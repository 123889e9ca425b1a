"""Articles, citations, entities, counts, events, figures, predictions."""

from __future__ import annotations

import hashlib
import json
from html.parser import HTMLParser

import pytest

from onrecord.query import events as happening
from onrecord.query import figures as counting
from onrecord.query import predictions as foretelling
from onrecord.query import search as searching
from onrecord.query import spots as spotting
from onrecord.query.bearing import bearing_on
from onrecord.query.cite import as_csl, as_html, as_text, cite
from onrecord.query.clashes import clashes
from onrecord.query.days import in_words
from onrecord.query.entities import entities, entity
from onrecord.query.events import events
from onrecord.query.figures import figures
from onrecord.query.foretold import foretold_on
from onrecord.query.plain import as_plain
from onrecord.query.predictions import predictions
from onrecord.query.search import search
from onrecord.query.shortening import short_ids
from onrecord.query.show import find_statement, show
from onrecord.query.spots import spots
from onrecord.query.stats import stats
from onrecord.query.who import who
from onrecord.records import MalformedError, UnclearError


@pytest.fixture
def people(world):
    for name in ("Ann Lane", "Bo Marsh"):
        world.identity(name)
    world.identity("Imsel", "place")
    return world


# ---------------------------------------------------------------- show


def test_an_article_is_found_by_id_beginning_address_source_and_statement(people):
    article, (statement,) = people.article(
        ("Ann Lane", "said", "it held"), source_id="wire-7", url="https://h.example/7"
    )
    id_, said = people.id_of("articles", article), people.id_of("statements", statement)
    for name in (id_, id_[:10], "wire-7", "https://h.example/7", said, said[:10]):
        shown = show(people.store, name)
        assert shown.article.id == shown.record.article.id == id_
        assert shown.statement == (said if name.startswith("stm-") else None)
        assert [s.id for s in shown.record.statements] == [said]


def test_copies_and_versions_are_told(people):
    first, _ = people.article(("Ann Lane", "said", "it held"), outlet="Meridian", item="url x")
    copy, _ = people.article(("Ann Lane", "said", "it held"), outlet="Courier", published="2024-05-02", copy_of=first)
    newer, _ = people.article(("Ann Lane", "said", "it did hold"), published="2024-05-03", item="url x")
    shown = show(people.store, people.id_of("articles", first))
    assert [c.outlet for c in shown.copies] == ["Courier"]
    assert shown.copies[0].copy_of == shown.article.id
    assert [v.id for v in shown.versions] == [people.id_of("articles", newer)]
    assert show(people.store, people.id_of("articles", copy)).article.copy_of == shown.article.id


@pytest.mark.parametrize("name", ["", "art-0000", "nothing", "stm-", "stm-0000", "stm-xyz1", "art-"])
def test_what_is_not_there_is_told(people, name):
    with pytest.raises(UnclearError):
        show(people.store, name)


def test_an_id_that_fits_several_statements_is_no_id(people):
    _, (a, b) = people.article(("Ann Lane", "said", "a"), ("Ann Lane", "said", "b"))
    people.change("statements", a, id="stm-abcdef01")
    people.change("statements", b, id="stm-abcdef02")
    assert find_statement(people.store, "abcdef01") == "stm-abcdef01"
    with pytest.raises(UnclearError, match="several statements fit"):
        find_statement(people.store, "stm-abcdef")


def test_short_ids_are_those_of_one_entry_alone(people):
    _, numbers = people.article(*[("Ann Lane", "said", str(n)) for n in range(4)])
    for n, id_ in zip(numbers, ("stm-aaaaaaaa01", "stm-aaaaaaaa02", "stm-aaaab", "stm-b000000000"), strict=True):
        people.change("statements", n, id=id_)
    assert short_ids(people.store, "statements", ["stm-aaaaaaaa01", "stm-aaaab", "stm-b000000000"]) == {
        "stm-aaaaaaaa01": "stm-aaaaaaaa01",
        "stm-aaaab": "stm-aaaab",
        "stm-b000000000": "stm-b00000",
    }


# ---------------------------------------------------------------- cite


@pytest.fixture
def cited(people):
    article, (statement,) = people.article(
        ("Ann Lane", "said", '"It <b>held</b> & stood"'),
        title='Dam "safe"',
        url="https://h.example/7?a=1&b=2",
        byline="C. Reed",
        retrieved="2024-05-02T10:00:00Z",
    )
    text = people.connection.execute("SELECT text FROM articles WHERE n = ?", (article,)).fetchone()[0]
    return people, cite(people.store, people.id_of("statements", statement)[:12]), text


def test_a_citation_proves_its_words(cited):
    _, citation, text = cited
    assert citation.words == '"It <b>held</b> & stood"' == " … ".join(s.of(text) for s in citation.spans)
    assert citation.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (citation.speaker, citation.outlet, citation.published, citation.standing) == (
        "Ann Lane", "Halyard", "2024-05-01", "current",
    )  # fmt: skip


def test_a_citation_in_words(cited):
    _, citation, _ = cited
    text = as_text(citation)
    assert text.startswith(
        'Ann Lane (said; chance of the speaker 0.90): "It <b>held</b> & stood"\n“Dam "safe"”, Halyard, 2024-05-01.\nhttps://h.example/7'
    )
    assert f"sha256:{citation.sha256}" in text
    assert citation.statement in text


@pytest.mark.parametrize("columns", [{"speaker_basis": "corrected", "speaker_score": 1.0}, {"speaker_score": None}])
def test_a_citation_tells_no_chance_of_a_speaker_whom_a_human_gave(people, columns):
    _, (n,) = people.article(("Ann Lane", "said", "it held"))
    people.change("statements", n, **columns)
    assert as_text(cite(people.store, people.id_of("statements", n))).startswith(
        "Ann Lane (said, in other words): it held"
    )


def test_what_is_foretold_on_a_matter_is_what_has_its_words_or_stands_under_a_title_that_has_them(people):
    for title, said in (
        ("Quill ferry stops", "tolls would rise"),
        ("Roads", "the Quill ferry would sail"),
        ("Roads", "it would snow"),
    ):
        _, (n,) = people.article(("Ann Lane", "said", said), title=title, published="2024-05-02")
        people.row("predictions", statement=n, kind="prediction", due_latest=None)
    told = [f.utterance.said.content for f in foretold_on(people.store, "quill ferry")]
    assert sorted(told) == ["the Quill ferry would sail", "tolls would rise"]
    assert [f.utterance.said.content for f in foretold_on(people.store, "content:quill")] == [
        "the Quill ferry would sail"
    ]


def test_places_without_a_point_on_the_map_are_named(people):
    article, _ = people.article(("Ann Lane", "said", "it held"))
    event = {"article": article, "run": people.run, "start": 0, "end": 1, "standing": "current", "score": 0.5, "narrated": 1,
             "type": "AID", "status": "happened"}  # fmt: skip
    people.row("events", **event, id="evt-1", place="Tholm", place_country=None)
    people.row("events", **event, id="evt-2", place="Ostrania", place_country="EST")
    people.row("events", **event, id="evt-3", place="Ostrania", place_country="EST")
    people.row("events", **event, id="evt-4")
    found = spots(people.store)
    assert [(s.name, s.country, s.events) for s in found.named] == [("Ostrania", "EST", 2), ("Tholm", None, 1)]
    assert (found.placed, found.unplaced) == (0, 4)


def test_of_very_many_events_the_newest_are_on_the_map(people, monkeypatch):
    article, _ = people.article(("Ann Lane", "said", "it held"))
    copy, _ = people.article(("Ann Lane", "said", "it held fast"), copy_of=article)
    event = {"article": article, "run": people.run, "start": 0, "end": 1, "standing": "current", "score": 0.5, "narrated": 1,
             "status": "happened", "lat": 59.0, "lon": 24.0}  # fmt: skip
    people.row("events", **event, id="evt-1", type="AID", place="Hal", date="2024-05-03")
    people.row("events", **event, id="evt-2", type="PROTEST", place="Halden", date="2024-05-01")
    people.row("events", **event, id="evt-3", type="AID", place="Halden", date="2024-05-02")
    people.row("events", **event | {"article": copy}, id="evt-4", type="AID", place="Halden", date="2024-05-04")
    found = spots(people.store)
    (spot,) = found.items
    assert (spot.name, spot.events, spot.types) == ("Halden", 3, (("AID", 2), ("PROTEST", 1)))
    assert (spot.first, spot.last, found.placed, found.whole) == ("2024-05-01", "2024-05-03", 3, True)
    monkeypatch.setattr(spotting, "EXAMINED", 2)
    found = spots(people.store)
    assert ([s.events for s in found.items], found.whole) == ([1], False), "what is a copy's is looked at, not counted"
    assert [s.last for s in spots(people.store, since="2024-05-01", until="2024-05-02").items] == ["2024-05-02"]
    assert [s.events for s in spots(people.store, type="PROTEST").items] == [1]


def test_a_citation_as_html_has_no_markup_of_the_article(cited):
    _, citation, _ = cited

    class Reader(HTMLParser):
        def __init__(self):
            super().__init__()
            self.tags, self.text = [], ""

        def handle_starttag(self, tag, attrs):
            self.tags.append(tag)
            self.links = dict(attrs).get("href", getattr(self, "links", None))

        def handle_data(self, data):
            self.text += data

    reader = Reader()
    reader.feed(as_html(citation))
    assert "b" not in reader.tags
    assert reader.links == "https://h.example/7?a=1&b=2"
    assert "It <b>held</b> & stood" in reader.text


def test_indirect_speech_is_not_cited_as_a_quotation(people):
    _, (n,) = people.article(("Ann Lane", "had said", "that she would stay"))
    people.change("statements", n, said_edtf="2024-04", said_basis="stated")
    citation = cite(people.store, people.id_of("statements", n))
    assert (citation.form, citation.cue, citation.day) == ("indirect", "had said", "2024-04")
    who = "Ann Lane (had said, 2024-04, in other words; chance of the speaker 0.90)"
    assert as_text(citation).startswith(f"{who}: that she would stay\n")
    assert as_csl(citation)["note"].startswith(f"{who}: that she would stay;")
    assert as_html(citation).startswith("<div><p>that she would stay</p>")
    assert "blockquote" not in as_html(citation)
    people.change("statements", n, said_basis="published")
    assert "(had said, in other words; " in as_text(cite(people.store, people.id_of("statements", n)))


@pytest.mark.parametrize(
    ("form", "content", "cited"),
    [
        ("direct", "Nobody will check’”", "“Nobody will check”"),
        ("direct", "It’s so", "“It’s so”"),
        ("direct", "I call it “holding”", "“I call it “holding””"),
        ("mixed", "that it was “safe”", "that it was “safe”"),
    ],
)
def test_quotation_marks_are_set_once_and_around_quotations_alone(people, form, content, cited):
    _, (n,) = people.article(("Ann Lane", "said", content))
    people.change("statements", n, form=form)
    text = as_text(cite(people.store, people.id_of("statements", n)))
    assert text.partition(": ")[2].partition("\n")[0] == cited


def test_what_somebody_hands_on_is_cited_and_answered_with_their_name(people):
    _, (outer, middle, inner) = people.article(
        ("Bo Marsh", "said", "so"), ("the  clerk", "added", "it"), ("Ann Lane", "told", '"Nobody will check"')
    )
    people.change("statements", inner, inside=middle)
    people.change("statements", middle, inside=outer)
    citation = cite(people.store, people.id_of("statements", inner))
    assert citation.told_by == ("the clerk", "Bo Marsh")
    assert as_text(citation).startswith(
        "Ann Lane (told; as told by the clerk; as told by Bo Marsh; chance of the speaker 0.90): "
    )
    (utterance,) = who(people.store, "Ann Lane").items
    assert utterance.said.told_by == ("the clerk", "Bo Marsh")
    (utterance,) = who(people.store, "Bo Marsh").items
    assert utterance.said.told_by == ()


def test_an_address_that_is_no_web_address_is_not_linked(people):
    _, (n,) = people.article(("Ann Lane", "said", "x"), url="javascript:alert(1)")
    html = as_html(cite(people.store, people.id_of("statements", n)))
    assert "javascript" not in html


def test_a_citation_as_csl(cited):
    item = as_csl(cited[1])
    assert json.loads(json.dumps(item)) == item
    assert item["issued"] == {"date-parts": [[2024, 5, 1]]}
    assert item["accessed"] == {"date-parts": [[2024, 5, 2]]}
    assert (item["type"], item["container-title"], item["author"]) == (
        "article-newspaper", "Halyard", [{"literal": "C. Reed"}],
    )  # fmt: skip


def test_a_withdrawn_statement_says_so_when_it_is_cited(people):
    _, (n,) = people.article(("Ann Lane", "said", "x"), standing="withdrawn")
    citation = cite(people.store, people.id_of("statements", n))
    assert "Withdrawn" in as_text(citation)
    assert "Withdrawn" in as_html(citation)
    assert "Withdrawn" in as_csl(citation)["note"]


@pytest.mark.parametrize(
    ("field", "by", "told"),
    [
        ("speaker", "Ida  Bo", "speaker corrected by Ida Bo, read as Cy Reed)"),
        ("speaker", None, "speaker corrected by hand, read as Cy Reed)"),
        ("target", "Ida", None),
        ("statement", "Ida", None),
    ],
)
def test_a_citation_tells_that_a_human_gave_the_speaker(people, field, by, told):
    _, (n,) = people.article(("Ann Lane", "said", "it held"))
    made = people.row("decisions", id="dec-1", kind="correct", subject="[]", made="2024-07-01T00:00:00Z", by=by)
    people.row("corrected", statement=n, field=field, decision=made, was="Cy Reed", was_score=0.9)
    citation = cite(people.store, people.id_of("statements", n))
    for words in (as_text(citation), as_html(citation), as_csl(citation)["note"]):
        assert (told or "it held") in words and ("corrected" in words) == (told is not None)
        assert "ejected" not in words, "what was accepted is no less"


def test_a_rejected_statement_says_so_when_it_is_cited(people):
    _, (n,) = people.article(("Ann Lane", "said", "it held"))
    made = people.row("decisions", id="dec-1", kind="correct", subject="[]", made="2024-07-01T00:00:00Z", by="Ida")
    people.row("corrected", statement=n, field="statement", decision=made)
    people.change("statements", n, standing="superseded", superseded_by=people.run)
    citation = cite(people.store, people.id_of("statements", n))
    for words in (as_text(citation), as_html(citation), as_csl(citation)["note"]):
        assert "Rejected by Ida" in words and "Superseded" not in words


# ---------------------------------------------------------------- entities, stats


def test_entities_are_listed_by_how_many_articles_name_them(people):
    for day in ("2024-05-01", "2024-05-02"):
        people.article(("Ann Lane", "said", "x"), published=day)
    article, _ = people.article(("Bo Marsh", "said", "y"), published="2024-05-03")
    people.entity(article, "Imsel", kind="place")
    first = entities(people.store, size=2)
    rest = entities(people.store, size=2, cursor=first.cursor)
    assert [c.name for c in (*first.items, *rest.items)] == ["Ann Lane", "Bo Marsh", "Imsel"]
    assert rest.cursor is None
    assert [c.name for c in entities(people.store, kind="place").items] == ["Imsel"]
    assert [c.name for c in entities(people.store, "marsh").items] == ["Bo Marsh"]
    assert entities(people.store, "nobody").items == ()
    with pytest.raises(MalformedError):
        entities(people.store, kind="ship")


def test_entities_are_listed_by_the_count_that_is_shown(people):
    """Copies of one article are one, and what stands no longer is none."""
    people.identity("Cy Reed")
    first, _ = people.article(("Ann Lane", "said", "x"))
    for k in range(3):
        people.article(("Ann Lane", "said", "x"), copy_of=first, outlet=f"Paper {k}")
        people.article(("Cy Reed", "said", f"z {k}"), standing="withdrawn", published=f"2024-05-0{k + 1}")
    for k in range(2):
        people.article(("Bo Marsh", "said", f"y {k}"), published=f"2024-05-0{k + 1}")
    listed = [(c.name, c.articles) for c in entities(people.store).items]
    assert listed == [("Bo Marsh", 2), ("Ann Lane", 1), ("Cy Reed", 0)]
    one = entities(people.store, size=1)
    assert [c.name for c in entities(people.store, size=1, cursor=one.cursor).items] == ["Ann Lane"]


def test_of_an_entity_what_stands_is_counted_once_and_all_links_are_listed(people):
    wire, (a,) = people.article(("Ann Lane", "said", "x"))
    _, (b,) = people.article(("Ann Lane", "said", "x"), published="2024-05-02", copy_of=wire)
    people.printed_again(a, b)
    people.article(("Ann Lane", "said", "y"), published="2024-05-03", standing="superseded")
    people.article(("Ann Lane", "said", "z"), published="2024-05-04", standing="withdrawn")
    (choice,) = entities(people.store, "Ann Lane").items
    assert (choice.articles, choice.statements) == (1, 1)
    view = people.connection.execute("SELECT articles, statements FROM v_entities WHERE name = 'Ann Lane'").fetchone()
    assert view == (1, 1)
    whole = entity(people.store, "Ann Lane")
    assert whole.total == len(whole.items) == 3 and whole.who == choice


def test_all_whom_a_name_may_mean_are_listed_page_by_page(world):
    for k in range(5):
        world.identity(f"Lane {k}")
    got, cursor = [], None
    while True:
        page = entities(world.store, "Lane", size=2, cursor=cursor)
        got += [c.name for c in page.items]
        assert page.total == 5
        if (cursor := page.cursor) is None:
            break
    assert sorted(got) == [f"Lane {k}" for k in range(5)]


def test_an_entity_in_full_has_the_evidence_of_each_link(world):
    world.identity("Bo Marsh")
    world.identity("Ann Lane", aliases=["Lane"], roles=[{"text": "mayor", "from": "2024-05-01", "to": "2024-05-02"}])
    for day in ("2024-05-01", "2024-05-02"):
        article, (n,) = world.article(("Ann Lane", "accused", "Bo Marsh of it"), published=day)
        world.change("statements", n, act="accuse", target="Bo Marsh", target_entity=world.entity(article, "Bo Marsh"))
    whole = entity(world.store, "lane", size=1)
    assert (whole.aliases, whole.roles[0].until, whole.first, whole.last) == (
        ("Lane",), "2024-05-02", "2024-05-01", "2024-05-02",
    )  # fmt: skip
    assert [(a.act, a.party.name, a.statements) for a in whole.speaks_of] == [("accuse", "Bo Marsh", 2)]
    (link,) = whole.items
    assert (link.printed, link.method, link.score, link.article.published) == (
        "Ann Lane",
        "same-name",
        0.97,
        "2024-05-01",
    )
    assert entity(world.store, "lane", cursor=whole.cursor).items[0].article.published == "2024-05-02"
    accused = entity(world.store, "Bo Marsh")
    assert [(a.act, a.party.name, a.statements) for a in accused.spoken_of_by] == [("accuse", "Ann Lane", 2)]


@pytest.fixture
def counted(people):
    first, (a, _) = people.article(("Ann Lane", "said", "x"), ("Bo Marsh", "said", "y"), outlet="Wire")
    _, (b,) = people.article(("Ann Lane", "said", "x"), outlet="Courier", copy_of=first, published="2024-06-02")
    people.article(("Ann Lane", "said", "z"), outlet="Courier", published="2024-06-03")
    people.article(("Ann Lane", "said", "gone"), outlet="Courier", standing="withdrawn")
    people.printed_again(a, b)
    return people


def test_counts_tell_copies_from_what_is_new(counted):
    page = stats(counted.store, "speaker")
    assert [(t.key, t.statements, t.utterances, t.articles, t.sources) for t in page.items] == [
        ("Ann Lane", 3, 2, 3, 2),
        ("Bo Marsh", 1, 1, 1, 1),
    ]
    assert page.items[0].identity == counted.id_of("identities", counted.identities["Ann Lane"])
    assert stats(counted.store, "speaker", withdrawn=True).items[0].statements == 4


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("outlet", ["Courier", "Wire"]),
        ("day", ["2024-05-01", "2024-06-02", "2024-06-03"]),
        ("month", ["2024-05", "2024-06"]),
        ("year", ["2024"]),
        ("act", [None]),
        ("form", ["indirect"]),
    ],
)
def test_what_is_counted_by(counted, by, keys):
    assert [t.key for t in stats(counted.store, by).items] == keys
    got, cursor = [], None
    while True:
        page = stats(counted.store, by, size=1, cursor=cursor)
        got += [t.key for t in page.items]
        if (cursor := page.cursor) is None:
            break
    assert got == keys


def test_counts_are_narrowed_like_all_questions(counted):
    assert [t.key for t in stats(counted.store, "outlet", speaker="Bo Marsh").items] == ["Wire"]
    with pytest.raises(MalformedError):
        stats(counted.store, "colour")


# ---------------------------------------------------------------- events, figures, predictions


def _event(world, article, n, **more):
    row = {"id": f"evt-{n:08}", "article": article, "run": world.run, "start": 0, "end": 3, "type": "ASSAULT"}
    world.row("events", **(row | {"status": "happened", "narrated": 0, "score": 0.8, "standing": "current"} | more))


def test_events_come_with_their_witness(people):
    article, (said,) = people.article(("Ann Lane", "said", "they shelled Imsel"))
    entity_ = people.entity(article, "Bo Marsh")
    _event(people, article, 1, date="2024-05-01", asserted_by=said, actor="Marsh", actor_entity=entity_)
    _event(people, article, 2, date="2024-05-02", narrated=1, type="AID", place_country="LBY")
    _event(people, article, 3)
    _event(people, article, 4, date="2024-05-02", standing="withdrawn")
    found = events(people.store).items
    assert [(e.date, e.asserted_by and e.asserted_by[:4], e.witness) for e in found] == [
        ("2024-05-02", "narr", None),
        ("2024-05-01", "stm-", "Ann Lane"),
        (None, None, None),
    ]
    assert (found[1].actor.name, found[1].trigger) == ("Bo Marsh", "Ann")
    for options, ids in (
        ({"actor": "Bo Marsh"}, [1]),
        ({"witness": "Ann Lane"}, [1]),
        ({"witness": "narration"}, [2]),
        ({"type": "AID"}, [2]),
        ({"country": "LBY"}, [2]),
        ({"since": "2024-05-02"}, [2]),
        ({"until": "2024-05-01"}, [1]),
        ({"recipient": "Bo Marsh"}, []),
        ({"since": "2024-05-02", "withdrawn": True}, [4, 2]),
    ):
        assert [int(e.id[4:]) for e in events(people.store, **options).items] == ids, options
    got, cursor = [], None
    while True:
        page = events(people.store, size=1, cursor=cursor)
        got += [int(e.id[4:]) for e in page.items]
        if (cursor := page.cursor) is None:
            break
    assert got == [2, 1, 3]


def _figure(world, article, place, value, **more):
    row = {"id": f"fig-{article}-{place}", "article": article, "run": world.run, "start": place, "end": place + 2}
    row |= {"value": value, "low": value, "high": value, "what": "killed", "narrated": 1, "standing": "current"}
    world.row("figures", **(row | more))


def test_counts_of_one_matter_stand_side_by_side(people):
    wire, (said,) = people.article(("Ann Lane", "said", "31 died in Imsel"), dateline_place="Imsel", outlet="Wire")
    _figure(people, wire, 14, 31, claimed_by=said, narrated=0, as_of="2024-05-01")
    copy, (again,) = people.article(
        ("Ann Lane", "said", "31 died in Imsel"), dateline_place="IMSEL", outlet="Copy", copy_of=wire
    )
    _figure(people, copy, 14, 31, claimed_by=again, narrated=0, as_of="2024-05-01")
    other, _ = people.article(("Bo Marsh", "said", "22 died"), dateline_place="Imsel", published="2024-05-03")
    _figure(people, other, 14, 22)
    later, _ = people.article(("Bo Marsh", "said", "22 died"), dateline_place="Imsel", published="2024-09-03")
    _figure(people, later, 14, 2, what="killed")
    elsewhere, _ = people.article(("Bo Marsh", "said", "9 died"), dateline_place="Tarv", published="2024-05-03")
    _figure(people, elsewhere, 14, 9)
    page = figures(people.store)
    assert [(g.place, len(g.counts), g.differ) for g in page.items] == [
        ("Imsel", 2, True), ("Tarv", 1, False), ("Imsel", 1, False),
    ]  # fmt: skip
    counts = page.items[0].counts
    assert [(c.value, c.day, c.claimant, c.printed, c.sources) for c in counts] == [
        (31, "2024-05-01", "Ann Lane", 2, 1),
        (22, "2024-05-03", None, 1, 1),
    ]
    assert [c.words for c in counts] == ["31", "22"]
    assert len(figures(people.store, place="imsel", until="2024-06").items) == 1
    assert [c.value for g in figures(people.store, claimant="Ann Lane").items for c in g.counts] == [31]
    assert figures(people.store, "drought").items == ()
    assert figures(people.store, "Imsel").total == 1
    with pytest.raises(MalformedError):
        figures(people.store, what="bruised")


def test_what_is_left_out_of_the_ledgers_is_told(people, monkeypatch):
    monkeypatch.setattr(counting, "READ", 3)
    place = {"dateline_place": "Imsel", "title": "Imsel harbour"}
    first, _ = people.article(("It", "said", "9 died in the harbour"), **place)
    _figure(people, first, 8, 9)
    assert figures(people.store).total == figures(people.store, "harbour").total == 1
    withdrawn, _ = people.article(("It", "said", "8 died"), standing="withdrawn", published="2024-05-02", **place)
    for at in range(1, 5):
        _figure(people, withdrawn, at, 8 + at, standing="withdrawn")
    page = figures(people.store)
    assert (page.total, page.withdrawn) == (1, 4), "what was withdrawn crowds out nothing"
    assert figures(people.store, withdrawn=True).total is None
    elsewhere, _ = people.article(
        ("It", "said", "7 died in the harbour"), dateline_place="Tarv", published="2024-05-03", title="Tarv harbour"
    )
    for at in range(1, 5):
        _figure(people, elsewhere, at, 7)
    assert figures(people.store).total is None
    assert figures(people.store, place="Tarv").total is None
    page = figures(people.store, place="IMSEL")
    assert (page.total, [c.value for g in page.items for c in g.counts]) == (1, [9]), "nor what befell elsewhere"
    for day in range(4, 8):
        people.article(("It", "said", "the harbour is open"), published=f"2024-05-0{day}")
    assert figures(people.store, "harbour", place="imsel").total is None, "not all articles were looked at"


def test_a_place_that_the_sentence_tells_goes_before_the_dateline(people):
    article, _ = people.article(("It", "said", "40 died in Imsel"), dateline_place="Vintholm")
    _figure(people, article, 8, 40)
    entity_ = people.entity(article, "Imsel", kind="place")
    people.row("mentions", article=article, start=19, end=24, kind="place", entity=entity_, score=0.9)
    assert figures(people.store).items[0].place == "Imsel"
    _event(people, article, 1, place="Ilven", start=11, end=15)
    assert figures(people.store).items[0].place == "Ilven"


def test_bounds_of_counts_tell_whether_they_exclude_each_other(people):
    def told(value, low, high):
        article, _ = people.article(("It", "said", "dozens died"), dateline_place="Imsel", outlet=f"Of {value}")
        _figure(people, article, 8, value, low=low, high=high)
        return figures(people.store).items[0].differ

    assert not told(None, None, None)
    assert not told(10, None, 10)
    assert not told(8, 8, None)
    assert told(12, 11, None)


def test_the_first_day_on_which_claimants_differ_is_told_with_their_counts(people):
    where = {"dateline_place": "Imsel"}
    first, (a,) = people.article(("Ann Lane", "said", "11 died"), published="2024-05-01", **where)
    _figure(people, first, 0, 11, claimed_by=a, narrated=0, as_of="2024-05-01")
    grown, (b,) = people.article(("Ann Lane", "said", "17 died"), published="2024-05-02", **where)
    _figure(people, grown, 0, 17, claimed_by=b, narrated=0, as_of="2024-05-02")
    assert not figures(people.store).items[0].differ and figures(people.store).items[0].apart == (), "a toll grows"
    _figure(people, grown, 1, 6, claimed_by=b, narrated=0, as_of="2024-05-02")
    assert figures(people.store).items[0].apart == (), "nobody differs from themselves"
    other, (c, d) = people.article(("Bo Marsh", "said", "6 of them died"), ("Bo Marsh", "said", "12 died"), **where)
    _figure(people, other, 0, 6, claimed_by=c, narrated=0, as_of="2024-05-02", counted="of the dead")
    assert figures(people.store).items[0].apart == (), "some of another count are no other count"
    _figure(people, other, 1, 12, claimed_by=d, narrated=0, as_of="2024-05-02")
    _figure(people, other, 2, 25, claimed_by=d, narrated=0, as_of="2024-05-03")
    (ledger,) = figures(people.store).items
    assert {(c.day, c.claimant, c.value) for c in ledger.apart} == {
        ("2024-05-02", "Ann Lane", 17), ("2024-05-02", "Bo Marsh", 12),
    }  # fmt: skip


def test_a_part_of_what_its_claimant_counts_differs_from_nobodys_count(people):
    where = {"dateline_place": "Imsel", "published": "2024-05-02"}
    dated = {"narrated": 0, "as_of": "2024-05-02"}
    first, (a,) = people.article(("Ann Lane", "said", "Seven more died, which makes it 19"), **where)
    _figure(people, first, 0, 7, claimed_by=a, **dated)
    _figure(people, first, 10, 19, claimed_by=a, **dated)
    other, (b, c) = people.article(("Bo Marsh", "said", "19 died"), ("Bo Marsh", "said", "9 more died"), **where)
    _figure(people, other, 0, 19, claimed_by=b, **dated)
    _figure(people, other, 10, 9, claimed_by=c, counted="more people", **dated)
    assert figures(people.store).items[0].apart == (), "parts, and what is more"
    third, (d,) = people.article(("Cy Holt", "said", "17 died, down from 26"), **where)
    _figure(people, third, 10, 26, claimed_by=d, narrated=0)
    assert figures(people.store).items[0].apart == (), "an older count has no day"
    _figure(people, third, 0, 17, claimed_by=d, **dated)
    (ledger,) = figures(people.store).items
    assert {(c.claimant, c.value) for c in ledger.apart} == {("Ann Lane", 19), ("Bo Marsh", 19), (None, 17)}


@pytest.fixture
def foretold(people):
    numbers = []
    for k, due in enumerate(("2024-06-01", "2024-07-01", None)):
        _, (n,) = people.article(
            ("Ann Lane", "predicted", f"the harbour bridge reopens, part {k}"), published=f"2024-05-0{k + 1}"
        )
        people.connection.execute(
            "INSERT INTO predictions (statement, kind, due_latest, due_basis) VALUES (?, 'prediction', ?, 'stated')",
            (n, due),
        )
        numbers.append(n)
    people.article(("Bo Marsh", "said", "the harbour bridge is shut"), published="2024-06-02", outlet="Courier")
    people.article(("Bo Marsh", "said", "taxes rose"), published="2024-06-02", outlet="Tribune")
    return people, numbers


def test_what_has_come_due_comes_first(foretold):
    world, _ = foretold
    assert [f.latest for f in predictions(world.store).items] == ["2024-06-01", "2024-07-01", None]
    assert [f.latest for f in predictions(world.store, due_before="2024-07-01").items] == ["2024-06-01"]
    assert [f.latest for f in predictions(world.store, due_after="2024-06").items] == ["2024-07-01"]
    assert predictions(world.store, what="promise").items == ()
    assert predictions(world.store, speaker="Bo Marsh").items == ()
    got, cursor = [], None
    while True:
        page = predictions(world.store, size=1, cursor=cursor)
        got += [f.latest for f in page.items]
        if (cursor := page.cursor) is None:
            break
    assert got == ["2024-06-01", "2024-07-01", None]


def test_what_bears_on_a_prediction_was_said_later_elsewhere_in_its_rarest_words(foretold):
    world, numbers = foretold
    assert [b.article.outlet for b in bearing_on(world.store, numbers[2], count=3)] == ["Courier"]
    assert "harbour bridge is shut" in predictions(world.store).items[2].bearing[0].snippet.text
    assert predictions(world.store, bearing=0).items[0].bearing == ()


def _later(world, said, *names, foretold="the ferry line will close in spring, at a loss of five million euros"):
    """What bears on something foretold, of statements of later articles that have the names."""
    for name in ("Quill Harbour Board", "Oda Rusk"):
        if name not in world.identities:
            world.identity(name, "organization")
    before, (n,) = world.article(("Ann Lane", "said", foretold), published="2024-05-01")
    after, _ = world.article(("Bo Marsh", "said", said), published="2024-06-02", outlet="Tribune")
    for name in ("Quill Harbour Board", "Oda Rusk"):
        world.entity(before, name)
    for name in names:
        world.entity(after, name)
    return [b.snippet.text for b in bearing_on(world.store, n, count=3)]


def test_on_the_same_matter_one_rare_word_in_common_is_enough(people):
    assert _later(people, "the last ferry had sailed", "Quill Harbour Board", "Oda Rusk")


@pytest.mark.parametrize("names", [(), ("Oda Rusk",)])
def test_on_another_matter_one_word_in_common_or_one_name_is_not(people, names):
    assert not _later(people, "the last ferry had sailed", *names)


def test_amounts_and_times_in_common_are_no_matter(people):
    assert not _later(people, "taxes would rise by five million euros in spring", "Quill Harbour Board", "Oda Rusk")
    assert not _later(
        people, "she would spend a million euros next year on it", foretold="he would give a million euros next year"
    )


def test_a_word_that_many_statements_have_tells_no_matter(people):
    for k in range(12):
        people.article(("Bo Marsh", "said", f"the ferry was late on day {k}"), published="2024-04-01")
    assert not _later(people, "the last ferry had sailed", "Quill Harbour Board", "Oda Rusk")


def test_what_is_near_in_meaning_bears_on_it_only_where_it_shares_a_name(people, monkeypatch):
    found = []
    monkeypatch.setattr("onrecord.query.bearing.near", lambda *_, among, **__: [(n, 0.6) for n in among])
    for k, name in enumerate(("Ann Lane", "Bo Marsh")):
        told = {"published": f"2024-0{5 + k}-01"}
        before, (n,) = people.article(("Ann Lane", "said", "the ferry line will close"), **told)
        after, _ = people.article(
            (name, "said", f"nobody sails from pier {k}"), published="2024-07-02", outlet="Tribune"
        )
        for name in ("Quill Harbour Board", "Oda Rusk"):
            if name not in people.identities:
                people.identity(name, "organization")
            people.entity(before, name)
            people.entity(after, name)
        found.append({b.speaker for b in bearing_on(people.store, n, count=3, embedder=object())})
    assert found == [{"Ann Lane"}, {"Ann Lane"}], "not Bo Marsh"


def test_answers_are_plain_json(foretold):
    world, _ = foretold
    for answer in (who(world.store, "Ann Lane"), predictions(world.store), stats(world.store, "day")):
        plain = as_plain(answer)
        assert json.loads(json.dumps(plain)) == plain


def test_a_page_looks_at_a_bounded_number_of_predictions_and_its_cursor_goes_on(world, monkeypatch):
    monkeypatch.setattr("onrecord.query.predictions.EXAMINED", 3)
    world.identity("Ann Lane")
    for k in range(12):
        _, (n,) = world.article(("Ann Lane", "said", f"the dam will hold {k}"), published=f"2024-05-{k + 1:02}")
        world.change("statements", n, act="promise" if k in (5, 11) else "say")
        due = f"2024-06-{k + 1:02}" if k < 8 else None
        world.row("predictions", statement=n, kind="prediction", due_latest=due)
    got, cursor, pages = [], None, 0
    while True:
        page = predictions(world.store, act="promise", bearing=0, cursor=cursor)
        got += [f.utterance.said.content for f in page.items]
        pages += 1
        if (cursor := page.cursor) is None:
            break
    assert got == ["the dam will hold 5", "the dam will hold 11"]
    assert pages > 2


def test_those_who_speak_together_are_told_whole_where_one_of_them_is_nobody_known(world):
    world.identity("Ann Lane")
    _, (n,) = world.article(("Ann Lane", "said", "the dam held"))
    world.change("statements", n, speaker="Ann Lane + the dockers")
    statement = world.id_of("statements", n)
    assert cite(world.store, statement).speaker == "Ann Lane + the dockers"
    told = "SELECT speaker FROM v_statements WHERE statement = ?"
    assert world.connection.execute(told, (statement,)).fetchone() == ("Ann Lane + the dockers",)
    world.change("statements", n, speaker="Ann Lane")
    assert world.connection.execute(told, (statement,)).fetchone() == ("Ann Lane",)


def test_what_is_told_in_per_cent_stands_by_itself(people):
    where = {"dateline_place": "Imsel", "published": "2024-05-02"}
    article, (a, _) = people.article(
        ("Ann Lane", "said", "growth was 8%"), ("Bo Marsh", "said", "shares fell 5%"), **where
    )
    _figure(people, article, 11, 8, claimed_by=a, narrated=0, as_of="2024-05-02", what="other", counted="%")
    _figure(people, article, 0, 6, claimed_by=a, narrated=0, as_of="2024-05-02", what="other", counted="%")
    assert [(g.differ, g.apart) for g in figures(people.store).items] == [(False, ())]
    other, (c,) = people.article(("Cy Dorn", "said", "the vote was 9%"), **where)
    _figure(people, other, 13, 9, claimed_by=c, narrated=0, as_of="2024-05-02", what="other", counted="%")
    assert len(figures(people.store).items) == 2


def test_how_many_there_are_is_told_where_they_are_not_very_many(people, monkeypatch):
    _, (a, b) = people.article(("Ann Lane", "said", "it held"), ("Bo Marsh", "said", "it broke"))
    _, (copied, _) = people.article(("Ann Lane", "said", "it held"), ("Cy", "said", "no"), outlet="Courier")
    people.printed_again(a, copied)
    article = people.article(outlet="Third")[0]
    for k, day in enumerate(("2024-05-01", "2024-05-02", None)):
        row = {"id": f"evt-{k}", "article": article, "run": people.run, "start": k, "end": k + 1, "type": "AID"}
        people.row("events", **row, narrated=1, status="happened", score=1.0, standing="current", date=day)
        people.row("predictions", statement=(a, b, copied)[k], kind="promise", due_latest=day)
    people.clash(a, b)
    asked = {
        "events": (lambda **more: events(people.store, size=1, **more), 3),
        "predictions": (lambda **more: predictions(people.store, size=1, **more), 2),
        "clashes": (lambda **more: clashes(people.store, size=1, **more), 1),
        "search": (lambda **more: search(people.store, "", size=1, **more), 3),
    }
    for ask, right in asked.values():
        pages, cursor = 0, None
        while cursor or not pages:
            page = ask(cursor=cursor)
            assert page.total == right
            pages, cursor = pages + len(page.items), page.cursor
        assert pages == right
    assert events(people.store, since="2024-05-02").total == 1
    assert predictions(people.store, due_before="2024-05-02").total == 1
    for module in (happening, foretelling, searching):
        monkeypatch.setattr(module, "TOLD", 1)
    assert [ask().total for ask, _ in asked.values()] == [None, None, 1, None]


@pytest.mark.parametrize(
    ("edtf", "told"),
    [
        ("2024-05-01", "2024-05-01"),
        ("2024-22", "summer 2024"),
        ("2023-24~", "about winter 2023"),
        ("2024-05~", "about 2024-05"),
        ("2024-05-01/2024-05-03", "2024-05-01 to 2024-05-03"),
        ("2024-05-01~/2024-05-10~", "about 2024-05-01 to 2024-05-10"),
        ("2024-05-01/..", "from 2024-05-01 on"),
        ("../2024-05-01~", "until about 2024-05-01"),
        ("2024?", "perhaps 2024"),
        ("1-800-22", "1-800-22"),
    ],
)
def test_a_time_longer_than_a_day_is_told_in_words(edtf, told):
    assert in_words(edtf) == told


def test_of_several_articles_called_so_each_is_told_by_what_tells_it_apart(people):
    for outlet in ("Halyard", "Courier"):
        people.article(("Ann Lane", "said", "it held"), outlet=outlet, source_id="wire-9", title="Dam holds")
    with pytest.raises(UnclearError, match="several articles fit") as told:
        show(people.store, "wire-9")
    assert {(c.outlet, c.title) for c in told.value.choices} == {("Halyard", "Dam holds"), ("Courier", "Dam holds")}
    assert all(c.id in str(told.value) for c in told.value.choices)


def test_of_versions_of_one_item_the_newest_is_told(people):
    said = {"source_id": "wire-7", "item": "item Halyard wire-7"}
    people.article(("Ann Lane", "said", "it held twice"), standing="superseded", **said)
    newest, _ = people.article(("Ann Lane", "said", "it held thrice"), **said)
    assert show(people.store, "wire-7").article.id == people.id_of("articles", newest)
    people.article(("Ann Lane", "said", "it held"), source_id="wire-7", outlet="Courier", item="item Courier wire-7")
    with pytest.raises(UnclearError, match="several articles fit"):
        show(people.store, "wire-7")
