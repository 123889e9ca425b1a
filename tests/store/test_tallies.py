"""Counts of the whole record: those that a question would count, or not there."""

from __future__ import annotations

from typing import get_args

import pytest

from onrecord.query.stats import By, stats
from onrecord.store import Store, Writer, verify
from onrecord.store.tallying import is_tallied

from . import making

FEW = making.records(6, 40, statements=4, world=making.World(3, people=12))


@pytest.fixture
def store(path):
    with Store.open(path, write=True) as opened:
        with Writer(opened) as writer:
            writer.add(FEW, origins=["o"] * len(FEW), started=making.STARTED)
            withdrawn = making.records(8, 2, statements=4)
            writer.add(withdrawn, origins=["o"] * 2, started=making.STARTED)
            opened.connection.execute("UPDATE statements SET standing = 'withdrawn' WHERE n % 9 = 0")
            opened.connection.execute("UPDATE statements SET form = 'mixed', day = NULL WHERE n % 5 = 0")
            opened.connection.execute("DELETE FROM links WHERE entity % 13 = 0")
            opened.connection.execute("UPDATE statements SET speaker = NULL WHERE n % 11 = 0")
            opened.connection.execute("DELETE FROM statement_speakers WHERE statement % 11 = 0 OR statement % 7 = 0")
        yield opened


def everything(store):
    return {(by, w): stats(store, by, size=500, withdrawn=w) for by in get_args(By) for w in (False, True)}


def test_what_is_kept_is_what_would_be_counted(store):
    assert is_tallied(store.connection)
    kept = everything(store)
    store.connection.execute("DELETE FROM meta WHERE key = 'tallied'")
    counted = everything(store)
    assert all(kept[key].total == counted[key].total for key in counted)
    assert {key: set(page.items) for key, page in kept.items()} == {
        key: set(page.items) for key, page in counted.items()
    }
    assert any(t.statements > t.utterances for t in kept["form", False].items)
    assert any(t.articles > t.sources for t in kept["form", False].items)


def test_whatever_changes_the_record_takes_the_counts_away_until_the_writer_is_closed(path):
    others = FEW[1:]
    with Store.open(path, write=True) as store, Writer(store) as writer:
        writer.close()
        assert is_tallied(store.connection)
        writer.add(others, origins=["o"] * len(others), started=making.STARTED)
        assert not is_tallied(store.connection)
        assert stats(store, "form").items and list(verify(store)) == []
        writer.close()
        writer.add(others, origins=["o"] * len(others), started=making.STARTED)
        assert is_tallied(store.connection), "nothing was new"
        writer.forget(others[0].article.id)
        assert store.connection.execute("SELECT count(*) FROM tallies").fetchone()[0] == 0
        writer.close()
        assert list(verify(store)) == []
        store.connection.execute("UPDATE tallies SET sources = sources + 1 WHERE key = 'direct'")
        assert {f.entry for f in verify(store)} == {"tallies"}


def test_an_empty_store_has_nothing_to_count(path):
    with Store.open(path, write=True) as store, Writer(store):
        pass
    with Store.open(path) as store:
        assert is_tallied(store.connection) and stats(store, "speaker").total == 0


PERIODS = {
    "2024-03": ("2024-03", "2024-03", "2024"),
    "2024": ("2024", "2024", "2024"),
    "2024-03-04/2024-03-07": ("2024-03", "2024-03", "2024"),
    "2024-03-30/2024-04-02": ("2024", "2024", "2024"),
    "2024-22": ("2024", "2024", "2024"),
    "2024~": ("2024", "2024", "2024"),
    "2023-12/2024-01": (None, None, None),
    "199X": (None, None, None),
    "../2024": (None, None, None),
}
"""Times longer than a day, and where they count among days, months and years."""


@pytest.mark.parametrize("edtf", PERIODS)
def test_what_is_known_to_the_year_is_counted_in_no_month(path, edtf):
    with Store.open(path, write=True) as store:
        with Writer(store) as writer:
            writer.add(FEW, origins=["o"] * len(FEW), started=making.STARTED)
        store.connection.execute("UPDATE statements SET day = '2025-01-01', said_date = '2025-01-01', said_edtf = NULL")
        store.connection.execute(
            "UPDATE statements SET day = '2024-01-01', said_date = NULL, said_edtf = ? WHERE n % 4 = 0", (edtf,)
        )
        store.connection.execute("DELETE FROM meta WHERE key = 'tallied'")
        ((some, others),) = store.connection.execute(
            "SELECT sum(n % 4 = 0), sum(n % 4 != 0) FROM statements WHERE standing = 'current'"
        ).fetchall()
        days = ("2025-01-01", "2025-01", "2025")
        for by, key, day in zip(("day", "month", "year"), PERIODS[edtf], days, strict=True):
            found = {t.key: t.statements for t in stats(store, by, size=500).items}
            assert found == {key: some, day: others}
