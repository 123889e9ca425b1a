"""Valid inputs of every kind, bent in a hundred thousand ways: what is read of them is a document or an error."""

import pytest
from hypothesis import HealthCheck, given, settings
from tests.sources.bending import bent, prove

pytestmark = pytest.mark.soak


@given(bent())
@settings(
    max_examples=100_000,
    deadline=None,
    derandomize=False,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_bent_inputs_give_documents_or_errors_and_nothing_else(tmp_path_factory, sample):
    prove(*sample, tmp_path_factory.getbasetemp())
