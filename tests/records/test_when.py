"""Days and longer times."""

import pytest

from onrecord.records import When, day_said


@pytest.mark.parametrize(
    ("when", "day"),
    [
        (When("2024-05-03", "2024-05-03", "stated"), "2024-05-03"),
        (When(None, "2024-05", "stated"), "2024-05-01"),
        (When(None, "2021~", "stated"), "2021-01-01"),
        (When(None, "2024-21", "stated"), "2024-01-01"),
        (When(None, "2024-04-28/2024-05-04", "stated"), "2024-04-28"),
        (When(None, "../2024-05-04", "stated"), None),
        (When(None, None, "none", reason="no-anchor"), None),
        (None, None),
    ],
)
def test_the_day_by_which_a_statement_is_put_in_order(when, day):
    assert day_said(when) == day
