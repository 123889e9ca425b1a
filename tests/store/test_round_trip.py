"""What is written is read again, equal by value, whatever a record holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.records import (
    NARRATION,
    Act,
    Article,
    Dateline,
    Due,
    Entity,
    Event,
    Figure,
    Mention,
    NotFoundError,
    Party,
    Place,
    Prediction,
    Published,
    Record,
    Role,
    Span,
    Speaker,
    Statement,
    Unread,
    When,
    article_id,
    entity_id,
    event_id,
    figure_id,
    mention_id,
    statement_id,
)
from onrecord.store import Store, Writer

from . import making

TEXT = (
    "PORT HALDEN, May 2 — Mayor Ida Kvist told the union: “We will pay\n\nall forty clerks”, the clerk said.\0 Ça va."
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def full_record() -> Record:
    """A record that has something in every field, and next to it the same kind of entry with as little as may be."""
    outlet, url = "The Halden Courier", "https://news.example/kvist"
    id_ = article_id(outlet, url, TEXT)
    article = Article(
        id_, TEXT, source_id="urn:1", url=url, outlet=outlet, title="“Pay”, she says", byline="A. Penn", agency="HNA",
        published=Published("2031-05-02", "metadata", "2031-05-02T23:30:00Z"),
        dateline=Dateline("PORT HALDEN", "2031-05-02", span("PORT HALDEN, May 2 —")), language="en", headline=span("Mayor"),
        paragraphs=(span("PORT"), span("all")), sentences=(span("Mayor"),), furniture=(span("Ça va."),),
        updated="2031-05-03T00:00:00Z", retrieved="2031-05-04T00:00:00Z", revision=3,
    )  # fmt: skip
    kvist, union = entity_id(id_, "person", "Ida Kvist"), entity_id(id_, "group", "union")
    entities = (
        Entity(
            kvist, "Ida Kvist", "person", ("Mayor Ida Kvist",), (Role(span("Mayor"), "2031-05-02"),), "NOR", "NORGOV"
        ),
        Entity(union, "union", "group"),
    )
    mentions = (
        Mention(mention_id(id_, span("Ida Kvist"), "person"), span("Ida Kvist"), "person", kvist, "name", 0.75),
        Mention(mention_id(id_, span("forty"), "number"), span("forty"), "number", None, None, 0.5),
    )
    parts = (span("Mayor Ida Kvist"),), (span("told"),), (span("“We will pay"), span("all forty clerks”"))
    inner = (span("the clerk"),), (span("said"),), ()
    first, second = statement_id(id_, *parts), statement_id(id_, *inner)
    statements = (
        Statement(
            first, "direct", *parts, Speaker("Ida Kvist + union", None, "person", "named", (kvist, union), 0.875), second,
            0.9, Act("promise", "commissive", None, 0.5), Party("union", union), Party("Ida Kvist"),
            When(None, "2031-05-02/2031-05-03", "stated", span("May 2")),
        ),
        Statement(
            second, "indirect", *inner, Speaker(None, "passive"), None, 0.25, said_on=When(None, None, "none", None, "vague")
        ),
    )  # fmt: skip
    trigger, forty = span("pay"), span("forty")
    events = (
        Event(
            event_id(id_, trigger, "AID", "Ida Kvist", "union"), trigger, "AID", "economic", Party("Ida Kvist", kvist),
            Party("union", union), Place("PORT HALDEN", "NOR", 59.1, -11.5), When("2031-05-02", "2031-05-02", "dateline"),
            "planned", first, 0.5,
        ),
        Event(event_id(id_, trigger, "AID", None, None), trigger, "AID", None, None, None, None, None, "denied", None, 0.1),
        Event(
            event_id(id_, span("said"), "CONSULT", None, None), span("said"), "CONSULT", None, None, None,
            Place("PORT HALDEN"), None, "happened", NARRATION, 0.2,
        ),
    )  # fmt: skip
    figures = (
        Figure(figure_id(id_, forty), forty, 40.0, None, 40.5, "other", span("clerks"), first, "2031-05-02"),
        Figure(figure_id(id_, span("all")), span("all"), None, None, None, "killed", None, NARRATION, None),
    )
    figures = tuple(sorted(figures, key=lambda f: f.span))
    predictions = (
        Prediction(first, "promise", Due("2031-05-03", "2031-06-01", "stated"), span("forty")),
        Prediction(second, "prediction", None, None),
    )
    return Record(making.make_run(), article, statements, mentions, entities, events, figures, predictions)


def written_and_read(path, *records):
    with Store.open(path, write=True) as store, Writer(store) as writer:
        added = writer.add(records, origins=[f"o{k}" for k in range(len(records))], started=making.STARTED)
    assert not added.failed
    with Store.open(path) as store:
        return list(store.records())


def test_a_record_with_everything_comes_back(path):
    assert written_and_read(path, full_record()) == [full_record()]


def test_made_records_come_back(path):
    records = making.records(1, 30)
    assert written_and_read(path, *records) == sorted(records, key=lambda r: r.article.id)


@pytest.mark.parametrize("unread", [None, Unread("empty"), Unread("language", "fr")])
@pytest.mark.parametrize("text", ["", "Ça va, 𝒜.", "a\0b\n\n"])
def test_an_article_of_which_nothing_was_read_comes_back(path, text, unread):
    record = Record(making.make_run(), Article(article_id(None, None, text), text, unread=unread))
    assert written_and_read(path, record) == [record]


@pytest.mark.parametrize("status", ["usable", "withheld", "canceled"])
def test_what_a_publisher_says_of_an_item_comes_back(path, status):
    record = full_record()
    record = replace(record, article=replace(record.article, status=status))
    assert written_and_read(path, record) == [record]


def test_an_article_is_found_by_id_prefix_source_and_address(path):
    record = full_record()
    written_and_read(path, record, *making.records(1, 3))
    with Store.open(path) as store:
        id_ = record.article.id
        for name in (id_, id_[:10], id_[4:], id_[4:9], "urn:1", record.article.url):
            assert store.find(name) == (id_,), name
        assert store.find("nothing") == () and store.find(id_[4:6]) == ()
        assert len(store.find("art-")) == 0, "nobody means every article"
        with pytest.raises(NotFoundError, match="no such article"):
            store.record("art-00000000000000000000")


def test_what_is_one_articles_own_id_and_begins_anothers_means_both(path):
    with Store.open(path, write=True) as store:
        writer = Writer(store)
        (first,) = making.records(1, 1)
        id_ = first.article.id
        (second,) = (replace(r, article=replace(r.article, source_id=id_[4:8])) for r in making.records(2, 1))
        (third,) = (replace(r, article=replace(r.article, source_id=id_)) for r in making.records(3, 1))
        records = (first, second, third)
        writer.add(records, origins=["rows"] * 3, started=making.STARTED)
        assert set(store.find(id_[4:8])) == {id_, second.article.id}, "else `forget` took down what nobody named"
        assert store.find(id_) == (id_,), "a whole id can mean nothing else, whatever a source calls its own"


def test_the_views_need_no_joins(path):
    written_and_read(path, full_record())
    with Store.open(path) as store:
        views = [
            r[0] for r in store.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY 1")
        ]
        counts = {v: store.connection.execute(f"SELECT count(*) FROM {v}").fetchone()[0] for v in views}
    assert counts == {
        "v_articles": 1, "v_clashes": 0, "v_corrections": 0, "v_entities": 2,
        "v_events": 3, "v_figures": 2, "v_mentions": 2, "v_predictions": 2,
        "v_quotations": 0, "v_statements": 2,
    }  # fmt: skip
