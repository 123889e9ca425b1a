from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from tests.store import making
from tests.store.judging import compare

from onrecord.records import words_of
from onrecord.store import Store, Writer, clashing
from onrecord.web.api.desk import desk_of
from onrecord.web.api.limits import Buckets
from onrecord.web.app import create_app

HOSTS = ("testserver", "localhost")


@pytest.fixture(scope="session")
def records():
    return making.records(7, 40)


@pytest.fixture(scope="session")
def store(records, tmp_path_factory):
    path = tmp_path_factory.mktemp("api") / "news.db"
    with pytest.MonkeyPatch.context() as patch, Store.open(path, write=True) as store, Writer(store) as writer:
        patch.setattr(clashing, "_comparison", lambda: compare)
        writer.add(records, origins=[r.article.id for r in records], started=making.STARTED)
    return path


@pytest.fixture(scope="module")
def app(store):
    return create_app(store, hosts=HOSTS)


@pytest.fixture(scope="module")
def client(app):
    desk_of(app).buckets = Buckets(1e6, 1e6)  # tests ask faster than any reader
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="session")
def said(records):
    """A statement with words of its own, and its article's record."""
    return next((s, r) for r in records for s in r.statements if s.content and words_of(r.article.text, s.content))
