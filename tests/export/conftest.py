from __future__ import annotations

import pytest
from tests.export import cases
from tests.store import making
from tests.store.judging import compare

from onrecord.store import Store, Writer, clashing


@pytest.fixture(scope="session")
def db(tmp_path_factory):
    """A store of some 40 invented articles, copies and versions among them, and of those of `cases`."""
    path = tmp_path_factory.mktemp("export") / "news.db"
    with Store.open(path, write=True) as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(clashing, "_comparison", lambda: compare)
        records = [*making.records(7, 40), *cases.records()]
        Writer(store).add(records, origins=[r.article.id for r in records], started=making.STARTED)
    return path


@pytest.fixture
def store(db):
    with Store.open(db) as opened:
        yield opened
