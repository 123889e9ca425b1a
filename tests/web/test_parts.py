"""What pages are made of: pieces of texts, charts, words that differ, places on the map."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.query.pages import ArticleRef, Count, Ledger
from onrecord.records import Span
from onrecord.web.charts import DAY, LINE, YEAR, bars, dots, short
from onrecord.web.comparing import compared
from onrecord.web.earth import project
from onrecord.web.guarding import Guard
from onrecord.web.laying import Note
from onrecord.web.marking import Mark, cut
from onrecord.web.pages import today
from onrecord.web.rendering import day_in_words, environment, place_name, seen, shown, web_address

TEXT = "Maria Lane said that Oto Brandt denied all of it on Monday."
ROLES = ("content", "name", "figure", "event", "source", "cue", "match")
SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)).map(
    lambda s: Span(s[0], min(len(TEXT), s[0] + s[1]))
)


@given(st.lists(st.builds(Mark, SPANS, st.sampled_from(ROLES), st.integers(1, 9)), max_size=12), SPANS)
def test_pieces_in_a_row_are_the_text(marks, within):
    pieces = cut(TEXT, within, marks)
    assert "".join(p.text for p in pieces) == within.of(TEXT)
    for piece in pieces:
        assert piece.text
        assert set(piece.classes.split()) <= {*ROLES, "nested"}


@given(st.lists(st.builds(Mark, SPANS, st.sampled_from(ROLES), st.integers(1, 9)), max_size=8))
def test_a_piece_has_what_holds_of_each_of_its_characters(marks):
    place = 0
    for piece in cut(TEXT, Span(0, len(TEXT)), marks):
        holding = {m.role for m in marks if m.span.holds(Span(place, place + len(piece.text)))}
        assert holding == set(piece.classes.split()) - {"nested"}
        place += len(piece.text)


def test_a_statement_within_another_is_darker():
    outer, inner = Mark(Span(16, 58), "content", 1, "indirect"), Mark(Span(38, 48), "content", 2, "direct")
    assert [p.classes for p in cut(TEXT, Span(16, 58), [outer, inner])] == [
        "content indirect", "content direct nested", "content indirect",
    ]  # fmt: skip


@given(st.text())
def test_shown_texts_are_escaped_and_turn_nothing(text):
    out = str(shown(text))
    assert out.startswith("<bdi>") and out.endswith("</bdi>")
    inside = out[5:-6].replace('<span class="unseen" title="U+', "").replace("</span>", "")
    assert "<" not in inside
    assert not set(out) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f\x00\x1b")
    assert out.encode()


def test_what_cannot_be_seen_is_told_in_attributes_too():
    assert seen("a\u202eb") == "a[U+202E]b"
    assert seen(7) == 7


def test_only_addresses_of_the_web_are_linked():
    assert web_address("HTTPS://news.example/x") == "HTTPS://news.example/x"
    for address in ("javascript:alert(1)", " https://news.example", "//news.example", "data:text/html,x", "", None):
        assert web_address(address) is None


def test_days_in_words():
    assert [day_in_words(d) for d in ("2025-03-08", "2025-03", "2025", "8 March", "2025-22~", "1-800-22", None)] == [
        "8 March 2025", "March 2025", "2025", "8 March", "about summer 2025", "1-800-22", "",
    ]  # fmt: skip


def test_words_that_differ():
    found = compared("One two three.\n\nFour five six.", "One two 3.\n\nFour six seven.")
    told = [[(p.kind, p.text) for p in paragraph] for paragraph in found.paragraphs]
    assert told == [
        [("same", "One two"), ("left-out", "three."), ("added", "3.")],
        [("same", "Four"), ("left-out", "five six."), ("added", "six seven.")],
    ]
    assert (found.left_out, found.added) == (3, 3)


def test_how_a_house_draws_its_marks_is_no_change():
    found = compared("Lane said \"never\" - at 'noon'.", "Lane said “never” – at ‘noon’.")
    assert (found.same, found.left_out, found.added) == (1.0, 0, 0)


def counted(day, claimant, low, high=None, value=None):
    article = ArticleRef("art-1", None, None, "The Slate", None, None, day, None, "current")
    told = (value, low, high, None, None, day, "stm-1", claimant, 1, 1, "current")
    return Count("fig-1", article, Span(0, 1), "so many", *told)


def chart_of(*counts):
    return dots(Ledger("killed", None, "Imsel", counts, False))


def test_figures_of_one_place_stand_beside_one_another_and_each_can_be_read():
    day = "2031-05-01"
    chart = chart_of(
        *(counted(day, who, n, n, n) for who, n in (("Lane", 40), ("Brandt", 40), ("Lane", 40), ("Okoro", 41)))
    )
    assert len({(d.x, d.y) for d in chart.dots}) == len(chart.dots) == 3, "the same of the same claimant once"
    written = [d for d in chart.dots if d.label]
    assert [d.label for d in written] == ["40", "41"]
    assert abs(written[0].beside - written[1].beside) >= LINE
    assert chart_of(counted(day, "Lane", 4, 4, 4), counted(day, "Brandt", 4, 4, 4)) is None, "one point shows nothing"


def test_a_bound_is_told_as_one():
    chart = chart_of(
        counted("2031-05-01", "Lane", None, 9.0),
        counted("2031-05-02", "Lane", 40.0),
        counted("2031-05-03", "Lane", 7, 7, 7),
    )
    assert [d.label for d in chart.dots] == ["≤ 9", "≥ 40", "7"]


@pytest.mark.parametrize(
    ("value", "told"),
    [(7, "7"), (41_000, "41,000"), (705e6, "705m"), (1.1e9, "1.1bn"), (2.45e12, "2.45tn"), (0.5, "0.5")],
)
def test_large_numbers_are_told_short(value, told):
    assert short(value) == told


def test_the_last_label_of_a_chart_has_room():
    chart = chart_of(counted("2031-05-01", "Lane", 705e6, 705e6, 705e6), counted("2031-05-09", "Lane", None, 100_000.0))
    assert chart.dots[-1].label == "≤ 100,000" and chart.width - chart.dots[-1].x >= 9 + 7 * len("≤ 100,000")


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("EL THOLM, Ostrania", "El Tholm, Ostrania"),
        ("PORT VAREN/IMSEL", "Port Varen/Imsel"),
        ("UN", "UN"),
        ("Imsel, D.C.", "Imsel, D.C."),
    ],
)
def test_a_place_of_a_dateline_is_not_shouted(printed, told):
    assert place_name(printed) == told


def test_claimants_have_the_same_marks_each_time():
    names = [f"claimant {k}" for k in range(9)]
    chart = chart_of(*(counted("2031-05-01", name, k, k, k) for k, name in enumerate(names)))
    assert [name for _, name in chart.claimants] == names


def test_months_without_anything_have_their_place():
    chart = bars([("2024-11", 2), ("2025-02", 4)])
    assert [(b.label, b.count) for b in chart.bars] == [("2024-11", 2), ("2024-12", 0), ("2025-01", 0), ("2025-02", 4)]
    assert chart.bars[-1].height == chart.height
    assert [name for _, name, _ in chart.ticks] == ["2024", "2025"]


@pytest.mark.parametrize(
    "counts",
    [
        [("2025-01", 3), ("2025-11", 1)],
        [("2025-01", 1), ("2025-02", 1), ("2025-03", 2), ("2025-12", 1)],
        [(f"2025-03-{day:02}", 1) for day in range(1, 32)],
        [(f"2025-{month:02}-{day:02}", day) for month in (3, 4) for day in range(1, 31)],
        [("2019-12", 1), ("2020-01", 2), ("2020-02", 1), ("2020-12", 4), ("2021-01", 1)],
        [(f"{year}-01", 1) for year in range(1990, 2025)],
    ],
)
def test_a_name_of_a_chart_stands_at_a_bar_and_covers_no_other(counts):
    chart = bars(counts)
    wide = YEAR if len({day[:4] for day, _ in counts}) > 1 else DAY
    reach = [(x - wide, x) if ends else (x, x + wide) for x, _, ends in chart.ticks]
    assert reach
    assert all(before[1] <= after[0] for before, after in pairwise(reach))
    assert reach[0][0] >= 0
    assert reach[-1][1] <= chart.width
    if wide == DAY:
        known = {(round(b.x + b.width, 2) if ends else b.x) for b in chart.bars if b.count for ends in (True, False)}
        assert all(x in known for x, _, _ in chart.ticks), "of a bar that is there"


def test_places_stand_where_they_are():
    assert project(0, 0) == (0.0, 0.0)
    east, north = project(0, 90)[0], project(45, 0)[1]
    assert east > 0 > north
    assert project(-45, -90) == (-project(45, 90)[0], -project(45, 90)[1])


def test_hosts_are_told_with_and_without_port():
    guard = Guard(None, ["127.0.0.1", "[::1]"], None)
    assert all(guard.is_ours(h) for h in ("127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:8000"))
    assert not any(guard.is_ours(h) for h in ("", "::1", "127.0.0.1.example", "example:127.0.0.1"))


@pytest.mark.parametrize(
    ("date", "edtf", "basis", "told"),
    [
        ("2024-05-03", "2024-05-03", "stated", "3 May 2024"),
        (None, "2024-05", "stated", "May 2024"),
        (None, "2024-05", "published", None),
    ],
)
def test_a_note_tells_the_day_or_month_of_saying(date, edtf, basis, told):
    when = SimpleNamespace(date=date, edtf=edtf, basis=basis)
    speaker = SimpleNamespace(kind="person", basis="named", reason=None)
    statement = SimpleNamespace(id="stm-1", form="indirect", speaker=speaker, act=None, said_on=when, score=0.9)
    note = Note(1, statement, (), None, None, None, None, (), None, None, (), False)  # type: ignore[arg-type]
    page = environment().from_string("{% import 'parts.html' as parts %}{% include 'note.html' %}")
    shown_note = page.render(note=note, write=False)
    assert (f" · {told} · " in shown_note) if told else ("2024" not in shown_note)


def _published(*days):
    return [SimpleNamespace(article=SimpleNamespace(published=day)) for day in days]


def test_a_day_that_is_still_to_come_is_no_last_day_of_a_record():
    assert today.last_day(_published("2931-01-01", "2024-05-02", "2024-05-01")) == "2024-05-02"
    assert today.last_day(_published("2931-01-01", "2930-05-02")) == "2931-01-01", "a record of such days alone"
    assert today.last_day(_published("2024-05-02", None)) == "2024-05-02"
    assert today.last_day(_published(None)) is today.last_day([]) is None


def test_what_fell_due_lately_comes_before_what_falls_due():
    days = [f"2024-05-{n:02}" for n in (1, 8, 9, 9, 12, 13, 16, 17, 20, 21)]

    def predictions(*, due_after, due_before="9", size, bearing):
        assert bearing == 0
        return SimpleNamespace(items=tuple(day for day in days if due_after < day < due_before)[:size])

    library = SimpleNamespace(predictions=predictions)
    assert today.due_around(library, "2024-05-16") == tuple(days[3:])[-7:-1]
    assert today.due_around(library, "2024-05-01") == tuple(days[:6])
    assert today.due_around(library, "2024-05-22") == tuple(days[-3:])
    assert today.due_around(library, "2024-07-22") == ()
