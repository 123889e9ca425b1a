"""Large blocks are linked part by part: whoever comes, and whenever, the store is that of all at once."""

from __future__ import annotations

import random

import pytest

from onrecord.store import Store, Writer, differences, verify
from onrecord.store.identities import Identities

from . import making

NAMES = [
    f"{first} {last}"
    for first in ("Jon", "John", "J.", "Mira", "Myra", "Erik", "Una")
    for last in ("Larsen", "Larson", "Lorsen", "Laursen")
] + ["Larsen", "Lorsen"]  # fmt: skip


def article(seed: int):
    r = random.Random(seed)
    text, people = making.Drafted(), []
    for name in r.sample(NAMES, 3):
        role = text.add(r.choice(making.ROLES))
        text.add(" ")
        people.append((name, role, [text.add(name)]))
        text.add(" came. ")
    day = f"2031-{1 + seed % 12:02d}-{1 + seed % 28:02d}"
    return making.make_record(text.text, [], people, url=f"https://news.example/{seed}", day=day)


RECORDS = [article(seed) for seed in range(40)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "whole.db"
    with Store.open(path, write=True) as store, Writer(store) as writer:
        writer.add(RECORDS, origins=["o"] * len(RECORDS), started=making.STARTED)
    return path


@pytest.mark.parametrize("seed", range(6))
def test_one_by_one_with_settling_in_between_gives_the_same_store(whole, path, monkeypatch, seed):
    monkeypatch.setattr("onrecord.store.identities.SMALL_BLOCK", 2)
    monkeypatch.setattr("onrecord.store.identities.GROWTH", (4, 1)[seed % 2])
    r = random.Random(seed)
    with Store.open(path, write=True) as store, Writer(store) as writer:
        for record in r.sample(RECORDS, len(RECORDS)):
            writer.add([record], origins=["o"], started=making.STARTED)
            if r.random() < 0.3:
                writer.settle()
        gone = r.sample(RECORDS, 5)
        for record in gone:
            writer.forget(record.article.id)
            writer.settle()
        assert not list(verify(store))
    left = [record for record in RECORDS if record not in gone]
    other = path.with_name("left.db")
    with Store.open(other, write=True) as store, Writer(store) as writer:
        writer.add(left, origins=["o"] * len(left), started=making.STARTED)
    with Store.open(path) as a, Store.open(other) as b:
        assert list(differences(a.connection, b.connection)) == []
    with Store.open(whole) as store:
        assert max(row[0] for row in store.connection.execute("SELECT count(*) FROM entities GROUP BY block")) > 60


def test_settling_touches_no_more_than_the_parts_that_somebody_came_into(whole, monkeypatch):
    loaded = []
    load = Identities._load

    def spy(self, *about):
        block = load(self, *about)
        loaded.append({known.name for known in block.known})
        return block

    with Store.open(whole, write=True) as store, Writer(store) as writer:
        text = making.Drafted()
        role, name = text.add("envoy"), text.add(" Zora Lersen")
        one = making.make_record(
            text.text, [], [("Zora Lersen", role, [making.Span(name.start + 1, name.end)])], url="https://x.example/"
        )
        writer.add([one], origins=["o"], started=making.STARTED)
        monkeypatch.setattr(Identities, "_load", spy)
        writer.settle()
    assert loaded == [{"Zora Lersen"}]
