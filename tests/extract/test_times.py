"""Words of time, and the days they mean: the table `times.tsv`, and what it cannot say.

The table's expressions are those of newswires of many countries, in sentences of its own; its days were reckoned by hand. A row
without words has none to be found.
"""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.codebook.times import lint_times, time_rules
from onrecord.extract import calendar as cal
from onrecord.extract.times import Anchor, anchor_of, resolve, times_in
from onrecord.records import Article, Dateline, Published, Span

with (Path(__file__).parent / "times.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
TELLING = [row for row in ROWS if row["words"]]
SILENT = [row for row in ROWS if not row["words"]]
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TUESDAY = Anchor("2011-03-22", "dateline")


def _times(sentence: str):
    return times_in(Article(id="art-1", text=sentence), Span(0, len(sentence)))


def test_the_table_is_long_enough():
    assert len(TELLING) >= 150


@pytest.mark.parametrize("row", TELLING, ids=lambda row: f"{row['sentence']} [{row['words']}]")
def test_words_of_time_are_found_and_read(row):
    found = {m.words: m for m in _times(row["sentence"])}
    assert row["words"] in found
    anchor = Anchor(row["anchor"] or None, "published" if row["anchor"] else "none")
    when = resolve(found[row["words"]], anchor, tense=row["tense"], context_day=row["context"] or None)
    if row["edtf"] in ("vague", "no-anchor"):
        assert (when.date, when.edtf, when.basis, when.reason) == (None, None, "none", row["edtf"])
    else:
        assert (when.edtf, when.basis, when.reason) == (row["edtf"], "stated", None)
        assert when.date == (row["edtf"] if DAY.fullmatch(row["edtf"]) else None)
    assert when.span is not None
    assert when.span.of(row["sentence"]) == row["words"]


@pytest.mark.parametrize("row", SILENT, ids=lambda row: row["sentence"])
def test_words_that_only_look_like_a_time_are_none(row):
    assert _times(row["sentence"]) == ()


def test_the_table_of_words_is_sound():
    assert list(lint_times()) == []


def test_every_rule_of_the_codebook_has_a_meaning():
    from onrecord.extract.timetable import rules

    assert [rule.name for rule in rules()] == [rule.name for rule in time_rules()]
    assert all(not rule.pattern.fullmatch("") for rule in rules())


def test_several_times_of_a_sentence_stand_apart_in_text_order():
    sentence = "From 3 to 5 May, two days after the vote, and again last Friday, nobody slept until dawn on Monday."
    assert [m.words for m in _times(sentence)] == [
        "From 3 to 5 May", "two days after", "last Friday", "until dawn on Monday",
    ]  # fmt: skip


def test_a_span_is_looked_at_alone():
    text = "He left on Monday. She left on Tuesday."
    assert [m.words for m in times_in(Article(id="art-1", text=text), Span(19, len(text)))] == ["Tuesday"]


@pytest.mark.parametrize(
    ("published", "dateline", "text", "expected"),
    [
        ("2011-03-23", "2011-03-22", "SOLLEN, March 22 (Agency) - Rain fell.", ("2011-03-22", "dateline")),
        ("2011-03-23", None, "Rain fell on Sollen.", ("2011-03-23", "published")),
        ("2011-03-23", "weekday", "SOLLEN, Monday – Rain fell.", ("2011-03-21", "dateline")),
        (None, None, "Rain fell on Sollen.", (None, "none")),
    ],
)
def test_today_is_the_datelines_day_before_that_of_publication(published, dateline, text, expected):
    line = Dateline(
        "SOLLEN", None if dateline == "weekday" else dateline, Span(0, text.find("-") if "-" in text else 16)
    )
    article = Article(
        id="art-1",
        text=text,
        paragraphs=(Span(0, len(text)),),
        published=Published(published, "given") if published else None,
        dateline=line if dateline else None,
    )
    anchor = anchor_of(article)
    assert (anchor.day, anchor.basis) == expected


def test_a_first_line_of_place_and_weekday_tells_the_day():
    text = "Sollen, Sunday\n\nRain fell."
    article = Article(
        id="art-1", text=text, paragraphs=(Span(0, 14), Span(16, len(text))), published=Published("2011-03-22", "given")
    )
    assert anchor_of(article).day == "2011-03-20"


def test_a_day_the_calendar_does_not_have_is_none():
    assert resolve("30 February 2011", TUESDAY).reason == "vague"
    assert resolve("31/02/2011", TUESDAY).reason == "vague"


def test_words_that_are_no_time_are_vague():
    assert resolve("the bridge", TUESDAY).reason == "vague"


def test_easter_falls_where_the_churches_keep_it():
    assert [cal.easter_of(year).isoformat() for year in (1961, 2000, 2011, 2026, 2038)] == [
        "1961-04-02", "2000-04-23", "2011-04-24", "2026-04-05", "2038-04-25",
    ]  # fmt: skip


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@given(DAYS, st.sampled_from(WEEKDAYS), st.sampled_from(("past", "future")))
def test_a_weekday_is_that_weekday_within_a_week_on_the_tenses_side(day, name, tense):
    found = date.fromisoformat(resolve(name, Anchor(day.isoformat(), "published"), tense=tense).date or "")
    assert found.weekday() == WEEKDAYS.index(name)
    assert timedelta(0) <= (found - day if tense == "future" else day - found) < timedelta(7)


@given(DAYS, st.sampled_from(TELLING))
def test_no_anchor_breaks_the_reading(day, row):
    when = resolve(row["words"], Anchor(day.isoformat(), "published"), tense=row["tense"])
    assert (when.edtf is None) == (when.reason is not None)
    if when.date:
        assert when.edtf == when.date


@pytest.mark.parametrize("edge", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "words", ["yesterday", "tomorrow", "last year", "next month", "two weeks ago", "within ten years"]
)
def test_the_edges_of_the_calendar_raise_nothing(edge, words):
    assert resolve(words, Anchor(edge, "published"), tense="future").basis in ("stated", "none")
