"""What a paper tells of its own earlier printing."""

import pytest

from onrecord.codebook.versions import is_earlier_version
from onrecord.records import Span


@pytest.mark.parametrize(
    "source",
    [
        "An earlier version of this article",
        "a previous  version of this news story",
        "The original version",
        "This report originally",
    ],
)
def test_its_own_earlier_printing(source: str) -> None:
    assert is_earlier_version(source, [Span(0, len(source))])


@pytest.mark.parametrize(
    "source", ["An earlier version of the bill", "this article", "The report", "The author of this article"]
)
def test_other_sources(source: str) -> None:
    assert not is_earlier_version(source, [Span(0, len(source))])
