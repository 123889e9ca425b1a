"""schemathesis asks whatever the API's OpenAPI allows: nothing fails inside, and answers are as they are told."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from tests.store import making

import onrecord
from onrecord.records import Record
from onrecord.web.api.desk import desk_of
from onrecord.web.api.limits import Buckets
from onrecord.web.app import create_app


@pytest.fixture
def app(store, monkeypatch):
    monkeypatch.setattr(onrecord, "read", lambda article: Record(making.make_run(), article))
    app = create_app(store, hosts=("*",))
    desk_of(app).buckets = Buckets(1e6, 1e6)
    yield app
    desk_of(app).close()
    app.state.libraries.close()


@pytest.mark.parametrize("examples", [10, pytest.param(500, marks=pytest.mark.soak)])
def test_nothing_that_openapi_allows_fails(app, examples):
    import schemathesis

    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    for result in schema.get_all_operations():
        told = settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        told(given(result.ok().as_strategy())(_ask))()


def _ask(case):
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    # Not every text that a schema takes is a cursor that a page gave, or a day that the calendar has.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
