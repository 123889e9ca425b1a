"""Forenames: his and hers."""

import pytest

from onrecord.extract.names import paired


@pytest.mark.parametrize(
    ("his", "hers"),
    [
        ("jan", "jana"),
        ("daniel", "daniela"),
        ("mario", "marie"),
        ("michel", "michelle"),
        ("simon", "simone"),
        ("alexander", "alexandra"),
    ],
)
def test_his_and_her_form_of_one_forename(his, hers):
    assert paired(his, hers) and paired(hers, his)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ann", "anna"),
        ("sara", "sarah"),
        ("mohamed", "mohammed"),
        ("serge", "sergei"),
        ("john", "johnny"),
        ("jo", "joe"),
        ("maria", "marie"),
    ],
)
def test_spellings_of_one_forename(one, other):
    assert not paired(one, other) and not paired(other, one)
