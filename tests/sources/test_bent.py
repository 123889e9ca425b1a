"""A slice of what `make soak` does a hundred thousand times."""

from hypothesis import HealthCheck, given, settings
from tests.sources.bending import bent, prove


@given(bent())
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bent_inputs_give_documents_or_errors_and_nothing_else(tmp_path, sample):
    prove(*sample, tmp_path)
