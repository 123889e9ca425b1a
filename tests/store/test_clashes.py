"""Clashes of a store: a function of the set of its articles, which statements take along, and on which a human's word holds."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from onrecord.records import NotFoundError, Span, mention_id
from onrecord.store import Store, Vectors, Writer, clashing, differences, verify
from onrecord.store.shelving import StoreShelf

from . import making
from .judging import judged  # noqa: F401

FEW = making.records(6, 24, statements=3, world=making.World(3, people=12))

pytestmark = pytest.mark.usefixtures("judged")


def build(path, records, size=7):
    with Store.open(path, write=True) as store, Writer(store) as writer:
        for k in range(0, len(records), size):
            batch = records[k : k + size]
            assert not writer.add(batch, origins=[r.article.id for r in batch], started=making.STARTED).failed
    return path


def apart(one, other):
    with Store.open(one) as a, Store.open(other) as b:
        return list(differences(a.connection, b.connection))


def clashes(path, where="1"):
    with Store.open(path) as store:
        return store.connection.execute(
            f"SELECT id, n, score, review FROM clashes WHERE {where} ORDER BY id"
        ).fetchall()


@pytest.fixture
def whole(path):
    return build(path, FEW)


def test_every_kind_of_comparison_finds_some(whole):
    for kind in ("self-reversal", "figures", "altered-quotation"):
        assert len(clashes(whole, f"kind = '{kind}'")) >= 2, kind


@pytest.mark.parametrize("size", [1, 11, 40])
def test_any_order_in_any_batches_gives_the_same_clashes(whole, tmp_path, size):
    shuffled = random.Random(size).sample(FEW, len(FEW))
    assert apart(whole, build(tmp_path / "other.db", shuffled, size)) == []


def test_what_is_compared_stands_and_is_printed_first(whole):
    with Store.open(whole) as store:
        ask = store.connection.execute
        assert ask("SELECT count(*) FROM uncompared").fetchone()[0] == 0
        shelved = {n for (n,) in ask("SELECT statement FROM account_days")}
        standing = {n for (n,) in ask("SELECT n FROM statements WHERE standing = 'current' AND superseded_by IS NULL")}
        alone = {n for (n,) in ask("SELECT n FROM statements WHERE n NOT IN (SELECT statement FROM appearances)")}
        assert shelved <= standing
        assert standing & alone <= shelved
        utterances = ask("""SELECT p.origin, count(*) FROM appearances p JOIN account_days d ON d.statement = p.statement
            GROUP BY 1""").fetchall()
        assert utterances
        assert all(count == 1 for _, count in utterances)


def test_forgetting_takes_clashes_along(whole, tmp_path):
    before = clashes(whole)
    with Store.open(whole, write=True) as store, Writer(store) as writer:
        article = store.connection.execute(
            "SELECT a.id FROM clashes c JOIN articles a ON a.n = c.article_a"
        ).fetchone()[0]
        gone = writer.forget(article).articles
    assert len(clashes(whole)) < len(before)
    left = [r for r in FEW if r.article.id not in gone]
    assert apart(whole, build(tmp_path / "left.db", left)) == []


def test_reading_again_keeps_what_is_found_again_as_the_same_row(whole):
    before = clashes(whole)
    run = making.make_run("other")
    with Store.open(whole, write=True) as store, Writer(store) as writer:
        records = [making.replace_run(r, run) for r in store.records()]
        assert writer.reread(records, started=making.STARTED)
    assert clashes(whole) == before


def test_a_verdict_holds_until_it_is_undone(whole):
    rejected, accepted, *_ = [id_ for id_, *_ in clashes(whole)]
    with Store.open(whole, write=True) as store, Writer(store) as writer:
        no = writer.review(rejected, "rejected", note="another dam")
        yes = writer.review(accepted, "accepted")
        with pytest.raises(NotFoundError):
            writer.review("c-none", "accepted")
    assert clashes(whole, "review = 'rejected'")[0][0] == rejected
    with Store.open(whole) as store:
        assert [(r.id, r.verdict, r.note) for r in store.reviews()] == [
            (no, "rejected", "another dam"),
            (yes, "accepted", None),
        ]
        assert all(r.a.words for r in store.reviews())
        assert store.decisions() == ()
        assert list(verify(store)) == []
    with Store.open(whole, write=True) as store, Writer(store) as writer:
        writer.undo(no)
        with pytest.raises(NotFoundError):
            writer.undo(no)
    assert clashes(whole, "review IS NOT NULL")[0][0] == accepted


def test_a_later_verdict_takes_the_place_of_an_earlier_one(whole):
    one = clashes(whole)[0][0]
    with Store.open(whole, write=True) as store, Writer(store) as writer:
        writer.review(one, "rejected")
        second = writer.review(one, "accepted", note="seen again")
        assert clashes(whole, f"id = '{one}'")[0][3] == "accepted"
        writer.undo(second)
    assert clashes(whole, f"id = '{one}'")[0][3] == "rejected"


def test_verdicts_are_respected_by_later_readings(whole, monkeypatch):
    (no, *_), (yes, *_) = clashes(whole)[:2]
    with Store.open(whole, write=True) as store, Writer(store) as writer:
        writer.review(no, "rejected")
        writer.review(yes, "accepted", note="it is one")
    run = making.make_run("other")
    with Store.open(whole, write=True) as store, Writer(store) as writer:
        writer.reread([making.replace_run(r, run) for r in store.records()], started=making.STARTED)
        assert {id_: review for id_, _, _, review in clashes(whole) if review} == {no: "rejected", yes: "accepted"}
    # A judge that finds nothing any more.
    monkeypatch.setattr(clashing, "_comparison", lambda: lambda known, shelf: ())
    run = making.make_run("third")
    with Store.open(whole, write=True) as store, Writer(store) as writer:
        writer.reread([making.replace_run(r, run) for r in store.records()], started=making.STARTED)
        ((_, _, score, review),) = clashes(whole)
        assert (score, review) == (None, "accepted")
        assert list(verify(store)) == []
        writer.undo(next(r.id for r in store.reviews() if r.verdict == "accepted"))
    assert clashes(whole) == []


def naming(record):
    """The same with somebody named within what is said first."""
    start = record.statements[0].content[0].start + 1
    span, first = Span(start, start + 4), record.mentions[0]
    named = replace(first, id=mention_id(record.article.id, span, first.kind), span=span)
    return replace(record, mentions=tuple(sorted((*record.mentions, named), key=lambda m: m.span.start)))


def test_what_is_compared_of_a_new_article_is_what_its_rows_tell(path, monkeypatch):
    """It is made of the record at hand; later it is read of rows."""
    records = [naming(r) for r in making.records(6, 40, statements=4, world=making.World(3, people=12))]
    seen = []
    monkeypatch.setattr(clashing, "_comparison", lambda: lambda known, shelf: ())
    take = StoreShelf.take

    def taken(shelf, placed):
        articles = [p.number for p in placed]
        shelf.drop(articles)
        before = [shelf.known(n) for n in articles]
        shelf.drop(articles)
        take(shelf, placed)
        for p, rows in zip(placed, before, strict=True):
            assert set(shelf._accounts) >= set(p.statements.values())
            seen.append((rows, shelf.known(p.number)))
            assert {a.statement: a for a in shelf.accounts(list(p.statements.values()))} == {
                a.statement: a for a in rows.accounts
            }

    monkeypatch.setattr(StoreShelf, "take", taken)
    ids = [s.id for r in records for s in r.statements]
    vectors = Vectors("sha256:one", {id_: np.full(384, 1 + k % 100, np.int8) for k, id_ in enumerate(ids) if k % 3})
    with Store.open(path, write=True) as store, Writer(store) as writer:
        for k in range(0, len(records), 7):
            some = records[k : k + 7]
            writer.add(some, origins=["o"] * len(some), started=making.STARTED, vectors=vectors)
    assert len(seen) == len({r.article.id for r in records})
    for rows, record in seen:
        assert rows == record
    accounts = [a for known, _ in seen for a in known.accounts]
    assert any(a.saying for a in accounts) and any(a.vector for a in accounts) and any(a.names for a in accounts)
    assert any(a.origin != a.article for a in accounts) and any(known.tallies for known, _ in seen)
