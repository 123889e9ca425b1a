"""What is written is read again, equal by value."""

from __future__ import annotations

import pytest

from onrecord.store import Store, Writer

from . import making


@pytest.fixture
def path(tmp_path):
    return tmp_path / "record.db"


def test_every_record_comes_back_as_it_was_written(path):
    written = making.records(1, 12)
    with Store.open(path, write=True) as store:
        added = Writer(store).add(written, origins=[f"o{k}" for k in range(len(written))], started=making.STARTED)
    assert set(added.added) == {r.article.id for r in written} and not added.failed
    with Store.open(path) as store:
        assert list(store.records()) == sorted(written, key=lambda r: r.article.id)
