"""What changes a store: later readings, people's decisions, an authority, takedowns."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from onrecord.link import AuthorityRow, Decision
from onrecord.records import Act, NotFoundError, Speaker, StoreError
from onrecord.store import Failure, Store, Vectors, Writer, verify

from . import making
from .test_versions import article

LATER = making.make_run("later")


@pytest.fixture
def store(path):
    with Store.open(path, write=True) as opened:
        yield opened


def add(writer, *records, **options):
    return writer.add(records, origins=[r.article.id for r in records], started=making.STARTED, **options)


def identities(store):
    query = """SELECT e.name, i.id FROM links l JOIN entities e ON e.n = l.entity JOIN identities i ON i.n = l.identity
        JOIN articles a ON a.n = e.article ORDER BY a.published, e.position"""
    return store.connection.execute(query).fetchall()


# Later readings.


def reread(record):
    """The record as a later run would have it: one statement lost, one with another speaker, one another act."""
    first, second, *rest = record.statements[1:]
    first = replace(first, speaker=Speaker(None, "unclear"), score=0.5)
    second = replace(second, act=Act("warn", "assertive", None, 0.5))
    kept = {s.id for s in (first, second, *rest)}
    return replace(
        record, run=LATER, statements=(first, second, *rest),
        events=tuple(e for e in record.events if e.asserted_by in kept | {"narration", None}),
        figures=tuple(f for f in record.figures if f.claimed_by in kept | {"narration", None}),
        predictions=tuple(p for p in record.predictions if p.statement in kept),
    )  # fmt: skip


def test_a_later_reading_takes_the_place_of_the_earlier_and_tells_what_differs(store):
    import numpy as np

    records = making.records(1, 6)
    writer = Writer(store)
    ids = [s.id for r in records for s in r.statements]
    add(writer, *records, vectors=Vectors("sha256:one", {id_: np.ones(384, np.int8) for id_ in ids}))
    numbers = dict(store.connection.execute("SELECT id, n FROM statements"))
    record = records[2]
    later = reread(record)
    (found,) = writer.reread([later], started="2031-02-01T00:00:00Z")
    assert [s.id for s in found.lost] == [record.statements[0].id] and not found.gained
    assert [(a.id, a.speaker.name, b.speaker.name) for a, b in found.speakers] == [
        (record.statements[1].id, record.statements[1].speaker.name, None)
    ]
    assert [b.act.code for _, b in found.acts] == ["warn"]
    assert store.record(record.article.id) == later
    assert dict(store.connection.execute("SELECT id, n FROM statements")) == numbers, "the same entries keep their rows"
    query = "SELECT s.standing, r.id FROM statements s JOIN runs r ON r.n = s.superseded_by"
    assert store.connection.execute(query).fetchall() == [("superseded", LATER.id)]
    assert not list(verify(store))


def test_what_a_still_later_reading_finds_again_stands_again(store):
    record = making.records(1, 1)[0]
    writer = Writer(store)
    add(writer, record)
    writer.reread([reread(record)], started=making.STARTED)
    again = replace(record, run=making.make_run("still later"))
    (found,) = writer.reread([again], started=making.STARTED)
    assert [s.id for s in found.gained] == [record.statements[0].id] and not found.lost
    assert store.record(record.article.id) == again
    assert not list(verify(store))


def test_the_same_reading_differs_in_nothing(store):
    records = making.records(1, 3)
    writer = Writer(store)
    add(writer, *records)
    before = list(store.connection.iterdump())
    assert writer.reread(records, started=making.STARTED) == ()
    assert list(store.connection.iterdump()) == before
    (found,) = writer.reread([replace(records[0], run=LATER)], started=making.STARTED)
    assert not (found.gained or found.lost or found.speakers or found.acts)
    with pytest.raises(NotFoundError):
        writer.reread(making.records(2, 1), started=making.STARTED)


# Decisions.


def test_a_split_holds_until_it_is_undone(store):
    writer = Writer(store)
    add(writer, *(article([words], day=f"2031-05-0{k + 1}") for k, words in enumerate(["One", "Two"])))
    (_, one), (_, other) = identities(store)
    assert one == other
    a, b = store.anchors(one)
    decision = writer.decide(Decision("split", a, b), note="two persons")
    (_, one), (_, other) = identities(store)
    assert one != other
    assert [(d.id, d.note, d.undone) for d in store.decisions()] == [(decision, "two persons", None)]
    assert not list(verify(store))
    writer.undo(decision)
    (_, one), (_, other) = identities(store)
    assert one == other and store.decisions()[0].undone is not None
    with pytest.raises(NotFoundError):
        writer.undo(decision)
    assert not list(verify(store))


def test_a_merge_joins_what_no_spelling_joins_and_outlives_another_reading(store):
    writer = Writer(store)
    world = making.World(5, people=30)
    records = making.records(5, 6, world=world)
    add(writer, *records)
    found = identities(store)
    (name, one), (_, other) = next((a, b) for a in found for b in found if a[0][:1] < b[0][:1])
    writer.decide(Decision("merge", store.anchors(one)[0], store.anchors(other)[0]))
    after = dict(identities(store))
    assert len(set(after.values())) == len({i for _, i in found}) - 1
    writer.reread([replace(r, run=LATER) for r in records], started=making.STARTED)
    assert dict(identities(store)) == after
    add(writer, *making.records(6, 6, world=world))
    assert dict(identities(store))[name] == after[name]
    assert not list(verify(store))


def test_a_decision_may_come_before_its_article(store):
    first, second = (article([words], day=f"2031-05-0{k + 1}") for k, words in enumerate(["One", "Two"]))
    writer = Writer(store)
    from onrecord.link import EntityAnchor

    add(writer, first)
    writer.decide(
        Decision("split", EntityAnchor(first.article.id, "Ann Lane"), EntityAnchor(second.article.id, "Ann Lane"))
    )
    add(writer, second)
    (_, one), (_, other) = identities(store)
    assert one != other


def test_what_a_killed_writer_left_waiting_is_settled_under_whatever_name_it_has_since(path):
    names = ("Ann Lane", "Bea Morrow")
    records = [article([f"Word {n}"], who=name, day=f"2031-05-{n:02d}") for n in range(1, 13) for name in names]
    with Store.open(path, write=True) as store:
        writer = Writer(store)  # never closed, as if it had been killed
        add(writer, *records[:-2])
        add(writer, *records[-2:])
    with Store.open(path, write=True) as store, Writer(store) as writer:
        assert len(store.connection.execute("SELECT block FROM unsettled").fetchall()) == 2
        a, b = (store.anchors(i)[0] for i in sorted(dict(identities(store)).values()))
        writer.decide(Decision("merge", a, b))
    with Store.open(path) as store:
        assert store.connection.execute("SELECT block FROM unsettled").fetchall() == []
        assert not list(verify(store))


def test_an_authority_names_whom_it_knows(store):
    writer = Writer(store)
    add(writer, article(["One"]))
    writer.load_authority([AuthorityRow("Q7", "Ann Mary Lane", "person", ("Ann Lane",))])
    query = "SELECT name, external FROM v_entities"
    assert store.connection.execute(query).fetchall() == [("Ann Mary Lane", "Q7")]
    add(writer, article(["Two"], day="2031-06-01"))
    assert store.connection.execute(query).fetchall() == [("Ann Mary Lane", "Q7")]
    assert not list(verify(store))
    writer.load_authority([])
    assert store.connection.execute(query).fetchall() == [("Ann Lane", None)]


# Takedowns.


def everything(path):
    return b"".join(p.read_bytes() for p in sorted(path.parent.iterdir()) if p.name.startswith(path.name))


def forgettable():
    """An article with words that no other has, in every kind of field."""
    record = article(["Zyxomantic brindlewhisk"], url="https://news.example/zyxo", outlet="Zyxo Post", source_id="zyxo")
    return replace(record, article=replace(record.article, title="Zyxomantic title", byline="Zyx Byline"))


def test_nothing_of_a_forgotten_article_is_left_in_the_file(path, store):
    record, writer = forgettable(), Writer(store)
    others = making.records(1, 30)
    add(writer, *others[:10])
    writer.add([record], origins=["folder/zyxo.txt"], started=making.STARTED)
    add(writer, *others[10:])
    url = record.article.url
    writer.fail(
        [Failure(url, url, "source", "timed out", making.STARTED), Failure("feed", url, "reading", "x", making.STARTED)]
    )
    assert b"yxo" in everything(path).lower() and b"brindlewhisk" in everything(path)
    done = writer.forget(record.article.id, reason="asked by its author")
    assert done.articles == (record.article.id,) and done.purged
    left = everything(path).lower()
    assert b"brindlewhisk" not in left and b"zyxo" not in left and b"ann lane" not in left
    assert record.article.id.encode() in left, "a tombstone is kept"
    assert not list(verify(store)) and len(list(store.articles())) == len(others)


def test_a_forgotten_article_is_not_added_again(store):
    record, writer = forgettable(), Writer(store)
    add(writer, record)
    writer.forget(record.article.id)
    assert not writer.wants(record.article)
    assert add(writer, record).forgotten == (record.article.id,)
    assert list(store.articles()) == []
    with pytest.raises(NotFoundError):
        writer.forget(record.article.id)


def test_its_copies_go_too(store):
    words = [
        "The old bridge over the Karn is safe for everybody who has to cross it in winter",
        "We have looked at it twice",
    ]
    one, other = article(words), article(words, outlet="The Morvane Courier")
    writer = Writer(store)
    add(writer, one, other, article(["Something else"]))
    assert set(writer.forget(one.article.id).articles) == {one.article.id, other.article.id}
    assert len(list(store.articles())) == 1 and not list(verify(store))


def test_versions_of_a_forgotten_one_go_too_and_none_comes_again(path, store):
    url = "https://news.example/zyxo"
    records = [article([f"There are {n} of us"], url=url, day=f"2031-05-0{n}") for n in (1, 2, 3)]
    writer = Writer(store)
    add(writer, *records[:2], other := article(["Something else"]))
    ids = {r.article.id for r in records[:2]}
    assert set(store.taken_with(records[0].article.id)) == ids
    assert set(writer.forget(records[0].article.id).articles) == ids
    assert list(store.articles()) == [other.article.id] and not list(verify(store))
    assert not writer.wants(records[2].article), "one character of it is another"
    assert add(writer, records[2]).forgotten == (records[2].article.id,)
    assert writer.wants(article(["There are 3 of us"], url=url + "/2").article)
    assert b"zyxo" not in everything(path), "nor is its address kept"


def test_a_text_that_was_taken_down_does_not_come_back_from_elsewhere(path, store):
    words = [
        "The old bridge over the Karn is safe for everybody who has to cross it in winter",
        "We have looked at it twice",
    ]
    down, again = article(words, url="https://news.example/1"), article(words, outlet="The Post", day="2031-06-01")
    writer = Writer(store)
    add(writer, down)
    writer.forget(down.article.id)
    assert again.article.id != down.article.id
    assert not writer.wants(again.article)
    assert add(writer, again).forgotten == (again.article.id,)
    assert writer.wants(article([*words, "It held"]).article), "other words are another article's"
    assert b"karn" not in everything(path).lower(), "nor are its words kept"


def test_a_line_that_anybody_may_print_is_not_known_again(store):
    down, other = article(["It rained"], outlet="The Post"), article(["It rained"], outlet="The Gull")
    writer = Writer(store)
    add(writer, down)
    writer.forget(down.article.id)
    assert writer.wants(other.article)


def test_an_item_is_known_again_by_the_id_that_made_it_one(store):
    wire = {"outlet": "The Wire", "source_id": "w-1"}
    first, second = (article([f"There are {n} of us"], revision=n, **wire) for n in (1, 2))
    writer = Writer(store)
    add(writer, first, article(["No more"], outlet="The Wire", source_id="w-2"))
    writer.forget(first.article.id)
    assert not writer.wants(second.article)
    assert writer.wants(article(["Some more"], outlet="The Wire", source_id="w-2").article), "whose id tells nothing"
    assert writer.wants(article(["There are 2 of us"], outlet="The Post", source_id="w-1").article)


def test_copies_and_versions_of_copies_go_too(store):
    words = [
        "The old bridge over the Karn is safe for everybody who has to cross it in winter",
        "We have looked at it twice",
    ]
    url = "https://courier.example/bridge"
    one, other = article(words), article(words, outlet="The Morvane Courier", url=url)
    corrected = article(["We were wrong"], outlet="The Morvane Courier", url=url, day="2031-05-02")
    writer = Writer(store)
    add(writer, one, other, corrected)
    assert set(writer.forget(one.article.id).articles) == {r.article.id for r in (one, other, corrected)}
    assert list(store.articles()) == [] and not list(verify(store))


def test_vectors_of_a_batch_are_taken_out_at_once(store, monkeypatch):
    import numpy as np

    from onrecord.store import vectors

    records, writer = making.records(1, 6), Writer(store)
    ids = [s.id for r in records for s in r.statements]
    add(writer, *records, vectors=Vectors("sha256:one", {id_: np.ones(384, np.int8) for id_ in ids}))
    calls, remove = [], vectors.remove_vectors
    monkeypatch.setattr(vectors, "remove_vectors", lambda *given: calls.append(given) or remove(*given))
    writer.reread([reread(r) for r in records[:3]], started=making.STARTED)
    assert len(calls) == 1 and len(calls[0][1]) == 3
    assert not list(verify(store))


def test_while_somebody_reads_the_old_words_the_purge_is_told_to_wait(path, store):
    record, writer = forgettable(), Writer(store)
    add(writer, record, *making.records(1, 3))
    store.connection.execute("PRAGMA busy_timeout = 50")
    with Store.open(path) as reader:
        reader.connection.execute("BEGIN")
        reader.connection.execute("SELECT count(*) FROM articles").fetchone()
        assert not writer.forget(record.article.id).purged
    assert writer.purge() and b"brindlewhisk" not in everything(path)


def test_what_is_down_is_told_though_the_file_could_not_be_written_anew(path, store):
    record, writer = forgettable(), Writer(store)
    add(writer, record, *making.records(1, 3))
    no_room = lambda action, *_: sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_ATTACH else sqlite3.SQLITE_OK  # noqa: E731
    store.connection.set_authorizer(no_room)  # a VACUUM attaches the file that it writes
    done = writer.forget(record.article.id)
    assert done.articles == (record.article.id,) and not done.purged and done.reason
    with pytest.raises(StoreError):
        writer.purge()
    store.connection.set_authorizer(None)
    assert store.find(record.article.id) == () and writer.purge() and b"brindlewhisk" not in everything(path)


def test_a_store_that_was_opened_to_read_has_no_writer(path, store):
    with Store.open(path) as reader, pytest.raises(StoreError):
        Writer(reader)
