"""Stores to be shown: the sample articles as they are read, and one whose every word is hostile."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from tests.conftest import REPOSITORY
from tests.web.hostile import hostile_record

from onrecord.store import Store, Writer
from onrecord.web.api.desk import desk_of
from onrecord.web.api.limits import Buckets
from onrecord.web.app import create_app

BASE = "http://127.0.0.1:8000"


def client_of(path, **options) -> TestClient:
    """Somebody who asks, faster than any reader would."""
    app = create_app(path, **options)
    desk_of(app).buckets = Buckets(1e6, 1e6)
    return TestClient(app, base_url=BASE, follow_redirects=False)


@pytest.fixture(scope="session")
def demo_db(tmp_path_factory, reader):
    """The store that `onrecord add examples/` makes. Goes with the marker `model`."""
    from onrecord.ingest import add

    path = tmp_path_factory.mktemp("demo") / "demo.db"
    add(path, [str(REPOSITORY / "examples")])
    return path


@pytest.fixture(scope="session")
def demo(demo_db):
    with client_of(demo_db) as client:
        yield client


@pytest.fixture(scope="session")
def hostile_db(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    records = [hostile_record(k) for k in range(3)]
    with Store.open(path, write=True) as store, Writer(store) as writer:
        added = writer.add(records, origins=[r.article.id for r in records], started="2031-01-01T00:00:00Z")
        assert not added.failed
    return path


@pytest.fixture(scope="session")
def hostile(hostile_db):
    with client_of(hostile_db) as client:
        yield client
