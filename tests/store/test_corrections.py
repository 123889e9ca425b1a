"""A human's word on statements: what it changes, that it outlives later readings, and that undoing it leaves the reading."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.store.judging import judged  # noqa: F401
from tests.store.making import STARTED, World, make_run, records, replace_run

from onrecord.records import MalformedError, NotFoundError, Span, UnclearError, statement_id
from onrecord.store import (
    AimedAt,
    Does,
    Somebody,
    SpokenBy,
    Stands,
    Store,
    Vectors,
    Writer,
    somebody,
    verify,
)
from onrecord.store import writer as writing

pytestmark = pytest.mark.usefixtures("judged")
WORLD = World(3, people=8, words=400)


@pytest.fixture
def made():
    return records(6, 5, statements=6, world=WORLD)


@pytest.fixture
def store(path, made):
    said = [s.id for r in made for s in r.statements]
    vectors = Vectors("sha256:scripted", {id_: np.full(384, k % 100 + 1, np.int8) for k, id_ in enumerate(said)})
    with Store.open(path, write=True) as store:
        with Writer(store) as writer:
            writer.add(made, origins=[r.article.id for r in made], started=STARTED, vectors=vectors)
        yield store


@pytest.fixture
def record(made):
    return made[0]


def statement_of(record, id_):
    return next((s for s in record.statements if s.id == id_), None)


def sound(store):
    with Writer(store):
        pass
    assert list(verify(store)) == []


def rows_of(store, table):
    return store.connection.execute(f"SELECT * FROM {table}").fetchall()


def test_a_speaker_is_corrected_and_put_back(store, record):
    said, other = record.statements[0], record.entities[1]
    assert said.speaker.name != other.name
    with Writer(store) as writer:
        decision = writer.correct(said.id, SpokenBy((Somebody(other.name, "person"),)), note="see par. 2", by="Ida")
    now = statement_of(store.record(record.article.id), said.id).speaker
    assert (now.name, now.entities, now.basis, now.score, now.kind) == (
        other.name,
        (other.id,),
        "corrected",
        1.0,
        "person",
    )
    (kept,) = store.corrections()
    assert (kept.id, kept.note, kept.by, kept.undone) == (decision, "see par. 2", "Ida", None)
    assert (kept.statement, kept.was, kept.was_score) == (said.id, said.speaker.name, said.speaker.score)
    assert store.reading(record.article.id) == record
    spoken = "SELECT count(*) FROM statement_speakers p JOIN entities e ON e.n = p.entity WHERE e.id = ?"
    assert store.connection.execute(spoken, (other.id,)).fetchone()[0] == 1 + sum(
        other.id in s.speaker.entities for s in record.statements
    )
    sound(store)
    with Writer(store) as writer:
        writer.undo(decision)
    assert store.record(record.article.id) == record
    assert rows_of(store, "readings") == rows_of(store, "corrected") == []
    assert store.corrections()[0].undone is not None and store.corrections()[0].statement is None
    sound(store)
    with Writer(store) as writer, pytest.raises(NotFoundError):
        writer.undo(decision)


def test_a_rejected_statement_is_gone_from_everything_and_comes_back_with_its_vector(store, record):
    said = record.statements[0]  # events and figures of the made records are told by it
    before = store.record(record.article.id)
    vectors = sorted(tuple(row) for row in rows_of(store, "vectors"))
    with Writer(store) as writer:
        decision = writer.correct(said.id, Stands(False))
    now = store.record(record.article.id)
    assert statement_of(now, said.id) is None and len(now.statements) == len(record.statements) - 1
    assert said.id not in {e.asserted_by for e in now.events} | {f.claimed_by for f in now.figures}
    assert said.id not in {p.statement for p in now.predictions}
    assert len(rows_of(store, "vectors")) == len(vectors) - 1
    sound(store)
    with Writer(store) as writer:
        writer.undo(decision)
    assert store.record(record.article.id) == before
    assert sorted(tuple(row) for row in rows_of(store, "vectors")) == vectors
    sound(store)


def test_what_is_reported_by_what_is_no_statement_belongs_to_whoever_is_around_it(path, record):
    outer, middle, inner = record.statements[:3]
    nested = (outer, replace(middle, inside=outer.id), replace(inner, inside=middle.id), *record.statements[3:])
    figures = tuple(replace(f, claimed_by=inner.id) for f in record.figures)
    events = tuple(replace(e, asserted_by=middle.id) for e in record.events)
    record = replace(record, statements=nested, figures=figures, events=events)
    with Store.open(path, write=True) as store, Writer(store) as writer:
        writer.add([record], origins=["a"], started=STARTED)
        writer.correct(middle.id, Stands(False))
        now = store.record(record.article.id)
        assert statement_of(now, inner.id).inside == outer.id
        assert {e.asserted_by for e in now.events} == {outer.id}
        assert {f.claimed_by for f in now.figures} == {inner.id}
        writer.correct(outer.id, Stands(False))
        now = store.record(record.article.id)
        assert statement_of(now, inner.id).inside is None
        assert {e.asserted_by for e in now.events} == {None}, "no word of the article's own"


def test_a_count_of_what_is_no_statement_is_nobody_s(path, record):
    said, other, *_ = record.statements
    by = [said.id, other.id, "narration", None]
    counted = enumerate(record.figures * 4)
    figures = tuple(replace(f, id=f"fig-{k:020x}", claimed_by=by[k % 4]) for k, f in counted)
    record = replace(record, figures=figures)
    with Store.open(path, write=True) as store, Writer(store) as writer:
        writer.add([record], origins=["a"], started=STARTED)
        before = store.record(record.article.id)
        decision = writer.correct(said.id, Stands(False))
        left = store.record(record.article.id).figures
        assert left == tuple(f for f in before.figures if f.claimed_by != said.id) != before.figures
        assert {f.claimed_by for f in left} == {other.id, "narration", None}
        writer.undo(decision)
        assert store.record(record.article.id) == before


def test_act_and_target_are_corrected(store, record):
    said = next(s for s in record.statements if s.act.code != "promise")
    to = next(e for e in record.entities if not said.target or e.id != said.target.entity)
    with Writer(store) as writer:
        writer.correct(said.id, Does("promise"))
        writer.correct(said.id, AimedAt(Somebody(to.name, "person")))
    now = store.record(record.article.id)
    one = statement_of(now, said.id)
    assert (one.act.code, one.act.searle, one.act.plover, one.act.score) == ("promise", "commissive", "AGREE", 1.0)
    assert (one.target.name, one.target.entity) == (to.name, to.id)
    assert said.id in {p.statement for p in now.predictions}, "a promise is about what is to come"
    sound(store)
    with Writer(store) as writer:
        writer.correct(said.id, Does(None))
        writer.correct(said.id, AimedAt(None))
    now = store.record(record.article.id)
    one = statement_of(now, said.id)
    assert one.act is None and one.target is None
    assert {c.statement for c in store.corrections()} == {None, said.id}, "of two words on one thing the later counts"


def test_nobody_and_the_writer_may_be_who_speaks(store, record):
    said = record.statements[1]
    with Writer(store) as writer:
        first = writer.correct(said.id, SpokenBy(reason="passive"))
        who = statement_of(store.record(record.article.id), said.id).speaker
        assert (who.name, who.reason, who.entities) == (None, "passive", ())
        second = writer.correct(said.id, SpokenBy())
        assert statement_of(store.record(record.article.id), said.id).speaker.kind == "author"
        writer.undo(second)
        assert statement_of(store.record(record.article.id), said.id).speaker.reason == "passive"
        writer.undo(first)
    assert store.record(record.article.id) == record
    sound(store)


def test_somebody_whom_the_reading_has_not_becomes_an_entity_that_is_linked(store, made):
    record = next(r for r in made if "detained" in r.article.text)
    said = record.statements[0]
    with pytest.raises(UnclearError, match="say what they name"):
        somebody(record, "people were detained")
    with pytest.raises(UnclearError, match="does not print"):
        somebody(record, "Siv Rondal")
    with Writer(store) as writer:
        writer.correct(said.id, SpokenBy((somebody(record, "people", "group"),)))
    now = store.record(record.article.id)
    (entity,) = [e for e in now.entities if e.name == "people"]
    assert statement_of(now, said.id).speaker.entities == (entity.id,)
    assert [m.span.of(now.article.text) for m in now.mentions if m.entity == entity.id] == ["people"]
    assert store.connection.execute("SELECT count(*) FROM identities WHERE name = 'people'").fetchone()[0] == 1
    sound(store)
    with Writer(store) as writer:
        writer.correct(
            said.id,
            SpokenBy((somebody(record, "people were", "description"), Somebody(record.entities[0].name, "person"))),
        )
    who = statement_of(store.record(record.article.id), said.id).speaker
    assert who.name == f"people were + {record.entities[0].name}" and who.entities == (record.entities[0].id,)
    sound(store)


def test_corrections_outlive_a_reading_that_moves_the_words(store, record):
    wrong, none, act = record.statements[:3]
    name = record.entities[1].name
    with Writer(store) as writer:
        writer.correct(wrong.id, SpokenBy((Somebody(name, "person"),)))
        writer.correct(none.id, Stands(False))
        writer.correct(act.id, Does("warn"))
    moved = []
    for s in record.statements:
        (content,) = s.content
        shorter = (Span(content.start + 2, content.end),)
        moved.append(replace(s, id=statement_id(record.article.id, s.source, s.cue, shorter), content=shorter))
    events = tuple(replace(e, asserted_by=None) for e in record.events)
    figures = tuple(replace(f, claimed_by=None) for f in record.figures)
    later = replace(
        replace_run(record, make_run("later")), statements=tuple(moved), events=events, figures=figures, predictions=()
    )
    with Writer(store) as writer:
        again = Vectors("sha256:scripted", {s.id: np.full(384, 7, np.int8) for s in moved})
        (difference,) = writer.reread([later], started=STARTED, vectors=again)
        assert difference.after == store.record(record.article.id)
        assert writer.reread([later], started=STARTED) == (), "the same reading again changes nothing"
    now = store.record(record.article.id)
    assert statement_of(now, moved[0].id).speaker.name == name
    assert statement_of(now, moved[1].id) is None
    assert statement_of(now, moved[2].id).act.code == "warn"
    assert store.reading(record.article.id) == later
    assert [c.statement for c in store.corrections()] == [m.id for m in moved[:3]]
    sound(store)
    with Writer(store) as writer:
        for kept in store.corrections():
            writer.undo(kept.id)
    assert store.record(record.article.id) == later
    sound(store)


def test_a_word_that_fits_nothing_waits(store, record):
    said = record.statements[0]
    with Writer(store) as writer:
        writer.correct(said.id, Does("warn"))
        gone = replace(record, statements=record.statements[1:], events=(), figures=(), predictions=())
        gone = replace_run(gone, make_run("later"))
        writer.reread([gone], started=STARTED)
        assert [c.statement for c in store.corrections()] == [None]
        anew = Vectors("sha256:scripted", {said.id: np.full(384, 3, np.int8)})
        writer.reread([replace_run(record, make_run("latest"))], started=STARTED, vectors=anew)
        assert [c.statement for c in store.corrections()] == [said.id]
    assert statement_of(store.record(record.article.id), said.id).act.code == "warn"
    sound(store)


def test_an_article_that_is_told_anew_stays_corrected(store, record):
    with Writer(store) as writer:
        writer.correct(record.statements[0].id, Stands(False))
        writer.correct(record.statements[1].id, Does("warn"))
        again = replace(record, article=replace(record.article, revision=7, title="Told anew"))
        added = writer.add([again], origins=["b"], started=STARTED)
        assert added.updated == (record.article.id,)
    now = store.record(record.article.id)
    assert now.article.title == "Told anew" and len(now.statements) == len(record.statements) - 1
    assert store.reading(record.article.id) == again
    sound(store)


def test_forgetting_leaves_nothing_of_a_correction(store, record):
    with Writer(store) as writer:
        writer.correct(record.statements[0].id, Stands(False), note="unheard of")
        writer.forget(record.article.id)
    assert store.corrections() == ()
    assert rows_of(store, "readings") == rows_of(store, "corrected") == []
    assert b"unheard of" not in store.path.read_bytes()
    sound(store)


def test_what_cannot_be_so_is_refused(store, record):
    said = record.statements[0]
    with Writer(store) as writer:
        for change, told in (
            (Does("shout"), "none of"),
            (SpokenBy((Somebody("Siv Rondal", "person"),)), "does not print"),
            (SpokenBy((Somebody(record.entities[0].name, "person"),), "passive"), "not both"),
        ):
            with pytest.raises(MalformedError, match=told):
                writer.correct(said.id, change)
        with pytest.raises(NotFoundError):
            writer.correct("stm-0000", Stands(False))
        writer.correct(said.id, Stands(False))
        writer.correct(said.id, Stands(True))
    assert statement_of(store.record(record.article.id), said.id).score == 1.0
    assert store.record(record.article.id).clashes == record.clashes


def test_what_is_said_again_within_a_second_counts(store, record, monkeypatch):
    monkeypatch.setattr(writing, "now_utc", lambda: "2031-06-01T09:30:00Z")
    said = record.statements[0]
    with Writer(store) as writer:
        once = writer.correct(said.id, Does("warn"))
        assert writer.correct(said.id, Does("warn")) == once, "a form that is sent twice is one decision"
        writer.correct(said.id, Does("ask"))
        again = writer.correct(said.id, Does("warn"))
        assert again != once
        assert statement_of(store.record(record.article.id), said.id).act.code == "warn"
        writer.undo(again)
        assert statement_of(store.record(record.article.id), said.id).act.code == "ask"
        writer.undo(once)
        assert writer.correct(said.id, Does("warn")) not in (once, again)
    assert statement_of(store.record(record.article.id), said.id).act.code == "warn"
