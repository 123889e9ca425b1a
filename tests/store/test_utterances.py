"""Utterances in a store: what `onrecord.link` makes of all pairs, at a cost that goes with the printings."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest

from onrecord.link import sayings_of, utterances_of
from onrecord.store import Store, Writer, differences, verify

from . import making
from .test_versions import article

PHRASES = (
    "The bridge over the Tarn will never carry a lorry again",
    "The bridge over the Tarn will never carry a single lorry again",
    "We shall not resign",
    "Nobody was told that the water had been poisoned for weeks",
)
PEOPLE = ("Ann Lane", "Bo Marsh", "Col Reyes")


def printings(seed, number):
    r = random.Random(seed)
    out = []
    for k in range(number):
        # Every third paper prints what is nearly another's: copies, whose words may differ more.
        own = f"Only paper {k} has these words of number {k * 7919}" if k % 3 == 0 else making.World(k).sentence(r)
        said = [r.choice(PHRASES), own]
        day = f"2031-05-{r.randint(1, 28):02}"
        out.append(article(said, who=r.choice(PEOPLE), outlet=f"Paper {k}", source_id=f"s{k}", day=day))
    return out


def untold(record, k):
    """The record with nobody known as the speaker of its statement `k`."""
    statements = list(record.statements)
    statements[k] = replace(
        statements[k], speaker=replace(statements[k].speaker, name=None, reason="unclear", entities=())
    )
    return replace(record, statements=tuple(statements))


def add(path, records, size):
    with Store.open(path, write=True) as store, Writer(store) as writer:
        for k in range(0, len(records), size):
            writer.add(records[k : k + size], origins=["o"] * len(records[k : k + size]), started=making.STARTED)


def appearances(store):
    """Statement to origin."""
    query = """SELECT s.id, o.id FROM appearances p JOIN statements s ON s.n = p.statement JOIN statements o ON o.n = p.origin"""
    return dict(store.connection.execute(query).fetchall())


def expected(store, records):
    """Of all pairs that share a band, or stand in copies of one text."""
    query = """SELECT s.id, i.id FROM statements s JOIN statement_speakers p ON p.statement = s.n
        JOIN links l ON l.entity = p.entity JOIN identities i ON i.n = l.identity"""
    speakers = dict(store.connection.execute(query).fetchall())
    query = """SELECT a.id, o.id FROM copies c JOIN articles a ON a.n = c.article JOIN articles o ON o.n = c.origin"""
    copies = dict(store.connection.execute(query).fetchall())
    sayings = [
        replace(s, speaker=speakers.get(s.statement), copies=copies.get(s.article))
        for r in records
        for s in sayings_of(r)
    ]
    pairs = [
        (a.statement, b.statement)
        for a, b in combinations(sayings, 2)
        if set(a.bands) & set(b.bands) or (a.copies and a.copies == b.copies and a.article != b.article)
    ]
    return {a.statement: u.origin for u in utterances_of(sayings, pairs) for a in u.appearances}


@pytest.mark.parametrize("size", [1, 5, 60])
def test_utterances_are_those_of_all_pairs_in_any_order(path, tmp_path, size):
    records = [untold(r, 0) if k % 6 == 0 else r for k, r in enumerate(printings(3, 60))]
    add(path, records, 7)
    other = tmp_path / "other.db"
    add(other, random.Random(size).sample(records, len(records)), size)
    with Store.open(path) as one, Store.open(other) as two:
        assert list(differences(one.connection, two.connection)) == []
        found = appearances(one)
        assert found == expected(one, records)
        assert len(found) > 40 and 3 < len(set(found.values())) < 40
        assert one.connection.execute("SELECT count(*) FROM copies").fetchone()[0] > 1


def test_a_printing_that_goes_or_says_otherwise_leaves_the_others_right(path):
    records = printings(4, 40)
    add(path, records, 40)
    with Store.open(path, write=True) as store:
        with Writer(store) as writer:
            origins = appearances(store).values()
            gone = next(r for r in records if r.statements[0].id in origins)
            writer.forget(gone.article.id)
            changed = next(r for r in records if r is not gone and r.statements[0].id in appearances(store).values())
            later = replace(untold(changed, 0), run=making.make_run("later"))
            writer.reread([later], started=making.STARTED)
            left = [later if r is changed else r for r in records if r is not gone]
            assert appearances(store) == expected(store, left)
        assert list(verify(store)) == []


def test_what_everybody_prints_costs_as_much_as_it_has_printings(path, monkeypatch):
    compared = 0

    def counted(a, b):
        nonlocal compared
        compared += 1
        return alike_words(a, b)

    from onrecord.store.wordings import alike_words

    monkeypatch.setattr("onrecord.store.wordings.alike_words", counted)
    arranged = 0

    def arrange(*given):
        nonlocal arranged
        arranged += 1
        return cluster(*given)

    from onrecord.store.uttering import Utterances

    cluster = Utterances._cluster
    monkeypatch.setattr(Utterances, "_cluster", arrange)
    records = [
        article(
            [PHRASES[0], making.World(k, words=500).sentence(random.Random(k))],
            outlet=f"Paper {k}",
            day=f"2031-06-{1 + k % 28:02}",
        )
        for k in range(1, 60)
    ]
    add(path, sorted(records, key=lambda r: r.article.published.date), 1)
    with Store.open(path) as store:
        assert len(set(appearances(store).values())) == 1 and len(appearances(store)) == 59
        pairs = store.connection.execute("SELECT count(*) FROM statement_pairs").fetchone()[0]
    assert pairs == 0 and arranged < 10 and compared < 59 * 4


def test_what_many_copies_print_alike_is_compared_once(path, monkeypatch):
    from onrecord.store import uttering

    compared = 0

    def counted(a, b):
        nonlocal compared
        compared += 1
        return alike(a, b)

    alike = uttering.alike
    monkeypatch.setattr(uttering, "alike", counted)
    world, r = making.World(2, people=40), random.Random(3)
    text, said, people = making.draft(r, world, 6)
    copies = [
        making.make_record(f"{text}\n\nEdition {k}.", said, people, outlet=f"Paper {k}", url=f"https://n.example/{k}")
        for k in range(12)
    ]
    add(path, copies, 12)
    with Store.open(path) as store:
        assert len(appearances(store)) == 12 * 6
    assert compared <= 6 * 5
