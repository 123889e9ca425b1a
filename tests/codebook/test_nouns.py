import re

import pytest

from onrecord.codebook import reading
from onrecord.codebook.nouns import bodies, claims, offices, one_of, people, titles_by_office


def test_a_rule_takes_words_by_column() -> None:
    assert "council" in bodies("name") & bodies("members") and "council" not in bodies("trade")
    assert bodies("trade", "craft") == bodies("trade") | bodies("craft")
    assert {"MP", "lawmaker"} <= offices("seat") and "mayor" in offices("place")
    assert {"dockers", "toddlers"} <= people() and "toddlers" not in people("acts")
    assert {"claim", "claims"} <= claims("rejected") and "claims" not in claims("denied")
    assert "justice" in titles_by_office()["judge"]


def test_a_column_that_is_none_is_an_error() -> None:
    with pytest.raises(KeyError):
        bodies("nmae")


def test_a_longer_word_is_found_before_its_beginning() -> None:
    assert one_of({"guard", "guards", "coast guard"}) == r"coast\ guard|guards|guard"
    names = re.compile(one_of({"coast guard", "MP"}, capital=True))
    assert names.fullmatch("Coast Guard") and names.fullmatch("MP") and not names.fullmatch("coast guard")


def test_the_lint_finds_a_word_that_stands_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"words": {"bank, firm": "name", "firm": "of", "ship,boat": "craft"}}
    monkeypatch.setattr(reading, "read_table", lambda name: table if name == "bodies" else {"words": {}})
    found = list(reading.lint_columns())
    assert len(found) == 2 and "'firm'" in found[0] and "'ship,boat'" in found[1]
