import re
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import codebook


def test_the_data_files_are_sound() -> None:
    assert codebook.lint() == []


def test_the_lint_finds_a_rule_that_takes_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    greedy = codebook.FurnitureRule("greedy", r".*comment.*", ("0 comments",), ("He has no comment on it.",))
    book = codebook.load()
    monkeypatch.setattr(
        "onrecord.codebook.tables.load",
        lambda: codebook.Codebook(
            **{
                **{name: getattr(book, name) for name in codebook.Codebook.__slots__},
                "furniture": re.compile(greedy.pattern),
                "furniture_rules": (greedy,),
            }
        ),
    )
    assert "furniture: takes 'He has no comment on it.'" in codebook.lint()
    assert "furniture: greedy matches an empty line" not in codebook.lint()


def test_agencies_are_known_by_each_way_in_which_they_sign() -> None:
    signs = codebook.load().agencies
    assert signs["Agence France-Presse"] == signs["AFP"] == "AFP"
    assert signs["The Associated Press"] == "AP"
    assert "afp" not in signs


def test_tables_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        codebook.load().months["smarch"] = 13  # type: ignore[index]
    with pytest.raises(AttributeError):
        codebook.load().languages = ()  # type: ignore[misc]


def test_months_and_weekdays_are_named_in_full_and_in_order() -> None:
    book = codebook.load()
    assert [date(2024, n, 1).strftime("%B") for n in range(1, 13)] == list(book.month_names)
    assert [date(2024, 1, n).strftime("%A") for n in range(1, 8)] == list(book.weekday_names)


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister declined to comment.",
        "Comments by the harbour master angered the crew.",
        "“Share this with your neighbours,” the leaflet said.",
        "Follow the rules or leave, Brun told the crew.",
        "Advertisers have left, the station said.",
        "Copyright was not at issue, the court held.",
        "He told them to sign up for the night shift.",
        "Read more slowly, the teacher said.",
        "Photo editors were told first.",
        "Reporting by two papers led to the inquiry.",
    ],
)
def test_sentences_are_not_taken_for_furniture(sentence: str) -> None:
    assert not codebook.load().is_furniture(sentence)


@given(st.text(max_size=400))
def test_any_line_is_told_in_no_time(line: str) -> None:
    started = time.process_time()
    codebook.load().is_furniture(line)
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "piece", ["share ", "comments ", "tweet|", "Copyright 2020 A inc. ", "sign up here ", "[", "- "]
)
def test_repeated_pieces_do_not_make_patterns_explode(piece: str) -> None:
    started = time.process_time()
    codebook.load().is_furniture((piece * 320)[: codebook.MAX_FURNITURE - 1] + '"')
    assert time.process_time() - started < 3
